"""One bundle: its credentials in the learner's order, a note, and the way out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from wallet.model.stored import StoredCredential
from wallet.operations.bundles import KeptBundle
from wallet.ui.buttons import button, icon_button
from wallet.ui.icons import Icon, themed_icon
from wallet.ui.labels import SafeLabel
from wallet.ui.models.ordered import OrderList, OrderModel
from wallet.ui.panels import column, panel, row
from wallet.ui.tokens import Ink, Space, TextStyle

from .own_words import NoteField


class BundleView(QWidget):
    """The page of one bundle.

    Signals:
        back_requested: To the list.
        fill_requested, rename_requested: The `KeptBundle`.
        share_requested: The ids in their order.
        credential_opened: An id.
        reordered, taken_out: Ids, as a tuple.
        note_changed: The new note.
        delete_requested: Delete it.
    """

    back_requested = Signal()
    fill_requested = Signal(object)
    rename_requested = Signal(object)
    share_requested = Signal(object)
    credential_opened = Signal(str)
    reordered = Signal(object)
    taken_out = Signal(object)
    note_changed = Signal(str)
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bundle_view")
        self.setProperty("ground", "content")
        self._shown: KeptBundle | None = None
        whole = column(self, margin=Space.WIDE, gap=Space.LARGE)
        whole.addLayout(self._build_bar())
        self._name = SafeLabel("", TextStyle.TITLE, untrusted=True, wrapped=True)
        whole.addWidget(self._name)
        self._note = NoteField(self.tr("A note for yourself: what it is for, what to say with it"))
        self._note.kept.connect(self._on_note)
        whole.addWidget(self._note)
        self._model = OrderModel(self)
        self._model.reordered.connect(self.reordered)
        self._list = OrderList(self._model)
        self._list.setAccessibleName(self.tr("Credentials in this bundle, in your order"))
        self._list.opened.connect(self.credential_opened)
        self._list.remove_pressed.connect(lambda one: self.taken_out.emit((one,)))
        self._list.selectionModel().currentChanged.connect(self._arrange)
        self._model.modelReset.connect(self._arrange)
        box = panel("card")
        column(box, margin=Space.TINY).addWidget(self._list)
        whole.addWidget(box, 1)
        self._empty = SafeLabel(
            self.tr("Nothing in it yet. Add the credentials that this employer should see."),
            ink=Ink.TEXT_2, wrapped=True)
        whole.addWidget(self._empty)
        whole.addLayout(self._build_foot())

    @property
    def bundle_id(self) -> str:
        """The id of the bundle that is shown, "" for none."""
        return self._shown.id if self._shown else ""

    @property
    def order(self) -> tuple[str, ...]:
        """The ids as they stand."""
        return self._model.order()

    def show_bundle(self, bundle: KeptBundle, rows: Sequence[StoredCredential]) -> None:
        """Show this one; the same order is not shown anew, so that the place in it stays."""
        self._shown = bundle
        self._name.setText(bundle.name)
        if not self._note.hasFocus():
            self._note.set_text(bundle.note)
        if self._model.rows() != tuple(rows):
            self._model.show(rows)
        self._empty.setVisible(not rows)
        self._share.setEnabled(bool(rows))
        self._arrange()

    def forget(self) -> None:
        """Let go of what was shown."""
        self._shown = None
        self._model.show(())
        self._name.setText("")
        self._note.set_text("")

    def _build_bar(self) -> QHBoxLayout:
        line = row(gap=Space.SMALL)
        back = button(self.tr("Bundles"), kind="quiet", icon=Icon.BACK, name="bundle_back")
        back.clicked.connect(self.back_requested)
        line.addWidget(back)
        line.addStretch(1)
        more = icon_button(Icon.MORE, self.tr("More"), name="bundle_more")
        menu = QMenu(more)
        rename = menu.addAction(self.tr("Rename…"))
        rename.setObjectName("bundle_rename")
        rename.triggered.connect(lambda: self.rename_requested.emit(self._shown))
        delete = menu.addAction(themed_icon(Icon.BIN, Ink.PROBLEM), self.tr("Delete the bundle"))
        delete.setObjectName("bundle_delete")
        delete.triggered.connect(self.delete_requested)
        more.setMenu(menu)
        self._share = button(self.tr("Share this bundle"), kind="primary", icon=Icon.SHARE,
                             name="bundle_share")
        self._share.clicked.connect(lambda: self.share_requested.emit(self.order))
        line.addWidget(more)
        line.addWidget(self._share)
        return line

    def _build_foot(self) -> QHBoxLayout:
        line = row(gap=Space.SMALL)
        fill = button(self.tr("Add credentials…"), icon=Icon.ADD, name="bundle_fill")
        fill.clicked.connect(lambda: self.fill_requested.emit(self._shown))
        self._up = button(self.tr("Up"), name="bundle_up")
        self._up.clicked.connect(lambda: self._list.step(-1))
        self._down = button(self.tr("Down"), name="bundle_down")
        self._down.clicked.connect(lambda: self._list.step(1))
        self._out = button(self.tr("Take out"), name="bundle_out")
        self._out.clicked.connect(lambda: self.taken_out.emit((self._list.current_id(),)))
        line.addWidget(fill)
        line.addStretch(1)
        for one in (self._up, self._down, self._out):
            line.addWidget(one)
        return line

    def _arrange(self) -> None:
        place, count = self._list.currentIndex().row(), self._model.rowCount()
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < count - 1)
        self._out.setEnabled(place >= 0)

    def _on_note(self, note: str, _done: bool) -> None:  # noqa: FBT001 - a slot
        if self._shown is not None and note != self._shown.note:
            self.note_changed.emit(note)
