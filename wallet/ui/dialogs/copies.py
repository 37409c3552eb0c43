"""Another copy of the wallet: opened to test it, or compared with the present one before it is brought in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet.model.report import Level
from wallet.operations.merge import Comparison, Copy, Relation
from wallet.operations.upkeep import BackupSummary
from wallet.ui.check_panel import clear
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Notice, column
from wallet.ui.tokens import Space, TextStyle
from wallet.ui.wording import counted, date_and_time

from .form import FormDialog
from .secret_fields import SecretField
from .whose_copy import WhoseCopy

_SHOWN = 5


class TestDialog(FormDialog):
    """The secret of a backup, then what it holds.

    Signals:
        given: The secret.
    """

    given = Signal(object)
    __test__ = False

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Test a backup"),
            self.tr("All of “{name}” is read and compared with its seal. It opens with the passphrase or the "
                    "recovery code of its day.").format(name=name),
            self.tr("Test it"), name="test_dialog", parent=parent)
        self._secret = SecretField(self.tr("What opens this backup"))
        self._secret.changed.connect(self.arrange)
        self._secret.entered.connect(self._on_go)
        self.body.addWidget(self._secret)
        self._found = column()
        self.body.addLayout(self._found)
        self.wished.connect(lambda: self.given.emit(self._secret.secret()))
        self.arrange()

    def is_complete(self) -> bool:
        """Return whether a secret was typed."""
        return self._secret.secret() is not None

    def show_summary(self, summary: BackupSummary) -> None:
        """Say what it holds."""
        self.set_busy("")
        clear(self._found)
        held = counted(summary.credentials, "%n credential", "%n credentials")
        if summary.binned:
            held += ", " + counted(summary.binned, "%n in the bin", "%n in the bin")
        self._found.addWidget(Notice(Level.GOOD, self.tr("It opens, and it is whole."), self.tr(
            "Made on {date}. It holds {held}.").format(date=date_and_time(summary.created), held=held)))
        self._secret.hide()
        self.show_buttons(False)
        self.set_cancel(self.tr("Close"))
        self.fit()


class CompareDialog(FormDialog):
    """Which secret, then what is only here and only there, then whether to bring it in.

    Signals:
        compare_wished: The secret, None where none is needed.
        merge_wished: The same, after the comparison was seen, and whether that copy is the learner's own.
    """

    compare_wished = Signal(object)
    merge_wished = Signal(object, bool)

    def __init__(self, name: str, *, needs_secret: bool, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Compare with another copy"),
            self.tr("“{name}” is opened beside your wallet. Nothing is changed until you say so.").format(
                name=name),
            self.tr("Compare"), name="compare_dialog", parent=parent)
        self._compared = False
        self._whose: WhoseCopy | None = None
        self._secret = SecretField(self.tr("What opens that copy")) if needs_secret else None
        if self._secret is not None:
            self._secret.changed.connect(self.arrange)
            self._secret.entered.connect(self._on_go)
            self.body.addWidget(self._secret)
        self._found = column(gap=Space.MEDIUM)
        self.body.addLayout(self._found)
        self.wished.connect(self._on_wished)
        self.arrange()

    def is_complete(self) -> bool:
        """Return whether the secret is there if one is needed."""
        return self._secret is None or self._secret.secret() is not None

    def show_comparison(self, found: Comparison) -> None:
        """Show in what the two differ."""
        self._compared = True
        self.set_busy("")
        clear(self._found)
        level, headline, text = self._headline(found)
        self._found.addWidget(Notice(level, headline, text))
        for name, copies in ((self.tr("Only in that copy"), found.only_there),
                             (self.tr("Only in your wallet"), found.only_here)):
            self._found.addLayout(_listed(f"{name}: {len(copies)}", copies))
        self._found.addWidget(SafeLabel(self.tr("In both: {n}").format(n=found.both), TextStyle.STRONG))
        beside = sum(there > here for _name, here, there in found.beside)
        if beside:
            self._found.addWidget(SafeLabel(
                self.tr("It also has more of your own words, bundles or records."), TextStyle.SMALL,
                wrapped=True))
        if self._secret is not None:
            self._secret.hide()
        gains = bool(found.only_there) or beside > 0 or found.relation in (Relation.NEWER, Relation.DIVERGED)
        if gains and not found.is_own:
            self._whose = WhoseCopy()
            self._found.addWidget(self._whose)
        self.set_action(self.tr("Bring it in"))
        self.show_buttons(gains)
        if not gains:
            self.set_cancel(self.tr("Close"))
        self.fit()

    def _headline(self, found: Comparison) -> tuple[Level, str, str]:
        safe = self.tr("Bringing it in adds what is missing. Nothing comes in twice and nothing is deleted.")
        return {
            Relation.SAME: (Level.GOOD, self.tr("The two are the same."), ""),
            Relation.OLDER: (Level.INFO, self.tr("That copy is older."),
                             self.tr("Every credential in it is in your wallet too.")),
            Relation.NEWER: (Level.CARE, self.tr("That copy is newer than your wallet."), safe),
            Relation.DIVERGED: (Level.CARE, self.tr("Both were changed."), safe),
            Relation.OTHER_WALLET: (Level.INFO, self.tr("It is a copy of another wallet."), safe),
        }[found.relation]

    def _on_wished(self) -> None:
        secret = self._secret.secret() if self._secret else None
        if self._compared:
            self.merge_wished.emit(secret, self._whose is None or self._whose.is_mine())
        else:
            self.compare_wished.emit(secret)


def _listed(name: str, copies: Sequence[Copy]) -> QVBoxLayout:
    lines = column(gap=2)
    lines.addWidget(SafeLabel(name, TextStyle.STRONG))
    for one in copies[:_SHOWN]:
        lines.addWidget(SafeLabel(f"{one.title} · {one.issuer_name}", TextStyle.SMALL, untrusted=True,
                                  elided=True))
    if len(copies) > _SHOWN:
        rest = len(copies) - _SHOWN
        lines.addWidget(SafeLabel(counted(rest, "and %n more", "and %n more"), TextStyle.CAPTION))
    return lines
