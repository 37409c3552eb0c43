"""Quick unlock: a random key of its own in this computer's keychain, as a convenience beside the passphrase.

The keychain never holds the passphrase, the recovery code or the data key; its entry opens one slot of one
vault, and losing it costs one typed passphrase. Only four backends are accepted, each built here by name:
what the `keyring` library would choose from its configuration, its environment or its plug-ins is not
asked, since that may be a file without encryption, or one that keeps nothing at all.

A keychain may be locked and wait for a person. So every question is asked in a thread of its own, which is
left behind when it does not answer in time. `keyring` is imported there, when somebody asks.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from threading import Thread
from typing import Any, Final, Protocol, TypeAlias, TypeVar

from wallet.model.errors import VaultError, WalletError
from wallet.model.reasons import ReasonCode, reason

from .cipher import KEY_BYTES
from .header import Header, KeychainFields, SlotType
from .records import date_from_text, date_text
from .unlocking import QuickUnlock

SERVICE: Final = "learner-wallet quick unlock"
PATIENCE_S: Final = 2.0
DEFAULT_DAYS: Final = 14
MAX_DAYS: Final = 90
#: The accepted backends, by module and class.
ALLOWED: Final = (
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
)
#: A clock this much before the day quick unlock was switched on was set back.
_CLOCK_TOLERANCE: Final = timedelta(days=1)
_COUNTER: Final = " generation"

_Answered = TypeVar("_Answered")


class Entries(Protocol):
    """What is used of a keyring backend. Each call may block, and may raise anything."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return an entry, None if there is none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep an entry."""

    def delete_password(self, service: str, username: str) -> None:
        """Remove an entry."""


#: From the name of a backend's class ("" for any) to the name and the backend; runs where it may block.
Source: TypeAlias = Callable[[str], tuple[str, Entries]]


def allowed_backend(wanted: str) -> tuple[str, Entries]:
    """Return the accepted backend of this system that keyring likes best, or the wanted one.

    Raises:
        VaultError: KEYCHAIN_NONE.
    """
    found: list[tuple[float, str, Any]] = []
    for module, name in ALLOWED:
        if wanted in ("", f"{module}.{name}"):
            backend = getattr(import_module(module), name)
            if backend.viable:
                found.append((float(backend.priority), f"{module}.{name}", backend))
    if not found:
        raise VaultError(reason(ReasonCode.KEYCHAIN_NONE))
    _, full_name, best = max(found, key=lambda one: one[0])
    return full_name, demand_allowed(best())


def demand_allowed(backend: Any) -> Entries:
    """Return the backend if its class is exactly one of the accepted ones, and not merely derived from one.

    Raises:
        VaultError: KEYCHAIN_NONE, with the name of what was refused.
    """
    kind = type(backend)
    if (kind.__module__, kind.__qualname__) not in ALLOWED:
        raise VaultError(reason(ReasonCode.KEYCHAIN_NONE, found=f"{kind.__module__}.{kind.__qualname__}"))
    accepted: Entries = backend
    return accepted


@dataclass(frozen=True, slots=True)
class Keychain:
    """This computer's keychain, asked with patience that ends.

    Attributes:
        source: Where backends come from.
        patience_s: How long one question may take; a person who has to unlock the keychain needs longer.
    """

    source: Source = allowed_backend
    patience_s: float = PATIENCE_S

    def backend(self) -> str:
        """Return the name of the backend that would be used.

        Raises:
            VaultError: KEYCHAIN_NONE, KEYCHAIN_SILENT.
        """
        return self._ask(lambda: self.source("")[0])

    def keep(self, vault_id: str, entry: bytes) -> str:
        """Keep the key, read it back, compare, and return the name of the backend that keeps it.

        Raises:
            VaultError: KEYCHAIN_NONE, KEYCHAIN_SILENT; KEYCHAIN_LOST if what is read back differs.
        """
        text, name = _text(entry), entry_name(vault_id)

        def keep() -> str:
            backend, entries = self.source("")
            entries.set_password(SERVICE, name, text)
            if not hmac.compare_digest((entries.get_password(SERVICE, name) or "").encode(), text.encode()):
                raise VaultError(reason(ReasonCode.KEYCHAIN_LOST))
            return backend

        return self._ask(keep)

    def read(self, vault_id: str, backend: str) -> tuple[bytes, int | None]:
        """Return the key, and the generation that was noted beside it.

        Raises:
            VaultError: KEYCHAIN_NONE, KEYCHAIN_SILENT; KEYCHAIN_LOST if there is no such entry.
        """
        name = entry_name(vault_id)

        def read() -> tuple[str | None, str | None]:
            used, entries = self.source(backend)
            if used != backend:
                return None, None
            return entries.get_password(SERVICE, name), entries.get_password(SERVICE, name + _COUNTER)

        text, counter = self._ask(read)
        return _entry(text), int(counter) if counter and counter.isascii() and counter.isdigit() else None

    def note_generation(self, vault_id: str, backend: str, generation: int) -> None:
        """Note how far the vault has come, for a warning about older copies. Raises as `read`."""
        name = entry_name(vault_id) + _COUNTER
        self._ask(lambda: self.source(backend)[1].set_password(SERVICE, name, str(generation)))

    def forget(self, vault_id: str, backend: str) -> None:
        """Remove what is kept for this vault; nothing kept is no fault. Raises as `read`."""
        name = entry_name(vault_id)

        def forget() -> None:
            _, entries = self.source(backend)
            for one in (name, name + _COUNTER):
                if entries.get_password(SERVICE, one) is not None:
                    entries.delete_password(SERVICE, one)

        self._ask(forget)

    def _ask(self, question: Callable[[], _Answered]) -> _Answered:
        answered: Future[_Answered] = Future()
        # A thread that the program does not wait for: what blocks in there cannot be ended.
        Thread(target=_answer, args=(question, answered), name="keychain", daemon=True).start()
        if not wait((answered,), self.patience_s).done:
            raise VaultError(reason(ReasonCode.KEYCHAIN_SILENT, found="slow"))
        problem = answered.exception()
        if problem is None:
            return answered.result()
        if isinstance(problem, WalletError):
            raise problem
        raise VaultError(reason(ReasonCode.KEYCHAIN_SILENT, found=type(problem).__name__))


def _answer(question: Callable[[], _Answered], answered: Future[_Answered]) -> None:
    """Ask in a thread, and bring out of it whatever comes: an answer, or what went wrong."""
    try:
        answered.set_result(question())
    except BaseException as problem:  # noqa: BLE001 - each system raises what it likes
        answered.set_exception(problem)


def new_entry() -> bytes:
    """Make the key that a keychain keeps."""
    return os.urandom(KEY_BYTES)


def entry_name(vault_id: str) -> str:
    """Return the name of a vault's entry: tells two vaults apart and says nothing about either."""
    return hashlib.sha256(f"learner-wallet keychain {vault_id}".encode("ascii")).hexdigest()[:32]


def slot_fields(backend: str, *, now: datetime, days: int) -> KeychainFields:
    """Return what the slot says: where its key is, and how long it counts (1 to 90 days)."""
    end = now + timedelta(days=min(max(days, 1), MAX_DAYS))
    return KeychainFields(backend, date_text(now), date_text(end))


def demand_in_time(fields: KeychainFields, now: datetime) -> None:
    """Refuse a slot whose time is over, and one that a clock set back would bring to life again.

    Raises:
        VaultError: QUICK_UNLOCK_ENDED; VAULT_DAMAGED for dates that are none.
    """
    try:
        since, until = date_from_text(fields.since), date_from_text(fields.until)
    except ValueError:
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="header")) from None
    if not since - _CLOCK_TOLERANCE <= now < until:
        raise VaultError(reason(ReasonCode.QUICK_UNLOCK_ENDED, until=fields.until))


def fetch(header: Header, keychain: Keychain, *, now: datetime) -> tuple[QuickUnlock, int | None]:
    """Return what opens the vault without a passphrase, and the generation noted beside it.

    Raises:
        VaultError: QUICK_UNLOCK_OFF, QUICK_UNLOCK_ENDED, KEYCHAIN_NONE, KEYCHAIN_SILENT, KEYCHAIN_LOST,
            VAULT_DAMAGED. The passphrase opens the vault in each case.
    """
    slot = header.slot(SlotType.KEYCHAIN)
    if slot is None or slot.keychain is None:
        raise VaultError(reason(ReasonCode.QUICK_UNLOCK_OFF))
    demand_in_time(slot.keychain, now)
    entry, generation = keychain.read(header.vault_id, slot.keychain.backend)
    return QuickUnlock(entry), generation


def _text(entry: bytes) -> str:
    return base64.b64encode(entry).decode("ascii")


def _entry(text: str | None) -> bytes:
    try:
        entry = base64.b64decode(text or "", validate=True)
    except (binascii.Error, ValueError):
        entry = b""
    if len(entry) != KEY_BYTES:
        raise VaultError(reason(ReasonCode.KEYCHAIN_LOST))
    return entry
