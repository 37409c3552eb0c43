"""The first two steps of sharing: what, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QWidget

from wallet.model.sharing import ShareTerms
from wallet.model.stored import StoredCredential
from wallet.operations.shelf import MOST_OFFERED
from wallet.ui.buttons import Field, Segments
from wallet.ui.labels import SafeLabel
from wallet.ui.models.choices import ChoiceDelegate, ChoiceModel
from wallet.ui.panels import Fold, Page, column, panel
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.wording import long_date

_COLUMN_PX = 760
#: Days until the pack ends; None for no end.
_ENDS: tuple[int | None, ...] = (7, 30, 90, None)
_USUAL_END = 1


class WhatStep(QWidget):
    """Tick the credentials.

    Signals:
        changed: How many are ticked now.
    """

    changed = Signal(int)

    def __init__(self, rows: Sequence[StoredCredential], chosen: Sequence[str],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("share_what")
        layout = column(self, gap=Space.SMALL)
        layout.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.LARGE)
        layout.addWidget(SafeLabel(self.tr("What do you want to share?"), TextStyle.SUBTITLE, wrapped=True))
        layout.addWidget(SafeLabel(
            self.tr("Most seals cover everything in a credential. Where something can be left out, "
                    "the preview offers it."),
            TextStyle.BODY, ink=Ink.TEXT_2, wrapped=True))
        if len(rows) >= MOST_OFFERED:
            layout.addWidget(SafeLabel(
                self.tr("These are the newest, and what you selected. To share others, select them in the "
                        "library first, then choose Share."),
                TextStyle.BODY, ink=Ink.TEXT_2, wrapped=True))
        layout.addSpacing(Space.SMALL)
        self.model = ChoiceModel(self)
        self._list = QListView()
        self._list.setObjectName("share_list")
        self._list.setAccessibleName(self.tr("Credentials to share"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setSelectionMode(QListView.SelectionMode.NoSelection)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setItemDelegate(ChoiceDelegate(self._list))
        self._list.setModel(self.model)
        box = panel("card")
        column(box, margin=Space.TINY).addWidget(self._list)
        layout.addWidget(box, 1)
        self.model.ticked.connect(lambda: self.changed.emit(len(self.model.ids())))
        self.model.set_rows(rows, chosen)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of the ticked ones."""
        return self.model.ids()

    def focus_first(self) -> None:
        """Put the focus on the list."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)


class TermsStep(Page):
    """For whom, and for how long."""

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=Space.SMALL, max_width=_COLUMN_PX, parent=parent)
        self.setObjectName("share_terms")
        self._now = now
        self.content.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        self.content.addWidget(SafeLabel(self.tr("Whom is it for?"), TextStyle.SUBTITLE, wrapped=True))
        self.content.addWidget(SafeLabel(
            self.tr("It stands in the pack and in your shared log, so that you remember."),
            TextStyle.BODY, ink=Ink.TEXT_2, wrapped=True))
        self.content.addSpacing(Space.MEDIUM)
        self._audience = self._labelled(self.tr("Employer, school or person"), "audience_field",
                                        self.tr("Kestrel & Rowe, junior analyst"))
        self.content.addSpacing(Space.MEDIUM)
        self.content.addWidget(SafeLabel(self.tr("The pack is meant to be used for"), TextStyle.STRONG))
        self._ends = Segments(tuple((None, text) for text in (
            self.tr("7 days"), self.tr("30 days"), self.tr("90 days"), self.tr("No end"))), with_words=True)
        self._ends.setObjectName("expiry_segments")
        self._ends.choose(_USUAL_END)
        self._ends.chosen.connect(self._say_end)
        self.content.addWidget(self._ends)
        self._end = SafeLabel("", TextStyle.SMALL, wrapped=True)
        self.content.addWidget(self._end)
        self.content.addSpacing(Space.SMALL)
        self._build_more()
        self.content.addStretch(1)
        self._say_end()

    def terms(self) -> ShareTerms:
        """Return what was typed and chosen."""
        days = _ENDS[self._ends.choice()]
        expires = self._now + timedelta(days=days) if days else None
        return ShareTerms(self._audience.text().strip(), self._domain.text().strip(),
                          self._challenge.text().strip(), expires)

    def set_audience(self, audience: str) -> None:
        """Say for whom."""
        self._audience.setText(audience)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self._audience.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_more(self) -> None:
        more = Fold(self.tr("More"), self.tr("only if they asked for it"), name="share_more")
        more.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        inside = column(more.body, gap=Space.SMALL)
        inside.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        self._domain = Field("https://jobs.example", label=self.tr("Their address (domain)"))
        self._domain.setObjectName("share_domain")
        self._challenge = Field("", label=self.tr("The question they gave you (challenge)"))
        self._challenge.setObjectName("share_challenge")
        for field in (self._domain, self._challenge):
            inside.addWidget(SafeLabel(field.accessibleName(), TextStyle.STRONG, wrapped=True))
            inside.addWidget(field)
        inside.addWidget(SafeLabel(
            self.tr("With their question in it, the pack shows that your wallet answered just now."),
            TextStyle.SMALL, wrapped=True))
        self.content.addWidget(more)

    def _labelled(self, text: str, name: str, placeholder: str) -> Field:
        label = SafeLabel(text, TextStyle.STRONG, wrapped=True)
        field = Field(placeholder, label=text)
        field.setObjectName(name)
        label.setBuddy(field)
        self.content.addWidget(label)
        self.content.addWidget(field)
        return field

    def _say_end(self) -> None:
        end = self.terms().expires if hasattr(self, "_domain") else None
        self._end.setText(self.tr("until {date}").format(date=long_date(end)) if end
                          else self.tr("It says no date. A pack cannot be called back either way."))
