"""The argument is complete: every check has a number, and words for what is compared, by what it is about."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.simulators.issuer import SimulatedIssuer
from wallet.formats.parse import parse
from wallet.model.credential import Credential, CredentialFormat, Presentation, Securing
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome
from wallet.operations.argument import PartKind
from wallet.wording.arguments import COMPARED, NUMBERS, PARTS, compared_by, section_of


def check_of(check: CheckId, code: ReasonCode) -> Check:
    return Check(check, Outcome.PASSED, reason(code))


@pytest.fixture(scope="module")
def badge() -> Credential:
    content = parse(SimulatedIssuer("did:key").badge())
    assert isinstance(content, Credential)
    return content


def test_every_check_is_numbered_and_says_what_is_compared() -> None:
    assert set(NUMBERS) == set(COMPARED) == set(CheckId)
    assert set(NUMBERS.values()) == set(range(1, 10))
    assert all(COMPARED.values())


def test_every_kind_of_bytes_has_a_name() -> None:
    assert set(PARTS) == {kind.value for kind in PartKind}


def test_section_of_the_reason_goes_before_that_of_the_check(badge: Credential) -> None:
    refused = check_of(CheckId.STRUCTURE, ReasonCode.DUPLICATE_KEY)
    assert section_of(refused, None) == section_of(refused, badge) == "RFC 7493 §2.3"
    passed = check_of(CheckId.STRUCTURE, ReasonCode.STRUCTURE_OK)
    assert section_of(passed, badge) == "VC Data Model 2.0 §4, VC Data Integrity 1.0 §2.4.3"


@pytest.mark.parametrize(
    ("securing", "section", "word"),
    [
        (Securing.EMBEDDED, "VC Data Integrity 1.0 §4.4, VC-DI-EDDSA §3", "options"),
        (Securing.JWS, "RFC 7515 §5.2", "sealed bytes"),
        (Securing.SD_JWT, "RFC 7515 §5.2, RFC 9901 §7.1", "each part that is shown"),
        (Securing.COSE, "RFC 9052 §4.4", "sealed bytes"),
        (Securing.JADES, "RFC 7515 §5.2, RFC 7797 §3, ETSI TS 119 182-1 §5", "sealed bytes"),
        (Securing.ANCHORED, "MerkleProof2019 §4", "receipt"),
    ],
    ids=lambda one: one.name if isinstance(one, Securing) else "",
)
def test_a_seal_is_demanded_and_compared_by_its_own_way(
    badge: Credential, securing: Securing, section: str, word: str
) -> None:
    content = replace(badge, securing=securing)
    for code in (ReasonCode.PROOF_OK, ReasonCode.SIGNATURE_WRONG):
        check = check_of(CheckId.PROOF, code)
        assert section_of(check, content) == section
        assert word in compared_by(check, content)


def test_the_model_and_the_lists_that_a_credential_uses_are_named(badge: Credential) -> None:
    dates, status = (check_of(CheckId.VALIDITY, ReasonCode.VALID_NOW),
                     check_of(CheckId.STATUS, ReasonCode.STATUS_CLEAR))
    old = replace(badge, version="1.1", statuses=({"type": "StatusList2021Entry"}, {"status_list": {}}))
    assert section_of(dates, badge) == "VC Data Model 2.0 §4.9"
    assert section_of(dates, old) == "VC Data Model 1.1 §4.6, §4.8"
    assert section_of(status, old) == (
        "VC Data Model 1.1 §4.9, StatusList2021 (draft) §3, Token Status List §8.3")
    assert "Token Status List" in section_of(status, replace(badge, statuses=({"type": "statuslist+jwt"},)))
    tokens = replace(badge, version="", types=("TokenStatusList",), securing=Securing.COSE)
    assert section_of(check_of(CheckId.STRUCTURE, ReasonCode.STRUCTURE_OK), tokens) == "Token Status List §5"
    assert section_of(dates, tokens) == "RFC 8392 §3.1"
    hosted = replace(badge, version="", format=CredentialFormat.OPEN_BADGE_2, securing=Securing.NONE)
    assert "issuedOn" in section_of(dates, hosted)
    assert "web record" in compared_by(check_of(CheckId.PROOF, ReasonCode.HOSTED_NO_RECORD), hosted)


def test_several_proofs_and_the_older_receipt_have_sections_of_their_own(badge: Credential) -> None:
    proof = check_of(CheckId.PROOF, ReasonCode.PROOF_OK)
    several = replace(badge, proofs=badge.proofs * 2)
    assert section_of(proof, several) == "VC Data Integrity 1.0 §4.5, VC-DI-EDDSA §3"
    older = replace(badge, securing=Securing.ANCHORED, document={"signature": {"type": ["MerkleProof2017"]}})
    assert section_of(proof, older) == "MerkleProof2017 (Chainpoint 2.0)"


def test_a_badge_before_3_0_and_a_purpose_are_demanded_by_their_own(badge: Credential) -> None:
    signed = replace(badge, format=CredentialFormat.OPEN_BADGE_2, securing=Securing.JWS)
    for code in (ReasonCode.KEY_AUTHORISED, ReasonCode.KEY_NOT_AUTHORISED):
        assert "CryptographicKey" in section_of(check_of(CheckId.KEY_AUTHORITY, code), signed)
        assert section_of(check_of(CheckId.KEY_AUTHORITY, code), badge) == "Controlled Identifiers 1.0 §3.3"
    purpose = check_of(CheckId.KEY_AUTHORITY, ReasonCode.PROOF_PURPOSE)
    assert section_of(purpose, badge) == "VC Data Integrity 1.0 §4.4"


@pytest.mark.parametrize(("securing", "answers", "ends"), [
    (Securing.EMBEDDED, "VC Data Integrity 1.0 §4.4", "VC Data Integrity 1.0 §2.1"),
    (Securing.JWS, "RFC 7519 §4.1.3", "RFC 7519 §4.1"), (Securing.COSE, "RFC 8392 §3.1.3", "RFC 8392 §3.1"),
    (Securing.KEY_BINDING, "RFC 9901 §7.3", "RFC 9901 §7.3")], ids=["proof", "token", "message", "answer"])
def test_what_a_presentation_answers_is_demanded_by_its_own_way(securing: Securing, answers: str,
                                                                ends: str) -> None:
    older = "https://www.w3.org/2018/credentials/v1"
    shown = parse(json.dumps({"@context": [older], "type": "VerifiablePresentation"}).encode())
    assert isinstance(shown, Presentation)
    shown = replace(shown, securing=securing)
    assert section_of(check_of(CheckId.BINDING, ReasonCode.CHALLENGE_MATCHES), shown) == answers
    assert section_of(check_of(CheckId.VALIDITY, ReasonCode.PACK_IN_DATE), shown) == ends
    structure = section_of(check_of(CheckId.STRUCTURE, ReasonCode.STRUCTURE_OK), shown)
    assert structure == ("RFC 9901 §7.3" if securing is Securing.KEY_BINDING else "VC Data Model 1.1 §4.10")


def test_what_has_a_record_or_a_receipt_is_compared_with_that(badge: Credential) -> None:
    hosted = replace(badge, version="", format=CredentialFormat.OPEN_BADGE_2, securing=Securing.NONE)
    withdrawn = check_of(CheckId.STATUS, ReasonCode.STATUS_REVOKED)
    assert "web record" in compared_by(withdrawn, hosted)
    assert section_of(withdrawn, hosted) == "Open Badges 2.0 (Assertion: revoked)"
    open_ = check_of(CheckId.KEY_AUTHORITY, ReasonCode.NOT_MEANINGFUL)
    assert "web record" in compared_by(open_, hosted)
    assert "public chain" in compared_by(open_, replace(badge, securing=Securing.ANCHORED))
    assert "pack" not in compared_by(check_of(CheckId.BINDING, ReasonCode.KEY_BINDING_MISSING), badge)
    assert "pack" in compared_by(check_of(CheckId.BINDING, ReasonCode.HOLDER_NOT_PROVEN), badge)


def test_what_is_only_told_says_so(badge: Credential) -> None:
    assert "told only" in compared_by(check_of(CheckId.VALIDITY, ReasonCode.DATES_UNPROVEN), badge)
    assert "told only" not in compared_by(check_of(CheckId.VALIDITY, ReasonCode.VALID_NOW), badge)
    assert "issuer's id" in compared_by(check_of(CheckId.KEY_AUTHORITY, ReasonCode.KEY_SELF_MADE), badge)
    selective = replace(badge, proofs=({"type": "DataIntegrityProof", "cryptosuite": "bbs-2023"},))
    assert "may be left out" in compared_by(check_of(CheckId.PROOF, ReasonCode.PROOF_OK), selective)
    assert section_of(check_of(CheckId.PROOF, ReasonCode.PROOF_OK), selective).endswith("VC-DI-BBS §3")
