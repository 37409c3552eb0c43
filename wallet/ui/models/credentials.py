"""The library as a list model: every place of it, and of the rows as many as are looked at.

Searching and sorting are the shelf's business. The model knows the id at each place, so that counts, scroll
bars and selections are true for all; rows that are not here are asked for when something looks at them, and
the oldest are let go of when there are many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage

from wallet.model.credential import EvidenceClass
from wallet.model.report import Level
from wallet.model.stored import StoredCredential
from wallet.ui.art import Artwork, art_state
from wallet.ui.untrusted_text import ShownText, isolated, shown_text, tooltip
from wallet.ui.wording import CardStatus, card_date, card_status, class_word, spoken, translate

_MAX_LINE_CHARS = 200
#: Rows that are kept at the most, and pictures; a window shows some dozens.
MAX_ROWS = 1_200
MAX_PICTURES = 400
_PORTION = 60
_ASKED_PLACES = 120


class CredentialRole(IntEnum):
    """What can be asked of a row besides Qt's own roles."""

    ID = Qt.ItemDataRole.UserRole + 1
    STORED = Qt.ItemDataRole.UserRole + 2
    CARD = Qt.ItemDataRole.UserRole + 3


_OF_CARD = frozenset((int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole),
                      int(Qt.ItemDataRole.AccessibleTextRole), int(CredentialRole.CARD)))


@dataclass(frozen=True, slots=True)
class CardContent:
    """Everything a card paints, ready.

    Attributes:
        title, issuer: Cleaned text of one line.
        unusual: Whether the title or the issuer held characters that hide, reorder or imitate.
        spoken: How a reader says the whole card.
        is_here: False while the credential is being read.
    """

    title: str
    issuer: str
    unusual: bool
    evidence_class: EvidenceClass
    class_word: str
    status: CardStatus
    date: str
    artwork: Artwork
    spoken: str
    is_here: bool = True


class CredentialsModel(QAbstractListModel):
    """Kept credentials, one per row.

    Signals:
        rows_wanted: Ids of rows that something looks at and that are not here, as a tuple.
    """

    rows_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[str, ...] = ()
        self._rows: dict[str, StoredCredential] = {}
        self._cards: dict[str, CardContent] = {}
        self._pictures: dict[str, QImage] = {}
        self._looked_at: list[int] = []
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self._on_ask)

    def set_rows(self, rows: Sequence[StoredCredential]) -> None:
        """Show these rows instead, all of them."""
        self.arrange(tuple(one.id for one in rows), rows)

    def arrange(self, ids: Sequence[str], rows: Sequence[StoredCredential]) -> None:
        """Show what has these ids instead; some of the rows are here already."""
        self.beginResetModel()
        self._ids = tuple(ids)
        self._rows = {one.id: one for one in rows}
        self._cards.clear()
        self._looked_at.clear()
        self.endResetModel()

    def put_rows(self, rows: Sequence[StoredCredential]) -> None:
        """Take rows that were asked for."""
        places = self._places_of([one.id for one in rows])
        for one in rows:
            self._rows.pop(one.id, None)
            self._cards.pop(one.id, None)
            self._rows[one.id] = one
        for oldest in tuple(self._rows)[:max(len(self._rows) - MAX_ROWS, 0)]:
            del self._rows[oldest]
            self._cards.pop(oldest, None)
        if places:
            self.dataChanged.emit(self.index(min(places)), self.index(max(places)))

    def rows(self) -> tuple[StoredCredential, ...]:
        """Return the rows that are here, in order."""
        return tuple(self._rows[one] for one in self._ids if one in self._rows)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all, here or not."""
        return self._ids

    @property
    def is_whole(self) -> bool:
        """Whether every row is here."""
        return len(self._rows) >= len(self._ids)

    def has_id(self, credential_id: str) -> bool:
        """Return whether the row of that credential is here."""
        return credential_id in self._rows

    def set_picture(self, credential_id: str, picture: QImage) -> None:
        """Show a badge picture that travels inside a credential instead of the drawn badge."""
        for oldest in tuple(self._pictures)[:max(len(self._pictures) - MAX_PICTURES + 1, 0)]:
            del self._pictures[oldest]
            self._cards.pop(oldest, None)
        self._pictures[credential_id] = picture
        self._cards.pop(credential_id, None)
        place = self.row_of(credential_id)
        if place >= 0:
            index = self.index(place)
            self.dataChanged.emit(index, index, [CredentialRole.CARD])

    def forget_cards(self) -> None:
        """Prepare every card anew: the language or the look changed."""
        self._cards.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def row_of(self, credential_id: str) -> int:
        """Return the row of a credential, -1 if it is not here."""
        try:
            return self._ids.index(credential_id)
        except ValueError:
            return -1

    def card(self, place: int) -> CardContent:
        """Return what the card of that row paints; an empty one until the row is here."""
        one = self._ids[place]
        row = self._rows.get(one)
        if row is None:
            self._looked_at.append(place)
            if not self._ask.isActive():
                self._ask.start()
            return empty_card()
        if one not in self._cards:
            self._cards[one] = card_content(row, self._pictures.get(one))
        return self._cards[one]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many rows there are, here or not; a row has no children."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: QModelIndex | QPersistentModelIndex,
             role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a row."""
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        one = self._ids[index.row()]
        row = self._rows.get(one)
        if role in (CredentialRole.ID, CredentialRole.STORED):
            return one if role == CredentialRole.ID else row
        if role not in _OF_CARD:
            return None
        card = self.card(index.row())
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: card.title,
            Qt.ItemDataRole.ToolTipRole: tooltip(row.title[:_MAX_LINE_CHARS]) if row else None,
            Qt.ItemDataRole.AccessibleTextRole: card.spoken,
            CredentialRole.CARD: card,
        }
        return values[role]

    def _places_of(self, ids: Sequence[str]) -> list[int]:
        """Return where these are; neighbours are not looked for."""
        found: list[int] = []
        for one in ids:
            after = found[-1] + 1 if found else 0
            place = after if after < len(self._ids) and self._ids[after] == one else self.row_of(one)
            if place >= 0:
                found.append(place)
        return found

    def _on_ask(self) -> None:
        """Ask for the rows around what was looked at last."""
        looked, self._looked_at = self._looked_at[-_ASKED_PLACES:], []
        starts = sorted({max(place // _PORTION * _PORTION, 0) for place in looked})
        wanted = tuple(one for start in starts for one in self._ids[start:start + _PORTION]
                       if one not in self._rows)
        if wanted:
            self.rows_wanted.emit(wanted)


def empty_card() -> CardContent:
    """Return what a card shows while its credential is being read: its place, and nothing that is not so."""
    return CardContent(title="", issuer="", unusual=False, evidence_class=EvidenceClass.DOCUMENT,
                       class_word="", status=CardStatus(Level.UNKNOWN, ""), date="",
                       artwork=Artwork("", "", EvidenceClass.DOCUMENT), spoken=translate("Being read…"),
                       is_here=False)


def card_content(stored: StoredCredential, picture: QImage | None = None) -> CardContent:
    """Return what a card shows of a kept credential."""
    title, issuer = _line(stored.title), _line(stored.issuer_name or stored.issuer_id)
    art = Artwork(stored.issuer_id, stored.title, stored.evidence_class, art_state(stored.report),
                  picture, stored.sha256 if picture is not None else "")
    return CardContent(
        title=isolated(title.text), issuer=isolated(issuer.text), unusual=title.unusual or issuer.unusual,
        evidence_class=stored.evidence_class, class_word=class_word(stored.evidence_class),
        status=card_status(stored.report), date=card_date(stored), artwork=art,
        spoken=spoken(stored, title.text, issuer.text))


def _line(untrusted_text: str) -> ShownText:
    shown = shown_text(untrusted_text[: _MAX_LINE_CHARS + 1], single_line=True)
    text = shown.text
    return ShownText(text if len(text) <= _MAX_LINE_CHARS else text[:_MAX_LINE_CHARS] + "…", shown.unusual)
