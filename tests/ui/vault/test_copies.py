"""A comparison says what is where; where nothing would come in, nothing is offered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.operations.merge import Comparison, Copy, Relation
from wallet.ui.buttons import Segments
from wallet.ui.dialogs.copies import CompareDialog
from wallet.ui.dialogs.whose_copy import WhoseCopy
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme

_COPY = Copy("<b>Title</b>", "Issuer", AT, "00")


@pytest.mark.parametrize(("relation", "there", "offered"), [
    (Relation.SAME, 0, False), (Relation.OLDER, 0, False), (Relation.NEWER, 2, True),
    (Relation.DIVERGED, 7, True), (Relation.OTHER_WALLET, 1, True)])
def test_what_would_come_is_shown(qtbot: QtBot, light: Theme, relation: Relation, there: int,
                                  offered: bool) -> None:
    dialog = CompareDialog("a.vcwallet", needs_secret=False)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.compare_wished):
        dialog.wished.emit()
    dialog.show_comparison(Comparison(relation, (_COPY,), (_COPY,) * there, 3, (), 1, 2))
    said = " ".join(one.full_text for one in dialog.findChildren(SafeLabel))
    assert f"Only in that copy: {there}" in said
    assert "In both: 3" in said
    assert dialog._go.isVisible() is offered
    if there > 5:
        assert "and 2 more" in said
    with qtbot.waitSignal(dialog.merge_wished):
        dialog.wished.emit()


def test_whose_it_is_is_asked_only_where_a_stranger_could_have_made_it(qtbot: QtBot, light: Theme) -> None:
    found = Comparison(Relation.OTHER_WALLET, (), (_COPY,), 3, (), 1, 2)
    for is_own in (True, False):
        dialog = CompareDialog("a.vcwallet", needs_secret=False)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.show_comparison(replace(found, is_own=is_own))
        assert (dialog.findChild(WhoseCopy) is None) is is_own
        with qtbot.waitSignal(dialog.merge_wished) as caught:
            dialog.wished.emit()
        assert caught.args == [None, is_own]  # the careful answer stands until she says otherwise


def test_saying_that_it_is_hers_is_told_with_what_it_means(qtbot: QtBot, light: Theme) -> None:
    asked = WhoseCopy()
    qtbot.addWidget(asked)
    answer = asked.findChild(Segments, "whose_answer")
    assert answer is not None
    assert not asked.is_mine()
    assert "what the sender says" in _said(asked)
    answer.findChildren(QAbstractButton)[1].click()
    assert asked.is_mine()
    assert "make a forgery look genuine" in _said(asked)


def _said(root: QWidget) -> str:
    return " ".join(one.full_text for one in root.findChildren(SafeLabel))
