"""The result: no tick for several, rows that open, hostile names as text, thousands counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import fabricated
from wallet.model.credential import Identifier, Subject
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId, Outcome
from wallet.operations.checking import CheckedFile
from wallet.ui.icons import Icon
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.verify_items import DeskResult, desk_result
from wallet.ui.views.verify_result import ResultPanel, limits_notice

_CREDENTIAL = fabricated.detail().credential


def _result(*reports: object) -> DeskResult:
    files = tuple(
        CheckedFile(f"{number}.json", "00", _CREDENTIAL, one)  # type: ignore[arg-type]  # reports
        for number, one in enumerate(reports)
    )
    return desk_result(files, "")


def _panel(qtbot: QtBot, result: DeskResult) -> ResultPanel:
    panel = ResultPanel(result, "Checked today")
    qtbot.addWidget(panel)
    panel.resize(900, 700)
    panel.show()
    return panel


def _mark(panel: ResultPanel) -> Icon:
    block = panel.findChild(QWidget, "verify_headline")
    assert block is not None
    return block.findChildren(IconLabel)[0]._icon


def test_one_good_credential_has_the_tick_and_several_never(qtbot: QtBot, theme: Theme) -> None:
    good = fabricated.report()
    assert _mark(_panel(qtbot, _result(good))) is Icon.SEAL_OK
    assert _mark(_panel(qtbot, _result(good, good))) is not Icon.SEAL_OK
    assert _mark(_panel(qtbot, _result(good, fabricated.report(fabricated.withdrawn())))) is Icon.CARE


def test_a_row_opens_and_closes_with_its_four_answers(qtbot: QtBot, theme: Theme) -> None:
    panel = _panel(qtbot, _result(fabricated.report(), fabricated.report()))
    line = panel.rows[0]
    assert not line.is_open()
    button = next(one for one in line.findChildren(QPushButton) if one.isCheckable())
    button.click()
    said = " ".join(label.full_text for label in line.findChildren(SafeLabel))
    assert line.is_open()
    assert "Nothing changed since it was sealed" in said
    assert "Sealed" in said
    button.click()
    assert not line.is_open()


def test_the_limits_are_said_once_for_each_kind(qtbot: QtBot, light: Theme) -> None:
    notice = limits_notice(_result(fabricated.report(), fabricated.report()))
    qtbot.addWidget(notice)
    assert notice.text.full_text.count("who is in front of you") == 1


def test_what_surrounds_a_credential_is_named_where_rows_are_closed(qtbot: QtBot, light: Theme) -> None:
    good = fabricated.report()
    told = replace(good.checks[0], notes=(reason(ReasonCode.AROUND_NOT_CHECKED),))
    around = replace(good, checks=(told, *good.checks[1:]))
    for result, times in ((_result(good, around, around), 1), (_result(good, good), 0)):
        notice = limits_notice(result)
        qtbot.addWidget(notice)
        assert notice.text.full_text.count("Only the credential inside was checked") == times


def test_a_hostile_title_is_text(qtbot: QtBot, light: Theme) -> None:
    hostile = replace(_CREDENTIAL, title="<img src=x>\u202e")
    altered = fabricated.report((CheckId.PROOF, fabricated.FAILED, reason(ReasonCode.SIGNATURE_WRONG)))
    panel = _panel(qtbot, desk_result((CheckedFile("x", "00", hostile, altered),), ""))
    shown = [label for label in panel.findChildren(SafeLabel) if "<img" in label.full_text]
    assert shown
    assert all(label.unusual and "\u202e" not in label.full_text for label in shown)


@pytest.mark.parametrize(("subject", "words"), [
    (Subject("did:key:z6Mk", "Maya Lind"), "Maya Lind"),
    (Subject("did:key:z6Mk"), "Named by a key or number"),
    (Subject(identifiers=(Identifier("maya@example.org", kind="emailAddress"),)), "maya@example.org"),
    (Subject("did:key:z6Mk", identifiers=(Identifier("sha256$00", hashed=True),)), "Hidden address"),
    (Subject(), "Nobody named"),
])  # fmt: skip
def test_a_row_calls_hidden_only_what_is(qtbot: QtBot, light: Theme, subject: Subject, words: str) -> None:
    given = CheckedFile("x", "00", replace(_CREDENTIAL, subject=subject), fabricated.report())
    panel = _panel(qtbot, desk_result((given,), ""))
    (line,) = panel.rows
    assert words in [label.full_text for label in line.findChildren(SafeLabel)]


def test_a_row_of_a_part_promises_no_absence_of_an_end(qtbot: QtBot, light: Theme) -> None:
    for code, is_hidden in ((ReasonCode.END_NOT_SHOWN, True), (ReasonCode.VALID_NO_END, False)):
        report = fabricated.report((CheckId.VALIDITY, Outcome.PASSED, reason(code)))
        given = CheckedFile("x", "00", replace(_CREDENTIAL, valid_until=None), report)
        panel = _panel(qtbot, desk_result((given,), ""))
        (line,) = panel.rows
        said = " ".join(label.full_text for label in line.findChildren(SafeLabel))
        assert "no end date" in said
        assert ("no end date shown" in said) is is_hidden


def test_thousands_are_shown_a_hundred_at_a_time(qtbot: QtBot, light: Theme) -> None:
    panel = _panel(qtbot, _result(*[fabricated.report()] * 130))
    assert len(panel.rows) == 100
    more = panel.findChild(QPushButton, "show_more_rows")
    assert isinstance(more, QPushButton)
    assert more.text() == "Show 30 more"
    more.click()
    assert len(panel.rows) == 130
    assert more.isHidden()
