"""Chains of certificates: what holds is read, what does not is named."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.simulators.certificates import BEGINS, ENDS, Sealer, authority
from wallet.keys.chain import MAX_CERTIFICATES, certificate_chain
from wallet.model.errors import KeysError
from wallet.model.reasons import ReasonCode

ROOT = authority()
LEAF = Sealer(above=ROOT)


def refused(x5c: Any) -> tuple[ReasonCode, str]:
    with pytest.raises(KeysError) as caught:
        certificate_chain(x5c)
    return caught.value.reason.code, caught.value.reason["found"]


def test_a_chain_names_its_sealer_and_who_certified_it() -> None:
    chain = certificate_chain(LEAF.x5c)
    assert (chain.subject, chain.authority) == ("University of Zed", "Trust Office")
    assert (chain.begins, chain.ends) == (BEGINS, ENDS)
    numbers = LEAF.key.public_key().public_numbers()
    assert base64.urlsafe_b64decode(str(chain.key.jwk()["x"]) + "=") == numbers.x.to_bytes(32)


def test_a_certificate_alone_is_a_chain() -> None:
    assert certificate_chain(LEAF.x5c[:1]).authority == "Trust Office"


@pytest.mark.parametrize(("moment", "good"), [
    (BEGINS, True), (BEGINS - timedelta(seconds=1), False), (ENDS, True),
    (ENDS + timedelta(seconds=1), False)])
def test_it_is_in_force_while_all_of_it_is(moment: datetime, good: bool) -> None:
    assert certificate_chain(LEAF.x5c).in_force(moment) is good
    brief = authority(begins=datetime(2024, 1, 1, tzinfo=UTC), ends=datetime(2024, 2, 1, tzinfo=UTC))
    short = Sealer(above=brief)
    assert certificate_chain(short.x5c).in_force(moment) is False


def test_links_that_do_not_hold_are_refused() -> None:
    stranger = authority()  # the same name, another key
    assert refused([LEAF.x5c[0], stranger.x5c[0]]) == (ReasonCode.KEY_MALFORMED, "chain")
    assert refused([*LEAF.x5c, LEAF.x5c[0]]) == (ReasonCode.KEY_MALFORMED, "chain")
    no_authority = Sealer("Trust Office")
    assert refused(Sealer(above=no_authority).x5c) == (ReasonCode.KEY_MALFORMED, "chain")


def test_a_certificate_for_something_else_seals_nothing() -> None:
    assert refused(Sealer(usage="key_agreement").x5c) == (ReasonCode.KEY_MALFORMED, "usage")
    assert certificate_chain(Sealer(usage="content_commitment").x5c).subject == "University of Zed"


@pytest.mark.parametrize("x5c", [None, [], "text", {}, [7], LEAF.x5c * MAX_CERTIFICATES])
def test_what_is_no_list_of_certificates_is_refused(x5c: Any) -> None:
    assert refused(x5c) == (ReasonCode.KEY_MALFORMED, "shape")


@pytest.mark.parametrize("text", ["!!!", "AAAA", LEAF.x5c[0][:-8], "A" * 20_000])
def test_what_is_no_certificate_is_refused(text: str) -> None:
    assert refused([text])[0] is ReasonCode.KEY_MALFORMED
    assert refused([LEAF.x5c[0], text])[0] is ReasonCode.KEY_MALFORMED
