"""The answers to the four questions, each with the evidence it rests on, and the single checks behind them.

Four rows in a fixed order, then notes. A row is as bad as its worst check; recognition and holder stay
neutral where they are merely unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallet.model.evidence import EvidenceKind, EvidenceUsed
from wallet.model.headline import row_level
from wallet.model.reasons import Reason
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import QUESTION_OF, Check, CheckId, Level, Outcome, Question, Report

from .headlines import HOLDER_ADVICE, Audience
from .judging import JUDGING
from .labels import ASKS, QUESTION_NAMES, evidence_word, grade_word
from .reasons import reason_text
from .text import Translate, fill, friendly_date, friendly_time, keep


@dataclass(frozen=True, slots=True)
class Row:
    """One answered question, or one note.

    Attributes:
        name: Of the question.
        asks: The question itself; empty for a note.
        answer: In sentences.
        source: What the answer rests on, and how old that is.
    """

    question: Question
    level: Level
    name: str
    asks: str
    answer: str
    source: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check for the technical list and for machine-readable output."""

    id: CheckId
    outcome: Outcome
    code: R
    level: Level
    text: str
    source: str


_WORST_FIRST: Final = (Level.PROBLEM, Level.CARE, Level.UNKNOWN, Level.INFO, Level.GOOD)
_LEVEL_OF_REASON: Final[dict[R, Level]] = {
    R.ISSUER_UNLISTED: Level.UNKNOWN,
    R.ISSUER_LISTS_MISSING: Level.INFO,
    R.ISSUER_SELF_MADE: Level.INFO,
    R.ISSUER_PIN_DIFFERS: Level.CARE,
    R.HOST_MIXED_SCRIPTS: Level.CARE,
    R.HOST_TRAILING_DOT: Level.CARE,
    R.HOST_CAPITALS: Level.CARE,
    R.HOST_RESEMBLES: Level.CARE,
    R.NAME_OF_LISTED: Level.CARE,
    R.CLOCK_FAR_AHEAD: Level.CARE,
    R.ISSUER_DOMAIN_KNOWN: Level.INFO,
    R.ISSUER_LIST_ENDED: Level.UNKNOWN,
    R.ISSUER_NAME_MISMATCH: Level.CARE,
    R.RECIPIENT_UNKNOWN: Level.UNKNOWN,
    R.RECIPIENT_NOT_COMPARED: Level.UNKNOWN,
    R.RECIPIENT_NOT_NAMED: Level.INFO,
    R.RECIPIENT_MISMATCH: Level.CARE,
    R.RECIPIENT_ANOTHER: Level.UNKNOWN,
    R.RECIPIENT_VARIANT: Level.GOOD,
    R.RECIPIENT_GUESSABLE: Level.INFO,
    R.HOLDER_LIVE_UNBOUND: Level.INFO,
    R.HOLDER_NOT_PROVEN: Level.INFO,
    R.BINDING_NOT_ASKED: Level.INFO,
    R.ITEM_REPEATED: Level.INFO,
    R.INNER_NAMED_OTHERWISE: Level.UNKNOWN,
    R.FOREIGN_PROOF_WRONG: Level.CARE,
    R.FOREIGN_PROOF_UNKNOWN: Level.UNKNOWN,
    R.OWN_PROOF_UNKNOWN: Level.UNKNOWN,
    R.PACK_NO_END: Level.INFO,
    R.ENDORSEMENTS_CHECKED: Level.INFO,
    R.ENDORSEMENT_BAD: Level.CARE,
    R.ENDORSEMENT_OF_OTHER: Level.CARE,
    R.ENDORSEMENT_UNKNOWN: Level.UNKNOWN,
}


def rows(report: Report, audience: Audience, translate: Translate = keep) -> tuple[Row, ...]:
    """Return one row per question, in order, and then one per note."""
    answered = tuple(
        _question_row(report, question, audience, translate)
        for question in Question
        if question is not Question.NOTES
    )
    return answered + tuple(_notes(report, translate))


def check_lines(report: Report, translate: Translate = keep) -> tuple[CheckLine, ...]:
    """Return every check on its own, in the order in which they are decided."""
    return tuple(
        CheckLine(
            check.id,
            check.outcome,
            check.reason.code,
            level_of(check),
            answer_of(check, translate),
            source_of(report, check, translate),
        )
        for check in report.checks
    )


def level_of(check: Check) -> Level:
    """Return the look of one check, neutral where knowing less is no fault."""
    return _LEVEL_OF_REASON.get(check.reason.code) or row_level(check)


def answer_of(check: Check, translate: Translate = keep) -> str:
    """Return what one check answers. Dates that nobody has confirmed are quoted, not stated."""
    if check.reason.code is R.DATES_UNPROVEN and check.notes:
        said = reason_text(check.notes[0], translate)
        return fill(JUDGING[R.DATES_UNPROVEN], {"said": said}, translate)
    return reason_text(check.reason, translate)


def source_of(report: Report, check: Check, translate: Translate = keep) -> str:
    """Return what an answer rests on: "key document supplied by you, saved 2 November 2026"."""
    parts = [_evidence_text(used, report.at, translate) for used in _newest_per_kind(check.evidence)]
    if parts:
        return " · ".join(parts)
    if check.id is CheckId.VALIDITY:
        return fill("Compared with {now}", {"now": friendly_time(report.at)}, translate)
    if check.id in (CheckId.RECIPIENT, CheckId.BINDING):
        return translate("Compared on this computer")
    return fill("Checked {now}, offline", {"now": friendly_time(report.at)}, translate)


def worst(levels: list[Level]) -> Level:
    """Return the level that a person must see first."""
    return min(levels, key=_WORST_FIRST.index, default=Level.UNKNOWN)


def _question_row(report: Report, question: Question, audience: Audience, translate: Translate) -> Row:
    checks = [check for check in report.checks if QUESTION_OF[check.id] is question]
    told = _worth_telling(question, checks)
    asked = [check for check in told if check.outcome is not Outcome.NOT_APPLICABLE]
    level = worst([level_of(check) for check in asked or told])
    answer = " ".join(_answer(check, audience, translate) for check in told)
    sources = dict.fromkeys(source_of(report, check, translate) for check in _backed(told))
    if not checks:
        answer = translate("Not asked: nothing in the file calls for it.")
        level = Level.INFO if question is Question.HOLDER else Level.UNKNOWN
    return Row(
        question,
        level,
        translate(QUESTION_NAMES[question]),
        translate(ASKS[question]),
        answer,
        " · ".join(sources),
    )


def _worth_telling(question: Question, checks: list[Check]) -> list[Check]:
    """Leave out what another answer of the same question already says."""
    open_ones = [check for check in checks if check.outcome in (Outcome.FAILED, Outcome.UNDETERMINED)]
    if question is Question.INTEGRITY:
        return open_ones[:1] or [check for check in checks if check.id is CheckId.PROOF] or checks
    if question is Question.ISSUER:
        authority = [check for check in checks if check.id is CheckId.KEY_AUTHORITY]
        if any(check in open_ones for check in authority):
            return authority
    if question is Question.CURRENCY and len({check.reason.code for check in checks}) == 1:
        return checks[:1]
    if question is Question.CURRENCY:
        return sorted(checks, key=lambda check: _WORST_FIRST.index(level_of(check)))
    return checks


def _backed(checks: list[Check]) -> list[Check]:
    """Return the checks whose source is worth naming: those with evidence, or else the first."""
    return [check for check in checks if check.evidence] or checks[:1]


def _answer(check: Check, audience: Audience, translate: Translate) -> str:
    text = answer_of(check, translate)
    advice = HOLDER_ADVICE.get((check.reason.code.value, audience))
    return f"{text} {translate(advice)}" if advice else text


def _notes(report: Report, translate: Translate) -> list[Row]:
    found: dict[str, Level] = {}
    for check in report.checks:
        if QUESTION_OF[check.id] is Question.NOTES and check.outcome is not Outcome.NOT_APPLICABLE:
            found[reason_text(check.reason, translate)] = level_of(check)
        said = answer_of(check, translate)
        for note in _beside(check):
            text = reason_text(note, translate)
            if text != said:  # two lists of one kind and day say one thing
                found[text] = _LEVEL_OF_REASON.get(note.code, Level.INFO)
    name = translate(QUESTION_NAMES[Question.NOTES])
    return [Row(Question.NOTES, level, name, "", text, "") for text, level in found.items()]


def _beside(check: Check) -> tuple[Reason, ...]:
    """Return a check's notes, without the answer that lost its meaning: it is no fact any more."""
    return check.notes[1:] if check.reason.code in (R.NOT_MEANINGFUL, R.DATES_UNPROVEN) else check.notes


def _newest_per_kind(evidence: tuple[EvidenceUsed, ...]) -> tuple[EvidenceUsed, ...]:
    kinds: dict[EvidenceKind, EvidenceUsed] = {}
    for used in evidence:
        kinds.setdefault(used.kind, used)
    return tuple(kinds.values())


def _evidence_text(used: EvidenceUsed, now: datetime, translate: Translate) -> str:
    """Say what the document is, where it came from, and how old it is."""
    word = evidence_word(used.kind, translate)
    values = {
        "evidence": word[:1].upper() + word[1:],
        "grade": grade_word(used.grade, translate),
        "of": friendly_date(used.dated) if used.dated else "",
        "saved": friendly_date(used.fetched_at) if used.fetched_at else "",
        "age": _age(used.dated or used.fetched_at, now, translate),
    }
    return fill("{evidence}[[ of {of}]], {grade}[[, saved {saved}]][[, {age}]]", values, translate)


def _age(then: datetime | None, now: datetime, translate: Translate) -> str:
    days = (now - then).days if then else 0
    if days < 1:
        return ""
    return fill("{days} days old" if days > 1 else "{days} day old", {"days": str(days)}, translate)
