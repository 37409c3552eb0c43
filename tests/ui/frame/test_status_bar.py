"""The foot of the window: offline in words, the wallet's state, never which wallet."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from wallet.ui.labels import SafeLabel
from wallet.ui.status_bar import StatusBar, WalletState
from wallet.ui.theme import Theme


@pytest.mark.parametrize(
    ("state", "minutes", "words"),
    [
        (WalletState.NONE, 5, "No wallet yet"),
        (WalletState.LOCKED, 5, "Wallet locked"),
        (WalletState.OPEN, 5, "Wallet open · locks after 5 minutes"),
        (WalletState.OPEN, 1, "Wallet open · locks after 1 minute"),
        (WalletState.DESK, 5, "No wallet open · no history kept"),
        (WalletState.SAMPLES, 5, "Samples · gone when you close them"),
    ],
)
def test_each_state_has_words(
    qtbot: QtBot, theme: Theme, state: WalletState, minutes: int, words: str
) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_state(state, minutes)
    assert bar.text == words
    said = [label.full_text for label in bar.findChildren(SafeLabel)]
    assert "Offline" in said
    assert "Nothing leaves this computer" in said
