"""Check 4: lists only inform, and the name they give is theirs."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import compact_json, embed_proof
from tests.verify.desk import answer, attacker, documents, judged, row, university
from wallet.model.evidence import EvidenceKind, EvidenceUsed, Grade
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Verdict
from wallet.trust.domains import compile_index, read_index
from wallet.trust.registry import IssuerList, MissingList, issuer_list
from wallet.verify.checks.recognition import check_recognition
from wallet.wording.reasons import reason_text


def test_recognition_is_a_row_and_never_the_verdict() -> None:
    issuer = university()
    listed = issuer_list(json.dumps([{"name": "Northbridge, per the ministry", "id": issuer.id}]).encode(),
                         name="ministry")
    other = issuer_list(b'[{"name": "Other", "id": "did:web:other.example"}]', name="other")
    evidence = documents(issuer.evidence())
    known = judged(issuer.badge(), evidence, lists=(other, listed))
    assert answer(known, CheckId.RECOGNITION) == (Outcome.PASSED, ReasonCode.ISSUER_LISTED)
    assert row(known, CheckId.RECOGNITION).reason["name"] == "Northbridge, per the ministry"
    unknown = judged(issuer.badge(), evidence, lists=(other,))
    assert answer(unknown, CheckId.RECOGNITION) == (Outcome.UNDETERMINED, ReasonCode.ISSUER_UNLISTED)
    none = judged(issuer.badge(), evidence)
    assert answer(none, CheckId.RECOGNITION) == (Outcome.UNDETERMINED, ReasonCode.ISSUER_LISTS_MISSING)
    assert {known.verdict, unknown.verdict, none.verdict} == {Verdict.VALID}


def test_what_a_host_gives_to_a_member_is_named_with_its_path() -> None:
    eve = SimulatedIssuer("did:web", host="northbridge.example:students:eve", seed="eve")
    document = university().badge_document()
    document["issuer"]["id"] = eve.id
    other = issuer_list(b'[{"name": "Other", "id": "did:web:other.example"}]', name="other")
    report = judged(compact_json(eve.seal(document)), documents(eve.evidence()), lists=(other,))
    assert row(report, CheckId.RECOGNITION).reason["host"] == eve.id
    twin = judged(university().badge(), documents(university().evidence()), lists=(other,))
    assert row(twin, CheckId.RECOGNITION).reason["host"] == "northbridge.example"


def test_a_listed_name_is_not_lent_to_a_forgery() -> None:
    uni = university()
    listed = issuer_list(json.dumps([{"name": "Northbridge", "id": uni.id}]).encode(), name="ministry")
    mallory = attacker()
    forged = compact_json(embed_proof(uni.badge_document(), mallory.key, suite="eddsa-rdfc-2022",
                                      method=mallory.method, created="2026-05-12T09:30:00Z"))
    report = judged(forged, documents(uni.evidence()), lists=(listed,))
    assert answer(report, CheckId.RECOGNITION) == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)


# --- what several lists say together ---


def _answer(issuer: str, *lists: IssuerList, name: str = "", at: datetime = AT) -> Check:
    return check_recognition(lists, issuer, name, at=at)


def _index(**domains: str) -> IssuerList:
    records = [{"id": f"https://ror.org/{place}", "status": "active", "domains": [domain.replace("_", ".")],
                "names": [{"types": ["ror_display"], "value": name}]}
               for place, (domain, name) in enumerate(domains.items())]
    day = datetime(2026, 11, 3, tzinfo=UTC)
    return read_index(compile_index(io.BytesIO(json.dumps(records).encode()), name="ROR", date=day).data)


OTHER = issuer_list(b'[{"name": "Other", "id": "did:web:other.example"}]', name="other")
ROR = _index(northbridge_example="Northbridge University", mit_edu="Massachusetts Institute of Technology")
MISSING = MissingList("campus", reason(ReasonCode.LIST_NOT_LOADED, name="campus"))


def test_a_known_web_address_is_told_and_is_not_a_list() -> None:
    check = _answer("did:web:badges.mit.edu", OTHER, ROR, name="MIT")
    assert (check.outcome, check.reason.code) == (Outcome.UNDETERMINED, ReasonCode.ISSUER_DOMAIN_KNOWN)
    assert (check.reason["host"], check.reason["domain"], check.reason["name"], check.reason["list"]) == (
        "badges.mit.edu", "mit.edu", "Massachusetts Institute of Technology", "ROR")
    assert reason_text(check.reason) == (
        "Its web address badges.mit.edu belongs to Massachusetts Institute of Technology (as mit.edu), per "
        "“ROR” of 3 November 2026. None of your lists names the issuer itself; it calls itself “MIT”.")
    assert check.notes == ()


def test_a_list_speaks_before_a_web_address() -> None:
    listed = issuer_list(b'[{"name": "MIT, says the ministry", "id": "did:web:mit.edu"}]', name="ministry")
    check = _answer("did:web:mit.edu", ROR, listed)
    assert (check.outcome, check.reason["list"]) == (Outcome.PASSED, "ministry")


def test_a_place_inside_a_known_address_is_not_the_institution() -> None:
    check = _answer("did:web:mit.edu:people:eve", OTHER, ROR, name="MIT")
    assert check.reason.code is ReasonCode.ISSUER_UNLISTED
    assert check.reason["host"] == "did:web:mit.edu:people:eve"
    assert [note.code for note in check.notes] == [ReasonCode.ISSUER_DOMAIN_SHARED]
    assert "does not show that it is the institution" in reason_text(check.notes[0])


def test_a_famous_name_at_another_known_address_is_pointed_out() -> None:
    check = _answer("did:web:northbridge.example", ROR, name="Harvard College")
    assert [note.code for note in check.notes] == [ReasonCode.ISSUER_NAME_MISMATCH]
    assert reason_text(check.notes[0]) == ("It calls itself “Harvard College”, but the seal belongs to "
                                           "northbridge.example, known as Northbridge University.")
    for alike in ("Northbridge", "NU", "The University of Northbridge", "N\u00f6rthbridge Univ.", ""):
        assert _answer("did:web:northbridge.example", ROR, name=alike).notes == ()


def test_lists_that_nobody_could_look_into_are_named_beside_the_answer() -> None:
    unlisted = _answer("did:web:uni.example", OTHER, MISSING)
    assert unlisted.reason.code is ReasonCode.ISSUER_UNLISTED
    assert [(note.code, note["lists"]) for note in unlisted.notes] == [
        (ReasonCode.ISSUER_LISTS_UNCHECKED, "campus")]
    nobody = _answer("did:web:uni.example", MISSING, ROR)
    assert nobody.reason.code is ReasonCode.ISSUER_LISTS_MISSING
    listed = _answer("did:web:other.example", MISSING, OTHER)
    assert listed.outcome is Outcome.PASSED
    many = _answer("did:web:uni.example", *(MissingList(str(one), MISSING.because) for one in range(9)))
    assert many.notes[0]["lists"] == "0, 1, 2 (+6)"


def test_an_ended_list_says_what_it_said_and_that_it_ended() -> None:
    ended = issuer_list(json.dumps({"expires": "2026-11-01", "date": "2026-01-01", "issuers": [
        {"id": "did:web:uni.example", "name": "Uni"}]}).encode(), name="campus")
    check = _answer("did:web:uni.example", ended)
    assert (check.outcome, check.reason.code) == (Outcome.UNDETERMINED, ReasonCode.ISSUER_LIST_ENDED)
    assert reason_text(check.reason) == (
        "It was on your list “campus” as Uni, dated 1 January 2026. What the list says has passed its own "
        "end (1 November 2026).")
    before = _answer("did:web:uni.example", ended, at=datetime(2026, 10, 31, tzinfo=UTC))
    assert before.outcome is Outcome.PASSED


def test_a_shipped_list_says_that_it_is_one() -> None:
    used = EvidenceUsed("asset:x", EvidenceKind.REGISTRY, Grade.SHIPPED, "0" * 64)
    content = {"date": "2025-10-31", "issuers": [{"id": "did:web:uni.example", "name": "Uni"}]}
    shipped = issuer_list(json.dumps(content).encode(), name="Community", used=used)
    check = _answer("did:web:uni.example", shipped)
    assert check.evidence == (used,)
    assert reason_text(check.reason) == (
        "Confirmed by your list “Community” as Uni, dated 31 October 2025 (it came with this program).")


@given(st.text(max_size=40), st.text(max_size=30))
def test_no_issuer_and_no_name_is_a_fault(issuer: str, name: str) -> None:
    check = _answer(issuer, OTHER, ROR, MISSING, name=name)
    assert check.outcome is Outcome.UNDETERMINED
    assert reason_text(check.reason)
