from __future__ import annotations

import pytest

from tests.vault.vaults import NOW, document, numbered, record
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault import integrity
from wallet.vault.integrity import check_integrity
from wallet.vault.store import Vault


@pytest.fixture(params=["alone", "from two sides"])
def filled(vault: Vault, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Vault:
    if request.param == "from two sides":
        monkeypatch.setattr(integrity, "_LARGE", 0)
    for number in range(5):
        vault.add(numbered(number), now=NOW)
    vault.add(record(evidence=(document(),)), now=NOW)
    return vault


def test_a_sound_vault_is_sound(filled: Vault) -> None:
    check_integrity(filled)


@pytest.mark.parametrize(("statement", "what"), [
    ("UPDATE content SET data = CAST('other' AS BLOB) WHERE rowid = 2", "content"),
    ("UPDATE pinned SET evidence = 99", "references"),
    ("UPDATE credential SET title = 'never indexed' WHERE serial = 1", "store"),
])
def test_what_does_not_fit_together_is_named(filled: Vault, statement: str, what: str) -> None:
    filled.database.rows("PRAGMA foreign_keys=OFF")
    filled.database.rows(statement)
    with pytest.raises(VaultError) as caught:
        check_integrity(filled)
    assert caught.value.reason.code is ReasonCode.VAULT_DAMAGED
    assert caught.value.reason["what"] == what


def test_a_page_altered_on_the_disk_is_noticed(filled: Vault) -> None:
    filled.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    path = filled.database.path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    filled.database.rows("PRAGMA shrink_memory")
    with pytest.raises(VaultError) as caught:
        check_integrity(filled)
    assert caught.value.reason.code is ReasonCode.VAULT_DAMAGED


def test_afterwards_no_more_memory_is_held_than_before(filled: Vault) -> None:
    before = filled.database.value("PRAGMA cache_size")
    check_integrity(filled)
    assert filled.database.value("PRAGMA cache_size") == before
