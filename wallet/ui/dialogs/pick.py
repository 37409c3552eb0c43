"""Ticking some of the kept credentials."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QListView, QWidget

from wallet.model.stored import StoredCredential
from wallet.ui.models.choices import ChoiceDelegate, ChoiceModel
from wallet.ui.panels import column, panel
from wallet.ui.tokens import Space
from wallet.ui.wording import counted

from .form import FormDialog

_LIST_PX = 340
_WIDTH_PX = 600


class PickDialog(FormDialog):
    """A list with a tick each.

    Signals:
        given: The ids, in the list's order, as a tuple.
    """

    given = Signal(object)

    def __init__(self, title: str, rows: Sequence[StoredCredential], parent: QWidget | None = None, *,
                 about: str = "") -> None:
        super().__init__(title, about, self.tr("Add"), name="pick_dialog", parent=parent)
        self.setWindowTitle(self.tr("Add credentials"))
        self.setMinimumWidth(_WIDTH_PX)
        self.model = ChoiceModel(self)
        view = QListView()
        view.setObjectName("pick_list")
        view.setAccessibleName(self.tr("Credentials"))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setSelectionMode(QListView.SelectionMode.NoSelection)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setItemDelegate(ChoiceDelegate(view))
        view.setModel(self.model)
        view.setFixedHeight(_LIST_PX)
        box = panel("card")
        column(box, margin=Space.TINY).addWidget(view)
        self.body.addWidget(box)
        self.model.ticked.connect(self.arrange)
        self.wished.connect(lambda: self.given.emit(self.model.ids()))
        self.model.set_rows(rows, ())

    def is_complete(self) -> bool:
        """Return whether any is ticked."""
        return bool(self.model.ids())

    def arrange(self) -> None:
        """Say on the button how many."""
        super().arrange()
        count = len(self.model.ids())
        self.set_action(counted(count, "Add %n", "Add %n") if count else self.tr("Add"))
