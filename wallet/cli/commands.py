"""The command line: every verb, and the one place where a fault becomes a sentence and an exit code.

Commands parse, call an operation and print; what they print is made in `render`, what they say is in
`wallet.wording`. Standard output is the result, standard error is everything else.
"""

from __future__ import annotations

import errno
import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from wallet import __version__, assemble
from wallet.model.errors import WalletError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.wording.failures import failure

from .exit_codes import ExitCode, code_of_failure
from .options import EXIT_CODES, Shell, example
from .output import STOPPING, say, use_utf8

_log = logging.getLogger(__name__)
_PLACES: Final = 12
Pictures = Callable[[Any], tuple[Path, ...]]

#: Each verb, in the order of the help: the module it is in and its name there.
COMMANDS: Final = {
    "verify": ("verify", "verify"),
    "inspect": ("inspect", "inspect"),
    "create": ("wallets", "create"),
    "unlock-test": ("wallets", "unlock_test"),
    "import": ("library", "import_"),
    "list": ("listing", "list_"),
    "show": ("library", "show"),
    "search": ("listing", "search"),
    "export": ("library", "export"),
    "delete": ("library", "delete"),
    "bin": ("listing", "bin_"),
    "tag": ("curation", "tag"),
    "title": ("curation", "title"),
    "note": ("curation", "note"),
    "bundle": ("curation", "bundle"),
    "undo": ("curation", "undo"),
    "document": ("records", "document"),
    "statement": ("records", "statement"),
    "badges": ("records", "badges"),
    "refresh": ("network", "refresh"),
    "renew": ("network", "renew"),
    "network": ("network", "network"),
    "share": ("sharing", "share"),
    "evidence": ("evidence", "evidence"),
    "issuer": ("issuers", "issuer"),
    "lists": ("lists", "lists"),
    "backup": ("backup", "backup"),
    "merge": ("copies", "merge"),
    "leave": ("leaving", "leave"),
    "take-over": ("leaving", "take_over_"),
    "tour": ("wallets", "tour"),
    "passphrase": ("keys", "passphrase_"),
    "recovery": ("keys", "recovery_"),
    "rotate": ("keys", "rotate"),
    "quick-unlock": ("keys", "quick_unlock"),
    "keys": ("keys", "keys"),
    "doctor": ("wallets", "doctor"),
    "guide": ("guide", "guide"),
}


class _Verbs(click.Group):
    """Loads a verb when it is asked for: checking a file needs neither wallets nor QR codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the toolkit's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f".{module}", __package__), name)
        return command


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=example(
        "wallet verify badge.png",
        "wallet create",
        "wallet import badge.png",
        "wallet share 7f3a --out application.vcpack",
        more=EXIT_CODES,
    ),
)
@click.version_option(__version__, prog_name="wallet")
@click.option("-q", "--quiet", is_flag=True, help="Print results and faults only.")
@click.option("-v", "--verbose", is_flag=True, help="Print log lines, which hold no content.")
@click.pass_context
def wallet(context: click.Context, *, quiet: bool, verbose: bool) -> None:
    """Keep signed credentials encrypted, check them offline, share them.

    Without a command, the window opens. Nothing is asked of the web without --online.
    """
    pictures = context.obj if callable(context.obj) else None
    context.obj = Shell(quiet=quiet, pictures=pictures)
    assemble.start_logging(verbose=verbose)
    _log.debug("%s begun", context.invoked_subcommand)
    assemble.collect_garbage()  # the verb is loaded by now


def main(arguments: list[str], *, pictures: Pictures | None = None) -> int:
    """Run one command; return its exit code. Never raises, never shows a traceback.

    Args:
        arguments: Without the program's name.
        pictures: Takes the tour's pictures; None where no window toolkit is at hand.
    """
    use_utf8()
    started = time.monotonic()
    with _stoppable():
        code = _run(arguments, pictures)
    _log.debug("ended after %.3f s with exit code %d", time.monotonic() - started, code)
    return code


def _run(arguments: list[str], pictures: Pictures | None) -> int:
    try:
        code = wallet.main(args=arguments, prog_name="wallet", standalone_mode=False, obj=pictures)
        sys.stdout.flush()
        return int(code or ExitCode.ACCEPTED)
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        _hear_no_more()
        _wait_for_no_reader()
        say("Stopped. What was done before stays done.")
        return ExitCode.INTERRUPTED
    except (BrokenPipeError, SystemExit):  # the toolkit ends the program so when a pipe is gone
        _let_go_of_output()
        return ExitCode.INTERRUPTED
    except WalletError as error:
        _log_place(error)
        return _tell(error.reason)
    except Exception as error:  # noqa: BLE001 - a fault of ours ends in a sentence, never in a traceback
        _log_place(error)
        code = _tell(_unforeseen(error))
        if isinstance(error, OSError):
            _let_go_of_output()
        return code


@contextmanager
def _stoppable() -> Iterator[None]:
    """Take what asks a program to end like what a terminal sends; afterwards all is as before."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = [(one, signal.getsignal(one)) for one in STOPPING]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        for one, handler in before:
            signal.signal(one, handler)


def _hear_no_more() -> None:
    """Whoever has stopped is about to end: asking once more must not leave a trace on the screen."""
    if threading.current_thread() is threading.main_thread():
        for one in STOPPING:
            signal.signal(one, signal.SIG_IGN)


def _wait_for_no_reader() -> None:
    """Let go of output that nobody takes: whoever has asked twice to stop waits for no pipe."""
    with suppress(OSError, ValueError, AttributeError):
        kept = os.dup(sys.stdout.fileno())
        os.set_blocking(kept, False)
        try:
            sys.stdout.flush()
        except BlockingIOError:
            _let_go_of_output()
        finally:
            os.set_blocking(kept, True)
            os.close(kept)


def _log_place(error: BaseException) -> None:
    """Say where an error came from: our own modules and lines, and nothing that was in them."""
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    ours = [f"{frame.f_globals['__name__']}:{frame.f_lineno}" for frame in frames
            if str(frame.f_globals.get("__name__")).startswith("wallet.")]
    _log.debug("%s in %s", type(error).__name__, ", ".join(ours[-_PLACES:]))


def _unforeseen(error: Exception) -> Reason:
    # Files are the rooms' business and have their reasons; what is left is our output, onto a full disk.
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return reason(ReasonCode.DISK_FULL)
    return reason(ReasonCode.INTERNAL_ERROR, kind=type(error).__name__)


def _tell(why: Reason) -> ExitCode:
    told = failure(why, at_prompt=True)
    say(f"{told.what} ({why.code.value})")
    say(f"{told.safe} {told.next}")
    return code_of_failure(why.code)


def _let_go_of_output() -> None:
    """Whoever read our output has gone, or it is full: do not fail again while closing it."""
    with suppress(OSError):
        sys.stdout.close()
