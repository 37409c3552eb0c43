"""`wallet issuer`: what is known about an issuer, who lists it, and what the learner herself believes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from wallet.model.beliefs import Belief
from wallet.model.events import KeyChange
from wallet.model.network import Permission
from wallet.operations import issuers as knowing
from wallet.operations.issuers import IssuerView
from wallet.operations.known_to import KnownTo, known_to
from wallet.wording.believing import STANCE_WORDS
from wallet.wording.labels import friendly_date, tidy
from wallet.wording.reasons import reason_text

from .exit_codes import ExitCode
from .free_text import FREE_TEXT
from .options import WalletChoice, example, json_option, online_option, opened, wallet_options
from .output import print_json, print_table, result, say
from .render import stamp

_note_option = click.option("--note", type=FREE_TEXT, default="", metavar="TEXT",
                            help="How you found out; @FILE from a file.")  # fmt: skip


@click.group(epilog=example("wallet issuer list", "wallet issuer show did:web:school.example"))
def issuer() -> None:
    """See who sealed your credentials, and note what you know about them yourself."""


@issuer.command(name="list", epilog=example("wallet issuer list"))
@wallet_options
@json_option
def list_(*, choice: WalletChoice, as_json: bool) -> ExitCode:
    """List the issuers of your credentials, and those you noted something about."""
    with opened(choice) as session:
        found = knowing.issuers(session)
    if as_json:
        print_json(issuers=[_row(one) for one in found])
    elif found:
        print_table(
            ("Address", "Calls itself", "You", "Credentials"),
            [(one.id, one.claimed_name, _belief_text(one.belief), str(one.credentials)) for one in found],
        )
    else:
        say("There are no issuers yet.")
    return ExitCode.ACCEPTED


@issuer.command(epilog=example("wallet issuer show did:web:school.example"))
@click.argument("address")
@wallet_options
@json_option
def show(*, address: str, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Show an issuer's keys with their fingerprints, when they changed, who lists it, and your own log."""
    with opened(choice) as session:
        found, lists = knowing.issuer(session, address), known_to(session, address)
    if as_json:
        print_json(issuer=_row(found) | {"lists": [_list_row(one) for one in lists]})
    else:
        for line in (*_lines(found), *_list_lines(lists), *_log_lines(found)):
            result(line)
    return ExitCode.ACCEPTED


@issuer.command(epilog=example("wallet issuer ask did:web:school.example --online"))
@click.argument("address")
@online_option
@wallet_options
@json_option
def ask(*, address: str, online: bool, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Ask the federations among your lists about an issuer, and check its credentials by their answers.

    Their hosts learn that somebody has something from this issuer. Without --online: say whom it would ask.
    """
    # Loaded here: who asks nothing loads nothing that could.
    from wallet.operations.lookups import ask_about, lookup_requests  # noqa: PLC0415

    from .asked import lookup_line, lookup_row, print_sheet  # noqa: PLC0415

    with opened(replace(choice, online=online)) as session:
        planned = lookup_requests(session, (address,), everywhere=True)
        if planned and not online:
            return print_sheet(planned, as_json=as_json)
        told = ask_about(session, session.door(Permission.COMMAND), address).answers if planned else ()
        lists = known_to(session, address)
    if as_json:
        print_json(requests=[lookup_row(one) for one in told], lists=[_list_row(one) for one in lists])
    else:
        for line in (*map(lookup_line, told), *_list_lines(lists)):
            result(line)
        if not planned:
            say("There is nothing to ask: none of your lists is a federation that could say more.")
    return ExitCode.UNDECIDED if any(one.reason for one in told) else ExitCode.ACCEPTED


@issuer.command(
    epilog=example("wallet issuer pin did:web:school.example --fingerprint '9F2C 41D0 77AB 03E1 5C5D'")
)
@click.argument("address")
@click.option("--fingerprint", "written", default="", metavar="DIGITS",
              help="As the issuer told you; without it, every key it lists counts as compared.")  # fmt: skip
@_note_option
@wallet_options
def pin(*, address: str, written: str, note: str, choice: WalletChoice) -> ExitCode:
    """Note that you compared the issuer's key with the issuer itself, by telephone or on the spot."""
    with opened(choice) as session:
        knowing.pin(session, address, written=written, note=note)
        found = knowing.issuer(session, address)
    for key in found.keys:
        if key.pinned:
            result(f"Compared: {key.fingerprint}  {tidy(key.method)}")
    return ExitCode.ACCEPTED


@issuer.command(epilog=example("wallet issuer distrust did:web:mill.example --note 'sells diplomas'"))
@click.argument("address")
@_note_option
@wallet_options
def distrust(*, address: str, note: str, choice: WalletChoice) -> ExitCode:
    """Mark an issuer as not to be trusted. The result of a check stays; the issuer's row says so."""
    with opened(choice) as session:
        knowing.distrust(session, address, note=note)
    result("Marked as not to be trusted.")
    return ExitCode.ACCEPTED


@issuer.command(epilog=example("wallet issuer name did:web:school.example 'Our evening school'"))
@click.argument("address")
@click.argument("own_name", type=FREE_TEXT, metavar="NAME")
@wallet_options
def name(*, address: str, own_name: str, choice: WalletChoice) -> ExitCode:
    """Call an issuer by a name of your own; an empty one takes it back."""
    with opened(choice) as session:
        knowing.name(session, address, own_name)
    result("Named.")
    return ExitCode.ACCEPTED


@issuer.command(epilog=example("wallet issuer forget did:web:school.example"))
@click.argument("address")
@wallet_options
def forget(*, address: str, choice: WalletChoice) -> ExitCode:
    """Forget everything you noted about an issuer. The log keeps the line, and it can be taken back."""
    with opened(choice) as session:
        knowing.forget(session, address)
    result("Forgotten.")
    return ExitCode.ACCEPTED


@issuer.command(epilog=example("wallet issuer undo did:web:school.example"))
@click.argument("address")
@wallet_options
def undo(*, address: str, choice: WalletChoice) -> ExitCode:
    """Take back the last thing you noted about an issuer."""
    with opened(choice) as session:
        believed = knowing.undo(session, address)
    result(f"Taken back. Now: {_belief_text(believed) or 'nothing noted'}.")
    return ExitCode.ACCEPTED


def _row(view: IssuerView) -> dict[str, object]:
    belief = view.belief
    return {
        "id": view.id,
        "claimedName": view.claimed_name,
        "credentials": view.credentials,
        "belief": {
            "stance": belief.stance.value,
            "name": belief.name,
            "note": belief.note,
            "at": stamp(belief.at),
        }
        if belief
        else None,
        "keys": [
            {
                "method": one.method,
                "fingerprint": one.fingerprint,
                "thumbprint": one.thumbprint,
                "current": one.current,
                "pinned": one.pinned,
            }
            for one in view.keys
        ],
        "keyChanges": [_change_row(one) for one in view.key_changes],
        "notes": [{"code": one.code.value, "text": reason_text(one)} for one in view.notes],
        "log": [{"at": stamp(one.at), "kind": one.kind.value} for one in view.log],
    }


def _change_row(change: KeyChange) -> dict[str, object]:
    return {
        "before": {
            "saved": stamp(change.before_at) if change.before_at else None,
            "sha256": change.before_sha256,
        },
        "after": {
            "saved": stamp(change.after_at) if change.after_at else None,
            "sha256": change.after_sha256,
        },
        "gone": list(change.gone),
        "new": list(change.new),
    }


def _lines(view: IssuerView) -> Iterator[str]:
    yield tidy(view.id)
    if view.claimed_name:
        yield f"  Calls itself: {tidy(view.claimed_name)}"
    yield f"  You: {_belief_text(view.belief) or 'nothing noted'}"
    if view.belief and view.belief.note:
        yield f"  Your note: {tidy(view.belief.note)}"
    yield f"  Credentials kept: {view.credentials}"
    for note in view.notes:
        yield f"  Note: {reason_text(note)}"
    for key in view.keys:
        state = "listed now" if key.current else "no longer listed"
        compared = ", compared by you" if key.pinned else ""
        yield f"  Key {key.fingerprint}  {state}{compared}  {tidy(key.method)}"
    if not view.keys:
        yield "  No key of it is at hand."
    for change in view.key_changes:
        yield from _change_lines(change)


def _list_lines(lists: Sequence[KnownTo]) -> Iterator[str]:
    for one in lists:
        known = "knows its web address" if one.by_domain else f"lists it as “{tidy(one.name)}”"
        told = [f"{tidy(one.list)} {known}", "as a federation, which was asked" if one.by_federation else "",
                f"as of {friendly_date(one.date)}" if one.date else "",
                f"until {friendly_date(one.until)}" if one.until else "",
                "no longer says so" if one.has_ended else ""]
        yield "  " + ", ".join(part for part in told if part)
    if not lists:
        yield "  None of your lists names it."


def _list_row(one: KnownTo) -> dict[str, object]:
    return {"list": one.list, "name": one.name, "date": stamp(one.date) if one.date else None,
            "until": stamp(one.until) if one.until else None, "byDomain": one.by_domain,
            "ended": one.has_ended, "federation": one.by_federation}


def _log_lines(view: IssuerView) -> Iterator[str]:
    for event in view.log:
        yield f"  {friendly_date(event.at)}: {_EVENTS.get(event.kind.value, 'something happened')}"


_EVENTS = {
    "key_changed": "other keys were seen in its document",
    "record_changed": "its web record changed",
    "record_gone": "its web record was gone",
    "record_back": "its web record was back",
    "belief_set": "you noted something about it",
    "belief_undone": "you took something back",
}


def _change_lines(change: KeyChange) -> Iterator[str]:
    before = friendly_date(change.before_at) if change.before_at else "an unknown date"
    after = friendly_date(change.after_at) if change.after_at else "an unknown date"
    yield f"  Keys changed between {before} and {after}"
    yield f"    before: {change.before_sha256}"
    yield f"    after:  {change.after_sha256}"
    for word, methods in (("gone", change.gone), ("new", change.new)):
        for method in methods:
            yield f"    {word}: {tidy(method)}"


def _belief_text(belief: Belief | None) -> str:
    if belief is None:
        return ""
    words = STANCE_WORDS[belief.stance]
    called = f"“{tidy(belief.name)}”, " if belief.name else ""
    return f"{called}{words}, {friendly_date(belief.at)}"
