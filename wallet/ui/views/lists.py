"""Issuer lists in force, in the learner's order: the first that names an issuer speaks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.model.issuer_lists import ListKind
from wallet.model.report import Level
from wallet.operations.lists import ListShown
from wallet.ui.buttons import button
from wallet.ui.check_panel import clear
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Notice, row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import shown_text
from wallet.ui.wording import counted, long_date, reason_text

from .subpage import Lines, SubPage, words


class ListsPage(SubPage):
    """Lists.

    Signals:
        file_requested, address_requested, refresh_requested: Bring one, or bring all anew.
        first_requested, remove_requested: The address of the list.
        shipped_requested: Put what came with the program in force again.
    """

    file_requested = Signal()
    address_requested = Signal()
    refresh_requested = Signal()
    first_requested = Signal(str)
    remove_requested = Signal(str)
    shipped_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("lists_page", parent)
        self.set_words(self.tr("Settings"), self.tr("Lists of issuers"), self.tr(
            "Who confirms whom. The first list that names an issuer speaks. None of them makes a credential "
            "good or bad."))
        for text, icon, name, wished in (
            (self.tr("From a file…"), Icon.ADD, "list_file", self.file_requested),
            (self.tr("From the web…"), Icon.ONLINE, "list_address", self.address_requested),
            (self.tr("Bring anew…"), Icon.REFRESH, "list_refresh", self.refresh_requested),
        ):
            pressed = button(text, icon=icon, size="small", name=name)
            pressed.clicked.connect(wished)
            self.tools.addWidget(pressed)
        self.tools.addStretch(1)
        self.show_lists(())

    def show_lists(self, lists: Sequence[ListShown]) -> None:
        """Show them in order."""
        clear(self.body)
        if not lists:
            self.body.addWidget(Notice(Level.INFO, self.tr("No lists are in force."), self.tr(
                "Issuers are then known by their web address only.")))
        else:
            box = Lines()
            for number, one in enumerate(lists):
                box.add(self._words(one), self._acts(one, is_first=not number))
            self.body.addWidget(box)
        if not any(one.kept.kind is ListKind.SHIPPED for one in lists):
            back = button(self.tr("Use what came with the program again"), kind="link", size="small",
                          name="list_shipped")
            back.clicked.connect(self.shipped_requested)
            self.body.addWidget(back)

    def _words(self, one: ListShown) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        facts = [self._kind(one.kept.kind)]
        if one.issuers:
            facts.append(counted(one.issuers, "%n issuer", "%n issuers"))
        if one.date:
            facts.append(self.tr("of {date}").format(date=long_date(one.date)))
        if one.until:
            facts.append(self.tr("ends {date}").format(date=long_date(one.until)))
        facts.append(self.tr("sealed, by a key you gave") if one.kept.signer else "")
        parts = [SafeLabel(one.kept.name, TextStyle.STRONG, untrusted=True, wrapped=True),
                 SafeLabel(" · ".join(filter(None, facts)), TextStyle.SMALL, wrapped=True)]
        if one.kept.address.startswith("https://"):
            parts.append(SafeLabel(one.kept.address, TextStyle.CAPTION, untrusted=True, wrapped=True))
        if one.problem:
            parts.append(SafeLabel(reason_text(one.problem), TextStyle.SMALL, ink=Ink.CARE, wrapped=True))
        box.setLayout(words(*parts))
        return box

    def _acts(self, one: ListShown, *, is_first: bool) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=Space.SMALL)
        about = shown_text(one.kept.name, single_line=True).text
        if not is_first and one.kept.kind is not ListKind.SHIPPED:
            first = button(self.tr("Put first"), size="small", name="list_first")
            first.setAccessibleDescription(about)
            first.clicked.connect(lambda: self.first_requested.emit(one.kept.address))
            line.addWidget(first)
        remove = button(self.tr("Remove"), size="small", name="list_remove")
        remove.setAccessibleDescription(about)
        remove.clicked.connect(lambda: self.remove_requested.emit(one.kept.address))
        line.addWidget(remove)
        return box

    def _kind(self, kind: ListKind) -> str:
        return {ListKind.FILE: self.tr("a list"), ListKind.LIST_OF_LISTS: self.tr("a list of lists"),
                ListKind.FEDERATION: self.tr("a federation"), ListKind.DOMAINS: self.tr("web addresses"),
                ListKind.SHIPPED: self.tr("came with the program")}.get(kind, self.tr("another kind"))
