"""The ground of an opened wallet: short and long wishes, stopping, failing, telling."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode, reason
from wallet.model.stored import Changes
from wallet.operations.progress import Progress, stop_if_cancelled
from wallet.ui.application import Desktop
from wallet.ui.dialogs.form import FormDialog
from wallet.ui.ground import Ground

Settle = Callable[[], None]


@pytest.fixture
def ground(sample_wallet: Desktop) -> Ground:
    workspace = sample_wallet.window.workspace
    assert workspace is not None
    return workspace._ground


def refuse() -> None:
    raise OperationError(reason(ReasonCode.DISK_FULL))


def test_a_short_wish_is_done_and_told(ground: Ground, settled: Settle) -> None:
    answers: list[int] = []
    ground.run(lambda: 7, answers.append)
    settled()
    assert answers == [7]


def test_what_cannot_be_done_is_said_in_words(ground: Ground, settled: Settle) -> None:
    ground.run(refuse, lambda _none: None)
    settled()
    assert ground.window.window().findChild(QWidget, "failure_dialog") is not None


def test_a_long_wish_can_be_stopped_and_needs_no_telling(ground: Ground, settled: Settle) -> None:
    begun = threading.Event()
    done: list[None] = []

    def long(progress: Progress) -> None:
        begun.set()
        for number in range(10_000):
            progress.step(number, 10_000, "")
            stop_if_cancelled(progress)
            threading.Event().wait(0.01)

    ground.watch("Working…", long, done.append)
    assert begun.wait(5)
    ground.cancel()
    settled()
    assert done == []
    assert ground._strip.isHidden()
    assert ground.window.window().findChild(QWidget, "failure_dialog") is None


def test_of_two_long_wishes_the_strip_shows_the_last_and_then_the_other(ground: Ground,
                                                                       settled: Settle) -> None:
    go_on = threading.Event()
    over: list[str] = []
    ground.idle.connect(lambda: over.append("idle"))
    ground.watch("First…", lambda _progress: go_on.wait(5), lambda _none: over.append("first"))
    ground.watch("Second…", stop_if_cancelled, lambda _none: over.append("second"))
    assert ground._strip._text.full_text == "Second…"
    ground.cancel()  # what is shown
    ground.run(refuse, lambda _none: None)
    go_on.set()
    settled()
    assert over == ["first", "idle"]
    assert ground._strip.isHidden()


def test_closing_a_dialog_stops_what_it_waits_for(ground: Ground, settled: Settle) -> None:
    begun, ended = threading.Event(), threading.Event()
    done: list[None] = []

    def long(progress: Progress) -> None:
        progress.step(1, 4, "")
        begun.set()
        while not progress.cancelled():
            threading.Event().wait(0.01)
        ended.set()

    dialog = FormDialog("Title", "", "Go", name="some_dialog", parent=ground.window.window())
    dialog.open()
    ground.watch_in(dialog, "Working…", long, done.append)
    assert begun.wait(5)
    QApplication.processEvents()
    assert not dialog._bar.isHidden()
    assert (dialog._bar.value(), dialog._bar.maximum()) == (1, 4)
    dialog.reject()
    assert ended.wait(5)
    settled()
    assert done == []


def test_what_changed_is_told_to_whoever_listens(ground: Ground) -> None:
    heard: list[Changes] = []
    ground.changed.connect(heard.append)
    ground.tell(Changes(shares=True))
    assert heard == [Changes(shares=True)]


def test_what_is_said_can_be_taken_back(ground: Ground) -> None:
    undone: list[bool] = []
    ground.say("Done.", undo=lambda: undone.append(True))
    ground._note._button.click()
    assert undone == [True]
