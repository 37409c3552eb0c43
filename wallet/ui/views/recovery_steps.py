"""The recovery code: shown once with a QR picture and a sheet to print, then typed back from the paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from wallet.model.errors import OperationError, VaultError
from wallet.model.report import Level
from wallet.operations.files import atomic_write
from wallet.operations.recovery import recovery_qr, wrong_groups
from wallet.ui.buttons import Field, button
from wallet.ui.clipboard import copy_secret
from wallet.ui.failure_box import FailureBox
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Notice, column, panel, row
from wallet.ui.paths import as_path
from wallet.ui.qr_view import QrView
from wallet.ui.recovery_sheet import GROUPS_PER_LINE, groups_of, sheet_pdf
from wallet.ui.screen_capture import OutOfPictures
from wallet.ui.tokens import Ink, Space, TextStyle

_QR_PX = 168
_FIELD_PX = 480


class CodeStep(QWidget):
    """Show the recovery code, once.

    Signals:
        next: It was kept.
    """

    next = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        layout = column(self, gap=Space.MEDIUM)
        layout.addWidget(SafeLabel(self.tr("Keep your recovery code"), TextStyle.SUBTITLE, wrapped=True))
        layout.addWidget(SafeLabel(
            self.tr("If you forget the passphrase, this code opens your wallet. It is shown only now. Print "
                    "it, or write it down, and keep it away from this computer."),
            TextStyle.BODY, ink=Ink.TEXT_2, wrapped=True))
        layout.addWidget(self._build_sheet())
        line = row(gap=Space.MEDIUM)
        save = button(self.tr("Save sheet as PDF"), icon=Icon.PRINT, name="save_sheet")
        save.clicked.connect(self._on_save)
        copy = button(self.tr("Copy"), icon=Icon.COPY, name="copy_code")
        copy.clicked.connect(lambda: copy_secret(self._code))
        line.addWidget(save)
        line.addWidget(copy)
        line.addStretch(1)
        layout.addLayout(line)
        self._said = SafeLabel("", TextStyle.SMALL, wrapped=True)
        layout.addWidget(self._said)
        self._failure = FailureBox()
        layout.addWidget(self._failure)
        layout.addWidget(Notice(Level.INFO, "", self.tr(
            "Whoever has this code and a copy of your wallet can open it. A copied code is taken back from "
            "the clipboard after 30 seconds.")))
        layout.addSpacing(Space.SMALL)
        self._go_on = button(self.tr("I have kept it"), kind="primary", size="large", name="code_kept")
        self._go_on.clicked.connect(self.next)
        layout.addWidget(self._go_on, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        OutOfPictures(self)

    def _build_sheet(self) -> QWidget:
        sheet = panel("card")
        sheet.setObjectName("recovery_code")
        line = row(sheet, margin=Space.WIDE, gap=Space.WIDE)
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.LARGE)
        line.addLayout(self._grid, 1)
        self._qr = QrView(_QR_PX)
        self._qr.setFixedSize(_QR_PX, _QR_PX)
        line.addWidget(self._qr)
        return sheet

    def show_code(self, recovery_code: str) -> None:
        """Show the groups in order; an empty code clears them."""
        self._code = recovery_code
        self._show_picture()
        self._say("")
        self._failure.clear()
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for index, group in enumerate(groups_of(recovery_code)):
            label = SafeLabel(group, TextStyle.VERDICT, selectable=True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(label, index // GROUPS_PER_LINE, index % GROUPS_PER_LINE)

    def _show_picture(self) -> None:
        try:
            picture = recovery_qr(self._code)[0].png
        except VaultError:  # no code, or none of ours
            picture = b""
        self._qr.set_picture(picture, self.tr("The recovery code as a QR picture"))
        self._qr.setVisible(bool(picture))

    def focus_first(self) -> None:
        """Put the focus where one goes on."""
        self._go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the recovery sheet"),
                                                "recovery-sheet.pdf", self.tr("PDF (*.pdf)"))
        if not chosen:
            return
        self._failure.clear()
        try:
            atomic_write(as_path(chosen, ".pdf"), sheet_pdf(self._code))
        except OperationError as error:
            self._failure.show_reason(error.reason)
            return
        self._say(self.tr("Saved. Print it, then delete the file from this computer."))

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))


class CompareStep(QWidget):
    """The whole code, typed back.

    Signals:
        matched: It is the code's.
        back: Show the code again.
    """

    matched = Signal()
    back = Signal()

    def __init__(self, action: str) -> None:
        super().__init__()
        self._code = ""
        layout = column(self, gap=Space.MEDIUM)
        layout.addWidget(SafeLabel(self.tr("Type your code back"), TextStyle.SUBTITLE, wrapped=True))
        layout.addWidget(SafeLabel(
            self.tr("All six groups, from the paper, so that you know that every sign is readable. Capitals, "
                    "spaces and dashes do not matter."), TextStyle.BODY, ink=Ink.TEXT_2, wrapped=True))
        self._field = Field("", label=self.tr("Recovery code"), size="large")
        self._field.setObjectName("typed_code")
        self._field.setMaximumWidth(_FIELD_PX)
        self._wrong = SafeLabel("", TextStyle.SMALL, ink=Ink.PROBLEM, wrapped=True)
        layout.addWidget(self._field)
        layout.addWidget(self._wrong)
        line = row(gap=Space.MEDIUM)
        done = button(action, kind="primary", size="large", name="open_wallet")
        done.clicked.connect(self._on_done)
        again = button(self.tr("Show the code again"), size="large", name="code_again")
        again.clicked.connect(self.back)
        line.addWidget(done)
        line.addWidget(again)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addStretch(1)
        self._field.returnPressed.connect(self._on_done)
        self._field.textEdited.connect(lambda: self._say(""))

    def expect(self, code: str) -> None:
        """Take the code to compare with; "" forgets it."""
        self._code = code
        self._field.clear()
        self._say("")

    def focus_first(self) -> None:
        """Put the cursor into the field."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_done(self) -> None:
        typed = self._field.text()
        wrong = wrong_groups(typed, self._code) if self._code else ()
        if self._code and not wrong:
            self.matched.emit()
            return
        self._say(self._where(wrong) if typed.strip() else self.tr("Type the code from your sheet."))
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _where(self, wrong: tuple[int, ...]) -> str:
        """Say where to look; what stands there is on the sheet."""
        if len(wrong) == 1:
            return self.tr("Look at group {n} again: it is not what your sheet says.").format(n=wrong[0])
        if len(wrong) < len(groups_of(self._code)):
            before, last = ", ".join(map(str, wrong[:-1])), wrong[-1]
            return self.tr("Look at groups {some} and {last} again: they are not what your sheet "
                           "says.").format(some=before, last=last)
        return self.tr("That is not your code. Compare it with your sheet, or show the code again.")

    def _say(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        self._field.set_wrong(sentence)
