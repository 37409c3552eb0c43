"""Adding a credential to a LinkedIn profile: the fields to copy, and the link that fills their form.

Nothing is opened by itself, and what could identify the learner stays off until she chooses it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QWidget

from wallet.model.reasons import Reason
from wallet.model.sharing import LinkedInEntry
from wallet.operations import sharing
from wallet.operations.session import Session
from wallet.ui.background import Background
from wallet.ui.buttons import button, icon_button
from wallet.ui.clipboard import copy_secret
from wallet.ui.failure_box import FailureBox
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import panel, row
from wallet.ui.tick import TickLine
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import shown_text

from .dialog import dialog_frame

_WIDTH_PX = 620
_MAX_TITLE_CHARS = 80


class LinkedInDialog(QDialog):
    """Fields, link, and the choice of what goes in."""

    def __init__(self, background: Background, session: Session, choices: Sequence[tuple[str, str]], *,
                 open_link: Callable[[QUrl], object] = QDesktopServices.openUrl,
                 parent: QWidget | None = None) -> None:
        """Offer the credentials of a pack.

        Args:
            background: The thread door.
            session: The open wallet.
            choices: Id and title of each.
            open_link: Hands a link to the system; replaced in tests.
            parent: Its parent.
        """
        super().__init__(parent)
        self._background = background
        self._session = session
        self._open_link = open_link
        self._entry: LinkedInEntry | None = None
        layout = dialog_frame(self, self.tr("Add to LinkedIn"), width=_WIDTH_PX)
        self.setObjectName("linkedin_dialog")
        self._chosen = QComboBox()
        self._chosen.setAccessibleName(self.tr("Credential"))
        for credential_id, title in choices:
            self._chosen.addItem(shown_text(title, single_line=True).text[:_MAX_TITLE_CHARS], credential_id)
        self._chosen.setVisible(len(choices) > 1)
        layout.addWidget(self._chosen)
        layout.addWidget(SafeLabel(
            self.tr("Copy the fields one by one, or open the form with them filled in. LinkedIn then knows "
                    "them; it decides what it takes."), ink=Ink.TEXT_2, wrapped=True))
        box = panel("true")
        self._fields = QGridLayout(box)
        self._fields.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        self._fields.setHorizontalSpacing(Space.LARGE)
        self._fields.setColumnStretch(1, 1)
        layout.addWidget(box)
        self._with_url = TickLine(self.tr("Include the issuer's public page, where there is one"))
        self._with_id = TickLine(self.tr("Include a short form of the credential's id"))
        for box_ in (self._with_url, self._with_id):
            layout.addWidget(box_)
            box_.toggled.connect(self._load)
        self._link = SafeLabel("", TextStyle.CAPTION, untrusted=True, wrapped=True)
        self._link.setObjectName("linkedin_link")
        layout.addWidget(self._link)
        self._failure = FailureBox()
        layout.addWidget(self._failure)
        layout.addLayout(self._build_buttons())
        self._chosen.currentIndexChanged.connect(self._load)
        self._load()

    def _build_buttons(self) -> QHBoxLayout:
        line = row(gap=Space.MEDIUM)
        close = button(self.tr("Close"), name="linkedin_close")
        close.clicked.connect(self.reject)
        self._copy = button(self.tr("Copy link"), icon=Icon.COPY, name="linkedin_copy")
        self._copy.clicked.connect(self._on_copy_link)
        self._open = button(self.tr("Open the form in my browser"), kind="primary", name="linkedin_open")
        self._open.clicked.connect(self._on_open)
        line.addStretch(1)
        for one in (close, self._copy, self._open):
            line.addWidget(one)
        return line

    def _load(self) -> None:
        self._run(note=False, then=self._show_entry)

    def _run(self, *, note: bool, then: Callable[[LinkedInEntry], None]) -> None:
        session, credential_id = self._session, str(self._chosen.currentData())
        with_url, with_id = self._with_url.isChecked(), self._with_id.isChecked()
        self._background.run(
            self, lambda _progress: sharing.linkedin(session, credential_id, with_url=with_url,
                                                     with_id=with_id, note=note),
            done=then, failed=self._on_failed)

    def _show_entry(self, entry: LinkedInEntry) -> None:
        self._entry = entry
        self._failure.clear()
        while (item := self._fields.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, (name, value) in enumerate(entry.fields):
            self._fields.addWidget(SafeLabel(name, TextStyle.SMALL), number, 0)
            self._fields.addWidget(SafeLabel(value, untrusted=True, wrapped=True, selectable=True), number, 1)
            copy = icon_button(Icon.COPY, self.tr("Copy {name}").format(name=name))
            copy.clicked.connect(lambda _checked=False, text=value: self._copy_text(text))
            self._fields.addWidget(copy, number, 2)
        self._link.setText(entry.url)

    def _copy_text(self, text: str) -> None:
        copy_secret(text)

    def _on_copy_link(self) -> None:
        self._run(note=True, then=lambda entry: self._copy_text(entry.url))

    def _on_open(self) -> None:
        """Open the browser: the button says so, the whole address stands above it, and it is https."""
        def then(entry: LinkedInEntry) -> None:
            if urlsplit(entry.url).scheme == "https":
                self._open_link(QUrl(entry.url))

        self._run(note=True, then=then)

    def _on_failed(self, why: Reason) -> None:
        self._failure.show_reason(why)


