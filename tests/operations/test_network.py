"""The one door: who may ask, and the line that is kept of every request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import AT
from tests.simulators.web import SimulatedWeb
from wallet.model.errors import OperationError, VaultError
from wallet.model.network import Fetched, FetchOutcome, LedgerEntry, Order, Permission, Purpose
from wallet.model.reasons import ReasonCode
from wallet.net.fetch import Fetcher, FetchError
from wallet.operations.network import (
    RunLedger,
    allow_host,
    allowed_hosts,
    always_allowed,
    clear_ledger,
    desk_door,
    host_of,
    ledger,
    revoke_host,
    set_always_allowed,
    standing_permission,
)
from wallet.operations.session import Services, Session

ADDRESS = "https://uni.example/.well-known/did.json"
ORDER = Order(ADDRESS, Purpose.ISSUER_KEY)
HOSTS = frozenset({"uni.example"})


def online(session: Session, fetcher: Fetcher) -> Session:
    session.services = replace(session.services, fetcher=fetcher)
    return session


def outcomes(session: Session) -> list[tuple[str, FetchOutcome, int]]:
    return [(one.host, one.outcome, one.bytes) for one in ledger(session)]


class Watching:
    """A fetcher that looks at the ledger while it fetches, and may be stopped there."""

    def __init__(self, session: Session, *, stop: bool = False) -> None:
        self.session, self.stop = session, stop
        self.seen: tuple[LedgerEntry, ...] = ()

    def fetch(self, order: Order) -> Fetched:
        self.seen = ledger(self.session)
        if self.stop:
            raise KeyboardInterrupt
        return Fetched(order.address, order.address, host_of(order.address), b"{}")


def test_offline_nothing_is_fetched_and_the_line_says_so(session: Session) -> None:
    with pytest.raises(FetchError) as caught:
        session.door(Permission.COMMAND).get(ORDER)
    assert caught.value.reason.code is ReasonCode.NETWORK_OFF
    assert outcomes(session) == [("uni.example", FetchOutcome.REFUSED, 0)]


def test_the_line_is_written_before_anything_is_sent(session: Session) -> None:
    watching = Watching(session)
    online(session, watching).door(Permission.ONCE, HOSTS).get(ORDER)
    (line,) = watching.seen
    assert (line.outcome, line.allowed, line.at) == (FetchOutcome.ASKED, Permission.ONCE, AT)
    assert outcomes(session) == [("uni.example", FetchOutcome.FETCHED, 2)]


def test_a_request_that_was_interrupted_stays_visible(session: Session) -> None:
    online(session, Watching(session, stop=True))
    with pytest.raises(KeyboardInterrupt):
        session.door(Permission.COMMAND).get(ORDER)
    assert outcomes(session) == [("uni.example", FetchOutcome.ASKED, 0)]


def test_how_it_ended_is_written_down(session: Session) -> None:
    web = SimulatedWeb({ADDRESS: b'{"id": "did:web:uni.example"}'})
    door = online(session, web).door(Permission.COMMAND)
    etag = door.get(ORDER).etag
    assert door.get(replace(ORDER, etag=etag)).unchanged
    for address, status in (("https://uni.example/gone", 410), ("https://uni.example/busy", 503)):
        web.answer(address, status)
        with pytest.raises(FetchError):
            door.get(Order(address, Purpose.STATUS_LIST))
    assert [one.outcome for one in ledger(session)][:4] == [
        FetchOutcome.FAILED, FetchOutcome.GONE, FetchOutcome.UNCHANGED, FetchOutcome.FETCHED]


def test_a_host_that_was_asked_on_anothers_word_has_its_own_line(session: Session) -> None:
    web = SimulatedWeb()
    web.put("https://uni.example/list", b"{}", final_address="https://cdn.example/list")
    online(session, web).door(Permission.COMMAND).get(Order("https://uni.example/list", Purpose.STATUS_LIST))
    assert {one.host for one in ledger(session)} == {"uni.example", "cdn.example"}


@pytest.mark.parametrize("allowed", [Permission.ONCE, Permission.HOST, Permission.SETTING])
def test_without_leave_nothing_is_asked_and_no_line_is_written(session: Session, allowed: Permission) -> None:
    web = SimulatedWeb({ADDRESS: b"{}"})
    with pytest.raises(FetchError) as caught:
        online(session, web).door(allowed).get(ORDER)
    assert caught.value.reason.code is ReasonCode.REQUEST_NOT_ALLOWED
    assert not caught.value.sent
    assert ledger(session) == ()
    assert web.addresses == ()


def test_leave_for_a_host_lasts_until_it_is_taken_back(session: Session) -> None:
    web = SimulatedWeb({ADDRESS: b"{}", "https://other.example/x": b"{}"})
    online(session, web)
    assert allow_host(session, "HTTPS://UNI.example/some/page") == "uni.example"
    assert [one.host for one in allowed_hosts(session)] == ["uni.example"]
    assert standing_permission(session, HOSTS) is Permission.HOST
    session.door(Permission.HOST).get(ORDER)
    with pytest.raises(FetchError):
        session.door(Permission.HOST).get(Order("https://other.example/x", Purpose.ISSUER_KEY))
    assert revoke_host(session, "uni.example")
    assert standing_permission(session, HOSTS) is None
    with pytest.raises(FetchError) as caught:
        session.door(Permission.HOST).get(ORDER)
    assert caught.value.reason.code is ReasonCode.REQUEST_NOT_ALLOWED
    assert web.requests[ADDRESS] == 1


def test_a_sheet_goes_no_further_than_it_was_shown(session: Session) -> None:
    web = SimulatedWeb({ADDRESS: b"{}", "https://other.example/x": b"{}"})
    door = online(session, web).door(Permission.ONCE, HOSTS)
    door.get(ORDER)
    with pytest.raises(FetchError):
        door.get(Order("https://other.example/x", Purpose.ISSUER_KEY))
    assert web.addresses == (ADDRESS,)


def test_the_setting_lets_any_host_be_asked(session: Session) -> None:
    web = SimulatedWeb({ADDRESS: b"{}"})
    online(session, web)
    set_always_allowed(session, allowed=True)
    assert always_allowed(session)
    assert standing_permission(session, HOSTS) is Permission.SETTING
    session.door(Permission.SETTING).get(ORDER)
    assert ledger(session)[0].allowed is Permission.SETTING
    set_always_allowed(session, allowed=False)
    with pytest.raises(FetchError):
        session.door(Permission.SETTING).get(ORDER)


def test_the_ledger_can_be_emptied(session: Session) -> None:
    online(session, SimulatedWeb({ADDRESS: b"{}"})).door(Permission.COMMAND).get(ORDER)
    assert clear_ledger(session) == 1
    assert ledger(session) == ()


def test_who_has_no_wallet_keeps_the_lines_of_the_run(services: Services) -> None:
    lines = RunLedger()
    door = desk_door(replace(services, fetcher=SimulatedWeb({ADDRESS: b"{}"})), lines)
    door.get(ORDER)
    with pytest.raises(FetchError):
        door.get(Order("https://uni.example/missing", Purpose.ISSUER_KEY))
    assert [(one.host, one.outcome) for one in lines.entries] == [
        ("uni.example", FetchOutcome.FETCHED), ("uni.example", FetchOutcome.MISSING)]


@pytest.mark.parametrize("host", ["", "two words", "https://", "file:///etc", "a@b@c:x"])
def test_what_names_no_host_is_not_allowed(session: Session, host: str) -> None:
    with pytest.raises(OperationError) as caught:
        allow_host(session, host)
    assert caught.value.reason.code is ReasonCode.ADDRESS_UNREADABLE
    assert allowed_hosts(session) == ()


def test_a_wallet_that_cannot_be_written_asks_nothing(session: Session) -> None:
    web = SimulatedWeb({ADDRESS: b"{}"})
    door = online(session, web).door(Permission.COMMAND)
    session.vault.close()
    with pytest.raises(VaultError) as caught:
        door.get(ORDER)
    assert caught.value.reason.code is ReasonCode.VAULT_LOCKED
    assert web.addresses == ()


@pytest.mark.parametrize(("address", "host"), [
    ("https://Uni.Example/x", "uni.example"), ("https://uni.example:443/", "uni.example"),
    ("https://uni.example:8443/", "uni.example:8443"), ("http://uni.example/", "uni.example"),
    ("https://uni.example./", "uni.example"), ("did:web:uni.example", ""), ("https://[bad", ""),
    ("https://x:99999999/", ""), ("javascript:alert(1)", ""),
])
def test_host_of_an_address(address: str, host: str) -> None:
    assert host_of(address) == host
