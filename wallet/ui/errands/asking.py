"""The window's one way to the web: the sheet, the leave, the door, and who is being asked just now.

Every errand that needs something from the web says what it would ask; nothing is asked before the learner
has said so, on the sheet or before it. While the wallet is offline the sheet comes each time, also for sites
that she always allows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import shiboken6
from PySide6.QtCore import QObject, Signal

from wallet.model.network import FetchOutcome, LedgerEntry, Permission
from wallet.operations.network import Door, Ledger
from wallet.operations.progress import Progress, stop_if_cancelled
from wallet.operations.sheet import Sheet, open_door
from wallet.ui.dialogs.network_sheet import NetworkSheet
from wallet.ui.ground import Ground
from wallet.ui.wording import reason_text

#: What is done once the leave is there. It runs on the main thread and is given the door.
Wish = Callable[[Door], None]


@dataclass(frozen=True, slots=True)
class ToldLedger:
    """A ledger that tells whom each line names, before it is written."""

    kept: Ledger
    tell: Callable[[str], None]

    def begin(self, entry: LedgerEntry) -> int:
        """Tell, then write the line."""
        self.tell(entry.host)
        return self.kept.begin(entry)

    def end(self, line: int, outcome: FetchOutcome, size: int) -> None:
        """Write how it ended."""
        self.kept.end(line, outcome, size)


class Asking(QObject):
    """Leave to ask the web.

    Signals:
        host_asked: The host that is asked just now, "" when it is over.
        online_changed: Whether sites that are always allowed are asked without a sheet.
    """

    host_asked = Signal(str)
    online_changed = Signal(bool)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._ground = ground
        self._online = False
        ground.idle.connect(lambda: self.host_asked.emit(""))

    @property
    def online(self) -> bool:
        """Whether a standing leave counts. Off whenever a wallet is opened."""
        return self._online

    def set_online(self, online: bool) -> None:  # noqa: FBT001 - mirrors Qt's setters
        """Go online or offline."""
        if online is not self._online:
            self._online = online
            self.online_changed.emit(online)

    def ask(self, planned: Callable[[], Sheet], wish: Wish, *, nothing: str = "") -> None:
        """Show what would be asked, and go on with the door if the learner allows it.

        Args:
            planned: Says what would be asked; runs behind the thread door.
            wish: What is done then.
            nothing: What is said when there is nothing to ask.
        """
        def looked(progress: Progress) -> Sheet:
            sheet = planned()
            stop_if_cancelled(progress)
            return sheet

        self._ground.watch(self.tr("Looking what there is to ask…"), looked,
                           lambda sheet: self._planned(sheet, wish, nothing))

    def _planned(self, sheet: Sheet, wish: Wish, nothing: str) -> None:
        if not sheet.hosts:
            why = " ".join(reason_text(one) for one in sheet.refused)
            self._ground.say(why or nothing or self.tr("There is nothing to ask."), stays=bool(why))
        elif self._online and sheet.standing is not None:
            self._go(lambda: self._standing(sheet, sheet.standing), wish)
        else:
            shown = NetworkSheet(sheet, offline=not self._online, parent=self._ground.window.window())
            session = self._ground.session
            shown.allowed.connect(lambda hosts, for_keeps: self._go(
                lambda: open_door(session, hosts, for_keeps=for_keeps), wish))
            shown.open()

    def _tell(self, host: str) -> None:
        """Runs on a worker, perhaps while the wallet is being locked."""
        if shiboken6.isValid(self):
            self.host_asked.emit(host)

    def _standing(self, sheet: Sheet, leave: Permission | None) -> Door:
        return self._ground.session.door(leave or Permission.HOST, sheet.names)

    def _go(self, opened: Callable[[], Door], wish: Wish) -> None:
        def told(door: Door) -> None:
            wish(replace(door, ledger=ToldLedger(door.ledger, self._tell)))

        self._ground.run(opened, told)
