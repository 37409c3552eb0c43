"""Badges without a seal: brought, kept with their dates, compared later; what is gone leaves its copy."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.operations.badge_web import on_the_web
from tests.operations.conftest import Clock
from tests.simulators import badge_host
from tests.simulators.badge_host import BadgeSite
from tests.simulators.signing import JsonObject, compact_json
from tests.simulators.web import SimulatedWeb
from wallet.model.evidence import EvidenceKind, Grade
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, HeadlineCode, Verdict
from wallet.net.fetch import FetchError
from wallet.operations.hosted import bring_badge, bring_picture, keep_data
from wallet.operations.intake import ImportOutcome, import_bytes
from wallet.operations.later_look import HostedOutcome, refresh_hosted
from wallet.operations.library import detail
from wallet.operations.network import Door
from wallet.operations.session import Session


@pytest.fixture
def web_and_door(session: Session) -> tuple[SimulatedWeb, Door]:
    return on_the_web(session)


def brought(session: Session, site: BadgeSite, door: Door, name: str = "one") -> tuple[JsonObject, str]:
    record = site.award(name)
    (row,) = bring_badge(session, record["id"], door).rows
    return record, row.credential_id


def headline(session: Session, credential_id: str) -> HeadlineCode:
    return headline_code(detail(session, credential_id).report)


def test_a_badge_comes_with_its_records_and_its_picture(session: Session,
                                                        web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    record, _ = brought(session, badge_host.credly(web), door)
    kept = {one.address: one for one in session.kept.all()}
    assert kept[record["id"]].grade is Grade.FETCHED
    assert kept[record["id"]].fetched_at == session.now()
    assert kept[record["badge"]].data
    assert kept["https://api.credly.com/images/one.png"].kind is EvidenceKind.PICTURE


def test_the_same_twice_is_known(session: Session, web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    record, ident = brought(session, badge_host.credly(web), door)
    (row,) = bring_badge(session, record["id"], door).rows
    assert (row.outcome, row.credential_id) == (ImportOutcome.KNOWN, ident)


def test_a_baked_badge_gets_its_records_and_its_name(session: Session,
                                                     web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    record = badge_host.credly(web).award("one")
    (row,) = import_bytes(session, badge_host.baked(record), "badge.png").rows
    assert session.vault.get(row.credential_id).title == "Badge"
    assert headline(session, row.credential_id) is HeadlineCode.HOSTED_UNREACHABLE
    refreshed = refresh_hosted(session, door)
    assert refreshed.rows[0].outcome is HostedOutcome.NEW
    assert session.vault.get(row.credential_id).title == "Rope Work"
    assert headline(session, row.credential_id) is HeadlineCode.HOSTED_OK


def test_a_later_look_names_what_changed_and_keeps_both(session: Session, clock: Clock,
                                                        web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    record, ident = brought(session, badge_host.credly(web), door)
    clock.now += timedelta(days=30)
    web.put(record["id"], {**record, "issuedOn": "2020-01-01T00:00:00Z", "expires": "2021-01-01T00:00:00Z"})
    (row,) = refresh_hosted(session, door).rows
    assert (row.outcome, row.changed) == (HostedOutcome.CHANGED, ("expires", "issuedOn"))
    assert headline(session, ident) is HeadlineCode.HOSTED_CHANGED
    assert [one.data for one in session.kept.documents(record["id"])][1] == compact_json(record)
    assert session.vault.original(ident).data == compact_json(record)


def test_a_changed_badge_class_is_named_as_that(session: Session, clock: Clock,
                                                web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    record, _ = brought(session, badge_host.credly(web), door)
    clock.now += timedelta(days=30)
    web.put(record["badge"], {"@context": badge_host.V2, "type": "BadgeClass", "id": record["badge"],
                              "name": "Rope Work", "description": "Less.",
                              "criteria": {"narrative": "Tie one."},
                              "image": "https://api.credly.com/images/one.png",
                              "issuer": "https://api.credly.com/v1/obi/v2/issuers/7"})
    (row,) = refresh_hosted(session, door).rows
    assert row.changed == ("badge.criteria", "badge.description")


@pytest.mark.parametrize("end", ["missing", "gone"])
def test_what_is_gone_is_said_and_the_copy_stays(session: Session, clock: Clock, end: str,
                                                 web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    record, ident = brought(session, badge_host.credly(web), door)
    clock.now += timedelta(days=30)
    getattr(web, end)(record["id"])
    (row,) = refresh_hosted(session, door).rows
    assert row.outcome is HostedOutcome.GONE
    assert headline(session, ident) is HeadlineCode.HOSTED_GONE
    assert compact_json(record) in [one.data for one in session.kept.documents(record["id"])]
    assert session.vault.get(ident).title == "Rope Work"
    clock.now += timedelta(days=1)
    web.put(record["id"], record)
    refresh_hosted(session, door)
    assert headline(session, ident) is HeadlineCode.HOSTED_OK


def test_a_host_that_does_not_answer_changes_nothing(session: Session, clock: Clock,
                                                     web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    _, ident = brought(session, badge_host.credly(web), door)
    before = session.kept.all()
    clock.now += timedelta(days=30)
    web.unreachable("api.credly.com")
    (row,) = refresh_hosted(session, door).rows
    assert row.outcome is HostedOutcome.UNREACHABLE
    assert row.reason is not None
    assert row.reason.code is ReasonCode.HOST_UNREACHABLE
    assert session.kept.all() == before
    assert headline(session, ident) is HeadlineCode.HOSTED_OK


@pytest.mark.parametrize("status", [200, 410])
def test_a_withdrawn_badge_is_found_withdrawn(session: Session, clock: Clock, status: int,
                                              web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    record, ident = brought(session, badge_host.credly(web), door)
    clock.now += timedelta(days=30)
    withdrawn = compact_json({"@context": badge_host.V2, "type": "Assertion", "id": record["id"],
                              "revoked": True, "revocationReason": "Issued in error"})
    web.answer(record["id"], status, withdrawn)
    refresh_hosted(session, door)
    assert detail(session, ident).report.verdict is Verdict.REVOKED


def test_shared_documents_are_asked_for_once(session: Session,
                                             web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    site = badge_host.credly(web)
    for name in ("one", "two", "three"):
        brought(session, site, door, name)
    web.requests.clear()
    refresh_hosted(session, door)
    assert set(web.requests.values()) == {1}
    assert len(web.requests) == 7  # three records, three classes, one issuer


def test_a_record_over_an_open_line_is_said_to_be(session: Session,
                                                  web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    site = badge_host.credly(web)
    record = {**site.award("one"), "id": "http://old.example/a/1"}
    web.put(record["id"], record)
    (row,) = bring_badge(session, record["id"], door).rows
    report = detail(session, row.credential_id).report
    assert session.kept.documents(record["id"])[0].grade is Grade.FETCHED_PLAIN
    proof = report.check(CheckId.PROOF)
    assert proof is not None
    assert [(one.code, one["host"]) for one in proof.notes] == [(ReasonCode.HOSTED_PLAIN, "old.example")]


def test_a_record_that_names_another_place_is_no_record_of_that_place(
        session: Session, web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    record = badge_host.credly(web).award("one")
    forged = {**record, "issuedOn": "2026-01-01T00:00:00Z"}
    web.put("https://evil.example/a", forged)
    (row,) = bring_badge(session, "https://evil.example/a", door).rows
    assert session.kept.documents(record["id"])[0].data == compact_json(record)
    assert headline(session, row.credential_id) is HeadlineCode.HOSTED_CHANGED


@pytest.mark.parametrize("by_address", [True, False])
def test_a_site_that_sends_on_to_another_one_does_not_speak_for_it(
        session: Session, web_and_door: tuple[SimulatedWeb, Door], *, by_address: bool) -> None:
    web, door = web_and_door
    site = badge_host.credly(web)
    record = site.award("one")
    lure = site.at("/go?to=https://evil.example/a.json")
    forged = {**record, "id": lure, "issuedOn": "2026-01-01T00:00:00Z"}
    for place, verdict in (("https://evil.example/a.json", Verdict.UNDETERMINED),
                           (site.at("/moved/a.json"), Verdict.VALID)):  # the twin
        web.put(lure, forged, final_address=place)
        brought = bring_badge(session, lure, door) if by_address else keep_data(
            session, compact_json(forged), "a.json", door)
        (row,) = brought.rows
        report = detail(session, row.credential_id).report
        assert report.verdict is verdict
        assert bool(session.kept.documents(lure)) is (verdict is Verdict.VALID)


def test_a_picture_is_asked_for_by_that_wish_only(session: Session,
                                                  web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    record = badge_host.credly(web).award("one")
    badge = {"@context": badge_host.V2, "type": "BadgeClass", "id": record["badge"], "name": "Rope Work",
             "description": "x", "criteria": {"narrative": "x"},
             "issuer": "https://api.credly.com/v1/obi/v2/issuers/7",
             "image": "https://tracker.example/pixel?id=maya"}
    web.put(record["badge"], badge)
    web.put(badge["image"], b"<svg onload='evil()'/>", "image/svg+xml")
    (row,) = bring_badge(session, record["id"], door).rows
    asked = web.requests["https://tracker.example/pixel?id=maya"]
    detail(session, row.credential_id)
    assert web.requests["https://tracker.example/pixel?id=maya"] == asked
    assert not bring_picture(session, row.credential_id, door)
    assert session.kept.documents(badge["image"]) == ()


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"{}", b"[1]", b"\x89PNG", b"%PDF-1.7", b"null"])
def test_junk_behind_an_address_keeps_nothing(session: Session, data: bytes,
                                              web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    web.put("https://uni.example/1", data)
    found = bring_badge(session, "https://uni.example/1", door)
    assert found.problem is not None
    assert session.vault.list() == ()
    assert session.kept.all() == ()


def test_a_missing_record_is_an_error_with_its_reason(session: Session,
                                                      web_and_door: tuple[SimulatedWeb, Door]) -> None:
    _, door = web_and_door
    with pytest.raises(FetchError) as caught:
        bring_badge(session, "https://uni.example/none", door)
    assert caught.value.reason.code is ReasonCode.ANSWER_MISSING


def test_a_record_at_hand_is_kept_like_one_that_came(session: Session,
                                                     web_and_door: tuple[SimulatedWeb, Door]) -> None:
    web, door = web_and_door
    record = badge_host.credly(web).award("one")
    (row,) = keep_data(session, compact_json(record), "from a list", door).rows
    assert row.title == "Rope Work"
    assert headline(session, row.credential_id) is HeadlineCode.HOSTED_OK
