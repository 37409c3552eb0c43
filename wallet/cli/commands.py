"""The command line: every verb, and the one place where a fault becomes a sentence and an exit code.

Commands parse, call an operation and print; what they print is made in `render`, what they say is in
`wallet.wording`. Standard output is the result, standard error is everything else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from wallet import __version__, assemble
from wallet.model.errors import WalletError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.wording.failures import failure

from .backup import backup
from .evidence import evidence
from .exit_codes import ExitCode, code_of_failure
from .library import bin_, delete, export, import_, list_, search, show
from .options import EXIT_CODES, Shell, example
from .output import say, use_utf8
from .sharing import share
from .verify import inspect, verify
from .wallets import create, doctor, tour, unlock_test

Pictures = Callable[[Any], tuple[Path, ...]]


@click.group(
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

    Without a command, the window opens. Nothing here uses the network.
    """
    pictures = context.obj if callable(context.obj) else None
    context.obj = Shell(quiet=quiet, pictures=pictures)
    assemble.start_logging(verbose=verbose)


for _command in (
    verify, inspect, create, unlock_test, import_, list_, show, search, export, delete, bin_, share, evidence,
    backup, tour, doctor,
):  # fmt: skip
    wallet.add_command(_command)


def main(arguments: list[str], *, pictures: Pictures | None = None) -> int:
    """Run one command; return its exit code. Never raises, never shows a traceback.

    Args:
        arguments: Without the program's name.
        pictures: Takes the tour's pictures; None where no window toolkit is at hand.
    """
    use_utf8()
    try:
        code = wallet.main(args=arguments, prog_name="wallet", standalone_mode=False, obj=pictures)
        sys.stdout.flush()
        return int(code or ExitCode.ACCEPTED)
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        say("Stopped. What was done before stays done.")
        return ExitCode.INTERRUPTED
    except (BrokenPipeError, SystemExit):  # the toolkit ends the program so when a pipe is gone
        _let_go_of_output()
        return ExitCode.INTERRUPTED
    except WalletError as error:
        return _tell(error.reason)
    except Exception as error:  # noqa: BLE001 - a fault of ours ends in a sentence, never in a traceback
        return _tell(reason(ReasonCode.INTERNAL_ERROR, kind=type(error).__name__))


def _tell(why: Reason) -> ExitCode:
    told = failure(why)
    say(f"{told.what} ({why.code.value})")
    say(f"{told.safe} {told.next}")
    return code_of_failure(why.code)


def _let_go_of_output() -> None:
    """Whoever read our output has gone: do not fail again while closing it."""
    with suppress(OSError):
        sys.stdout.close()
