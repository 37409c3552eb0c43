"""A pass over the wallet: asked once each, judged anew, told in differences, gone on with after a stop."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.conftest import AT
from tests.operations.conftest import Clock
from tests.operations.connected import StopWhen, codes, connect, keep, place_of, publish
from tests.simulators.issuer import LISTED_AT, SimulatedIssuer, days
from tests.simulators.web import SimulatedWeb
from wallet.model.changes import ChangeKind
from wallet.model.errors import VaultError
from wallet.model.network import FetchOutcome, Permission
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.operations.changes import what_changed
from wallet.operations.network import Door, ledger
from wallet.operations.online import fetch_wanted
from wallet.operations.refresh import RefreshSummary, refresh, refresh_requests
from wallet.operations.requests import askable
from wallet.operations.session import Session


def kinds(summary: RefreshSummary) -> list[ChangeKind]:
    return [one.kind for one in summary.changes]


@pytest.fixture
def life(session: Session, issuer: SimulatedIssuer) -> tuple[SimulatedWeb, Door, list[str]]:
    """Four credentials of one issuer, whose documents were fetched when they came in."""
    web = SimulatedWeb()
    entries = [issuer.entry(1), issuer.entry(2), issuer.entry(3, "suspension")]
    files = [issuer.badge(number=number, entries=(entry,)) for number, entry in enumerate(entries, 1)]
    files.append(issuer.badge(number=4, valid_until=AT + days(5)))
    publish(web, issuer)
    door = connect(session, web)
    ids = keep(session, *files)
    fetch_wanted(session, ids, door)
    assert {session.vault.get(one).report.verdict for one in ids} == {Verdict.VALID}
    web.requests.clear()
    return web, door, ids


def listed_again(web: SimulatedWeb, issuer: SimulatedIssuer, after: timedelta) -> None:
    for purpose in ("revocation", "suspension"):
        address = issuer.list_address(purpose)
        web.put(address, issuer.status_list(purpose, listed=LISTED_AT + after))


def test_a_life_told_in_differences(session: Session, issuer: SimulatedIssuer, clock: Clock,
                                    life: tuple[SimulatedWeb, Door, list[str]]) -> None:
    web, door, ids = life
    issuer.revoke(1)
    issuer.suspend(3)
    listed_again(web, issuer, days(7))
    clock.now = AT + days(7)
    summary = refresh(session, door)
    assert kinds(summary) == [ChangeKind.WITHDRAWN, ChangeKind.ON_HOLD, ChangeKind.ENDED]
    assert summary.judged == 4
    assert [one.credential_id for one in summary.changes] == [ids[0], ids[2], ids[3]]
    assert summary.changes[0].reason.code is ReasonCode.STATUS_REVOKED
    assert what_changed(session) == summary.changes
    assert summary.touched.credentials == {ids[0], ids[2], ids[3]}

    issuer.resume(3)
    listed_again(web, issuer, days(9))
    clock.now = AT + days(9)
    assert kinds(refresh(session, door)) == [ChangeKind.LIFTED]
    clock.now = AT + days(10)
    assert kinds(refresh(session, door)) == []
    assert what_changed(session) == ()


def test_no_more_requests_than_documents(session: Session,
                                         life: tuple[SimulatedWeb, Door, list[str]]) -> None:
    web, door, _ = life
    planned = refresh_requests(session)
    refresh(session, door)
    assert set(web.requests.values()) == {1}
    assert len(web.requests) == len(askable(planned)) == 3


def test_what_is_unchanged_is_not_sent_again(session: Session, clock: Clock, issuer: SimulatedIssuer,
                                             life: tuple[SimulatedWeb, Door, list[str]]) -> None:
    _, door, _ = life
    clock.now = AT + days(3)
    summary = refresh(session, door)
    assert {one.outcome for one in summary.asked.answers} == {FetchOutcome.UNCHANGED}
    (document,) = session.kept.documents(issuer.id)
    assert document.fetched_at == clock.now
    assert sum(one.bytes for one in ledger(session, limit=3)) == 0


def test_an_interrupted_pass_goes_on_where_it_stopped(session: Session, issuer: SimulatedIssuer, clock: Clock,
                                                      life: tuple[SimulatedWeb, Door, list[str]]) -> None:
    web, door, _ = life
    issuer.revoke(1)
    listed_again(web, issuer, days(7))
    clock.now = AT + days(7)
    stopped = refresh(session, door, progress=StopWhen(lambda: web.requests.total() == 1))
    assert stopped.cancelled
    assert len(stopped.asked.kept) == 1
    assert len(askable(refresh_requests(session))) == 2
    clock.now += timedelta(hours=1)
    summary = refresh(session, door)
    assert not summary.cancelled
    assert set(web.requests.values()) == {1}
    assert ChangeKind.WITHDRAWN in kinds(summary)
    web.requests.clear()
    clock.now += timedelta(hours=1)
    refresh(session, door)  # a new pass asks anew
    assert len(web.requests) == 3


def test_a_pass_stopped_while_judging_compares_with_what_stood_before(
        session: Session, issuer: SimulatedIssuer, clock: Clock,
        life: tuple[SimulatedWeb, Door, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallet.operations.library._WRITTEN_TOGETHER", 1)
    web, door, ids = life
    issuer.revoke(2)
    listed_again(web, issuer, days(2))
    clock.now = AT + days(2)
    judged = StopWhen(lambda: session.vault.get(ids[1]).report.verdict is Verdict.REVOKED)
    assert refresh(session, door, progress=judged).cancelled
    clock.now += timedelta(minutes=5)
    assert kinds(refresh(session, door)) == [ChangeKind.WITHDRAWN]


def test_a_pass_that_was_interrupted_long_ago_begins_anew(session: Session, clock: Clock,
                                                          life: tuple[SimulatedWeb, Door, list[str]]) -> None:
    web, door, _ = life
    clock.now = AT + days(1)
    assert refresh(session, door, progress=StopWhen(lambda: web.requests.total() == 1)).cancelled
    clock.now = AT + days(3)
    web.requests.clear()
    refresh(session, door)
    assert len(web.requests) == 3


def test_a_host_that_is_gone_changes_no_answer(session: Session, clock: Clock,
                                               life: tuple[SimulatedWeb, Door, list[str]]) -> None:
    web, door, ids = life
    web.unreachable("northbridge.example")
    clock.now = AT + days(1)
    summary = refresh(session, door)
    assert summary.asked.silent_hosts == ("northbridge.example",)
    assert (summary.judged, summary.changes) == (0, ())
    assert {session.vault.get(one).report.verdict for one in ids} == {Verdict.VALID}


def test_one_bad_answer_does_not_spoil_the_pass(session: Session, issuer: SimulatedIssuer, clock: Clock,
                                                life: tuple[SimulatedWeb, Door, list[str]]) -> None:
    web, door, ids = life
    issuer.suspend(3)
    listed_again(web, issuer, days(1))
    web.put(issuer.list_address(), b"{")
    clock.now = AT + days(1)
    summary = refresh(session, door)
    assert codes(summary.asked) == {ReasonCode.ANSWER_UNUSABLE}
    assert kinds(summary) == [ChangeKind.ON_HOLD]
    assert session.vault.get(ids[0]).report.verdict is Verdict.VALID


def test_a_changed_key_is_told_and_the_old_one_stays(session: Session, issuer: SimulatedIssuer, clock: Clock,
                                                     life: tuple[SimulatedWeb, Door, list[str]]) -> None:
    """Attack D07: both versions are kept, the learner is told, nothing is replaced in silence."""
    web, door, _ = life
    before = session.kept.documents(issuer.id)
    issuer.rotate()
    web.put(place_of(issuer.id), issuer.controller_document())
    listed_again(web, issuer, days(1))
    clock.now = AT + days(1)
    summary = refresh(session, door)
    assert [one.issuer_id for one in summary.asked.changes] == [issuer.id]
    after = session.kept.documents(issuer.id)
    assert len(after) == 2
    assert before[0].sha256 == after[1].sha256
    clock.now = AT + days(2)
    assert refresh(session, door).asked.changes == ()  # the twin: nothing changed since


def test_an_older_list_is_told_and_not_taken(session: Session, issuer: SimulatedIssuer, clock: Clock,
                                             life: tuple[SimulatedWeb, Door, list[str]]) -> None:
    web, door, ids = life
    old = issuer.status_list(listed=LISTED_AT - days(30))
    issuer.revoke(1)
    listed_again(web, issuer, days(1))
    clock.now = AT + days(1)
    refresh(session, door)
    web.put(issuer.list_address(), old)
    clock.now = AT + days(2)
    summary = refresh(session, door)
    assert codes(summary.asked) == {ReasonCode.ANSWER_OLDER}
    assert session.vault.get(ids[0]).report.verdict is Verdict.REVOKED


def test_only_the_named_ones(session: Session, life: tuple[SimulatedWeb, Door, list[str]]) -> None:
    web, door, ids = life
    summary = refresh(session, door, ids=[ids[3]])
    assert (summary.judged, len(web.requests)) == (1, 1)
    with pytest.raises(VaultError) as caught:
        refresh(session, door, ids=["zzzz"])
    assert caught.value.reason.code is ReasonCode.CREDENTIAL_NOT_FOUND


def test_without_leave_nothing_is_asked(session: Session, life: tuple[SimulatedWeb, Door, list[str]]) -> None:
    web, _, _ = life
    summary = refresh(session, session.door(Permission.HOST))
    assert codes(summary.asked) == {ReasonCode.REQUEST_NOT_ALLOWED}
    assert (summary.judged, web.requests.total()) == (0, 0)


def test_an_empty_wallet_has_nothing_to_ask(session: Session) -> None:
    web = SimulatedWeb()
    summary = refresh(session, connect(session, web))
    assert (summary.judged, summary.changes, web.addresses) == (0, (), ())


def test_hosted_records_are_on_the_sheet(session: Session) -> None:
    record = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion",
              "id": "https://badges.example/a/1", "badge": "https://badges.example/b/1",
              "recipient": {"type": "email", "hashed": False, "identity": "maya@lind.example"},
              "issuedOn": "2026-05-01T00:00:00Z", "verification": {"type": "hosted"}}
    connect(session, SimulatedWeb())
    keep(session, json.dumps(record).encode())
    assert "https://badges.example/a/1" in {one.wanted for one in refresh_requests(session)}
