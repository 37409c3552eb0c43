"""Check 3: the issuer's own document decides whose key it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import AT
from tests.simulators.cose import cose_sign1
from tests.simulators.signing import SigningKey, compact_json, compact_jws, embed_proof, pinned_contexts
from tests.verify.desk import answer, attacker, documents, edited, judged, note_codes, row, university
from wallet.codec.dates import format_datetime
from wallet.formats.parse import parse
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict
from wallet.trust.evidence_store import MemoryEvidence
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, tzinfo=UTC)


def with_method(document: bytes, **members: Any) -> bytes:
    """An issuer's document whose only method has further members."""
    content = json.loads(document)
    content["verificationMethod"][0].update(members)
    return compact_json(content)


@pytest.mark.parametrize("kind", ["did:web", "https", "https-jwks"])
def test_listed_key_is_the_issuers(kind: str) -> None:
    issuer = university(kind)
    report = judged(issuer.badge(), documents(issuer.evidence()))
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.PASSED, ReasonCode.KEY_AUTHORISED)
    assert [one.address for one in row(report, CheckId.KEY_AUTHORITY).evidence] == [issuer.id]


@pytest.mark.parametrize("kind", ["did:key", "did:jwk"])
def test_self_made_identifier_passes_and_is_recognised_by_nobody(kind: str) -> None:
    report = judged(university(kind).badge())
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.PASSED, ReasonCode.KEY_SELF_MADE)
    assert answer(report, CheckId.RECOGNITION) == (Outcome.UNDETERMINED, ReasonCode.ISSUER_SELF_MADE)
    assert report.verdict is Verdict.VALID


def forged_by_mallory() -> bytes:
    """Names the university, sealed by somebody else's key under his own name."""
    uni, mallory = university(), attacker()
    return compact_json(embed_proof(uni.badge_document(), mallory.key, suite="eddsa-rdfc-2022",
                                    method=mallory.method, created="2026-05-12T09:30:00Z"))


def test_a_key_of_somebody_else_is_not_authorised_although_the_seal_is_intact() -> None:
    report = judged(forged_by_mallory(), documents(university().evidence()))
    assert answer(report, CheckId.PROOF) == (Outcome.PASSED, ReasonCode.PROOF_OK)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.KEY_NOT_AUTHORISED)
    assert report.verdict is Verdict.INVALID
    assert headline_code(report) is HeadlineCode.KEY_NOT_AUTHORISED


def test_without_the_issuers_document_nothing_is_decided() -> None:
    report = judged(forged_by_mallory())
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.KEY_UNKNOWN)
    assert report.verdict is Verdict.UNDETERMINED
    assert [(one.address, one.host) for one in report.wanted] == [
        ("did:web:northbridge.example", "northbridge.example")]


def test_the_senders_copy_of_the_key_is_the_senders_word() -> None:
    issuer = university()
    report = judged(issuer.badge(), documents(issuer.evidence(), grade=Grade.SENDER))
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.KEY_FROM_SENDER)
    assert report.verdict is Verdict.UNDETERMINED


def test_key_in_the_header_is_refused_where_the_issuer_does_not_list_it() -> None:
    uni, mallory = university("https-jwks"), attacker("https-jwks")
    mallory.host = uni.host
    forged = mallory.seal_jwt(uni.badge_document(), kid="", jwk=mallory.key.jwk)  # type: ignore[arg-type] # a header member
    known = judged(forged, documents(uni.evidence()))
    assert answer(known, CheckId.PROOF)[0] is Outcome.PASSED
    assert answer(known, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.KEY_NOT_AUTHORISED)
    assert known.verdict is Verdict.INVALID
    assert judged(forged).verdict is Verdict.UNDETERMINED
    honest = uni.seal_jwt(uni.badge_document(), kid="", jwk=uni.key.jwk)  # type: ignore[arg-type] # a header member
    assert judged(honest, documents(uni.evidence())).verdict is Verdict.VALID
    assert judged(honest).verdict is Verdict.UNDETERMINED


def test_purpose_of_the_proof_must_fit() -> None:
    issuer = university()
    sealed = embed_proof(issuer.badge_document(), issuer.key, suite="eddsa-rdfc-2022", method=issuer.method,
                         created="2026-05-12T09:30:00Z", purpose="authentication")
    report = judged(compact_json(sealed), documents(issuer.evidence()))
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.PROOF_PURPOSE)
    assert report.verdict is Verdict.INVALID


def test_rotated_key_is_retired_not_forged() -> None:
    issuer = university()
    badge, before = issuer.badge(), issuer.evidence()
    issuer.rotate()
    evidence = documents(before, fetched_at=MARCH) + documents(issuer.evidence(), fetched_at=JUNE)
    report = judged(badge, evidence)
    assert answer(report, CheckId.PROOF)[0] is Outcome.PASSED
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.KEY_RETIRED)
    assert row(report, CheckId.KEY_AUTHORITY).reason["until"].startswith("2026-06-01")
    assert headline_code(report) is HeadlineCode.KEY_RETIRED
    assert judged(issuer.badge(), evidence).verdict is Verdict.VALID
    assert judged(badge, documents(issuer.evidence())).verdict is Verdict.INVALID  # never seen with that key


@pytest.mark.parametrize(("member", "ends", "outcome", "verdict"), [
    ("revoked", "2026-05-01T00:00:00Z", Outcome.FAILED, Verdict.INVALID),
    ("expires", "2026-05-01T00:00:00Z", Outcome.FAILED, Verdict.INVALID),
    ("revoked", "2026-06-01T00:00:00Z", Outcome.UNDETERMINED, Verdict.UNDETERMINED),
    ("expires", "2026-06-01T00:00:00Z", Outcome.PASSED, Verdict.VALID)])
def test_ended_key_proves_only_what_was_sealed_before(member: str, ends: str, outcome: Outcome,
                                                      verdict: Verdict) -> None:
    """A revoked one not even that: who has such a key writes any date."""
    issuer = university()
    evidence = documents({issuer.id: with_method(issuer.controller_document(), **{member: ends})})
    report = judged(issuer.badge(), evidence)
    check = row(report, CheckId.KEY_AUTHORITY)
    assert (check.outcome, report.verdict) == (outcome, verdict)
    code = ReasonCode.KEY_REVOKED if member == "revoked" else ReasonCode.KEY_ENDED
    assert code in [check.reason.code, *(note.code for note in check.notes)]
    assert (ReasonCode.KEY_DATE_UNPROVEN in note_codes(check)) is (outcome is Outcome.UNDETERMINED)


@pytest.mark.parametrize(("ends", "floor", "outcome"), [
    (AT + timedelta(days=90), AT - timedelta(days=1), Outcome.PASSED),
    (AT + timedelta(days=90), None, Outcome.UNDETERMINED),  # a time that somebody chose
    (AT + timedelta(days=90), AT + timedelta(hours=1), Outcome.UNDETERMINED),  # a clock that is behind
    (AT - timedelta(days=1), AT - timedelta(days=2), Outcome.UNDETERMINED)],
    ids=["announced", "announced, time chosen", "announced, clock behind", "over"])
@pytest.mark.parametrize("is_token", [True, False], ids=["token", "proof"])
def test_a_key_that_is_to_be_taken_back_counts_until_then(ends: datetime, floor: datetime | None,
                                                          outcome: Outcome, *, is_token: bool) -> None:
    """What is in hand before that day was sealed before it, whatever it says of its age."""
    issuer = university()
    known = documents({issuer.id: with_method(issuer.controller_document(), revoked=format_datetime(ends))})
    parsed = parse(issuer.badge_jwt() if is_token else issuer.badge())
    found = gather(parsed, MemoryEvidence(known), pinned_contexts(), clock_floor=floor)
    check = row(judge(parsed, found, at=AT), CheckId.KEY_AUTHORITY)
    assert check.outcome is outcome
    if outcome is Outcome.PASSED:
        assert check.notes == ()


@pytest.mark.parametrize("where", ["", "home", "party"])
def test_a_borrowed_key_is_taken_back_by_its_home_or_by_the_party(where: str) -> None:
    """Both documents must stand by it: the university lists a service's key, and either may revoke it."""
    uni, service = university(), attacker("did:web")
    theirs, ours = (json.loads(one.controller_document()) for one in (service, uni))
    ours["verificationMethod"].append(dict(theirs["verificationMethod"][0]))
    ours["assertionMethod"].append(service.method)
    told = {"home": theirs["verificationMethod"][0], "party": ours["verificationMethod"][1]}.get(where, {})
    told["revoked"] = "2026-01-01T00:00:00Z"
    served = {uni.id: compact_json(ours), service.id: compact_json(theirs)}
    report = judged(compact_json(service.seal(uni.badge_document())), documents(served))
    assert answer(report, CheckId.KEY_AUTHORITY) == (
        (Outcome.FAILED, ReasonCode.KEY_REVOKED) if where else (Outcome.PASSED, ReasonCode.KEY_AUTHORISED))


@pytest.mark.parametrize(("revoked", "same", "outcome"), [
    ("2026-01-01T00:00:00Z", True, Outcome.UNDETERMINED),
    ("2026-11-01T00:00:00Z", True, Outcome.UNDETERMINED),
    ("2026-01-01T00:00:00Z", False, Outcome.PASSED), ("", True, Outcome.PASSED)],
    ids=["before the seal", "after the seal", "another key", "two names of one key"])
def test_a_key_that_is_taken_back_under_another_name_settles_nothing(revoked: str, outcome: Outcome, *,
                                                                     same: bool) -> None:
    """Who has a stolen key names whichever method still stands; the issuer may have meant only the name."""
    issuer = university()
    document = json.loads(issuer.controller_document())
    other = (issuer if same else attacker("did:web")).controller_document()
    twin = json.loads(other)["verificationMethod"][0] | {"id": f"{issuer.id}#old", "controller": issuer.id}
    document["verificationMethod"].append(twin | ({"revoked": revoked} if revoked else {}))
    report = judged(issuer.badge(), documents({issuer.id: compact_json(document)}))
    found = row(report, CheckId.KEY_AUTHORITY)
    assert found.outcome is outcome
    assert (found.reason.code is ReasonCode.KEY_REVOKED) is (outcome is not Outcome.PASSED)


def test_ended_key_and_a_token_that_does_not_date_itself_is_open() -> None:
    issuer = university()
    revoked = with_method(issuer.controller_document(), revoked="2026-06-01T00:00:00Z")
    report = judged(issuer.badge_jwt(), documents({issuer.id: revoked}))
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.KEY_REVOKED)
    assert report.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(("ends", "verdict"), [
    (AT + timedelta(days=365), Verdict.VALID), (AT, Verdict.UNDETERMINED)], ids=["later", "now"])
@pytest.mark.parametrize("as_message", [False, True], ids=["token", "message"])
def test_what_does_not_date_itself_was_sealed_before_now(ends: datetime, verdict: Verdict, *,
                                                         as_message: bool) -> None:
    """A key that ends next year has sealed all there is: no such badge could be told to be genuine."""
    issuer = university()
    served = documents({issuer.id: with_method(issuer.controller_document(), expires=format_datetime(ends))})
    sealed = (cose_sign1(compact_json(issuer.badge_document()), issuer.key, issuer.method) if as_message
              else issuer.badge_jwt())
    assert judged(sealed, served).verdict is verdict


def test_a_badge_of_a_platform_that_writes_versions_into_addresses() -> None:
    """Its issuers' ids have a query, and their profiles call the key by its seals and know no purposes."""
    uni, mallory = university("https"), attacker()
    issuer_id = f"{uni.id}?v=3_0"
    badge = uni.badge_document()
    badge["issuer"]["id"] = issuer_id
    profile = {"id": issuer_id, "type": "Issuer", "name": uni.name, "verificationMethod": {
        "id": f"{issuer_id}#key-0", "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022",
        "controller": issuer_id, "publicKeyMultibase": uni.key.multibase}}
    served = documents({issuer_id: compact_json(profile)})

    def report(key: SigningKey, method: str, evidence: list[EvidenceDocument]) -> Report:
        return judged(compact_json(embed_proof(badge, key, suite="eddsa-rdfc-2022", method=method,
                                               created="2026-05-12T09:30:00Z")), evidence)

    assert report(uni.key, f"{issuer_id}#key-0", served).verdict is Verdict.VALID
    asked = report(uni.key, f"{issuer_id}#key-0", [])
    assert (asked.verdict, [one.address for one in asked.wanted]) == (Verdict.UNDETERMINED, [issuer_id])
    for key, named in ((mallory.key, f"{issuer_id}#key-0"), (mallory.key, mallory.method),
                       (uni.key, f"{uni.id}#key-0")):
        assert report(key, named, served).verdict is Verdict.INVALID


def test_unknown_did_method_is_named() -> None:
    badge = edited(university().badge(), lambda document: document["issuer"].update(id="did:ion:EiA"))
    report = judged(badge)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.DID_UNSUPPORTED)
    assert row(report, CheckId.KEY_AUTHORITY).reason["method"] == "did:ion"


SEPTEMBER = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize("by_fragment", [False, True], ids=["full id", "fragment"])
def test_a_copy_that_is_older_than_the_seal_accuses_no_new_key(*, by_fragment: bool) -> None:
    """The issuer changed its key after our copy was made, and seals on."""
    uni = university()
    before = documents({uni.id: uni.controller_document()}, grade=Grade.FETCHED, fetched_at=JUNE)
    uni.rotate()
    new = uni.badge(created=SEPTEMBER)
    if by_fragment:
        payload = uni.badge_document() | {"iat": int(SEPTEMBER.timestamp())}
        new = compact_jws(payload, uni.key, {"typ": "vc+jwt", "kid": uni.method.partition("#")[2]})
    report = judged(new, before)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.KEY_COPY_OLDER)
    assert (report.verdict, headline_code(report)) == (Verdict.UNDETERMINED, HeadlineCode.KEY_UNKNOWN)
    assert row(report, CheckId.KEY_AUTHORITY).reason["date"] == "2026-06-01T00:00:00Z"
    assert [one.address for one in report.wanted] == [uni.id]
    after = documents({uni.id: uni.controller_document()}, grade=Grade.FETCHED, fetched_at=SEPTEMBER)
    settled = judged(new, before + after)
    assert (settled.verdict, settled.wanted) == (Verdict.VALID, ())


@pytest.mark.parametrize(("fetched", "created", "method"), [
    (SEPTEMBER, JUNE, "#key-2"), (SEPTEMBER, SEPTEMBER, "#key-2"), (None, SEPTEMBER, "#key-2"),
    (JUNE, SEPTEMBER, "did:web:mallory.example#key-1"), (JUNE, SEPTEMBER, "#key-1"),
], ids=["sealed before", "at once", "nobody knows since when", "lives elsewhere", "another key under a name"])
def test_a_key_that_a_copy_could_have_is_accused(fetched: datetime | None, created: datetime,
                                                 method: str) -> None:
    uni, mallory = university(), attacker("did:web")
    mallory_document = documents(mallory.evidence())
    forged = compact_json(embed_proof(
        uni.badge_document(), mallory.key, suite="eddsa-rdfc-2022", created=f"{created:%Y-%m-%dT%H:%M:%SZ}",
        method=uni.id + method if method.startswith("#") else method))
    copy = documents({uni.id: uni.controller_document()}, grade=Grade.FETCHED, fetched_at=fetched)
    report = judged(forged, copy + mallory_document)
    assert report.verdict is Verdict.INVALID
    assert report.wanted == ()


def test_a_late_date_buys_a_forger_no_more_than_an_open_answer() -> None:
    uni, mallory = university(), attacker()
    forged = compact_json(embed_proof(uni.badge_document(), mallory.key, suite="eddsa-rdfc-2022",
                                      method=f"{uni.id}#key-9", created="2026-09-01T00:00:00Z"))
    copy = {uni.id: uni.controller_document()}
    open_ = judged(forged, documents(copy, grade=Grade.FETCHED, fetched_at=JUNE))
    assert answer(open_, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.KEY_COPY_OLDER)
    asked = judged(forged, documents(copy, grade=Grade.FETCHED, fetched_at=SEPTEMBER))
    assert answer(asked, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.KEY_NOT_AUTHORISED)
