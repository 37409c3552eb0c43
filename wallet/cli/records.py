"""`wallet document`, `statement` and `badges`: what is no sealed file, and what a website says of badges."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from wallet.model.errors import OperationError
from wallet.model.headline import headline_level
from wallet.model.network import Permission
from wallet.model.reasons import ReasonCode, reason
from wallet.operations import addresses, documents, linkedin_import
from wallet.operations.documents import Details
from wallet.operations.intake import ImportOutcome, ImportRow
from wallet.wording.labels import friendly_date, tidy
from wallet.wording.outcomes import headline
from wallet.wording.reasons import reason_text

from .exit_codes import ExitCode
from .free_text import FREE_TEXT
from .library import import_line, import_row
from .options import Command, Shell, WalletChoice, example, json_option, opened, read_time, wallet_options
from .output import marked, print_json, print_table, progress, result, say

_DETAILS: Final = (
    click.option("--title", type=FREE_TEXT, default="", help="What to call it."),
    click.option("--issuer", type=FREE_TEXT, default="", help="Who gave it."),
    click.option("--date", type=read_time, help="When, like 2026-05-12."),
    click.option("--until", type=read_time, help="Until when it counts."),
    click.option("--about", type=FREE_TEXT, default="", help="In your own words; @FILE from a file."),
    click.option("--skill", "skills", type=FREE_TEXT, multiple=True, help="What it shows; may be repeated."),
    click.option("--link", "links", multiple=True, metavar="URL", help="A page about it; may be repeated."),
)


def _details_options(command: Command) -> Command:
    """Add the options that say what something is; the command gets them as one `said`."""

    @functools.wraps(command)
    def with_details(*, title: str, issuer: str, date: datetime | None, until: datetime | None, about: str,
                     skills: tuple[str, ...], links: tuple[str, ...], **others: Any) -> Any:
        return command(said=Details(title, issuer, date, until, about, skills, links), **others)

    wrapped: Command = with_details
    for option in reversed(_DETAILS):
        wrapped = option(wrapped)
    return wrapped


@click.group(epilog=example("wallet document add certificate.pdf",
                            "wallet document link coursera.org/verify/AB12"))
def document() -> None:
    """Keep certificates that have no seal: PDF files, pictures, links. They never count as checked."""


@document.command(name="add", epilog=example('wallet document add scan.jpg --title "First aid"'))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@_details_options
@wallet_options
@json_option
def document_add(*, files: tuple[Path, ...], said: Details, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Keep files as documents. What you leave out is filled from the file.

    A credential inside the file is taken out, checked and kept beside it. The same file again changes what
    is said of it. Links found in it are listed, never opened.
    """
    told = said if said != Details() else None
    with opened(choice) as session:
        kept = [documents.add_document(session, path, told, more_links=said.links) for path in files]
        found = [documents.links(session, one.row.credential_id) for one in kept]
    if as_json:
        print_json(documents=[
            import_row(one.row) | {
                "links": [{"address": link.address, "kind": link.kind.value} for link in listed],
                "inside": [import_row(row) for row in one.inside]}
            for one, listed in zip(kept, found, strict=True)])
        return ExitCode.ACCEPTED
    for one, listed in zip(kept, found, strict=True):
        result(import_line(one.row))
        for row in one.inside:
            result(f"    inside: {import_line(row)}")
        for link in listed:
            result(f"    link: {tidy(link.address)}")
        if one.found and one.found.problem:
            say(f"    Not looked into: {reason_text(one.found.problem)}")
    return ExitCode.ACCEPTED


@document.command(name="link", epilog=example("wallet document link https://www.coursera.org/verify/AB12"))
@click.argument("address")
@_details_options
@wallet_options
@json_option
def document_link(*, address: str, said: Details, choice: WalletChoice,
                  as_json: bool) -> ExitCode:
    """Keep a web page as a document: its link and what you say of it. Nothing is fetched."""
    with opened(choice) as session:
        row = documents.add_link(session, address, said)
    return _print_rows([row], as_json=as_json)


@document.command(name="change", epilog=example('wallet document change 7f3a --title "First aid, renewed"'))
@click.argument("credential_id", metavar="ID")
@_details_options
@wallet_options
def document_change(*, credential_id: str, said: Details, choice: WalletChoice) -> ExitCode:
    """Write down anew what you say of a document or in a statement; what you leave out stays."""
    with opened(choice) as session:
        before = documents.details(session, credential_id)
        documents.change_entry(session, credential_id, Details(
            said.title or before.title, said.issuer or before.issuer, said.date or before.date,
            said.until or before.until, said.about or before.about, said.skills or before.skills,
            said.links or before.links))
    result("Changed.")
    return ExitCode.ACCEPTED


@click.group(epilog=example('wallet statement add --title "Ran the chess club" --about "Three years"'))
def statement() -> None:
    """Keep what you say of yourself. It is shown as your own word, and never as checked."""


@statement.command(name="add", epilog=example('wallet statement add --title "Ran the chess club"'))
@_details_options
@wallet_options
@json_option
def statement_add(*, said: Details, choice: WalletChoice,
                  as_json: bool) -> ExitCode:
    """Keep one statement of your own."""
    with opened(choice) as session:
        row = documents.add_statement(session, said)
    return _print_rows([row], as_json=as_json)


@statement.command(name="linkedin", epilog=example("wallet statement linkedin Basic_LinkedInDataExport.zip",
                                                   "wallet statement linkedin export.zip --take 1,3"))
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--take", metavar="N,N", help="Take over these lines.")
@click.option("--all", "everything", is_flag=True, help="Take over all of them.")
@wallet_options
@json_option
def statement_linkedin(*, archive: Path, take: str | None, everything: bool, choice: WalletChoice,
                       as_json: bool) -> ExitCode:
    """List what your LinkedIn export says of you, and take over what you choose as own statements."""
    export = linkedin_import.offer_linkedin(archive)
    chosen = _chosen(export.rows, take, everything=everything)
    for why in export.left_out:
        say(f"- {reason_text(why)}")
    if chosen is None:
        if as_json:
            print_json(offers=[{"number": number, "table": row.table.value, "title": row.details.title,
                                "issuer": row.details.issuer} for number, row in enumerate(export.rows, 1)],
                       leftOut=[{"code": why.code.value, "name": why["name"]} for why in export.left_out])
        else:
            print_table(("", "What", "Title", "From"),
                        [(str(number), row.table.value, row.details.title, row.details.issuer)
                         for number, row in enumerate(export.rows, 1)])
            say("Nothing was taken over yet. Choose with --take 1,2 or --all.")
        return ExitCode.ACCEPTED
    with opened(choice) as session:
        taken = linkedin_import.take_linkedin(session, chosen)
    return _print_rows(taken.rows, as_json=as_json)


@click.command(epilog=example("wallet badges https://www.credly.com/users/maya-lind --online",
                              "wallet badges https://www.credly.com/users/maya-lind --online --take 1,4"))
@click.argument("address")
@click.option("--online", is_flag=True, help="Ask the website. Nothing is asked without this.")
@click.option("--take", metavar="N,N", help="Bring in these lines of a list.")
@click.option("--all", "everything", is_flag=True, help="Bring in all of them.")
@wallet_options
@json_option
@click.pass_obj
def badges(shell: Shell, *, address: str, online: bool, take: str | None, everything: bool,
           choice: WalletChoice, as_json: bool) -> ExitCode:
    """Bring in badges from a website: a badge's page, or a public profile or backpack with many.

    A profile gives a list to choose from. What the issuer's website says is kept with its date.
    """
    hosts = addresses.hosts_asked(address)
    if not online:
        raise OperationError(reason(ReasonCode.NETWORK_OFF, host=hosts[0]))
    with opened(replace(choice, online=True)) as session:
        door = session.door(Permission.COMMAND)
        if not addresses.is_profile(address):
            brought = addresses.bring_address(session, address, door)
            if brought.problem and not brought.rows:
                raise OperationError(brought.problem)
            return _print_rows(brought.rows, as_json=as_json)
        listed = addresses.offer_profile(session, address, door)
        chosen = _chosen(listed.offers, take, everything=everything)
        if chosen is None:
            return _print_offers(listed, as_json=as_json)
        with progress(quiet=shell.quiet) as watched:
            summary = addresses.bring_offers(session, chosen, door, progress=watched)
    code = _print_rows(summary.rows, as_json=as_json)
    return ExitCode.INTERRUPTED if summary.cancelled else code


def _print_offers(listed: addresses.OfferList, *, as_json: bool) -> ExitCode:
    if as_json:
        print_json(offers=[
            {"number": number, "title": one.title, "issuer": one.issuer,
             "date": one.date.date().isoformat() if one.date else None, "address": one.address,
             "known": one.address in listed.known} for number, one in enumerate(listed.offers, 1)],
            unusable=listed.unusable, complete=listed.complete)
        return ExitCode.ACCEPTED
    print_table(("", "Title", "Awarded by", "When", ""),
                [(str(number), one.title, one.issuer, friendly_date(one.date) if one.date else "",
                  "here already" if one.address in listed.known else "")
                 for number, one in enumerate(listed.offers, 1)])
    if listed.unusable:
        say(f"{listed.unusable} lines of the list could not be used.")
    if not listed.complete:
        say("The list goes on, and was not read to its end.")
    say("Nothing was brought in yet. Choose with --take 1,2 or --all.")
    return ExitCode.ACCEPTED


def _chosen(rows: Sequence[Any], take: str | None, *, everything: bool) -> list[Any] | None:
    """Return the lines that were chosen by number, None if nothing was chosen yet."""
    if everything:
        return list(rows)
    if take is None:
        return None
    try:
        numbers = [int(one) for one in take.split(",") if one.strip()]
    except ValueError:
        message = f"'{tidy(take, 40)}' are no numbers: write them like 1,3"
        raise click.BadParameter(message) from None
    if not all(1 <= number <= len(rows) for number in numbers):
        message = f"the list has the numbers 1 to {len(rows)}"
        raise click.BadParameter(message)
    return [rows[number - 1] for number in dict.fromkeys(numbers)]


def _print_rows(rows: Sequence[ImportRow], *, as_json: bool) -> ExitCode:
    if as_json:
        print_json(imported=[import_row(row) for row in rows])
    else:
        for row in rows:
            shown = replace(row, name=row.title or row.name)
            result(import_line(shown) if row.reason or row.report is None
                   else f"{marked(headline_level(row.report), headline(row.report))}  "
                        f"{tidy(shown.name, 60)} as {row.credential_id}")
    refused = any(row.outcome is ImportOutcome.REFUSED for row in rows)
    return ExitCode.UNREADABLE if refused or not rows else ExitCode.ACCEPTED
