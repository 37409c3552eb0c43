"""Issuer lists: by exact id, the first list that knows an issuer speaks, nothing ambiguous is read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wallet.model.errors import TrustError
from wallet.model.reasons import ReasonCode
from wallet.trust.registry import find_issuer, issuer_list

UNI = "did:web:uni.example"
LEGACY = json.dumps({
    "meta": {"created": "2020-12-02T02:32:16+0000", "updated": "2025-03-01T23:07:03+0000"},
    "registry": {UNI: {"name": "Uni", "location": "Lund", "url": "https://uni.example"}},
}).encode()
PLAIN = json.dumps([{"name": "Uni of Lund", "id": UNI, "url": "https://uni.example", "note": "called them"},
                    {"name": "Other", "id": "https://other.example/issuer"}]).encode()


def test_legacy_registry_has_a_date_and_names() -> None:
    read = issuer_list(LEGACY, name="campus")
    assert read.date == datetime(2025, 3, 1, 23, 7, 3, tzinfo=UTC)
    found = read.find(UNI)
    assert found is not None
    assert (found.name, found.url, found.note) == ("Uni", "https://uni.example", "Lund")


def test_plain_list_written_by_hand() -> None:
    read = issuer_list(PLAIN, name="mine")
    found = read.find(UNI)
    assert found is not None
    assert (found.name, found.note, read.date) == ("Uni of Lund", "called them", None)


@pytest.mark.parametrize("near", ["did:web:uni.example.", "did:web:UNI.example", "did:web:un\u0456.example",
                                  "did:web:uni.example:students:~eve", "did:web:uni.example#key-1"])
def test_only_the_exact_id_is_known(near: str) -> None:
    assert issuer_list(LEGACY, name="campus").find(near) is None


def test_order_of_lists_is_their_authority() -> None:
    lists = (issuer_list(PLAIN, name="mine"), issuer_list(LEGACY, name="campus"))
    found = find_issuer(lists, UNI)
    assert found is not None
    assert (found[0].name, found[1].name) == ("mine", "Uni of Lund")
    assert find_issuer(lists, "did:web:nobody.example") is None
    assert find_issuer((), UNI) is None


@pytest.mark.parametrize("data", [
    b"", b"[", b"{}", b'"text"', b"[1]", b'[{"name": "no id"}]', b'[{"id": "did:web:a", "name": " "}]',
    b'[{"id": "not-a-uri", "name": "A"}]', b'{"registry": {"did:web:a": "A"}}',
    b'[{"id": "did:web:a", "name": "A"}, {"id": "did:web:a", "name": "B"}]',
    b'{"registry": {"did:web:a": {"name": "A"}, "did:web:a": {"name": "B"}}}',
])
def test_what_cannot_be_read_or_is_ambiguous_is_refused(data: bytes) -> None:
    with pytest.raises(TrustError) as caught:
        issuer_list(data, name="broken")
    assert caught.value.reason.code is ReasonCode.EVIDENCE_UNREADABLE
    assert caught.value.reason["name"] == "broken"


def test_published_registries_are_read(vectors: Path) -> None:
    published = vectors / "dcc/registries/sandbox-registry/registry.json"
    read = issuer_list(published.read_bytes(), name="sandbox")
    assert read.date == datetime(2026, 3, 25, tzinfo=UTC)
    assert read.find("did:web:digitalcredentials.github.io:vc-test-fixtures:dids:legacy") is not None
