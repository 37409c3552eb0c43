"""Bundles: credentials put together for one employer or school. A list of them, and one of them opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from wallet.model.stored import StoredCredential
from wallet.operations.bundles import KeptBundle
from wallet.ui.buttons import button
from wallet.ui.check_panel import clear
from wallet.ui.icons import Icon
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.panels import Page, column, panel, row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.wording import counted

from .bundle import BundleView

_SHOWN_TITLES = 4


class BundlesPage(QStackedWidget):
    """The section.

    Signals:
        new_requested: Make a bundle.
        fill_requested: A `KeptBundle` to add to.
        share_requested: The ids of its credentials, in their order.
        credential_opened: The id.
        reordered, note_changed, taken_out: The bundle's id, and the ids, the note, the ids.
        rename_requested: A `KeptBundle`.
        delete_requested: The bundle's id.
    """

    new_requested = Signal()
    fill_requested = Signal(object)
    share_requested = Signal(object)
    credential_opened = Signal(str)
    reordered = Signal(str, object)
    note_changed = Signal(str, str)
    taken_out = Signal(str, object)
    rename_requested = Signal(object)
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bundles_page")
        self._bundles: dict[str, KeptBundle] = {}
        self._rows: dict[str, StoredCredential] = {}
        self._wanted = ""
        self.list = _BundleList()
        self.one = BundleView()
        self.addWidget(self.list)
        self.addWidget(self.one)
        self.list.new_requested.connect(self.new_requested)
        self.list.opened.connect(self.open_bundle)
        self.one.back_requested.connect(self.show_list)
        self.one.fill_requested.connect(self.fill_requested)
        self.one.share_requested.connect(self.share_requested)
        self.one.credential_opened.connect(self.credential_opened)
        self.one.rename_requested.connect(self.rename_requested)
        for signal, told in ((self.one.reordered, self.reordered), (self.one.note_changed, self.note_changed),
                             (self.one.taken_out, self.taken_out)):
            signal.connect(lambda what, told=told: told.emit(self.one.bundle_id, what))
        self.one.delete_requested.connect(lambda: self.delete_requested.emit(self.one.bundle_id))

    @property
    def kept(self) -> tuple[KeptBundle, ...]:
        """The bundles that are shown."""
        return tuple(self._bundles.values())

    def set_bundles(self, bundles: Sequence[KeptBundle], rows: Sequence[StoredCredential]) -> None:
        """Show these; `rows` are the kept credentials, without those in the bin."""
        self._bundles = {one.id: one for one in bundles}
        self._rows = {one.id: one for one in rows}
        self.list.show_bundles(bundles, self._rows)
        if self._wanted in self._bundles:
            self.open_bundle(self._wanted)
        elif self.one.bundle_id:
            self.open_bundle(self.one.bundle_id)

    def open_bundle(self, bundle_id: str) -> None:
        """Show one; one that is not known yet is shown as soon as it is."""
        found = self._bundles.get(bundle_id)
        self._wanted = "" if found else bundle_id
        if found is None:
            self.show_list()
            return
        shown = tuple(self._rows[one] for one in found.items if one in self._rows)
        self.one.show_bundle(found, shown)
        self.setCurrentWidget(self.one)

    def expect(self, bundle_id: str) -> None:
        """Open a bundle that was just made as soon as it is known."""
        self._wanted = bundle_id
        if bundle_id in self._bundles:
            self.open_bundle(bundle_id)

    def show_list(self) -> None:
        """Show all of them."""
        self.one.forget()
        self.setCurrentWidget(self.list)


class _BundleList(Page):
    """All bundles."""

    new_requested = Signal()
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(margin=Space.PAGE, gap=Space.LARGE)
        self.setObjectName("bundle_list")
        line = row(gap=Space.MEDIUM)
        line.addWidget(SafeLabel(self.tr("Bundles"), TextStyle.TITLE, wrapped=True), 1)
        new = button(self.tr("New bundle"), kind="primary", icon=Icon.ADD, name="new_bundle")
        new.clicked.connect(self.new_requested)
        line.addWidget(new)
        self.content.addLayout(line)
        self._lines = column(gap=Space.MEDIUM)
        self.content.addLayout(self._lines)
        self.content.addStretch(1)

    def show_bundles(self, bundles: Sequence[KeptBundle], rows: dict[str, StoredCredential]) -> None:
        """Show these."""
        clear(self._lines)
        if not bundles:
            self._lines.addWidget(self._empty())
        for one in bundles:
            self._lines.addWidget(self._card(one, [rows[item] for item in one.items if item in rows]))

    def _empty(self) -> QWidget:
        box = panel("drop")
        inner = column(box, margin=Space.HUGE, gap=Space.MEDIUM)
        inner.addWidget(IconLabel(Icon.BUNDLE, 40, Ink.ACCENT_TEXT), 0, Qt.AlignmentFlag.AlignHCenter)
        text = SafeLabel(self.tr("Group what one employer should see."), TextStyle.VERDICT, wrapped=True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(text)
        return box

    def _card(self, one: KeptBundle, items: list[StoredCredential]) -> QWidget:
        box = panel("card")
        line = row(box, gap=Space.LARGE)
        line.setContentsMargins(Space.CARD, Space.LARGE, Space.CARD, Space.LARGE)
        line.addWidget(IconLabel(Icon.BUNDLE, 26, Ink.ACCENT_TEXT), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(SafeLabel(one.name, TextStyle.CARD, untrusted=True, elided=True))
        titles = ", ".join(item.title for item in items[:_SHOWN_TITLES])
        if len(items) > _SHOWN_TITLES:
            titles += f" + {len(items) - _SHOWN_TITLES}"
        count = counted(len(items), "%n credential", "%n credentials")
        words.addWidget(SafeLabel(f"{count}: {titles}" if titles else self.tr("Nothing in it yet"),
                                  TextStyle.SMALL, untrusted=True, wrapped=True))
        line.addLayout(words, 1)
        pressed = button(self.tr("Open"), name="open_bundle")
        pressed.setAccessibleName(self.tr("Open the bundle {name}").format(name=one.name))
        pressed.clicked.connect(lambda: self.opened.emit(one.id))
        line.addWidget(pressed)
        return box
