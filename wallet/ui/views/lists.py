"""Issuer lists in force, in the learner's order: the first that names an issuer speaks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.issuer_lists import ListKind
from wallet.model.report import Level
from wallet.operations.list_overview import ListShown
from wallet.ui.buttons import button
from wallet.ui.check_panel import clear
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Notice, row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import isolated, shown_text
from wallet.ui.wording import counted, long_date, reason_text, translate
from wallet.wording.believing import VERIFIED_WORDS

from .subpage import Lines, SubPage, words

_SHOWN_MEMBERS = 40


class ListsPage(SubPage):
    """Lists.

    Signals:
        file_requested, address_requested, refresh_requested: Bring one, or bring all anew.
        move_requested: The address of the list, and by how many places; fewer than none is up.
        remove_requested: The address of the list.
        shipped_requested: Put what came with the program in force again.
    """

    file_requested = Signal()
    address_requested = Signal()
    refresh_requested = Signal()
    move_requested = Signal(str, int)
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
            own = sum(one.kept.kind is not ListKind.SHIPPED for one in lists)
            for number, one in enumerate(lists):
                box.add(self._words(one), self._acts(one, number, own))
                for member in one.members[:_SHOWN_MEMBERS]:
                    box.add(self._words(member, is_member=True))
                if len(one.members) > _SHOWN_MEMBERS:
                    box.add(SafeLabel(counted(len(one.members) - _SHOWN_MEMBERS, "and %n more",
                                              "and %n more"), TextStyle.SMALL))
            self.body.addWidget(box)
        if not any(one.kept.kind is ListKind.SHIPPED for one in lists):
            back = button(self.tr("Use what came with the program again"), kind="link", size="small",
                          name="list_shipped")
            back.clicked.connect(self.shipped_requested)
            self.body.addWidget(back)

    def _words(self, one: ListShown, *, is_member: bool = False) -> QWidget:
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
        said = " · ".join(filter(None, facts))
        parts = [SafeLabel(one.kept.name, TextStyle.STRONG, untrusted=True, wrapped=True),
                 SafeLabel(said[:1].upper() + said[1:], TextStyle.SMALL, wrapped=True)]
        if one.document is not None:
            parts.append(SafeLabel(self._came(one.document), TextStyle.CAPTION, wrapped=True))
        if one.kept.address.startswith("https://"):
            parts.append(SafeLabel(one.kept.address, TextStyle.CAPTION, untrusted=True, wrapped=True))
        if one.problem:
            parts.append(SafeLabel(reason_text(one.problem), TextStyle.SMALL, ink=Ink.CARE, wrapped=True))
        if one.refused:
            parts.append(SafeLabel(self.tr("A later one was not taken on {date}. {why}").format(
                date=long_date(one.refused.at), why=reason_text(one.refused.reason)), TextStyle.SMALL,
                ink=Ink.CARE, wrapped=True))
        box.setLayout(words(*parts))
        if is_member:
            box.setObjectName("list_member")
            box.setContentsMargins(Space.WIDE, 0, 0, 0)
        return box

    def _came(self, document: EvidenceDocument) -> str:
        """Return since when the version that counts is here, from whom, and how it was found right."""
        when = self.tr("came on {date}").format(date=long_date(document.fetched_at)) \
            if document.fetched_at else ""
        source = isolated(shown_text(document.source, single_line=True).text)
        by_host = self.tr("from {host}").format(host=source) if document.grade is Grade.FETCHED else ""
        proven = ", ".join(translate(VERIFIED_WORDS[how]) for how in document.verified)
        told = (when, by_host, self.tr("found right {how}").format(how=proven) if proven else "")
        said = " · ".join(part for part in told if part)
        return said[:1].upper() + said[1:]

    def _acts(self, one: ListShown, number: int, own: int) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=Space.SMALL)
        about = shown_text(one.kept.name, single_line=True).text
        if own > 1 and one.kept.kind is not ListKind.SHIPPED:
            for word, steps, name in ((self.tr("Up"), -1, "list_up"), (self.tr("Down"), 1, "list_down")):
                moved = button(word, size="small", name=name)
                moved.setAccessibleDescription(about)
                moved.setEnabled(0 <= number + steps < own)
                moved.clicked.connect(
                    lambda _=False, by=steps: self.move_requested.emit(one.kept.address, by))
                line.addWidget(moved)
        remove = button(self.tr("Remove"), size="small", name="list_remove")
        remove.setAccessibleDescription(about)
        remove.clicked.connect(lambda: self.remove_requested.emit(one.kept.address))
        line.addWidget(remove)
        return box

    def _kind(self, kind: ListKind) -> str:
        return {ListKind.FILE: self.tr("a list"), ListKind.LIST_OF_LISTS: self.tr("a list of lists"),
                ListKind.FEDERATION: self.tr("a federation"), ListKind.DOMAINS: self.tr("web addresses"),
                ListKind.SHIPPED: self.tr("came with the program")}.get(kind, self.tr("another kind"))
