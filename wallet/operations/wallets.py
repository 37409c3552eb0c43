"""Making, opening and closing a wallet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason
from wallet.vault.container import (
    Passphrase,
    RecoveryCode,
    Secret,
    create_vault,
    open_vault,
    vault_exists,
)
from wallet.vault.evidence import VaultEvidence
from wallet.vault.known_copies import known_generation, note_generation
from wallet.vault.slots import change_passphrase
from wallet.vault.store import Vault

from .evidence import kept_contexts
from .lists import lists_in_force
from .logged import logged
from .passphrase import demand_strength
from .session import Services, Session

__all__ = ["Created", "Passphrase", "RecoveryCode", "Secret", "accept_copy", "create_wallet",
           "known_copies_file", "lock", "noted", "renew_passphrase", "session_of", "unlock_wallet",
           "wallet_exists"]


@dataclass(frozen=True, slots=True)
class Created:
    """A new wallet.

    Attributes:
        session: Opened.
        recovery_code: Shown once, to be printed; nobody can make it again.
    """

    session: Session
    recovery_code: str = field(repr=False)


def wallet_exists(folder: Path) -> bool:
    """Return whether a wallet lies in that folder."""
    return vault_exists(folder)


@logged
def create_wallet(services: Services, folder: Path, passphrase: str) -> Created:
    """Make a new wallet with a holder key and open it.

    Raises:
        OperationError: PASSPHRASE_EMPTY, PASSPHRASE_WEAK.
        VaultError: VAULT_EXISTS, VAULT_UNSAFE_PLACE, FOLDER_UNWRITABLE, DISK_FULL.
    """
    demand_strength(passphrase)
    made = create_vault(folder, passphrase, now=services.clock())
    return Created(session_of(services, made.vault), made.recovery_code)


@logged
def unlock_wallet(services: Services, folder: Path, secret: Secret) -> Session:
    """Open an existing wallet; never makes one.

    Raises:
        VaultError: VAULT_MISSING, VAULT_WRONG_PASSPHRASE, VAULT_WRONG_RECOVERY_CODE, RECOVERY_CODE_TYPO,
            VAULT_DAMAGED, VAULT_NEWER, VAULT_BUSY, VAULT_UNSAFE_PLACE.
    """
    return noted(services, open_vault(folder, secret, now=services.clock()))


def noted(services: Services, vault: Vault, *, remembered: int = 0) -> Session:
    """Return the session of a vault that was just opened, with a warning if it was further along before.

    Args:
        services: The program, whose configuration folder has a memory for this.
        vault: Opened.
        remembered: What another memory says.
    """
    memory = known_copies_file(services)
    if vault.generation < max(remembered, known_generation(memory, vault.id)):
        older = reason(ReasonCode.VAULT_OLDER_COPY)
        vault.warnings = (*(one for one in vault.warnings if one != older), older)
    note_generation(memory, vault.id, vault.generation)
    return session_of(services, vault)


def accept_copy(session: Session) -> None:
    """Take this copy for the present one, so that nothing warns of it any more."""
    vault = session.vault
    note_generation(known_copies_file(session.services), vault.id, vault.generation, anew=True)


def known_copies_file(services: Services) -> Path:
    """Return the file that remembers how far each wallet had come."""
    return services.config_file.with_name("known-wallets.json")


@logged
def renew_passphrase(services: Services, folder: Path, secret: Secret, new: str, *,
                     session: Session | None = None) -> None:
    """Change the passphrase; the old or the new one opens at every moment, never neither.

    Args:
        services: The program.
        folder: The wallet's.
        secret: What opens it now, asked for again.
        new: What opens it then.
        session: Of this wallet, where it is open in this program.

    Raises:
        OperationError: PASSPHRASE_EMPTY, PASSPHRASE_WEAK.
        VaultError: As `unlock_wallet`, and FOLDER_UNWRITABLE, DISK_FULL.
    """
    demand_strength(new)
    change_passphrase(folder, secret, new, now=services.clock(), vault=session.vault if session else None)


@logged
def lock(session: Session) -> None:
    """Close the wallet, let go of its keys and remember how far it had come. Doing so twice is harmless.

    What a window shows is the window's to destroy; what this leaves of keys in memory is what Python
    itself cannot wipe.
    """
    with suppress(VaultError):  # closed already, or on a disk that is gone
        vault = session.vault
        note_generation(known_copies_file(session.services), vault.id, vault.generation)
    session.vault.close()


def session_of(services: Services, vault: Vault) -> Session:
    """Return the session of an opened vault."""
    session = Session(services, vault, kept_contexts(services.contexts, VaultEvidence(vault)))
    session.lists = lists_in_force(session)
    return session
