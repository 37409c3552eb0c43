"""The last step of sharing: the ways out, each with what it is good for. Each is noted when it is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QVBoxLayout, QWidget

from wallet.model.reasons import Reason
from wallet.model.report import Level
from wallet.model.sharing import Bundle, QrFrame
from wallet.ui.buttons import button, icon_button
from wallet.ui.failure_box import FailureBox
from wallet.ui.icons import Icon
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.panels import Notice, Page, column, hairline, panel, row
from wallet.ui.qr_view import QrView
from wallet.ui.tokens import NARROW_PX, Ink, Space, TextStyle
from wallet.ui.wording import counted

_COLUMN_PX = 940
_QR_CARD_PX = 328
_QR_PX = 280
_TILE_PX = 42


class DoneStep(Page):
    """A finished pack.

    Signals:
        save_pack_requested, save_codes_requested, show_code_requested: Hand it over that way.
        copy_text_requested: The text behind the code, to the clipboard.
        linkedin_requested: Add one of its credentials to a profile.
        log_requested: See what left.
    """

    save_pack_requested = Signal()
    save_codes_requested = Signal()
    show_code_requested = Signal()
    copy_text_requested = Signal()
    linkedin_requested = Signal()
    log_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=Space.WIDE, max_width=_COLUMN_PX, parent=parent)
        self.setObjectName("share_done")
        self.content.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        self._build_head()
        self.failure = FailureBox()
        self.content.addWidget(self.failure)
        self.code = CodeCard()
        self.code.show_requested.connect(self.show_code_requested)
        self.code.save_requested.connect(self.save_codes_requested)
        self.code.copy_requested.connect(self.copy_text_requested)
        self._sides: QBoxLayout = row(gap=Space.WIDE + Space.TINY)
        self._sides.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        self._sides.addLayout(self._build_ways(), 1)
        self.content.addLayout(self._sides)
        self.content.addStretch(1)

    def show_bundle(self, bundle: Bundle, titles: Sequence[str]) -> None:
        """Show the ways out for this pack."""
        count = counted(len(titles), "%n credential", "%n credentials")
        text = self.tr("{count}, for {audience}. Nothing has left this computer yet.")
        if not bundle.terms.audience:
            text = self.tr("{count}. Nothing has left this computer yet.")
        self._text.setText(text.format(count=count, audience=bundle.terms.audience))
        kilobytes = max(len(bundle.pack) // 1000, 1)
        self._pack_text.setText(self.tr("A file for e-mail or an upload, with the seals · {kb} kB").format(
            kb=kilobytes))
        self._said.hide()
        self.failure.clear()
        self.code.reset()
        self.verticalScrollBar().setValue(0)

    def say(self, sentence: str) -> None:
        """Say what was done."""
        self.failure.clear()
        self._said.setText(sentence)
        self._said.show()
        self._text.hide()

    def show_failure(self, why: Reason) -> None:
        """Say why it was not done."""
        self.code.set_busy(False)
        self.failure.show_reason(why)

    def focus_first(self) -> None:
        """Put the focus on the first way out."""
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: object) -> None:
        """Put the code above the ways where it is narrow."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # handed on as it came
        narrow = self.width() < NARROW_PX
        self._sides.setDirection(QBoxLayout.Direction.BottomToTop if narrow
                                 else QBoxLayout.Direction.LeftToRight)

    def _build_head(self) -> None:
        line = row(gap=Space.LARGE)
        tile = QFrame()
        tile.setProperty("panel", "tile")
        tile.setFixedSize(44, 44)
        column(tile, margin=11).addWidget(IconLabel(Icon.CHECK, 22, Ink.ACCENT_TEXT))
        line.addWidget(tile, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(SafeLabel(self.tr("Your share pack is ready"), TextStyle.TITLE, wrapped=True))
        self._text = SafeLabel("", ink=Ink.TEXT_2, untrusted=True, wrapped=True)
        self._said = SafeLabel("", TextStyle.STRONG, untrusted=True, wrapped=True)
        self._said.setObjectName("share_said")
        words.addWidget(self._text)
        words.addWidget(self._said)
        line.addLayout(words, 1)
        self.content.addLayout(line)

    def _build_ways(self) -> QVBoxLayout:
        whole = column(gap=Space.LARGE)
        box = panel("card")
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inside = column(box)
        inside.setContentsMargins(1, 1, 1, 1)
        self._save = button(self.tr("Save pack"), kind="primary", name="save_pack")
        self._save.clicked.connect(self.save_pack_requested)
        form = button(self.tr("Show fields"), name="linkedin_button")
        form.clicked.connect(self.linkedin_requested)
        self._pack_text = SafeLabel("", TextStyle.SMALL, wrapped=True)
        inside.addWidget(_way(Icon.SAVE, self.tr("Save the share pack"), self._pack_text, self._save))
        inside.addWidget(hairline())
        profile = SafeLabel(self.tr("Best effort, with copy buttons for each field"), TextStyle.SMALL,
                            wrapped=True)
        inside.addWidget(_way(Icon.NETWORK, self.tr("Add to LinkedIn"), profile, form))
        whole.addWidget(box)
        whole.addWidget(Notice(Level.INFO, self.tr("Anyone who has this pack can show it."), self.tr(
            "A saved pack can be forwarded and cannot be called back.")))
        line = row(gap=Space.SMALL)
        line.addWidget(IconLabel(Icon.LOG, 16, Ink.TEXT_2))
        line.addWidget(SafeLabel(self.tr("Each of these is written to your shared log"), TextStyle.SMALL,
                                 elided=True), 1)
        log = button(self.tr("Open the log"), kind="link", size="small", name="open_log")
        log.clicked.connect(self.log_requested)
        line.addWidget(log)
        whole.addLayout(line)
        whole.addStretch(1)
        return whole


class CodeCard(QFrame):
    """The QR code, one frame at a time. Nothing is shown before it is asked for: a screen can be read.

    Signals:
        show_requested, save_requested, copy_requested: Show it, save it as pictures, copy its text.
    """

    show_requested = Signal()
    save_requested = Signal()
    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code_card")
        self.setProperty("panel", "card")
        self.setMinimumWidth(_QR_CARD_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._frames: tuple[QrFrame, ...] = ()
        self._place = 0
        layout = column(self, gap=Space.MEDIUM)
        layout.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        self.view = QrView(_QR_PX)
        self.view.setFixedSize(_QR_PX, _QR_PX)
        layout.addWidget(self.view, 0, Qt.AlignmentFlag.AlignHCenter)
        self._closed = panel("paper")
        self._closed.setFixedSize(_QR_PX, _QR_PX)
        column(self._closed).addWidget(IconLabel(Icon.QR, 64, Ink.TEXT_3), 0, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._closed, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(self._build_turning())
        self._title = SafeLabel(self.tr("Let them scan this"), TextStyle.STRONG, wrapped=True)
        self._text = SafeLabel("", TextStyle.SMALL, wrapped=True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        line = row(gap=Space.SMALL)
        self._show = button(self.tr("Show QR code"), icon=Icon.QR, name="show_code")
        self._show.clicked.connect(self.show_requested)
        self._copy = button(self.tr("Copy text"), icon=Icon.COPY, name="copy_code_text")
        self._copy.clicked.connect(self.copy_requested)
        self._save = icon_button(Icon.SAVE, self.tr("Save as pictures…"), name="save_codes")
        self._save.clicked.connect(self.save_requested)
        line.addStretch(1)
        for one in (self._show, self._copy, self._save):
            line.addWidget(one)
        line.addStretch(1)
        layout.addLayout(line)
        self.reset()

    def reset(self) -> None:
        """Show no code."""
        self._frames = ()
        self.set_busy(False)
        self._arrange()

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - mirrors Qt's setters
        """Show that the code is being drawn."""
        self._show.setEnabled(not busy)

    def show_frames(self, frames: Sequence[QrFrame]) -> None:
        """Show the first of these codes."""
        self._frames, self._place = tuple(frames), 0
        self.set_busy(False)
        self._arrange()

    def turn(self, by: int) -> None:
        """Show the next code, or the one before; after the last comes the first."""
        if self._frames:
            self._place = (self._place + by) % len(self._frames)
            self._arrange()

    def _build_turning(self) -> QBoxLayout:
        line = row(gap=Space.MEDIUM)
        self._before = icon_button(Icon.BACK, self.tr("Code before"), name="code_before")
        self._before.clicked.connect(lambda: self.turn(-1))
        self._after = icon_button(Icon.CHEVRON_RIGHT, self.tr("Next code"), name="code_after")
        self._after.clicked.connect(lambda: self.turn(1))
        self._count = SafeLabel("", TextStyle.STRONG)
        line.addStretch(1)
        line.addWidget(self._before)
        line.addWidget(self._count)
        line.addWidget(self._after)
        line.addStretch(1)
        return line

    def _arrange(self) -> None:
        shown, several = bool(self._frames), len(self._frames) > 1
        self.view.setVisible(shown)
        self._closed.setVisible(not shown)
        self._show.setVisible(not shown)
        self._copy.setVisible(shown)
        for one in (self._before, self._count, self._after):
            one.setVisible(several)
        if shown:
            frame = self._frames[self._place]
            name = self.tr("QR code {index} of {total}").format(index=frame.index, total=frame.total)
            self.view.set_picture(frame.png, name)
            self._count.setText(name)
        self._text.setText(
            self.tr("The other wallet program reads them all, in any order.") if several
            else self.tr("The details travel inside the code, not through a server."))


def _way(icon: Icon, title: str, text: SafeLabel, action: QWidget) -> QWidget:
    box = QWidget()
    box.setProperty("ground", "none")
    line = row(box, gap=Space.LARGE)
    line.setContentsMargins(Space.CARD, 14, Space.CARD, 14)
    tile = QFrame()
    tile.setProperty("panel", "tile")
    tile.setFixedSize(_TILE_PX, _TILE_PX)
    column(tile, margin=(_TILE_PX - 18) // 2).addWidget(IconLabel(icon, 18, Ink.ACCENT_TEXT))
    line.addWidget(tile)
    words = column(gap=2)
    words.addWidget(SafeLabel(title, TextStyle.STRONG, wrapped=True))
    words.addWidget(text)
    line.addLayout(words, 1)
    line.addWidget(action)
    return box


