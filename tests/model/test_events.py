"""Events are plain values; their kinds are part of the vault's format."""

from __future__ import annotations

from tests.conftest import AT
from wallet.model.events import Event, EventKind


def test_kinds_keep_their_values() -> None:
    assert {kind.value for kind in EventKind} == {
        "key_changed", "record_changed", "record_gone", "record_back", "belief_set", "belief_undone",
        "lists_set", "lists_undone", "other"}
    assert dict(Event(AT, EventKind.KEY_CHANGED, "did:web:a.example").details) == {}
