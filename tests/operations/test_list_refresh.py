"""Bringing lists from the web: through the door, forward only, told apart from what was not asked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.simulators.federation import SimulatedEntity, SimulatedKey
from tests.simulators.web import SimulatedWeb
from wallet.model.errors import CancelledError, WalletError
from wallet.model.issuer_lists import ListKind
from wallet.model.network import Permission
from wallet.model.reasons import ReasonCode
from wallet.net.fetch import FetchError
from wallet.operations.list_refresh import add_list_address, refresh_lists
from wallet.operations.lists import add_list_file
from wallet.operations.network import Door, ledger
from wallet.operations.session import Session
from wallet.trust.registry import Listing, recognise

UNI = "did:web:uni.example"
LIST = "https://lists.example/registry.json"
KNOWN = "https://lists.example/known.json"
ROOT = "https://registry.example"
ANCHOR = f"{ROOT}/.well-known/openid-federation"
KEEPER = SimulatedKey("keeper")


def legacy(updated: str, *issuers: str) -> dict[str, Any]:
    return {"meta": {"updated": updated}, "registry": {one: {"name": "Uni"} for one in issuers}}


def online(session: Session, web: SimulatedWeb) -> Door:
    session.services = replace(session.services, fetcher=web)
    return session.door(Permission.COMMAND)


def said(session: Session, issuer: str = UNI) -> tuple[Listing | None, str]:
    found = recognise(session.lists, issuer, session.now())
    return (found.best.listing, found.best.list) if found.best else (None, "")


def test_a_list_by_address_is_brought_and_brought_anew(session: Session) -> None:
    web = SimulatedWeb({LIST: legacy("2026-11-01T00:00:00Z")})
    door = online(session, web)
    kept = add_list_address(session, door, LIST, name="Registry")
    assert (kept.kind, said(session)) == (ListKind.FILE, (None, ""))
    web.put(LIST, legacy("2026-11-02T00:00:00Z", UNI))
    (done,) = refresh_lists(session, door)
    assert (done.is_new, done.reason, said(session)) == (True, None, (Listing.LISTED, "Registry"))
    (again,) = refresh_lists(session, door)
    assert (again.is_new, again.reason) == (False, None)
    assert [one.address for one in ledger(session)] == [LIST] * 3
    with pytest.raises(WalletError) as caught:
        add_list_address(session, door, LIST)
    assert caught.value.reason.code is ReasonCode.LIST_KNOWN


def test_an_older_version_is_refused_and_the_one_at_hand_stays(session: Session) -> None:
    web = SimulatedWeb({LIST: legacy("2026-11-02T00:00:00Z", UNI)})
    door = online(session, web)
    add_list_address(session, door, LIST, name="Registry")
    served: dict[ReasonCode, dict[str, Any]] = {
        ReasonCode.LIST_OLDER: legacy("2026-11-01T00:00:00Z"),
        ReasonCode.EVIDENCE_UNREADABLE: {"no": "list"},
        ReasonCode.LIST_SEAL: {"registry": {}, "proof": {}}}
    for code, content in served.items():
        web.put(LIST, content)
        (done,) = refresh_lists(session, door)
        assert done.reason is not None
        assert done.reason.code is code
        assert said(session) == (Listing.LISTED, "Registry")


def test_a_sealed_list_stays_sealed_by_its_pinned_key(session: Session) -> None:
    def sealed(key: SimulatedKey, version: int, *issuers: str) -> bytes:
        content = {"version": version, "expires": "2027-11-01",
                   "issuers": [{"id": one, "name": "Uni"} for one in issuers]}
        return key.sign(json.dumps(content).encode()).encode()

    web = SimulatedWeb({LIST: sealed(KEEPER, 1, UNI)})
    door = online(session, web)
    with pytest.raises(WalletError) as caught:
        add_list_address(session, door, LIST)
    assert caught.value.reason.code is ReasonCode.LIST_KEY_MISSING
    add_list_address(session, door, LIST, name="Register", key=json.dumps(KEEPER.jwk()))
    web.put(LIST, sealed(SimulatedKey("mallory"), 2))
    (forged,) = refresh_lists(session, door)
    assert forged.reason is not None
    assert (forged.reason.code, said(session)) == (ReasonCode.LIST_SEAL, (Listing.LISTED, "Register"))
    web.put(LIST, sealed(KEEPER, 2))
    (done,) = refresh_lists(session, door)
    assert (done.is_new, said(session)) == (True, (None, ""))


def test_a_list_of_lists_brings_its_lists(session: Session) -> None:
    now = session.now()
    root = SimulatedEntity(ROOT, now - timedelta(hours=1))
    lines = [{"name": "Federation", "type": "oidf", "trustAnchorEC": ANCHOR},
             {"name": "Registry", "type": "dcc-legacy", "url": LIST},
             {"name": "Gone", "type": "dcc-legacy", "url": "https://gone.example/registry.json"}]
    web = SimulatedWeb({KNOWN: json.dumps(lines).encode(), LIST: legacy("2026-11-02T00:00:00Z", UNI),
                        ANCHOR: root.own_document().data})
    door = online(session, web)
    kept = add_list_address(session, door, KNOWN, name="Known")
    assert (kept.kind, said(session)) == (ListKind.LIST_OF_LISTS, (Listing.LISTED, "Registry"))
    found = recognise(session.lists, UNI, now)
    assert [one.list for one in found.unchecked] == ["Federation", "Gone"]
    web.put(LIST, legacy("2026-10-01T00:00:00Z"))
    told = {one.name: one.reason.code if one.reason else None for one in refresh_lists(session, door)}
    assert told["Registry"] is ReasonCode.LIST_OLDER
    assert told["Known"] is told["Federation"] is None
    assert told["Gone"] is not None
    assert said(session) == (Listing.LISTED, "Registry")


def test_offline_nothing_is_asked_and_nothing_changes(session: Session) -> None:
    door = session.door(Permission.COMMAND)
    with pytest.raises(FetchError) as caught:
        add_list_address(session, door, LIST)
    assert caught.value.reason.code is ReasonCode.NETWORK_OFF
    assert refresh_lists(session, door) == ()


def test_lists_by_hand_are_not_asked_for(session: Session, tmp_path: Any) -> None:
    path = tmp_path / "mine.json"
    path.write_text('[{"id": "did:web:uni.example", "name": "Uni"}]')
    add_list_file(session, path)
    web = SimulatedWeb()
    assert refresh_lists(session, online(session, web)) == ()
    assert not web.requests


def test_a_person_may_stop(session: Session) -> None:
    class Stopped:
        def step(self, done: int, total: int, label: str) -> None: ...

        def cancelled(self) -> bool:
            return True

    web = SimulatedWeb({LIST: legacy("2026-11-01T00:00:00Z")})
    door = online(session, web)
    add_list_address(session, door, LIST)
    with pytest.raises(CancelledError):
        refresh_lists(session, door, progress=Stopped())
