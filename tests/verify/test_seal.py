"""Which recipe opens a seal, and what is said where there is none."""

from __future__ import annotations

import json

import pytest

from tests.verify.desk import university
from wallet.formats.parse import parse
from wallet.model.credential import Credential, Presentation
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId, Outcome
from wallet.trust.issuer_keys import Relationship
from wallet.verify.seal import is_unsigned, meaningless, party_of

ISSUER = university()


def shown(**members: object) -> Presentation:
    document = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
                "verifiableCredential": [json.loads(ISSUER.badge())], **members}
    found = parse(json.dumps(document).encode())
    assert isinstance(found, Presentation)
    return found


def test_a_credential_is_its_issuers() -> None:
    assert party_of(parse(ISSUER.badge())) == (ISSUER.id, Relationship.ASSERTION)


@pytest.mark.parametrize(("members", "party"), [
    ({"holder": "did:web:a.example"}, "did:web:a.example"), ({}, ""),
    ({"proof": {"type": "X", "verificationMethod": "did:web:b.example#k"}}, "did:web:b.example"),
    ({"proof": {"type": "X", "verificationMethod": "k"}}, ""),
    ({"holder": "did:web:a.example", "proof": {"verificationMethod": "did:web:b.example#k"}},
     "did:web:a.example")])
def test_a_presentation_is_its_holders_or_its_signers(members: dict[str, object], party: str) -> None:
    assert party_of(shown(**members)) == (party, Relationship.AUTHENTICATION)


def test_only_what_should_have_a_seal_lacks_one() -> None:
    assert not is_unsigned(parse(ISSUER.badge()))
    assert is_unsigned(parse(json.dumps(ISSUER.badge_document()).encode()))
    assert is_unsigned(shown())
    record = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1"}
    hosted = parse(json.dumps(record).encode())
    assert isinstance(hosted, Credential)
    assert not is_unsigned(hosted)


def test_a_row_that_means_nothing_says_why() -> None:
    check = meaningless(CheckId.STATUS, reason(ReasonCode.SIGNATURE_WRONG))
    assert (check.outcome, check.reason["because"]) == (Outcome.UNDETERMINED, "signature_wrong")
