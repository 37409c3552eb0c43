"""Quick unlock on this computer: on, off, and how it stands. Losing it costs one typed passphrase."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wallet.model.errors import VaultError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.vault.container import open_vault
from wallet.vault.header import Header, KeychainFields, SlotType
from wallet.vault.keychain import (
    DEFAULT_DAYS,
    MAX_DAYS,
    Keychain,
    demand_in_time,
    fetch,
    new_entry,
    slot_fields,
)
from wallet.vault.places import safe_folder
from wallet.vault.records import date_from_text
from wallet.vault.slots import add_keychain_slot, drop_keychain_slot, unlocked
from wallet.vault.unlocking import Secret, read_vault_header

from .logged import logged
from .session import Services, Session
from .wallets import noted

__all__ = ["DEFAULT_DAYS", "MAX_DAYS", "Keychain", "QuickUnlockStatus", "forget_entry", "quick_unlock",
           "quick_unlock_status", "switch_off", "switch_on"]


@dataclass(frozen=True, slots=True)
class QuickUnlockStatus:
    """How quick unlock stands for one wallet.

    Attributes:
        on: Whether the wallet has it, in time or not.
        backend: The class of the keychain that holds its key; "" where it is off.
        until: When it ends or ended; None where it is off.
        problem: Why it would not open the wallet now; None if it might.
    """

    on: bool = False
    backend: str = ""
    until: datetime | None = None
    problem: Reason | None = None


def quick_unlock_status(services: Services, folder: Path) -> QuickUnlockStatus:
    """Say how it stands, from the header alone: neither the keychain nor a passphrase is asked.

    Raises:
        VaultError: VAULT_MISSING, VAULT_DAMAGED, VAULT_NEWER, VAULT_UNSAFE_PLACE.
    """
    fields = _fields(read_vault_header(safe_folder(folder)).header)
    if fields is None:
        return QuickUnlockStatus(problem=reason(ReasonCode.QUICK_UNLOCK_OFF))
    problem, until = None, None
    try:
        until = date_from_text(fields.until)
        demand_in_time(fields, services.clock())
    except ValueError:
        problem = reason(ReasonCode.VAULT_DAMAGED, what="header")
    except VaultError as error:
        problem = error.reason
    return QuickUnlockStatus(True, fields.backend, until, problem)


@logged
def switch_on(services: Services, folder: Path, secret: Secret, *, days: int = DEFAULT_DAYS,
              keychain: Keychain | None = None, session: Session | None = None) -> QuickUnlockStatus:
    """Let this computer's keychain open the wallet for some days.

    Args:
        services: The program.
        folder: The wallet's.
        secret: The passphrase, asked for again.
        days: 1 to 90.
        keychain: Whose patience suits a person who has to unlock it; None for the real one, which waits
            two seconds.
        session: Of this wallet, where it is open in this program.

    Raises:
        VaultError: KEYCHAIN_NONE, KEYCHAIN_SILENT, KEYCHAIN_LOST (what it kept was not what it was given),
            VAULT_WRONG_PASSPHRASE and kin, FOLDER_UNWRITABLE, DISK_FULL. Quick unlock is off then, or as
            it was before.
    """
    now, used = services.clock(), keychain or Keychain()
    with unlocked(folder, secret, now=now, vault=session.vault if session else None) as found:
        before, entry = _fields(found.header), new_entry()
        backend = used.keep(found.vault.id, entry)
        try:
            add_keychain_slot(found, entry, slot_fields(backend, now=now, days=days))
        except VaultError:
            with suppress(VaultError):
                used.forget(found.vault.id, backend)
            raise
        if before and before.backend != backend:
            with suppress(VaultError):  # an entry that opens nothing any more
                used.forget(found.vault.id, before.backend)
        with suppress(VaultError):  # a memory for a warning, no more
            used.note_generation(found.vault.id, backend, found.vault.generation)
    return quick_unlock_status(services, folder)


@logged
def switch_off(session: Session, keychain: Keychain | None = None) -> bool:
    """Take quick unlock away, from the wallet and from the keychain; also "forget this device".

    Returns:
        Whether the keychain removed its entry. One that is left opens nothing.

    Raises:
        VaultError: VAULT_READ_ONLY, FOLDER_UNWRITABLE, DISK_FULL.
    """
    fields = _fields(read_vault_header(session.vault.folder).header)
    drop_keychain_slot(session.vault)
    return fields is None or _forgotten(keychain or Keychain(), session.vault.id, fields)


@logged
def forget_entry(folder: Path, keychain: Keychain | None = None) -> bool:
    """Remove the keychain's entry of a locked wallet, so that only its passphrase or code opens it.

    Returns:
        Whether it is gone.

    Raises:
        VaultError: VAULT_MISSING, VAULT_DAMAGED, VAULT_NEWER, VAULT_UNSAFE_PLACE.
    """
    header = read_vault_header(safe_folder(folder)).header
    fields = _fields(header)
    return fields is None or _forgotten(keychain or Keychain(), header.vault_id, fields)


@logged
def quick_unlock(services: Services, folder: Path, keychain: Keychain | None = None) -> Session:
    """Open the wallet with what the keychain holds. An answer comes within the keychain's patience.

    Raises:
        VaultError: QUICK_UNLOCK_OFF, QUICK_UNLOCK_ENDED, KEYCHAIN_NONE, KEYCHAIN_SILENT, KEYCHAIN_LOST: ask
            for the passphrase then. Else as `unlock_wallet`.
    """
    now, used = services.clock(), keychain or Keychain()
    header = read_vault_header(safe_folder(folder)).header
    try:
        secret, generation = fetch(header, used, now=now)
    except VaultError as error:
        if error.reason.code is ReasonCode.QUICK_UNLOCK_ENDED:
            forget_entry(folder, used)
        raise
    session = noted(services, open_vault(folder, secret, now=now), remembered=generation or 0)
    fields = _fields(header)
    if fields and session.vault.generation > (generation or 0):
        with suppress(VaultError):
            # Not waited for: the wallet is open, and the number is only for a warning.
            Keychain(used.source, 0).note_generation(session.vault.id, fields.backend,
                                                     session.vault.generation)
    return session


def _fields(header: Header) -> KeychainFields | None:
    slot = header.slot(SlotType.KEYCHAIN)
    return slot.keychain if slot else None


def _forgotten(keychain: Keychain, vault_id: str, fields: KeychainFields) -> bool:
    try:
        keychain.forget(vault_id, fields.backend)
    except VaultError:
        return False
    return True
