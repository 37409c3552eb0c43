"""`wallet leave` and `wallet take-over`: going with everything, and moving in."""

from __future__ import annotations

from pathlib import Path

import click

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.operations.foreign_wallets import TakenOver, take_over
from wallet.operations.intake import ImportOutcome
from wallet.operations.leaving import export_all
from wallet.wording.labels import tidy
from wallet.wording.reasons import reason_text

from .copies import their_options
from .exit_codes import ExitCode
from .options import Shell, WalletChoice, example, json_option, opened, secret, wallet_options
from .output import print_json, progress, result, say


@click.command(epilog=example("wallet leave --out everything.wallet-export",
                              "wallet leave --plain --out everything.zip"))  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE",
              help="A file that is not there yet.")  # fmt: skip
@click.option("--plain", is_flag=True, help="A ZIP that anybody can read who has it.")
@click.option("--with-keys", is_flag=True, help="The secret keys too; asks for the passphrase once more.")
@wallet_options
@json_option
@click.pass_obj
def leave(shell: Shell, *, out: Path, plain: bool, with_keys: bool, choice: WalletChoice,
          as_json: bool) -> ExitCode:  # fmt: skip
    """Export everything: originals, evidence, your own words and records, readable without this program.

    Encrypted under the wallet's passphrase and recovery code unless --plain is given.
    """
    with opened(choice) as session, progress(quiet=shell.quiet) as watched:
        again = secret(choice) if with_keys else None
        done = export_all(session, out, plain=plain, keys_for=again, progress=watched)
    if as_json:
        print_json(export={
            "path": str(done.path), "credentials": done.credentials, "documents": done.documents,
            "encrypted": done.encrypted, "withKeys": done.with_keys, "bytes": done.size_bytes,
        })  # fmt: skip
        return ExitCode.ACCEPTED
    result(f"{done.path}: {done.credentials} credentials, {done.documents} documents")
    if not done.encrypted:
        say("It is not encrypted: whoever has it can read all of it.")
    if done.with_keys:
        say("The secret keys are in it: who has them can act in your name.")
    return ExitCode.ACCEPTED


@click.command(name="take-over", epilog=example("wallet take-over 'Wallet Backup.json'",
                                                "wallet take-over bundle.zip --their-passphrase-file p.txt"))
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option("--with-keys", is_flag=True, help="Also the secret keys in it, as further keys of yours.")
@their_options
@wallet_options
@json_option
@click.pass_obj
def take_over_(shell: Shell, *, source: Path, with_keys: bool, theirs: WalletChoice, choice: WalletChoice,
               as_json: bool) -> ExitCode:  # fmt: skip
    """Move in from another wallet, or from an export or backup of this program.

    Known: Learner Credential Wallet, LearnCard bundles, archives of badges (Badgr, Canvas, Credly), our own.
    What cannot be taken over is listed. A file that is locked needs the passphrase it was made with.
    """
    with opened(choice) as session, progress(quiet=shell.quiet) as watched:
        try:
            their = secret(theirs) if theirs.passphrase_file else None
            done = take_over(session, source, their, with_keys=with_keys, progress=watched)
        except VaultError as error:
            if error.reason.code is not ReasonCode.VAULT_LOCKED or theirs.passphrase_file:
                raise
            # A backup of our own: what opens this wallet may well open it.
            done = take_over(session, source, secret(choice), with_keys=with_keys, progress=watched)
    return _print(done, as_json=as_json)


def _print(done: TakenOver, *, as_json: bool) -> ExitCode:
    refused = [row for row in done.rows if row.outcome is ImportOutcome.REFUSED]
    came = [row for row in done.rows if row.outcome in (ImportOutcome.ADDED, ImportOutcome.REPLACES)]
    if as_json:
        print_json(takenOver={
            "kind": done.kind,
            "added": [row.credential_id for row in came],
            "known": sum(row.outcome is ImportOutcome.KNOWN for row in done.rows),
            "left": [{"name": row.name, "code": row.reason.code.value, "text": reason_text(row.reason)}
                     for row in refused if row.reason],
            "keys": list(done.keys),
            "beside": dict(done.merged.counts) if done.merged else {},
            "cancelled": done.cancelled,
        })  # fmt: skip
    else:
        count = len(came) + (len(done.merged.added) if done.merged else 0)
        result(f"{count} credentials came in, {len(done.rows) - len(came) - len(refused)} were here already.")
        for table, number in done.merged.counts if done.merged else ():
            result(f"    {table.replace('_', ' ')}: {number}")
        for number in done.keys:
            result(f"    key {number}: taken as a further one")
        for row in refused:
            if row.reason:
                result(f"    ✕ {tidy(row.name, 60)}: {reason_text(row.reason)} ({row.reason.code.value})")
    return ExitCode.INTERRUPTED if done.cancelled else ExitCode.ACCEPTED
