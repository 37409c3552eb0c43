"""Keeping the wallet well: backup, restore, a check-up."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from enum import StrEnum, unique
from pathlib import Path

from wallet import __version__
from wallet.model.errors import CancelledError, WalletError
from wallet.model.reasons import Reason
from wallet.vault.backup import BackupSummary, check_backup, restore_backup, write_backup
from wallet.vault.backups import ENDING, BackupFile
from wallet.vault.container import Secret, read_vault_header
from wallet.vault.integrity import check_integrity

from .files import walk
from .logged import logged
from .progress import Progress, stepping
from .session import Services, Session
from .wallets import session_of, wallet_exists

__all__ = ["BackupFile", "BackupSummary", "Finding", "FindingCode", "back_up", "doctor", "list_backups",
           "look_over", "open_backup", "restore_wallet", "wallet_id"]

BACKUP_ENDING = ENDING


@logged
def back_up(session: Session, target: Path, progress: Progress | None = None) -> BackupSummary:
    """Write one encrypted file with everything, open it again and verify it before returning.

    Raises:
        CancelledError: Nothing is left then.
        VaultError: BACKUP_EXISTS, FOLDER_UNWRITABLE, DISK_FULL.
    """
    return write_backup(session.vault, target, now=session.now(), step=stepping(progress))


@logged
def open_backup(source: Path, secret: Secret, progress: Progress | None = None) -> BackupSummary:
    """Say what a backup holds, after opening all of it.

    Raises:
        CancelledError: As told by `progress`.
        VaultError: BACKUP_DAMAGED, VAULT_WRONG_PASSPHRASE and kin.
    """
    return check_backup(source, secret, stepping(progress))


@logged
def restore_wallet(services: Services, source: Path, folder: Path, secret: Secret,
                   progress: Progress | None = None) -> Session:
    """Make a wallet in a new folder from a backup; never writes over an existing one.

    Raises:
        CancelledError: Nothing is left then.
        VaultError: VAULT_EXISTS, BACKUP_DAMAGED, VAULT_WRONG_PASSPHRASE and kin.
    """
    return session_of(services, restore_backup(source, folder, secret, now=services.clock(),
                                               step=stepping(progress)))


def list_backups(folder: Path) -> tuple[Path, ...]:
    """Return the backup files in a folder, by name."""
    return tuple(path for path in walk([folder]) if path.suffix == BACKUP_ENDING)


def wallet_id(folder: Path) -> str:
    """Return the id that a wallet shares with its backups, "" if its head cannot be read. Needs no secret."""
    try:
        return read_vault_header(folder).header.vault_id
    except WalletError:
        return ""


@unique
class FindingCode(StrEnum):
    """What a check-up looks at."""

    PROGRAM = "program"
    CONTEXTS = "contexts"
    WALLET = "wallet"
    STORE = "store"
    CREDENTIALS = "credentials"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check-up.

    Attributes:
        good: Whether it is as it should be.
        facts: Name and value; holds no claim and no path.
        problem: What is wrong, None if it is good.
    """

    code: FindingCode
    good: bool
    facts: tuple[tuple[str, str], ...] = ()
    problem: Reason | None = None


def look_over(session: Session, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Read everything in the open wallet and say whether it is whole. Changes nothing.

    Raises:
        CancelledError: As told by `progress`.
    """
    return tuple(_look_inside(session, progress))


@logged
def doctor(services: Services, session: Session | None = None) -> tuple[Finding, ...]:
    """Look the program and, if one is opened, the wallet over. Changes nothing and never raises."""
    found = [
        Finding(FindingCode.PROGRAM, good=True, facts=(
            ("version", __version__), ("python", platform.python_version()),
            ("system", f"{platform.system()} {platform.machine()}"))),
        Finding(FindingCode.CONTEXTS, good=True, facts=(
            ("pinned", str(len(services.contexts.addresses()))),)),
        Finding(FindingCode.WALLET, good=True, facts=(
            ("found", "yes" if wallet_exists(services.vault_folder) else "no"),)),
    ]
    if session:
        found.extend(_look_inside(session))
    return tuple(found)


def _look_inside(session: Session, progress: Progress | None = None) -> list[Finding]:
    try:
        check_integrity(session.vault, stepping(progress))
    except CancelledError:
        raise
    except WalletError as error:
        return [Finding(FindingCode.STORE, good=False, problem=error.reason)]
    return [
        Finding(FindingCode.STORE, good=True),
        Finding(FindingCode.CREDENTIALS, good=True, facts=(
            ("kept", str(session.vault.count())),
            ("in the bin", str(session.vault.count(binned=True))))),
        Finding(FindingCode.EVIDENCE, good=True, facts=(("documents", str(session.kept_documents())),)),
    ]
