"""One matter of an opened wallet: its errands and the pages they show on, wired together.

Made with the workspace and destroyed with it. What belongs to a matter (own words, keys and backups, the web)
is in the `*_pages` modules; how a matter stands on the ground is here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, SignalInstance

from wallet.model.stored import Changes

from .ground import Ground


class Matter(QObject):
    """Looks for itself when something changed that it cares about."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._ground = ground
        ground.changed.connect(self._on_changed)

    def cares(self, changes: Changes) -> bool:
        """Return whether these changes concern it; what the settings show concerns all."""
        return changes.settings

    def look(self) -> None:
        """Look how it stands and show it."""

    def _on_changed(self, changes: Changes) -> None:
        if self.cares(changes):
            self.look()


def join(*wires: tuple[SignalInstance, Callable[..., Any]]) -> None:
    """Let each wish be done by its errand."""
    for wish, errand in wires:
        wish.connect(errand)
