"""The sheet before anything is asked of the web: site by site, how much, why, and what the site learns.

One sheet for a whole wish. Nothing is ticked away in secret: a site is named in full, and what is not asked
for says why.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from wallet.operations.sheet import HostAsked, Sheet
from wallet.ui.buttons import button
from wallet.ui.icons import Icon
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.panels import ScrollColumn, column, hairline, panel, row
from wallet.ui.tick import Tick
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import isolated, shown_text
from wallet.ui.wording import counted, reason_text, translate
from wallet.wording.asking import learns, purpose_word, sheet_title

from .dialog import dialog_frame

_WIDTH_PX = 580
_ROOM_PX = 380


class NetworkSheet(QDialog):
    """Asks before anything is asked.

    Signals:
        allowed: The hosts that were ticked, as a frozenset, and whether for keeps.
    """

    allowed = Signal(object, bool)

    def __init__(self, sheet: Sheet, *, offline: bool, remembers: bool = True, may_keep: bool = False,
                 parent: QWidget | None = None) -> None:
        """Show a sheet.

        Args:
            sheet: Whom it asks, and for what.
            offline: Whether nothing may be asked after this without another sheet.
            remembers: Whether leave can be given for keeps: a wallet remembers it.
            may_keep: Whether to ask somebody without a wallet if what comes is kept for the next check.
            parent: Its parent.
        """
        super().__init__(parent)
        self.setObjectName("network_sheet")
        self._ticks: dict[str, Tick] = {}
        self._remembers = remembers
        self._keep: Tick | None = None
        layout = dialog_frame(self, self.tr("Ask the web?"), width=_WIDTH_PX)
        names = tuple(shown_text(one.host, single_line=True).text for one in sheet.hosts)
        layout.addWidget(SafeLabel(sheet_title(sheet.documents, tuple(map(isolated, names)), translate),
                                   wrapped=True))
        layout.addWidget(self._build_hosts(sheet))
        layout.addWidget(self._build_foot(offline=offline))
        if may_keep:
            self._keep = Tick(self.tr("Keep what comes for the next check"), name="sheet_keep")
            layout.addLayout(self._build_keep(self._keep))
        layout.addLayout(self._build_buttons())
        self._arrange()

    def ticked(self) -> frozenset[str]:
        """Return the hosts that may be asked."""
        return frozenset(host for host, tick in self._ticks.items() if tick.isChecked())

    def keeps(self) -> bool:
        """Return whether what comes is to be kept, where that was asked."""
        return self._keep is None or self._keep.isChecked()

    def _build_hosts(self, sheet: Sheet) -> QWidget:
        inner = QWidget()
        lines = column(inner, gap=0)
        box = panel("card")
        inside = column(box)
        inside.setContentsMargins(1, 1, 1, 1)
        for number, one in enumerate(sheet.hosts):
            if number:
                inside.addWidget(hairline())
            inside.addWidget(self._host(one))
        lines.addWidget(box)
        for why in sheet.refused:
            lines.addSpacing(Space.SMALL)
            lines.addLayout(_refused(reason_text(why)))
        lines.addStretch(1)
        return _Hosts(inner)

    def _host(self, one: HostAsked) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=Space.MEDIUM)
        line.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        tick = Tick(self.tr("Ask {host}").format(host=shown_text(one.host, single_line=True).text),
                    name="host_tick")
        tick.toggled.connect(self._arrange)
        self._ticks[one.host] = tick
        line.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        host = SafeLabel(one.host, TextStyle.STRONG, untrusted=True, wrapped=True)
        host.setObjectName("host_name")
        words.addWidget(host)
        many = one.documents > 1 and len(one.purposes) == 1
        wanted = ", ".join(purpose_word(purpose, translate, many=many) for purpose in one.purposes)
        words.addWidget(SafeLabel(counted(one.documents, "%n document", "%n documents") + f": {wanted}",
                                  wrapped=True))
        for purpose in one.purposes:
            learned = self.tr("It learns {what}").format(what=learns(purpose, translate, many=many))
            words.addWidget(SafeLabel(learned, TextStyle.SMALL, wrapped=True))
        if one.proxy:
            words.addWidget(SafeLabel(
                self.tr("By way of {proxy}, as this computer is set.").format(proxy=one.proxy),
                TextStyle.CAPTION, untrusted=True, wrapped=True))
        if one.is_allowed:
            words.addWidget(SafeLabel(self.tr("You always allow this site."), TextStyle.CAPTION))
        line.addLayout(words, 1)
        return box

    def _build_foot(self, *, offline: bool) -> SafeLabel:
        text = self.tr("Each site also sees your internet address and the time. Nothing from your wallet is "
                       "sent along.") if self._remembers else self.tr(
            "Each site also sees your internet address and the time. Nothing of what you were sent is passed "
            "on.")
        if offline:
            text += " " + self.tr("After this the wallet is offline again.")
        return SafeLabel(text, TextStyle.SMALL, wrapped=True)

    def _build_keep(self, keep: Tick) -> QHBoxLayout:
        line = row(gap=Space.MEDIUM)
        line.addWidget(keep, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(SafeLabel(keep.accessibleName(), wrapped=True))
        words.addWidget(SafeLabel(self.tr("On this computer, unencrypted: public keys and lists only, never "
                                          "what you were sent."), TextStyle.SMALL, wrapped=True))
        line.addLayout(words, 1)
        return line

    def _build_buttons(self) -> QHBoxLayout:
        line = row(gap=Space.MEDIUM)
        cancel = button(self.tr("Cancel"), name="sheet_cancel")
        cancel.clicked.connect(self.reject)
        self._always = button("", name="sheet_always")
        self._always.clicked.connect(lambda: self._allow(for_keeps=True))
        self._always.setVisible(self._remembers)
        self._once = button(self.tr("Allow once"), kind="primary", name="sheet_once")
        self._once.clicked.connect(lambda: self._allow(for_keeps=False))
        line.addWidget(cancel)
        line.addStretch(1)
        line.addWidget(self._always)
        line.addWidget(self._once)
        return line

    def _arrange(self) -> None:
        ticked = len(self.ticked())
        text = self.tr("Always allow this site") if ticked == 1 else self.tr("Always allow these sites")
        if hasattr(self, "_always"):
            self._always.setText(text)
            self._always.setAccessibleName(text)
            self._always.setEnabled(bool(ticked))
            self._once.setEnabled(bool(ticked))

    def _allow(self, *, for_keeps: bool) -> None:
        hosts = self.ticked()
        self.accept()
        self.allowed.emit(hosts, for_keeps)


class _Hosts(ScrollColumn):
    """As high as its lines, up to a bound; then it scrolls."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__(inner)
        self._inner = inner
        self.setMinimumHeight(60)

    def sizeHint(self) -> QSize:
        """Return the height the lines take at the sheet's width."""
        layout = self._inner.layout()
        wanted = layout.totalHeightForWidth(_WIDTH_PX - 2 * Space.WIDE) if layout else 0
        return QSize(_WIDTH_PX - 2 * Space.WIDE, min(wanted, _ROOM_PX) + 2)

    def minimumSizeHint(self) -> QSize:
        """Ask for the same room: the lines are what the sheet is for."""
        return self.sizeHint()


def _refused(sentence: str) -> QHBoxLayout:
    line = row(gap=Space.SMALL)
    line.addWidget(IconLabel(Icon.INFO, 16, Ink.INFO), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(SafeLabel(sentence, TextStyle.SMALL, untrusted=True, wrapped=True), 1)
    return line
