"""One issuer: its address first, who knows it, its keys with their dates, and what the learner believes.

The name inside a credential is the sealer's own word and stands as that. Nothing is asked of anybody here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from wallet.model.beliefs import Stance
from wallet.model.events import Event, EventKind, KeyChange
from wallet.model.report import Level
from wallet.operations.issuers import IssuerView, ListedKey
from wallet.operations.known_to import KnownTo
from wallet.ui.buttons import button
from wallet.ui.check_panel import clear
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Notice, ScrollColumn, column, row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import isolated, shown_text
from wallet.ui.views.subpage import Lines, words
from wallet.ui.wording import counted, long_date, reason_text, translate
from wallet.wording.believing import STANCE_WORDS
from wallet.wording.labels import grade_word
from wallet.wording.text import party

from .dialog import dialog_frame

_SIZE = (660, 640)
_SHOWN = 40
_EVENTS = {EventKind.KEY_CHANGED: "Other keys were seen in its document",
           EventKind.RECORD_CHANGED: "Its web record changed",
           EventKind.RECORD_GONE: "Its web record was gone",
           EventKind.RECORD_BACK: "Its web record was back",
           EventKind.BELIEF_SET: "You noted something about it",
           EventKind.BELIEF_UNDONE: "You took something back"}


@dataclass(frozen=True, slots=True)
class IssuerShown:
    """What the dialog shows.

    Attributes:
        credential_ids: Of its credentials.
        can_be_asked: Whether a federation among the lists could say more about it.
    """

    view: IssuerView
    lists: tuple[KnownTo, ...] = ()
    credential_ids: tuple[str, ...] = ()
    can_be_asked: bool = False


class IssuerDialog(QDialog):
    """What is known of one issuer.

    Signals:
        pin_requested, distrust_requested, name_requested, forget_requested: That act, about the issuer that
            is shown.
        ask_requested: Ask the federations among the lists about it.
    """

    pin_requested = Signal(object)
    distrust_requested = Signal(str)
    name_requested = Signal(object)
    forget_requested = Signal(str)
    ask_requested = Signal(str)

    def __init__(self, shown: IssuerShown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("issuer_dialog")
        self._shown = shown
        layout = dialog_frame(self, self.tr("Issuer"), width=_SIZE[0])
        self.resize(*_SIZE)
        inner = QWidget()
        self._lines: QVBoxLayout = column(inner, gap=Space.MEDIUM)
        layout.addWidget(ScrollColumn(inner), 1)
        layout.addLayout(self._build_acts())
        self.show_issuer(shown)

    def show_issuer(self, shown: IssuerShown) -> None:
        """Show how it stands now."""
        self._shown = shown
        view = shown.view
        clear(self._lines)
        for part in (self._head(view), *self._notes(view), self._lists(shown), self._keys(view.keys),
                     self._history(view), *self._log(view.log)):
            self._lines.addWidget(part)
        self._lines.addStretch(1)
        stance = view.belief.stance if view.belief else Stance.NONE
        self._pin.setEnabled(any(key.current for key in view.keys))
        self._distrust.setVisible(stance is not Stance.DISTRUSTED)
        self._forget.setVisible(view.belief is not None)

    def _head(self, view: IssuerView) -> QWidget:
        box = QWidget()
        lines = column(box, gap=2)
        host = SafeLabel(party(view.id), TextStyle.VERDICT, untrusted=True, wrapped=True)
        host.setObjectName("issuer_host")
        lines.addWidget(host)
        if view.claimed_name:
            called = self.tr("It calls itself “{name}”").format(name=_plain(view.claimed_name))
            lines.addWidget(SafeLabel(called, ink=Ink.TEXT_2, wrapped=True))
        lines.addWidget(SafeLabel(counted(view.credentials, "%n credential of it is in your wallet.",
                                          "%n credentials of it are in your wallet."), TextStyle.SMALL))
        lines.addWidget(SafeLabel(view.id, TextStyle.MONO, untrusted=True, wrapped=True, ink=Ink.TEXT_3))
        return box

    def _notes(self, view: IssuerView) -> Iterator[QWidget]:
        belief = view.belief
        if belief and (belief.name or belief.stance is not Stance.NONE):
            level = Level.PROBLEM if belief.stance is Stance.DISTRUSTED else Level.INFO
            said = [translate(STANCE_WORDS[belief.stance]).capitalize() + ".",
                    self.tr("You call it “{name}”.").format(name=_plain(belief.name)) if belief.name else "",
                    self.tr("Your note: {note}").format(note=_plain(belief.note)) if belief.note else ""]
            yield Notice(level, self.tr("What you believe"), " ".join(part for part in said if part))
        for note in view.notes:
            yield Notice(Level.CARE, self.tr("Worth a second look"), reason_text(note))

    def _lists(self, shown: IssuerShown) -> QWidget:
        box = Lines(self.tr("On your lists"))
        if not shown.lists:
            box.add(SafeLabel(self.tr("None of your lists names it. That is no fault of a credential."),
                              TextStyle.SMALL, wrapped=True))
        for one in shown.lists[:_SHOWN]:
            box.add(words(SafeLabel(one.name, TextStyle.STRONG, untrusted=True, wrapped=True),
                          SafeLabel(self._said(one), TextStyle.SMALL, wrapped=True)))
        if shown.can_be_asked:
            ask = button(self.tr("Ask the federation…"), icon=Icon.ONLINE, size="small", name="issuer_ask")
            ask.clicked.connect(lambda: self.ask_requested.emit(shown.view.id))
            box.add(SafeLabel(self.tr("A federation among your lists could say more. You see first whom "
                                      "that asks."), TextStyle.SMALL, wrapped=True), ask)
        return box

    def _said(self, one: KnownTo) -> str:
        """Return which list says so, how it came to say it, and from when until when."""
        by = self.tr("Listed by {list}, a federation that was asked") if one.by_federation \
            else self.tr("Knows its web address: {list}") if one.by_domain else self.tr("Listed by {list}")
        told = [by.format(list=_plain(one.list)),
                self.tr("as of {date}").format(date=_day(one.date, self)) if one.date else "",
                self.tr("until {date}").format(date=_day(one.until, self)) if one.until else "",
                self.tr("no longer says so") if one.has_ended else ""]
        return " · ".join(part for part in told if part)

    def _keys(self, keys: Sequence[ListedKey]) -> QWidget:
        box = Lines(self.tr("Keys"))
        if not keys:
            box.add(SafeLabel(self.tr("No key of it is here yet. Check one of its credentials online."),
                              TextStyle.SMALL, wrapped=True))
        for key in keys[:_SHOWN]:
            states = [self.tr("listed now") if key.current else self.tr("no longer listed")]
            if key.pinned:
                states.append(self.tr("compared by you"))
            short = SafeLabel(key.fingerprint, TextStyle.MONO, selectable=True)
            short.setAccessibleName(self.tr("Short form of the key: {text}").format(text=key.fingerprint))
            box.add(words(short, SafeLabel(" · ".join(states), TextStyle.SMALL)))
        return box

    def _history(self, view: IssuerView) -> QWidget:
        box = Lines(self.tr("Its documents here"))
        if not view.documents and not view.key_changes:
            box.add(SafeLabel(self.tr("None yet."), TextStyle.SMALL))
        for change in view.key_changes[:_SHOWN]:
            box.add(words(*self._change(change)))
        for one in view.documents[:_SHOWN]:
            said = self.tr("Here since {date}, last seen {last}").format(
                date=_day(one.first_seen, self), last=_day(one.fetched_at, self))
            box.add(words(SafeLabel(said, TextStyle.SMALL, wrapped=True),
                          SafeLabel(f"{grade_word(one.grade, translate)} · {_plain(one.source)}",
                                    TextStyle.CAPTION, wrapped=True)))
        return box

    def _change(self, change: KeyChange) -> Iterator[QWidget]:
        yield SafeLabel(self.tr("Other keys between {before} and {after}").format(
            before=_day(change.before_at, self), after=_day(change.after_at, self)), TextStyle.STRONG,
            ink=Ink.CARE, wrapped=True)
        for word, methods in ((self.tr("Gone: {key}"), change.gone), (self.tr("New: {key}"), change.new)):
            for method in methods[:_SHOWN]:
                yield SafeLabel(word.format(key=_plain(method)), TextStyle.CAPTION, wrapped=True)

    def _log(self, log: Sequence[Event]) -> Iterator[QWidget]:
        if log:
            box = Lines(self.tr("What happened"))
            for event in log[:_SHOWN]:
                said = translate(_EVENTS.get(event.kind, "Something happened"))
                box.add(SafeLabel(said, TextStyle.SMALL, wrapped=True),
                        SafeLabel(long_date(event.at), TextStyle.CAPTION))
            yield box

    def _build_acts(self) -> QHBoxLayout:
        line = row(gap=Space.SMALL)
        self._distrust = button(self.tr("Do not trust"), kind="danger", name="issuer_distrust")
        self._distrust.clicked.connect(lambda: self.distrust_requested.emit(self._shown.view.id))
        rename = button(self.tr("Name it…"), name="issuer_name")
        rename.clicked.connect(lambda: self.name_requested.emit(self._shown.view))
        self._forget = button(self.tr("Forget my view"), name="issuer_forget")
        self._forget.clicked.connect(lambda: self.forget_requested.emit(self._shown.view.id))
        self._pin = button(self.tr("I checked this with them…"), kind="primary", icon=Icon.PIN,
                           name="issuer_pin")
        self._pin.clicked.connect(lambda: self.pin_requested.emit(self._shown.view))
        line.addWidget(self._distrust)
        line.addWidget(rename)
        line.addWidget(self._forget)
        line.addStretch(1)
        line.addWidget(self._pin)
        return line


def _day(moment: datetime | None, dialog: QWidget) -> str:
    return long_date(moment) if moment else dialog.tr("an unknown day")


def _plain(text: str) -> str:
    return isolated(shown_text(text, single_line=True).text)
