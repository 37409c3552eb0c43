"""Changing who gets in: quick unlock and what it means, another passphrase, code or data key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from wallet.model.reasons import Reason
from wallet.model.report import Level
from wallet.operations.keychain import DEFAULT_DAYS
from wallet.ui.buttons import Segments
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Notice, column
from wallet.ui.tokens import Space, TextStyle
from wallet.ui.views.recovery_steps import CodeStep, CompareStep

from .form import FormDialog
from .secret_fields import NewPassphrase, SecretField

_DAYS = (1, 7, DEFAULT_DAYS, 30, 90)
_CODE_WIDTH_PX = 600


class QuickUnlockDialog(FormDialog):
    """What quick unlock means, for how long, and the passphrase once more.

    Signals:
        given: The secret, and for how many days.
    """

    given = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Switch quick unlock on"),
            self.tr("This computer keeps a key for your wallet in its own password store. One button then "
                    "opens the wallet; the passphrase keeps working."),
            self.tr("Switch on"), name="quick_unlock_dialog", parent=parent)
        self.body.addWidget(Notice(Level.CARE, self.tr("What you give up"), self.tr(
            "Whoever has this computer while you are signed in, a thief too, can open your wallet without "
            "the passphrase. So can programs that run in your name.")))
        self.body.addWidget(SafeLabel(self.tr("Until it asks for the passphrase again"), TextStyle.STRONG))
        self._days = Segments(tuple((None, self.tr("{n} days").format(n=one) if one > 1 else self.tr("1 day"))
                                    for one in _DAYS), with_words=True)
        self._days.setObjectName("quick_days")
        self._days.choose(_DAYS.index(DEFAULT_DAYS))
        self.body.addWidget(self._days)
        self._secret = SecretField(self.tr("Your passphrase"))
        self._secret.changed.connect(self.arrange)
        self._secret.entered.connect(self._on_go)
        self.body.addWidget(self._secret)
        self.wished.connect(lambda: self.given.emit(self._secret.secret(), _DAYS[self._days.choice()]))
        self.arrange()

    def is_complete(self) -> bool:
        """Return whether the passphrase was typed."""
        return self._secret.secret() is not None


class PassphraseDialog(FormDialog):
    """The passphrase now, and another one twice.

    Signals:
        given: The secret that opens the wallet now, and the new passphrase.
    """

    given = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Change the passphrase"), "", self.tr("Change it"),
                         name="passphrase_dialog", parent=parent)
        self._secret = SecretField(self.tr("What opens your wallet now"))
        self._new = NewPassphrase(self.tr("New passphrase"))
        for field in (self._secret, self._new):
            field.changed.connect(self.arrange)
            self.body.addWidget(field)
        self.body.addWidget(SafeLabel(
            self.tr("Your recovery code stays as it is. Backups and copies made before still open with "
                    "the old "
                    "passphrase."), TextStyle.SMALL, wrapped=True))
        self.wished.connect(lambda: self.given.emit(self._secret.secret(), self._new.passphrase()))
        self.arrange()

    def is_complete(self) -> bool:
        """Return whether both are there."""
        return self._secret.secret() is not None and bool(self._new.passphrase())


class NewCodeDialog(FormDialog):
    """A secret, then a new recovery code, then that typed back.

    Signals:
        given: The secret that opens the wallet now, the passphrase from then on ("" to keep it), the code.
    """

    given = Signal(object, str, str)

    def __init__(self, code: str, *, anew: bool = False, parent: QWidget | None = None) -> None:
        """Make the dialog.

        Args:
            code: The new code, which opens nothing yet.
            anew: Whether everything is encrypted anew, with a new passphrase too.
            parent: Its parent.
        """
        title = self.tr("Encrypt everything anew") if anew else self.tr("New recovery code")
        super().__init__(title, "", self.tr("Show the new code"), name="new_code_dialog", parent=parent)
        self.setMinimumWidth(_CODE_WIDTH_PX)
        self._recovery_code = code
        self._ask = self._build_ask(anew=anew)
        self._code = CodeStep()
        self._compare = CompareStep(self.tr("Encrypt everything anew") if anew else self.tr("Use the new "
                                                                                            "code"))
        self._code.show_code(code)
        self._compare.expect(code)
        for step in (self._ask, self._code, self._compare):
            self.body.addWidget(step)
        self.wished.connect(lambda: self._turn(1))
        self._code.next.connect(lambda: self._turn(2))
        self._compare.back.connect(lambda: self._turn(1))
        self._compare.matched.connect(self._on_matched)
        self._turn(0)
        self.arrange()

    def is_complete(self) -> bool:
        """Return whether everything of the first step was typed."""
        return self._secret.secret() is not None and (self._new is None or bool(self._new.passphrase()))

    def show_failure(self, why: Reason) -> None:
        """Say why it was not done; the secret is asked for again."""
        super().show_failure(why)
        self._turn(0)

    def _build_ask(self, *, anew: bool) -> QWidget:
        step = QWidget()
        step.setProperty("ground", "none")
        lines = column(step, gap=Space.MEDIUM)
        lines.addWidget(SafeLabel(_about_rotation() if anew else _about_code(), wrapped=True))
        if anew:
            lines.addWidget(Notice(Level.CARE, self.tr("What it cannot do"), self.tr(
                "Copies and backups made before still open with the secrets of that time. Your own keys were "
                "in them too: replace them afterwards under “Your keys”.")))
        self._secret = SecretField(self.tr("What opens your wallet now"))
        self._secret.changed.connect(self.arrange)
        self._secret.entered.connect(self._on_go)
        lines.addWidget(self._secret)
        self._new = NewPassphrase(self.tr("New passphrase")) if anew else None
        if self._new is not None:
            self._new.changed.connect(self.arrange)
            lines.addWidget(self._new)
        return step

    def _on_matched(self) -> None:
        self._turn(0)
        self.set_busy(self.tr("One moment…"))
        self.given.emit(self._secret.secret(), self._new.passphrase() if self._new else "",
                        self._recovery_code)

    def _turn(self, index: int) -> None:
        for number, step in enumerate((self._ask, self._code, self._compare)):
            step.setVisible(number == index)
        self.show_buttons(index == 0)
        if index:
            (self._code, self._compare)[index - 1].focus_first()
        self.fit()


def _about_code() -> str:
    return QCoreApplication.translate(
        "NewCodeDialog", "The code you have now stops opening this wallet. It still opens backups and "
                         "copies made "
        "before. You see the new one next, and type its end back.")


def _about_rotation() -> str:
    return QCoreApplication.translate(
        "NewCodeDialog", "Your wallet gets a new key, a new passphrase and a new recovery code, and "
                         "everything in "
        "it is written anew. It is locked while this is done. Quick unlock ends.")
