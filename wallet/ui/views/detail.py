"""One credential: what it says at the left, what the checks found at the right.

The verdict is a column of its own that claims can neither scroll away nor draw into. The page is given a
`Detail` and says what is wished; it knows no vault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from wallet.model.credential import CredentialFormat
from wallet.ui.badges import picture_of
from wallet.ui.buttons import button, icon_button
from wallet.ui.check_panel import PANEL_WIDTH_PX, CheckPanel, clear
from wallet.ui.icons import Icon, themed_icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Fold, Page, ScrollColumn, column, row
from wallet.ui.technical import Fact, as_text, evidence_facts, technical_facts
from wallet.ui.theme import text_scale
from wallet.ui.tokens import MAX_PAGE_PX, MEDIUM_PX, Ink, Space, TextStyle
from wallet.ui.views.claims import build_claims
from wallet.ui.views.next_steps import NextSteps
from wallet.ui.wording import does_not_prove
from wallet.wording.outcomes import Audience

if TYPE_CHECKING:
    from wallet.operations.beside import Beside
    from wallet.operations.library import Detail

#: The sidebar stands beside the page.
_PANEL_BESIDE_PX = MEDIUM_PX - 220
_STACKED_PANEL_SHARE = 0.46
#: What the learner says herself, and can change.
_ENTRIES = (CredentialFormat.DOCUMENT, CredentialFormat.STATEMENT)
_BAR_PX = 14  # a scroll bar and a little air


class DetailView(QWidget):
    """The page of one credential.

    Signals:
        back_requested: To the library.
        shown: The id of the credential that is shown from now on.
        check_requested, share_requested, export_requested, delete_requested: The credential's id.
        copy_requested: Text for the clipboard; whoever copies clears it again.
        online_requested, issuer_requested, picture_requested, renewal_requested, details_requested: What can
            be done about it, with the credential's id; of the issuer with its identifier.
    """

    back_requested = Signal()
    shown = Signal(str)
    check_requested = Signal(str)
    share_requested = Signal(str)
    export_requested = Signal(str)
    delete_requested = Signal(str)
    copy_requested = Signal(str)
    online_requested = Signal(str)
    issuer_requested = Signal(str)
    picture_requested = Signal(str)
    renewal_requested = Signal(str)
    details_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail_view")
        self.setProperty("ground", "content")
        self._shown: Detail | None = None
        self._facts: tuple[Fact, ...] = ()
        self._build()

    @property
    def credential_id(self) -> str:
        """The id of the credential that is shown, "" for none."""
        return self._shown.stored.id if self._shown else ""

    def set_detail(self, detail: Detail) -> None:
        """Show this credential."""
        self._shown = detail
        clear(self._claims)
        picture = picture_of(detail.credential.original, detail.credential.achievement)
        for part in build_claims(detail.stored, detail.credential, detail.report, picture):
            self._claims.addWidget(part)
        self._claims.addStretch(1)
        self._panel.set_report(detail.report)
        self._facts = (*technical_facts(detail.stored, detail.credential), *evidence_facts(detail.evidence))
        self._show_facts()
        self._limits.setText(does_not_prove(detail.report))
        self._claims_page.verticalScrollBar().setValue(0)
        self._panel_page.verticalScrollBar().setValue(0)
        self._share.setEnabled(True)
        self._arrange()
        self.shown.emit(detail.stored.id)

    def set_beside(self, beside: Beside) -> None:
        """Show what can be done about it."""
        shown = self._shown
        if shown is not None:
            entry = shown.credential.format in _ENTRIES
            self._online.setVisible(bool(beside.askable))
            self._steps.show_steps(beside, has_issuer=bool(shown.report.issuer_id) and not entry,
                                   is_entry=entry)

    def put_own_words(self, words: QWidget) -> None:
        """Put what the learner says herself below the band."""
        self._claims.insertWidget(1, words)

    def forget(self) -> None:
        """Let go of what was shown: it is no longer there."""
        self._shown = None
        self._facts = ()
        clear(self._claims)
        self._steps.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panel beside the claims, or above them where it is narrow."""
        super().resizeEvent(event)
        self._arrange()

    # --- building ---

    def _build(self) -> None:
        whole = column(self)
        whole.addLayout(self._build_bar())
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(Space.LARGE)
        self._claims_page = Page(margin=0, max_width=MAX_PAGE_PX)
        self._claims_page.setObjectName("claims")
        self._claims: QVBoxLayout = self._claims_page.content
        self._claims.setSpacing(Space.SECTION)
        self._claims.setContentsMargins(0, 0, Space.MEDIUM, Space.LARGE)
        self._panel_page = self._build_panel_page()
        self._sides.addWidget(self._claims_page, 1)
        self._sides.addWidget(self._panel_page)
        whole.addLayout(self._sides, 1)

    def _build_bar(self) -> QHBoxLayout:
        self._bar = row(gap=Space.SMALL)
        back = button(self.tr("Credentials"), kind="quiet", icon=Icon.BACK, name="detail_back")
        back.clicked.connect(self.back_requested)
        self._bar.addWidget(back)
        self._bar.addStretch(1)
        self._online = button(self.tr("Check online…"), icon=Icon.ONLINE, name="detail_online")
        self._online.clicked.connect(lambda: self.online_requested.emit(self.credential_id))
        self._online.hide()
        again = icon_button(Icon.REFRESH, self.tr("Check again, offline"), name="detail_check")
        again.clicked.connect(self._on_check_clicked)
        export = icon_button(Icon.SAVE, self.tr("Save the original file…"), name="detail_export")
        export.clicked.connect(self._on_export)
        more = icon_button(Icon.MORE, self.tr("More"), name="detail_more")
        more.setMenu(self._build_menu(more))
        self._share = button(self.tr("Share"), kind="primary", icon=Icon.SHARE, name="detail_share")
        self._share.clicked.connect(self._on_share_clicked)
        self._share.setEnabled(False)
        for one in (self._online, again, export, more, self._share):
            self._bar.addWidget(one)
        return self._bar

    def _build_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        export = menu.addAction(themed_icon(Icon.SAVE, Ink.TEXT_2), self.tr("Save the original file…"))
        export.triggered.connect(self._on_export)
        copy = menu.addAction(themed_icon(Icon.COPY, Ink.TEXT_2), self.tr("Copy technical details"))
        copy.triggered.connect(self._on_copy_facts)
        menu.addSeparator()
        delete = menu.addAction(themed_icon(Icon.BIN, Ink.PROBLEM), self.tr("Delete"))
        delete.setObjectName("detail_delete")
        delete.triggered.connect(self._on_delete)
        return menu

    def _build_panel_page(self) -> ScrollColumn:
        inner = QWidget()
        self._panel_inner = inner
        lines = column(inner, gap=Space.LARGE)
        self._panel = CheckPanel(Audience.LEARNER)
        self._panel.footer.addWidget(self._build_fold())
        lines.addWidget(self._panel)
        lines.addWidget(self._build_steps())
        below = column(gap=2)
        below.setContentsMargins(6, 0, 6, Space.LARGE)
        below.addWidget(SafeLabel(self.tr("What this does not prove"), TextStyle.CAPTION_STRONG))
        self._limits = SafeLabel("", TextStyle.CAPTION, wrapped=True)
        self._limits.setObjectName("does_not_prove")
        below.addWidget(self._limits)
        lines.addLayout(below)
        lines.addStretch(1)
        page = ScrollColumn(inner)
        page.setObjectName("check_column")
        return page

    def _build_steps(self) -> NextSteps:
        self._steps = NextSteps()
        for wished, told in (
            (self._steps.online_requested, self.online_requested),
            (self._steps.picture_requested, self.picture_requested),
            (self._steps.renewal_requested, self.renewal_requested),
            (self._steps.details_requested, self.details_requested),
        ):
            wished.connect(lambda signal=told: signal.emit(self.credential_id))
        self._steps.issuer_requested.connect(self._on_issuer)
        self._steps.copy_requested.connect(self.copy_requested)
        return self._steps

    def _build_fold(self) -> Fold:
        fold = Fold(self.tr("Technical details"), self.tr("seal, keys, files"), name="technical_fold")
        inner = column(fold.body, gap=Space.MEDIUM)
        inner.setContentsMargins(Space.CARD, Space.TINY, Space.CARD, Space.LARGE)
        self._fact_lines = column(gap=Space.SMALL)
        inner.addLayout(self._fact_lines)
        copy = button(self.tr("Copy all"), icon=Icon.COPY, size="small", name="technical_copy")
        copy.clicked.connect(self._on_copy_facts)
        inner.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        return fold

    # --- showing ---

    def _show_facts(self) -> None:
        clear(self._fact_lines)
        for label, value in self._facts:
            self._fact_lines.addWidget(_fact(label, value))

    def _arrange(self) -> None:
        beside = self.width() >= _PANEL_BESIDE_PX * max(text_scale(), 1.0)
        margin = Space.PAGE if beside else Space.WIDE
        side = max((self.width() - MAX_PAGE_PX) // 2, margin)
        self._bar.setContentsMargins(side - Space.SMALL, Space.CARD, side, Space.LARGE)
        self._sides.setContentsMargins(side, 0, side - (_BAR_PX if beside else 0), 0)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.BottomToTop
        self._sides.setDirection(direction)
        if beside:
            self._panel_page.setFixedWidth(PANEL_WIDTH_PX + _BAR_PX)
            self._panel_inner.setMaximumWidth(PANEL_WIDTH_PX)
            self._panel_page.setMinimumHeight(0)
            self._panel_page.setMaximumHeight(16_777_215)
        else:
            self._panel_inner.setMaximumWidth(16_777_215)
            self._panel_page.setMinimumWidth(0)
            self._panel_page.setMaximumWidth(16_777_215)
            self._panel_page.setFixedHeight(round(self.height() * _STACKED_PANEL_SHARE))

    # --- slots ---

    def _on_check_clicked(self) -> None:
        self.check_requested.emit(self.credential_id)

    def _on_share_clicked(self) -> None:
        self.share_requested.emit(self.credential_id)

    def _on_export(self) -> None:
        self.export_requested.emit(self.credential_id)

    def _on_delete(self) -> None:
        self.delete_requested.emit(self.credential_id)

    def _on_issuer(self) -> None:
        if self._shown is not None:
            self.issuer_requested.emit(self._shown.report.issuer_id)

    def _on_copy_facts(self) -> None:
        self.copy_requested.emit(as_text(self._facts))


def _fact(label: str, value: str) -> QWidget:
    box = QWidget()
    lines = column(box)
    lines.addWidget(SafeLabel(label, TextStyle.CAPTION))
    shown = SafeLabel(value, TextStyle.MONO, untrusted=True, wrapped=True)
    shown.setAccessibleName(f"{label}: {shown.full_text}")
    lines.addWidget(shown)
    return box
