"""The import review: one summary, the odd ones first with their reason, what is known beside what is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import fabricated
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId
from wallet.model.stored import Changes
from wallet.operations.intake import ImportOutcome, ImportRow, ImportSummary
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.import_review import ImportReviewPage

_ALTERED = fabricated.report((CheckId.PROOF, fabricated.FAILED, reason(ReasonCode.SIGNATURE_WRONG)))
_ROWS = (
    ImportRow(
        "a.json", ImportOutcome.ADDED, "c1", "Data Analysis", "Northbridge", report=fabricated.report()
    ),
    ImportRow("copy.png", ImportOutcome.KNOWN, "c2", "First Aid", "Westmark", report=fabricated.report()),
    ImportRow("b.json", ImportOutcome.REPLACES, "c3", "Agile", "Harbor", "c4", report=fabricated.report()),
    ImportRow("altered.json", ImportOutcome.ADDED, "c5", "Altered one", "Harbor", report=_ALTERED),
    ImportRow("<b>cut</b>.pdf", ImportOutcome.REFUSED, reason=reason(ReasonCode.FORMAT_UNKNOWN)),
)


def _page(qtbot: QtBot, *rows: ImportRow, cancelled: bool = False) -> ImportReviewPage:
    page = ImportReviewPage(ImportSummary(rows, Changes(), cancelled))
    qtbot.addWidget(page)
    return page


def _lines(root: QWidget | None) -> list[str]:
    assert root is not None
    return [label.full_text for label in root.findChildren(SafeLabel)]


def test_the_odd_ones_come_first_and_in_order(qtbot: QtBot, theme: Theme) -> None:
    page = _page(qtbot, *_ROWS)
    lines = _lines(page.findChild(QWidget, "import_odd"))
    order = [
        lines.index(text)
        for text in (
            "<b>cut</b>.pdf cannot be read",
            "Altered one: Does not match its seal",
            "A newer version of one you have",
            "You already have this one",
        )
    ]
    assert order == sorted(order)
    assert "Data Analysis" in _lines(page.findChild(QWidget, "import_new"))
    assert "3 credentials added" in _lines(page)


def test_undo_names_what_is_new_and_nothing_else(qtbot: QtBot, light: Theme) -> None:
    page = _page(qtbot, *_ROWS)
    undo = page.findChild(QPushButton, "import_undo")
    assert isinstance(undo, QPushButton)
    with qtbot.waitSignal(page.undo_requested, timeout=1000) as wanted:
        undo.click()
    assert wanted.args == [("c1", "c5")]


def test_nothing_new_offers_no_undo(qtbot: QtBot, light: Theme) -> None:
    page = _page(qtbot, _ROWS[1], cancelled=True)
    assert page.findChild(QPushButton, "import_undo") is None
    assert "Nothing new was added" in _lines(page)
    assert any(line.startswith("You stopped it; what was done stays done.") for line in _lines(page))


def test_many_rows_are_counted_not_painted(qtbot: QtBot, light: Theme) -> None:
    rows = tuple(
        ImportRow(
            f"{number}.json", ImportOutcome.ADDED, f"c{number}", f"T{number}", "I", report=fabricated.report()
        )
        for number in range(230)
    )
    page = _page(qtbot, *rows)
    assert "and 30 more" in _lines(page)
