"""`wallet list`, `search` and `bin`: what is kept, a page at a time or all of it line by line."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import click

from wallet.model.headline import headline_level
from wallet.model.stored import StoredCredential
from wallet.operations import library
from wallet.wording.labels import class_word, friendly_date
from wallet.wording.outcomes import headline

from .exit_codes import ExitCode
from .free_text import FREE_TEXT, HOW
from .options import Command, WalletChoice, example, opened, wallet_options
from .output import MARKS, json_line, print_json, print_table, result, say
from .render import stored_row

_PAGE: Final = 50
_HEADINGS: Final = ("ID", "", "Verdict", "Class", "Title", "Awarded by", "Until")
_SHAPE_OPTIONS: Final = (
    click.option("--limit", type=click.IntRange(1), metavar="N", help="No more than so many."),
    click.option("--page", type=click.IntRange(1), metavar="N",
                 help=f"Which page of so many; of {_PAGE} if no --limit is given."),
    click.option("--json", "shape", flag_value="json", help="Print JSON."),
    click.option("--jsonl", "shape", flag_value="jsonl", help="Print one JSON row a line."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a list is wanted, and how.

    Attributes:
        limit: No more than so many; None for all.
        offset: Leaving out so many before.
        page: Its number.
        shape: `json`, `jsonl`, or None for a table.
    """

    limit: int | None
    offset: int
    page: int
    shape: str | None


def _part_options(command: Command) -> Command:
    """Add the options that say which part is wanted; the command gets them as one `wanted`."""

    @functools.wraps(command)
    def with_part(*, limit: int | None, page: int | None, shape: str | None, **others: Any) -> Any:
        size = limit or (_PAGE if page else None)
        offset = (page - 1) * size if page and size else 0
        return command(wanted=Wanted(size, offset, page or 1, shape), **others)

    wrapped: Command = with_part
    for option in reversed(_SHAPE_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


@click.command(name="list", epilog=example("wallet list", "wallet list --limit 20 --page 2",
                                           "wallet list --jsonl"))  # fmt: skip
@_part_options
@wallet_options
def list_(*, wanted: Wanted, choice: WalletChoice) -> ExitCode:
    """List the credentials in the wallet, newest first."""
    return _list(wanted, choice, binned=False, empty="Nothing here yet. Start with: wallet import FILE")


@click.command(epilog=example('wallet search "data analysis"', "wallet search python --limit 20", more=HOW))
@click.argument("text", type=FREE_TEXT)
@_part_options
@wallet_options
def search(*, text: str, wanted: Wanted, choice: WalletChoice) -> ExitCode:
    """Find credentials by words in title, issuer, skills and text, best first."""
    with opened(choice) as session:
        end = -1 if wanted.limit is None else wanted.offset + wanted.limit
        found = library.search(session, text, limit=end)[wanted.offset:]
        count = library.count(session)
    return _print(wanted, iter((found,)), None, empty=f"No match in {count} credentials.")


@click.group(name="bin", epilog=example("wallet bin list", "wallet bin restore 7f3a"))
def bin_() -> None:
    """Look into the bin, and take things out again."""


@bin_.command(name="list", epilog=example("wallet bin list"))
@_part_options
@wallet_options
def bin_list(*, wanted: Wanted, choice: WalletChoice) -> ExitCode:
    """List what is in the bin."""
    return _list(wanted, choice, binned=True, empty="The bin is empty.")


@bin_.command(name="restore", epilog=example("wallet bin restore 7f3a"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@wallet_options
def bin_restore(*, ids: tuple[str, ...], choice: WalletChoice) -> ExitCode:
    """Take credentials out of the bin."""
    with opened(choice) as session:
        changes = library.restore(session, ids)
    result(f"{len(changes.credentials)} taken out of the bin.")
    return ExitCode.ACCEPTED


@bin_.command(name="empty", epilog=example("wallet bin empty"))
@wallet_options
def bin_empty(*, choice: WalletChoice) -> ExitCode:
    """Remove for good what has been in the bin for more than 30 days. Nothing else does so by itself."""
    with opened(choice) as session:
        gone = library.empty_old_bin(session).credentials
    result(f"{len(gone)} removed for good." if gone else "Nothing has been in the bin that long.")
    return ExitCode.ACCEPTED


def _list(wanted: Wanted, choice: WalletChoice, *, binned: bool, empty: str) -> ExitCode:
    with opened(choice) as session:
        total = library.count(session, binned=binned)
        with closing(library.pages(session, binned=binned, offset=wanted.offset,
                                   limit=wanted.limit)) as pages:
            return _print(wanted, pages, total, empty=empty)


def _print(wanted: Wanted, pages: Iterator[Sequence[StoredCredential]], total: int | None, *,
           empty: str) -> ExitCode:
    """Print what was found: lines as they come, everything else at its end."""
    if wanted.shape == "jsonl":  # a hundred thousand rows are held by nobody
        for one in chain.from_iterable(pages):
            result(json_line(stored_row(one)))
        return ExitCode.ACCEPTED
    found = list(chain.from_iterable(pages))
    if wanted.shape == "json":
        counted = {} if total is None else {"total": total}
        print_json(credentials=[stored_row(one) for one in found], **counted)
    elif found:
        print_table(_HEADINGS, [_cells(one) for one in found])
        if total is not None and wanted.offset + len(found) < total:
            say(f"{len(found)} of {total}. The next ones: --limit {wanted.limit} --page {wanted.page + 1}")
    else:
        say(empty if not wanted.offset else "Nothing on this page.")
    return ExitCode.ACCEPTED


def _cells(one: StoredCredential) -> tuple[str, ...]:
    return (one.id, MARKS[headline_level(one.report)], headline(one.report), class_word(one.evidence_class),
            one.title, one.issuer_name or one.issuer_id,
            friendly_date(one.valid_until) if one.valid_until else "")
