"""What a credential says: the band, what they can do, how it was assessed, evidence, skills.

All text here is the issuer's and untrusted. It is plain text with dots before list items, never ticks, and
nothing here is a link: an address is shown in full, and a button beside it asks before a browser opens it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wallet.model.credential import Achievement, Credential
from wallet.model.report import Report
from wallet.model.stored import StoredCredential
from wallet.ui.art import Artwork, art_state
from wallet.ui.checks_tree import ChecksTree
from wallet.ui.dialogs.open_link import open_button
from wallet.ui.flow import flow_box
from wallet.ui.hero import HeroBand
from wallet.ui.icons import Icon
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.models.report import ReportModel
from wallet.ui.panels import Fold, column, panel, row
from wallet.ui.theme import font, text_scale, tokens
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import tooltip
from wallet.ui.wording import counted, long_date, short_date
from wallet.wording.outcomes import Audience

_BULLET = re.compile(r"^\s*(?:[-*•\u2013]|\d{1,2}[.)])\s+")
_SENTENCE_MARKS = re.compile(r"(\*\*|__|`)")
_MAX_LINES = 60
_MAX_EVIDENCE = 50
_MAX_SKILLS = 80
_MAX_TEXT_PX = 720


def build_claims(stored: StoredCredential, credential: Credential, report: Report,
                 picture: QImage | None) -> tuple[QWidget, ...]:
    """Return the parts of the page, in order."""
    achievement = credential.achievement
    return (
        _hero(stored, credential, report, picture),
        _section(_tr("What they can do"), _text(achievement.description)),
        _section(_tr("How it was assessed"), _assessment(achievement)),
        _section(_tr("Evidence"), _evidence(achievement)),
        _section(_tr("Skills"), _skills(achievement)),
        _every_check(report),
    )


class Dot(QWidget):
    """The dot before a list item; claims never carry ticks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(10, QFontMetrics(font(TextStyle.BODY)).height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().accent))
        painter.drawEllipse(2, self.height() // 2 - 2, 6, 6)


def _tr(text: str) -> str:
    return QCoreApplication.translate("claims", text)


def _hero(stored: StoredCredential, credential: Credential, report: Report,
          picture: QImage | None) -> HeroBand:
    work = Artwork(credential.issuer.id, stored.title, stored.evidence_class, art_state(report), picture,
                   stored.sha256 if picture is not None else "")
    facts = []
    if credential.subject.name:
        facts.append(_tr("To {name}").replace("{name}", credential.subject.name))
    if credential.valid_from:
        facts.append(short_date(credential.valid_from))
    if credential.valid_until:
        facts.append(_tr("until {date}").replace("{date}", short_date(credential.valid_until)))
    issuer = credential.issuer.name or credential.issuer.id
    awarded = _tr("Awarded by {issuer}").replace("{issuer}", issuer) if issuer else ""
    return HeroBand(work, title=stored.title or _tr("Without a title"), awarded_by=awarded,
                    facts="  ·  ".join(facts))


def _section(title: str, *parts: QWidget) -> QWidget:
    box = QWidget()
    lines = column(box, gap=Space.SMALL + 2)
    lines.addWidget(SafeLabel(title, TextStyle.SECTION))
    for part in parts:
        lines.addWidget(part)
    return box


def _not_stated() -> SafeLabel:
    return SafeLabel(_tr("Not stated"), ink=Ink.TEXT_3)


def _text(untrusted_text: str) -> QWidget:
    """Return paragraphs, and lines that start like list items with a dot before them."""
    text = _SENTENCE_MARKS.sub("", untrusted_text).strip()
    if not text:
        return _not_stated()
    box, lines = _reading_column()
    for line in text.splitlines()[:_MAX_LINES]:
        if not line.strip():
            continue
        words = SafeLabel(_BULLET.sub("", line).lstrip("# "), untrusted=True, wrapped=True)
        if not _BULLET.match(line):
            lines.addWidget(words)
            continue
        item = row(gap=Space.MEDIUM)
        item.addWidget(Dot(), 0, Qt.AlignmentFlag.AlignTop)
        item.addWidget(words, 1)
        lines.addLayout(item)
    return box


def _reading_column() -> tuple[QWidget, QVBoxLayout]:
    """Return a box whose lines stay short enough to read, and the layout for them.

    The limit sits inside a row: a limited widget alone is given its height for a width it never gets.
    """
    box, inner = QWidget(), QWidget()
    inner.setMaximumWidth(round(_MAX_TEXT_PX * max(text_scale(), 1.0)))
    inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    line = row(box)
    line.addWidget(inner, 1)
    line.addStretch(0)
    return box, column(inner, gap=Space.SMALL)


def _assessment(achievement: Achievement) -> QWidget:
    box, lines = _reading_column()
    facts = [(name or _tr("Result"), value) for name, value in achievement.results]
    if achievement.credits:
        facts.append((_tr("Workload"), achievement.credits))
    if achievement.criteria or not (facts or achievement.criteria_url):
        lines.addWidget(_text(achievement.criteria))
    for name, value in facts[:_MAX_LINES]:
        lines.addLayout(_fact(name, value))
    if achievement.criteria_url:
        more = _fact(_tr("More at"), achievement.criteria_url)
        more.addWidget(open_button(achievement.criteria_url), 0, Qt.AlignmentFlag.AlignVCenter)
        lines.addLayout(more)
    return box


def _fact(name: str, value: str) -> QHBoxLayout:
    line = row(gap=Space.SMALL)
    line.addWidget(SafeLabel(f"{name}:", ink=Ink.TEXT_2, untrusted=True), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(SafeLabel(value, TextStyle.STRONG, untrusted=True, wrapped=True), 1,
                   Qt.AlignmentFlag.AlignTop)
    return line


def _evidence(achievement: Achievement) -> QWidget:
    if not achievement.evidence:
        return _not_stated()
    box = QWidget()
    lines = column(box, gap=Space.SMALL)
    for name, address in achievement.evidence[:_MAX_EVIDENCE]:
        lines.addWidget(_evidence_row(name, address))
    left = len(achievement.evidence) - _MAX_EVIDENCE
    if left > 0:
        lines.addWidget(SafeLabel(counted(left, "and %n more", "and %n more"), TextStyle.CAPTION))
    return box


def _evidence_row(name: str, address: str) -> QWidget:
    frame = panel()
    line = row(frame, margin=Space.MEDIUM, gap=Space.LARGE - 2)
    tile = panel("paper")
    tile.setFixedSize(40, 40)
    inside = row(tile)
    inside.addWidget(IconLabel(Icon.CLIP, 18), 0, Qt.AlignmentFlag.AlignCenter)
    line.addWidget(tile, 0, Qt.AlignmentFlag.AlignTop)
    words = column(gap=2)
    words.addWidget(SafeLabel(name or _tr("Without a name"), TextStyle.STRONG, untrusted=True, elided=True))
    where = _tr("A link to {host}; not kept here").replace("{host}", _host(address)) if address else \
        _tr("Described by the issuer; no file")
    words.addWidget(SafeLabel(where, TextStyle.SMALL, untrusted=True, elided=True))
    line.addLayout(words, 1)
    if address:
        line.addWidget(open_button(address), 0, Qt.AlignmentFlag.AlignVCenter)
    frame.setToolTip(tooltip(address))
    return frame


def _skills(achievement: Achievement) -> QWidget:
    if not achievement.skills:
        return _not_stated()
    tags: list[QWidget] = []
    for skill in achievement.skills[:_MAX_SKILLS]:
        tag = SafeLabel(skill.name, TextStyle.CHIP, untrusted=True, elided=True)
        tag.setProperty("tag", True)
        tag.setToolTip(tooltip(skill.framework))
        tags.append(tag)
    return flow_box(*tags)


def _every_check(report: Report) -> QWidget:
    """Return the fold with each single check, for a person who wants to know what was asked."""
    title = counted(len(report.checks), "%n check", "%n checks")
    dated = _tr("judged {date}").replace("{date}", long_date(report.at))
    frame = panel()
    fold = Fold(title, dated, name="checks_fold")
    column(frame).addWidget(fold)
    model = ReportModel(frame)
    model.set_report(report, Audience.LEARNER)
    tree = ChecksTree(model)
    tree.setAccessibleName(title)
    inner = column(fold.body)
    inner.setContentsMargins(Space.MEDIUM, 0, Space.MEDIUM, Space.MEDIUM)
    inner.addWidget(tree)
    return frame


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return parts.hostname or address
