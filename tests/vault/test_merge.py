"""Two vaults become one: nothing twice, nothing deleted, in either order, and again without effect."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vault.merging_vaults import fill, substance
from tests.vault.vaults import NOW, Template, make_template, numbered
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.integrity import check_integrity
from wallet.vault.merge import NOT_TAKEN, PARTS, ConflictKind, merge
from wallet.vault.rows import StoreRows
from wallet.vault.store import Vault
from wallet.vault.tables import TABLES


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Vault]:
    made = make_template(tmp_path / "other-template").open(tmp_path / "other")
    yield made
    made.close()


def test_everything_comes_in_once_and_nothing_goes(vault: Vault, other: Vault) -> None:
    fill(vault, range(4))
    fill(other, range(2, 7), offset=1)
    before = substance(vault)
    done = merge(vault, StoreRows(other.database), now=NOW, label="from another wallet")
    assert len(done.added) == 3
    assert [one.title for one in vault.list()] == [f"Badge {number}" for number in (6, 5, 4, 3, 2, 1, 0)]
    after = substance(vault)
    for table, rows in before.items():
        if table not in ("credential", "notes", "evidence"):
            assert all(row in after[table] for row in rows), table
    assert {one.kind for one in done.conflicts} == {ConflictKind.NOTE, ConflictKind.SETTING}
    check_integrity(vault)


def test_again_changes_nothing(vault: Vault, other: Vault) -> None:
    fill(vault, range(3))
    fill(other, range(1, 5), offset=1)
    merge(vault, StoreRows(other.database), now=NOW)
    once = substance(vault)
    again = merge(vault, StoreRows(other.database), now=NOW + timedelta(days=1))
    assert not again.changed
    assert substance(vault) == once


def test_the_other_vault_is_not_changed(vault: Vault, other: Vault) -> None:
    fill(vault, range(3))
    fill(other, range(5), offset=1)
    before = substance(other), other.generation
    merge(vault, StoreRows(other.database), now=NOW)
    assert (substance(other), other.generation) == before


def test_a_failure_halfway_changes_nothing(vault: Vault, other: Vault) -> None:
    fill(vault, range(2))
    fill(other, range(5), offset=1)
    other.database.rows("PRAGMA foreign_keys=OFF")
    other.database.rows("DELETE FROM content WHERE sha256 = "
                        "(SELECT data_sha256 FROM credential ORDER BY serial DESC LIMIT 1)")
    before = substance(vault)
    with pytest.raises(VaultError) as caught:
        merge(vault, StoreRows(other.database), now=NOW)
    assert caught.value.reason.code is ReasonCode.VAULT_DAMAGED
    assert substance(vault) == before


def test_every_table_was_decided_about() -> None:
    names = {statement.split()[2] for statement in TABLES if statement.startswith("CREATE TABLE")}
    beside = {"content", "evidence_fact", "bundle_item"}  # brought with what they belong to
    assert names == set(PARTS) | NOT_TAKEN | beside


def test_the_higher_generation_counts_on(vault: Vault, other: Vault) -> None:
    fill(other, range(3))
    merge(vault, StoreRows(other.database), now=NOW, newest=500)
    assert vault.generation > 500


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(0, 6)), st.sets(st.integers(0, 6)), st.sets(st.integers(0, 6)))
def test_order_does_not_matter_and_twice_is_once(template: Template, mine: set[int], theirs: set[int],
                                                 binned: set[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        vaults = []
        for name, numbers in (("a", mine), ("b", theirs), ("c", mine), ("d", theirs)):
            opened = template.open(Path(folder) / name)
            for number in sorted(numbers):
                opened.add(numbered(number), now=NOW + timedelta(minutes=number))
                if number in binned and name in "bd":
                    opened.to_bin([opened.list()[0].id], now=NOW)
            vaults.append(opened)
        a, b, c, d = vaults
        merge(a, StoreRows(b.database), now=NOW)
        merge(d, StoreRows(c.database), now=NOW)
        assert substance(a) == substance(d)
        once = substance(a)
        assert not merge(a, StoreRows(d.database), now=NOW).changed
        assert substance(a) == once
        assert {row["sha256"] for row in StoreRows(a.database).rows("credential")} == {
            numbered(number).sha256 for number in mine | theirs}
        for one in vaults:
            one.close()
