"""A store whose owner wrote what she liked into it: refused whole, before anything of it is believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vault.merging_vaults import fill
from tests.vault.vaults import NOW, Template, make_template
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.backup import check_backup, restore_backup, write_backup
from wallet.vault.backups import opened_copy
from wallet.vault.database import Database
from wallet.vault.row_shape import demand_sound_rows, fitting
from wallet.vault.rows import StoreRows
from wallet.vault.store import Vault

#: A statement, and what it makes of a store.
ALTERED = {
    "a day that is none": "UPDATE credential SET added_at = 'yesterday'",
    "a day without zone": "UPDATE bundle SET made_at = '2026-11-21T12:00:00'",
    "titles that are no list": "UPDATE share SET titles = '{'",
    "numbers for titles": "UPDATE share SET titles = '[1]'",
    "skills that nest too deep": "UPDATE credential SET skills = printf('%.*c', 200000, '[')",
    "details that are no object": "UPDATE event SET details = '[]'",
    "a document that is not there": "UPDATE pinned SET evidence = 999",
    "bytes of another hash": "UPDATE content SET data = x'00'",
    "a step back that is no object":
        "INSERT INTO undo(at, act, before) VALUES('2026-11-21T12:00:00Z', '', '7')",
}


@pytest.fixture
def other(tmp_path: Path) -> Iterator[tuple[Vault, Template]]:
    template = make_template(tmp_path / "other-template")
    made = template.open(tmp_path / "other")
    fill(made, range(2))
    yield made, template
    made.close()


def alter(database: Database, statement: str) -> None:
    database.rows("PRAGMA foreign_keys=OFF")
    database.rows(statement)


@pytest.mark.parametrize("what", ALTERED)
def test_a_strangers_store_with_nonsense_in_it_is_refused_everywhere(
        vault: Vault, other: tuple[Vault, Template], tmp_path: Path, what: str) -> None:
    made, template = other
    alter(made.database, ALTERED[what])
    backup = tmp_path / "other.vcwallet"
    write_backup(made, backup, now=NOW)
    for refused in (lambda: check_backup(backup, template.secret),
                    lambda: restore_backup(backup, tmp_path / "restored", template.secret, now=NOW)):
        with pytest.raises(VaultError) as caught:
            refused()
        assert caught.value.reason.code is ReasonCode.BACKUP_DAMAGED
    assert not (tmp_path / "restored" / "vault.head").exists()
    made.close()
    for source in (backup, made.folder):
        with pytest.raises(VaultError) as caught, opened_copy(vault, source, template.secret, now=NOW):
            pass
        assert caught.value.reason.code in (ReasonCode.BACKUP_DAMAGED, ReasonCode.VAULT_DAMAGED)


def test_a_store_as_the_program_makes_it_passes(other: tuple[Vault, Template], template: Template,
                                                tmp_path: Path) -> None:
    demand_sound_rows(other[0].database)
    empty = template.open(tmp_path / "empty")
    demand_sound_rows(empty.database)
    empty.close()


def test_a_row_is_told_by_its_table(vault: Vault) -> None:
    fits = fitting(vault.database, "setting")
    assert fits({"name": "one", "value": "two"})
    assert not fits({"name": "one"})
    assert not fits({"name": "one", "value": 2})
    assert not fits({"name": "one", "value": "\ud800"})
    assert not fits({"serial": [], "name": "one", "value": "two"})
    keys = list(StoreRows(vault.database).rows("holder_key"))
    assert list(map(fitting(vault.database, "holder_key"), keys)) == [True]
