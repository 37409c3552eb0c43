"""The thread door: answers arrive on the main thread, failures become reasons, gone owners hear nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from wallet.model.errors import CancelledError, VaultError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.operations.progress import Progress
from wallet.ui.background import Background, Lane


@pytest.fixture
def background() -> Iterator[Background]:
    door = Background()
    yield door
    door.close()


def _unwanted(why: Reason) -> None:
    pytest.fail(f"failed with {why.code.value}")


def test_the_answer_arrives_on_the_main_thread(qtbot: QtBot, background: Background) -> None:
    owner = QObject()
    seen: list[tuple[int, threading.Thread]] = []
    background.run(owner, lambda _progress: 6 * 7,
                   done=lambda value: seen.append((value, threading.current_thread())), failed=_unwanted)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(42, threading.main_thread())]
    assert not background.busy


def test_work_runs_elsewhere_and_the_vault_lane_is_always_the_same_thread(
        qtbot: QtBot, background: Background) -> None:
    owner = QObject()
    threads: list[str] = []
    for lane in (Lane.VAULT, Lane.CHECKS, Lane.VAULT):
        background.run(owner, lambda _progress: threading.current_thread().name, lane=lane,
                       done=threads.append, failed=_unwanted)
    qtbot.waitUntil(lambda: len(threads) == 3)
    vault = [name for name in threads if "vault" in name]
    assert len(vault) == 2
    assert len(set(vault)) == 1
    assert threading.main_thread().name not in threads


def test_a_wallet_error_brings_its_own_reason(qtbot: QtBot, background: Background) -> None:
    owner = QObject()
    reasons: list[Reason] = []

    def work(_progress: Progress) -> None:
        raise VaultError(reason(ReasonCode.VAULT_BUSY))

    background.run(owner, work, done=lambda _value: pytest.fail("it failed"), failed=reasons.append)
    qtbot.waitUntil(lambda: bool(reasons))
    assert reasons == [reason(ReasonCode.VAULT_BUSY)]


def test_the_unexpected_is_named_by_its_type_and_keeps_its_message_to_itself(
        qtbot: QtBot, background: Background, caplog: pytest.LogCaptureFixture) -> None:
    owner = QObject()
    reasons: list[Reason] = []

    def work(_progress: Progress) -> None:
        raise ZeroDivisionError("canary claim")

    background.run(owner, work, done=lambda _value: pytest.fail("it failed"), failed=reasons.append)
    qtbot.waitUntil(lambda: bool(reasons))
    assert reasons == [reason(ReasonCode.INTERNAL_ERROR, kind="ZeroDivisionError")]
    assert "ZeroDivisionError" in caplog.text
    assert "canary" not in caplog.text


def test_a_callback_whose_owner_is_gone_is_dropped(qtbot: QtBot, background: Background) -> None:
    import shiboken6

    owner, gate = QObject(), threading.Event()
    seen: list[bool] = []
    background.run(owner, lambda _progress: gate.wait(5), done=seen.append, failed=_unwanted)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not background.busy)
    assert seen == []


def test_dropping_everything_lets_nothing_arrive(qtbot: QtBot, background: Background) -> None:
    owner, gate = QObject(), threading.Event()
    seen: list[bool] = []
    background.run(owner, lambda _progress: gate.wait(5), done=seen.append, failed=_unwanted)
    background.drop_all()
    gate.set()
    qtbot.waitUntil(lambda: not background.busy)
    assert seen == []


def test_cancelled_work_hears_it_and_still_answers(qtbot: QtBot, background: Background) -> None:
    owner, started = QObject(), threading.Event()
    reasons: list[Reason] = []

    def work(progress: Progress) -> None:
        started.set()
        while not progress.cancelled():
            threading.Event().wait(0.001)
        raise CancelledError

    task = background.run(owner, work, done=lambda _value: pytest.fail("it was cancelled"),
                          failed=reasons.append)
    started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: bool(reasons))
    assert reasons[0].code is ReasonCode.CANCELLED


def test_progress_is_thinned_out_but_its_end_always_arrives(qtbot: QtBot, background: Background) -> None:
    owner = QObject()
    steps: list[tuple[int, int, str]] = []
    finished: list[None] = []

    def work(progress: Progress) -> None:
        for done in range(1, 1001):
            progress.step(done, 1000, f"file {done}")

    background.run(owner, work, done=finished.append, failed=_unwanted,
                   progress=lambda done, total, label: steps.append((done, total, label)))
    qtbot.waitUntil(lambda: bool(finished))
    assert steps[-1] == (1000, 1000, "file 1000")
    assert len(steps) < 500


def test_what_is_lasting_is_done_though_everything_is_dropped(qtbot: QtBot) -> None:
    door, owner, gate, done = Background(), QObject(), threading.Event(), list[str]()
    door.run(owner, lambda _progress: gate.wait(5), done=lambda _value: None, failed=_unwanted)
    door.run(owner, lambda _progress: done.append("dropped"), done=lambda _value: None, failed=_unwanted)
    door.run(owner, lambda _progress: done.append("closed"), done=lambda _value: None, failed=_unwanted,
             lasting=True)
    door.drop_all()
    gate.set()
    door.close()
    assert done == ["closed"]
