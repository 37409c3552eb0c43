from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.vaults import PASSPHRASE, Template
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.cipher import FLOOR, vault_keys
from wallet.vault.header import Header, KeychainFields, SealedHeader
from wallet.vault.recovery import new_entropy, recovery_text
from wallet.vault.unlocking import (
    Passphrase,
    QuickUnlock,
    RecoveryCode,
    Secret,
    keychain_slot,
    passphrase_slot,
    read_vault_header,
    recovery_slot,
    unlock,
)

DATA_KEY, ID = b"d" * 32, "0123456789abcdef" * 2
FIELDS = KeychainFields("some.Keyring", "2026-11-21T12:00:00+00:00", "2026-12-05T12:00:00+00:00")
ENTROPY = b"e" * 16
SECRETS = (Passphrase("green bicycle"), RecoveryCode(recovery_text(ENTROPY)), QuickUnlock(b"k" * 32))


def sealed() -> SealedHeader:
    from wallet.vault.header import HeaderKind, read_header, write_header

    slots = (passphrase_slot(DATA_KEY, ID, "green bicycle", FLOOR), recovery_slot(DATA_KEY, ID, ENTROPY),
             keychain_slot(DATA_KEY, ID, b"k" * 32, FIELDS))
    return read_header(write_header(Header((1, 1), ID, 0, slots), vault_keys(DATA_KEY)), HeaderKind.VAULT)


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: type(secret).__name__)
def test_each_secret_opens_its_own_slot(secret: Secret) -> None:
    data_key, keys = unlock(sealed(), secret)
    assert data_key == DATA_KEY
    assert keys == vault_keys(DATA_KEY)


@pytest.mark.parametrize(("secret", "code"), [
    (Passphrase("green tricycle"), ReasonCode.VAULT_WRONG_PASSPHRASE),
    (RecoveryCode(recovery_text(new_entropy())), ReasonCode.VAULT_WRONG_RECOVERY_CODE),
    (RecoveryCode("no code"), ReasonCode.RECOVERY_CODE_TYPO),
    (QuickUnlock(b"x" * 32), ReasonCode.KEYCHAIN_LOST),
    (QuickUnlock(b""), ReasonCode.KEYCHAIN_LOST),
], ids=["passphrase", "code", "typo", "entry", "no entry"])
def test_a_wrong_secret_is_named_by_its_kind(secret: Secret, code: ReasonCode) -> None:
    with pytest.raises(VaultError) as caught:
        unlock(sealed(), secret)
    assert caught.value.reason.code is code


def test_a_vault_without_quick_unlock_says_so(template: Template) -> None:
    with pytest.raises(VaultError) as caught:
        unlock(read_vault_header(template.folder), QuickUnlock(b"k" * 32))
    assert caught.value.reason.code is ReasonCode.KEYCHAIN_LOST


def test_where_there_is_no_header(tmp_path: Path) -> None:
    with pytest.raises(VaultError) as caught:
        read_vault_header(tmp_path)
    assert caught.value.reason.code is ReasonCode.VAULT_MISSING


def test_secrets_are_never_printed() -> None:
    for secret in (*SECRETS, Passphrase(PASSPHRASE)):
        assert repr(secret) == f"{type(secret).__name__}()"
