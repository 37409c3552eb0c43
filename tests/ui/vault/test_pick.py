"""Nothing is added before something is ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui import fabricated
from wallet.ui.dialogs.pick import PickDialog
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme


def test_ticks_are_given(qtbot: QtBot, theme: Theme) -> None:
    rows = fabricated.library()[:3]
    dialog = PickDialog("Add to “<b>x</b>”", rows)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "<" not in dialog.windowTitle()
    assert not dialog._go.isEnabled()
    dialog.model.setData(dialog.model.index(1), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert dialog._go.text() == "Add 1"
    with qtbot.waitSignal(dialog.given) as given:
        dialog._go.click()
    assert given.args == [(rows[1].id,)]


def test_what_is_not_listed_is_said(qtbot: QtBot, light: Theme) -> None:
    for about in ("", "These are the newest."):
        asked = PickDialog("Add", fabricated.library(), about=about)
        qtbot.addWidget(asked)
        said = " ".join(one.full_text for one in asked.findChildren(SafeLabel))
        assert ("These are the newest." in said) is bool(about)
