"""Filling in dialogs as a person does."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from tests.ui.frame.conftest import PASSPHRASE
from tests.ui.online.conftest import Life

NEW = "seven slow rivers under granite"
D = TypeVar("D", bound=QDialog)


def dialog(life: Life, kind: type[D]) -> D:
    """Return the one dialog of that kind that is open."""
    found = [one for one in life.dialogs() if isinstance(one, kind)]
    assert len(found) == 1, [one.objectName() for one in life.dialogs()]
    return found[0]


def fill(root: QWidget, name: str, text: str) -> None:
    """Type into every visible field of that name."""
    fields = [one for one in root.findChildren(QLineEdit, name) if not one.isHidden()]
    assert fields, name
    for one in fields:
        one.setText(text)


def unlock_with(root: QWidget, secret: str = PASSPHRASE) -> None:
    """Type what opens the wallet."""
    fill(root, "secret_field", secret)


def choose_new(root: QWidget, passphrase: str = NEW) -> None:
    """Type a new passphrase twice."""
    fill(root, "new_secret", passphrase)
    fill(root, "repeat_secret", passphrase)


def trigger(root: QWidget, name: str) -> None:
    """Choose from a menu."""
    found = [one for one in root.findChildren(QAction, name) if one.isEnabled()]
    assert found, name
    found[0].trigger()


def is_open(life: Life) -> bool:
    """Return whether the wallet is open."""
    return life.desktop.window.is_open
