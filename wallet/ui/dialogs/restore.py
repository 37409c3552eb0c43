"""Making a wallet from a backup file, in a folder where there is none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QProgressBar, QWidget

from wallet.model.reasons import Reason
from wallet.operations.upkeep import BACKUP_ENDING
from wallet.operations.wallets import wallet_exists
from wallet.ui.buttons import button
from wallet.ui.failure_box import FailureBox
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import row
from wallet.ui.tokens import Ink, TextStyle

from .dialog import dialog_frame
from .secret_fields import SecretField

_WIDTH_PX = 560


class RestoreDialog(QDialog):
    """Which backup, which secret, which folder.

    Signals:
        restore_requested: The backup file, the folder, and a `Passphrase` or a `RecoveryCode`.
    """

    restore_requested = Signal(object, object, object)

    def __init__(self, usual_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: Path | None = None
        self._folder = usual_folder
        layout = dialog_frame(self, self.tr("Restore from a backup"), width=_WIDTH_PX)
        self.setObjectName("restore_dialog")
        layout.addWidget(SafeLabel(
            self.tr("The backup opens with the passphrase or the recovery code of its time. An existing "
                    "wallet is never written over."), ink=Ink.TEXT_2, wrapped=True))
        self._source_name = SafeLabel(self.tr("No file chosen"), untrusted=True, elided=True)
        layout.addLayout(self._chooser(self.tr("Choose backup…"), "choose_backup", self._source_name,
                                       self._on_source))
        self._secret = SecretField(self.tr("What opens this backup"))
        self._secret.changed.connect(self._arrange)
        self._secret.entered.connect(self._on_restore)
        layout.addWidget(self._secret)
        self._folder_name = SafeLabel("", TextStyle.SMALL, untrusted=True, elided=True)
        layout.addLayout(self._chooser(self.tr("Other folder…"), "choose_folder", self._folder_name,
                                       self._on_folder))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setObjectName("dialog_progress")
        self._bar.setAccessibleName(self.tr("Restoring…"))
        self._bar.hide()
        layout.addWidget(self._bar)
        self._failure = FailureBox()
        layout.addWidget(self._failure)
        line = row(gap=12)
        line.addStretch(1)
        cancel = button(self.tr("Cancel"), name="restore_cancel")
        cancel.clicked.connect(self.reject)
        self._restore = button(self.tr("Restore"), kind="primary", name="restore_go")
        self._restore.clicked.connect(self._on_restore)
        line.addWidget(cancel)
        line.addWidget(self._restore)
        layout.addLayout(line)
        self._arrange()

    def set_source(self, path: Path) -> None:
        """Take a backup file."""
        self._source = path
        self._source_name.setText(path.name)
        self._arrange()

    def show_step(self, done: int, total: int, _label: str) -> None:
        """Say how far it is."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._bar.show()

    def show_failure(self, why: Reason) -> None:
        """Say why it was not restored."""
        self._bar.hide()
        self._failure.show_reason(why)
        self._arrange()

    def _chooser(self, text: str, name: str, label: SafeLabel, chosen: object) -> QHBoxLayout:
        line = row(gap=12)
        choose = button(text, name=name)
        choose.clicked.connect(chosen)
        line.addWidget(choose)
        line.addWidget(label, 1)
        return line

    def _arrange(self) -> None:
        taken = wallet_exists(self._folder)
        self._folder_name.setText(
            self.tr("There is a wallet in the usual place already: choose an empty folder") if taken
            else self.tr("into the folder “{name}”").format(name=self._folder.name))
        self._restore.setEnabled(self._source is not None and self._secret.secret() is not None and not taken)
        self._restore.setText(self.tr("Restore"))

    def _on_source(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a backup"), "",
            self.tr("Wallet backup (*{ending})").format(ending=BACKUP_ENDING))
        if chosen:
            self.set_source(Path(chosen))

    def _on_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose an empty folder"))
        if chosen:
            self._folder = Path(chosen)
            self._arrange()

    def _on_restore(self) -> None:
        secret = self._secret.secret()
        if self._source is None or secret is None or not self._restore.isEnabled():
            return
        self._failure.clear()
        self._restore.setEnabled(False)
        self._restore.setText(self.tr("Restoring…"))
        self.restore_requested.emit(self._source, self._folder, secret)
