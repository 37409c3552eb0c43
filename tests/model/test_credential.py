"""Words for credentials are values: equal by content, unchangeable, with nothing assumed."""

from __future__ import annotations

import dataclasses

import pytest

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

ORIGINAL = Original(b"{}", "application/json", b"{}", Carrier.JSON)


def credential() -> Credential:
    return Credential(ORIGINAL, CredentialFormat.OPEN_BADGE_3, EvidenceClass.SEALED, Securing.NONE, {},
                      Issuer("did:web:uni.example"), Subject(), Achievement())


def test_nothing_is_assumed_that_was_not_stated() -> None:
    one = credential()
    assert (one.id, one.title, one.version, one.types) == ("", "", "", ())
    assert (one.valid_from, one.valid_until, one.jws) == (None, None, None)
    assert one.subject == Subject("", "", ())


def test_values_cannot_be_changed() -> None:
    one = credential()
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.title = "forged"  # type: ignore[misc] # the point of the test
    assert one == credential()


def test_values_of_enums_are_what_people_and_programs_see() -> None:
    assert EvidenceClass.OWN.value == "self"
    assert CredentialFormat.OPEN_BADGE_3.value == "Open Badges 3.0"
