"""What a learner says of a document or of herself: title, who gave it, when, links, in her own words.

It is filled with what the file or the page says. It never makes a tick: nothing of it can be checked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from wallet.operations.documents import Details
from wallet.ui.labels import SafeLabel
from wallet.ui.tokens import TextStyle

from .form import FormDialog, add_field
from .links import LinksEditor

_ABOUT_PX = 84
_DATE_FORMS = ("yyyy-MM-dd", "yyyy-MM", "yyyy")


class DetailsDialog(FormDialog):
    """The form.

    Signals:
        given: The `Details` as typed; what the form does not ask for stays as it was.
    """

    given = Signal(object)

    def __init__(self, title: str, text: str, action: str, known: Details, *, is_page: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(title, text, action, name="details_dialog", parent=parent)
        self._known = known
        self._title = add_field(self.body, self.tr("Title"), "details_title")
        self._title.setText(known.title)
        self._issuer = add_field(self.body, self.tr("Given by"), "details_issuer")
        self._issuer.setText(known.issuer)
        self._date = add_field(self.body, self.tr("Date, like 2026-05-12 or 2026"), "details_date")
        self._date.setText(_typed(known.date))
        self._links = LinksEditor(known.links, first_fixed=is_page)
        self.body.addWidget(self._links)
        self.body.addWidget(SafeLabel(self.tr("In your own words"), TextStyle.STRONG, wrapped=True))
        self._about = QPlainTextEdit(known.about)
        self._about.setObjectName("details_about")
        self._about.setAccessibleName(self.tr("In your own words"))
        self._about.setTabChangesFocus(True)
        self._about.setFixedHeight(_ABOUT_PX)
        self.body.addWidget(self._about)
        for field in (self._title, self._date):
            field.textChanged.connect(self.arrange)
        self._links.changed.connect(self._on_links)
        self.wished.connect(lambda: self.given.emit(self.details()))
        self.arrange()
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)

    def details(self) -> Details:
        """Return what was typed."""
        return replace(self._known, title=self._title.text().strip(), issuer=self._issuer.text().strip(),
                       date=_date(self._date.text()), about=self._about.toPlainText().strip(),
                       links=self._links.links())

    def is_complete(self) -> bool:
        """Return whether there is a title, and whether date and links are what they should be."""
        typed = self._date.text().strip()
        wrong = bool(typed) and _date(typed) is None
        self._date.set_wrong(self.tr("This is no date") if wrong else "")
        complete = self._links.is_complete()
        return bool(self._title.text().strip()) and not wrong and complete

    def _on_links(self) -> None:
        self.arrange()
        self.fit()


def _date(text: str) -> datetime | None:
    for form in _DATE_FORMS:
        found = QDate.fromString(text.strip(), form)
        if found.isValid() and found.year() > 0:
            return datetime(found.year(), found.month(), found.day(), tzinfo=UTC)
    return None


def _typed(date: datetime | None) -> str:
    return date.date().isoformat() if date else ""
