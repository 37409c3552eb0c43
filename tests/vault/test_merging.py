from __future__ import annotations

from tests.vault.vaults import NOW
from wallet.vault.merging import Conflict, ConflictKind, Merging
from wallet.vault.rows import StoreRows
from wallet.vault.store import Vault


def test_what_comes_in_is_counted_and_what_a_table_does_not_have_is_left_out(vault: Vault) -> None:
    merging = Merging(vault.database, StoreRows(vault.database), NOW)
    with vault.transaction():
        merging.insert("setting", {"name": "a", "value": "b", "colour": "of a later version"})
    assert merging.counts == {"setting": 1}
    assert vault.setting("a") == "b"


def test_contradictions_are_kept_in_order(vault: Vault) -> None:
    merging = Merging(vault.database, StoreRows(vault.database), NOW)
    merging.conflict(ConflictKind.SETTING, "one", "x", "y")
    merging.conflict(ConflictKind.TITLE, "two")
    assert merging.conflicts == [Conflict(ConflictKind.SETTING, "one", "x", "y"),
                                 Conflict(ConflictKind.TITLE, "two")]
