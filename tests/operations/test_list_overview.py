"""Lists as a person looks at them: members of a list of lists, when each came, and what was refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from tests.operations.conftest import Clock
from tests.simulators.federation import SimulatedEntity, SimulatedKey
from tests.simulators.web import SimulatedWeb
from wallet.model.evidence import Verified
from wallet.model.issuer_lists import ListKind
from wallet.model.network import Permission
from wallet.model.reasons import ReasonCode
from wallet.operations.list_overview import ListShown, addresses_of, list_overview
from wallet.operations.list_refresh import add_list_address, bring_members, refresh_lists
from wallet.operations.session import Session
from wallet.operations.sheet import open_door
from wallet.trust.federation import configuration_address

KNOWN = "https://lists.example/known.json"
LIST = "https://registry.example/registry.json"
ROOT = "https://federation.example"
ANCHOR = configuration_address(ROOT)
LINES = [{"name": "Federation", "type": "oidf", "trustAnchorEC": ANCHOR},
         {"name": "Registry", "type": "dcc-legacy", "url": LIST, "governanceUrl": "https://rules.example/"},
         {"name": "Odd", "type": "blockchain"}]


def legacy(updated: str) -> bytes:
    return json.dumps({"meta": {"updated": updated},
                       "registry": {"did:web:uni.example": {"name": "Uni"}}}).encode()


def world(session: Session) -> tuple[SimulatedWeb, SimulatedEntity]:
    root = SimulatedEntity(ROOT, session.now() - timedelta(hours=1))
    web = SimulatedWeb({KNOWN: json.dumps(LINES).encode(), LIST: legacy("2026-11-02T00:00:00Z"),
                        ANCHOR: root.own_document().data})
    session.services = replace(session.services, fetcher=web)
    return web, root


def members(session: Session) -> dict[str, ListShown]:
    (known, _) = list_overview(session)
    return {one.kept.name: one for one in known.members}


def test_the_members_of_a_list_of_lists_stand_below_it(session: Session) -> None:
    world(session)
    add_list_address(session, session.door(Permission.COMMAND), KNOWN, name="Known")
    (known, shipped) = list_overview(session)
    assert (known.kept.kind, known.issuers, known.problem) == (ListKind.LIST_OF_LISTS, 1, None)
    assert (shipped.members, [one.kept.name for one in known.members]) == (
        (), ["Federation", "Registry", "Odd"])
    federation, registry, odd = known.members
    assert (federation.kept.kind, federation.until, federation.problem) == (
        ListKind.FEDERATION, session.now() + timedelta(hours=23), None)
    assert (registry.kept.governance, registry.issuers) == ("https://rules.example/", 1)
    assert registry.document is not None
    assert (registry.document.fetched_at, registry.document.verified) == (session.now(), (Verified.TLS,))
    assert odd.problem is not None
    assert (odd.kept.kind, odd.problem.code) == (ListKind.OTHER, ReasonCode.LIST_KIND)
    assert addresses_of(session) == (KNOWN, ANCHOR, LIST)


def test_members_whose_hosts_were_not_on_the_sheet_are_brought_by_another_one(session: Session) -> None:
    world(session)
    add_list_address(session, open_door(session, {"lists.example"}), KNOWN, name="Known")
    assert {one.problem.code for one in members(session).values() if one.problem} == {
        ReasonCode.LIST_NOT_LOADED, ReasonCode.LIST_KIND}
    door = open_door(session, {"registry.example", "federation.example"})
    assert all(one.is_new for one in bring_members(session, door, KNOWN))
    assert [name for name, one in members(session).items() if one.problem] == ["Odd"]
    assert bring_members(session, door, LIST) == ()


def test_what_was_refused_is_remembered_until_it_is_taken(session: Session, clock: Clock) -> None:
    web, _ = world(session)
    door = session.door(Permission.COMMAND)
    add_list_address(session, door, KNOWN, name="Known")
    clock.now += timedelta(hours=2)
    web.put(LIST, legacy("2026-10-01T00:00:00Z"))
    web.unreachable("federation.example")
    refresh_lists(session, door)
    registry = members(session)["Registry"]
    assert registry.refused is not None
    assert (registry.refused.reason.code, registry.refused.at) == (ReasonCode.LIST_OLDER, clock.now)
    assert (registry.issuers, registry.problem) == (1, None)  # the one at hand stays
    assert members(session)["Federation"].refused is None  # nobody answered: that says nothing of it
    web.put(LIST, legacy("2026-11-03T00:00:00Z"))
    refresh_lists(session, door)
    assert members(session)["Registry"].refused is None


def test_a_federation_whose_word_does_not_hold_says_why(session: Session) -> None:
    world(session)
    add_list_address(session, session.door(Permission.COMMAND), ANCHOR, name="Federation",
                     key=json.dumps(SimulatedKey("somebody else").jwk()))
    shown = list_overview(session)[0]
    assert shown.problem is not None
    assert (shown.problem.code, shown.document is not None) == (ReasonCode.STATEMENT_REFUSED, True)


def test_what_a_later_program_remembers_is_no_fault(session: Session) -> None:
    world(session)
    add_list_address(session, session.door(Permission.COMMAND), LIST, name="Registry")
    for text in ("[]", "no JSON", '{"a": ["a_new_code", {}, "2026-11-01T00:00:00Z"]}', '{"a": 1}'):
        session.vault.set_setting("list_refusals", text)
        assert list_overview(session)[0].refused is None
