"""What every errand in an opened wallet stands on: the thread door, the strips, and who is told of changes.

Made with the workspace and destroyed with it. An errand never touches a page it does not own; it says what
changed, and the views look for themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallet.model.reasons import Reason, ReasonCode
from wallet.model.stored import Changes
from wallet.operations.progress import Progress
from wallet.operations.session import Session

from .background import Background, Task
from .dialogs.dialog import FailureDialog
from .note_strip import NoteStrip
from .progress_strip import ProgressStrip

T = TypeVar("T")


class Ground(QObject):
    """The ground of one opened wallet.

    Signals:
        changed: The `Changes` that an errand made.
        idle: What was watched is over, however it ended.
    """

    changed = Signal(object)
    idle = Signal()

    def __init__(self, background: Background, session: Session, strip: ProgressStrip, note: NoteStrip,
                 window: QWidget) -> None:
        super().__init__(window)
        self.background = background
        self.session = session
        self.window = window
        self._strip = strip
        self._note = note
        self._task: Task | None = None
        strip.cancel_requested.connect(self.cancel)

    def run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do something short behind the thread door."""
        self.background.run(self, lambda _progress: work(), done=done, failed=self.fail)

    def watch(self, said: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        """Do something long, with its progress on the strip and a way to stop it.

        Args:
            said: What is being done, while it is.
            work: Is given the progress to report to.
            done: Is given the answer, after the strip is gone.
        """
        def finished(answer: T) -> None:
            self._end()
            done(answer)

        self._strip.start(said)
        self._task = self.background.run(self, work, done=finished, failed=self.fail,
                                         progress=self._strip.show_step)

    def cancel(self) -> None:
        """Ask what is being watched to stop; what it did stays done."""
        if self._task is not None:
            self._task.cancel()

    def say(self, sentence: str, *, undo: Callable[[], None] | None = None, stays: bool = False) -> None:
        """Say what was done, with a way to take it back if there is one."""
        self._note.say(sentence, undo=undo, stays=stays)

    def fail(self, why: Reason) -> None:
        """Tell what could not be done; what the learner stopped herself needs no telling."""
        self._end()
        if why.code is not ReasonCode.CANCELLED:
            FailureDialog(why, self.window.window()).open()

    def tell(self, changes: Changes) -> None:
        """Let every view look at what changed."""
        self._strip.stop()
        self.changed.emit(changes)

    def _end(self) -> None:
        self._task = None
        self._strip.stop()
        self.idle.emit()
