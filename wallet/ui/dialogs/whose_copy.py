"""Whether another wallet's copy is the learner's own: what hers says is believed, a stranger's is hearsay."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wallet.ui.buttons import Segments
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import column
from wallet.ui.tokens import Space, TextStyle


class WhoseCopy(QWidget):
    """The question, its two answers, and what the chosen one means. The careful answer is chosen first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whose_copy")
        self.setProperty("ground", "none")
        lines = column(self, gap=Space.SMALL)
        question = self.tr("Is this copy one of your own?")
        lines.addWidget(SafeLabel(question, TextStyle.STRONG, wrapped=True))
        self._answer = Segments(((None, self.tr("No, or I am not sure")), (None, self.tr("Yes, I made it"))),
                                with_words=True)
        self._answer.setObjectName("whose_answer")
        self._answer.setAccessibleName(question)
        lines.addWidget(self._answer)
        self._about = SafeLabel("", TextStyle.SMALL, wrapped=True)
        lines.addWidget(self._about)
        self._answer.chosen.connect(self._on_chosen)
        self._on_chosen()

    def is_mine(self) -> bool:
        """Return whether she says that it is hers."""
        return self._answer.choice() == 1

    def _on_chosen(self) -> None:
        self._about.setText(self.tr(
            "Then everything in it counts as your own: its dates, its documents, and whom you believed "
            "there. Say so only if you made this copy yourself: whoever made it could make a forgery look "
            "genuine."
        ) if self.is_mine() else self.tr(
            "Then its credentials come in as of today and are checked here. The documents beside them count "
            "as what the sender says, and whom the other wallet believes stays there."))
