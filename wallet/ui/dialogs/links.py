"""Several web addresses in a form: one line each, added and removed. They are listed, never opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet.operations.documents import MAX_ENTRY_LINKS, typed_link
from wallet.ui.buttons import Field, button, icon_button
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import ScrollColumn, column, row
from wallet.ui.tokens import Ink, Space, TextStyle

_ROOM = QSize(440, 176)
_EDGES_PX = 8


class LinksEditor(QWidget):
    """The lines.

    Signals:
        changed: Something was typed, added or removed.
    """

    changed = Signal()

    def __init__(self, links: Sequence[str], *, first_fixed: bool = False,
                 parent: QWidget | None = None) -> None:
        """Show these links.

        Args:
            links: As they are kept.
            first_fixed: Whether the first is what the form is about, and stays.
            parent: Its parent.
        """
        super().__init__(parent)
        self._fields: list[Field] = []
        whole = column(self, gap=Space.SMALL)
        whole.addWidget(SafeLabel(self.tr("Links"), TextStyle.STRONG, wrapped=True))
        inner = QWidget()
        inner.setProperty("ground", "none")
        self._lines: QVBoxLayout = column(inner, gap=Space.SMALL)
        self._room = _Room(inner)
        whole.addWidget(self._room)
        self._wrong = SafeLabel(self.tr("A link is a web address, like https://example.org/page."),
                                TextStyle.SMALL, ink=Ink.CARE, wrapped=True)
        self._wrong.setObjectName("details_link_wrong")
        whole.addWidget(self._wrong)
        self._more = button(self.tr("Add a link"), icon=Icon.ADD, size="small", name="details_link_add")
        self._more.clicked.connect(self._on_add)
        whole.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        for number, one in enumerate(links or ("",)):
            self._add(one, fixed=first_fixed and not number)
        self._arrange()

    def links(self) -> tuple[str, ...]:
        """Return the addresses as they will be kept, in their order; empty lines are none."""
        found = (typed_link(one.text()) for one in self._fields)
        return tuple(dict.fromkeys(one for one in found if one))

    def is_complete(self) -> bool:
        """Return whether every line is an address, or empty; the others are marked."""
        wrong = [one for one in self._fields if one.text().strip() and not typed_link(one.text())]
        for one in self._fields:
            one.set_wrong(self.tr("This is no web address") if one in wrong else "")
        self._wrong.setVisible(bool(wrong))
        return not wrong

    def _add(self, text: str, *, fixed: bool = False) -> Field:
        line = QWidget()
        line.setProperty("ground", "none")
        inside = row(line, gap=Space.SMALL)
        field = Field("", icon=Icon.LINK, label=self.tr("Link"))
        field.setObjectName("details_link")
        field.setText(text)
        field.textChanged.connect(self.changed)
        remove = icon_button(Icon.BIN, self.tr("Remove this link"), name="details_link_remove")
        remove.clicked.connect(lambda: self._remove(field, line))
        remove.setEnabled(not fixed)
        field.setReadOnly(fixed)
        inside.addWidget(field, 1)
        inside.addWidget(remove)
        self._fields.append(field)
        self._lines.addWidget(line)
        line.show()  # at once, so that there is room for it
        return field

    def _on_add(self) -> None:
        field = self._add("")
        self._arrange()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, field: Field, line: QWidget) -> None:
        self._fields.remove(field)
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._arrange()
        self._more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        self._more.setEnabled(len(self._fields) < MAX_ENTRY_LINKS)
        self._room.setVisible(bool(self._fields))
        self._room.updateGeometry()
        self.changed.emit()


class _Room(ScrollColumn):
    """As high as its lines, up to a bound; then it scrolls."""

    def sizeHint(self) -> QSize:
        """Return the height of the lines."""
        inner = self.widget()
        layout = inner.layout() if inner else None
        wanted = layout.sizeHint().height() + _EDGES_PX if layout else 0
        return QSize(_ROOM.width(), min(wanted, _ROOM.height()))

    def minimumSizeHint(self) -> QSize:
        """Ask for the same."""
        return self.sizeHint()
