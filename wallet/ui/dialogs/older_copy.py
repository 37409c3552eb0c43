"""The warning that a wallet was further along when it was last open here, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.ui.buttons import button
from wallet.ui.labels import SafeLabel

from .form import FormDialog


class OlderCopyDialog(FormDialog):
    """Explained once, when the wallet is opened.

    Signals:
        compare_requested: Look into a backup for what is missing.
    """

    compare_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("This is an older copy of your wallet"),
            self.tr("When it was last open on this computer, it was further along. That happens when a "
                    "backup "
                    "was put in its place, or when a folder was set back. Whoever can write to your disk "
                    "could "
                    "do it too, so that something removed or withdrawn looks as before."),
            self.tr("It is the right one"), name="older_copy_dialog", parent=parent)
        self.body.addWidget(SafeLabel(
            self.tr("Nothing was changed. If something is missing, compare with a newer backup: it brings in "
                    "what is not here."), wrapped=True))
        compare = button(self.tr("Compare with a backup…"), name="older_compare")
        compare.clicked.connect(self._on_compare)
        self.body.addWidget(compare)
        self.set_cancel(self.tr("Remind me again"))

    def _on_compare(self) -> None:
        self.reject()
        self.compare_requested.emit()
