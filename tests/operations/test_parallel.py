"""Several processes give the answers of one, in the same order, and stop when they are asked to."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from tests.operations.conftest import documents_of
from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.frames import to_frames
from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.payload import encode_payload
from wallet.model.errors import CancelledError, OperationError
from wallet.model.reasons import ReasonCode
from wallet.operations.checking import CheckedFile, Desk, Expectation
from wallet.operations.parallel import Task, check_many
from wallet.trust.evidence_store import MemoryEvidence

FILES = 150  # three runs


def short(one: CheckedFile) -> tuple[str, str, str]:
    return one.name, one.sha256, one.report.verdict.value


def dying(one: CheckedFile) -> str:
    if one.name == "0070.json":
        os._exit(1)  # as a process that the system ends for want of memory
    return one.name


class Stopping:
    """Asks to stop as soon as anything was done."""

    def __init__(self) -> None:
        self.done = 0

    def step(self, done: int, _total: int, _label: str) -> None:
        self.done = done

    def cancelled(self) -> bool:
        return self.done > 0


@pytest.fixture
def desk(contexts: Contexts, issuer: SimulatedIssuer) -> Desk:
    return Desk(contexts, MemoryEvidence(documents_of(issuer)))


@pytest.fixture
def folder(tmp_path: Path, issuer: SimulatedIssuer) -> Path:
    """Many files: good, changed, no JSON, and one badge in frames that lie in different runs."""
    badges = [issuer.badge(number=number) for number in range(5)]
    for number in range(FILES):
        data = badges[number % 5]
        if number % 7 == 3:
            data = data.replace(b"Statistics", b"Statistika")
        if number % 31 == 5:
            data = b"["
        (tmp_path / f"{number:04}.json").write_bytes(data)
    frames = to_frames(encode_payload(badges[0]), 300)
    assert len(frames) == 2
    for place, frame in zip((80, 10), frames, strict=True):
        (tmp_path / f"{place:04}.json").write_text(frame)
    return tmp_path


def test_two_processes_answer_like_one(desk: Desk, folder: Path, at: datetime) -> None:
    task = Task(desk, at, Expectation(), short)
    one = list(check_many(task, [folder]))
    two = list(check_many(task, [folder], jobs=2))
    assert two == one
    assert {verdict for _, _, verdict in one} == {"valid", "invalid", "malformed"}
    joined = one[-1]
    assert joined[0].startswith("0010.json + ")
    assert joined[2] == "valid"


def test_a_handful_of_files_needs_no_second_process(desk: Desk, folder: Path, at: datetime) -> None:
    task = Task(desk, at, Expectation(), lambda one: one.name)  # what cannot be handed over is not
    paths = [folder / "0000.json", folder / "0001.json"]
    assert list(check_many(task, paths, jobs=2)) == ["0000.json", "0001.json"]


def test_answers_come_before_the_end_and_stop_when_asked(desk: Desk, folder: Path, at: datetime) -> None:
    task = Task(desk, at, Expectation(), short)
    answers = check_many(task, [folder], jobs=2, progress=Stopping())
    assert next(answers)[0] == "0000.json"
    rest: list[tuple[str, str, str]] = []
    with pytest.raises(CancelledError):
        rest.extend(answers)


def test_a_process_that_dies_ends_in_a_reason(desk: Desk, folder: Path, at: datetime) -> None:
    with pytest.raises(OperationError) as caught:
        list(check_many(Task(desk, at, Expectation(), dying), [folder], jobs=2))
    assert caught.value.reason.code is ReasonCode.INTERNAL_ERROR
