"""Reports and credentials as rows for machines and as lines for people.

What was checked and what a file says of itself are never mixed: every line that quotes a file starts with
the word of its field, and a verdict never stands on such a line. JSON keeps values exactly; text for
people is made harmless first.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from wallet import __version__
from wallet.model.credential import Credential, Presentation, Unreadable
from wallet.model.headline import headline_code, headline_level
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Level, Outcome, Question, Report
from wallet.operations.checking import CheckedFile
from wallet.wording.labels import class_word, friendly_date, tidy
from wallet.wording.outcomes import (
    Audience,
    check_lines,
    does_not_prove,
    headline,
    next_step,
    reason_text,
    rows,
    sentence,
)

from .output import marked
from .policy import Policy

if TYPE_CHECKING:  # a check of a file has to do with none
    from wallet.model.stored import StoredCredential

JsonRow: TypeAlias = dict[str, Any]
Content: TypeAlias = Credential | Presentation | Unreadable | None

TOOL: Final = {"name": "learner-wallet", "version": __version__}
CSV_FIELDS: Final = (
    "file", "sha256", "class", "outcome", "verdict", "level", "headline", "title", "issuer", "issuer_id",
    "subject", "from", "until", "accepted",
)  # fmt: skip
_MAX_TEXT_CHARS: Final = 400  # a description on a terminal; JSON has all of it
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


# --- for machines ---


def file_row(checked: CheckedFile, policy: Policy) -> JsonRow:
    """Return the row of one checked file; a pack's or a record's has a row per item inside."""
    row = report_row(checked.report, checked.parsed, policy)
    row = {"file": checked.name, "sha256": checked.sha256, **row, "tool": TOOL}
    if checked.report.items:
        row["items"] = _item_rows(checked.name, checked.report, checked.parsed, policy)
    return row


def _item_rows(name: str, report: Report, content: Content, policy: Policy) -> list[JsonRow]:
    found = []
    for inner, held in zip_longest(report.items, _held(content)[: len(report.items)]):
        row = {"file": name, "sha256": _digest(held), **report_row(inner, held, policy)}
        found.append(row | ({"items": _item_rows(name, inner, held, policy)} if inner.items else {}))
    return found


def report_row(report: Report, content: Content, policy: Policy) -> JsonRow:
    """Return verdict, checks and content of one report."""
    credential = content if isinstance(content, Credential) else None
    return {
        "class": report.evidence_class.value,
        "outcome": headline_code(report).value,
        "verdict": report.verdict.value,
        "level": headline_level(report).value,
        "headline": headline(report),
        "accepted": policy.exit_code(report) == 0,
        "refused": list(policy.refusals(report)),
        "checks": check_rows(report),
        "wanted": [
            {"address": one.address, "kind": one.kind.value, "host": one.host} for one in report.wanted
        ],
        "title": credential.title if credential else "",
        "issuer": {"name": report.issuer_name, "id": report.issuer_id, "listed": _listed(report)},
        "subject": (credential.subject.name or credential.subject.id) if credential else "",
        "dates": _dates(credential.valid_from, credential.valid_until) if credential else _dates(None, None),
        "skills": [skill.name for skill in credential.achievement.skills] if credential else [],
        "format": _format(content),
    }


def check_rows(report: Report) -> list[JsonRow]:
    """Return every check with its code, its sentence and what it rests on."""
    at = stamp(report.at)
    return [
        {
            "id": line.id.value,
            "outcome": line.outcome.value,
            "code": line.code.value,
            "level": line.level.value,
            "text": line.text,
            "source": line.source,
            "at": at,
        }
        for line in check_lines(report)
    ]


def stored_row(stored: StoredCredential) -> JsonRow:
    """Return what the library knows of one credential, without its content."""
    report = stored.report
    return {
        "id": stored.id,
        "title": stored.title,
        "issuer": {"name": stored.issuer_name, "id": stored.issuer_id, "listed": _listed(report)},
        "class": stored.evidence_class.value,
        "outcome": headline_code(report).value,
        "verdict": report.verdict.value,
        "level": headline_level(report).value,
        "headline": headline(report),
        "dates": _dates(stored.valid_from, stored.valid_until),
        "skills": list(stored.skills),
        "format": stored.format.value,
        "carrier": stored.carrier.value,
        "sha256": stored.sha256,
        "added": stamp(stored.added_at),
        "replacedBy": stored.replaced_by,
        "binned": stamp(stored.binned_at) if stored.binned_at else None,
    }


def content_row(credential: Credential) -> JsonRow:
    """Return what a credential says of itself; no verdict."""
    achievement = credential.achievement
    return {
        "title": credential.title,
        "id": credential.id,
        "issuer": {"name": credential.issuer.name, "id": credential.issuer.id},
        "subject": credential.subject.name or credential.subject.id,
        "dates": _dates(credential.valid_from, credential.valid_until),
        "description": achievement.description,
        "criteria": achievement.criteria,
        "skills": [skill.name for skill in achievement.skills],
        "results": [list(one) for one in achievement.results],
        "evidence": [list(one) for one in achievement.evidence],
        "credits": achievement.credits,
        "language": achievement.language,
        "format": credential.format.value,
        "securing": credential.securing.value,
        "types": list(credential.types),
    }


def csv_text(json_rows: Sequence[JsonRow]) -> str:
    """Return the rows as CSV, items of packs below their pack; a cell can never act as a formula."""
    import csv  # noqa: PLC0415 - few ask for tables

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_FIELDS)
    for row in _flat(json_rows):
        flat = row | {"issuer": row["issuer"]["name"], "issuer_id": row["issuer"]["id"], **row["dates"]}
        writer.writerow([_cell(flat.get(name)) for name in CSV_FIELDS])
    return out.getvalue()


def stamp(moment: datetime) -> str:
    """Return a moment as machines read it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- for people ---


def verdict_lines(
    name: str, report: Report, content: Content, *, explain: bool, inside: bool = False
) -> Iterator[str]:
    """Yield the lines of one checked file: first what was found, then what it says of itself.

    What is inside a pack and good needs no sentence: the pack's own says it.
    """
    heading = f"{headline(report)}  [{class_word(report.evidence_class)} · {report.verdict.value}]"
    yield f"{marked(headline_level(report), heading)}  {tidy(name)}"
    if not inside or headline_level(report) is not Level.GOOD:
        yield f"    {sentence(report, Audience.EMPLOYER)}"
    for note in report.checks[0].notes:
        if note.code is ReasonCode.AROUND_NOT_CHECKED:  # said also where nothing else is explained
            yield f"    {reason_text(note)}"
    step = next_step(report, Audience.EMPLOYER)
    if step:
        yield f"    → {step}"
    if isinstance(content, Credential):
        yield from content_lines(content, brief=True)
    if explain:
        yield from explained(report, Audience.EMPLOYER)
    if report.items:
        for number, (item, held) in enumerate(zip_longest(report.items, _held(content)), 1):
            if item is not None:
                lines = verdict_lines(f"item {number}", item, held, explain=explain, inside=True)
                yield from (f"    {line}" for line in lines)


def explained(report: Report, audience: Audience) -> Iterator[str]:
    """Yield the four answers with their sources, the notes, what is missing, and what is not proven."""
    for row in rows(report, audience):
        name = row.name if row.question is Question.NOTES else f"{row.name} ({row.asks})"
        yield f"    {marked(row.level, name)}: {row.answer}"
        if row.source:
            yield f"        {row.source}"
    for one in report.wanted:
        yield f"    missing: {tidy(one.address)}"
    yield f"    {does_not_prove(report)}"


def content_lines(credential: Credential, *, brief: bool = False) -> Iterator[str]:
    """Yield what a credential says of itself, each line behind the name of its field."""
    achievement = credential.achievement
    fields = [
        ("title", credential.title),
        ("awarded by", credential.issuer.name or credential.issuer.id),
        ("to", credential.subject.name),
        ("from", friendly_date(credential.valid_from) if credential.valid_from else ""),
        ("until", friendly_date(credential.valid_until) if credential.valid_until else ""),
    ]
    if not brief:
        fields += [
            ("about", achievement.description),
            ("assessed", achievement.criteria),
            ("skills", ", ".join(skill.name for skill in achievement.skills)),
            *(("result", f"{name}: {value}" if value else name) for name, value in achievement.results),
            *(("evidence", f"{name} {address}" if name != address else name)
              for name, address in achievement.evidence),
            ("credits", achievement.credits),
        ]
    for name, value in fields:
        if value or not brief:
            yield f"    {name:>10}: {tidy(value, _MAX_TEXT_CHARS) or 'not stated'}"


# --- inside ---


def _held(content: Content) -> tuple[Credential | Unreadable, ...]:
    """Return what a pack or a record holds, in the order of the report's items."""
    if isinstance(content, Presentation):
        return content.credentials
    return content.inside if isinstance(content, Credential) else ()


def _flat(json_rows: Sequence[JsonRow]) -> Iterator[JsonRow]:
    for row in json_rows:
        yield row
        yield from _flat(row.get("items", []))


def _cell(value: object) -> str:
    """Take the power from a cell that a spreadsheet would run, and keep it on its own line.

    A lone carriage return is written without quotes and would begin a row.
    """
    text = "" if value is None else " ".join(str(value).splitlines())
    return f"'{text}" if text.startswith(_FORMULA) else text


def _digest(item: Content) -> str:
    original = item.original if isinstance(item, Credential | Unreadable) else None
    return hashlib.sha256(original.payload).hexdigest() if original else ""


def _dates(start: datetime | None, end: datetime | None) -> JsonRow:
    return {"from": stamp(start) if start else None, "until": stamp(end) if end else None}


def _format(content: Content) -> str:
    if isinstance(content, Credential):
        return content.format.value
    return "Verifiable Presentation" if isinstance(content, Presentation) else ""


def _listed(report: Report) -> str | None:
    recognition = report.check(CheckId.RECOGNITION)
    if recognition is None or recognition.outcome is not Outcome.PASSED:
        return None
    return recognition.reason["list"]
