"""Names to numbers, checked; and words for what is wrong with TLS."""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Sequence

import httpcore
import httpx
import pytest

from tests.simulators.host import LoopbackWeb
from wallet.model.network import FetchOutcome
from wallet.model.reasons import ReasonCode
from wallet.net import wire
from wallet.net.fetch import FetchError
from wallet.net.policy import PUBLIC, Policy
from wallet.net.wire import CheckedBackend, CheckedTransport, Deadline, trust_of


def resolving(*numbers: str) -> wire.Resolve:
    return lambda _, port: tuple((number, port) for number in numbers)


def connecting(resolve: wire.Resolve, policy: Policy = PUBLIC) -> CheckedBackend:
    return CheckedBackend(policy, resolve, Deadline(), is_proxied=False)


@pytest.mark.parametrize("numbers", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("2606:4700::1111", "::1"),
                                     ("169.254.169.254", "8.8.8.8")])
def test_one_inner_number_refuses_all(numbers: tuple[str, ...]) -> None:
    # No socket is opened: the suite forbids it.
    with pytest.raises(FetchError) as caught:
        connecting(resolving(*numbers)).connect_tcp("uni.example", 443, 1)
    assert caught.value.reason.code is ReasonCode.ADDRESS_INNER


def test_a_name_nobody_knows() -> None:
    def unknown(host: str, port: int) -> Sequence[tuple[str, int]]:
        raise OSError("no such name")

    for resolve in (unknown, resolving()):
        with pytest.raises(FetchError) as caught:
            connecting(resolve).connect_tcp("uni.example", 443, 1)
        assert caught.value.reason.code is ReasonCode.HOST_UNKNOWN
        assert caught.value.outcome is FetchOutcome.UNREACHABLE


def test_a_resolver_that_never_answers_ends_with_the_request() -> None:
    late = threading.Event()

    def never(_host: str, _port: int) -> Sequence[tuple[str, int]]:
        late.wait(60)
        return (("192.0.2.1", 1),)

    backend = connecting(never)
    backend._deadline.begin(0.05)
    with pytest.raises(httpcore.ConnectTimeout):
        backend.connect_tcp("uni.example", 443, 10)
    late.set()


def test_the_next_number_is_tried() -> None:
    with LoopbackWeb() as web:
        ((number, port),) = web.resolve("uni.example", 443)
        policy = Policy(numbers=frozenset({"127.0.0.1", "::1"}))
        backend = connecting(lambda *_: (("::1", 1), (number, port)), policy)
        backend.connect_tcp("uni.example", 443, 1).close()


def test_time_that_is_over_is_over() -> None:
    deadline = Deadline()
    assert deadline.left(3) == 3
    deadline.begin(0)
    assert deadline.left() == 0
    assert deadline.left(3) == 0


def test_some_authorities_are_believed_and_old_tls_is_not() -> None:
    context = trust_of(PUBLIC)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.get_ca_certs()


@pytest.mark.parametrize("proxy", ["socks5://proxy.example", "http://", "ftp://proxy.example"])
def test_a_proxy_we_cannot_use_is_told(proxy: str) -> None:
    with pytest.raises(FetchError) as caught:
        CheckedTransport(PUBLIC, resolving("8.8.8.8"), Deadline(), proxy)
    assert caught.value.reason.code is ReasonCode.PROXY_FAILED


def test_libraries_log_nothing(caplog: pytest.LogCaptureFixture) -> None:
    address = "https://uni.example/canary"
    with LoopbackWeb({address: b"{}"}) as web, caplog.at_level(logging.DEBUG):
        transport = CheckedTransport(web.policy, web.resolve, Deadline())
        with httpx.Client(transport=transport, trust_env=False) as client:
            assert client.get(address).content == b"{}"
    assert caplog.text == ""
