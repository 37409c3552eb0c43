"""Keychains that misbehave, each a real backend of the `keyring` library, and one that does not."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason
from wallet.vault.keychain import Entries, Keychain, Source

NAME = "tests.Keeping"


class Keeping(KeyringBackend):
    """Keeps what it is given, in memory."""

    priority = 1.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def answer(self) -> None:
        """What happens before every answer."""

    def get_password(self, service: str, username: str) -> str | None:
        self.answer()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.answer()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.answer()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("there is none")


class Locked(Keeping):
    """Waits for a person who does not come, longer than any test."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def answer(self) -> None:
        self.let_go.wait(60)


class Slow(Keeping):
    """Answers late, and within the patience."""

    def answer(self) -> None:
        time.sleep(0.1)


class Cancelled(Keeping):
    """The person closed the question."""

    def answer(self) -> None:
        raise KeyringLocked("dismissed")


class Missing(Keeping):
    """What a system without a keychain offers."""

    def answer(self) -> None:
        raise NoKeyringError("none")


class Broken(Keeping):
    """Raises what no library announces."""

    def answer(self) -> None:
        raise ZeroDivisionError


class Forgetting(Keeping):
    """Says that it keeps, and keeps nothing: as the library's `null` does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        assert service
        assert username
        assert password


class Altering(Keeping):
    """Keeps something else."""

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, "A" * len(password))


@dataclass(slots=True)
class Computer:
    """One computer's keychain, which a test can change under a running program."""

    entries: Entries = field(default_factory=Keeping)
    name: str = NAME
    patience_s: float = 2.0

    def source(self, wanted: str) -> tuple[str, Entries]:
        if wanted not in ("", self.name):
            raise VaultError(reason(ReasonCode.KEYCHAIN_NONE))
        return self.name, self.entries

    @property
    def keychain(self) -> Keychain:
        given: Source = self.source
        return Keychain(given, self.patience_s)
