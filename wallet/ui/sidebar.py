"""The sections of an open wallet, as a sidebar or, in a narrow window, as a rail of icons."""

from __future__ import annotations

from enum import IntEnum, unique

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QToolButton, QWidget

from .buttons import icon_button, icon_size, nav_button
from .icons import Icon
from .labels import SafeLabel
from .panels import column, row
from .tokens import Space, TextStyle
from .untrusted_text import tooltip
from .views.illustrations import Mark

_WIDE_PX = 220
_RAIL_PX = 64
_MARK_PX = 26


@unique
class Section(IntEnum):
    """The sections, in the order of their shortcuts (Ctrl+1, Ctrl+2 and so on)."""

    CREDENTIALS = 0
    BUNDLES = 1
    SHARED_LOG = 2
    VERIFY = 3
    SETTINGS = 4


class Sidebar(QFrame):
    """Navigation.

    Signals:
        chosen: The `Section` somebody wants to see.
        lock_requested: Close the wallet.
    """

    chosen = Signal(int)
    lock_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setProperty("ground", "window")
        self._rail = False
        self._group = QButtonGroup(self)
        self._layout = column(self, gap=2)
        self._layout.setContentsMargins(Space.MEDIUM, Space.LARGE, Space.MEDIUM, Space.MEDIUM)
        self._build_name()
        self._entries: list[tuple[QToolButton, str, str]] = []
        self._add(Section.CREDENTIALS, Icon.CREDENTIALS, self.tr("Credentials"), "nav_credentials")
        self._add(Section.BUNDLES, Icon.BUNDLE, self.tr("Bundles"), "nav_bundles")
        self._add(Section.SHARED_LOG, Icon.LOG, self.tr("Shared log"), "nav_shared_log")
        self._add(Section.VERIFY, Icon.VERIFY, self.tr("Verify"), "nav_verify")
        self._layout.addStretch(1)
        self._add(Section.SETTINGS, Icon.SETTINGS, self.tr("Settings"), "nav_settings")
        self._lock = nav_button(Icon.LOCK, self.tr("Lock"), name="nav_lock", parent=self)
        self._lock.setCheckable(False)
        self._lock.clicked.connect(self.lock_requested)
        self._place(self._lock, self.tr("Lock"), self.tr("Ctrl L"))
        self._group.idClicked.connect(self.chosen)
        self.setFixedWidth(_WIDE_PX)

    def show_section(self, section: Section) -> None:
        """Mark a section as the present one, without telling anybody."""
        self._group.button(section).setChecked(True)

    def set_count(self, section: Section, count: int) -> None:
        """Show how many there are, or nothing for none."""
        entry = self._group.button(section)
        label = entry.findChild(SafeLabel)
        if isinstance(label, SafeLabel):
            label.setText(str(count) if count else "")

    def set_menu(self, menu: QMenu) -> None:
        """Hang the window's menu on its button."""
        self._menu.setMenu(menu)

    def set_rail(self, rail: bool) -> None:  # noqa: FBT001 - mirrors Qt's setters
        """Show icons only, or icons and words."""
        if rail == self._rail:
            return
        self._rail = rail
        self.setFixedWidth(_RAIL_PX if rail else _WIDE_PX)
        self._name.setVisible(not rail)
        self._menu.setVisible(not rail)
        for entry, text, _ in self._entries:
            entry.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly if rail
                                     else Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            entry.setIconSize(icon_size(20 if rail else 18))
            entry.setToolTip(tooltip(text) if rail else "")
            for label in entry.findChildren(SafeLabel):
                label.setVisible(not rail)

    def _build_name(self) -> None:
        line = row(gap=Space.MEDIUM)
        line.setContentsMargins(Space.SMALL, Space.TINY, 0, Space.CARD)
        line.addWidget(Mark(_MARK_PX))
        self._name = SafeLabel(self.tr("Wallet"), TextStyle.CARD)
        line.addWidget(self._name)
        line.addStretch(1)
        self._menu = icon_button(Icon.MENU, self.tr("Menu"), name="menu_button")
        self._menu.setProperty("kind", "quiet")
        line.addWidget(self._menu)
        self._layout.addLayout(line)

    def _add(self, section: Section, icon: Icon, text: str, name: str) -> None:
        entry = nav_button(icon, text, name=name, parent=self)
        self._group.addButton(entry, section)
        self._place(entry, text, "")

    def _place(self, entry: QToolButton, text: str, hint: str) -> None:
        entry.setText(f"  {text}")
        over = row(entry)
        over.setContentsMargins(0, 0, Space.MEDIUM, 0)
        over.addStretch(1)
        label = SafeLabel(hint, TextStyle.CAPTION, parent=entry)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.addWidget(label)
        self._entries.append((entry, text, hint))
        self._layout.addWidget(entry)
