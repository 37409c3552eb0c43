"""The result of a check: the block above, one row per credential, and what it does not prove."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wallet.model.credential import EvidenceClass
from wallet.model.headline import headline_code, headline_level
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, HeadlineCode, Level, Question, Report
from wallet.ui import wording
from wallet.ui.art import Artwork, art_state
from wallet.ui.buttons import button, icon_button
from wallet.ui.check_panel import is_muted
from wallet.ui.icons import CLASS_ICON, LEVEL_ICON, Icon, themed_icon
from wallet.ui.labels import IconLabel, SafeLabel, StatusLabel
from wallet.ui.panels import Notice, column, hairline, panel, row
from wallet.ui.thumbnail import Thumbnail
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import shown_text
from wallet.ui.verify_items import DeskResult, Match, VerifyItem, overall_level
from wallet.wording.outcomes import Audience, Row, counted, who_sealed

_THUMBNAIL = QSize(72, 50)
_ROWS_AT_ONCE = 100
_WHEN_PX = 250
_WIDEST_PX = 16_777_215
#: Below this width of a row its parts stand below each other.
_NARROW_ROW_PX = 760
#: Packs whose senders are shown; more came than anybody reads.
_SENDERS = 3
_SEALED_WELL = frozenset({HeadlineCode.VALID, HeadlineCode.VALID_NO_EXPIRY, HeadlineCode.EXPIRING,
                          HeadlineCode.VALID_IN_PART, HeadlineCode.VALID_STATUS_STALE})


class ResultPanel(QFrame):
    """Headline block and rows."""

    def __init__(self, result: DeskResult, checked_at: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verify_result")
        self.setProperty("panel", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._result = result
        self._shown = 0
        self._layout = column(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.addWidget(_Headline(result, checked_at))
        self._more = button("", kind="link", name="show_more_rows")
        self._more.clicked.connect(self._on_more)
        self._layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        self.rows: list[VerifyRow] = []
        self._on_more()
        self._open_what_needs_it()

    def _on_more(self) -> None:
        upto = min(self._shown + _ROWS_AT_ONCE, len(self._result.items))
        for number in range(self._shown, upto):
            if number:
                self._layout.insertWidget(self._layout.count() - 1, hairline())
            made = VerifyRow(self._result.items[number])
            self.rows.append(made)
            self._layout.insertWidget(self._layout.count() - 1, made)
        self._shown = upto
        left = len(self._result.items) - upto
        self._more.setVisible(left > 0)
        self._more.setText(self.tr("Show {n} more").format(n=min(left, _ROWS_AT_ONCE)))

    def _open_what_needs_it(self) -> None:
        """Open the only row, or the first that is worse than care."""
        bad = [made for made in self.rows if headline_level(made.item.report) is Level.PROBLEM]
        chosen = self.rows[:1] if len(self.rows) == 1 else bad[:1]
        for made in chosen:
            made.set_open(True)


class VerifyRow(QFrame):
    """One credential: what it is, to whom, when, and the result; the four questions below when opened."""

    def __init__(self, item: VerifyItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self._layout = column(self, gap=Space.MEDIUM)
        self._layout.setContentsMargins(Space.CARD, 14, Space.CARD, 14)
        self._details: _Answers | None = None
        line = row(gap=Space.LARGE)
        line.addWidget(_thumbnail(item), 0, Qt.AlignmentFlag.AlignTop)
        self._parts: QBoxLayout = row(gap=Space.LARGE)
        self._parts.addLayout(self._build_title(), 5)
        self._parts.addLayout(self._build_recipient(), 4)
        self._parts.addLayout(self._build_status(), 7)
        line.addLayout(self._parts, 1)
        self._chevron = icon_button(Icon.CHEVRON_RIGHT, self.tr("Show the four answers"))
        self._chevron.setProperty("kind", "quiet")
        self._chevron.setCheckable(True)
        self._chevron.setFixedWidth(36)
        self._chevron.toggled.connect(self.set_open)
        line.addWidget(self._chevron, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addLayout(line)
        title = shown_text(item.title, single_line=True).text
        self.setAccessibleName(f"{title}, {wording.headline(item.report)}")

    def is_open(self) -> bool:
        """Return whether the four answers are shown."""
        return self._details is not None and not self._details.isHidden()

    def set_open(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        """Show or put away the four answers."""
        if opened and self._details is None:
            self._details = _Answers(self.item)
            self._details.arrange(narrow=self.width() < _NARROW_ROW_PX)
            self._layout.addWidget(self._details)
        if self._details is not None:
            self._details.setVisible(opened)
        self._chevron.setChecked(opened)
        self._chevron.setIcon(themed_icon(Icon.CHEVRON_DOWN if opened else Icon.CHEVRON_RIGHT, Ink.TEXT_2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts below each other where they would be cut side by side."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW_ROW_PX
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if narrow
                                 else QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(Space.SMALL if narrow else Space.LARGE)
        if self._details is not None:
            self._details.arrange(narrow=narrow)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open and close by a click anywhere on the row's first line."""
        super().mouseReleaseEvent(event)
        if event.position().y() <= _THUMBNAIL.height() + 28:
            self._chevron.toggle()

    def _build_title(self) -> QVBoxLayout:
        words = column(gap=2)
        words.addStretch(1)
        words.addWidget(SafeLabel(self.item.title, TextStyle.STRONG, untrusted=True, elided=True))
        words.addWidget(SafeLabel(self.item.issuer, TextStyle.SMALL, untrusted=True, elided=True))
        words.addStretch(1)
        return words

    def _build_recipient(self) -> QVBoxLayout:
        words = column(gap=2)
        words.addStretch(1)
        line = row(gap=6)
        icon = {Match.SAME: (Icon.CHECK, Ink.GOOD), Match.OTHER: (Icon.CARE, Ink.CARE),
                Match.UNKNOWN: (Icon.UNKNOWN, Ink.UNKNOWN)}.get(self.item.match)
        if icon is not None:
            line.addWidget(IconLabel(icon[0], 16, icon[1], name=_match_words(self.item.match)))
        name = SafeLabel(_recipient_words(self.item), TextStyle.SMALL, ink=Ink.TEXT,
                         untrusted=self.item.credential is not None, elided=True)
        line.addWidget(name, 1)
        words.addLayout(line)
        if self.item.match in (Match.OTHER, Match.UNKNOWN):
            words.addWidget(SafeLabel(_match_words(self.item.match), TextStyle.CAPTION, elided=True))
        date = wording.long_date(self.item.awarded) if self.item.awarded else ""
        words.addWidget(SafeLabel(date, TextStyle.SMALL, elided=True))
        words.addStretch(1)
        return words

    def _build_status(self) -> QVBoxLayout:
        words = column(gap=3)
        words.addStretch(1)
        words.addWidget(_status(self.item))
        words.addWidget(SafeLabel(_line_below(self.item), TextStyle.SMALL, wrapped=True))
        words.addStretch(1)
        return words


def _thumbnail(item: VerifyItem) -> Thumbnail:
    """Return the credential's art; a sheet for what could not be read."""
    evidence_class = item.evidence_class if item.credential else EvidenceClass.DOCUMENT
    work = Artwork(item.issuer_id, item.title, evidence_class, art_state(item.report))
    return Thumbnail(work, _THUMBNAIL.width(), _THUMBNAIL.height())


def _status(item: VerifyItem) -> StatusLabel:
    shown = wording.card_status(item.report)
    return StatusLabel(shown.level, wording.headline(item.report), icon=shown.icon)


class _Headline(QFrame):
    """The verdict in words, and when it was checked: beside it, or below it where there is no room."""

    def __init__(self, result: DeskResult, checked_at: str) -> None:
        super().__init__()
        level = overall_level(result)
        self.setObjectName("verify_headline")
        self.setProperty("verdict", level.value)
        line = row(self, gap=Space.CARD)
        line.setContentsMargins(Space.WIDE, Space.CARD, Space.WIDE, Space.CARD)
        # The tick in a circle is the verdict of one credential; several never become one tick.
        several = level is Level.GOOD and (len(result.items) > 1 or result.packs)
        icon = Icon.BUNDLE if several else LEVEL_ICON[level]
        line.addWidget(IconLabel(icon, 30, Ink(level.value)), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=Space.TINY)
        headline, sentence = _overall_words(result)
        words.addWidget(SafeLabel(headline, TextStyle.VERDICT, ink=Ink(level.value), wrapped=True))
        words.addWidget(SafeLabel(sentence, TextStyle.BODY, wrapped=True))
        words.addStretch(1)
        self._parts: QBoxLayout = row(gap=Space.MEDIUM)
        self._parts.addLayout(words, 1)
        self._when = SafeLabel(checked_at, TextStyle.SMALL, wrapped=True)
        self._parts.addWidget(self._when, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(self._parts, 1)
        self._arrange(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the time below the words in a narrow window."""
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < _NARROW_ROW_PX)

    def _arrange(self, *, narrow: bool) -> None:
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if narrow
                                 else QBoxLayout.Direction.LeftToRight)
        side = Qt.AlignmentFlag.AlignLeading if narrow else Qt.AlignmentFlag.AlignTrailing
        self._when.setAlignment(side | Qt.AlignmentFlag.AlignTop)
        self._when.setMinimumWidth(0 if narrow else _WHEN_PX)
        self._when.setMaximumWidth(_WIDEST_PX if narrow else _WHEN_PX)


def _overall_words(result: DeskResult) -> tuple[str, str]:
    if result.files == 1 and result.packs:
        report = result.packs[0]
    elif len(result.items) == 1:
        report = result.items[0].report
    else:
        return _count_words(result)
    sentence = wording.sentence(report, Audience.EMPLOYER)
    step = wording.next_step(report, Audience.EMPLOYER)
    return wording.headline(report), f"{sentence} {step}".strip()


def _count_words(result: DeskResult) -> tuple[str, str]:
    translate = QCoreApplication.translate
    headline = translate("ResultPanel", "{k} of {n} are fine").format(k=result.fine, n=len(result.items))
    others = counted([item.report for item in result.items], wording.translate)
    if not others:
        return headline, translate("ResultPanel", "Each credential is genuine.")
    return headline, translate("ResultPanel", "The others: {others}. See the rows marked.").format(
        others=others)


def _line_below(item: VerifyItem) -> str:
    translate = QCoreApplication.translate
    code = headline_code(item.report)
    if code not in _SEALED_WELL:
        return wording.sentence(item.report, Audience.LEARNER)
    sealer = who_sealed(item.report, wording.translate)
    validity = item.report.check(CheckId.VALIDITY)
    if validity is not None and validity.reason.code is ReasonCode.END_NOT_SHOWN:
        return translate("VerifyRow", "Sealed by {sealer}, no end date shown").format(sealer=sealer)
    if item.until is None:
        return translate("VerifyRow", "Sealed by {sealer}, no end date").format(sealer=sealer)
    return translate("VerifyRow", "Sealed by {sealer}, until {date}").format(
        sealer=sealer, date=wording.long_date(item.until))


def _recipient_words(item: VerifyItem) -> str:
    translate = QCoreApplication.translate
    if item.credential is None:
        return ""
    if item.recipient:
        return item.recipient
    subject = item.credential.subject
    if open_to_read := next((one.value for one in subject.identifiers if not one.hashed), ""):
        return open_to_read
    if subject.identifiers:
        return translate("VerifyRow", "Hidden address")
    return translate("VerifyRow", "Named by a key or number") if subject.id else translate(
        "VerifyRow", "Nobody named")


def _match_words(match: Match) -> str:
    translate = QCoreApplication.translate
    return {Match.SAME: translate("VerifyRow", "matches what you typed"),
            Match.OTHER: translate("VerifyRow", "not what you typed"),
            Match.UNKNOWN: translate("VerifyRow", "cannot be compared")}.get(match, "")


class _Answers(QWidget):
    """The four answers side by side, or in pairs; below them the notes and what to do now."""

    def __init__(self, item: VerifyItem) -> None:
        super().__init__()
        self.setObjectName("verify_answers")
        self.setProperty("ground", "none")
        whole = column(self, gap=Space.MEDIUM)
        whole.setContentsMargins(_THUMBNAIL.width() + Space.LARGE, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.WIDE)
        self._grid.setVerticalSpacing(Space.LARGE)
        self._answers: list[QWidget] = []
        if item.credential is not None:
            whole.addLayout(self._grid)
            self._fill(item, whole)
        step = wording.next_step(item.report, Audience.EMPLOYER)
        if step:
            whole.addWidget(SafeLabel(step, TextStyle.STATUS, wrapped=True))

    def arrange(self, *, narrow: bool) -> None:
        """Take two or four columns."""
        columns = 2 if narrow else 4
        for number, one in enumerate(self._answers):
            self._grid.addWidget(one, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
        for number in range(4):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    def _fill(self, item: VerifyItem, whole: QVBoxLayout) -> None:
        answered = wording.rows(item.report, Audience.EMPLOYER)
        for one in answered:
            muted = is_muted(item.report, one.question)
            if one.question is not Question.NOTES:
                self._answers.append(_answer(one, muted=muted))
            elif not muted:
                whole.addLayout(_line(LEVEL_ICON[one.level], Ink(one.level.value), one.answer))
        evidence_class = item.report.evidence_class
        whole.addLayout(_line(CLASS_ICON[evidence_class], Ink.TEXT_2, wording.class_word(evidence_class)))


def _answer(one: Row, *, muted: bool) -> QWidget:
    box = QWidget()
    box.setProperty("ground", "none")
    words = column(box, gap=Space.TINY)
    words.addWidget(StatusLabel(one.level, one.name))
    ink = Ink.TEXT_3 if muted else Ink.TEXT
    words.addWidget(SafeLabel(one.answer, TextStyle.SMALL, ink=ink, wrapped=True))
    words.addWidget(SafeLabel(one.source, TextStyle.CAPTION, wrapped=True))
    return box


def _line(icon: Icon, ink: Ink, text: str) -> QHBoxLayout:
    line = row(gap=Space.SMALL)
    line.addWidget(IconLabel(icon, 15, ink), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(SafeLabel(text, TextStyle.SMALL, wrapped=True), 1)
    return line


def limits_notice(result: DeskResult) -> Notice:
    """Return what nobody may read into the result."""
    reports = result.packs or tuple(item.report for item in result.items)
    lines = dict.fromkeys(wording.does_not_prove(report) for report in reports[:_ROWS_AT_ONCE])
    # In a row that is closed nobody would read it.
    lines |= dict.fromkeys(wording.reason_text(note) for report in reports for check in report.checks[:1]
                           for note in check.notes if note.code is ReasonCode.AROUND_NOT_CHECKED)
    title = QCoreApplication.translate("ResultPanel", "What this does not prove")
    notice = Notice(Level.UNKNOWN, title, "\n".join(lines), icon=Icon.INFO)
    notice.setObjectName("limits_notice")
    return notice


def sender_panel(reports: tuple[Report, ...]) -> QFrame:
    """Return what the packs' own checks say: who sent it, for whom, until when. A line of its own."""
    box = panel("true")
    box.setObjectName("sender_panel")
    whole = column(box, gap=Space.MEDIUM)
    whole.setContentsMargins(Space.CARD, Space.LARGE, Space.CARD, Space.LARGE)
    for report in reports[:_SENDERS]:
        line = row(gap=Space.WIDE)
        said = wording.rows(report, Audience.EMPLOYER)
        for question, name in ((Question.HOLDER, "Sender"), (Question.CURRENCY, "This pack"),
                               (Question.INTEGRITY, "Its seal")):
            answer = next(one for one in said if one.question is question)
            words = column(gap=Space.TINY)
            words.addWidget(StatusLabel(answer.level, QCoreApplication.translate("ResultPanel", name)))
            words.addWidget(SafeLabel(answer.answer, TextStyle.SMALL, ink=Ink.TEXT, wrapped=True))
            words.addStretch(1)
            line.addLayout(words, 1)
        whole.addLayout(line)
    return box
