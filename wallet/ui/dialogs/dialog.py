"""What all dialogs share: a ground, a title in the window and above the content, Escape closes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from wallet.model.reasons import Reason
from wallet.ui.buttons import button
from wallet.ui.failure_box import FailureBox
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import column, row
from wallet.ui.tokens import Ink, Space, TextStyle


def dialog_frame(dialog: QDialog, title: str, *, width: int) -> QVBoxLayout:
    """Dress a dialog and return the layout for its content. The window's title never names a credential."""
    dialog.setWindowTitle(title)
    dialog.setMinimumWidth(width)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    layout = column(dialog, gap=Space.MEDIUM)
    layout.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
    layout.addWidget(SafeLabel(title, TextStyle.SUBTITLE, wrapped=True))
    return layout


class FailureDialog(QDialog):
    """Something that failed where no page has a place to say it."""

    def __init__(self, why: Reason, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = dialog_frame(self, self.tr("That did not work"), width=460)
        self.setObjectName("failure_dialog")
        box = FailureBox()
        box.show_reason(why)
        layout.addWidget(box)
        line = row()
        line.addStretch(1)
        close = button(self.tr("Close"), kind="primary", name="failure_close")
        close.clicked.connect(self.accept)
        line.addWidget(close)
        layout.addLayout(line)


class ConfirmDialog(QDialog):
    """One question before something that cannot be undone, or that a person may not expect."""

    def __init__(self, title: str, text: str, action: str, on_yes: Callable[[], None],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = dialog_frame(self, title, width=440)
        self.setObjectName("confirm_dialog")
        layout.addWidget(SafeLabel(text, ink=Ink.TEXT_2, untrusted=True, wrapped=True))
        line = row(gap=Space.MEDIUM)
        line.addStretch(1)
        no = button(self.tr("Cancel"), name="confirm_no")
        no.clicked.connect(self.reject)
        yes = button(action, kind="primary", name="confirm_yes")
        yes.clicked.connect(self.accept)
        line.addWidget(no)
        line.addWidget(yes)
        layout.addLayout(line)
        self.accepted.connect(on_yes)
