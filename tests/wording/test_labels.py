"""Every enum that people see has its word."""

from __future__ import annotations

from enum import StrEnum

import pytest

from tests.wording.words import check_template
from wallet.model.credential import EvidenceClass
from wallet.model.evidence import EvidenceKind, Grade
from wallet.model.report import CheckId, Level, Question, Verdict
from wallet.wording import labels

TABLES = [
    (labels.LEVEL_WORDS, Level),
    (labels.CLASS_WORDS, EvidenceClass),
    (labels.VERDICT_WORDS, Verdict),
    (labels.QUESTION_NAMES, Question),
    (labels.CHECK_NAMES, CheckId),
    (labels.GRADE_WORDS, Grade),
    (labels.EVIDENCE_WORDS, EvidenceKind),
]


@pytest.mark.parametrize(("table", "members"), TABLES, ids=lambda value: getattr(value, "__name__", ""))
def test_table_is_complete_and_plain(table: dict[object, str], members: type[StrEnum]) -> None:
    assert set(table) == set(members)
    for word in table.values():
        check_template(word)


def test_words_tell_members_apart() -> None:
    for table in (labels.LEVEL_WORDS, labels.CLASS_WORDS, labels.VERDICT_WORDS, labels.CHECK_NAMES):
        words = list(table.values())
        assert len(set(words)) == len(words)


def test_translation_reaches_labels() -> None:
    assert labels.class_word(EvidenceClass.SEALED, str.upper) == "SEALED"
    assert labels.verdict_word(Verdict.REVOKED) == "withdrawn"
    assert labels.level_word(Level.GOOD) == "Good"
    assert labels.check_name(CheckId.STATUS) == "Was it withdrawn?"
    assert labels.grade_word(Grade.SENDER) == "from the sender"
    assert labels.evidence_word(EvidenceKind.STATUS_LIST) == "withdrawal list"
