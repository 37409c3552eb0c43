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
from .dialogs.form import FormDialog
from .note_strip import NoteStrip
from .progress_strip import ProgressStrip

T = TypeVar("T")


class Ground(QObject):
    """The ground of one opened wallet.

    Signals:
        changed: The `Changes` that an errand made.
        idle: Nothing is watched any more, however it ended.
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
        self._watched: list[tuple[Task, str]] = []
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
            self._end(task)
            done(answer)

        def failed(why: Reason) -> None:
            self._end(task)
            self.fail(why)

        def step(at: int, total: int, label: str) -> None:
            if self._watched and self._watched[-1][0] is task:
                self._strip.show_step(at, total, label)

        self._strip.start(said)
        task = self.background.run(self, work, done=finished, failed=failed, progress=step)
        self._watched.append((task, said))

    def watch_in(self, dialog: FormDialog, said: str, work: Callable[[Progress], T],
                 done: Callable[[T], None]) -> None:
        """Do something while a dialog waits, with its progress there; closing the dialog stops it.

        Args:
            dialog: Where what fails is said, too.
            said: What is being done, while it is.
            work: Is given the progress to report to.
            done: Is given the answer.
        """
        dialog.set_busy(said)
        task = self.background.run(dialog, work, done=done, failed=dialog.show_failure,
                                   progress=dialog.show_step)
        dialog.rejected.connect(task.drop)

    def cancel(self) -> None:
        """Ask what is being watched to stop; what it did stays done."""
        if self._watched:
            self._watched[-1][0].cancel()

    def say(self, sentence: str, *, undo: Callable[[], None] | None = None, stays: bool = False) -> None:
        """Say what was done, with a way to take it back if there is one."""
        self._note.say(sentence, undo=undo, stays=stays)

    def fail(self, why: Reason) -> None:
        """Tell what could not be done; what the learner stopped herself needs no telling."""
        if why.code is not ReasonCode.CANCELLED:
            FailureDialog(why, self.window.window()).open()

    def tell(self, changes: Changes) -> None:
        """Let every view look at what changed."""
        self.changed.emit(changes)

    def _end(self, task: Task) -> None:
        """One of them is over, however it ended: another one, if there is any, goes on on the strip."""
        shown = self._watched[-1][0] is task
        self._watched = [one for one in self._watched if one[0] is not task]
        if not self._watched:
            self._strip.stop()
            self.idle.emit()
        elif shown:
            self._strip.start(self._watched[-1][1])
