"""The library as a list model: rows of kept credentials, prepared for cards when they are first looked at.

Searching is the vault's business; this model holds what it is given, in the order it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum, unique
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from wallet.model.credential import EvidenceClass
from wallet.model.headline import headline_code
from wallet.model.report import HeadlineCode, Verdict
from wallet.model.stored import StoredCredential
from wallet.ui.art import Artwork, art_state
from wallet.ui.untrusted_text import ShownText, isolated, shown_text, tooltip
from wallet.ui.wording import CardStatus, card_date, card_status, class_word, spoken

_MAX_LINE_CHARS = 200


class CredentialRole(IntEnum):
    """What can be asked of a row besides Qt's own roles."""

    ID = Qt.ItemDataRole.UserRole + 1
    STORED = Qt.ItemDataRole.UserRole + 2
    CARD = Qt.ItemDataRole.UserRole + 3


@unique
class LibraryFilter(StrEnum):
    """The filter chips, in order."""

    ALL = "all"
    GENUINE = "genuine"
    ENDS_SOON = "ends_soon"
    ATTENTION = "attention"
    RECORDED = "recorded"
    DOCUMENT = "document"
    ENDED = "ended"


@unique
class LibraryOrder(StrEnum):
    """The orders of the library."""

    NEWEST = "newest"
    TITLE = "title"
    ISSUER = "issuer"
    ENDS_FIRST = "ends_first"


@dataclass(frozen=True, slots=True)
class CardContent:
    """Everything a card paints, ready.

    Attributes:
        title, issuer: Cleaned text of one line.
        unusual: Whether the title or the issuer held characters that hide, reorder or imitate.
        spoken: How a reader says the whole card.
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


class CredentialsModel(QAbstractListModel):
    """Kept credentials, one per row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[StoredCredential, ...] = ()
        self._cards: dict[str, CardContent] = {}
        self._pictures: dict[str, QImage] = {}

    def set_rows(self, rows: Sequence[StoredCredential]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._cards.clear()
        self.endResetModel()

    def rows(self) -> tuple[StoredCredential, ...]:
        """Return the rows."""
        return self._rows

    def set_picture(self, credential_id: str, picture: QImage) -> None:
        """Show a badge picture that travels inside a credential instead of the drawn badge."""
        self._pictures[credential_id] = picture
        self._cards.pop(credential_id, None)
        place = self.row_of(credential_id)
        if place >= 0:
            index = self.index(place)
            self.dataChanged.emit(index, index, [CredentialRole.CARD])

    def forget_cards(self) -> None:
        """Prepare every card anew: the language or the look changed."""
        self._cards.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_of(self, credential_id: str) -> int:
        """Return the row of a credential, -1 if it is not here."""
        places = (place for place, row in enumerate(self._rows) if row.id == credential_id)
        return next(places, -1)

    def card(self, place: int) -> CardContent:
        """Return what the card of that row paints."""
        row = self._rows[place]
        if row.id not in self._cards:
            self._cards[row.id] = card_content(row, self._pictures.get(row.id))
        return self._cards[row.id]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many rows there are; a row has no children."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex,
             role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a row."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == CredentialRole.ID:
            return row.id
        if role == CredentialRole.STORED:
            return row
        card = self.card(index.row())
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: card.title,
            Qt.ItemDataRole.ToolTipRole: tooltip(row.title[:_MAX_LINE_CHARS]),
            Qt.ItemDataRole.AccessibleTextRole: card.spoken,
            CredentialRole.CARD: card,
        }
        return values.get(role)


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


def matches(stored: StoredCredential, wanted: LibraryFilter) -> bool:
    """Tell whether a row belongs under a filter chip."""
    verdict, kind = stored.report.verdict, stored.evidence_class
    checkable = kind in (EvidenceClass.SEALED, EvidenceClass.HOSTED)
    belongs = {
        LibraryFilter.ALL: True,
        LibraryFilter.GENUINE: verdict is Verdict.VALID and kind is EvidenceClass.SEALED,
        LibraryFilter.ENDS_SOON: headline_code(stored.report) is HeadlineCode.EXPIRING,
        LibraryFilter.ATTENTION: checkable and verdict not in (Verdict.VALID, Verdict.EXPIRED),
        LibraryFilter.RECORDED: kind is EvidenceClass.HOSTED,
        LibraryFilter.DOCUMENT: kind is EvidenceClass.DOCUMENT,
        LibraryFilter.ENDED: verdict is Verdict.EXPIRED,
    }
    return belongs[wanted]


def ordered(rows: Iterable[StoredCredential], order: LibraryOrder) -> tuple[StoredCredential, ...]:
    """Return the rows in that order; equal ones stay newest first."""
    newest = sorted(rows, key=lambda row: row.added_at, reverse=True)
    if order is LibraryOrder.TITLE:
        return tuple(sorted(newest, key=lambda row: row.title.casefold()))
    if order is LibraryOrder.ISSUER:
        return tuple(sorted(newest, key=lambda row: (row.issuer_name.casefold(), row.title.casefold())))
    if order is LibraryOrder.ENDS_FIRST:
        return tuple(sorted(newest, key=lambda row: (row.valid_until is None,
                                                     row.valid_until or row.added_at)))
    return tuple(newest)


def _line(untrusted_text: str) -> ShownText:
    shown = shown_text(untrusted_text[: _MAX_LINE_CHARS + 1], single_line=True)
    text = shown.text
    return ShownText(text if len(text) <= _MAX_LINE_CHARS else text[:_MAX_LINE_CHARS] + "…", shown.unusual)
