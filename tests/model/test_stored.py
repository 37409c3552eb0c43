"""What a mutating operation says it changed can be added up."""

from __future__ import annotations

from wallet.model.stored import Changes


def test_changes_add_up() -> None:
    both = Changes(frozenset({"a"}), evidence=True) | Changes(frozenset({"b"}), shares=True)
    assert both == Changes(frozenset({"a", "b"}), evidence=True, shares=True)
    assert not both.settings


def test_nothing_changed_changes_nothing() -> None:
    some = Changes(frozenset({"a"}), settings=True)
    assert Changes() | some == some | Changes() == some
