"""Hosts asked side by side: a few at once, one request to each, lines before requests, answers in order."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from tests.operations.connected import StopWhen, connect, place_of, publish
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from wallet.formats.parse import parse
from wallet.model.errors import VaultError
from wallet.model.evidence import EvidenceKind, Verified
from wallet.model.limits import MAX_HOSTS_AT_ONCE
from wallet.model.network import Fetched, FetchOutcome, Order, Permission, Purpose
from wallet.model.reasons import ReasonCode, reason
from wallet.net.fetch import Fetcher
from wallet.operations.batch import Answer, Batch
from wallet.operations.checking import desk_of
from wallet.operations.network import Door, ledger
from wallet.operations.online import session_shelf
from wallet.operations.progress import Progress, SilentProgress
from wallet.operations.requests import Need, Request, plan
from wallet.operations.session import Session
from wallet.trust.issuer_keys import wanted_document
from wallet.verify.gather import gather


@dataclass
class Slow:
    """A web whose answers take their time, and which watches how it is asked.

    Attributes:
        pause: How long an address takes, in seconds.
        most: The most requests at once; to one host, and together.
    """

    web: SimulatedWeb
    pause: Callable[[str], float] = lambda _: 0.02
    before: Callable[[Order], None] = lambda _: None
    now: Counter[str] = field(default_factory=Counter)
    most: tuple[int, int] = (0, 0)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fetch(self, order: Order) -> Fetched:
        host = order.address.split("/")[2]
        with self.lock:
            self.before(order)
            self.now[host] += 1
            self.most = (max(self.most[0], self.now[host]), max(self.most[1], self.now.total()))
        try:
            time.sleep(self.pause(order.address))
            return self.web.fetch(order)
        finally:
            with self.lock:
                self.now[host] -= 1


def issuers(count: int) -> list[SimulatedIssuer]:
    made = [SimulatedIssuer("did:web", host=f"host{number}.example", seed=f"h{number}")
            for number in range(count)]
    for one in made:
        one.entry(1)  # so that there is a list
    return made


def requests_of(made: list[SimulatedIssuer]) -> tuple[Request, ...]:
    return plan(Need(wanted_document(address, kind)) for one in made for address, kind in (
        (one.id, EvidenceKind.DID_DOCUMENT), (one.list_address(), EvidenceKind.STATUS_LIST)))


def door_of(session: Session, fetcher: Fetcher) -> Door:
    session.services = replace(session.services, fetcher=fetcher)
    return session.door(Permission.COMMAND)


def run(session: Session, door: Door, requests: tuple[Request, ...],
        progress: Progress | None = None) -> tuple[tuple[Answer, ...], bool]:
    batch = Batch(session_shelf(session), door, lambda: desk_of(session), progress or SilentProgress())
    return batch.run(requests)


@pytest.fixture
def scene(session: Session) -> tuple[SimulatedWeb, list[SimulatedIssuer]]:
    made, web = issuers(6), SimulatedWeb()
    publish(web, *made)
    connect(session, web)
    return web, made


def test_a_few_hosts_at_once_and_one_request_to_each(
        session: Session, scene: tuple[SimulatedWeb, list[SimulatedIssuer]]) -> None:
    web, made = scene
    slow = Slow(web)
    answers, cancelled = run(session, door_of(session, slow), requests_of(made))
    assert not cancelled
    assert slow.most == (1, MAX_HOSTS_AT_ONCE)
    assert {one.outcome for one in answers} == {FetchOutcome.FETCHED}
    assert set(web.requests.values()) == {1}


def test_answers_come_in_the_order_of_the_requests(
        session: Session, scene: tuple[SimulatedWeb, list[SimulatedIssuer]]) -> None:
    web, made = scene
    asked = requests_of(made)
    slow = Slow(web, lambda address: 0.08 if "host0" in address else 0.0)
    answers, _ = run(session, door_of(session, slow), asked)
    assert tuple(one.request for one in answers) == asked


def test_every_line_is_on_the_disk_before_its_request_leaves(
        session: Session, scene: tuple[SimulatedWeb, list[SimulatedIssuer]]) -> None:
    web, made = scene
    seen: list[bool] = []

    def look(order: Order) -> None:
        database = session.vault.database  # waits until whoever writes has written
        rows = database.rows("SELECT outcome FROM request WHERE address = ?", (order.address,))
        seen.append(rows == ((FetchOutcome.ASKED.value,),) and database.depth == 0)

    run(session, door_of(session, Slow(web, before=look)), requests_of(made))
    assert seen == [True] * 12
    assert {one.outcome for one in ledger(session)} == {FetchOutcome.FETCHED}


def test_there_are_fewer_transactions_than_lines_and_documents(
        session: Session, scene: tuple[SimulatedWeb, list[SimulatedIssuer]]) -> None:
    web, made = scene
    before = session.vault.generation
    run(session, door_of(session, Slow(web)), requests_of(made))
    # A line begun, a line ended, a document and its mark would be four for each.
    assert session.vault.generation - before <= 2 * len(requests_of(made))


def test_a_list_waits_for_the_keys_it_is_judged_by(
        session: Session, scene: tuple[SimulatedWeb, list[SimulatedIssuer]]) -> None:
    web, made = scene
    slow = Slow(web, lambda address: 0.15 if address == place_of(made[0].id) else 0.0)
    keeper = made[0]
    address = "https://lists.example/status/1"
    web.put(address, keeper.status_list())  # the list lies with a fast host, its key with a slow one
    needs = [Need(wanted_document(keeper.id, EvidenceKind.DID_DOCUMENT)),
             Need(wanted_document(address, EvidenceKind.STATUS_LIST))]
    answers, _ = run(session, door_of(session, slow), plan(needs))
    (came,) = (one.document for one in answers if one.request.purpose is Purpose.STATUS_LIST)
    assert came is not None
    assert Verified.OWN_SEAL in came.verified


@pytest.mark.parametrize("begun", [1, 16])
def test_while_too_much_waits_only_keys_are_asked_for(
        session: Session, scene: tuple[SimulatedWeb, list[SimulatedIssuer]], begun: int,
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallet.operations.batch.MAX_WAITING_BYTES", 1)
    monkeypatch.setattr("wallet.operations.batch.MAX_HOSTS_BEGUN", begun)
    web, made = scene
    answers, _ = run(session, door_of(session, Slow(web)), requests_of(made))
    assert all(one.document for one in answers)
    purposes = [one.purpose for one in web.orders]
    lists = [place for place, one in enumerate(purposes) if one is Purpose.STATUS_LIST]
    before_keys_were_there = [one for one in lists if Purpose.ISSUER_KEY in purposes[one:]]
    assert len(before_keys_were_there) <= MAX_HOSTS_AT_ONCE


def test_stopping_does_not_wait_for_a_slow_host(
        session: Session, scene: tuple[SimulatedWeb, list[SimulatedIssuer]]) -> None:
    web, made = scene
    slow = Slow(web, lambda address: 6.0 if "host1" in address else 0.0)
    wanted: list[bool] = []

    def wants_to_stop() -> bool:
        if slow.now["host1.example"] == 1 and len(web.orders) >= 6:
            wanted.append(True)
        return bool(wanted)

    answers, cancelled = run(session, door_of(session, slow), requests_of(made), StopWhen(wants_to_stop))
    assert cancelled
    assert all(one.document for one in answers)
    assert len(session.kept.all()) == len(answers) < 12
    hanging = [one for one in ledger(session) if one.outcome is FetchOutcome.ASKED]
    assert [one.host for one in hanging] == ["host1.example"]


def test_what_came_before_the_disk_was_full_is_kept(
        session: Session, scene: tuple[SimulatedWeb, list[SimulatedIssuer]],
        monkeypatch: pytest.MonkeyPatch) -> None:
    web, made = scene
    shelf = session_shelf(session)
    real = type(shelf).add
    added: list[object] = []

    def add(self: object, document: object) -> object:
        if len(added) == 5:
            raise VaultError(reason(ReasonCode.DISK_FULL))
        added.append(document)
        return real(self, document)  # type: ignore[arg-type]

    monkeypatch.setattr(type(shelf), "add", add)
    with pytest.raises(VaultError) as caught:
        run(session, door_of(session, Slow(web)), requests_of(made))
    assert caught.value.reason.code is ReasonCode.DISK_FULL
    kept = session.kept.all()
    assert len(kept) <= 5
    came = {one.address for one in ledger(session) if one.outcome is FetchOutcome.FETCHED}
    assert len(kept) == len(came)  # what the ledger calls fetched is there, and nothing else is
    monkeypatch.undo()
    answers, _ = run(session, door_of(session, web), requests_of(made))  # the twin: with room on the disk
    assert all(one.document for one in answers)
    assert len(session.kept.all()) == 12


def test_one_host_that_fails_holds_up_nobody(session: Session,
                                             scene: tuple[SimulatedWeb, list[SimulatedIssuer]]) -> None:
    web, made = scene
    web.unreachable("host2.example")
    slow = Slow(web, lambda address: 0.3 if "host2" in address else 0.0)
    door = door_of(session, slow)
    answers, _ = run(session, door, requests_of(made))
    failed = {one.request.host: one.outcome for one in answers if one.document is None}
    assert failed == {"host2.example": FetchOutcome.UNREACHABLE}
    assert web.addresses[-1].startswith("https://host2.example/")


def test_a_wallet_that_cannot_be_written_asks_nobody(
        session: Session, scene: tuple[SimulatedWeb, list[SimulatedIssuer]]) -> None:
    web, made = scene
    door = door_of(session, web)
    access = session.vault.database.access
    session.vault.database.access = replace(access, read_only=True)
    try:
        with pytest.raises(VaultError) as caught:
            run(session, door, requests_of(made))
    finally:
        session.vault.database.access = access
    assert caught.value.reason.code is ReasonCode.VAULT_READ_ONLY
    assert web.addresses == ()
    assert ledger(session) == ()


def test_somebody_elses_place_for_keys_is_asked_on_a_line_of_its_own(session: Session) -> None:
    """An issuer's metadata may only name where its keys are: asked in turn, by the same request."""
    issuer = SimulatedIssuer("https-jwks")
    place, keys = "https://northbridge.example/.well-known/jwt-vc-issuer/issuer", "https://keys.example/set"
    web = SimulatedWeb({place: {"issuer": issuer.id, "jwks_uri": keys}, keys: issuer.controller_document()})
    web.put(issuer.id, b"<html>Welcome</html>", "text/html")
    connect(session, web)
    needs = [Need(wanted_document(issuer.id, EvidenceKind.ISSUER_PROFILE))]
    (answer,), _ = run(session, door_of(session, web), plan(needs))
    assert answer.document is not None
    assert [(one.address, one.outcome) for one in reversed(ledger(session))] == [
        (issuer.id, FetchOutcome.FAILED), (place, FetchOutcome.FETCHED), (keys, FetchOutcome.FETCHED)]


@pytest.mark.parametrize("has_metadata", [True, False])
def test_a_profile_without_a_word_about_keys_is_no_answer_to_whose_they_are(
        session: Session, *, has_metadata: bool) -> None:
    """It was taken for one, and the keys beside it were never asked for."""
    issuer = SimulatedIssuer("https-jwks")
    place = "https://northbridge.example/.well-known/jwt-vc-issuer/issuer"
    web = SimulatedWeb({issuer.id: {"id": issuer.id, "type": "Profile", "name": "Northbridge"}})
    if has_metadata:
        web.put(place, issuer.controller_document(), "application/json")
    connect(session, web)
    token = parse(issuer.badge_jwt())
    for _ in range(2):
        wanted = gather(token, session_shelf(session), session.contexts).wanted
        assert bool(wanted) is not (has_metadata and bool(web.addresses))
        (answer,) = run(session, door_of(session, web), plan(map(Need, wanted)))[0] or (None,)
        if answer:
            assert answer.document is not None
            assert answer.document.address == (place if has_metadata else issuer.id)
    assert set(web.addresses) == {issuer.id, place}
