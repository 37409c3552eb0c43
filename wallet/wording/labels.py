"""Words for single things: levels, classes, verdicts, questions, where evidence comes from."""

from __future__ import annotations

from typing import Final

from wallet.model.credential import EvidenceClass
from wallet.model.evidence import EvidenceKind, Grade
from wallet.model.report import CheckId, Level, Question, Verdict

from .text import Translate, friendly_date, friendly_time, is_unusual, keep, tidy

__all__ = [
    "ASKS",
    "CHECK_NAMES",
    "CLASS_WORDS",
    "EVIDENCE_WORDS",
    "GRADE_WORDS",
    "LEVEL_WORDS",
    "QUESTION_NAMES",
    "VERDICT_WORDS",
    "check_name",
    "class_word",
    "evidence_word",
    "friendly_date",
    "friendly_time",
    "grade_word",
    "is_unusual",
    "level_word",
    "tidy",
    "verdict_word",
]

LEVEL_WORDS: Final[dict[Level, str]] = {
    Level.GOOD: "Good",
    Level.CARE: "Take care",
    Level.PROBLEM: "Problem",
    Level.UNKNOWN: "Not known",
    Level.INFO: "For information",
}

CLASS_WORDS: Final[dict[EvidenceClass, str]] = {
    EvidenceClass.SEALED: "Sealed",
    EvidenceClass.HOSTED: "Web record",
    EvidenceClass.DOCUMENT: "Document",
    EvidenceClass.OWN: "Own statement",
}

VERDICT_WORDS: Final[dict[Verdict, str]] = {
    Verdict.VALID: "genuine",
    Verdict.MALFORMED: "cannot be read",
    Verdict.UNSIGNED: "no seal inside",
    Verdict.INVALID: "does not match its seal",
    Verdict.REVOKED: "withdrawn",
    Verdict.SUSPENDED: "on hold",
    Verdict.EXPIRED: "ended",
    Verdict.NOT_YET_VALID: "not started yet",
    Verdict.UNDETERMINED: "not decided",
}

QUESTION_NAMES: Final[dict[Question, str]] = {
    Question.INTEGRITY: "Integrity",
    Question.ISSUER: "Issuer",
    Question.CURRENCY: "Currency",
    Question.HOLDER: "Holder",
    Question.NOTES: "Note",
}

ASKS: Final[dict[Question, str]] = {
    Question.INTEGRITY: "Is it unaltered?",
    Question.ISSUER: "Who sealed it?",
    Question.CURRENCY: "Does it still hold?",
    Question.HOLDER: "Whose is it?",
    Question.NOTES: "",
}

CHECK_NAMES: Final[dict[CheckId, str]] = {
    CheckId.STRUCTURE: "Can it be read?",
    CheckId.PROOF: "Does it match its seal?",
    CheckId.KEY_AUTHORITY: "Is the seal the issuer's?",
    CheckId.RECOGNITION: "Is the issuer on your lists?",
    CheckId.VALIDITY: "Is it in date?",
    CheckId.STATUS: "Was it withdrawn?",
    CheckId.RECIPIENT: "To whom was it issued?",
    CheckId.BINDING: "Who sent it, and to whom?",
    CheckId.SCHEMA: "Is the layout usual?",
    CheckId.ENDORSEMENTS: "Does anybody endorse it?",
}

GRADE_WORDS: Final[dict[Grade, str]] = {
    Grade.SHIPPED: "shipped with this program",
    Grade.FETCHED: "from its own web address",
    Grade.FETCHED_PLAIN: "from its own web address, over a line that anybody on the way could change",
    Grade.SUPPLIED: "supplied by you",
    Grade.SENDER: "from the sender",
}

EVIDENCE_WORDS: Final[dict[EvidenceKind, str]] = {
    EvidenceKind.DID_DOCUMENT: "key document",
    EvidenceKind.ISSUER_PROFILE: "issuer profile",
    EvidenceKind.KEY: "key",
    EvidenceKind.JWK_SET: "key set",
    EvidenceKind.STATUS_LIST: "withdrawal list",
    EvidenceKind.REVOCATION_LIST: "withdrawal list",
    EvidenceKind.BADGE_RECORD: "web record",
    EvidenceKind.CONTEXT: "vocabulary",
    EvidenceKind.REGISTRY: "issuer list",
    EvidenceKind.PICTURE: "picture",
    EvidenceKind.OTHER: "document",
}


def level_word(level: Level, translate: Translate = keep) -> str:
    """Return the word that stands beside the shape and the colour of a level."""
    return translate(LEVEL_WORDS[level])


def class_word(evidence_class: EvidenceClass, translate: Translate = keep) -> str:
    """Return the name of an evidence class as cards and lists show it."""
    return translate(CLASS_WORDS[evidence_class])


def verdict_word(verdict: Verdict, translate: Translate = keep) -> str:
    """Return a verdict in plain words."""
    return translate(VERDICT_WORDS[verdict])


def check_name(check: CheckId, translate: Translate = keep) -> str:
    """Return what a single check asks."""
    return translate(CHECK_NAMES[check])


def grade_word(grade: Grade, translate: Translate = keep) -> str:
    """Return where a piece of evidence came from."""
    return translate(GRADE_WORDS[grade])


def evidence_word(kind: EvidenceKind, translate: Translate = keep) -> str:
    """Return what a piece of evidence is."""
    return translate(EVIDENCE_WORDS[kind])
