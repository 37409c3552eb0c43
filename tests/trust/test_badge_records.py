"""The records of a badge: each at the address the one before it names, none from the sender."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.simulators.signing import compact_json
from tests.simulators.web_issuer import WebIssuer
from tests.verify.desk import FETCHED_AT, documents, judged, university
from wallet.formats.parse import parse
from wallet.model.credential import Credential
from wallet.model.evidence import EvidenceKind, Grade
from wallet.model.report import Verdict
from wallet.trust.badge_records import BadgeRecords, badge_records, completed, keeps_records_at, web_host
from wallet.trust.evidence_store import MemoryEvidence

HARBOR = WebIssuer(revoked=[])


def records(file: bytes, served: dict[str, bytes], grade: Grade = Grade.SUPPLIED) -> BadgeRecords:
    credential = parse(file)
    assert isinstance(credential, Credential)
    found = badge_records(credential, MemoryEvidence(documents(served, grade=grade)).documents)
    assert found is not None
    return found


def test_a_hosted_award_is_completed_by_its_records() -> None:
    found = records(compact_json(HARBOR.assertion()), HARBOR.served(HARBOR.assertion()))
    assert (found.is_hosted, found.missing) == (True, None)
    assert (found.credential.title, found.credential.issuer.name) == ("Rope Work", "Harbor College")
    assert (found.assertion.address, found.badge.address, found.issuer.address) == (
        HARBOR.at("a/1"), HARBOR.at("b/9"), HARBOR.id)
    assert found.credential.statuses == ()  # the record itself tells


def test_a_signed_award_has_a_key_and_a_list() -> None:
    found = records(HARBOR.signed(), HARBOR.definitions())
    assert (found.is_hosted, found.key_address) == (False, HARBOR.at("key"))
    assert found.assertion.document is None
    assert found.credential.statuses == ({"id": HARBOR.at("revoked"), "type": "RevocationList"},)


def test_what_the_sender_brings_is_not_read() -> None:
    found = records(compact_json(HARBOR.assertion()), HARBOR.served(HARBOR.assertion()), Grade.SENDER)
    assert found.assertion.document is None
    assert found.assertion.from_sender
    assert found.missing is not None
    assert found.credential.issuer.id == ""


def test_a_badge_class_sealed_together_with_the_award_needs_no_other() -> None:
    found = records(HARBOR.signed(badge=HARBOR.badge_class()), {HARBOR.id: compact_json(HARBOR.profile())})
    assert found.missing is None
    assert found.badge.address == ""


def test_another_family_has_no_records() -> None:
    badge = parse(university().badge())
    assert isinstance(badge, Credential)
    assert badge_records(badge, lambda _: ()) is None
    assert completed(badge, lambda _: ()) is badge


def test_what_is_listed_in_a_library_comes_from_the_records() -> None:
    badge = parse(compact_json(HARBOR.assertion()))
    assert isinstance(badge, Credential)
    assert badge.title == "Badge"
    store = MemoryEvidence(documents(HARBOR.served(HARBOR.assertion())))
    assert completed(badge, store.documents).title == "Rope Work"


def test_documents_are_known_for_what_they_are() -> None:
    kinds = {one.address: one.kind for one in documents(HARBOR.served(HARBOR.assertion()))}
    assert kinds == {
        HARBOR.at("a/1"): EvidenceKind.BADGE_RECORD, HARBOR.at("b/9"): EvidenceKind.BADGE_RECORD,
        HARBOR.id: EvidenceKind.ISSUER_PROFILE, HARBOR.at("key"): EvidenceKind.KEY,
        HARBOR.at("revoked"): EvidenceKind.REVOCATION_LIST}
    [old] = documents({HARBOR.at("a/1"): compact_json(HARBOR.assertion_0_5())})
    assert old.kind is EvidenceKind.BADGE_RECORD


@pytest.mark.parametrize(("address", "host"), [
    ("https://A.Example/x", "a.example"), ("https://a.example:443/", "a.example"),
    ("http://a.example:80/", "a.example"), ("https://a.example:8443/", "a.example:8443"),
    ("https://b.example?@a.example/", "b.example"), ("https://a.example@b.example/", "b.example"),
    ("did:web:a.example:x", "a.example"), ("did:key:z6Mk", ""), ("a.example", ""), ("", "")])
def test_hosts(address: str, host: str) -> None:
    assert web_host(address) == host


def test_an_issuer_without_rules_keeps_its_records_at_home() -> None:
    assert keeps_records_at({}, "https://a.example/i", "http://a.example/1")
    assert not keeps_records_at({}, "https://a.example/i", "https://b.example/1")
    assert not keeps_records_at({}, "", "")
    assert not keeps_records_at({"verification": {"allowedOrigins": [""]}}, "https://a.example", "urn:1")


@pytest.mark.parametrize("word", [True, "true", 1, 1.0])
def test_a_record_that_is_handed_over_takes_no_withdrawal_back(word: object) -> None:
    """Whoever holds a withdrawn badge can write its record anew; nothing seals one."""
    award, place = HARBOR.assertion(), HARBOR.at("a/1")
    served = HARBOR.served(award)
    taken = documents(served | {place: compact_json(award | {"revoked": word})}, grade=Grade.FETCHED,
                      fetched_at=FETCHED_AT)
    clear = documents({place: served[place]}, fetched_at=FETCHED_AT + timedelta(days=1))
    report = judged(compact_json(award), [*taken, *clear])
    assert report.verdict is Verdict.REVOKED
    again = documents({place: served[place]}, grade=Grade.FETCHED, fetched_at=FETCHED_AT + timedelta(days=1))
    assert judged(compact_json(award), [*taken, *again]).verdict is Verdict.VALID  # the website may
    fetched = documents(served, grade=Grade.FETCHED, fetched_at=FETCHED_AT)
    told = documents({place: compact_json(award | {"revoked": word})},
                     fetched_at=FETCHED_AT + timedelta(days=1))
    assert judged(compact_json(award), [*fetched, *told]).verdict is Verdict.REVOKED  # that may be news
    rest = documents({name: one for name, one in served.items() if name != place}, grade=Grade.FETCHED)
    assert judged(compact_json(award), [*rest, *clear]).verdict is Verdict.VALID


@pytest.mark.parametrize("word", ["yes", "", [], {"x": 1}], ids=["word", "empty text", "array", "object"])
def test_nor_does_it_settle_what_nobody_can_read(word: object) -> None:
    award, place = HARBOR.assertion(), HARBOR.at("a/1")
    served = HARBOR.served(award)
    taken = documents(served | {place: compact_json(award | {"revoked": word})}, grade=Grade.FETCHED,
                      fetched_at=FETCHED_AT)
    clear = documents({place: served[place]}, fetched_at=FETCHED_AT + timedelta(days=1))
    assert judged(compact_json(award), [*taken, *clear]).verdict is Verdict.UNDETERMINED
    told = documents(served | {place: compact_json(award | {"revoked": 0.0})}, grade=Grade.FETCHED)
    assert judged(compact_json(award), told).verdict is Verdict.VALID


@pytest.mark.parametrize("url", ["https://harbor.example/", None])
def test_where_an_issuer_is_found_is_told_by_its_own_profile(url: str | None) -> None:
    """What a file says of its issuer beside the name is compared with nothing, and was shown as true."""
    served = HARBOR.served(HARBOR.assertion())
    profile = json.loads(served[HARBOR.at("i/3")]) | {"url": url}
    badge = json.loads(served[HARBOR.at("b/9")])
    del badge["id"]
    record = HARBOR.assertion(badge=badge | {"issuer": profile["id"]})
    award = HARBOR.assertion(badge=badge | {"issuer": profile | {"url": "https://evil.example/"}})
    there = documents({HARBOR.at("i/3"): compact_json(profile), HARBOR.at("a/1"): compact_json(record)},
                      grade=Grade.FETCHED)
    assert judged(compact_json(award), there).verdict is Verdict.VALID
    found = records(compact_json(award), {one.address: one.data for one in there}, Grade.FETCHED)
    assert found.credential.issuer.url == (url or "")
