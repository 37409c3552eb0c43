"""The third step of sharing: exactly what leaves, value by value, as the receiver will be able to read it.

Drawn from the operation's own preview, which reads the bytes that leave; never from what was ticked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from wallet.model.report import Level, Verdict
from wallet.model.sharing import Revealed
from wallet.operations.sharing import Preview, PreviewItem
from wallet.ui import wording
from wallet.ui.art import Artwork, art_state
from wallet.ui.buttons import button
from wallet.ui.check_panel import clear
from wallet.ui.labels import SafeLabel, StatusLabel
from wallet.ui.panels import Fold, Notice, Page, column, hairline, panel, row
from wallet.ui.thumbnail import Thumbnail
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.wording import counted, long_date
from wallet.wording.outcomes import Audience

_COLUMN_PX = 900
_THUMBNAIL = QSize(60, 42)
_MAX_VALUE_CHARS = 300
_SHOWN_VALUES = 400
_SHOWN_PLACES = 5


class PreviewStep(Page):
    """What the receiver will see.

    Signals:
        leave_out_requested: The id of one to take out of the choice.
        part_requested: The `PreviewItem` of which a part is to be chosen.
    """

    leave_out_requested = Signal(str)
    part_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=Space.MEDIUM, max_width=_COLUMN_PX, parent=parent)
        self.setObjectName("share_preview")
        self.content.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)

    def show_preview(self, preview: Preview) -> None:
        """Show everything that would leave."""
        clear(self.content)
        self.content.addWidget(SafeLabel(self.tr("What they will see"), TextStyle.SUBTITLE, wrapped=True))
        total = sum(len(item.revealed) for item in preview.items) + len(preview.sender)
        said = counted(total, "%n detail, and nothing else", "%n details, and nothing else")
        if preview.terms.audience:
            said = self.tr("For {audience}: {said}").format(audience=preview.terms.audience, said=said)
        self.content.addWidget(SafeLabel(said, ink=Ink.TEXT_2, untrusted=True, wrapped=True))
        if not any(item.choices for item in preview.items):
            self.content.addWidget(Notice(Level.INFO, "", self.tr(
                "The seal of each of these covers everything in it: show all of it, or leave that one out.")))
        for item in preview.items:
            self.content.addWidget(self._item(item))
        self.content.addWidget(self._sender(preview.sender))
        self.content.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        """Put the focus on the first fold, so that the keyboard can read on."""
        fold = self.findChild(Fold)
        if isinstance(fold, Fold):
            fold.header.setFocus(Qt.FocusReason.OtherFocusReason)

    def _item(self, item: PreviewItem) -> QFrame:
        box = panel("card")
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        inside = column(box)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addLayout(self._item_head(item))
        warning = self._warning(item)
        if warning is not None:
            inside.addWidget(_inset(warning))
        inside.addWidget(hairline())
        inside.addWidget(_short_facts(item.revealed))
        if item.choices:
            inside.addWidget(_inset(self._part(item)))
        inside.addWidget(hairline())
        everything = counted(len(item.revealed), "Everything in it: %n detail",
                             "Everything in it: %n details")
        fold = Fold(everything, name="revealed_fold")
        _fill_when_opened(fold, item.revealed)
        inside.addWidget(fold)
        return box

    def _item_head(self, item: PreviewItem) -> QVBoxLayout:
        whole = column()
        line = row(gap=Space.LARGE)
        line.setContentsMargins(Space.CARD, Space.MEDIUM, Space.CARD, Space.MEDIUM)
        work = Artwork(item.report.issuer_id, item.title, item.report.evidence_class, art_state(item.report))
        line.addWidget(Thumbnail(work, _THUMBNAIL.width(), _THUMBNAIL.height()))
        words = column(gap=2)
        words.addWidget(SafeLabel(item.title, TextStyle.STRONG, untrusted=True, elided=True))
        words.addWidget(SafeLabel(item.issuer, TextStyle.SMALL, untrusted=True, elided=True))
        line.addLayout(words, 3)
        status = wording.card_status(item.report)
        line.addWidget(StatusLabel(status.level, status.word, icon=status.icon), 2)
        whole.addLayout(line)
        return whole

    def _warning(self, item: PreviewItem) -> QWidget | None:
        """Return what the learner should know before it leaves, or None for a valid one."""
        if not item.shareable:
            box = Notice(Level.PROBLEM, self.tr("This one cannot go into a pack"), self.tr(
                "No receiver could accept it: {status}.").format(status=wording.headline(item.report)))
            leave = button(self.tr("Leave it out"), size="small", name="leave_out")
            leave.clicked.connect(lambda: self.leave_out_requested.emit(item.id))
            whole = QWidget()
            whole.setProperty("ground", "none")
            lines = column(whole, gap=Space.SMALL)
            lines.addWidget(box)
            lines.addWidget(leave, 0, Qt.AlignmentFlag.AlignLeft)
            return whole
        if item.report.verdict is Verdict.VALID:
            return None
        status = wording.card_status(item.report)
        level = status.level if status.level is not Level.GOOD else Level.CARE
        return Notice(level, self.tr("They will see: {status}").format(status=wording.headline(item.report)),
                      wording.sentence(item.report, Audience.LEARNER))

    def _part(self, item: PreviewItem) -> QWidget:
        """Return the way to leave something out, what is left out now, and what leaks all the same."""
        whole = QWidget()
        whole.setProperty("ground", "none")
        lines = column(whole, gap=Space.SMALL)
        if item.left_out:
            lines.addWidget(Notice(Level.INFO, self.tr("A part of this one will be shown"), counted(
                len(item.left_out),
                "%n detail is left out. They see that something is missing, but not how much.",
                "%n details are left out. They see that something is missing, but not how much.")))
        if item.still_told:
            places = ", ".join(readable_path(one.path) for one in item.still_told[:_SHOWN_PLACES])
            lines.addWidget(Notice(Level.CARE, self.tr("What you left out can still be read"),
                                   self.tr("The same words stand here: {places}").format(places=places)))
        choose = button(self.tr("Choose what to show…"), size="small", name="choose_part")
        choose.clicked.connect(lambda: self.part_requested.emit(item))
        lines.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        return whole

    def _sender(self, said: Sequence[Revealed]) -> QFrame:
        box = panel("card")
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        inside = column(box)
        inside.setContentsMargins(1, 1, 1, 1)
        head = SafeLabel(self.tr("What the pack says about you as its sender"), TextStyle.STRONG,
                         wrapped=True)
        head.setContentsMargins(Space.CARD, Space.MEDIUM, Space.CARD, Space.MEDIUM)
        inside.addWidget(head)
        inside.addWidget(hairline())
        inside.addWidget(values_table(said))
        return box


def values_table(values: Sequence[Revealed]) -> QWidget:
    """Return every value with where it stands; long ones are cut here, never in what leaves."""
    box = QWidget()
    box.setProperty("ground", "none")
    grid = QGridLayout(box)
    grid.setContentsMargins(Space.CARD, Space.MEDIUM, Space.CARD, Space.MEDIUM)
    grid.setHorizontalSpacing(Space.LARGE)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    for number, one in enumerate(values[:_SHOWN_VALUES]):
        label = SafeLabel(readable_path(one.path), TextStyle.CAPTION, untrusted=True, wrapped=True)
        value = SafeLabel(_cut(one.value), TextStyle.SMALL, ink=Ink.TEXT, untrusted=True, wrapped=True)
        grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)
    rest = len(values) - _SHOWN_VALUES
    if rest > 0:
        grid.addWidget(SafeLabel(counted(rest, "and %n more", "and %n more"), TextStyle.CAPTION),
                       _SHOWN_VALUES, 0)
    return box


def readable_path(pointer: str) -> str:
    """Return a JSON Pointer as people read it: `credentialSubject → achievement → name`."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/") if part]
    return " → ".join(str(int(part) + 1) if part.isdigit() and len(part) < 6 else part for part in parts)


#: What a person looks at first, by the end of its place; everything else is below the fold.
_FIRST = (
    ("/credentialSubject/name", "Awarded to"),
    ("/credentialSubject/id", "Your identifier"),
    ("/credentialSubject/identifier/0/identityHash", "Your address, hidden"),
    ("/credentialSubject/achievement/description", "About"),
    ("/credentialSubject/achievement/criteria/narrative", "How it was assessed"),
    ("/credentialSubject/result/0/value", "Result"),
    ("/validFrom", "From"),
    ("/issuanceDate", "From"),
    ("/validUntil", "Until"),
    ("/expirationDate", "Until"),
)


def _short_facts(values: Sequence[Revealed]) -> QWidget:
    by_end = {end: one for one in values for end, _ in _FIRST if one.path.endswith(end)}
    shown = [(name, _day(by_end[end].value)) for end, name in _FIRST if end in by_end]
    box = QWidget()
    box.setProperty("ground", "none")
    grid = QGridLayout(box)
    grid.setContentsMargins(Space.CARD, Space.MEDIUM, Space.CARD, Space.MEDIUM)
    grid.setHorizontalSpacing(Space.LARGE)
    grid.setVerticalSpacing(Space.SMALL)
    grid.setColumnMinimumWidth(0, 140)
    grid.setColumnStretch(1, 1)
    for number, (name, value) in enumerate(shown):
        label = SafeLabel(QCoreApplication.translate("PreviewStep", name), TextStyle.SMALL)
        grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(SafeLabel(_cut(value), TextStyle.SMALL, ink=Ink.TEXT, untrusted=True, wrapped=True),
                       number, 1)
    return box


def _fill_when_opened(fold: Fold, values: Sequence[Revealed]) -> None:
    """A table can be long: it is made when somebody wants to see it."""
    inside = column(fold.body)

    def on_toggled(opened: bool) -> None:  # noqa: FBT001 - a slot
        if opened and not inside.count():
            inside.addWidget(values_table(values))

    fold.toggled.connect(on_toggled)


def _inset(widget: QWidget) -> QWidget:
    box = QWidget()
    box.setProperty("ground", "none")
    inside = column(box)
    inside.setContentsMargins(Space.CARD, 0, Space.CARD, Space.MEDIUM)
    inside.addWidget(widget)
    return box


def _day(value: str) -> str:
    """Return a date as people write it; anything else as it is."""
    try:
        return long_date(datetime.fromisoformat(value))
    except ValueError:
        return value


def _cut(value: str) -> str:
    if len(value) <= _MAX_VALUE_CHARS:
        return value
    total = QCoreApplication.translate("PreviewStep", "{n} characters in all").format(n=len(value))
    return f"{value[:_MAX_VALUE_CHARS]}… ({total})"
