"""A later look at badges without a seal, as part of a pass: once each, dated, gone on with after a stop."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.operations.badge_web import on_the_web
from tests.operations.conftest import Clock
from tests.operations.connected import StopWhen, keep
from tests.simulators import badge_host
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import JsonObject
from tests.simulators.web import SimulatedWeb
from wallet.model.events import EventKind
from wallet.model.network import Permission
from wallet.model.report import Verdict
from wallet.operations.hosted import bring_badge
from wallet.operations.later_look import HostedOutcome, refresh_hosted
from wallet.operations.library import check_again
from wallet.operations.network import Door
from wallet.operations.refresh import refresh, refresh_requests
from wallet.operations.requests import askable
from wallet.operations.session import Session
from wallet.vault.events import VaultEvents

Scene = tuple[SimulatedWeb, Door, JsonObject, str]


@pytest.fixture
def scene(session: Session) -> Scene:
    """One badge without a seal, just brought in."""
    web, door = on_the_web(session)
    record = badge_host.credly(web).award("one")
    (row,) = bring_badge(session, record["id"], door).rows
    web.requests.clear()
    return web, door, record, row.credential_id


def changed(record: JsonObject) -> JsonObject:
    return {**record, "expires": "2030-01-01T00:00:00Z"}


def test_a_pass_asks_for_each_record_once_and_names_what_changed(session: Session, clock: Clock,
                                                                 scene: Scene) -> None:
    web, door, record, _ = scene
    clock.now += timedelta(days=30)
    web.put(record["id"], changed(record))
    planned = askable(refresh_requests(session))
    summary = refresh(session, door)
    assert {one.places[0] for one in planned} == set(web.requests)
    assert set(web.requests.values()) == {1}
    (row,) = summary.hosted.rows
    assert (row.outcome, row.changed) == (HostedOutcome.CHANGED, ("expires",))


def test_every_change_leaves_a_dated_line(session: Session, clock: Clock, scene: Scene) -> None:
    web, door, record, _ = scene
    first = session.now()
    log = VaultEvents(session.vault)
    clock.now += timedelta(days=30)
    refresh(session, door)
    assert log.record_changes(record["id"]) == ()  # the twin: the same as before is no news

    web.put(record["id"], changed(record))
    second = clock.now = clock.now + timedelta(days=1)
    refresh(session, door)
    (one,) = log.record_changes(record["id"])
    assert (one.kind, one.members, one.after_at) == (EventKind.RECORD_CHANGED, ("expires",), second)
    assert one.before_at is not None
    assert first <= one.before_at < second

    web.gone(record["id"])
    for _ in range(2):  # said once, not at every look
        clock.now += timedelta(days=1)
        refresh(session, door)
    web.put(record["id"], record)
    clock.now += timedelta(days=1)
    refresh(session, door)
    assert [one.kind for one in log.record_changes(record["id"])] == [
        EventKind.RECORD_BACK, EventKind.RECORD_GONE, EventKind.RECORD_CHANGED]
    assert [one.at for one in log.about(record["id"])] == sorted(
        (one.at for one in log.about(record["id"])), reverse=True)


def test_a_pass_that_was_stopped_still_names_what_changed(session: Session, clock: Clock,
                                                          scene: Scene) -> None:
    web, door, record, _ = scene
    clock.now += timedelta(days=30)
    web.put(record["id"], changed(record))
    stopped = refresh(session, door, progress=StopWhen(lambda: web.requests[record["id"]] == 1))
    assert stopped.cancelled
    clock.now += timedelta(minutes=5)
    summary = refresh(session, door)
    assert set(web.requests.values()) == {1}  # what came is not asked for again
    (row,) = summary.hosted.rows
    assert (row.outcome, row.changed) == (HostedOutcome.CHANGED, ("expires",))
    assert len(VaultEvents(session.vault).record_changes(record["id"])) == 1


def both_kinds(session: Session, web: SimulatedWeb) -> tuple[SimulatedIssuer, list[str]]:
    """An issuer with a profile on its website, a sealed credential of it, and a badge without a seal."""
    issuer = SimulatedIssuer("https", host="academy.example", seed="academy")
    web.put(issuer.id, issuer.controller_document())
    named: JsonObject = {"@context": badge_host.V2, "type": "BadgeClass", "id": "https://academy.example/badges/1",
             "name": "Rope Work", "description": "Ties knots.", "criteria": {"narrative": "Ten knots."},
             "image": "https://academy.example/one.png", "issuer": issuer.id}
    award: JsonObject = {"@context": badge_host.V2, "type": "Assertion", "id": "https://academy.example/awards/1",
             "badge": named["id"], "issuedOn": "2026-05-01T00:00:00Z", "verification": {"type": "hosted"},
             "recipient": {"type": "email", "hashed": False, "identity": "maya@lind.example"}}
    web.put(named["id"], named)
    web.put(award["id"], award)
    ids = keep(session, issuer.badge())
    (row,) = bring_badge(session, award["id"], session.door(Permission.COMMAND)).rows
    return issuer, [*ids, row.credential_id]


def test_a_profile_that_a_sealed_credential_and_a_badge_share_is_asked_for_once(session: Session,
                                                                                clock: Clock) -> None:
    web, door = on_the_web(session)
    issuer, ids = both_kinds(session, web)
    check_again(session, ids)
    assert session.vault.get(ids[0]).report.verdict is Verdict.VALID
    web.requests.clear()
    clock.now += timedelta(days=30)
    web.put(issuer.id, {**json.loads(issuer.controller_document()), "description": "Since 1890."})
    summary = refresh(session, door)
    assert web.requests[issuer.id] == 1
    assert set(web.requests.values()) == {1}
    assert session.vault.get(ids[0]).report.verdict is Verdict.VALID
    (row,) = summary.hosted.rows
    assert (row.outcome, row.changed) == (HostedOutcome.CHANGED, ("badge.issuer.description",))


def test_a_profile_without_keys_is_a_record_still(session: Session, clock: Clock) -> None:
    """Asked for as one of keys and not taken as that, it is asked for as what it is."""
    web, door = on_the_web(session)
    issuer, ids = both_kinds(session, web)
    check_again(session, ids)
    clock.now += timedelta(days=30)
    web.put(issuer.id, {**json.loads(issuer.controller_document()), "id": "https://academy.example/other"})
    web.requests.clear()
    refresh(session, door)
    assert web.requests[issuer.id] <= 2
    assert session.vault.get(ids[0]).report.verdict is Verdict.VALID  # by the profile that was kept


def test_alone_it_looks_at_all_and_judges_them(session: Session, clock: Clock, scene: Scene) -> None:
    web, door, record, ident = scene
    clock.now += timedelta(days=30)
    web.answer(record["id"], 410, b'{"revoked": true, "id": "%s"}' % record["id"].encode())
    (row,) = refresh_hosted(session, door, ids=[ident]).rows
    assert row.credential_id == ident
    assert session.vault.get(ident).report.at == clock.now
