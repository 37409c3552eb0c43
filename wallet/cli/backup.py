"""`wallet backup`: one encrypted file with everything, made, tried out, listed, planned and taken back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from wallet.model.errors import VaultError, WalletError
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.merge import compare, merge_copy
from wallet.operations.schedule import (
    BackupPlan,
    back_up_by_plan,
    back_up_if_due,
    backup_files,
    backup_plan,
    set_backup_plan,
)
from wallet.operations.upkeep import (
    BackupFile,
    BackupSummary,
    back_up,
    open_backup,
    restore_wallet,
    wallet_id,
)
from wallet.operations.wallets import lock, wallet_exists
from wallet.wording.labels import friendly_time, tidy
from wallet.wording.reasons import reason_text

from .copies import mine_option, naming_the_copy, print_comparison, print_merged, their_options, their_secret
from .exit_codes import ExitCode, code_of_failure
from .options import Shell, WalletChoice, example, json_option, opened, secret, wallet_options
from .output import print_json, print_table, progress, result, say
from .render import stamp

_FILE: Final = click.Path(path_type=Path, dir_okay=False)
_FOLDER: Final = click.Path(path_type=Path, file_okay=False)


@click.group(epilog=example("wallet backup create 2026-11.vcwallet", "wallet backup test 2026-11.vcwallet"))
def backup() -> None:
    """Back the wallet up into one encrypted file, and get it back.

    Each backup opens with the passphrase the wallet had on that day, and with its recovery code.
    """


@backup.command(epilog=example("wallet backup create 2026-11.vcwallet", "wallet backup create --scheduled"))
@click.argument("target", type=_FILE, required=False, metavar="[FILE.vcwallet]")
@click.option("--scheduled", is_flag=True, help="Into the planned folder, and only if one is due.")
@wallet_options
@json_option
@click.pass_obj
def create(
    shell: Shell, *, target: Path | None, scheduled: bool, choice: WalletChoice, as_json: bool
) -> ExitCode:
    """Write a backup. It is opened and read through before this says that it is done.

    Without a file it goes into the planned folder. The same passphrase and the same recovery code open it.
    """
    if scheduled and target:
        raise click.UsageError("Either a file or --scheduled.")
    with opened(choice) as session:
        if scheduled:
            with progress(quiet=shell.quiet) as watched:
                done = back_up_if_due(session, watched)
            if done.problem:
                say(f"{reason_text(done.problem)} ({done.problem.code.value})")
                return code_of_failure(done.problem.code)
            if done.made is None:
                result("No backup is due.")
                return ExitCode.ACCEPTED
            for path in done.removed:
                say(f"Cleared away: {tidy(str(path), 400)}")
            return _print_summary(done.made, as_json=as_json)
        summary = back_up(session, target) if target else back_up_by_plan(session)
    return _print_summary(summary, as_json=as_json)


@backup.command(epilog=example("wallet backup test 2026-11.vcwallet"))
@click.argument("source", type=_FILE, metavar="FILE.vcwallet")
@wallet_options
@json_option
def test(*, source: Path, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Open a backup, read all of it, and say what it holds. Nothing is written."""
    return _print_summary(open_backup(source, secret(choice)), as_json=as_json)


@backup.command(epilog=example("wallet backup restore 2026-11.vcwallet --into restored",
                               "wallet backup restore 2026-11.vcwallet --merge"))  # fmt: skip
@click.argument("source", type=_FILE, metavar="FILE.vcwallet")
@click.option("--into", type=_FOLDER, metavar="FOLDER", help="Make a wallet of its own there.")
@click.option("--merge", "merging", is_flag=True, help="Bring it into the wallet that is there.")
@mine_option
@their_options
@wallet_options
@click.pass_obj
def restore(
    shell: Shell,
    *,
    source: Path,
    into: Path | None,
    merging: bool,
    mine: bool,
    theirs: WalletChoice,
    choice: WalletChoice,
) -> ExitCode:
    """Make a wallet from a backup, in the usual place or in a folder of its own; or bring it into yours.

    Never over an existing wallet: where there is one, the two are compared, and you decide. The backup opens
    with the passphrase of its day.
    """
    services = choice.services()
    folder = into or services.vault_folder
    if not wallet_exists(folder) and not merging:
        lock(restore_wallet(services, source, folder, their_secret(source, choice, theirs) or secret(choice)))
        result(f"Restored into {folder}")
        return ExitCode.ACCEPTED
    if into:
        raise VaultError(reason(ReasonCode.VAULT_EXISTS))
    with opened(choice) as session:
        their = their_secret(source, choice, theirs)
        with naming_the_copy(theirs):
            print_comparison(compare(session, source, their))
        if not merging:
            if not sys.stdin.isatty():
                say("Add --merge to bring it in, or --into FOLDER to look at it on its own.")
                raise VaultError(reason(ReasonCode.VAULT_EXISTS))
            if not click.confirm("Bring it into your wallet?", err=True):
                return ExitCode.ACCEPTED
        with progress(quiet=shell.quiet) as watched:
            return print_merged(merge_copy(session, source, their, mine=mine, progress=watched))


@backup.command(name="list", epilog=example("wallet backup list Documents", "wallet backup list E: --open"))
@click.argument("folder", type=_FOLDER, default=Path())
@click.option("--open", "opening", is_flag=True, help="Also open each, to count what is in it.")
@wallet_options
@json_option
def list_(*, folder: Path, opening: bool, choice: WalletChoice, as_json: bool) -> ExitCode:
    """List the backup files in a folder: of when, of which wallet, how large."""
    found = backup_files(folder)
    services = choice.services()
    mine = wallet_id(services.vault_folder) if wallet_exists(services.vault_folder) else ""
    key = secret(choice) if opening and found else None
    rows = []
    for one in found:
        count = ""
        if key and not one.problem:
            try:
                count = str(open_backup(one.path, key).credentials)
            except WalletError as error:
                count = error.reason.code.value
        rows.append(_backup_row(one, mine, count))
    if as_json:
        print_json(backups=rows)
    elif rows:
        print_table(("File", "Of", "Wallet", "Bytes", "Form", "Credentials"), [
            (str(row["file"]), friendly_time(one.created) if one.created else "damaged", str(row["wallet"]),
             str(row["bytes"]), str(row["version"]), str(row["credentials"]))
            for row, one in zip(rows, found, strict=True)])  # fmt: skip
    else:
        say("No backups here.")
    return ExitCode.ACCEPTED


@backup.command(epilog=example("wallet backup plan stick --every 7 --keep 5", "wallet backup plan --off"))
@click.argument("folder", type=_FOLDER, required=False, metavar="[FOLDER]")
@click.option("--every", "days", type=click.IntRange(1, 365), default=7, metavar="DAYS", show_default=True)
@click.option("--keep", type=click.IntRange(1, 100), default=5, metavar="N", show_default=True,
              help="How many of the latest to keep, beside the latest of each month.")  # fmt: skip
@click.option("--off", is_flag=True, help="Plan none any more. Backups that were made stay.")
@wallet_options
def plan(*, folder: Path | None, days: int, keep: int, off: bool, choice: WalletChoice) -> ExitCode:
    """Say where backups go by themselves and how often, or show what is planned."""
    with opened(choice) as session:
        if off:
            set_backup_plan(session, None)
        elif folder:
            set_backup_plan(session, BackupPlan(folder, days, keep))
        planned = backup_plan(session)
    if planned is None:
        result("No backups are planned.")
    else:
        result(f"Every {planned.days} days into {tidy(str(planned.folder), 400)}")
        result(f"    the latest {planned.keep} are kept, and the latest of each month")
    return ExitCode.ACCEPTED


def _backup_row(one: BackupFile, mine: str, count: str) -> dict[str, object]:
    wallet = "damaged" if one.problem else "this one" if one.vault_id == mine else "another"
    return {
        "file": one.path.name,
        "path": str(one.path),
        "created": stamp(one.created) if one.created else None,
        "wallet": wallet if mine or one.problem else "unknown",
        "bytes": one.size_bytes,
        "version": ".".join(map(str, one.version)),
        "credentials": int(count) if count.isdecimal() else count or None,
        "problem": one.problem.code.value if one.problem else None,
    }


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
        result("    opens with the passphrase of that day, and with the recovery code")
    return ExitCode.ACCEPTED
