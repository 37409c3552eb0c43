"""`wallet verify --explain` and the structure that `wallet inspect` shows: the argument in numbers and bytes.

Every line that quotes a file goes through `tidy`; what was compared with what is said in `wording.arguments`,
and what stood there in `compared`. The rows for machines hold the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeAlias

from wallet.model.credential import Credential, Parsed, Presentation, Securing, Unreadable
from wallet.model.evidence import EvidenceKind, EvidenceUsed
from wallet.model.reasons import ReasonCode
from wallet.model.report import Check, Outcome, Report
from wallet.operations.argument import (
    Part,
    PartKind,
    always_shown,
    is_shown_in_part,
    parts_of,
    parts_of_unreadable,
)
from wallet.wording.arguments import NUMBERS, PARTS, compared_by, section_of
from wallet.wording.labels import CHECK_NAMES, evidence_word, friendly_time, grade_word, tidy
from wallet.wording.reasons import reason_text
from wallet.wording.rows import answer_of, level_of

from .compared import entry_words, found_in, given_for, identifier_words, proof_words, token_words
from .output import marked

if TYPE_CHECKING:
    from wallet.operations.argument import Contexts
    from wallet.operations.checking import Desk, Expectation

_Content: TypeAlias = Credential | Presentation
_Held: TypeAlias = Parsed | Unreadable | None
JsonRow: TypeAlias = dict[str, Any]
_HIDDEN = (ReasonCode.HIDDEN_PARTS, ReasonCode.HIDDEN_MAY_DECIDE, ReasonCode.HIDDEN_GUESSABLE)
_SHAPE = (PartKind.FILE, PartKind.ITEM, PartKind.TEXT, PartKind.VOCABULARY)
#: By which check a document is wanted, where not by that of the key.
_WANTED_BY = {EvidenceKind.CONTEXT: 1, EvidenceKind.BADGE_RECORD: 2, EvidenceKind.REGISTRY: 4,
              EvidenceKind.STATUS_LIST: 6, EvidenceKind.REVOCATION_LIST: 6}  # fmt: skip
_STEP = 9  # the width of the column of words


@dataclass(frozen=True, slots=True)
class Step:
    """One check of the argument.

    Attributes:
        check: Which, with its answer.
        facts: What it compared with what, in order: a word of ours, and what stands there.
    """

    check: Check
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """The numbered argument about one thing, and about each thing inside it."""

    steps: tuple[Step, ...]
    items: tuple[Argument | None, ...] = ()


def argument_of(report: Report, content: _Held, desk: Desk, expectation: Expectation, *, sha256: str = "",
                inside: bool = False) -> Argument:
    """Put the argument of a report together.

    Args:
        report: What was found.
        content: About what.
        desk: What there was to compare with.
        expectation: What the person who checks brought.
        sha256: Of the file, where it could not be read.
        inside: Whether it came inside another thing.
    """
    readable = content if isinstance(content, Credential | Presentation) else None
    if readable is not None:
        parts = parts_of(readable, desk.contexts, inside=inside)
    elif isinstance(content, Unreadable):
        parts = parts_of_unreadable(content)
    else:
        parts = (Part(PartKind.FILE, 0, sha256),) if sha256 else ()
    steps = []
    for check in report.checks:
        given = given_for(check, report, desk, expectation)
        steps.append(Step(check, tuple(_facts(check, report, readable, parts, given))))
    held = () if readable is None else _held(readable)
    items = tuple(
        None if item is None else argument_of(item, one, desk, expectation, inside=True)
        for item, one in zip_longest(report.items, held)
    )
    return Argument(tuple(steps), items)


def argument_lines(argument: Argument) -> Iterator[str]:
    """Yield the numbered argument of one report and of each item inside."""
    yield "    The argument:"
    for step in argument.steps:
        check = step.check
        name = f"{NUMBERS[check.id]}  {CHECK_NAMES[check.id]} {answer_of(check)}"
        yield f"    {marked(level_of(check), name)}"
        for word, value in step.facts:
            yield f"         {word + ':':<{_STEP}} {value}"
    for number, item in enumerate(argument.items, 1):
        if item is not None:
            yield f"    item {number}"
            yield from (f"    {line}" for line in argument_lines(item))


def argument_rows(argument: Argument) -> list[JsonRow]:
    """Return the same for machines: a row per check, items in rows of their own."""
    rows: list[JsonRow] = [
        {
            "number": NUMBERS[step.check.id], "id": step.check.id.value, "code": step.check.reason.code.value,
            "outcome": step.check.outcome.value, "asks": CHECK_NAMES[step.check.id],
            "text": answer_of(step.check), "facts": [list(fact) for fact in step.facts],
        }
        for step in argument.steps
    ]  # fmt: skip
    return rows + [
        {"item": number, "argument": argument_rows(item)}
        for number, item in enumerate(argument.items, 1)
        if item is not None
    ]


def structure_lines(content: _Content, contexts: Contexts, *, inside: bool = False) -> Iterator[str]:
    """Yield how a thing is built, without any verdict: bytes, types, seals, what is hidden."""
    for name, value in structure_facts(content, contexts, inside=inside):
        yield f"    {name:>10}: {tidy(value, 400) or 'not stated'}"


def structure_facts(content: _Content, contexts: Contexts, *, inside: bool = False
                    ) -> Iterator[tuple[str, str]]:
    """Yield the same as words of ours with what stands there."""
    kind = "Verifiable Presentation" if isinstance(content, Presentation) else content.format.value
    yield "is", f"{kind}, secured by: {content.securing.value}"
    if isinstance(content, Credential):
        yield "types", ", ".join(content.types)
        yield from _named(content)
    else:
        yield "holder", content.holder or "not named"
    for part in parts_of(content, contexts, inside=inside):
        yield "bytes", _told(part)
    for proof in content.proofs:
        yield "proof", proof_words(proof)
    if token_words(content):
        yield "proof", token_words(content)
    for entry in content.statuses if isinstance(content, Credential) else ():
        yield "status", entry_words(entry)
    yield from (("hidden", line) for line in _hidden(content))
    for note in content.notes:
        if note.code not in _HIDDEN:
            yield "note", f"{reason_text(note)} ({note.code.value})"


def _named(content: Credential) -> Iterator[tuple[str, str]]:
    yield "id", content.id
    yield "issuer", content.issuer.id
    if content.subject.id:
        yield "subject", content.subject.id
    for one in content.subject.identifiers:
        yield "subject", identifier_words(one)


def _hidden(content: _Content) -> Iterator[str]:
    hidden = [reason_text(note) for note in content.notes if note.code in _HIDDEN]
    if is_shown_in_part(content):
        yield "shown in part: what its holder left out is not in the file"
    for proof in content.proofs:
        always = always_shown(proof)
        if always is not None:
            shown = ", ".join(always) or "nothing"
            yield f"its holder can leave parts out before showing it; always shown: {shown}"
    if content.securing is Securing.SD_JWT or hidden:
        yield " ".join(hidden) or "nothing"


def _facts(check: Check, report: Report, content: _Content | None, parts: tuple[Part, ...],
           given: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield "compared", compared_by(check, content)
    if content is not None:
        yield from (("found", line) for line in found_in(check.id, content))
    yield from (("given", line) for line in given)
    yield "answer", f"{check.outcome.value} ({check.reason.code.value})"
    section = section_of(check, content)
    if section:
        yield "demanded", section
    if check.reason["method"] and check.reason.code is not ReasonCode.DID_UNSUPPORTED:  # there: of DIDs
        yield "key", _key_words(check.reason["method"], content)
    for used in check.evidence:
        yield "from", _evidence_words(used)
    if check.reason.code is ReasonCode.KEY_SELF_MADE and check.outcome is Outcome.PASSED:
        yield "from", "the issuer's id itself, which is the key: no document, and no date"
    number = NUMBERS[check.id]
    for part in parts:
        if number == (1 if part.kind in _SHAPE else 2):
            yield "bytes", _told(part)
    for note in check.notes:
        yield "note", f"{reason_text(note)} ({note.code.value})"
    for one in report.wanted:
        if number == _WANTED_BY.get(one.kind, 3):
            yield "missing", f"{evidence_word(one.kind)} {tidy(one.address, 200)}"


def _told(part: Part) -> str:
    named = f" {tidy(part.name, 300)}" if part.name else ""
    if part.problem is not None:
        told = f"{reason_text(part.problem)} ({part.problem.code.value})"
        if part.kind is PartKind.VOCABULARY:
            return f"no vocabulary. {told}"
        return f"{PARTS[part.kind.value]}{named}: not written out. {told}"
    size = f", {part.size} bytes" if part.size else ""
    return f"{PARTS[part.kind.value]}{named}{size}, {part.algorithm} {part.digest}"


def _key_words(method: str, content: _Content | None) -> str:
    if method == "cnf":
        return "the one that the credential names for its holder (cnf)"
    named = tidy(method, 200)
    certified = content is not None and content.securing is Securing.JADES
    return f"that of the certificate for {named}" if certified else named


def _evidence_words(used: EvidenceUsed) -> str:
    dated = f", dated {friendly_time(used.dated)}" if used.dated else ""
    saved = f", saved {friendly_time(used.fetched_at)}" if used.fetched_at else ""
    undated = "" if dated or saved else ", of no known date"
    where = f"{evidence_word(used.kind)} {tidy(used.address, 200)}, {grade_word(used.grade)}"
    return f"{where}{dated}{saved}{undated}, SHA-256 {used.sha256}"


def _held(content: _Content) -> tuple[Credential | Unreadable, ...]:
    return content.credentials if isinstance(content, Presentation) else content.inside
