"""Starting: the environment brings no plugins; theme and lock time follow the settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QLibraryInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wallet.operations.session import Services
from wallet.operations.settings import Settings, Theme, load_settings, save_settings
from wallet.ui.application import Desktop, make_application
from wallet.ui.theme import tokens
from wallet.ui.tokens import Scheme


def test_plugin_folders_of_the_environment_are_dropped(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_STYLE_OVERRIDE"):
        monkeypatch.setenv(name, "somewhere")
    assert make_application() is qapp
    assert "QT_PLUGIN_PATH" not in os.environ
    assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in os.environ
    assert QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)


def test_the_chosen_theme_and_lock_time_are_in_force_after_a_restart(
    qapp: QApplication, dressed: object, services: Services, qtbot: QtBot
) -> None:
    save_settings(services.config_file, Settings(theme=Theme.DARK, lock_minutes=15))
    desktop = Desktop(qapp, services)
    assert tokens().scheme is Scheme.DARK
    assert desktop.idle._timer.interval() == 15 * 60_000
    desktop.close()


def test_a_changed_setting_is_kept_and_followed(desktop: Desktop, services: Services) -> None:
    desktop.window.change_settings(replace(desktop.window.settings, theme=Theme.DARK, lock_minutes=1))
    assert tokens().scheme is Scheme.DARK
    assert desktop.idle._timer.interval() == 60_000
    assert load_settings(services.config_file).lock_minutes == 1
    desktop.window.change_settings(replace(desktop.window.settings, theme=Theme.LIGHT))
    assert tokens().scheme is Scheme.LIGHT


def test_a_setting_that_cannot_be_kept_is_told_and_not_followed(desktop: Desktop, qtbot: QtBot) -> None:
    before = desktop.window.settings
    desktop.window.change_settings(replace(before, verifier_address="javascript:alert(1)"))
    assert desktop.window.settings == before
    assert any(widget.objectName() == "failure_dialog" for widget in QApplication.topLevelWidgets())


def test_closing_the_window_closes_the_wallet(sample_wallet: Desktop, settled: Callable[[], None]) -> None:
    workspace = sample_wallet.window.workspace
    assert workspace is not None
    folder = workspace._session.vault.folder
    sample_wallet.window.close()
    settled()
    assert not sample_wallet.window.is_open
    assert not folder.exists()
