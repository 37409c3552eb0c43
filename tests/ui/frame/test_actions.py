"""The actions: every one has words and its own keys; without a wallet those of a wallet do nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence

from wallet.ui.application import Desktop
from wallet.ui.sidebar import Section


def test_every_action_has_words_and_keys_of_its_own(desktop: Desktop) -> None:
    actions = desktop.window.actions_by_name.values()
    keys = [action.shortcut().toString() for action in actions]
    assert all(action.text() for action in actions)
    assert len(set(keys)) == len(keys)
    assert {"Ctrl+N", "Ctrl+F", "Ctrl+L", "Ctrl+S", "Ctrl+R", "Ctrl+V"} <= set(keys)
    assert set(actions) <= set(desktop.window.actions())


def test_without_a_wallet_its_actions_do_nothing(desktop: Desktop) -> None:
    for name in ("action_find", "action_share", "action_check", "action_log", "action_lock"):
        desktop.window.actions_by_name[name].trigger()
    assert desktop.window.page is desktop.window.welcome


def test_sections_are_reached_by_keys(sample_wallet: Desktop, settled: Callable[[], None]) -> None:
    work = sample_wallet.window.workspace
    assert work is not None
    for name, page in (
        ("action_log", work.log),
        ("action_verify", work.verify),
        ("action_settings", work.settings),
        ("action_credentials", work.library),
    ):
        sample_wallet.window.actions_by_name[name].trigger()
        assert work._pages.currentWidget() is page
    assert work._sidebar._group.checkedId() == Section.CREDENTIALS
    assert sample_wallet.window.actions_by_name["action_lock"].shortcut() == QKeySequence("Ctrl+L")
