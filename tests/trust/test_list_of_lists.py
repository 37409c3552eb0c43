"""Lists of lists: their order is authority, each line is looked into or told, no circle is walked."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.federation import SimulatedEntity, SimulatedKey, kept
from wallet.model.errors import TrustError
from wallet.model.evidence import Grade
from wallet.model.limits import MAX_LISTS
from wallet.model.reasons import ReasonCode
from wallet.trust.evidence_store import MemoryEvidence
from wallet.trust.federation import Federation
from wallet.trust.list_of_lists import KnownList, is_list_of_lists, known_lists, lists_of, newest_list
from wallet.trust.registry import Listing, recognise

AT = datetime(2026, 11, 21, tzinfo=UTC)
UNI = "did:web:uni.example"
FIRST, SECOND = "https://a.example/registry.json", "https://b.example/registry.json"


def line(name: str, **members: Any) -> dict[str, Any]:
    return {"name": name, "type": "dcc-legacy", "governanceUrl": "https://a.example"} | members


def registry(name: str) -> bytes:
    meta = {"updated": "2026-11-03T00:00:00Z"}
    return json.dumps({"meta": meta, "registry": {UNI: {"name": name}}}).encode()


def read(*lines: Any) -> tuple[KnownList, ...]:
    return known_lists(json.dumps(lines).encode(), name="known")


def test_the_first_list_that_names_the_issuer_speaks() -> None:
    lines = read(line("A", url=FIRST), line("B", url=SECOND))
    store = MemoryEvidence([kept(FIRST, registry("Uni, says A")), kept(SECOND, registry("Uni, says B"))])
    found = recognise(lists_of(lines, store.documents), UNI, AT)
    assert found.best is not None
    assert found.best.issuer is not None
    assert (found.best.list, found.best.issuer.name) == ("A", "Uni, says A")
    turned = recognise(lists_of(tuple(reversed(lines)), store.documents), UNI, AT)
    assert turned.best is not None
    assert turned.best.list == "B"


def test_what_is_not_here_or_not_known_stays_in_its_place_and_is_told() -> None:
    lines = read(line("A", url=FIRST), line("New", type="blockchain"), line("B", url=SECOND))
    store = MemoryEvidence([kept(SECOND, registry("Uni"))])
    found = recognise(lists_of(lines, store.documents), UNI, AT)
    assert found.best is not None
    assert found.best.list == "B"
    assert [(one.list, one.because.code if one.because else None) for one in found.unchecked] == [
        ("A", ReasonCode.LIST_NOT_LOADED), ("New", ReasonCode.LIST_KIND)]
    assert [one.address for one in found.unchecked[0].wanted] == [FIRST]


def test_a_list_of_lists_that_names_itself_ends() -> None:
    content = json.dumps([line("Itself", url=FIRST)]).encode()
    store = MemoryEvidence([kept(FIRST, content)])
    found = recognise(lists_of(known_lists(content, name="known"), store.documents), UNI, AT)
    assert [one.because.code if one.because else None for one in found.unchecked] == [
        ReasonCode.EVIDENCE_UNREADABLE]


def test_federations_are_asked_through_the_evidence() -> None:
    root = SimulatedEntity("https://registry.example", AT)
    lines = read(line("F", type="oidf", trustAnchorEC=f"{root.id}/.well-known/openid-federation"))
    store = MemoryEvidence([root.own_document(), root.document_about(UNI)])
    (one,) = lists_of(lines, store.documents)
    assert isinstance(one, Federation)
    assert one.ask(UNI, AT).listing is Listing.LISTED
    odd = read(line("F", type="oidf", trustAnchorEC="https://registry.example/"))
    (other,) = lists_of(odd, store.documents)
    assert other.ask(UNI, AT).listing is Listing.UNCHECKED


def test_the_newest_version_counts_and_none_from_the_sender() -> None:
    old, new = registry("Uni"), registry("Uni of Lund")
    store = MemoryEvidence([kept(FIRST, old, datetime(2026, 1, 1, tzinfo=UTC)), kept(FIRST, new, AT),
                            kept(SECOND, old, grade=Grade.SENDER)])
    found = newest_list(FIRST, store.documents, name="A").ask(UNI, AT)
    assert found.issuer is not None
    assert found.issuer.name == "Uni of Lund"
    assert newest_list(SECOND, store.documents, name="B").ask(UNI, AT).listing is Listing.UNCHECKED


def test_a_pinned_key_is_asked_of_a_kept_list_too() -> None:
    store = MemoryEvidence([kept(FIRST, registry("Uni"))])
    found = newest_list(FIRST, store.documents, name="A", key=SimulatedKey("keeper").public).ask(UNI, AT)
    assert found.because is not None
    assert found.because.code is ReasonCode.LIST_UNSEALED


@pytest.mark.parametrize("lines", [
    [], [1], [line("A")], [line("", url=FIRST)], [line("A", url="http://a.example/x")],
    [line("A", url="javascript:alert(1)")], [line("A", url=7)], [line("A", type="oidf")],
    [line("A", url=FIRST), line("B", url=FIRST)], [{"type": "dcc-legacy", "url": FIRST}],
    [line(str(place), url=f"https://a.example/{place}") for place in range(MAX_LISTS + 1)],
], ids=lambda lines: f"{len(lines)} lines")
def test_what_is_no_list_of_lists_is_refused(lines: list[Any]) -> None:
    with pytest.raises(TrustError) as caught:
        read(*lines)
    assert caught.value.reason.code is ReasonCode.EVIDENCE_UNREADABLE


def test_as_many_lists_as_allowed_are_read() -> None:
    lines = [line(str(one), url=f"https://a.example/{one}") for one in range(MAX_LISTS)]
    assert len(read(*lines)) == MAX_LISTS


@given(st.recursive(st.none() | st.text(max_size=5) | st.integers(), lambda inner: st.lists(
    inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "type", "url", "id"]), inner)))
def test_anything_is_read_or_refused(value: object) -> None:
    data = json.dumps(value).encode()
    try:
        lines = known_lists(data, name="any")
    except TrustError:
        lines = ()
    assert bool(lines) <= is_list_of_lists(value)


def test_the_published_list_of_lists_is_read(vectors: Path) -> None:
    published = vectors / "dcc/registries/dcc-known-registries/known-did-registries.json"
    lines = known_lists(published.read_bytes(), name="DCC")
    assert [one.type for one in lines] == ["oidf"] * 4 + ["dcc-legacy"] * 4
    assert lines[0].name == "Credential Engine Test Issuer Registry"
    asked = recognise(lists_of(lines, MemoryEvidence([]).documents), UNI, AT)
    assert (asked.best, asked.asked, len(asked.unchecked)) == (None, 0, 8)
