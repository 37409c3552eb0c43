"""Reason codes: stable words with short parameters."""

from __future__ import annotations

from wallet.model.reasons import Reason, ReasonCode, reason


def test_parameters_are_found_by_name_and_their_order_does_not_matter() -> None:
    one = reason(ReasonCode.KEY_UNKNOWN, issuer="did:web:a", address="did:web:b")
    assert one == reason(ReasonCode.KEY_UNKNOWN, address="did:web:b", issuer="did:web:a")
    assert (one["issuer"], one["nothing"]) == ("did:web:a", "")
    assert hash(one) == hash(Reason(one.code, one.params))
