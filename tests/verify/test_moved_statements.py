"""A sealed credential written another way: the same statements, where no reader looks for them.

The seal of linked data covers statements, not members. Each case here keeps every statement, and so the
seal, and hides an end, a withdrawal or a person; each stands beside the same credential as it was sealed.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.conftest import AT
from tests.simulators.issuer import V2
from tests.simulators.records import endorsement, record
from tests.simulators.signing import JsonObject, pinned_contexts
from tests.verify.desk import answer, documents, edited, judged, row, university
from wallet.codec.linked_data.contexts import Contexts
from wallet.formats.parse import parse
from wallet.model.credential import Credential
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Outcome, Verdict
from wallet.trust.evidence_store import MemoryEvidence
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge

CRED = "https://www.w3.org/2018/credentials#"
DATE = "http://www.w3.org/2001/XMLSchema#dateTime"
PAST = datetime(2026, 6, 1, tzinfo=UTC)


def dated(name: str, text: str) -> JsonObject:
    return {CRED + name: {"@value": text, "@type": DATE}}


def end_as_an_iri(one: JsonObject) -> None:
    name = "validUntil" if "validUntil" in one else "expirationDate"
    one.update(dated(name, one.pop(name)))


def status_as_an_iri(one: JsonObject) -> None:
    one[CRED + "credentialStatus"] = one.pop("credentialStatus")


@pytest.mark.parametrize("version", ["2.0", "1.1"])
def test_an_end_or_a_withdrawal_written_as_an_iri_is_refused(version: Any) -> None:
    issuer = university()
    issuer.revoke(7)
    ended = issuer.badge(version=version, valid_until=PAST)
    withdrawn = issuer.badge(version=version, entries=(issuer.entry(7),))
    evidence = documents(issuer.evidence())
    assert judged(ended, evidence).verdict is Verdict.EXPIRED
    assert judged(withdrawn, evidence).verdict is Verdict.REVOKED
    for data in (edited(ended, end_as_an_iri), edited(withdrawn, status_as_an_iri)):
        report = judged(data, evidence)
        assert report.verdict is Verdict.MALFORMED
        assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, R.UNDEFINED_TERM)


def test_an_iri_of_somebody_elses_vocabulary_stays_allowed() -> None:
    issuer = university()
    document = issuer.badge_document() | {"https://words.example/honours": "first class"}
    data = json.dumps(issuer.seal(document)).encode()
    assert judged(data, documents(issuer.evidence())).verdict is Verdict.VALID


def test_a_subject_whose_id_is_a_keyword_is_refused() -> None:
    issuer = university()
    evidence = documents(issuer.evidence())
    data = issuer.badge(subject_id="did:example:maya")
    assert judged(data, evidence).verdict is Verdict.VALID
    report = judged(edited(data, lambda one: one["credentialSubject"].update(
        {"@id": one["credentialSubject"].pop("id")})), evidence)
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, R.KEYWORD_IN_DATA)


def _endorsed(**more: Any) -> tuple[JsonObject, Any]:
    issuer = university()
    issuer.revoke(7)
    document = issuer.badge_document(entries=(issuer.entry(7),), **more)
    document["endorsement"] = [endorsement(issuer, document["id"])]
    return issuer.seal(document), documents(issuer.evidence())


def _aside(*names: str) -> Callable[[JsonObject], None]:
    """Move members of the badge into its endorsement, which points back at it."""
    def edit(one: JsonObject) -> None:
        subject = one["endorsement"][0]["credentialSubject"]
        subject.update({name: one.pop(name) for name in names})
        subject["type"] = [*subject["type"], "VerifiableCredential"]
    return edit


@pytest.mark.parametrize("names", [("validUntil",), ("credentialStatus",)])
def test_what_ends_a_badge_is_not_found_in_its_endorsement(names: tuple[str, ...]) -> None:
    badge, evidence = _endorsed(valid_until=PAST)
    assert judged(json.dumps(badge).encode(), evidence).verdict is Verdict.REVOKED
    report = judged(edited(json.dumps(badge).encode(), _aside(*names)), evidence)
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, R.DATA_LOSS)


def test_one_subject_in_two_pieces_is_refused() -> None:
    issuer = university()
    document = issuer.badge_document(subject_id="did:example:maya")
    subject = document["credentialSubject"]
    subject["achievement"] = {key: value for key, value in subject["achievement"].items()
                              if key in ("id", "type", "name", "description")}
    subject["achievement"]["criteria"] = {"id": "https://northbridge.example/criteria"}
    subject["result"] = [{"type": ["Result"], "value": "failed"}]
    sealed = issuer.seal(document)
    evidence = documents(issuer.evidence())
    assert judged(json.dumps(sealed).encode(), evidence).verdict is Verdict.VALID
    first = copy.deepcopy(sealed["credentialSubject"])
    second = copy.deepcopy(first)
    del first["result"], first["identifier"]
    pieces = json.dumps(sealed | {"credentialSubject": [first, second]}).encode()
    report = judged(pieces, evidence)
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, R.MEMBER_TYPE)


def test_an_end_under_the_other_versions_name_still_ends() -> None:
    issuer = university()
    document = issuer.badge_document(version="1.1") | {"validUntil": "2026-06-01T00:00:00Z"}
    report = judged(json.dumps(issuer.seal(document)).encode(), documents(issuer.evidence()))
    assert report.verdict is Verdict.EXPIRED


ADDRESS = "https://words.example/v1"


def _supplied(words: JsonObject) -> Contexts:
    return pinned_contexts().extended({ADDRESS: json.dumps({"@context": words}).encode()})


@pytest.mark.parametrize(("words", "member"), [
    ({"remark": CRED + "credentialStatus"}, "remark"),
    ({"c": CRED, "remark": {"@id": "c:credentialStatus"}}, "remark"),
    ({"c": {"@id": CRED, "@prefix": True}}, "c:credentialStatus"),
    ({"@vocab": "https://www.w3.org/2018/"}, "credentials#credentialStatus")])
def test_a_supplied_context_gives_a_withdrawal_no_second_name(words: JsonObject, member: str) -> None:
    issuer = university()
    issuer.revoke(7)
    document = json.loads(issuer.badge(entries=(issuer.entry(7),)))
    evidence = MemoryEvidence(documents(issuer.evidence()))
    renamed = {key if key != "credentialStatus" else member: value for key, value in document.items()}
    for one, verdict in ((document, Verdict.REVOKED), (renamed, Verdict.MALFORMED)):
        parsed = parse(json.dumps(one | {"@context": [*document["@context"], ADDRESS]}).encode())
        report = judge(parsed, gather(parsed, evidence, _supplied(words)), at=AT)
        assert report.verdict is verdict
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, R.UNDEFINED_TERM)


def test_the_words_of_a_context_left_out_do_not_come_back_by_a_vocabulary_of_the_file() -> None:
    issuer = university()
    vocabulary = {"@vocab": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"}
    data = edited(issuer.badge(), lambda one: one.update({"@context": [V2, vocabulary]}))
    report = judged(data, documents(issuer.evidence()))
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, R.CONTEXT_INLINE)


OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
CLR = "https://purl.imsglobal.org/spec/vc/clr/vocab.html#"


def test_a_record_whose_type_is_an_iri_does_not_hide_what_is_in_it() -> None:
    issuer = university()
    issuer.revoke(7)
    sealed = record(issuer, [json.loads(issuer.badge(entries=(issuer.entry(7),)))])
    evidence = documents(issuer.evidence())
    report = judged(json.dumps(sealed).encode(), evidence)
    assert [one.verdict for one in report.items] == [Verdict.REVOKED]
    renamed = json.dumps(sealed | {"type": ["VerifiableCredential", CLR + "ClrCredential"]}).encode()
    assert answer(judged(renamed, evidence), CheckId.STRUCTURE) == (Outcome.FAILED, R.UNDEFINED_TERM)


@pytest.mark.parametrize(("name", "verdict"), [
    (OB + "OpenBadgeCredential", Verdict.MALFORMED), ("https://words.example/Badge", Verdict.VALID),
    ("https://schema.org/Certification", Verdict.VALID)])
def test_a_type_is_an_iri_only_where_it_has_no_name(name: str, verdict: Verdict) -> None:
    issuer = university()
    document = issuer.badge_document()
    ours = name.startswith(OB)
    document["type"] = [*document["type"], *(() if ours else (name,))]
    sealed = issuer.seal(document)
    if ours:
        sealed["type"] = ["VerifiableCredential", name]
    assert judged(json.dumps(sealed).encode(), documents(issuer.evidence())).verdict is verdict


def test_an_identifier_in_an_array_of_arrays_is_still_read() -> None:
    issuer = university()
    document = json.loads(issuer.badge())
    document["type"] = ["VerifiableCredential"]
    document["credentialSubject"]["identifier"] = [document["credentialSubject"]["identifier"]]
    parsed = parse(json.dumps(document).encode())
    assert isinstance(parsed, Credential)
    assert [one.hashed for one in parsed.subject.identifiers] == [True]


@pytest.mark.parametrize("place", ["creator", "source"])
def test_what_is_said_of_the_issuer_counts_wherever_it_is_said(place: str) -> None:
    issuer = university()

    def holder(one: JsonObject) -> JsonObject:
        about: JsonObject = one["credentialSubject"]
        made: JsonObject = about["achievement"]
        return made if place == "creator" else about

    def move(one: JsonObject) -> None:
        for member in ("name", "endorsement"):
            holder(one)[place][member] = one["issuer"].pop(member)

    document = issuer.badge_document()
    holder(document)[place] = {"id": issuer.id, "type": ["Profile"]}
    document["issuer"]["endorsement"] = [endorsement(issuer, issuer.id)]
    data = json.dumps(issuer.seal(document)).encode()
    for one in (data, edited(data, move)):
        report = judged(one, documents(issuer.evidence()))
        assert (report.verdict, report.issuer_name) == (Verdict.VALID, "Northbridge University")
        assert answer(report, CheckId.ENDORSEMENTS) == (Outcome.PASSED, R.ENDORSEMENTS_CHECKED)
        assert row(report, CheckId.ENDORSEMENTS).reason["count"] == "1"


@pytest.mark.parametrize("form", [lambda one: [one], lambda one: [one, one], lambda one: {"@value": one}],
                         ids=["in an array", "twice", "as an object"])
@pytest.mark.parametrize("member", ["statusPurpose", "statusListIndex"])
def test_a_withdrawn_badge_stays_withdrawn_in_every_form(member: str, form: Callable[[str], object]) -> None:
    issuer = university()
    issuer.revoke(7)
    data = edited(issuer.badge(entries=(issuer.entry(7),)), lambda one: one["credentialStatus"].update(
        {member: form(one["credentialStatus"][member])}))
    assert judged(data, documents(issuer.evidence())).verdict is Verdict.REVOKED
    good = edited(issuer.badge(entries=(issuer.entry(8),)), lambda one: one["credentialStatus"].update(
        {member: form(one["credentialStatus"][member])}))
    assert judged(good, documents(issuer.evidence())).verdict is Verdict.VALID


def test_the_issuer_of_a_record_is_called_what_its_badges_call_it() -> None:
    """Those vocabularies put a record and what it holds into one graph: the name stands there still."""
    issuer = university()
    sealed = json.dumps(record(issuer, [json.loads(issuer.badge())])).encode()
    for data in (sealed, edited(sealed, lambda one: one["issuer"].pop("name"))):
        report = judged(data, documents(issuer.evidence()))
        assert (report.verdict, report.issuer_name) == (Verdict.VALID, "Northbridge University")


def test_what_a_record_holds_is_found_in_arrays_within_arrays() -> None:
    issuer = university()
    badges = [json.loads(issuer.badge()), json.loads(issuer.badge(number=2))]
    sealed = json.dumps(record(issuer, badges)).encode()
    nested = edited(sealed, lambda one: one["credentialSubject"].update(
        verifiableCredential=[[*one["credentialSubject"]["verifiableCredential"]]]))
    for data in (sealed, nested):
        report = judged(data, documents(issuer.evidence()))
        assert [report.verdict, *(one.verdict for one in report.items)] == [Verdict.VALID] * 3
