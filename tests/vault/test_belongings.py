from __future__ import annotations

from datetime import timedelta

import pytest

from tests.vault.vaults import NOW, Template
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.model.sharing import Channel, ShareRecord
from wallet.vault.container import open_vault
from wallet.vault.store import Vault


def share(share_id: str = "", *, days: int = 0, audience: str = "Harbor Ltd") -> ShareRecord:
    return ShareRecord(share_id, NOW + timedelta(days=days), Channel.PACK, audience, ("abc", "def"),
                       ("Data analysis", "Schweißen"), NOW + timedelta(days=30))


def test_the_log_is_newest_first_and_complete(vault: Vault) -> None:
    vault.log_share(share("first"))
    vault.log_share(share("third", days=2))
    vault.log_share(share("second", days=1))
    assert vault.shares() == (share("third", days=2), share("second", days=1), share("first"))


def test_a_line_without_id_is_given_one(vault: Vault) -> None:
    ids = {vault.log_share(share()) for _ in range(3)}
    assert len(ids) == 3
    assert {one.id for one in vault.shares()} == ids


def test_the_log_can_be_emptied(vault: Vault) -> None:
    vault.log_share(share())
    vault.forget_shares()
    assert vault.shares() == ()


def test_settings_are_written_over_and_survive(vault: Vault, template: Template) -> None:
    assert vault.setting("language") is None
    vault.set_setting("language", "de")
    vault.set_setting("language", "uk")
    vault.set_setting("empty", "")
    vault.close()
    again = open_vault(vault.folder, template.secret, now=NOW)
    assert again.setting("language") == "uk"
    assert again.setting("empty") == ""
    again.close()


def test_the_holder_key_is_made_once_and_stays(vault: Vault, template: Template) -> None:
    seed = vault.holder_key()
    assert len(seed) == 32
    assert len(set(seed)) > 8
    vault.close()
    again = open_vault(vault.folder, template.secret, now=NOW)
    assert again.holder_key() == seed
    again.close()


def test_a_retired_key_is_not_used_and_none_is_said(vault: Vault) -> None:
    seed = vault.holder_key()
    vault.database.rows("INSERT INTO holder_key(kind, seed, label, made_at) VALUES('ed25519', ?, '', ?)",
                        (bytes(32), "2026-11-22T00:00:00+00:00"))
    assert vault.holder_key() == bytes(32)
    vault.database.rows("UPDATE holder_key SET retired_at = '2026-11-23T00:00:00+00:00' WHERE seed = ?",
                        (bytes(32),))
    assert vault.holder_key() == seed
    vault.database.rows("DELETE FROM holder_key")
    with pytest.raises(VaultError) as caught:
        vault.holder_key()
    assert caught.value.reason.code is ReasonCode.VAULT_DAMAGED
