"""The reference path behind its fence: the same answers, and an end to whatever takes too much."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest

from tests.codec.samples import VC_2, badge, contexts
from wallet.codec.linked_data import worker
from wallet.codec.linked_data.canonical import context_addresses, fenced_form, reference_form
from wallet.codec.linked_data.contexts import ContextSet
from wallet.codec.linked_data.worker import _Watch
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode, reason


def newest(document: dict[str, Any]) -> ContextSet:
    return contexts().variants(context_addresses(document))[0]


def test_it_says_what_the_reference_path_says() -> None:
    turned = {"name": {"@value": "Wüste\n", "@language": "de", "@direction": "ltr"}}
    for document in (badge(), badge() | turned):
        here, there = (form(document, newest(document)) for form in (reference_form, fenced_form))
        assert (here.nquads, here.notes) == (there.nquads, there.notes)
    choice = newest(badge())
    assert (fenced_form(badge(), choice, algorithm="SHA-384").nquads
            == reference_form(badge(), choice, algorithm="SHA-384").nquads)


def test_a_refusal_comes_back_with_its_reason() -> None:
    wrongs: tuple[dict[str, Any], ...] = ({"colour": "red"}, {"id": "somewhere"}, {"@graph": []})
    for wrong in wrongs:
        document = badge() | wrong
        codes = []
        for form in (reference_form, fenced_form):
            with pytest.raises(LinkedDataError) as caught:
                form(document, newest(badge()))
            codes.append(caught.value.reason)
        assert codes[0] == codes[1]


def test_one_process_answers_many_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    worker._WORKER.end()  # whatever was asked before, this begins with a new process
    fenced_form(badge(), newest(badge()))
    first = worker._WORKER._process
    assert first is not None
    fenced_form(badge(), newest(badge()))
    assert worker._WORKER._process is first
    monkeypatch.setattr(worker, "_MAX_KNOWN_SETS", 1)
    other = {"@context": [VC_2], "id": "urn:1", "type": "VerifiableCredential"}
    fenced_form(other, newest(other))
    assert worker._WORKER._process is not first


def test_what_was_said_of_a_short_document_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """An issuer's proofs have the same options, often for many credentials in turn."""
    asked: list[str] = []
    answer = worker._WORKER.answer

    def counted(text: str, known: ContextSet, algorithm: str) -> object:
        asked.append(text)
        return answer(text, known, algorithm)

    monkeypatch.setattr(worker._WORKER, "answer", counted)
    monkeypatch.setattr(worker, "_MAX_SAID", 2)
    worker._SAID.clear()
    plain = {"@context": [VC_2], "id": "urn:1", "type": "VerifiableCredential"}
    one, same, *others = plain, dict(plain), plain | {"id": "urn:2"}, plain | {"id": "urn:3"}
    first = fenced_form(one, newest(one)).nquads
    assert fenced_form(same, newest(one)).nquads == first == reference_form(one, newest(one)).nquads
    assert len(asked) == 1
    for other in (*others, one):  # the first was forgotten for the last
        assert fenced_form(other, newest(other)).nquads == reference_form(other, newest(other)).nquads
    assert len(asked) == 4
    fenced_form(one, newest(one), algorithm="SHA-384")
    assert len(asked) == 5
    for _ in range(2):
        fenced_form(badge(), newest(badge()))  # too long to be kept
        with pytest.raises(LinkedDataError):  # a refusal is said anew
            fenced_form(one | {"colour": "red"}, newest(one))
    assert len(asked) == 9
    assert len(worker._SAID) == 2


def test_what_takes_too_long_is_ended_and_the_next_document_is_answered(
        monkeypatch: pytest.MonkeyPatch) -> None:
    fenced_form(badge(), newest(badge()))
    monkeypatch.setattr(worker, "MAX_CANONICALISATION_S", 0.0)

    def often() -> None:
        for _ in range(500):  # the watch may come a moment late for a small document
            fenced_form(badge(), newest(badge()))

    with pytest.raises(LinkedDataError) as caught:
        often()
    assert (caught.value.reason.code, caught.value.reason["what"]) == (
        ReasonCode.LIMIT_CANONICALISATION, "seconds")
    monkeypatch.undo()
    assert fenced_form(badge(), newest(badge())).nquads


def test_a_process_that_is_gone_is_named_and_replaced() -> None:
    fenced_form(badge(), newest(badge()))
    process = worker._WORKER._process
    assert process is not None
    process.kill()
    process.wait()
    with pytest.raises(LinkedDataError) as caught:
        fenced_form(badge(), newest(badge()))
    assert caught.value.reason.code is ReasonCode.CHECK_STOPPED
    assert worker.says_nothing(caught.value.reason)
    assert fenced_form(badge(), newest(badge())).nquads


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, MemoryError])
def test_no_document_gets_the_answer_to_another_one(monkeypatch: pytest.MonkeyPatch,
                                                    interruption: type[BaseException]) -> None:
    fenced_form(badge(), newest(badge()))

    def interrupted(_pipe: object) -> bytes:
        raise interruption

    with monkeypatch.context() as once:
        once.setattr(worker, "_read", interrupted)
        with pytest.raises(interruption):
            fenced_form(badge(), newest(badge()))
    other = badge() | {"name": "Another"}
    assert fenced_form(other, newest(other)).nquads == reference_form(other, newest(other)).nquads


@pytest.mark.parametrize("how", ["forbidden", "frozen"])
def test_where_no_process_can_be_started_nothing_is_known(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    worker._WORKER.end()

    def forbidden(*_arguments: object, **_options: object) -> None:
        raise PermissionError

    if how == "forbidden":
        monkeypatch.setattr(subprocess, "Popen", forbidden)
    else:
        monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(LinkedDataError) as caught:
        fenced_form(badge(), newest(badge()))
    assert worker.says_nothing(caught.value.reason)
    assert not worker.says_nothing(reason(ReasonCode.LIMIT_CANONICALISATION, what="seconds"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of one system")
def test_memory_is_bounded_and_no_socket_is_opened() -> None:
    program = (
        "import sys; sys.path[:] = sys.argv[1:]\n"
        "from wallet.codec.linked_data import worker\n"
        "worker._limit()\n"
        "sys.addaudithook(worker._no_network)\n"
        "import socket\n"
        "try:\n"
        "    socket.socket()\n"
        "except PermissionError:\n"
        "    print('no socket')\n"
        "try:\n"
        "    bytearray(600 * 1024 * 1024)\n"
        "except MemoryError:\n"
        "    print('no memory')\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program, *filter(None, sys.path)], capture_output=True,
                          check=True)
    assert done.stdout.split(b"\n")[:2] == [b"no socket", b"no memory"]


def test_a_watch_acts_when_its_time_is_over_and_never_after_its_end() -> None:
    watch, done = _Watch(), threading.Event()
    watch.begin(done.set, 60.0)
    assert not watch.end()
    watch.begin(done.set, 0.05)  # sooner than the thread meant to look again
    assert done.wait(5)
    assert watch.end()
    done.clear()
    watch.begin(done.set, 0.05)
    assert not watch.end()
    watch.begin(lambda: None, 0.2)
    assert not done.wait(0.1)
    watch.end()

@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs signals")
def test_a_worker_that_the_system_ends_says_nothing_about_the_document(
        monkeypatch: pytest.MonkeyPatch) -> None:
    worker._WORKER.end()
    document = badge()
    fenced_form(document, newest(document))
    process = worker._WORKER._process
    assert process is not None
    written = worker._write

    def killing(pipe: Any, data: bytes) -> None:
        written(pipe, data)
        os.kill(process.pid, signal.SIGKILL)

    os.kill(process.pid, signal.SIGSTOP)  # so that it has not answered before it is ended
    monkeypatch.setattr(worker, "_write", killing)
    with pytest.raises(LinkedDataError) as caught:
        fenced_form(document, newest(document))
    assert worker.says_nothing(caught.value.reason)
    monkeypatch.undo()
    assert fenced_form(document, newest(document)).nquads


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="needs signals")
def test_a_worker_hears_no_interruption() -> None:
    """A terminal sends it to everybody, and half a wallet would be called too complex."""
    worker._WORKER.end()
    document = badge()
    fenced_form(document, newest(document))
    process = worker._WORKER._process
    assert process is not None
    process.send_signal(signal.SIGINT)
    assert fenced_form(document, newest(document)).nquads
    assert worker._WORKER._process is process
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
