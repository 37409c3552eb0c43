"""`wallet refresh`, `renew` and `network`: what is asked of the web, by whose leave, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import click

from wallet.model.network import Permission
from wallet.operations import network as door
from wallet.operations.refresh import RefreshSummary, refresh_requests
from wallet.operations.refresh import refresh as refresh_wallet
from wallet.operations.renewal import renew as renew_credential
from wallet.operations.session import Session
from wallet.wording.asking import (
    change_word,
    keys_changed,
    outcome_word,
    permission_word,
    purpose_word,
    refresh_sentence,
)
from wallet.wording.labels import friendly_time, tidy
from wallet.wording.reasons import reason_text

from .asked import ledger_row, print_failed, print_sheet
from .exit_codes import ExitCode
from .library import import_line, import_row
from .options import Shell, WalletChoice, example, json_option, online_option, opened, wallet_options
from .output import print_json, print_table, progress, result, say
from .render import stamp


@click.command(epilog=example("wallet refresh", "wallet refresh --online", "wallet refresh 7f3a --online"))
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="All credentials, as without any ID.")
@online_option
@wallet_options
@json_option
@click.pass_obj
def refresh(shell: Shell, *, ids: tuple[str, ...], everything: bool, online: bool, choice: WalletChoice,
            as_json: bool) -> ExitCode:
    """Ask anew for keys and withdrawal lists, check everything by them, and say what changed.

    Without --online: only say what would be asked of whom. A pass that was stopped goes on where it was.
    """
    if everything and ids:
        raise click.UsageError("Give IDs, or --all.")
    if not online:
        with opened(choice) as session:
            requests = refresh_requests(session, ids)
        return print_sheet(requests, as_json=as_json)
    with opened(replace(choice, online=True)) as session, progress(quiet=shell.quiet) as watched:
        summary = refresh_wallet(session, session.door(Permission.COMMAND), ids=ids, progress=watched)
    if as_json:
        print_json(**_summary_row(summary))
    else:
        _print_summary(summary)
    if summary.cancelled:
        return ExitCode.INTERRUPTED
    return ExitCode.UNDECIDED if summary.everything_asked.failed else ExitCode.ACCEPTED


@click.command(epilog=example("wallet renew 7f3a --online"))
@click.argument("credential_id", metavar="ID")
@online_option
@wallet_options
@json_option
def renew(*, credential_id: str, online: bool, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Ask for a newer version of a credential, where its issuer says that there are some.

    The issuer learns who asks. Nothing else in this program ever asks there.
    """
    with opened(replace(choice, online=online)) as session:
        row = renew_credential(session, credential_id, session.door(Permission.COMMAND))
    if as_json:
        print_json(imported=[import_row(row)])
    else:
        result(import_line(row))
    return ExitCode.ACCEPTED


@click.group(epilog=example("wallet network log", "wallet network allow credentials.example.edu"))
def network() -> None:
    """See every request that was ever made, and say which websites may be asked."""


@network.command(name="log", epilog=example("wallet network log"))
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the last N.")
@wallet_options
@json_option
def log(*, limit: int | None, choice: WalletChoice, as_json: bool) -> ExitCode:
    """List the requests, newest first."""
    with opened(choice) as session:
        lines = door.ledger(session, limit=limit or -1)
    if as_json:
        print_json(requests=[ledger_row(one) for one in lines])
    elif lines:
        print_table(("When", "Site", "For", "By", "Ended", "Bytes", "Address"), [
            (friendly_time(one.at), one.host, purpose_word(one.purpose), permission_word(one.allowed),
             outcome_word(one.outcome), str(one.bytes), one.address) for one in lines])
    else:
        say("No request is on the list.")
    return ExitCode.ACCEPTED


@network.command(name="clear", epilog=example("wallet network clear"))
@wallet_options
def clear(*, choice: WalletChoice) -> ExitCode:
    """Forget the list of requests."""
    with opened(choice) as session:
        count = door.clear_ledger(session)
    result("1 line forgotten." if count == 1 else f"{count} lines forgotten.")
    return ExitCode.ACCEPTED


@network.command(name="sites", epilog=example("wallet network sites"))
@wallet_options
@json_option
def sites(*, choice: WalletChoice, as_json: bool) -> ExitCode:
    """List the websites that may be asked without a question."""
    with opened(choice) as session:
        allowed, always = door.allowed_hosts(session), door.always_allowed(session)
    if as_json:
        print_json(allowed=[{"host": one.host, "since": stamp(one.given_at)} for one in allowed],
                   always=always)
        return ExitCode.ACCEPTED
    for one in allowed:
        result(tidy(one.host))
    if always:
        say("Every website that a credential names may be asked: you have set it so.")
    elif not allowed:
        say("None. You are asked before anything is sent.")
    return ExitCode.ACCEPTED


@network.command(name="allow", epilog=example("wallet network allow credentials.example.edu"))
@click.argument("host", required=False)
@click.option("--always", is_flag=True, help="Every website that a credential names.")
@wallet_options
def allow(*, host: str | None, always: bool, choice: WalletChoice) -> ExitCode:
    """Let a website be asked without a question, until you take it back."""
    if bool(host) == always:
        raise click.UsageError("Give a website, or --always.")
    with opened(choice) as session:
        if host:
            result(f"{tidy(door.allow_host(session, host))} may be asked.")
        else:
            door.set_always_allowed(session, allowed=True)
            result("Every website that a credential names may be asked.")
    return ExitCode.ACCEPTED


@network.command(name="revoke", epilog=example("wallet network revoke credentials.example.edu"))
@click.argument("host", required=False)
@click.option("--always", is_flag=True, help="What was allowed for every website.")
@wallet_options
def revoke(*, host: str | None, always: bool, choice: WalletChoice) -> ExitCode:
    """Take the leave for a website back."""
    if bool(host) == always:
        raise click.UsageError("Give a website, or --always.")
    with opened(choice) as session:
        was_there = _take_back(session, host)
    result("Taken back." if was_there else "There was nothing to take back.")
    return ExitCode.ACCEPTED


def _take_back(session: Session, host: str | None) -> bool:
    if host:
        return door.revoke_host(session, host)
    was_there = door.always_allowed(session)
    door.set_always_allowed(session, allowed=False)
    return was_there


def _print_summary(summary: RefreshSummary) -> None:
    for change in summary.changes:
        line = f"{change.credential_id}  {tidy(change.title, 60)}: {change_word(change.kind)}"
        result(f"{line}. {reason_text(change.reason)}")
    for key in summary.asked.changes:
        result(keys_changed(key.issuer_id))
    print_failed(summary.everything_asked)
    if summary.cancelled:
        say("Stopped. The next refresh goes on from here.")
        return
    counts = Counter(change.kind for change in summary.changes)
    result(refresh_sentence(counts, len(summary.everything_asked.silent_hosts)))


def _summary_row(summary: RefreshSummary) -> dict[str, Any]:
    asked = summary.everything_asked
    return {
        "judged": summary.judged,
        "cancelled": summary.cancelled,
        "changes": [{"id": one.credential_id, "title": one.title, "kind": one.kind.value,
                     "before": one.before.value, "after": one.after.value, "reason": one.reason.code.value}
                    for one in summary.changes],
        "asked": [{"address": one.request.wanted, "host": one.request.host,
                   "purpose": one.request.purpose.value, "outcome": one.outcome.value,
                   "reason": one.reason.code.value if one.reason else None} for one in asked.answers],
        "keysChanged": [one.issuer_id for one in asked.changes],
        "silentHosts": list(asked.silent_hosts),
    }
