"""The check panel: verdict and four questions, each with icon, words and source; never in colour alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.ui import fabricated as made
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId, Outcome, Question, Report
from wallet.ui.check_panel import CheckPanel, CheckRow, VerdictBlock, clear, is_muted
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.panels import column
from wallet.ui.theme import Theme
from wallet.wording.outcomes import Audience

FORGED = made.report(
    (CheckId.PROOF, Outcome.FAILED, reason(ReasonCode.SIGNATURE_WRONG)),
    (CheckId.KEY_AUTHORITY, Outcome.UNDETERMINED, reason(ReasonCode.NOT_MEANINGFUL)),
    (CheckId.RECOGNITION, Outcome.UNDETERMINED, reason(ReasonCode.NOT_MEANINGFUL)))


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> CheckPanel:
    made_panel = CheckPanel(Audience.LEARNER)
    qtbot.addWidget(made_panel)
    made_panel.resize(356, 700)
    made_panel.show()
    return made_panel


def texts(panel: CheckPanel) -> list[str]:
    return [label.full_text for label in panel.findChildren(SafeLabel)]


@pytest.mark.parametrize(("found", "headline"), [
    (made.report(), "Genuine and current"), (FORGED, "Does not match its seal"),
    (made.report(made.withdrawn()), "Withdrawn by the issuer"),
    (made.report(made.not_asked()), "Genuine; withdrawal not checked"),
])
def test_the_verdict_and_the_questions_are_told(panel: CheckPanel, found: Report, headline: str) -> None:
    panel.set_report(found)
    block = panel.findChild(VerdictBlock)
    assert block is not None
    assert block.headline.full_text == headline
    assert headline in block.accessibleName()
    for question in ("Integrity", "Issuer", "Currency", "Holder"):
        assert question in texts(panel)
    rows = panel.findChildren(CheckRow)
    assert len(rows) >= 4
    for one in rows:
        marks = one.findChildren(IconLabel)
        assert marks
        assert marks[0].accessibleName()  # the shape has a word for readers


def test_a_new_report_replaces_the_old_one(panel: CheckPanel) -> None:
    panel.set_report(FORGED)
    panel.set_report(made.report())
    assert "Genuine and current" in texts(panel)
    assert "Does not match its seal" not in texts(panel)


def test_what_a_failed_seal_makes_meaningless_is_muted() -> None:
    assert is_muted(FORGED, Question.ISSUER)
    assert not is_muted(FORGED, Question.INTEGRITY)
    assert not is_muted(made.report(), Question.ISSUER)
    assert not is_muted(made.report(), Question.NOTES)


def test_no_sentence_is_cut(panel: CheckPanel) -> None:
    panel.set_report(made.report(made.not_asked()))
    panel.resize(356, panel.heightForWidth(356))
    panel.show()
    for label in panel.findChildren(SafeLabel):
        if label.wordWrap() and label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.full_text


def test_the_sources_are_named_with_their_age(panel: CheckPanel) -> None:
    panel.set_report(made.report())
    assert any("18 November 2026" in text and "days old" in text for text in texts(panel))


def test_clearing_takes_all(qtbot: QtBot, light: Theme) -> None:
    layout = column()
    labels = [SafeLabel("x") for _ in range(3)]
    for label in labels:
        qtbot.addWidget(label)
        layout.addWidget(label)
    clear(layout)
    assert layout.count() == 0


def test_a_doubtful_clock_and_a_changed_key_and_a_look_alike_are_read(panel: CheckPanel) -> None:
    doubtful = reason(ReasonCode.CLOCK_SUSPECT, date="2020-01-01T00:00:00Z")
    found = made.report((CheckId.VALIDITY, Outcome.UNDETERMINED, doubtful))
    notes = {
        CheckId.KEY_AUTHORITY: reason(ReasonCode.ISSUER_KEY_CHANGED, issuer="uni.example"),
        CheckId.RECOGNITION: reason(ReasonCode.HOST_RESEMBLES, host="un1.example", party="uni.example"),
    }
    checks = tuple(replace(one, notes=(notes[one.id],)) if one.id in notes else one for one in found.checks)
    panel.set_report(replace(found, checks=checks))
    said = "\n".join(texts(panel)).translate({0x2068: None, 0x2069: None})
    for part in ("This computer's date looks wrong", "The clock of this computer says 1 January 2020",
                 "The keys of uni.example changed", "it only looks like it"):
        assert part in said
