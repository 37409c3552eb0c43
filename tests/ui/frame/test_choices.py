"""The list to tick as a model: rules of item models hold, ticks are told, the order is the list's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui import fabricated
from wallet.ui.models.choices import ChoiceModel
from wallet.ui.theme import Theme


def test_it_behaves_like_a_model(light: Theme, qtmodeltester: ModelTester) -> None:
    model = ChoiceModel()
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # the plugin has no types
    model.set_rows(fabricated.library(), ("c0002",))
    model.untick("c0002")
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # the plugin has no types


def test_ticks_are_told_and_come_in_the_lists_order(qtbot: QtBot, light: Theme) -> None:
    model = ChoiceModel()
    model.set_rows(fabricated.library(), ("c0003", "c0001"))
    assert model.ids() == ("c0001", "c0003")
    with qtbot.waitSignal(model.ticked, timeout=1000):
        model.setData(model.index(1), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.ids() == ("c0001", "c0002", "c0003")
    assert model.index(0).data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
    assert "awarded by" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not model.setData(model.index(0), "x", Qt.ItemDataRole.EditRole)
