"""Reason codes: stable words with short parameters."""

from __future__ import annotations

import re

from wallet.model.reasons import SPECIFICATION, Reason, ReasonCode, reason


def test_codes_are_stable_words_in_lower_case() -> None:
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", code.value) for code in ReasonCode)
    assert all(code.value == code.name.lower() for code in ReasonCode)


def test_parameters_are_found_by_name_and_their_order_does_not_matter() -> None:
    one = reason(ReasonCode.KEY_UNKNOWN, issuer="did:web:a", address="did:web:b")
    assert one == reason(ReasonCode.KEY_UNKNOWN, address="did:web:b", issuer="did:web:a")
    assert (one["issuer"], one["nothing"]) == ("did:web:a", "")
    assert hash(one) == hash(Reason(one.code, one.params))


def test_named_specifications_point_to_a_section() -> None:
    assert SPECIFICATION
    assert all("§" in section for section in SPECIFICATION.values())
