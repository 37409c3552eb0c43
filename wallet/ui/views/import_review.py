"""After an import: one summary, the odd files first with their reason, then what is new."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from wallet.model.credential import EvidenceClass
from wallet.model.headline import headline_level
from wallet.model.report import Level
from wallet.operations.intake import ImportOutcome, ImportRow, ImportSummary
from wallet.ui import wording
from wallet.ui.art import Artwork, art_state
from wallet.ui.buttons import button
from wallet.ui.failure_box import failure_words
from wallet.ui.icons import LEVEL_ICON, Icon
from wallet.ui.labels import IconLabel, SafeLabel, StatusLabel
from wallet.ui.panels import Notice, Page, column, hairline, panel, row
from wallet.ui.thumbnail import Thumbnail
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.wording import counted
from wallet.wording.outcomes import Audience

_SHOWN_ROWS = 200
_ICON_PX = 19


class ImportReviewPage(Page):
    """What an import did.

    Signals:
        done: The learner has seen it.
        undo_requested: Put the new ones into the bin, as a tuple of ids.
        import_requested: Try another file.
        credential_opened: Show this one.
        online_requested: Ask the web for what the checks lack.
        document_requested: Keep this file as a document, by its name.
    """

    done = Signal()
    undo_requested = Signal(object)
    import_requested = Signal()
    credential_opened = Signal(str)
    online_requested = Signal()
    document_requested = Signal(str)

    def __init__(self, summary: ImportSummary, *, from_web: bool = False,
                 keepable: frozenset[str] = frozenset(), parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=Space.LARGE, parent=parent)
        self.setObjectName("import_review_page")
        self._summary = summary
        self._from_web = from_web
        self._keepable = keepable
        self._new = tuple(one for one in summary.rows if one.outcome is ImportOutcome.ADDED)
        self._odd = tuple(sorted((one for one in summary.rows if _is_odd(one)), key=_urgency))
        self._plain = tuple(one for one in summary.rows if not _is_odd(one))
        self._build_head()
        self.content.addWidget(self._build_counts())
        self._offers = column()
        self.content.addLayout(self._offers)
        if self._odd:
            self.content.addWidget(self._build_odd())
        if self._plain:
            self.content.addWidget(self._build_new())
        self.content.addStretch(1)

    def offer_online(self, sentence: str) -> None:
        """Say what the web would be asked to check what came, with a button for it."""
        box = Notice(Level.INFO, self.tr("Some of it could be checked further"), sentence, icon=Icon.ONLINE)
        box.setObjectName("import_online")
        ask = button(self.tr("Check online…"), size="small", name="import_ask")
        ask.clicked.connect(self.online_requested)
        layout = box.layout()
        if layout is not None:
            layout.addWidget(ask)
        self._offers.addWidget(box)

    def _build_head(self) -> None:
        line = row(gap=Space.MEDIUM)
        words = column(gap=Space.TINY)
        kept = len(self._new) + self._summary.count(ImportOutcome.REPLACES)
        title = (counted(kept, "%n credential added", "%n credentials added") if kept
                 else self.tr("Nothing new was added"))
        words.addWidget(SafeLabel(title, TextStyle.TITLE, wrapped=True))
        files = len({one.name for one in self._summary.rows})
        read = counted(files, "%n file read, offline. Your originals are kept byte for byte.",
                       "%n files read, offline. Your originals are kept byte for byte.")
        if self._from_web:
            read = counted(files, "%n read from the web. What came is kept byte for byte.",
                           "%n read from the web. What came is kept byte for byte.")
        if self._summary.cancelled:
            read = self.tr("You stopped it; what was done stays done.") + " " + read
        words.addWidget(SafeLabel(read, TextStyle.BODY, ink=Ink.TEXT_2, wrapped=True))
        line.addLayout(words, 1)
        if self._new:
            undo = button(self.tr("Undo"), icon=Icon.UNDO, name="import_undo")
            undo.clicked.connect(lambda: self.undo_requested.emit(
                tuple(one.credential_id for one in self._new)))
            line.addWidget(undo, 0, Qt.AlignmentFlag.AlignTop)
        done = button(self.tr("Done"), kind="primary", name="import_done")
        done.clicked.connect(self.done)
        line.addWidget(done, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(line)

    def _build_counts(self) -> QWidget:
        box = QWidget()
        box.setObjectName("import_counts")
        box.setProperty("ground", "none")
        line = row(box, gap=Space.CARD)
        counts = (
            (ImportOutcome.ADDED, Icon.ADD, Ink.ACCENT_TEXT, self.tr("new")),
            (ImportOutcome.REPLACES, Icon.REFRESH, Ink.INFO, self.tr("newer than one you have")),
            (ImportOutcome.KNOWN, Icon.INFO, Ink.INFO, self.tr("already in your wallet")),
            (ImportOutcome.REFUSED, Icon.PROBLEM, Ink.PROBLEM, self.tr("cannot be read")),
        )
        shown = [one for one in counts if self._summary.count(one[0])]
        for index, (outcome, icon, ink, word) in enumerate(shown):
            if index:
                line.addWidget(hairline(vertical=True))
            line.addWidget(IconLabel(icon, _ICON_PX, ink))
            line.addWidget(SafeLabel(str(self._summary.count(outcome)), TextStyle.VERDICT))
            line.addWidget(SafeLabel(word, TextStyle.BODY, ink=Ink.TEXT_2))
        line.addStretch(1)
        return box

    def _build_odd(self) -> QFrame:
        box, inside = _titled_panel(self.tr("Worth a look"), len(self._odd))
        box.setObjectName("import_odd")
        for one in self._odd[:_SHOWN_ROWS]:
            inside.addWidget(hairline())
            inside.addWidget(self._odd_row(one))
        _say_rest(inside, len(self._odd) - _SHOWN_ROWS)
        return box

    def _build_new(self) -> QFrame:
        box, inside = _titled_panel(self.tr("New"), len(self._plain))
        box.setObjectName("import_new")
        for one in self._plain[:_SHOWN_ROWS]:
            inside.addWidget(hairline())
            inside.addWidget(_new_row(one))
        _say_rest(inside, len(self._plain) - _SHOWN_ROWS)
        return box

    def _odd_row(self, one: ImportRow) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=14)
        line.setContentsMargins(Space.CARD, Space.LARGE, Space.CARD, Space.LARGE)
        level, title, sentence = _odd_words(self, one)
        icon = IconLabel(LEVEL_ICON[level], _ICON_PX, Ink(level.value))
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(SafeLabel(title, TextStyle.STRONG, untrusted=True, wrapped=True))
        words.addWidget(SafeLabel(sentence, TextStyle.SMALL, wrapped=True))
        if one.outcome in (ImportOutcome.KNOWN, ImportOutcome.REPLACES):
            words.addSpacing(Space.SMALL)
            words.addLayout(self._side_by_side(one))
        line.addLayout(words, 1)
        if one.outcome is ImportOutcome.REFUSED and one.name in self._keepable:
            keep = button(self.tr("Keep as a document…"), size="small", name="keep_document")
            keep.clicked.connect(lambda: self.document_requested.emit(one.name))
            line.addWidget(keep, 0, Qt.AlignmentFlag.AlignTop)
        elif one.outcome is ImportOutcome.REFUSED and not self._from_web:
            again = button(self.tr("Try another file"), size="small", name="try_another")
            again.clicked.connect(self.import_requested)
            line.addWidget(again, 0, Qt.AlignmentFlag.AlignTop)
        elif one.credential_id:
            show = button(self.tr("Show"), size="small", name="show_kept")
            show.clicked.connect(lambda: self.credential_opened.emit(one.credential_id))
            line.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        return box

    def _side_by_side(self, one: ImportRow) -> QVBoxLayout:
        whole = column()
        line = row(gap=Space.MEDIUM)
        known = one.outcome is ImportOutcome.KNOWN
        mine = self.tr("In your wallet") if known else self.tr("In your wallet already, stays too")
        dropped = self.tr("Dropped") if known else self.tr("Dropped, now shown first")
        for head, text, ink in ((dropped, one.name, Ink.TEXT_2), (mine, one.issuer, Ink.ACCENT_TEXT)):
            card = panel("true")
            inside = column(card, gap=2)
            inside.setContentsMargins(14, Space.MEDIUM, 14, Space.MEDIUM)
            inside.addWidget(SafeLabel(head, TextStyle.CAPTION_STRONG, ink=ink))
            inside.addWidget(SafeLabel(one.title, TextStyle.STRONG, untrusted=True, elided=True))
            inside.addWidget(SafeLabel(text, TextStyle.CAPTION, untrusted=True, elided=True))
            line.addWidget(card, 1)
        whole.addLayout(line)
        return whole


def _is_odd(one: ImportRow) -> bool:
    """Tell what a person should look at: not simply new, or new with a problem."""
    if one.outcome not in (ImportOutcome.ADDED, ImportOutcome.WOULD_ADD):
        return True
    return one.report is not None and headline_level(one.report) is Level.PROBLEM


def _urgency(one: ImportRow) -> int:
    """Order what is odd: what cannot be read, what has a problem, what is newer, what is there already."""
    order = (ImportOutcome.REFUSED, ImportOutcome.ADDED, ImportOutcome.REPLACES, ImportOutcome.KNOWN)
    return order.index(one.outcome) if one.outcome in order else len(order)


def _odd_words(page: QWidget, one: ImportRow) -> tuple[Level, str, str]:
    if one.outcome is ImportOutcome.REFUSED:
        title = page.tr("{name} cannot be read").format(name=one.name)
        sentence = ""
        if one.reason is not None:
            words = failure_words(one.reason)
            sentence = " ".join(part for part in (words.what, words.next) if part)
        return Level.PROBLEM, title, f"{sentence} {page.tr('This file was not kept.')}".strip()
    if one.outcome is ImportOutcome.LEFT_OUT and one.reason is not None:
        title = page.tr("{name} is not taken over").format(name=one.name)
        return Level.INFO, title, failure_words(one.reason).what
    if one.outcome is ImportOutcome.KNOWN:
        return (Level.INFO, page.tr("You already have this one"),
                page.tr("Same seal, same content. The copy in your wallet stays as it is."))
    if one.outcome is ImportOutcome.REPLACES:
        return (Level.INFO, page.tr("A newer version of one you have"),
                page.tr("Same issuer, same credential, other content. Both are kept; the newer one is shown "
                        "first."))
    report = one.report
    sentence = wording.sentence(report, Audience.LEARNER) if report else ""
    title = f"{one.title}: {wording.headline(report)}" if report else one.title
    return Level.PROBLEM, title, f"{sentence} {page.tr('It is kept, plainly marked.')}".strip()


def _titled_panel(title: str, count: int) -> tuple[QFrame, QVBoxLayout]:
    box = panel("card")
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    inside = column(box)
    inside.setContentsMargins(1, 1, 1, 1)
    head = row(gap=6)
    head.setContentsMargins(Space.CARD, Space.MEDIUM, Space.CARD, Space.MEDIUM)
    head.addWidget(SafeLabel(title, TextStyle.STATUS))
    head.addWidget(SafeLabel(str(count), TextStyle.SMALL))
    head.addStretch(1)
    inside.addLayout(head)
    return box, inside


def _new_row(one: ImportRow) -> QWidget:
    box = QWidget()
    box.setProperty("ground", "none")
    line = row(box, gap=Space.LARGE)
    line.setContentsMargins(Space.CARD, 10, Space.CARD, 10)
    line.addWidget(Thumbnail(_artwork(one), 60, 42))
    words = column(gap=2)
    words.addWidget(SafeLabel(one.title, TextStyle.STRONG, untrusted=True, elided=True))
    words.addWidget(SafeLabel(one.issuer, TextStyle.SMALL, untrusted=True, elided=True))
    line.addLayout(words, 5)
    line.addWidget(IconLabel(Icon.DOCUMENT, 14, Ink.TEXT_3))
    line.addWidget(SafeLabel(one.name, TextStyle.SMALL, untrusted=True, elided=True), 4)
    if one.report is not None:
        shown = wording.card_status(one.report)
        line.addWidget(StatusLabel(shown.level, shown.word, icon=shown.icon), 5)
    return box


def _artwork(one: ImportRow) -> Artwork:
    report = one.report
    if report is None:
        return Artwork(one.issuer, one.title, EvidenceClass.DOCUMENT)
    return Artwork(report.issuer_id, one.title, report.evidence_class, art_state(report))


def _say_rest(inside: QVBoxLayout, rest: int) -> None:
    if rest > 0:
        inside.addWidget(hairline())
        label = SafeLabel(counted(rest, "and %n more", "and %n more"), TextStyle.SMALL)
        label.setContentsMargins(Space.CARD, Space.MEDIUM, Space.CARD, Space.MEDIUM)
        inside.addWidget(label)

