"""One window per wallet: a second one is told that the first is open, instead of showing an older state."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from wallet.vault.container import FileLock, Secret, acquire_window_lock

from .keychain import quick_unlock
from .progress import Progress
from .session import Services, Session
from .upkeep import restore_wallet
from .wallets import create_wallet, lock, unlock_wallet


@dataclass(frozen=True, slots=True)
class WindowWallet:
    """An opened wallet that one window shows.

    Attributes:
        session: Opened.
        hold: Keeps other windows out until it is let go; None for a wallet nobody else can find.
        recovery_code: Of a new wallet, shown once; else "".
    """

    session: Session
    hold: FileLock | None = None
    recovery_code: str = ""

    def close(self) -> None:
        """Close the wallet, then let other windows in. Doing so twice is harmless."""
        lock(self.session)
        if self.hold is not None:
            self.hold.release()


def open_in_window(services: Services, folder: Path, secret: Secret) -> WindowWallet:
    """Open a wallet for one window.

    Raises:
        VaultError: VAULT_BUSY if another window shows it, before the passphrase is even tried; and as
            `unlock_wallet`.
    """
    with _Held(folder) as held:
        return WindowWallet(unlock_wallet(services, folder, secret), held.keep())


def open_quickly_in_window(services: Services, folder: Path) -> WindowWallet:
    """Open a wallet for one window with what this computer's keychain holds.

    Raises:
        VaultError: VAULT_BUSY if another window shows it; and as `quick_unlock`.
    """
    with _Held(folder) as held:
        return WindowWallet(quick_unlock(services, folder), held.keep())


def create_in_window(services: Services, folder: Path, passphrase: str) -> WindowWallet:
    """Make a wallet and open it for one window. Raises as `create_wallet`."""
    made = create_wallet(services, folder, passphrase)
    return WindowWallet(made.session, acquire_window_lock(folder), made.recovery_code)


def restore_in_window(services: Services, source: Path, folder: Path, secret: Secret,
                      progress: Progress | None = None) -> WindowWallet:
    """Make a wallet from a backup and open it for one window. Raises as `restore_wallet`."""
    session = restore_wallet(services, source, folder, secret, progress)
    return WindowWallet(session, acquire_window_lock(folder))


class _Held:
    """Holds a wallet for this window, and lets go unless it is kept."""

    def __init__(self, folder: Path) -> None:
        self._lock = acquire_window_lock(folder)
        self._kept = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if not self._kept:
            self._lock.release()

    def keep(self) -> FileLock:
        """Hold on for as long as the window shows the wallet."""
        self._kept = True
        return self._lock
