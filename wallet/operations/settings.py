"""Settings that need no wallet: look, language, lock time, the verifier's address.

One table of name, type and default; nothing else in the program names a settings string. They are kept in
a small JSON file that holds nothing about any credential or person.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum, unique
from pathlib import Path
from typing import Any

from wallet.model.errors import OperationError, WalletError
from wallet.model.limits import KIB
from wallet.model.reasons import ReasonCode, reason

from .files import atomic_write, make_folder, read_file

_MAX_SETTINGS_BYTES = 64 * KIB
MAX_LOCK_MINUTES = 60


@unique
class Theme(StrEnum):
    """The look."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person can set without opening a wallet.

    Attributes:
        theme: The look.
        lock_minutes: Idle minutes before the wallet locks, 1 to 60.
        lock_on_sleep: Whether it locks when the computer goes to sleep.
        lock_on_screen_lock: Whether it locks when the screen does.
        lock_on_minimise: Whether it locks when its window is minimised.
        verifier_address: An https page that reads a payload from its fragment; "" for none.
        vault_folder: Where the wallet was last opened; "" for the usual place.
    """

    theme: Theme = Theme.SYSTEM
    lock_minutes: int = 5
    lock_on_sleep: bool = True
    lock_on_screen_lock: bool = True
    lock_on_minimise: bool = False
    verifier_address: str = ""
    vault_folder: str = ""


def load_settings(path: Path) -> Settings:
    """Read the settings; what is missing or makes no sense has its default, since nothing depends on it."""
    try:
        stored = json.loads(read_file(path, max_bytes=_MAX_SETTINGS_BYTES))
    except (WalletError, ValueError, RecursionError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    usable: dict[str, Any] = {field.name: stored[field.name] for field in fields(Settings)
                              if field.name in stored and _fits(field.name, stored[field.name])}
    if "theme" in usable:
        usable["theme"] = Theme(usable["theme"])
    return Settings(**usable)


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings.

    Raises:
        OperationError: EVIDENCE_ADDRESS for a verifier address that is no https page; FOLDER_UNWRITABLE,
            DISK_FULL.
    """
    if not _fits("verifier_address", settings.verifier_address):
        raise OperationError(reason(ReasonCode.EVIDENCE_ADDRESS, found=settings.verifier_address[:200]))
    make_folder(path.parent)
    atomic_write(path, json.dumps(asdict(settings), indent=1).encode("utf-8"))


def _fits(name: str, value: object) -> bool:
    if name == "theme":
        return isinstance(value, str) and value in set(Theme)
    if name == "lock_minutes":
        return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_LOCK_MINUTES
    if name.startswith("lock_on_"):
        return isinstance(value, bool)
    if name == "verifier_address":
        plain = isinstance(value, str) and "#" not in value and " " not in value
        return plain and (value == "" or str(value).startswith("https://"))
    return isinstance(value, str)
