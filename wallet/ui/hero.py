"""The band at the top of a credential's page: its art, and over it title, who awarded it, to whom, when."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wallet.model.credential import EvidenceClass

from .art import Artwork, Frame, paint_art
from .labels import ClassPill, SafeLabel
from .panels import column, row
from .theme import tokens
from .tokens import Ink, Radius, Space, TextStyle
from .wording import class_word

MIN_HEIGHT_PX = 168
BADGE_PX = 104
_TEXT_LEFT_PX = 144
_MAX_TITLE_CHARS = 160


class HeroBand(QWidget):
    """One credential's band. Its texts are labels, so that readers and the clipboard get them."""

    def __init__(self, work: Artwork, *, title: str, awarded_by: str, facts: str,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hero")
        self._work = work
        self.setMinimumHeight(MIN_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        coloured = work.evidence_class is EvidenceClass.SEALED and not tokens().plain_art
        ink = Ink.WHITE if coloured else Ink.TEXT
        line = row(self, gap=Space.MEDIUM)
        ends = (_TEXT_LEFT_PX, int(Space.MEDIUM))
        left, right = reversed(ends) if QGuiApplication.isRightToLeft() else ends
        line.setContentsMargins(left, Space.MEDIUM, right, Space.MEDIUM)
        words = column(gap=Space.TINY)
        words.addStretch(1)
        shown = title if len(title) <= _MAX_TITLE_CHARS else title[:_MAX_TITLE_CHARS] + "…"
        self.title = SafeLabel(shown, TextStyle.HERO, ink=ink, untrusted=True, wrapped=True)
        words.addWidget(self.title)
        words.addWidget(SafeLabel(awarded_by, TextStyle.STRONG, ink=ink, untrusted=True, elided=True))
        words.addSpacing(Space.SMALL)
        words.addWidget(SafeLabel(facts, TextStyle.SMALL, ink=ink, untrusted=True, elided=True))
        words.addStretch(1)
        line.addLayout(words, 1)
        pill = ClassPill(work.evidence_class, class_word(work.evidence_class))
        line.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)

    def sizeHint(self) -> QSize:
        """Return the usual height, more where the title takes two lines."""
        return super().sizeHint().expandedTo(QSize(0, MIN_HEIGHT_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint anew at the new size."""
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the art below the labels."""
        frame = Frame(self.size(), Radius.BAND, "all", BADGE_PX, Space.LARGE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_art(painter, QPointF(0, 0), self._work, frame)
