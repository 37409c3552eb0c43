"""A comparison says what is where; where nothing would come in, nothing is offered."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.operations.merge import Comparison, Copy, Relation
from wallet.ui.dialogs.copies import CompareDialog
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
