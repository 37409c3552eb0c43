"""Words of the window: short words on cards, dates through the locale, plural forms, how a card is read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from tests.ui import fabricated as made
from wallet.model.credential import EvidenceClass
from wallet.model.headline import headline_level
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import HeadlineCode, Level, Report
from wallet.ui.icons import Icon
from wallet.ui.wording import (
    _CARD_WORDS,
    card_date,
    card_status,
    class_word,
    counted,
    date_and_time,
    does_not_prove,
    headline,
    long_date,
    month,
    next_step,
    reason_text,
    rows,
    sentence,
    short_date,
    spoken,
)
from wallet.wording.headlines import HEADLINES
from wallet.wording.outcomes import Audience

DAY = datetime(2026, 12, 5, 9, 7, tzinfo=UTC)
MAX_CARD_WORD_CHARS = 25


@pytest.fixture(autouse=True)
def _english() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def test_every_headline_that_is_too_long_has_a_card_word() -> None:
    for code in HeadlineCode:
        text = _CARD_WORDS.get(code, HEADLINES[code].headline)
        assert len(text) <= MAX_CARD_WORD_CHARS, code


@pytest.mark.parametrize(("found", "level", "word"), [
    (made.report(), Level.GOOD, "Genuine and current"),
    (made.report(made.ends_soon()), Level.INFO, "Ends in 24 days"),
    (made.report(made.withdrawn()), Level.PROBLEM, "Withdrawn by the issuer"),
    (made.report(made.not_asked()), Level.CARE, "Withdrawal not checked"),
    (made.report(made.ended()), Level.CARE, "Ended"),
])
def test_a_card_says_what_is_the_matter(found: Report, level: Level, word: str) -> None:
    status = card_status(found)
    assert (status.level, status.word) == (level, word)
    assert status.level is headline_level(found)


def test_what_has_no_seal_never_looks_sealed() -> None:
    hosted = card_status(made.report(evidence_class=EvidenceClass.HOSTED))
    document = card_status(Report(EvidenceClass.DOCUMENT, (), made.AT))
    own = card_status(Report(EvidenceClass.OWN, (), made.AT))
    assert [one.icon for one in (hosted, document, own)] == [Icon.HOSTED, Icon.DOCUMENT, Icon.OWN_STATEMENT]
    assert Level.GOOD not in {one.level for one in (hosted, document, own)}
    assert hosted.word == "Recorded copy"


def test_the_date_of_a_card_is_the_one_that_matters() -> None:
    assert card_date(made.stored("T")) == "until May 2029"
    soon = made.stored("T", found=made.report(made.ends_soon()), until=datetime(2026, 12, 15, tzinfo=UTC))
    assert card_date(soon) == "15 Dec 2026"
    assert card_date(made.stored("T", found=made.report(made.withdrawn()))) == "by 2 Oct 2026"
    assert card_date(made.stored("T", until=None)) == "May 2026"
    hosted = made.report(evidence_class=EvidenceClass.HOSTED)
    assert card_date(made.stored("T", found=hosted, number=1)) == "of 20 Nov 2026"


def test_a_card_is_read_as_one_sentence() -> None:
    row = made.stored("Data Analysis Foundations")
    assert spoken(row, row.title, row.issuer_name) == (
        "Data Analysis Foundations, awarded by Northbridge University, sealed, genuine and current, "
        "until May 2029")
    assert spoken(made.stored("T"), "T", "").startswith("T, sealed")


def test_dates_follow_the_locale() -> None:
    assert (month(DAY), short_date(DAY), long_date(DAY)) == ("Dec 2026", "5 Dec 2026", "5 December 2026")
    assert date_and_time(DAY) == "5 December 2026, 09:07 UTC"
    QLocale.setDefault(QLocale(QLocale.Language.German))
    assert long_date(DAY) == "5 Dezember 2026"


def test_numbers_have_their_form() -> None:
    assert counted(1, "%n check", "%n checks") == "1 check"
    assert counted(7, "%n check", "%n checks") == "7 checks"


def test_the_sentences_are_those_of_the_wording_room() -> None:
    found = made.report()
    assert headline(found) == "Genuine and current"
    assert "intact" in sentence(found, Audience.LEARNER)
    assert next_step(found, Audience.LEARNER) == ""
    assert "does not prove" in does_not_prove(found)
    assert len(rows(found, Audience.LEARNER)) >= 4
    assert reason_text(reason(ReasonCode.SIGNATURE_WRONG))
    assert class_word(EvidenceClass.HOSTED) == "Web record"
