"""`wallet merge`, and what it shares with `wallet backup`: another copy's secret, two copies compared."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.operations.merge import Comparison, Conflict, MergeSummary, Relation, compare, merge_copy
from wallet.wording.labels import friendly_date, tidy

from .exit_codes import ExitCode
from .options import Command, Shell, WalletChoice, example, json_option, opened, secret, wallet_options
from .output import print_json, progress, result, say
from .render import stamp

if TYPE_CHECKING:
    from wallet.operations.wallets import Secret

_RELATIONS: Final = {
    Relation.SAME: "The two hold the same.",
    Relation.OLDER: "It is older: it holds nothing that is not in your wallet.",
    Relation.NEWER: "It is newer: it holds everything that is in your wallet.",
    Relation.DIVERGED: "Both were changed: each holds something that the other does not.",
    Relation.OTHER_WALLET: "It is a copy of another wallet.",
}
_WRONG: Final = (ReasonCode.VAULT_WRONG_PASSPHRASE, ReasonCode.VAULT_WRONG_RECOVERY_CODE)
_STORE_ENDING: Final = ".db"
_SHOWN: Final = 20  # lines of one list; the rest is counted, and all of it is in the JSON
_THEIR_OPTIONS: Final = (
    click.option("--their-passphrase-file", type=click.Path(path_type=Path), metavar="FILE",
                 help="Where the passphrase of the other copy is, if it is another one."),
    click.option("--their-recovery-code", is_flag=True, help="What is given for it is a recovery code."),
)  # fmt: skip


mine_option: Final = click.option(
    "--mine", is_flag=True, help="Another wallet, but my own: believe its documents and their dates.")


def their_options(command: Command) -> Command:
    """Add the options that say how another copy is opened; the command gets them as `theirs`."""

    @functools.wraps(command)
    def with_theirs(*, their_passphrase_file: Path | None, their_recovery_code: bool, **others: Any) -> Any:
        theirs = WalletChoice(passphrase_file=their_passphrase_file, recovery=their_recovery_code)
        return command(theirs=theirs, **others)

    wrapped: Command = with_theirs
    for option in reversed(_THEIR_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def their_secret(source: Path, choice: WalletChoice, theirs: WalletChoice) -> Secret | None:
    """Return what opens the other copy: what was given for it, else what opens the present wallet.

    A store file beside the present wallet opens with the present keys and needs none.
    """
    if source.suffix == _STORE_ENDING:
        return None
    if theirs.passphrase_file is None:
        theirs = replace(choice, recovery=choice.recovery or theirs.recovery)
    return secret(theirs)


@contextmanager
def naming_the_copy(theirs: WalletChoice) -> Iterator[None]:
    """Say that it is the copy which did not open, where the wallet's own secret was tried on it."""
    try:
        yield
    except VaultError as error:
        if error.reason.code in _WRONG and theirs.passphrase_file is None:
            say("It is the copy that did not open: it has the passphrase and the recovery code of its day. "
                "Give them with --their-passphrase-file, and --their-recovery-code for a code.")
        raise


@click.command(epilog=example("wallet merge laptop.vcwallet", "wallet merge --dry-run old-wallet"))
@click.argument("source", type=click.Path(path_type=Path), metavar="BACKUP|FOLDER")
@click.option("--dry-run", is_flag=True, help="Only say in what the two differ.")
@mine_option
@their_options
@wallet_options
@json_option
@click.pass_obj
def merge(shell: Shell, *, source: Path, dry_run: bool, mine: bool, theirs: WalletChoice,
          choice: WalletChoice, as_json: bool) -> ExitCode:  # fmt: skip
    """Bring another copy of a wallet into this one: a backup, or the folder of another wallet.

    Nothing comes in twice and nothing is deleted. Where both say something about one thing, yours stands and
    the other is listed. A backup opens with the passphrase of its day. The key documents of another wallet
    count as its sender's word, unless you add --mine.
    """
    with opened(choice) as session:
        with naming_the_copy(theirs):
            found = compare(session, source, their := their_secret(source, choice, theirs))
        if dry_run:
            return print_comparison(found, as_json=as_json)
        with progress(quiet=shell.quiet) as watched:
            done = merge_copy(session, source, their, mine=mine, progress=watched)
    return print_merged(done, as_json=as_json)


def print_comparison(found: Comparison, *, as_json: bool = False) -> ExitCode:
    """Print two copies side by side."""
    if as_json:
        print_json(comparison={
            "relation": found.relation.value,
            "both": found.both,
            "onlyHere": [_copy_row(one) for one in found.only_here],
            "onlyThere": [_copy_row(one) for one in found.only_there],
            "beside": {name: {"here": here, "there": there} for name, here, there in found.beside},
        })  # fmt: skip
        return ExitCode.ACCEPTED
    result(_RELATIONS[found.relation])
    result(f"    {found.both} credentials are in both.")
    for heading, copies in (("only there", found.only_there), ("only in your wallet", found.only_here)):
        if copies:
            result(f"    {len(copies)} {heading}:")
        for one in copies[:_SHOWN]:
            place = ", in the bin" if one.binned else ""
            result(f"        {tidy(one.title, 60)}, {tidy(one.issuer_name, 40)}, "
                   f"since {friendly_date(one.added_at)}{place}")  # fmt: skip
        if len(copies) > _SHOWN:
            result(f"        and {len(copies) - _SHOWN} more")
    for name, here, there in found.beside:
        result(f"    {name.replace('_', ' ')}: {here} here, {there} there")
    return ExitCode.ACCEPTED


def print_merged(done: MergeSummary, *, as_json: bool = False) -> ExitCode:
    """Print what a merge brought."""
    merged = done.merged
    if as_json:
        print_json(merged={
            "added": list(merged.added),
            "counts": dict(merged.counts),
            "conflicts": [_conflict_row(one) for one in merged.conflicts],
            "unjudged": done.unjudged,
        })  # fmt: skip
        return ExitCode.ACCEPTED
    if not merged.changed:
        result("Everything in it is here already. Nothing was changed.")
    else:
        result(f"{len(merged.added)} credentials came in.")
        for name, count in merged.counts:
            result(f"    {name.replace('_', ' ')}: {count}")
    for one in merged.conflicts:
        words = f": here “{tidy(one.here, 40)}”, there “{tidy(one.there, 40)}”"
        said = words if one.here or one.there else ""
        result(f"    ! {one.kind.value.replace('_', ' ')}, {tidy(one.subject, 60)}{said}")
    if done.unjudged:
        say(f"{done.unjudged} were not checked again: open them to do so.")
    return ExitCode.ACCEPTED


def _copy_row(one: Any) -> dict[str, object]:
    return {"title": one.title, "issuer": one.issuer_name, "added": stamp(one.added_at), "binned": one.binned}


def _conflict_row(one: Conflict) -> dict[str, str]:
    return {"kind": one.kind.value, "subject": one.subject, "here": one.here, "there": one.there}
