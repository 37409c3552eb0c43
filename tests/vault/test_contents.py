from __future__ import annotations

import hashlib

import pytest

from tests.vault.vaults import NOW, document, record
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.contents import altered_contents, content, drop_unheld, keep_content
from wallet.vault.store import Vault


def test_bytes_are_found_by_their_hash(vault: Vault) -> None:
    with vault.transaction():
        sha256 = keep_content(vault.database, b"bytes")
        assert keep_content(vault.database, b"bytes") == sha256 == hashlib.sha256(b"bytes").hexdigest()
    assert content(vault.database, sha256) == b"bytes"


def test_bytes_that_are_gone_are_damage(vault: Vault) -> None:
    with pytest.raises(VaultError) as caught:
        content(vault.database, "00" * 32)
    assert caught.value.reason.code is ReasonCode.VAULT_DAMAGED


def test_only_what_nothing_holds_is_dropped(vault: Vault) -> None:
    vault.add(record(b"payload", picture=b"picture", evidence=(document(data=b"evidence"),)), now=NOW)
    with vault.transaction():
        loose = keep_content(vault.database, b"loose")
        held = [hashlib.sha256(data).hexdigest() for data in (b"payload", b"picture", b"evidence")]
        drop_unheld(vault.database, [*held, loose])
    left = {sha256 for (sha256,) in vault.database.rows("SELECT sha256 FROM content")}
    assert left == set(held)


def test_altered_bytes_are_counted(vault: Vault) -> None:
    vault.add(record(), now=NOW)
    assert altered_contents(vault.database) == 0
    vault.database.rows("UPDATE content SET data = CAST('other' AS BLOB)")
    assert altered_contents(vault.database) == 1
