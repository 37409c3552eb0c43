"""A key out into a file of its own, with the passphrase asked again; and a key in from a file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.model.report import Level
from wallet.ui.panels import Notice
from wallet.ui.tick import TickLine

from .form import FormDialog, add_field
from .secret_fields import NewPassphrase, SecretField


class KeyOutDialog(FormDialog):
    """The wallet's secret, and a passphrase for the file.

    Signals:
        given: The secret, the passphrase of the file ("" for none), and whether it is written in the clear.
    """

    given = Signal(object, str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Save a copy of this key"),
            self.tr("Who has this key can act in your name. The copy is locked with a passphrase of its own; "
                    "take another one than your wallet's."),
            self.tr("Choose where…"), name="key_out_dialog", parent=parent)
        self._secret = SecretField(self.tr("Your passphrase"))
        self._new = NewPassphrase(self.tr("Passphrase of the file"))
        self._plain = TickLine(self.tr("Without a passphrase: another program needs it so"))
        self._plain.setObjectName("key_plain")
        self._warning = Notice(Level.PROBLEM, self.tr("Anybody who gets this file can act in your name."),
                               self.tr("Delete the file as soon as the other program has it."))
        self._warning.hide()
        for part in (self._secret, self._new, self._plain, self._warning):
            self.body.addWidget(part)
        self._plain.toggled.connect(self._on_plain)
        self._secret.changed.connect(self.arrange)
        self._new.changed.connect(self.arrange)
        self.wished.connect(lambda: self.given.emit(self._secret.secret(), self._new.passphrase(),
                                                    self._plain.isChecked()))
        self.arrange()

    def is_complete(self) -> bool:
        """Return whether the secrets are there that are needed."""
        return self._secret.secret() is not None and (self._plain.isChecked() or bool(self._new.passphrase()))

    def _on_plain(self, plain: bool) -> None:  # noqa: FBT001 - a slot
        self._new.setVisible(not plain)
        self._warning.setVisible(plain)
        self.arrange()
        self.fit()


class KeyInDialog(FormDialog):
    """What a key is called here, and the passphrase of its file if it has one.

    Signals:
        given: The label and the passphrase.
    """

    given = Signal(str, str)

    def __init__(self, name: str, *, is_locked: bool, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Bring a key in"),
            self.tr("The key in “{name}” becomes a further key of yours. The one that signs now goes on "
                    "signing.").format(name=name),
            self.tr("Bring it in"), name="key_in_dialog", parent=parent)
        self._label = add_field(self.body, self.tr("What you call it"), "key_label_field")
        self._secret = SecretField(self.tr("Passphrase of the file"), with_code=False) if is_locked else None
        if self._secret is not None:
            self.body.addWidget(self._secret)
            self._secret.changed.connect(self.arrange)
            self._secret.entered.connect(self._on_go)
        self.wished.connect(self._on_wished)
        self.arrange()

    def is_complete(self) -> bool:
        """Return whether the passphrase is there if one is needed."""
        return self._secret is None or bool(self._secret.field.text())

    def _on_wished(self) -> None:
        self.given.emit(self._label.text().strip(), self._secret.field.text() if self._secret else "")
