"""Changing who gets in: another passphrase, another recovery code, quick unlock on and off.

Each wraps the same data key anew and replaces the header, nothing else: at every moment the old way in or
the new one opens. Copies and backups made before still open as before; another data key is `rotation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

from .cipher import FLOOR, KdfParameters, VaultKeys, tuned_parameters
from .container import opened
from .header import FORMAT_VERSION, Header, HeaderKind, KeychainFields, SlotType, read_header, write_header
from .places import HEADER_NAME, replace_file, safe_folder
from .recovery import recovery_entropy
from .store import Vault
from .unlocking import (
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


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A vault that may be written, together with its data key."""

    vault: Vault
    header: Header
    data_key: bytes = field(repr=False)
    keys: VaultKeys


@contextmanager
def unlocked(folder: Path, secret: Secret, *, now: datetime, vfs: str = "",
             vault: Vault | None = None) -> Iterator[Unlocked]:
    """Open a vault for an act on its keys, and close it again.

    Args:
        folder: Where it lies.
        secret: Asked for again even where the vault is open: nobody changes keys on a desk left alone.
        now: For the clock's warnings.
        vfs: Another file layer below the encryption, for fault injection.
        vault: The same vault where this program has it open already; it stays open.

    Raises:
        VaultError: VAULT_READ_ONLY, and as `container.open_vault`.
    """
    place = safe_folder(folder)
    sealed = read_vault_header(place)
    data_key, keys = unlock(sealed, secret)
    used = vault or opened(place, sealed.header, keys, now=now, vfs=vfs)
    try:
        if used.read_only:
            raise VaultError(reason(ReasonCode.VAULT_READ_ONLY))
        yield Unlocked(used, read_vault_header(place).header, data_key, keys)
    finally:
        if used is not vault:
            used.close()


def change_passphrase(folder: Path, secret: Secret, new: str, *, now: datetime,
                      kdf: KdfParameters | None = None, vfs: str = "", vault: Vault | None = None) -> None:
    """Wrap the data key for a new passphrase. The cost of a guess never falls. Arguments as `unlocked`.

    Raises:
        VaultError: PASSPHRASE_EMPTY, FOLDER_UNWRITABLE, DISK_FULL, and as `unlocked`. The old passphrase
            still opens then, unless the system failed only after the header was replaced.
    """
    if not new:
        raise VaultError(reason(ReasonCode.PASSPHRASE_EMPTY))
    with unlocked(folder, secret, now=now, vfs=vfs, vault=vault) as found:
        slot = passphrase_slot(found.data_key, found.vault.id, new, kdf or renewed_cost(found.header))
        _replace_header(found, lambda header: header.with_slot(slot, generation=found.vault.generation),
                        Passphrase(new))


def change_recovery_code(folder: Path, secret: Secret, new: str, *, now: datetime,
                         vault: Vault | None = None) -> None:
    """Let another recovery code open the vault in the place of the one before. Arguments as `unlocked`.

    Raises:
        VaultError: RECOVERY_CODE_TYPO, FOLDER_UNWRITABLE, DISK_FULL, and as `unlocked`.
    """
    entropy = recovery_entropy(new)
    with unlocked(folder, secret, now=now, vault=vault) as found:
        slot = recovery_slot(found.data_key, found.vault.id, entropy)
        _replace_header(found, lambda header: header.with_slot(slot, generation=found.vault.generation),
                        RecoveryCode(new))


def add_keychain_slot(found: Unlocked, entry: bytes, fields: KeychainFields) -> None:
    """Let an entry of the keychain open the vault too.

    Raises:
        VaultError: FOLDER_UNWRITABLE, DISK_FULL, VAULT_BUSY.
    """
    slot = keychain_slot(found.data_key, found.vault.id, entry, fields)
    _replace_header(found, lambda header: header.with_slot(slot, generation=found.vault.generation),
                    QuickUnlock(entry))


def drop_keychain_slot(vault: Vault) -> None:
    """Take quick unlock out of the header of an opened vault. Doing so twice is harmless.

    Raises:
        VaultError: VAULT_READ_ONLY, VAULT_LOCKED, FOLDER_UNWRITABLE, DISK_FULL, VAULT_BUSY.
    """
    if vault.read_only:
        raise VaultError(reason(ReasonCode.VAULT_READ_ONLY))
    keys = vault.keys
    with vault.database.write_lock():
        current = read_vault_header(vault.folder)
        current.demand_authentic(keys)
        if current.header.slot(SlotType.KEYCHAIN):
            header = current.header.without(SlotType.KEYCHAIN)
            replace_file(vault.folder / HEADER_NAME, write_header(header, keys))


def renewed_cost(header: Header) -> KdfParameters:
    """Measure this machine anew; never below what the vault has now."""
    slot = header.slot(SlotType.PASSPHRASE)
    return tuned_parameters(slot.kdf if slot and slot.kdf else FLOOR)


def proven_header(header: Header, keys: VaultKeys, data_key: bytes, *secrets: Secret) -> bytes:
    """Return the header's bytes after opening them with each of these as the next start will."""
    data = write_header(header, keys)
    for secret in secrets:
        if unlock(read_header(data, HeaderKind.VAULT), secret)[0] != data_key:
            raise VaultError(reason(ReasonCode.INTERNAL_ERROR, kind="header"))
    return data


def _replace_header(found: Unlocked, change: Callable[[Header], Header], proof: Secret) -> None:
    place = found.vault.folder
    # The store's write lock keeps a second change out; nothing is written to the store itself.
    with found.vault.database.write_lock():
        current = read_vault_header(place)
        current.demand_authentic(found.keys)
        # An older program would not know what stands in it now.
        header = replace(change(current.header), version=max(current.header.version, FORMAT_VERSION))
        replace_file(place / HEADER_NAME, proven_header(header, found.keys, found.data_key, proof))
