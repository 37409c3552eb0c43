"""Bytes that are hardly an answer: each comes to a document or to a reason, and to nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulators.villain import GOOD, Villain
from wallet.model.network import Order, Purpose
from wallet.model.reasons import ReasonCode as R
from wallet.net.fetch import FetchError
from wallet.net.https import Patience

_TAIL = b"\r\nContent-Length: 2\r\n\r\n{}"


def said(answer: bytes) -> R | bytes:
    """Let a host say exactly this."""
    with Villain() as villain, villain.https(patience=Patience(5, 5, 10)) as door:
        try:
            return door.fetch(Order("https://uni.example/raw/" + answer.hex(), Purpose.STATUS_LIST)).data
        except FetchError as error:
            return error.reason.code


@pytest.mark.parametrize("head", [
    b"HTTP/1.1 200 OK", b"HTTP/1.0 200 OK", b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nX-\xc3\xa9: y",
    b"HTTP/1.1 100 Go on\r\n\r\nHTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\nContent-Type: \xff\xfe",
    b"HTTP/1.1 200 OK\r\nETag: \"\xff\"\r\nServer: \xe2\x80\xae",
])
def test_odd_but_whole(head: bytes) -> None:
    assert said(head + _TAIL) in (b"{}", R.ANSWER_BROKEN)


def test_an_honest_answer_is_read() -> None:
    assert said(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(GOOD), GOOD)) == GOOD


@pytest.mark.parametrize(("answer", "code"), [
    (b"", R.HOST_UNREACHABLE), (b"\r\n\r\n", R.ANSWER_BROKEN),
    (b"HTTP/1.1 999 X" + _TAIL, R.ANSWER_FAILED), (b"HTTP/1.1 000 X" + _TAIL, R.ANSWER_BROKEN),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 3" + _TAIL, R.ANSWER_BROKEN),
    (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}", R.ANSWER_BROKEN),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}", R.ANSWER_BROKEN),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", R.ANSWER_BROKEN),
    (b"HTTP/1.1 200 OK\r\nX: a\x00b" + _TAIL, R.ANSWER_BROKEN),
    (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip" + _TAIL, R.ANSWER_BROKEN),
    (b"HTTP/1.1 200 OK\r\nContent-Encoding: br" + _TAIL, R.ANSWER_BROKEN),
    (b"HTTP/1.1 302 X\r\nLocation: https://\xff.example/" + _TAIL, R.REDIRECT_REFUSED),
    (b"HTTP/1.1 302 X\r\nLocation: https://[::1" + _TAIL, R.REDIRECT_REFUSED),
    (b"HTTP/1.1 302 X\r\nLocation: https://a.example:99999999999/" + _TAIL, R.REDIRECT_REFUSED),
    (b"HTTP/1.1 302 X" + _TAIL, R.ANSWER_BROKEN), (b"HTTP/1.1 101 X\r\nUpgrade: x" + _TAIL, R.ANSWER_BROKEN),
    (b"HTTP/1.1 503 X\r\nRetry-After: \xb2" + _TAIL, R.ANSWER_FAILED),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{", R.ANSWER_BROKEN),
])
def test_answers_that_are_none_have_a_reason(answer: bytes, code: R) -> None:
    assert said(answer) is code


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_an_answer_or_a_reason(data: bytes, begun: bool) -> None:
    came = said((b"HTTP/1.1 200 OK\r\n" if begun else b"") + data)
    assert isinstance(came, bytes | R)
