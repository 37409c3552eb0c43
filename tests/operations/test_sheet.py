"""The sheet: host by host, with what stands already; a leave goes as far as its ticks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.operations.connected import keep
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from wallet.model.network import Order, Permission, Purpose
from wallet.model.reasons import ReasonCode
from wallet.net.fetch import FetchError
from wallet.operations.network import allow_host, allowed_hosts, set_always_allowed
from wallet.operations.online import wanted_requests
from wallet.operations.session import Session
from wallet.operations.sheet import open_door, sheet_for, sheet_of
from wallet.trust.evidence_store import MemoryEvidence


class ProxiedWeb(SimulatedWeb):
    """A web behind a proxy."""

    def proxy_for(self, address: str) -> str:
        return "http://proxy.example:3128" if "one.example" in address else ""


def test_requests_become_lines_by_host(session: Session, issuer: SimulatedIssuer) -> None:
    session.supplied = MemoryEvidence(())
    ids = keep(session, issuer.badge(entries=(issuer.entry(1),)))
    sheet = sheet_of(session, wanted_requests(session, ids))
    assert [(one.host, one.documents) for one in sheet.hosts] == [(issuer.host, 2)]
    assert set(sheet.hosts[0].purposes) == {Purpose.ISSUER_KEY, Purpose.STATUS_LIST}
    assert (sheet.documents, sheet.standing, sheet.refused) == (2, None, ())


def test_what_is_not_asked_for_says_why(session: Session, issuer: SimulatedIssuer) -> None:
    session.supplied = MemoryEvidence(())
    entry = issuer.entry(1) | {"statusListCredential": f"https://{issuer.host}/list?user=maya-lind-000001"}
    ids = keep(session, issuer.badge(entries=(entry,)))
    sheet = sheet_of(session, wanted_requests(session, ids))
    assert [one.code for one in sheet.refused] == [ReasonCode.REQUEST_TRACKING]
    assert [one.purposes for one in sheet.hosts] == [(Purpose.ISSUER_KEY,)]


def test_addresses_are_counted_once_and_ways_are_named(session: Session) -> None:
    session.services = replace(session.services, fetcher=ProxiedWeb())
    allow_host(session, "two.example")
    addresses = ("https://one.example/a", "https://one.example/a", "https://two.example/b", "no address")
    sheet = sheet_for(session, addresses, Purpose.CREDENTIAL)
    assert [(one.host, one.documents, one.proxy, one.is_allowed) for one in sheet.hosts] == [
        ("one.example", 1, "http://proxy.example:3128", False), ("two.example", 1, "", True)]
    assert sheet.standing is None
    assert sheet_for(session, ("https://two.example/b",), Purpose.CREDENTIAL).standing is Permission.HOST
    set_always_allowed(session, allowed=True)
    assert sheet_for(session, addresses, Purpose.CREDENTIAL).standing is Permission.SETTING
    assert sheet_for(session, (), Purpose.CREDENTIAL).standing is None


def test_a_door_opens_to_what_was_ticked(session: Session) -> None:
    web = SimulatedWeb({"https://one.example/a": {}, "https://two.example/b": {}})
    session.services = replace(session.services, fetcher=web)
    door = open_door(session, {"one.example"})
    assert door.allowed is Permission.ONCE
    assert door.get(Order("https://one.example/a", Purpose.CREDENTIAL)).data == b"{}"
    with pytest.raises(FetchError) as refused:
        door.get(Order("https://two.example/b", Purpose.CREDENTIAL))
    assert refused.value.reason.code is ReasonCode.REQUEST_NOT_ALLOWED
    assert allowed_hosts(session) == ()
    kept = open_door(session, {"two.example"}, for_keeps=True)
    assert kept.allowed is Permission.HOST
    assert kept.get(Order("https://two.example/b", Purpose.CREDENTIAL)).data == b"{}"
    assert [one.host for one in allowed_hosts(session)] == ["two.example"]
