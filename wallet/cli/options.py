"""Options that several commands share, values they are read into, and opening the wallet they name.

A passphrase comes from a prompt, a file or an open file descriptor: never from an argument, which every
program on the machine can read, and never from the environment.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import click

from wallet import assemble
from wallet.model.errors import OperationError, VaultError
from wallet.model.limits import KIB, MAX_FILE_BYTES
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.files import read_file
from wallet.wording.labels import tidy
from wallet.wording.reasons import reason_text

from .output import say

if TYPE_CHECKING:  # a command that opens no wallet loads nothing of one
    from wallet.operations.session import Services, Session
    from wallet.operations.wallets import Secret

Command: TypeAlias = Callable[..., Any]

#: For the help of the commands that scripts use most.
EXIT_CODES: Final = (
    "\b\nExit codes, the worst of all that was checked (1, then 4, then 3):\n"
    "  0  all accepted               4  could not be read\n"
    "  1  one rejected               5  wallet locked, or wrong passphrase\n"
    "  2  wrong usage               70  a fault in this program\n"
    "  3  could not decide         130  interrupted"
)

_MAX_PASSPHRASE_BYTES: Final = 4 * KIB
_DURATION: Final = re.compile(r"(\d{1,5})\s*([hdw])")
_UNITS: Final = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(frozen=True, slots=True)
class Shell:
    """What the whole run was told.

    Attributes:
        quiet: Nothing but results and faults.
        pictures: Takes the tour's pictures, where a window toolkit is at hand.
    """

    quiet: bool = False
    pictures: Callable[[Any], tuple[Path, ...]] | None = None


@dataclass(frozen=True, slots=True)
class WalletChoice:
    """Which wallet, opened how, at what time.

    Attributes:
        folder: None for the usual place.
        passphrase_file, passphrase_fd: Where the passphrase is; both None to ask for it.
        recovery: Whether what is given is the recovery code.
        at: A pinned time, None for now.
        online: Whether websites may be asked, because the command says so.
    """

    folder: Path | None = None
    passphrase_file: Path | None = None
    passphrase_fd: int | None = None
    recovery: bool = False
    at: datetime | None = None
    online: bool = False

    def services(self) -> Services:
        """Return the program's services, with this folder and time."""
        return assemble.services(vault_folder=self.folder, at=self.at, online=self.online)


def read_time(text: str) -> datetime:
    """Read a day, or a day and a time; without a zone it is UTC. Ends as a usage error."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        message = f"'{tidy(text, 40)}' is no time: write it like 2026-11-21 or 2026-11-21T12:00:00Z"
        raise click.BadParameter(message) from None


def read_duration(text: str) -> timedelta:
    """Read a span of time: 12h, 30d, 2w. Ends as a usage error."""
    match = _DURATION.fullmatch(text.strip().lower())
    if match is None:
        message = f"'{tidy(text, 40)}' is no span of time: write it like 12h, 30d or 2w"
        raise click.BadParameter(message)
    return int(match[1]) * _UNITS[match[2]]


def read_end(text: str) -> datetime | timedelta:
    """Read an end: a time, or a span from now on."""
    return read_duration(text) if _DURATION.fullmatch(text.strip().lower()) else read_time(text)


def example(*lines: str, more: str = "") -> str:
    """Return the end of a command's help: what to type, kept line by line."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines) + (f"\n\n{more}" if more else "")


at_option = click.option(
    "--at", type=read_time, metavar="TIME", help="Pin the clock, like 2026-11-21T12:00:00Z."
)
online_option = click.option(
    "--online", is_flag=True, help="Ask websites. Nothing is asked of the web without this."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_WALLET_OPTIONS: Final = (
    click.option(
        "--vault",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="PATH",
        help="The wallet's folder, instead of the usual one.",
    ),
    click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Read the passphrase from the first line of this file.",
    ),
    click.option("--passphrase-fd", type=int, metavar="N", help="Read it from this open file descriptor."),
    click.option(
        "--recovery-code", "recovery", is_flag=True, help="What is given is the code of the recovery sheet."
    ),
    at_option,
)


def wallet_options(command: Command) -> Command:
    """Add the options that choose and open a wallet; the command gets them as one `choice`."""

    @functools.wraps(command)
    def with_choice(
        *,
        vault: Path | None,
        passphrase_file: Path | None,
        passphrase_fd: int | None,
        recovery: bool,
        at: datetime | None,
        **others: Any,
    ) -> Any:
        choice = WalletChoice(vault, passphrase_file, passphrase_fd, recovery, at)
        return command(choice=choice, **others)

    wrapped: Command = with_choice
    for option in reversed(_WALLET_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


@contextmanager
def opened(choice: WalletChoice, given: Secret | None = None) -> Iterator[Session]:
    """Open the chosen wallet, and lock it again whatever happens.

    Quick unlock comes first where the learner switched it on and gave nothing else; the passphrase is asked
    for when it does not open.

    Raises:
        VaultError: VAULT_MISSING before anything is asked; as `unlock_wallet` else.
    """
    from wallet.operations.wallets import lock, unlock_wallet, wallet_exists  # noqa: PLC0415 - see above

    services = choice.services()
    if not wallet_exists(services.vault_folder):
        raise VaultError(reason(ReasonCode.VAULT_MISSING))
    session = None if given else _quickly(services, choice)
    session = session or unlock_wallet(services, services.vault_folder, given or secret(choice))
    for warning in session.vault.warnings:
        say(f"Note: {reason_text(warning)} ({warning.code.value})")
    try:
        yield session
    finally:
        lock(session)


def _quickly(services: Services, choice: WalletChoice) -> Session | None:
    """Open the wallet with what this computer's keychain holds, None where that is off or fails."""
    if choice.recovery or choice.passphrase_file is not None or choice.passphrase_fd is not None:
        return None
    from wallet.operations.keychain import quick_unlock, quick_unlock_status  # noqa: PLC0415 - as `opened`

    if not quick_unlock_status(services, services.vault_folder).on:
        return None
    try:
        return quick_unlock(services, services.vault_folder)
    except VaultError as error:
        say(f"Note: {reason_text(error.reason)} ({error.reason.code.value})")
        return None


def secret(choice: WalletChoice) -> Secret:
    """Return what opens the wallet: the passphrase, or the code of the recovery sheet."""
    from wallet.operations.wallets import Passphrase, RecoveryCode  # noqa: PLC0415 - see above

    if choice.recovery:
        return RecoveryCode(passphrase(choice, "Recovery code"))
    return Passphrase(passphrase(choice, "Passphrase"))


def passphrase(choice: WalletChoice, prompt: str, *, twice: bool = False) -> str:
    """Return the passphrase from where the person said, or ask her.

    Raises:
        VaultError: VAULT_LOCKED, when nobody can be asked.
        OperationError: The file cannot be read.
    """
    if choice.passphrase_file is not None:
        return _first_line(read_file(choice.passphrase_file, max_bytes=_MAX_PASSPHRASE_BYTES))
    if choice.passphrase_fd is not None:
        return _first_line(_read_descriptor(choice.passphrase_fd))
    if not sys.stdin.isatty():
        raise VaultError(reason(ReasonCode.VAULT_LOCKED))
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True))


def standard_input() -> bytes:
    """Return what comes in on standard input, one byte more than allowed at most."""
    return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)


def _first_line(data: bytes) -> str:
    line = data.split(b"\n", 1)[0].removesuffix(b"\r")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise OperationError(reason(ReasonCode.NOT_UTF8)) from None


def _read_descriptor(number: int) -> bytes:
    """Read the descriptor to the end of its first line; a duplicate, so that ours is not closed."""
    try:
        with os.fdopen(os.dup(number), "rb") as file:
            return file.readline(_MAX_PASSPHRASE_BYTES)
    except OSError:
        raise OperationError(reason(ReasonCode.FILE_UNREADABLE, name=f"descriptor {number}")) from None
