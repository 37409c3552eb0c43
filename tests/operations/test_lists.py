"""Issuer lists in force: the learner's order, what is pinned, what is refused, and the way back."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import AT
from tests.operations.conftest import PASSPHRASE, Clock
from tests.simulators.federation import SimulatedEntity, SimulatedKey
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.errors import WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.issuer_lists import ListKind
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId
from wallet.operations.checking import check_bytes, desk_of
from wallet.operations.desk import supplied_desk
from wallet.operations.list_overview import list_overview
from wallet.operations.lists import (
    add_federation,
    add_list_file,
    kind_of,
    move_list,
    order_lists,
    read_key,
    remove_list,
    undo_lists,
    use_shipped_lists,
)
from wallet.operations.session import Services, Session
from wallet.operations.wallets import Passphrase, lock, unlock_wallet
from wallet.trust.evidence_store import MemoryEvidence
from wallet.trust.registry import Listing, recognise

KEEPER = SimulatedKey("keeper")
ANCHOR = "https://registry.example/.well-known/openid-federation"


def own(issuer: str, name: str = "Uni", **members: Any) -> bytes:
    """A list in our own shape."""
    return json.dumps({"version": 1, "date": "2026-11-01", "expires": "2027-11-01",
                       "issuers": [{"id": issuer, "name": name}]} | members).encode()


def file_of(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def names(session: Session) -> list[str]:
    return [one.kept.name for one in list_overview(session)]


def recognised(session: Session, issuer: SimulatedIssuer) -> tuple[ReasonCode, str]:
    """What the wallet says now about a badge of that issuer."""
    (checked,) = check_bytes(desk_of(session), issuer.badge(), "badge.json", at=session.now())
    check = checked.report.check(CheckId.RECOGNITION)
    assert check is not None
    return check.reason.code, check.reason["list"]


def refused(act: Callable[[], object]) -> ReasonCode:
    with pytest.raises(WalletError) as caught:
        act()
    return caught.value.reason.code


def test_a_list_by_hand_is_in_force_at_once_and_after_opening_again(
        session: Session, services: Services, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    assert recognised(session, issuer)[0] is ReasonCode.ISSUER_UNLISTED  # the shipped list does not name it
    kept = add_list_file(session, file_of(tmp_path, "partners.json", own(issuer.id)))
    assert (kept.name, kept.kind) == ("partners", ListKind.FILE)
    assert recognised(session, issuer) == (ReasonCode.ISSUER_LISTED, "partners")
    lock(session)
    again = unlock_wallet(services, services.vault_folder, Passphrase(PASSPHRASE))
    again.supplied = session.supplied
    assert recognised(again, issuer) == (ReasonCode.ISSUER_LISTED, "partners")
    lock(again)


def test_order_is_authority_and_each_act_can_be_taken_back(
        session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    for name in ("first", "second"):
        add_list_file(session, file_of(tmp_path, f"{name}.json", own(issuer.id, name)))
    assert names(session)[:2] == ["first", "second"]
    assert recognised(session, issuer)[1] == "first"
    order_lists(session, ["second"])
    assert recognised(session, issuer)[1] == "second"
    undo_lists(session)
    assert recognised(session, issuer)[1] == "first"
    remove_list(session, "first")
    assert recognised(session, issuer)[1] == "second"
    undo_lists(session)
    undo_lists(session)
    assert names(session)[:1] == ["first"]
    assert recognised(session, issuer)[1] == "first"
    undo_lists(session)
    assert refused(lambda: undo_lists(session)) is ReasonCode.NOTHING_TO_UNDO
    assert refused(lambda: remove_list(session, "first")) is ReasonCode.LIST_UNKNOWN
    assert refused(lambda: order_lists(session, ["nobody"])) is ReasonCode.LIST_UNKNOWN


def test_a_list_is_moved_one_place_and_the_ends_stop_it(session: Session, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        add_list_file(session, file_of(tmp_path, f"{name}.json", own("did:web:x.example", name)))
    for wanted, steps, order in (("c", -1, "acb"), ("c", -5, "cab"), ("c", -1, "cab"), ("a", 1, "cba"),
                                 ("c", 99, "bac")):
        move_list(session, wanted, steps)
        assert "".join(names(session)[:3]) == order
    undo_lists(session)
    assert "".join(names(session)[:3]) == "cba"
    assert refused(lambda: move_list(session, "nobody", 1)) is ReasonCode.LIST_UNKNOWN


def test_a_sealed_list_needs_its_key_and_only_goes_forward(
        session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    def give(data: bytes, key: str = "") -> object:
        return add_list_file(session, file_of(tmp_path, "register.jws", data), key=key)

    key = json.dumps(KEEPER.jwk())
    second = KEEPER.sign(own(issuer.id, version=2)).encode()
    assert refused(lambda: give(second)) is ReasonCode.LIST_KEY_MISSING
    assert refused(lambda: give(second, json.dumps(SimulatedKey("mallory").jwk()))) is ReasonCode.LIST_SEAL
    give(second, key)
    assert recognised(session, issuer) == (ReasonCode.ISSUER_LISTED, "register")
    older = KEEPER.sign(own("did:web:x.example", version=1)).encode()
    assert refused(lambda: give(older)) is ReasonCode.LIST_OLDER
    forged = SimulatedKey("mallory").sign(own("did:web:mallory.example", version=3)).encode()
    assert refused(lambda: give(forged)) is ReasonCode.LIST_SEAL
    assert refused(lambda: give(own("did:web:mallory.example", version=3))) is ReasonCode.LIST_UNSEALED
    assert recognised(session, issuer) == (ReasonCode.ISSUER_LISTED, "register")
    give(KEEPER.sign(own("did:web:x.example", version=3)).encode())
    assert recognised(session, issuer)[0] is ReasonCode.ISSUER_UNLISTED


def test_a_list_that_has_ended_says_so(session: Session, issuer: SimulatedIssuer, tmp_path: Path,
                                       clock: Clock) -> None:
    add_list_file(session, file_of(tmp_path, "year.json", own(issuer.id)))
    assert recognised(session, issuer)[0] is ReasonCode.ISSUER_LISTED
    clock.now = AT + timedelta(days=400)
    assert recognised(session, issuer) == (ReasonCode.ISSUER_LIST_ENDED, "year")


def test_only_the_pinned_version_counts(session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    """Something else kept at the list's address, by whatever way, does not take its place."""
    kept = add_list_file(session, file_of(tmp_path, "partners.json", own("did:web:other.example")))
    planted = own(issuer.id)
    session.kept.add(EvidenceDocument(kept.address, EvidenceKind.REGISTRY, planted, "f" * 64, Grade.SUPPLIED,
                                      "a pack", session.now() + timedelta(days=1)))
    order_lists(session, ["partners"])
    assert recognised(session, issuer)[0] is ReasonCode.ISSUER_UNLISTED


def test_a_list_of_lists_and_a_federation_are_looked_up_in_what_is_kept(
        session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    root = SimulatedEntity("https://registry.example", session.now() - timedelta(hours=1))
    lines = [{"name": "Federation", "type": "oidf", "trustAnchorEC": ANCHOR},
             {"name": "Later", "type": "dcc-legacy", "url": "https://later.example/registry.json"}]
    kept = add_list_file(session, file_of(tmp_path, "known.json", json.dumps(lines).encode()))
    assert kept.kind is ListKind.LIST_OF_LISTS
    before = recognise(session.lists, issuer.id, session.now())
    assert [one.list for one in before.unchecked] == ["Federation", "Later"]
    for document in (root.own_document(session.now()), root.document_about(issuer.id, session.now())):
        session.kept.add(document)
    assert recognised(session, issuer) == (ReasonCode.ISSUER_LISTED, "Federation")
    remove_list(session, "known")
    add_federation(session, ANCHOR, key=json.dumps(root.key.jwk()))
    assert recognised(session, issuer) == (ReasonCode.ISSUER_LISTED, "registry.example")
    assert refused(lambda: add_federation(session, ANCHOR)) is ReasonCode.LIST_KNOWN
    assert refused(lambda: add_federation(session, "https://x.example")) is ReasonCode.STATEMENT_REFUSED


def test_domains_of_institutions_come_from_the_published_file(
        session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    record = {"id": "https://ror.org/042nb2s44", "status": "active", "domains": ["northbridge.example"],
              "names": [{"types": ["ror_display"], "value": "Northbridge University"}]}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("v2.10-2026-11-03-ror-data_schema_v2.json", json.dumps([record]))
    kept = add_list_file(session, file_of(tmp_path, "ror.zip", packed.getvalue()), name="ROR")
    assert kept.kind is ListKind.DOMAINS
    assert recognised(session, issuer) == (ReasonCode.ISSUER_DOMAIN_KNOWN, "ROR")
    shown = next(one for one in list_overview(session) if one.kept.kind is ListKind.DOMAINS)
    assert shown.date == datetime(2026, 11, 3, tzinfo=UTC)


@pytest.mark.parametrize("data", [b"", b"{}", b"PK\x03\x04", b'[{"type": "x"}]', b"\x00" * 99,
                                  b'{"registry": {}, "proof": {}}'], ids=lambda data: f"{len(data)} bytes")
def test_what_is_no_list_changes_nothing(session: Session, tmp_path: Path, data: bytes) -> None:
    before = list_overview(session)
    code = refused(lambda: add_list_file(session, file_of(tmp_path, "x.json", data)))
    assert code in (ReasonCode.EVIDENCE_UNREADABLE, ReasonCode.LIST_SEAL)
    assert list_overview(session) == before
    assert refused(lambda: add_list_file(session, tmp_path / "none.json")) is ReasonCode.FILE_MISSING


def test_what_came_with_the_program_is_dated_and_can_be_put_out_of_force(session: Session) -> None:
    (shown,) = list_overview(session)
    assert (shown.kept.kind, shown.problem) == (ListKind.SHIPPED, None)
    assert shown.date == datetime(2025, 10, 31, 7, 11, 34, tzinfo=UTC)
    assert shown.issuers == 27
    remove_list(session, shown.kept.name)
    assert (list_overview(session), session.lists) == ((), ())
    use_shipped_lists(session, used=True)
    assert len(session.lists) == 1


def test_shipped_facts_are_those_of_their_source(services: Services, vectors: Path) -> None:
    published = vectors / "dcc/registries/community-registry/registry.json"
    source = json.loads(published.read_bytes())["registry"]
    shipped = json.loads((services.assets / "registries" / "dcc-community.json").read_bytes())["issuers"]
    assert {one["id"]: (one["name"], one["url"]) for one in shipped} == {
        issuer: (entry["name"].strip(), entry["url"]) for issuer, entry in source.items()}


def test_a_person_who_checks_brings_lists_and_evidence_of_a_federation(
        services: Services, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    mine = file_of(tmp_path, "mine.json", own("did:web:other.example"))
    known = file_of(tmp_path, "known.json", json.dumps(
        [{"name": "Federation", "type": "oidf", "trustAnchorEC": ANCHOR}]).encode())
    desk = supplied_desk(services, lists=(mine, known))
    assert [one.name for one in desk.lists] == ["mine", "Federation", "DCC community registry"]
    root = SimulatedEntity("https://registry.example", AT - timedelta(hours=1))
    store = {one.address: one.data for one in (root.own_document(), root.document_about(issuer.id))}
    for place, data in enumerate(store.values()):
        (tmp_path / f"{place}.jwt").write_bytes(data)
    mapped = file_of(tmp_path, "map.json", json.dumps(
        {address: f"{place}.jwt" for place, address in enumerate(store)}).encode())
    full = supplied_desk(services, (mapped,), (known,))
    assert full.lists[0].ask(issuer.id, AT).listing is Listing.LISTED
    assert isinstance(full.evidence, MemoryEvidence)


def test_keys_as_people_send_them() -> None:
    key = SimulatedIssuer("did:key")
    assert read_key("") is None
    for text in (key.id, key.id.removeprefix("did:key:"), json.dumps(KEEPER.jwk())):
        found = read_key(f" {text}\n")
        assert found is not None
    for text in ("x", "{", "did:web:a.example", "did:key:zzz", '{"kty":"EC"}'):
        assert refused(lambda text=text: read_key(text)) is ReasonCode.LIST_SEAL  # type: ignore[misc]


def test_kinds_are_told_by_content() -> None:
    assert kind_of(b'[{"type":"oidf"}]') is ListKind.LIST_OF_LISTS
    assert kind_of(b'[{"id":"a:b","name":"A","type":"x"}]') is ListKind.FILE
    assert kind_of(b"[") is ListKind.FILE
    assert kind_of(b'{"about":"institutions by domain"}') is ListKind.DOMAINS
