"""Open Badges 2.0 with a seal: whose key it is, and the lists that withdraw what it sealed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators.signing import JsonObject, SigningKey, compact_json
from tests.simulators.web_issuer import EMAIL, WebIssuer
from tests.verify.desk import FETCHED_AT, answer, documents, judged, row
from wallet.model.credential import EvidenceClass
from wallet.model.evidence import Grade
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict

HARBOR = WebIssuer()
EVIL = WebIssuer("evil.example", seed="evil")


def check(file: JsonObject, served: dict[str, bytes], *, grade: Grade = Grade.FETCHED,
          **expectation: Any) -> Report:
    found = documents(served, grade=grade, fetched_at=FETCHED_AT)
    return judged(compact_json(file), found, **expectation)


def with_record(record: JsonObject, file: JsonObject | None = None, issuer: WebIssuer = HARBOR,
                **expectation: Any) -> Report:
    return check(file or issuer.assertion(), issuer.served(record), **expectation)




def check_signed(token: bytes, issuer: WebIssuer = HARBOR, **expectation: Any) -> Report:
    served = documents(issuer.definitions(), grade=Grade.FETCHED, fetched_at=FETCHED_AT)
    return judged(token, served, **expectation)


def test_a_signed_award_is_sealed_by_the_key_that_its_issuer_lists() -> None:
    report = check_signed(HARBOR.signed(), identities=(EMAIL,))
    assert (report.verdict, report.evidence_class) == (Verdict.VALID, EvidenceClass.SEALED)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.PASSED, ReasonCode.KEY_AUTHORISED)
    assert (report.issuer_id, headline_code(report)) == (HARBOR.id, HeadlineCode.VALID_NO_EXPIRY)
    assert answer(report, CheckId.STATUS) == (Outcome.NOT_APPLICABLE, ReasonCode.STATUS_NONE)


def test_without_a_creator_any_key_of_the_issuer_may_have_signed() -> None:
    assert check_signed(HARBOR.signed(verification={"type": "signed"})).verdict is Verdict.VALID
    other = SigningKey("RS256", "other")
    assert check_signed(HARBOR.signed(key=other, verification={"type": "signed"})).verdict is Verdict.INVALID


def test_a_token_signed_by_another_key_or_altered() -> None:
    wrong = check_signed(HARBOR.signed(key=SigningKey("RS256", "other")))
    assert answer(wrong, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)
    head, _, signature = HARBOR.signed().split(b".")
    _, payload, _ = HARBOR.signed(expires="2036-01-01T00:00:00Z").split(b".")
    assert check_signed(b".".join((head, payload, signature))).verdict is Verdict.INVALID


def test_a_key_of_his_own_that_calls_the_issuer_its_owner() -> None:
    """He names his own key, whose document says the issuer owns it; the issuer's profile does not list it."""
    token = HARBOR.signed(key=EVIL.key, verification={"type": "signed", "creator": EVIL.at("key")})
    served = HARBOR.definitions() | {
        EVIL.at("key"): compact_json(EVIL.key_document() | {"owner": HARBOR.id})}
    report = judged(token, documents(served))
    assert answer(report, CheckId.PROOF)[0] is Outcome.PASSED
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.KEY_NOT_AUTHORISED)
    listed = WebIssuer(profile_changes={"publicKey": [HARBOR.at("key"), EVIL.at("key")]})
    both = listed.definitions() | {EVIL.at("key"): compact_json(EVIL.key_document() | {"owner": HARBOR.id})}
    assert judged(token, documents(both)).verdict is Verdict.VALID


def test_a_listed_key_that_belongs_to_somebody_else() -> None:
    issuer = WebIssuer(profile_changes={"publicKey": EVIL.at("key")})
    token = issuer.signed(key=EVIL.key, verification={"type": "signed", "creator": EVIL.at("key")})
    served = issuer.definitions() | {EVIL.at("key"): compact_json(EVIL.key_document())}
    report = judged(token, documents(served))
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.KEY_NOT_AUTHORISED)


@pytest.mark.parametrize("lost", ["b/9", "i/3", "key"])
def test_a_signed_award_lacking_a_document_is_open_and_wants_it(lost: str) -> None:
    served = HARBOR.definitions()
    del served[HARBOR.at(lost)]
    report = judged(HARBOR.signed(), documents(served))
    assert report.verdict is Verdict.UNDETERMINED
    assert HARBOR.at(lost) in [one.address for one in report.wanted]


@pytest.mark.parametrize(("revoked", "verdict"), [
    ([], Verdict.VALID), (["urn:uuid:00000000-0000-4000-8000-000000000002"], Verdict.VALID),
    (["urn:uuid:00000000-0000-4000-8000-000000000001"], Verdict.REVOKED),
    ([{"id": "urn:uuid:00000000-0000-4000-8000-000000000001", "revocationReason": "Cheated"}],
     Verdict.REVOKED)])
def test_the_issuers_list_withdraws_signed_awards(revoked: list[Any], verdict: Verdict) -> None:
    issuer = WebIssuer(revoked=revoked)
    report = check_signed(issuer.signed(), issuer)
    assert report.verdict is verdict
    if revoked and isinstance(revoked[0], dict):
        assert row(report, CheckId.STATUS).reason["message"] == "Cheated"


def test_a_list_that_is_missing_or_kept_elsewhere_says_nothing() -> None:
    issuer = WebIssuer(revoked=[])
    served = issuer.definitions()
    del served[issuer.at("revoked")]
    report = judged(issuer.signed(), documents(served))
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_NOT_SEEN)
    elsewhere = WebIssuer(profile_changes={"revocationList": "https://lists.example/1"})
    listed = issuer.revocation_list() | {"id": "https://lists.example/1"}
    there = judged(elsewhere.signed(), documents(
        elsewhere.definitions() | {"https://lists.example/1": compact_json(listed)}))
    assert answer(there, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_UNTRUSTED)
    assert row(there, CheckId.STATUS).reason["because"] == "other_host"


def test_a_record_cannot_be_replaced_by_a_signature_nor_a_signature_by_plain_text() -> None:
    hosted_in_token = check_signed(HARBOR.signed(verification={"type": "hosted"}))
    assert hosted_in_token.verdict is Verdict.MALFORMED
    bare = HARBOR.assertion(verification={"type": "signed", "creator": HARBOR.at("key")})
    assert with_record(bare, bare).verdict is Verdict.UNSIGNED

