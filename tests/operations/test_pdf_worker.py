"""A PDF is looked into in a process that can be ended, and never takes this one with it."""

from __future__ import annotations

import os
import signal
import zlib

import pytest

from tests.simulators.pdf import pdf_with
from wallet.model.errors import FormatError, OperationError
from wallet.model.limits import MAX_FILE_BYTES
from wallet.model.reasons import ReasonCode, reason
from wallet.operations import pdf_worker as module
from wallet.operations import spawned
from wallet.operations.inputs import inputs_from_bytes
from wallet.operations.pdf_worker import look_into_pdf


def test_what_is_inside_comes_back_as_values() -> None:
    data = pdf_with(title="First aid", links=("https://a.example/",), attachments={"a.json": b"{}"})
    found = look_into_pdf(data)
    assert (found.title, found.links, found.attachments) == (
        "First aid", ("https://a.example/",), (("a.json", b"{}"),))


def test_a_damaged_file_is_called_so() -> None:
    with pytest.raises(FormatError) as caught:
        look_into_pdf(b"%PDF-1.7 nothing")
    assert caught.value.reason.code is ReasonCode.PDF_DAMAGED


def test_one_that_takes_too_long_is_ended() -> None:
    with pytest.raises(OperationError) as caught:
        look_into_pdf(pdf_with(title="First aid"), seconds=0.0)
    assert caught.value.reason.code is ReasonCode.PDF_SLOW


def ended(*_pipes: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_where_the_system_ends_the_process_nobody_calls_the_file_damaged(
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_work", ended)
    with pytest.raises(OperationError) as caught:
        look_into_pdf(pdf_with(title="First aid"))
    assert caught.value.reason.code is ReasonCode.CHECK_STOPPED


def test_where_no_process_can_be_begun_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_process: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(spawned, "begin", none)
    (found,) = inputs_from_bytes(pdf_with(title="First aid"), "a.pdf")
    assert found.problem == reason(ReasonCode.CHECK_STOPPED)


def test_a_bomb_is_survived() -> None:
    packed = zlib.compress(b"{" + b" " * 200_000_000, 9)
    assert len(packed) < 250_000
    data = pdf_with(attachments={"a.json": b"PLACEHOLDER"})
    head = b"<< /Length %d /Filter /FlateDecode /Type /EmbeddedFile >>" % len(packed)
    stream = head + b"\nstream\n" + packed + b"\nendstream"
    try:
        found = look_into_pdf(_with_object(data, stream))
    except (FormatError, OperationError):
        return
    assert all(len(content) < 20_000_000 for _, content in found.attachments)


def test_one_above_the_bound_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        look_into_pdf(b"%PDF-1.7" + bytes(MAX_FILE_BYTES))
    assert caught.value.reason.code is ReasonCode.LIMIT_BYTES


def _with_object(data: bytes, stream: bytes) -> bytes:
    """Put another stream in the place of the attached one; readers rebuild the table of objects."""
    start = data.index(b"stream", data.index(b"/EmbeddedFile"))
    begin = data.rindex(b"<<", 0, start)
    end = data.index(b"endstream", start) + len(b"endstream")
    return data[:begin] + stream + data[end:]
