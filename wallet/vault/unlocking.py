"""From a header and a secret to the data key, and from the data key to a slot for another secret.

What the header's bytes are is in `header`, how keys come from secrets in `cipher`. Where the entry of the
keychain comes from, and until when it counts, is in `keychain`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from wallet.model.errors import VaultError
from wallet.model.limits import MAX_VAULT_HEADER_BYTES
from wallet.model.reasons import ReasonCode, reason

from .cipher import (
    NONCE_BYTES,
    SALT_BYTES,
    KdfParameters,
    VaultKeys,
    keychain_key,
    passphrase_key,
    recovery_key,
    vault_keys,
)
from .header import (
    HeaderKind,
    KeychainFields,
    SealedHeader,
    Slot,
    SlotType,
    make_slot,
    open_slot,
    read_header,
)
from .places import HEADER_NAME, read_bounded, vault_exists
from .recovery import recovery_entropy


@dataclass(frozen=True, slots=True)
class Passphrase:
    """The secret a person remembers."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """The secret a person printed."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class QuickUnlock:
    """The secret this computer's keychain keeps: see `keychain.fetch`."""

    entry: bytes = field(repr=False)


Secret: TypeAlias = Passphrase | RecoveryCode | QuickUnlock


def read_vault_header(place: Path) -> SealedHeader:
    """Read the header of the vault in that folder.

    Raises:
        VaultError: VAULT_MISSING, VAULT_DAMAGED, VAULT_NEWER, VAULT_UNSAFE_PLACE.
    """
    if not vault_exists(place):
        raise VaultError(reason(ReasonCode.VAULT_MISSING))
    if not (place / HEADER_NAME).exists():
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="header"))
    data = read_bounded(place / HEADER_NAME, MAX_VAULT_HEADER_BYTES)
    sealed = read_header(data, HeaderKind.VAULT)
    if sealed.length != len(data):
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="header"))
    return sealed


def unlock(sealed: SealedHeader, secret: Secret) -> tuple[bytes, VaultKeys]:
    """Return the data key and what is derived from it; every byte of the header is authentic then.

    Raises:
        VaultError: VAULT_WRONG_PASSPHRASE, VAULT_WRONG_RECOVERY_CODE, RECOVERY_CODE_TYPO, KEYCHAIN_LOST,
            VAULT_DAMAGED, VAULT_MEMORY.
    """
    # A code is read before its slot is looked for: a slip in it is a slip whatever the header says.
    entropy = recovery_entropy(secret.text) if isinstance(secret, RecoveryCode) else b""
    type_, wrong = _WAYS_IN[type(secret)]
    slot = sealed.header.slot(type_)
    if slot is None:
        raise VaultError(reason(wrong))
    data_key = open_slot(sealed.header, slot, _wrapping_key(secret, slot, entropy))
    if data_key is None:
        raise VaultError(reason(wrong))
    keys = vault_keys(data_key)
    sealed.demand_authentic(keys)
    return data_key, keys


def passphrase_slot(data_key: bytes, vault_id: str, passphrase: str, kdf: KdfParameters) -> Slot:
    """Wrap the data key for a passphrase. Raises as `passphrase_key`."""
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    wrapping_key = passphrase_key(passphrase, salt, kdf)
    return make_slot(data_key, vault_id, SlotType.PASSPHRASE, wrapping_key, salt=salt, nonce=nonce, kdf=kdf)


def recovery_slot(data_key: bytes, vault_id: str, entropy: bytes) -> Slot:
    """Wrap the data key for a recovery code."""
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    return make_slot(data_key, vault_id, SlotType.RECOVERY, recovery_key(entropy, salt), salt=salt,
                     nonce=nonce, kdf=None)


def keychain_slot(data_key: bytes, vault_id: str, entry: bytes, fields: KeychainFields) -> Slot:
    """Wrap the data key for the entry of a keychain."""
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    return make_slot(data_key, vault_id, SlotType.KEYCHAIN, keychain_key(entry, salt), salt=salt, nonce=nonce,
                     kdf=None, keychain=fields)


_WAYS_IN = {
    Passphrase: (SlotType.PASSPHRASE, ReasonCode.VAULT_WRONG_PASSPHRASE),
    RecoveryCode: (SlotType.RECOVERY, ReasonCode.VAULT_WRONG_RECOVERY_CODE),
    QuickUnlock: (SlotType.KEYCHAIN, ReasonCode.KEYCHAIN_LOST),
}


def _wrapping_key(secret: Secret, slot: Slot, entropy: bytes) -> bytes:
    if isinstance(secret, QuickUnlock):
        return keychain_key(secret.entry, slot.salt)
    if isinstance(secret, RecoveryCode) or slot.kdf is None:
        return recovery_key(entropy, slot.salt)
    return passphrase_key(secret.text, slot.salt, slot.kdf)
