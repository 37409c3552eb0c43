"""`wallet backup`: one encrypted file with everything, made, tried out and taken back."""

from __future__ import annotations

from pathlib import Path

import click

from wallet.operations.upkeep import (
    BackupSummary,
    back_up,
    list_backups,
    open_backup,
    restore_wallet,
)
from wallet.operations.wallets import lock
from wallet.wording.labels import friendly_time, tidy

from .exit_codes import ExitCode
from .options import WalletChoice, example, json_option, opened, secret, wallet_options
from .output import print_json, result, say
from .render import stamp

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(epilog=example("wallet backup create 2026-11.vcwallet", "wallet backup test 2026-11.vcwallet"))
def backup() -> None:
    """Back the wallet up into one encrypted file, and get it back."""


@backup.command(epilog=example("wallet backup create 2026-11.vcwallet"))
@click.argument("target", type=_FILE, metavar="FILE.vcwallet")
@wallet_options
@json_option
def create(*, target: Path, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Write a backup. It is opened and read through before this says that it is done.

    The same passphrase and the same recovery code open it.
    """
    with opened(choice) as session:
        summary = back_up(session, target)
    return _print_summary(summary, as_json=as_json)


@backup.command(epilog=example("wallet backup test 2026-11.vcwallet"))
@click.argument("source", type=_FILE, metavar="FILE.vcwallet")
@wallet_options
@json_option
def test(*, source: Path, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Open a backup, read all of it, and say what it holds. Nothing is written."""
    return _print_summary(open_backup(source, secret(choice)), as_json=as_json)


@backup.command(epilog=example("wallet backup restore 2026-11.vcwallet --vault restored"))
@click.argument("source", type=_FILE, metavar="FILE.vcwallet")
@wallet_options
def restore(*, source: Path, choice: WalletChoice) -> ExitCode:
    """Make a wallet from a backup, in the usual place or in --vault PATH. Never over an existing one."""
    services = choice.services()
    lock(restore_wallet(services, source, services.vault_folder, secret(choice)))
    result(f"Restored into {services.vault_folder}")
    return ExitCode.ACCEPTED


@backup.command(name="list", epilog=example("wallet backup list Documents"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path())
@json_option
def list_(*, folder: Path, as_json: bool) -> ExitCode:
    """List the backup files in a folder."""
    found = list_backups(folder)
    if as_json:
        print_json(backups=[str(path) for path in found])
    elif found:
        for path in found:
            result(tidy(str(path), 400))
    else:
        say("No backups here.")
    return ExitCode.ACCEPTED


def _print_summary(summary: BackupSummary, *, as_json: bool) -> ExitCode:
    if as_json:
        print_json(
            backup={
                "path": str(summary.path),
                "created": stamp(summary.created),
                "credentials": summary.credentials,
                "binned": summary.binned,
                "bytes": summary.size_bytes,
            }
        )
    else:
        result(f"{summary.path}: sound, of {friendly_time(summary.created)}")
        result(f"    {summary.credentials} credentials, {summary.binned} in the bin")
    return ExitCode.ACCEPTED
