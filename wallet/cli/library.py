"""`wallet import`, `show`, `export` and `delete`: what comes in, one that is kept, and what goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from wallet.model.headline import headline_level
from wallet.model.network import Permission
from wallet.operations import documents, library
from wallet.operations.inputs import is_web_address
from wallet.operations.intake import (
    ImportOutcome,
    ImportRow,
    ImportSummary,
    import_bytes,
    import_paths,
)
from wallet.operations.progress import Progress
from wallet.operations.session import Session
from wallet.wording.labels import class_word, tidy
from wallet.wording.outcomes import Audience, headline, next_step, sentence
from wallet.wording.reasons import reason_text

from .exit_codes import ExitCode
from .options import (
    Shell,
    WalletChoice,
    example,
    json_option,
    online_option,
    opened,
    standard_input,
    wallet_options,
)
from .output import marked, print_json, progress, result, say
from .policy import Policy
from .render import content_lines, content_row, explained, report_row, stored_row

_WORDS: Final = {
    ImportOutcome.ADDED: "added",
    ImportOutcome.KNOWN: "already here",
    ImportOutcome.REPLACES: "added; an older one is kept beside it",
    ImportOutcome.REFUSED: "not read",
    ImportOutcome.LEFT_OUT: "not taken over",
    ImportOutcome.WOULD_ADD: "would be added",
}


@click.command(name="import", epilog=example("wallet import badge.png diploma.json Downloads/badges"))
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--as-document", is_flag=True,
              help="Keep what holds no credential as a document, which never counts as checked.")  # fmt: skip
@online_option
@wallet_options
@json_option
@click.pass_obj
def import_(
    shell: Shell, *, paths: tuple[str, ...], dry_run: bool, as_document: bool, online: bool,
    choice: WalletChoice, as_json: bool,
) -> ExitCode:
    """Take credentials into the wallet: files, folders, or - for standard input.

    The original bytes are kept. The same credential twice is recognised. What cannot be read changes
    nothing. Ctrl+C stops after the present file, and what was done stays done. With --online, PATH may be
    a web address, and keys and withdrawal lists are asked for. With --as-document, a web address without
    --online is kept as its link.
    """
    if dry_run and online:
        raise click.UsageError("Give --dry-run, or --online.")
    if not online and not as_document and any(map(is_web_address, paths)):
        raise click.UsageError("Nothing is asked of the web without --online.")
    with opened(replace(choice, online=online)) as session, progress(quiet=shell.quiet) as watched:
        if as_document:
            rows, cancelled = _import_or_keep(session, paths, watched, online=online, dry_run=dry_run)
        elif online:
            rows, cancelled = _import_online(session, paths, watched)
        else:
            rows, cancelled = _import(session, paths, watched, dry_run=dry_run)
    if as_json:
        print_json(imported=[import_row(row) for row in rows], cancelled=cancelled)
    else:
        for row in rows:
            result(import_line(row))
        counts = {outcome: sum(row.outcome is outcome for row in rows) for outcome in ImportOutcome}
        say(
            ", ".join(f"{count} {_WORDS[outcome]}" for outcome, count in counts.items() if count) or "nothing"
        )
    if cancelled:
        return ExitCode.INTERRUPTED
    refused = any(row.outcome is ImportOutcome.REFUSED for row in rows)
    return ExitCode.UNREADABLE if refused or not rows else ExitCode.ACCEPTED


def _import(session: Session, paths: Sequence[str], watched: Progress, *,
            dry_run: bool) -> tuple[list[ImportRow], bool]:
    """Import standard input, then files and folders; return the rows and whether it was stopped."""
    files = [Path(path) for path in paths if path != "-"]
    summaries: list[ImportSummary] = []
    if "-" in paths:
        summaries.append(import_bytes(session, standard_input(), "standard input", dry_run=dry_run))
    if files:
        summaries.append(import_paths(session, files, progress=watched, dry_run=dry_run))
    return [row for one in summaries for row in one.rows], any(one.cancelled for one in summaries)


def _import_or_keep(session: Session, paths: Sequence[str], watched: Progress, *, online: bool,
                    dry_run: bool) -> tuple[list[ImportRow], bool]:
    """Import the same, and keep as documents what holds no credential."""
    # Loaded here, as below.
    from wallet.operations.as_documents import import_or_keep  # noqa: PLC0415

    from .asked import print_failed  # noqa: PLC0415

    addresses = [path for path in paths if is_web_address(path)]
    files = [Path(path) for path in paths if path != "-" and path not in addresses]
    door = session.door(Permission.COMMAND) if online else None
    done = import_or_keep(session, files, addresses, door=door, dry_run=dry_run, progress=watched,
                          pasted=standard_input() if "-" in paths else b"")
    print_failed(done.asked)
    return list(done.imported.rows), done.imported.cancelled


def _import_online(session: Session, paths: Sequence[str],
                   watched: Progress) -> tuple[list[ImportRow], bool]:
    """Import the same, and what is at web addresses, and ask for what their checks want."""
    # Loaded here: who asks nothing loads nothing that could.
    from wallet.operations.intake_online import import_online  # noqa: PLC0415

    from .asked import print_failed  # noqa: PLC0415

    addresses = [path for path in paths if is_web_address(path)]
    files = [Path(path) for path in paths if path != "-" and path not in addresses]
    done = import_online(session, files, addresses, session.door(Permission.COMMAND), progress=watched,
                         pasted=standard_input() if "-" in paths else b"")
    print_failed(done.asked)
    return list(done.imported.rows), done.imported.cancelled


@click.command(epilog=example("wallet show 7f3a"))
@click.argument("credential_id", metavar="ID")
@wallet_options
@json_option
def show(*, credential_id: str, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Show one credential: what was found, the four answers, and what it says of itself.

    The beginning of the ID is enough.
    """
    with opened(choice) as session:
        found = library.detail(session, credential_id)
        listed = documents.links(session, found.stored.id)
        advised = documents.advice(session, found.stored.id)
    report = found.report
    if as_json:
        row = stored_row(found.stored) | report_row(report, found.credential, Policy())
        links = [{"address": one.address, "kind": one.kind.value} for one in listed]
        advice = {"code": advised.code.value, "text": reason_text(advised)} if advised else None
        print_json(credential=row | {"content": content_row(found.credential), "links": links,
                                     "advice": advice})
        return ExitCode.ACCEPTED
    result(f"{marked(headline_level(report), headline(report))}  [{class_word(report.evidence_class)}]")
    result(f"    {sentence(report, Audience.LEARNER)}")
    step = next_step(report, Audience.LEARNER)
    if step:
        result(f"    → {step}")
    for line in (*explained(report, Audience.LEARNER), *content_lines(found.credential)):
        result(line)
    for one in listed:
        result(f"          link: {tidy(one.address)}")
    if advised:
        result(f"    → {reason_text(advised)}")
    return ExitCode.ACCEPTED


@click.command(epilog=example("wallet export 7f3a --out backup-of-originals"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path(), metavar="DIR",
              help="Where to write; the present folder if not given.")  # fmt: skip
@wallet_options
@json_option
def export(*, ids: tuple[str, ...], out: Path, choice: WalletChoice, as_json: bool) -> ExitCode:
    """Write the original files, byte for byte as they came."""
    with opened(choice) as session:
        written = library.export(session, ids, out)
    if as_json:
        print_json(files=[str(path) for path in written])
    else:
        for path in written:
            result(str(path))
    return ExitCode.ACCEPTED


@click.command(epilog=example("wallet delete 7f3a", "wallet bin restore 7f3a"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@wallet_options
def delete(*, ids: tuple[str, ...], choice: WalletChoice) -> ExitCode:
    """Put credentials into the bin, where they stay for 30 days."""
    with opened(choice) as session:
        changes = library.delete(session, ids)
    result(f"{len(changes.credentials)} in the bin now, for {library.BIN_DAYS} days.")
    return ExitCode.ACCEPTED


def import_row(row: ImportRow) -> dict[str, object]:
    """Return one line of the import review as JSON."""
    why = row.reason
    return {
        "file": row.name,
        "outcome": row.outcome.value,
        "id": row.credential_id,
        "title": row.title,
        "issuer": row.issuer,
        "replaced": row.replaced_id,
        "reason": {"code": why.code.value, "text": reason_text(why)} if why else None,
        "verdict": row.report.verdict.value if row.report else None,
    }


def import_line(row: ImportRow) -> str:
    """Return one line of the import review."""
    name = tidy(row.name, 60)
    if row.reason:
        mark = "-" if row.outcome is ImportOutcome.LEFT_OUT else "✕"
        return f"{mark} {name}: {_WORDS[row.outcome]}. {reason_text(row.reason)} ({row.reason.code.value})"
    verdict = marked(headline_level(row.report), headline(row.report)) if row.report else ""
    ident = f" as {row.credential_id}" if row.credential_id else ""
    title = f" ({tidy(row.title, 60)})" if row.title else ""
    return f"{verdict}  {name}{title}: {_WORDS[row.outcome]}{ident}"
