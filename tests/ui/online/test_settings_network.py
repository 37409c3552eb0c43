"""How leave stands is shown without telling anybody, and told when it is changed."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.ui.buttons import Segments
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.ledger import AllowedSite, NetworkFacts
from wallet.ui.views.settings_network import NetworkSection


def test_shown_and_told(qtbot: QtBot, light: Theme) -> None:
    section = NetworkSection()
    qtbot.addWidget(section)
    choice = section.findChild(Segments, "network_segments")
    assert isinstance(choice, Segments)
    with qtbot.assertNotEmitted(section.always_changed):
        section.show_facts(NetworkFacts((), 3, (AllowedSite("uni.example", AT),), always=True))
    assert choice.choice() == 1
    said = [one.full_text for one in section.findChildren(SafeLabel)]
    assert "3 requests were ever made. 1 site is always allowed." in said
    with qtbot.waitSignal(section.always_changed, timeout=1000) as told:
        choice.chosen.emit(0)
    assert told.args == [False]
