"""`wallet lists`: whose word counts about who an issuer is, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wallet import assemble
from wallet.model.errors import OperationError
from wallet.model.issuer_lists import KeptList, ListKind
from wallet.model.network import Permission
from wallet.model.reasons import ReasonCode, reason
from wallet.operations import lists as kept
from wallet.operations.files import read_file
from wallet.operations.list_overview import ListShown, list_overview
from wallet.wording.believing import VERIFIED_WORDS
from wallet.wording.labels import friendly_date
from wallet.wording.reasons import reason_text

from .asked import lookup_line, lookup_row
from .exit_codes import ExitCode
from .options import WalletChoice, example, json_option, opened, wallet_options
from .output import print_json, print_table, result, say
from .render import stamp

if TYPE_CHECKING:
    from wallet.operations.list_refresh import Refreshed
    from wallet.operations.session import Session

_WORDS = {
    ListKind.FILE: "list",
    ListKind.LIST_OF_LISTS: "list of lists",
    ListKind.FEDERATION: "federation",
    ListKind.DOMAINS: "web domains",
    ListKind.SHIPPED: "came with this program",
    ListKind.OTHER: "unknown",
}
_MAX_KEY_BYTES = 16 * 1024
#: In steps; there are never as many lists as the largest.
_MOVES = {"up": -1, "down": 1, "first": -(10**6), "last": 10**6}


@click.group(epilog=example("wallet lists list", "wallet lists add partners.json"))
def lists() -> None:
    """Keep lists of issuers: who confirms whom, the first list first."""


@lists.command(name="list", epilog=example("wallet lists list --json"))
@wallet_options
@json_option
def list_(*, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Show the lists in force, in their order."""
    with opened(choice) as session:
        rows = list_overview(session)
    if as_json:
        print_json(lists=[_row(one) for one in rows])
    elif rows:
        lines = [line for one in rows
                 for line in (_cells(one), *(_cells(member, "- ") for member in one.members))]
        print_table(("List", "What", "Issuers", "Of", "Ends", "Came", "Found right", "Remark"), lines)
    else:
        say("No lists are in force.")
    return ExitCode.ACCEPTED


@lists.command(
    epilog=example(
        "wallet lists add partners.json",
        "wallet lists add --online https://registry.example/registry.json --name Registry",
        "wallet lists add register.jws --key keeper.jwk",
    )
)
@click.argument("source", metavar="FILE|ADDRESS")
@click.option("--name", default="", metavar="NAME", help="What to call it.")
@click.option("--key", default="", metavar="KEY", help="The key of those who seal it: a file, or its text.")
@click.option("--online", is_flag=True, help="Bring it from the web. Its host learns that you asked.")
@wallet_options
def add(*, source: str, name: str, key: str, online: bool, choice: WalletChoice) -> ExitCode:
    """Put a list in force, behind the others: a file, or a web address together with --online."""
    text = _key_text(key)
    is_address = source.startswith(("https://", "http://"))
    with _opened(choice, online=online) as session:
        if is_address:
            from wallet.operations.list_refresh import add_list_address  # noqa: PLC0415 - only for those online

            one = add_list_address(session, session.door(Permission.COMMAND), source, name=name, key=text)
        else:
            one = kept.add_list_file(session, Path(source), name=name, key=text)
    result(f"In force: {one.name} ({_WORDS[one.kind]}).")
    return ExitCode.ACCEPTED


@lists.command(epilog=example("wallet lists remove partners"))
@click.argument("name")
@wallet_options
def remove(*, name: str, choice: WalletChoice) -> ExitCode:
    """Put a list out of force, by its name or address. “wallet lists undo” takes that back."""
    with opened(choice) as session:
        kept.remove_list(session, name)
    result("Removed.")
    return ExitCode.ACCEPTED


@lists.command(epilog=example("wallet lists order partners registry"))
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@wallet_options
def order(*, names: tuple[str, ...], choice: WalletChoice) -> ExitCode:
    """Put these lists first, in this order: the first that names an issuer speaks."""
    with opened(choice) as session:
        kept.order_lists(session, names)
        rows = list_overview(session)
    result("\n".join(one.kept.name for one in rows))
    return ExitCode.ACCEPTED


@lists.command(epilog=example("wallet lists move partners up", "wallet lists move registry last"))
@click.argument("name")
@click.argument("where", type=click.Choice(tuple(_MOVES)))
@wallet_options
def move(*, name: str, where: str, choice: WalletChoice) -> ExitCode:
    """Move a list: the first that names an issuer speaks. “wallet lists undo” takes that back."""
    with opened(choice) as session:
        kept.move_list(session, name, _MOVES[where])
        rows = list_overview(session)
    result("\n".join(one.kept.name for one in rows))
    return ExitCode.ACCEPTED


@lists.command(epilog=example("wallet lists undo"))
@wallet_options
def undo(*, choice: WalletChoice) -> ExitCode:
    """Take back the last change of the lists."""
    with opened(choice) as session:
        kept.undo_lists(session)
    result("Taken back.")
    return ExitCode.ACCEPTED


@lists.command(epilog=example("wallet lists shipped --off"))
@click.option("--on/--off", "used", default=True, help="In force, or not.")
@wallet_options
def shipped(*, used: bool, choice: WalletChoice) -> ExitCode:
    """Put the list that came with the program in force, or out of it."""
    with opened(choice) as session:
        kept.use_shipped_lists(session, used=used)
    result("In force." if used else "Not in force.")
    return ExitCode.ACCEPTED


@lists.command(epilog=example("wallet lists refresh", "wallet lists refresh --about did:web:school.example"))
@click.option("--about", "issuers", multiple=True, metavar="ISSUER",
              help="Also ask federations about this issuer. Their hosts learn of it.")  # fmt: skip
@wallet_options
@json_option
def refresh(*, issuers: tuple[str, ...], choice: WalletChoice, as_json: bool) -> ExitCode:
    """Bring every list that has a web address up to date. This asks their hosts."""
    from wallet.operations.list_refresh import refresh_lists  # noqa: PLC0415 - only for those online
    from wallet.operations.lookups import look_up  # noqa: PLC0415 - as above

    with _opened(choice, online=True) as session:
        door = session.door(Permission.COMMAND)
        found = refresh_lists(session, door)
        told = look_up(session, door, issuers, everywhere=True).answers
    if as_json:
        print_json(requests=[*map(_outcome, found), *map(lookup_row, told)])
    elif found or told:
        for one in found:
            result(f"{one.name}: {_told(one)} ({one.address})")
        for line in map(lookup_line, told):
            result(line)
    else:
        say("No list has a web address.")
    failed = [*(one.reason for one in found), *(one.reason for one in told)]
    return ExitCode.UNDECIDED if any(failed) else ExitCode.ACCEPTED


@contextmanager
def _opened(choice: WalletChoice, *, online: bool) -> Iterator[Session]:
    """Open the wallet, with the real web behind its door where the command says so."""
    with opened(choice) as session:
        if online:
            session.services = replace(session.services, fetcher=assemble.web())
        yield session


def _key_text(key: str) -> str:
    """Return the key itself, or what is in the file of that name."""
    if not key or key.startswith(("{", "did:")) or not Path(key).is_file():
        return key
    data = read_file(Path(key), max_bytes=_MAX_KEY_BYTES)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise OperationError(reason(ReasonCode.NOT_UTF8)) from None


def _told(one: Refreshed) -> str:
    if one.reason:
        return reason_text(one.reason)
    return "new" if one.is_new else "unchanged"


def _outcome(one: Refreshed) -> dict[str, object]:
    return {
        "list": one.name,
        "address": one.address,
        "new": one.is_new,
        "reason": one.reason.code.value if one.reason else None,
    }


def _cells(one: ListShown, before: str = "") -> tuple[str, ...]:
    came = one.document.fetched_at if one.document else None
    remarks = [reason_text(one.problem) if one.problem else ""]
    if one.refused:
        remarks.append(f"A later one was not taken on {friendly_date(one.refused.at)}: "
                       f"{reason_text(one.refused.reason)}")
    return (
        before + one.kept.name,
        _WORDS[one.kept.kind],
        str(one.issuers or ""),
        friendly_date(one.date) if one.date else "",
        friendly_date(one.until) if one.until else "",
        friendly_date(came) if came else "",
        _verified(one),
        " ".join(part for part in remarks if part),
    )


def _verified(one: ListShown) -> str:
    """Return how the version that counts was found to be right."""
    if one.kept.signer:
        return "by the key you gave"
    return ", ".join(VERIFIED_WORDS[how] for how in one.document.verified) if one.document else ""


def _row(one: ListShown) -> dict[str, object]:
    found: KeptList = one.kept
    document, refused = one.document, one.refused
    return {
        "name": found.name,
        "kind": found.kind.value,
        "address": found.address,
        "governance": found.governance,
        "sealed": bool(found.signer),
        "issuers": one.issuers,
        "date": stamp(one.date) if one.date else None,
        "until": stamp(one.until) if one.until else None,
        "problem": one.problem.code.value if one.problem else None,
        "came": stamp(document.fetched_at) if document and document.fetched_at else None,
        "source": document.source if document else None,
        "verified": [how.value for how in document.verified] if document else [],
        "refused": {"at": stamp(refused.at), "code": refused.reason.code.value} if refused else None,
        "members": [_row(member) for member in one.members],
    }
