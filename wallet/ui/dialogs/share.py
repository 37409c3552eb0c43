"""Sharing, step by step: what, for whom, exactly what they will see, done. Nothing leaves before the last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QVBoxLayout, QWidget

from wallet.model.reasons import Reason
from wallet.model.sharing import Bundle, QrFrame
from wallet.model.stored import StoredCredential
from wallet.operations import sharing
from wallet.operations.session import Session
from wallet.operations.sharing import Preview, PreviewItem
from wallet.ui.background import Background
from wallet.ui.buttons import button
from wallet.ui.failure_box import FailureBox
from wallet.ui.icons import Icon
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.panels import column, hairline, row
from wallet.ui.paths import as_path
from wallet.ui.steps import Steps
from wallet.ui.tokens import Ink, Space, TextStyle

from .linkedin import LinkedInDialog
from .share_done import DoneStep
from .share_part import PartDialog
from .share_preview import PreviewStep
from .share_steps import TermsStep, WhatStep

_WHAT, _TERMS, _PREVIEW, _DONE = range(4)
_FOOT_PX = 68


class ShareWizard(QWidget):
    """The whole way.

    Signals:
        closed: Back to where it began.
        shared: Something was handed over or noted: the log changed.
        log_requested: Show the log.
    """

    closed = Signal()
    shared = Signal()
    log_requested = Signal()

    def __init__(self, background: Background, session: Session, rows: Sequence[StoredCredential],
                 chosen: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("share_wizard")
        self.setProperty("ground", "content")
        self._background = background
        self._session = session
        self._titles = {one.id: one.title for one in rows}
        self._bundle: Bundle | None = None
        self._left_out: dict[str, tuple[str, ...]] = {}
        whole = column(self)
        whole.addLayout(self._build_head())
        self._failure = FailureBox()
        around = row()
        around.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.SMALL)
        around.addWidget(self._failure)
        whole.addLayout(around)
        self._stack = QStackedWidget()
        self.what = WhatStep(rows, chosen)
        self.terms = TermsStep(session.now())
        self.preview = PreviewStep()
        self.done = DoneStep()
        for step in (self.what, self.terms, self.preview, self.done):
            self._stack.addWidget(step)
        whole.addWidget(self._stack, 1)
        self._build_foot(whole)
        self._connect()
        self._go(_TERMS if chosen else _WHAT)

    @property
    def step(self) -> int:
        """The index of the present step."""
        return self._stack.currentIndex()

    def _build_head(self) -> QVBoxLayout:
        around = column()
        line = row(gap=Space.MEDIUM)
        line.setContentsMargins(Space.PAGE, Space.WIDE, Space.WIDE, Space.WIDE)
        self._steps = Steps((self.tr("What"), self.tr("For whom"), self.tr("Preview"), self.tr("Done")))
        line.addWidget(self._steps, 1)
        self._cancel = button(self.tr("Cancel"), kind="quiet", icon=Icon.CLOSE, name="share_cancel")
        self._cancel.clicked.connect(self.closed)
        line.addWidget(self._cancel)
        around.addLayout(line)
        return around

    def _build_foot(self, whole: QVBoxLayout) -> None:
        foot = QFrame()
        foot.setObjectName("share_foot")
        foot.setProperty("ground", "surface")
        foot.setMinimumHeight(_FOOT_PX)
        line = row(foot, gap=Space.MEDIUM)
        line.setContentsMargins(Space.PAGE, Space.LARGE, Space.PAGE, Space.LARGE)
        self._note_icon = IconLabel(Icon.INFO, 18, Ink.INFO)
        self._note = SafeLabel("", TextStyle.SMALL, wrapped=True)
        line.addWidget(self._note_icon)
        line.addWidget(self._note, 1)
        self._back = button(self.tr("Back"), name="share_back")
        self._back.clicked.connect(self._on_back)
        self._next = button("", kind="primary", name="share_next")
        self._next.clicked.connect(self.go_on)
        line.addWidget(self._back)
        line.addWidget(self._next)
        whole.addWidget(hairline())
        whole.addWidget(foot)

    def _connect(self) -> None:
        self.what.changed.connect(self._arrange)
        self.preview.leave_out_requested.connect(self._on_leave_out)
        self.preview.part_requested.connect(self._on_part)
        self.done.save_pack_requested.connect(self._on_save_pack)
        self.done.save_codes_requested.connect(self._on_save_codes)
        self.done.show_code_requested.connect(self.show_code)
        self.done.copy_text_requested.connect(self._on_copy_text)
        self.done.linkedin_requested.connect(self._on_linkedin)
        self.done.log_requested.connect(self.log_requested)

    def _go(self, step: int) -> None:
        self._failure.clear()
        self._stack.setCurrentIndex(step)
        self._steps.set_current(step)
        self._arrange()
        (self.what, self.terms, self.preview, self.done)[step].focus_first()

    def _arrange(self) -> None:
        step = self.step
        self._next.setText((self.tr("Next: for whom"), self.tr("Next: preview"), self.tr("Make the pack"),
                            self.tr("Done"))[step])
        self._next.setAccessibleName(self._next.text())
        self._next.setProperty("kind", "plain" if step == _DONE else "primary")
        self._next.style().unpolish(self._next)
        self._next.style().polish(self._next)
        self._next.setEnabled(step not in (_WHAT, _TERMS) or bool(self.what.ids()))
        self._back.setVisible(step != _WHAT)
        self._back.setText(self.tr("Change") if step == _DONE else self.tr("Back"))
        self._cancel.setVisible(step != _DONE)
        notes = (self.tr("Nothing leaves this computer before you hand the pack over."),
                 self.tr("Two packs made from the same credential can be recognised as the same."),
                 self.tr("This is read from the very bytes that would leave."), "")
        self._note.setText(notes[step])
        self._note_icon.setVisible(bool(notes[step]))

    def _set_busy(self, busy: bool) -> None:  # noqa: FBT001 - mirrors Qt's setters
        self._next.setEnabled(not busy)
        self._back.setEnabled(not busy)

    def _on_back(self) -> None:
        self._go(_TERMS if self.step == _DONE else self.step - 1)

    def go_on(self) -> None:
        """Take the next step."""
        if self.step == _WHAT:
            self._go(_TERMS)
        elif self.step == _TERMS:
            self._load_preview()
        elif self.step == _PREVIEW:
            self._make_pack()
        else:
            self.closed.emit()

    def _load_preview(self) -> None:
        session, ids, terms = self._session, self.what.ids(), self.terms.terms()
        left_out = dict(self._left_out)
        self._set_busy(True)
        self._background.run(self, lambda _progress: sharing.preview(session, ids, terms, left_out),
                             done=self._show_preview, failed=self._on_failed)

    def _show_preview(self, preview: Preview) -> None:
        self._set_busy(False)
        self.preview.show_preview(preview)
        self._go(_PREVIEW)
        self._next.setEnabled(bool(preview.items) and all(item.shareable for item in preview.items))

    def _on_leave_out(self, credential_id: str) -> None:
        self.what.model.untick(credential_id)
        if self.what.ids():
            self._load_preview()
        else:
            self._go(_WHAT)

    def _on_part(self, item: PreviewItem) -> None:
        """Let the learner tick what is shown of one credential, and look at the preview again."""
        dialog = PartDialog(item, self)

        def chosen(left_out: tuple[str, ...]) -> None:
            self._left_out[item.id] = left_out
            self._load_preview()

        dialog.left_out.connect(chosen)
        dialog.open()

    def _make_pack(self) -> None:
        session, ids, terms = self._session, self.what.ids(), self.terms.terms()
        left_out = dict(self._left_out)
        self._set_busy(True)
        self._background.run(self, lambda _progress: sharing.present(session, ids, terms, left_out),
                             done=self._show_bundle, failed=self._on_failed)

    def _show_bundle(self, bundle: Bundle) -> None:
        self._set_busy(False)
        self._bundle = bundle
        self.done.show_bundle(bundle, tuple(self._titles.get(one, "") for one in bundle.credential_ids))
        self._go(_DONE)

    def _on_failed(self, why: Reason) -> None:
        self._set_busy(False)
        self._failure.show_reason(why)

    def _on_save_pack(self) -> None:
        session, bundle = self._session, self._bundle
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the share pack"), "credentials.vcpack",
                                                self.tr("Share pack (*.vcpack)"))
        if chosen and bundle is not None:
            target = as_path(chosen, ".vcpack")
            self._background.run(
                self, lambda _progress: sharing.save_pack(session, bundle, target),
                done=lambda path: self._handed_over(self.tr("Saved as {name}.").format(name=path.name)),
                failed=self.done.show_failure)

    def _on_save_codes(self) -> None:
        session, bundle = self._session, self._bundle
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the QR code"), "credentials-qr.png",
                                                self.tr("Picture (*.png)"))
        if chosen and bundle is not None:
            target = as_path(chosen, ".png")
            self._background.run(
                self, lambda _progress: sharing.save_qr(session, bundle, target),
                done=lambda paths: self._handed_over(self.tr("Saved as {name}.").format(
                    name=", ".join(path.name for path in paths[:3]))),
                failed=self.done.show_failure)

    def show_code(self) -> None:
        """Show the QR code, and note it."""
        session, bundle = self._session, self._bundle
        if bundle is not None:
            self.done.code.set_busy(True)
            self._background.run(self, lambda _progress: sharing.show_qr(session, bundle),
                                 done=self._show_frames, failed=self.done.show_failure)

    def _show_frames(self, frames: tuple[QrFrame, ...]) -> None:
        self.done.code.show_frames(frames)
        self._handed_over(self.tr("Shown on this screen, and noted in your log."))

    def _on_copy_text(self) -> None:
        session, bundle = self._session, self._bundle
        if bundle is not None:
            self._background.run(self, lambda _progress: sharing.carrier_text(session, bundle),
                                 done=self._copied, failed=self.done.show_failure)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.done.say(self.tr("Copied. Paste it where the receiver can read it."))

    def _on_linkedin(self) -> None:
        if self._bundle is not None:
            choices = tuple((one, self._titles.get(one, "")) for one in self._bundle.credential_ids)
            dialog = LinkedInDialog(self._background, self._session, choices, parent=self)
            dialog.finished.connect(self.shared)
            dialog.open()

    def _handed_over(self, sentence: str) -> None:
        self.done.say(sentence)
        self.shared.emit()
