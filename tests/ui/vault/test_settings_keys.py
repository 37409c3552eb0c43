"""Keys are listed with what can be done with each; the only one in use cannot be retired."""

from __future__ import annotations

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.keys.keypair import HolderKey
from wallet.operations.holder_keys import KeptHolderKey
from wallet.ui.theme import Theme
from wallet.ui.views.settings_keys import KeysSection


def test_the_only_key_stays(qtbot: QtBot, theme: Theme) -> None:
    section = KeysSection()
    qtbot.addWidget(section)
    used = KeptHolderKey(2, HolderKey.generate(), "", AT, None, True)
    old = KeptHolderKey(1, HolderKey.generate(), "Old", AT, AT, False)
    section.show_keys((old, used))
    assert section.name_of(used) == "Key 2"

    def possible(name: str) -> list[bool]:
        return [one.isEnabled() for one in section.findChildren(QAction, name)]

    assert possible("key_retire") == [False, False]
    assert possible("key_choose") == [False, False]
    assert possible("key_replace") == [True, False]
    with qtbot.waitSignal(section.label_requested) as told:
        section.findChildren(QAction, "key_label")[1].trigger()
    assert told.args == ["1"]
