"""What a credential says: sections in order, "not stated" plainly, dots and never ticks, no links."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import fabricated as made
from wallet.model.credential import Achievement, Skill
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Fold, column
from wallet.ui.theme import Theme
from wallet.ui.views.claims import Dot, build_claims


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> QWidget:
    box = QWidget()
    qtbot.addWidget(box)
    column(box)
    return box


def fill(page: QWidget, achievement: Achievement) -> list[str]:
    shown = made.detail(achievement=achievement)
    layout = page.layout()
    assert layout is not None
    for part in build_claims(shown.stored, shown.credential, shown.report, None):
        layout.addWidget(part)
    page.resize(600, 900)
    page.show()
    return [label.full_text for label in page.findChildren(SafeLabel)]


def test_the_sections_stand_in_order(page: QWidget) -> None:
    texts = fill(page, made.ACHIEVEMENT)
    wanted = ["Data Analysis Foundations", "Awarded by Northbridge University", "What they can do",
              "How it was assessed", "Evidence", "Skills"]
    assert [text for text in texts if text in wanted] == wanted
    assert "Choose a fitting chart, and say what it cannot show" in texts
    assert len(page.findChildren(Dot)) == 3
    assert {"Result:", "Pass with distinction", "Workload:", "5 credits (ECTS)"} <= set(texts)
    assert "A link to northbridge.example; not kept here" in texts
    assert {"Data cleaning", "Statistics", "Data visualisation", "Spreadsheets"} <= set(texts)


def test_what_is_missing_is_said_plainly(page: QWidget) -> None:
    assert fill(page, Achievement()).count("Not stated") == 4


def test_nothing_a_file_says_can_be_clicked(page: QWidget) -> None:
    fill(page, Achievement(description="x", criteria_url="javascript:alert(1)",
                           evidence=(("click me", "file:///etc/hostname"),), skills=(Skill("s"),)))
    folds = {fold.header for fold in page.findChildren(Fold)}
    assert {one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()} <= folds


def test_floods_are_bounded(page: QWidget) -> None:
    flood = Achievement(description="\n".join(f"- item {n}" for n in range(10_000)),
                        evidence=tuple((f"file {n}", "") for n in range(5_000)),
                        skills=tuple(Skill(f"skill {n}") for n in range(5_000)),
                        results=tuple(("r", str(n)) for n in range(5_000)))
    texts = fill(page, flood)
    assert len(texts) < 500
    assert "and 4950 more" in texts


def test_marks_of_markdown_are_not_shown_and_not_rendered(page: QWidget) -> None:
    texts = fill(page, Achievement(description="# Title\n**bold** and `code`\n1. first\n![x](file:///etc/x)"))
    assert {"Title", "bold and code", "first", "![x](file:///etc/x)"} <= set(texts)


def test_every_single_check_can_be_looked_at(page: QWidget) -> None:
    fill(page, made.ACHIEVEMENT)
    fold = next(one for one in page.findChildren(Fold) if one.header.objectName() == "checks_fold")
    assert fold.header.text() == "7 checks"
    fold.set_open(True)
    tree = page.findChild(QTreeView, "checks_tree")
    assert tree is not None
    assert tree.isVisible()
    assert tree.model().rowCount() == 4


@pytest.mark.parametrize("width", [320, 600, 1_100])
def test_no_claim_is_cut_at_any_width(page: QWidget, width: int) -> None:
    fill(page, Achievement(description="- " + "Explain each step of the work and why it was done. " * 6,
                           criteria="Two marked projects and a supervised exam. " * 9))
    layout = page.layout()
    assert layout is not None
    page.resize(width, layout.totalHeightForWidth(width))
    QApplication.processEvents()
    for label in page.findChildren(SafeLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.full_text
