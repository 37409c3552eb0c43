"""Making, opening and closing a wallet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wallet.vault.container import (
    Passphrase,
    RecoveryCode,
    Secret,
    create_vault,
    open_vault,
    vault_exists,
)
from wallet.vault.evidence import VaultEvidence
from wallet.vault.slots import change_passphrase
from wallet.vault.store import Vault

from .evidence import kept_contexts
from .passphrase import demand_strength
from .session import Services, Session

__all__ = ["Created", "Passphrase", "RecoveryCode", "Secret", "create_wallet", "lock", "renew_passphrase",
           "session_of", "unlock_wallet", "wallet_exists"]


@dataclass(frozen=True, slots=True)
class Created:
    """A new wallet.

    Attributes:
        session: Opened.
        recovery_code: Shown once, to be printed; nobody can make it again.
    """

    session: Session
    recovery_code: str


def wallet_exists(folder: Path) -> bool:
    """Return whether a wallet lies in that folder."""
    return vault_exists(folder)


def create_wallet(services: Services, folder: Path, passphrase: str) -> Created:
    """Make a new wallet with a holder key and open it.

    Raises:
        OperationError: PASSPHRASE_EMPTY, PASSPHRASE_WEAK.
        VaultError: VAULT_EXISTS, VAULT_UNSAFE_PLACE, FOLDER_UNWRITABLE, DISK_FULL.
    """
    demand_strength(passphrase)
    made = create_vault(folder, passphrase, now=services.clock())
    return Created(session_of(services, made.vault), made.recovery_code)


def unlock_wallet(services: Services, folder: Path, secret: Secret) -> Session:
    """Open an existing wallet; never makes one.

    Raises:
        VaultError: VAULT_MISSING, VAULT_WRONG_PASSPHRASE, VAULT_WRONG_RECOVERY_CODE, RECOVERY_CODE_TYPO,
            VAULT_DAMAGED, VAULT_NEWER, VAULT_BUSY, VAULT_UNSAFE_PLACE.
    """
    return session_of(services, open_vault(folder, secret, now=services.clock()))


def renew_passphrase(services: Services, folder: Path, secret: Secret, new: str) -> None:
    """Change the passphrase; the old or the new one opens at every moment, never neither.

    Raises:
        OperationError: PASSPHRASE_EMPTY, PASSPHRASE_WEAK.
        VaultError: As `unlock_wallet`, and FOLDER_UNWRITABLE, DISK_FULL.
    """
    demand_strength(new)
    change_passphrase(folder, secret, new, now=services.clock())


def lock(session: Session) -> None:
    """Close the wallet and let go of its keys."""
    session.vault.close()


def session_of(services: Services, vault: Vault) -> Session:
    """Return the session of an opened vault."""
    return Session(services, vault, kept_contexts(services.contexts, VaultEvidence(vault)))
