"""Lists nobody seals: who is listed, and what is no list."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.formats.revocation import RevocationList, names_in_lists, read_revocation_list
from wallet.formats.statuslist import StatusKind
from wallet.model.credential import (
    Achievement,
    Carrier,
    Credential,
    CredentialFormat,
    EvidenceClass,
    Issuer,
    Original,
    Securing,
    Subject,
)
from wallet.model.errors import FormatError, WalletError
from wallet.model.reasons import ReasonCode


def read(document: Any) -> RevocationList | None:
    return read_revocation_list(json.dumps(document).encode())


def test_both_standards_and_the_oldest_form() -> None:
    edtech = read({"id": "https://a.example/l", "issuer": {"id": "https://a.example"},
                   "revokedCredential": [{"id": "urn:1"}, {"id": "urn:2", "revoked": False}, "urn:3"]})
    assert edtech is not None
    assert (edtech.kind, edtech.id, edtech.issuer) == (
        StatusKind.REVOCATION_LIST_1EDTECH, "https://a.example/l", "https://a.example")
    assert dict(edtech.revoked) == {"urn:1": "", "urn:3": ""}
    badges = read({"revokedAssertions": ["urn:1", {"uid": "a7", "revocationReason": "Twice"}]})
    assert badges is not None
    assert (badges.kind, dict(badges.revoked)) == (
        StatusKind.REVOCATION_LIST_OB2, {"urn:1": "", "a7": "Twice"})
    oldest = read({"a7": "Issued in error"})
    assert oldest is not None
    assert oldest.listed(("", "a7")) == "Issued in error"
    assert oldest.listed(("a8", "")) is None


@pytest.mark.parametrize("document", [
    {}, {"a": 1}, {"@context": "https://w3id.org/openbadges/v2"}, ["a"], "x"])
def test_what_is_no_list(document: Any) -> None:
    assert read(document) is None


@pytest.mark.parametrize("entry", [{}, {"revoked": True}, 7, None, "", {"id": 7}, {"id": "a", "revoked": 1},
                                   {"id": "a", "revoked": None}])
def test_an_entry_that_names_nobody_or_says_nothing_spoils_the_list(entry: Any) -> None:
    with pytest.raises(FormatError) as error:
        read({"revokedCredential": [{"id": "urn:1"}, entry]})
    assert error.value.reason.code is ReasonCode.STATUS_LIST_MALFORMED


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: ("{" + text).encode()))
def test_any_bytes_end_in_a_list_nothing_or_a_reason(data: bytes) -> None:
    with suppress(WalletError):  # a reason; any other exception fails here
        assert read_revocation_list(data) is None or b"{" in data


def test_a_credential_is_looked_for_by_its_id_and_its_uid() -> None:
    original = Original(b"{}", "application/json", b"{}", Carrier.JSON)
    credential = Credential(original, CredentialFormat.OPEN_BADGE_2, EvidenceClass.HOSTED, Securing.NONE,
                            {"uid": " a7 "}, Issuer(""), Subject(), Achievement(), id="urn:1")
    assert names_in_lists(credential) == ("urn:1", "a7")
    escaped = names_in_lists(replace(credential, id="https://a.example/a%20b~", document={}))
    for form in (["https://a.example/a b~ "], {"id": "https://a.example/a%20b%7E"}):
        listed = read({"revokedCredential": form})
        assert listed is not None
        assert listed.listed(escaped) == ""
