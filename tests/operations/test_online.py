"""Fetching what a judgement wanted: through the door, recognised, kept, and judged again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import AT
from tests.operations.connected import Stopping, ask_again, codes, connect, keep, place_of, publish, read
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from wallet.model.errors import VaultError
from wallet.model.evidence import Grade
from wallet.model.network import FetchOutcome, Permission, Purpose
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.operations.checking import Desk, check_bytes
from wallet.operations.network import RunLedger, desk_door, ledger
from wallet.operations.online import FetchSummary, fetch_for_desk, fetch_wanted, wanted_requests
from wallet.operations.requests import by_host
from wallet.operations.session import Services, Session


def verdict(session: Session, credential_id: str) -> Verdict:
    return session.vault.get(credential_id).report.verdict


def test_what_an_import_wants_is_one_sheet_and_then_decides(session: Session,
                                                            issuer: SimulatedIssuer) -> None:
    other = SimulatedIssuer("did:web", host="harbor.example", seed="harbor")
    web = SimulatedWeb()
    badges = [issuer.badge(number=number, entries=(issuer.entry(number),)) for number in range(1, 4)]
    publish(web, issuer, other)
    connect(session, web)
    ids = keep(session, *badges, other.badge())
    assert {verdict(session, one) for one in ids} == {Verdict.UNDETERMINED}
    sheet = wanted_requests(session, ids)
    assert [(one.host, len(one.requests)) for one in by_host(sheet)] == [
        ("harbor.example", 1), ("northbridge.example", 2)]
    door = session.door(Permission.ONCE, frozenset(one.host for one in by_host(sheet)))
    summary = fetch_wanted(session, ids, door)
    assert len(summary.kept) == len(sheet) == sum(web.requests.values())
    assert {verdict(session, one) for one in ids} == {Verdict.VALID}
    (document,) = session.kept.documents(issuer.id)
    assert (document.grade, document.source, document.fetched_at) == (
        Grade.FETCHED, "northbridge.example", AT)
    assert {one.allowed for one in ledger(session)} == {Permission.ONCE}
    assert web.orders[0].purpose is Purpose.ISSUER_KEY
    assert wanted_requests(session, ids) == ()


def test_what_was_fetched_needs_no_network_after_a_restart(session: Session, issuer: SimulatedIssuer) -> None:
    web = SimulatedWeb()
    publish(web, issuer)
    door = connect(session, web)
    ids = keep(session, issuer.badge())
    fetch_wanted(session, ids, door)
    count = len(web.orders)
    assert fetch_wanted(session, ids, door) == FetchSummary()
    assert len(web.orders) == count


def test_offline_nothing_changes_but_the_ledger(session: Session, issuer: SimulatedIssuer) -> None:
    ids = keep(session, SimulatedIssuer("did:web", host="harbor.example").badge())
    summary = fetch_wanted(session, ids, session.door(Permission.COMMAND))
    assert codes(summary) == {ReasonCode.NETWORK_OFF}
    assert session.kept.all() == ()
    assert verdict(session, ids[0]) is Verdict.UNDETERMINED


def test_one_bad_document_does_not_stop_the_others(session: Session) -> None:
    issuers = [SimulatedIssuer("did:web", host=f"host{number}.example", seed=f"h{number}")
               for number in range(5)]
    web = SimulatedWeb()
    publish(web, *issuers)
    places = [place_of(one.id) for one in issuers]
    web.put(places[0], b"<html>log in</html>", "text/html")
    web.put(places[1], b"{")
    web.answer(places[2], 503)
    web.unreachable("host3.example")
    door = connect(session, web)
    ids = keep(session, *(one.badge() for one in issuers))
    summary = fetch_wanted(session, ids, door)
    assert codes(summary) == {ReasonCode.ANSWER_TYPE, ReasonCode.ANSWER_UNUSABLE, ReasonCode.ANSWER_FAILED,
                              ReasonCode.HOST_UNREACHABLE}
    assert summary.silent_hosts == ("host3.example",)
    assert [verdict(session, one) for one in ids] == [Verdict.UNDETERMINED] * 4 + [Verdict.VALID]


def test_a_document_that_wants_another_one_gets_it(session: Session, issuer: SimulatedIssuer) -> None:
    """A list kept by somebody else: its key is wanted only after the list came."""
    keeper = SimulatedIssuer("did:web", host="lists.example", seed="keeper")
    entry = keeper.entry(5)
    web = SimulatedWeb()
    publish(web, issuer, keeper)
    door = connect(session, web)
    ids = keep(session, issuer.badge(entries=(entry,)))
    summary = fetch_wanted(session, ids, door)
    assert {one.request.wanted for one in summary.kept} == {issuer.id, keeper.id, keeper.list_address()}
    assert verdict(session, ids[0]) is Verdict.VALID


@pytest.mark.parametrize("kind", ["https", "https-jwks"])
def test_an_https_issuer_answers_at_its_own_address(session: Session, kind: str) -> None:
    issuer = SimulatedIssuer("https" if kind == "https" else "https-jwks")
    web = SimulatedWeb()
    publish(web, issuer)
    door = connect(session, web)
    ids = keep(session, issuer.badge_jwt() if kind == "https-jwks" else issuer.badge())
    fetch_wanted(session, ids, door)
    assert verdict(session, ids[0]) is Verdict.VALID
    assert web.addresses == (issuer.id,)


def test_the_mark_of_one_host_is_not_told_to_another(session: Session) -> None:
    issuer = SimulatedIssuer("https-jwks")
    place, keys = "https://northbridge.example/.well-known/jwt-vc-issuer/issuer", "https://keys.example/set"
    web = SimulatedWeb({place: {"issuer": issuer.id, "jwks_uri": keys}, keys: issuer.controller_document()})
    web.put(issuer.id, b"<html>Welcome</html>", "text/html")
    door = connect(session, web)
    badge = issuer.badge_jwt()
    ids = keep(session, badge)
    for _ in range(2):
        fetch_wanted(session, ids, door)
        ask_again(session, badge)
    assert verdict(session, ids[0]) is Verdict.VALID
    assert web.requests[keys] > 1
    assert {order.etag for order in web.orders} == {""}


def test_a_list_made_for_one_person_is_never_asked_for(session: Session, issuer: SimulatedIssuer) -> None:
    entry = issuer.entry(7)
    personal = "https://northbridge.example/status?credentialId=81"
    web = SimulatedWeb({personal: issuer.status_list()})
    publish(web, issuer)
    door = connect(session, web)
    ids = keep(session, issuer.badge(entries=(entry | {"statusListCredential": personal},)))
    summary = fetch_wanted(session, ids, door)
    assert codes(summary) == {ReasonCode.REQUEST_TRACKING}
    assert personal not in web.addresses
    assert all("credentialId" not in one.address for one in ledger(session))
    assert verdict(session, ids[0]) is Verdict.UNDETERMINED


def test_a_host_that_stays_silent_is_left_alone(session: Session) -> None:
    web = SimulatedWeb()
    web.unreachable("uni.example")
    issuers = [SimulatedIssuer("did:web", host=f"uni.example:{name}", seed=name) for name in "abcdef"]
    door = connect(session, web)
    ids = keep(session, *(one.badge(number=number) for number, one in enumerate(issuers, 1)))
    summary = fetch_wanted(session, ids, door)
    assert len(web.orders) == 2
    assert len(summary.failed) == 6
    assert {one.outcome for one in summary.failed} == {FetchOutcome.UNREACHABLE}


def test_stopping_keeps_what_came_and_asks_nobody_else(session: Session) -> None:
    issuers = [SimulatedIssuer("did:web", host=f"host{number}.example", seed=f"h{number}")
               for number in range(8)]
    web = SimulatedWeb()
    publish(web, *issuers)
    door = connect(session, web)
    ids = keep(session, *(one.badge() for one in issuers))
    summary = fetch_wanted(session, ids, door, progress=Stopping(2))
    assert summary.cancelled
    assert 2 <= len(summary.kept) == len(session.kept.all()) == len(web.orders) < len(issuers)


def test_an_unknown_id_asks_nobody(session: Session, issuer: SimulatedIssuer) -> None:
    web = SimulatedWeb()
    door = connect(session, web)
    ids = keep(session, issuer.badge())
    with pytest.raises(VaultError) as caught:
        fetch_wanted(session, [*ids, "zzzz"], door)
    assert caught.value.reason.code is ReasonCode.CREDENTIAL_NOT_FOUND
    assert web.addresses == ()


def test_somebody_without_a_wallet_has_it_for_this_run(services: Services, issuer: SimulatedIssuer) -> None:
    badge = issuer.badge(entries=(issuer.entry(1),))
    web = SimulatedWeb()
    publish(web, issuer)
    lines = RunLedger()
    desk = Desk(services.contexts)
    fuller, summary = fetch_for_desk(desk, [read(badge)], desk_door(replace(services, fetcher=web), lines))
    assert len(summary.kept) == len(lines.entries) == 2
    (before,), (after,) = (check_bytes(one, badge, "badge", at=AT) for one in (desk, fuller))
    assert (before.report.verdict, after.report.verdict) == (Verdict.UNDETERMINED, Verdict.VALID)
