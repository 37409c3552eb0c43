"""Checking what somebody sent: no wallet, no password, no history. Big drop area first, then the result.

A check asks nobody. What it lacks can be asked for from its result, through the sheet; what comes is judged
by at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QSizePolicy, QWidget

from wallet.model.reasons import Reason, ReasonCode
from wallet.operations.checking import CheckedFile
from wallet.operations.desk_online import Checked, DeskWeb, Leave
from wallet.operations.errand import Errand
from wallet.operations.progress import Progress
from wallet.operations.sheet import Sheet
from wallet.ui.background import Background, Task
from wallet.ui.buttons import Field, button, icon_button
from wallet.ui.dialogs.network_sheet import NetworkSheet
from wallet.ui.drop_area import DropArea
from wallet.ui.failure_box import FailureBox
from wallet.ui.icons import Icon
from wallet.ui.incoming import Incoming
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Fold, Page, column, row
from wallet.ui.progress_strip import ProgressStrip
from wallet.ui.tokens import Space, TextStyle
from wallet.ui.verify_items import DeskResult, desk_result, expectation
from wallet.ui.wording import counted, short_date
from wallet.wording.outcomes import last_withdrawal_check

from .checking_desk import CheckingDesk, Judged, Thing, judged, made_desk
from .illustrations import Mark
from .save_report import SaveReport
from .verify_online import asked_panel, left_out_notice, offer_notice
from .verify_result import ResultPanel, limits_notice, sender_panel

__all__ = ["CheckingDesk", "VerifyPage"]

_SIDE_PX = 276
#: From this page width on the side column stands beside the result.
_BESIDE_PX = 1_140
_MARK_PX = 28
_RECHECK_AFTER_MS = 450


class VerifyPage(Page):
    """What somebody sent, judged.

    Signals:
        back_requested: Leave the page (where no sidebar does that).
        paste_requested: Take what is on the clipboard.
        asked: The web was asked, and something may be kept now.
    """

    back_requested = Signal()
    paste_requested = Signal()
    asked = Signal()

    def __init__(self, background: Background, desk: CheckingDesk, *, with_back: bool,
                 parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=Space.CARD, max_width=1_216, parent=parent)
        self.setObjectName("verify_page")
        self._background = background
        self._desk = desk
        self._thing = Thing(Incoming())
        self._sources: tuple[Path, ...] = ()
        self._task: Task | None = None
        self.result: DeskResult | None = None
        self._build_head(with_back=with_back)
        self._strip = ProgressStrip()
        self._strip.cancel_requested.connect(self._on_cancel)
        self.content.addWidget(self._strip)
        self._failure = FailureBox()
        self.content.addWidget(self._failure)
        self._empty = DropArea(self.tr("Drop what you were sent"),
                               self.tr("A badge, a credential file, a share pack or a picture of a QR code. "
                                       "It stays on this computer."), large=True)
        self._empty.setObjectName("verify_empty")
        self.content.addWidget(self._empty)
        self._build_body()
        self.content.addStretch(1)
        for area in (self._empty, self._drop):
            area.choose_requested.connect(self._on_choose)
            area.paste_requested.connect(self.paste_requested)
        self._recheck = QTimer(self)
        self._recheck.setSingleShot(True)
        self._recheck.setInterval(_RECHECK_AFTER_MS)
        self._recheck.timeout.connect(self._on_recheck)
        self.reset()

    def reset(self) -> None:
        """Forget what was checked; nothing of it is kept anywhere."""
        self._stop()
        self._thing = Thing(Incoming())
        self._forget_result()
        for field in (self._person, self._challenge, self._domain):
            field.blockSignals(True)
            field.clear()
            field.blockSignals(False)
        self._recheck.stop()
        self._failure.clear()
        self._show_empty(empty=True)

    def check(self, incoming: Incoming) -> None:
        """Judge files, a picture or a text; ask first where it is a web address."""
        self._thing = Thing(incoming)
        if incoming.address and self._desk.web is not None:
            self._plan_address(self._desk.web, incoming.address)
        else:
            self._check()

    def _check(self) -> None:
        self._stop()
        self._failure.clear()
        self._strip.start(self.tr("Checking…"))
        person, thing, work = self._person.text(), self._thing, self._judging()
        self._task = self._background.run(
            self, lambda progress: work(thing, progress),
            done=lambda found: self.show_checked(found.checked, person, sheet=found.sheet,
                                                 left_out=found.left_out),
            failed=self._on_failed, progress=self._strip.show_step, lane=self._desk.lane)

    def _judging(self) -> Callable[[Thing, Progress], Judged]:
        """Return the work of one check, with what is typed now. It runs on the worker."""
        desk, sources = self._desk, self._sources
        wanted = expectation(self._person.text(), challenge=self._challenge.text(),
                             domain=self._domain.text())
        return lambda thing, progress: judged(desk, made_desk(desk, sources), thing, wanted, progress)

    def show_checked(self, checked: tuple[CheckedFile, ...], person: str = "", *, sheet: Sheet | None = None,
                     errand: Errand | None = None, left_out: Reason | None = None) -> None:
        """Show what was judged.

        Args:
            checked: What was judged.
            person: Whom it was compared with.
            sheet: What the web could answer still.
            errand: What was asked just now, None if nothing was.
            left_out: Why what earlier checks kept was not used.
        """
        self._forget_result()
        self._show_empty(empty=False)
        self.result = desk_result(checked, person)
        self._drop.title.setText(self.result.source or counted(self.result.files, "%n file", "%n files"))
        self._drop.text.setText(counted(len(self.result.items), "%n item · stays on this computer",
                                        "%n items · stays on this computer"))
        self._results.addWidget(ResultPanel(self.result, _checked_words(self, self.result, self._thing)))
        if left_out is not None:
            self._results.addWidget(left_out_notice(left_out))
        offer = offer_notice(sheet, lambda: self._open_sheet(sheet)) if sheet else None
        if offer is not None:
            self._results.addWidget(offer)
        if errand is not None:
            web = self._desk.web
            self._results.addWidget(asked_panel(errand, listed=web is not None and web.remembers))
        if self.result.packs:
            self._results.addWidget(sender_panel(self.result.packs))
        self._results.addWidget(limits_notice(self.result))
        if checked:
            self._results.addWidget(SaveReport(self._background, checked, person, lane=self._desk.lane,
                                               asked=errand.lines if errand is not None else ()))
        self._results.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def _plan_address(self, web: DeskWeb, address: str) -> None:
        self._stop()
        self._failure.clear()
        self._task = self._background.run(
            self, lambda _progress: web.sheet((), (address,)),
            done=lambda sheet: self._open_sheet(sheet, (address,)), failed=self._on_failed,
            lane=self._desk.lane)

    def _open_sheet(self, sheet: Sheet, addresses: tuple[str, ...] = ()) -> None:
        """Show whom it would ask; nothing is asked before that is allowed."""
        web = self._desk.web
        if web is None:
            return
        if not sheet.hosts:  # an address that nobody can be asked at is checked as the text it is
            self._check()
            return
        shown = NetworkSheet(sheet, offline=web.remembers, remembers=web.remembers, may_keep=web.may_keep,
                             parent=self.window())
        shown.allowed.connect(lambda hosts, for_keeps: self._ask(
            web, addresses, Leave(hosts, for_keeps, shown.keeps())))
        shown.open()

    def _ask(self, web: DeskWeb, addresses: tuple[str, ...], leave: Leave) -> None:
        self._stop()
        self._strip.start(self.tr("Asking the web…"))
        thing, person, judging = self._thing, self._person.text(), self._judging()
        pasted = b"" if thing.incoming.address else thing.incoming.data
        wish = Checked(thing.incoming.paths, pasted, addresses, thing.brought, self._sources, thing.documents)

        def work(progress: Progress) -> tuple[Errand, Thing, Judged]:
            errand = web.run(wish, leave, progress)
            came = tuple(one.document for one in errand.asked.kept if one.document is not None)
            fuller = Thing(thing.incoming, (*thing.brought, *errand.inputs), (*came, *thing.documents))
            return errand, fuller, judging(fuller, progress)

        def done(answer: tuple[Errand, Thing, Judged]) -> None:
            errand, self._thing, found = answer
            self.show_checked(found.checked, person, sheet=found.sheet, errand=errand,
                              left_out=found.left_out)
            self.asked.emit()

        self._task = self._background.run(self, work, done=done, failed=self._on_failed,
                                          progress=self._strip.show_step, lane=self._desk.lane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the side column above the result in a narrow window."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE_PX
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if beside
                                else QBoxLayout.Direction.BottomToTop)
        self._side_lines.setDirection(QBoxLayout.Direction.TopToBottom if beside
                                      else QBoxLayout.Direction.LeftToRight)
        self._side.setMaximumWidth(_SIDE_PX if beside else 16_777_215)
        self._side.setMinimumWidth(_SIDE_PX if beside else 0)
        self._drop.setVisible(beside)

    def _build_head(self, *, with_back: bool) -> None:
        line = row(gap=Space.MEDIUM)
        if with_back:
            back = icon_button(Icon.BACK, self.tr("Back"), name="verify_back")
            back.clicked.connect(self.back_requested)
            line.addWidget(back)
        line.addWidget(Mark(_MARK_PX))
        line.addWidget(SafeLabel(self.tr("Check what you received"), TextStyle.SECTION), 1)
        self._another = button(self.tr("Check another"), icon=Icon.ADD, name="check_another")
        self._another.clicked.connect(self.reset)
        line.addWidget(self._another)
        self.content.addLayout(line)

    def _build_body(self) -> None:
        self._box = QWidget()
        self._box.setProperty("ground", "none")
        self._body: QBoxLayout = row(self._box, gap=Space.WIDE)
        self._results = column(gap=Space.LARGE)
        self._body.addLayout(self._results, 1)
        self._side = QWidget()
        self._side.setProperty("ground", "none")
        self._side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._build_side()
        self._body.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(self._box)

    def _build_side(self) -> None:
        self._side_lines: QBoxLayout = column(self._side, gap=Space.MEDIUM)
        self._drop = DropArea("", "")
        self._side_lines.addWidget(self._drop)
        person = column(gap=6)
        label = SafeLabel(self.tr("Name or e-mail address you were given"), TextStyle.CAPTION_STRONG,
                          wrapped=True)
        self._person = Field("", icon=Icon.PERSON, label=self.tr("Name or e-mail address you were given"))
        self._person.setObjectName("person_field")
        label.setBuddy(self._person)
        person.addWidget(label)
        person.addWidget(self._person)
        person.addWidget(SafeLabel(self.tr("Compared with each credential, on this computer."),
                                   TextStyle.CAPTION, wrapped=True))
        person.addStretch(1)
        self._side_lines.addLayout(person, 1)
        self._side_lines.addWidget(self._build_more(), 1, Qt.AlignmentFlag.AlignTop)
        for field in (self._person, self._challenge, self._domain):
            field.textChanged.connect(self._on_typed)

    def _build_more(self) -> Fold:
        more = Fold(self.tr("More"), self.tr("question, address, keys"), name="verify_more")
        inside = column(more.body, gap=6)
        inside.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        self._challenge = Field("", label=self.tr("Question you gave the sender (challenge)"))
        self._challenge.setObjectName("challenge_field")
        self._domain = Field("", label=self.tr("Whom the pack must be for (domain)"))
        self._domain.setObjectName("domain_field")
        for field in (self._challenge, self._domain):
            inside.addWidget(SafeLabel(field.accessibleName(), TextStyle.CAPTION_STRONG, wrapped=True))
            inside.addWidget(field)
        self._supplied = SafeLabel("", TextStyle.CAPTION, wrapped=True)
        if self._desk.supplied is not None:
            add = button(self.tr("Add keys or lists…"), icon=Icon.KEY, size="small", name="supply_button")
            add.clicked.connect(self._on_supply)
            inside.addSpacing(Space.SMALL)
            inside.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
            inside.addWidget(self._supplied)
        return more

    def _show_empty(self, *, empty: bool) -> None:
        self._empty.setVisible(empty)
        self._box.setVisible(not empty)
        self._another.setVisible(not empty)
        self._strip.stop()

    def _forget_result(self) -> None:
        self.result = None
        while (item := self._results.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.drop()
            self._task = None
        self._strip.stop()

    def _on_cancel(self) -> None:
        self._stop()
        if self.result is None:
            self.reset()

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Choose what to check"))
        if chosen:
            self.check(Incoming(paths=tuple(Path(one) for one in chosen)))

    def _on_recheck(self) -> None:
        if self._thing.incoming and (self._thing.brought or not self._thing.incoming.address):
            self._check()

    def _on_typed(self) -> None:
        self._recheck.start()

    def _on_supply(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Add keys, lists or a map of them"))
        if chosen:
            self.supply(tuple(Path(one) for one in chosen))

    def supply(self, sources: Sequence[Path]) -> None:
        """Take documents of the person who checks, for this run, and check again with them."""
        self._sources = (*self._sources, *sources)
        self._supplied.setText(counted(len(self._sources), "%n file of yours is used until you close this.",
                                       "%n files of yours are used until you close this."))
        self._on_recheck()

    def _on_failed(self, why: Reason) -> None:
        self._strip.stop()
        if self._sources:  # a document that cannot be used is not used again
            self._sources = ()
            self._supplied.setText("")
        if why.code is not ReasonCode.CANCELLED:
            self._failure.show_reason(why)


def _checked_words(page: VerifyPage, result: DeskResult, thing: Thing) -> str:
    at = result.items[0].report.at if result.items else None
    day = f"{short_date(at)}, {at:%H:%M} UTC" if at else ""
    first = page.tr("Checked {time}").format(time=day)
    was_asked = thing.documents or thing.brought
    lines = [first, page.tr("by what the web answered") if was_asked
             else page.tr("offline, on this computer")]
    days = dict.fromkeys(last_withdrawal_check(item.report) for item in result.items)
    known = [day for day in days if day]
    if known:
        lines.append(page.tr("Withdrawal lists of {days}").format(days=", ".join(known[:3])))
    return "\n".join(lines)
