"""The first page where there is no wallet yet: three doors, and two smaller ways in."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QSizePolicy, QWidget

from wallet.ui.buttons import button
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Page, column, panel, row
from wallet.ui.tokens import NARROW_PX, Ink, Space, TextStyle

from .illustrations import (
    DOOR_SIZE,
    Drawing,
    Illustration,
    Mark,
    paint_fanned_cards,
    paint_sample_learner,
    paint_sheet_and_lens,
)

_DOORS_PX = 1_008
_DOOR_BODY_PX = 222
_BODY = "door_body"


@dataclass(frozen=True, slots=True)
class _Door:
    """What one card says and shows."""

    drawing: Drawing
    ground: str
    title: str
    text: str
    hint: str
    button: QPushButton


class WelcomePage(Page):
    """Three doors.

    Signals:
        create_requested: Make a wallet.
        samples_requested: Look round with made-up credentials.
        check_requested: Check what somebody sent, without a wallet.
        open_requested: Open a wallet that lies somewhere on this computer.
        restore_requested: Make a wallet from a backup file.
    """

    create_requested = Signal()
    samples_requested = Signal()
    check_requested = Signal()
    open_requested = Signal()
    restore_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=0, max_width=_DOORS_PX, parent=parent)
        self.setObjectName("welcome_page")
        self.content.addStretch(1)
        self._build_head()
        self._doors = self._build_doors()
        self.content.addLayout(self._doors)
        self.content.addSpacing(Space.WIDE)
        self._build_links()
        self.content.addStretch(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the doors below each other where three do not fit side by side."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW_PX
        self._doors.setDirection(QBoxLayout.Direction.TopToBottom if narrow
                                 else QBoxLayout.Direction.LeftToRight)
        for body in self.findChildren(QWidget, _BODY):
            body.setMinimumHeight(0 if narrow else _DOOR_BODY_PX)

    def _build_head(self) -> None:
        title = SafeLabel(self.tr("What you learned belongs to you"), TextStyle.DISPLAY, wrapped=True)
        promise = SafeLabel(
            self.tr("A wallet for credentials: digital certificates for something you learned.\n"
                    "It lives on this computer. No account, no cloud, works without the internet."),
            TextStyle.BODY, ink=Ink.TEXT_2, wrapped=True)
        for label in (title, promise):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.content.addWidget(Mark(), 0, Qt.AlignmentFlag.AlignHCenter)
        self.content.addSpacing(Space.CARD)
        self.content.addWidget(title)
        self.content.addSpacing(Space.MEDIUM)
        self.content.addWidget(promise)
        self.content.addSpacing(Space.HUGE)

    def _build_doors(self) -> QBoxLayout:
        create = button(self.tr("Create wallet"), kind="primary", name="create_button")
        create.clicked.connect(self.create_requested)
        samples = button(self.tr("Open samples"), name="samples_button")
        samples.clicked.connect(self.samples_requested)
        check = button(self.tr("Check a file"), name="check_button")
        check.clicked.connect(self.check_requested)
        doors = (
            _Door(paint_fanned_cards, "accent_soft", self.tr("Create my wallet"),
                  self.tr("Keep your credentials in one encrypted place, and share only what you choose."),
                  self.tr("About 2 minutes"), create),
            _Door(paint_sample_learner, "paper", self.tr("Try with sample credentials"),
                  self.tr("Look around with a made-up learner. Nothing to set up, and it is gone when you "
                          "close it."),
                  self.tr("No password"), samples),
            _Door(paint_sheet_and_lens, "paper", self.tr("I received something to check"),
                  self.tr("For employers and schools. Drop a file and see who sealed it and whether it "
                          "still holds."),
                  self.tr("No wallet needed"), check),
        )
        line = row(gap=Space.WIDE)
        for door in doors:
            line.addWidget(_door_card(door), 1)
        return line

    def _build_links(self) -> None:
        line = row(gap=Space.WIDE)
        line.addStretch(1)
        for text, name, signal in ((self.tr("Open a wallet on this computer"), "open_link",
                                    self.open_requested),
                                   (self.tr("Restore from a backup"), "restore_link",
                                    self.restore_requested)):
            link = button(text, kind="link", size="small", name=name)
            link.clicked.connect(signal)
            line.addWidget(link)
        line.addStretch(1)
        self.content.addLayout(line)


def _door_card(door: _Door) -> QFrame:
    card = panel("card")
    card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    inside = column(card)
    inside.setContentsMargins(1, 1, 1, 0)
    inside.addWidget(Illustration(door.drawing, QSize(DOOR_SIZE), ground=door.ground))
    body = QWidget()
    body.setObjectName(_BODY)
    body.setProperty("ground", "none")
    words = column(body)
    words.setContentsMargins(Space.WIDE - 1, Space.WIDE, Space.WIDE - 1, Space.WIDE)
    words.addWidget(SafeLabel(door.title, TextStyle.SECTION, wrapped=True))
    words.addSpacing(Space.SMALL)
    words.addWidget(SafeLabel(door.text, TextStyle.BODY, ink=Ink.TEXT_2, wrapped=True))
    words.addStretch(1)
    words.addSpacing(Space.LARGE)
    foot = row(gap=Space.MEDIUM)
    foot.addWidget(door.button)
    foot.addStretch(1)
    foot.addWidget(SafeLabel(door.hint, TextStyle.CAPTION))
    words.addLayout(foot)
    inside.addWidget(body, 1)
    return card
