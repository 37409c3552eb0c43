"""Chains of certificates: what holds is read, what does not is named."""

from __future__ import annotations

import base64
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.certificates import BEGINS, ENDS, Sealer, authority
from wallet.keys.certificates import leaf_key
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


@pytest.mark.parametrize("names", ["3004a3023000", "3003020100"], ids=["an X.400 address", "no names"])
def test_other_names_that_cannot_be_read_make_no_fault_of_the_program(names: str) -> None:
    """RFC 5280 §4.2.1.6 has kinds of names that nobody uses; a file may bring them all the same."""
    odd = x509.UnrecognizedExtension(ExtensionOID.SUBJECT_ALTERNATIVE_NAME, bytes.fromhex(names))
    assert refused(Sealer(more=((odd, False),)).x5c) == (ReasonCode.KEY_MALFORMED, "certificate")


_DER = LEAF.certificate.public_bytes(Encoding.DER)


@given(st.lists(st.tuples(st.integers(0, len(_DER) - 1), st.integers(0, 255)), min_size=1, max_size=2))
def test_a_damaged_certificate_is_read_or_refused_by_name(changes: list[tuple[int, int]]) -> None:
    data = bytearray(_DER)
    for place, value in changes:
        data[place] = value
    x5c = [base64.b64encode(data).decode()]
    for read in (certificate_chain, leaf_key):
        with suppress(KeysError):
            read(x5c)


@pytest.mark.parametrize(("was", "is_now"), [
    (b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x30"),
    (b"\x0c\x11University of Zed", b"\x0c\x11\xffniversity of Zed"),
], ids=["a version that does not exist", "a name that is no text"])
def test_what_the_library_reads_late_is_refused_by_the_same_name(was: bytes, is_now: bytes) -> None:
    data = _DER.replace(was, is_now)
    assert data != _DER
    assert refused([base64.b64encode(data).decode()]) == (ReasonCode.KEY_MALFORMED, "certificate")
