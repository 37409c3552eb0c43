"""The door and a villain: real sockets on this machine, every attack beside its benign twin."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.conftest import REPOSITORY
from tests.simulators.host import NUMBER, LoopbackWeb
from tests.simulators.villain import (
    ENDED,
    ETAG,
    FUTURE,
    GOOD,
    NO_TLS,
    OTHER_NAME,
    SELF_SIGNED,
    Villain,
)
from wallet.model.network import Fetched, FetchOutcome, Order, Purpose
from wallet.model.reasons import ReasonCode as R
from wallet.net.fetch import FetchError
from wallet.net.https import USER_AGENT, Https, Patience
from wallet.net.policy import Policy

UNI = "https://uni.example"
JSON = ("application/did+json", "application/json")


@pytest.fixture(scope="module")
def played() -> Iterator[Villain]:
    with Villain() as one:
        yield one


@pytest.fixture
def villain(played: Villain) -> Villain:
    played.requests.clear()
    played.looked_up.clear()
    played.numbers = [NUMBER]
    return played


def order(address: str, **changes: Any) -> Order:
    given: dict[str, Any] = {"accept": JSON, "max_bytes": 10_000, **changes}
    return Order(address if "://" in address else UNI + address, Purpose.ISSUER_KEY, **given)


def fetch(villain: Villain, address: str, *, door: dict[str, Any] | None = None, **changes: Any) -> Fetched:
    with villain.https(**door or {}) as https:
        return https.fetch(order(address, **changes))


def refused(villain: Villain, address: str, *, door: dict[str, Any] | None = None,
            **changes: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(villain, address, door=door, **changes)
    return caught.value


def to(address: str, status: int = 302) -> str:
    return f"/to/{status}/{quote(address, safe='')}"


def test_a_good_answer_comes(villain: Villain) -> None:
    fetched = fetch(villain, "/good")
    assert fetched == Fetched(UNI + "/good", UNI + "/good", "uni.example", GOOD, "application/json")
    assert villain.looked_up == ["uni.example"]


@pytest.mark.parametrize("path", ["/packed", "/chunked", "/untyped", "/type/text/plain", "/chain/5",
                                  "/type/application/ld+json", "/status/203"])
def test_other_good_answers_come(villain: Villain, path: str) -> None:
    accept = () if path.startswith("/status") else JSON
    assert fetch(villain, path, accept=accept).data in (GOOD, b"<html>")


# --- what is told about the one who asks ---


def test_nothing_is_told_but_what_is_asked(villain: Villain) -> None:
    fetch(villain, "/good?list=1#mine")
    (request,) = villain.requests
    assert (request.host, request.path) == ("uni.example", "/good?list=1")
    assert set(request.headers) == {"host", "accept", "accept-encoding", "user-agent"}
    assert request.headers["user-agent"] == USER_AGENT
    assert request.headers["accept"] == "application/did+json, application/json, */*;q=0.1"


def test_a_cookie_is_never_sent_back(villain: Villain) -> None:
    with villain.https() as door:
        for path in ("/cookie", "/cookie", to(UNI + "/cookie")):
            assert door.fetch(order(path)).data == GOOD
    assert not [one for one in villain.requests if "cookie" in one.headers or "referer" in one.headers]


def test_one_connection_serves_many_requests(villain: Villain) -> None:
    before = villain.connections
    with villain.https() as door:
        for path in ("/good", "/chain/2", "/version"):
            door.fetch(order(path, etag=ETAG))
    assert villain.connections == before + 1
    assert villain.looked_up == ["uni.example"]


def test_hosts_at_one_number_get_connections_of_their_own(villain: Villain) -> None:
    with villain.https() as door:
        door.fetch(order("/good"))
        with pytest.raises(FetchError) as caught:
            door.fetch(order(f"https://{OTHER_NAME}/good"))
    assert caught.value.reason.code is R.TLS_OTHER_NAME


# --- versions ---


def test_a_version_at_hand_is_asked_about(villain: Villain) -> None:
    first = fetch(villain, "/version")
    assert (first.etag, first.unchanged) == (ETAG, False)
    again = fetch(villain, "/version", etag=first.etag)
    assert (again.unchanged, again.data, again.etag) == (True, b"", ETAG)
    assert fetch(villain, "/version", etag='"v0"').data == GOOD


def test_a_version_is_not_told_to_another_origin(villain: Villain) -> None:
    found = fetch(villain, to("https://cdn.example/version"), etag=ETAG)
    assert (found.data, found.etag) == (GOOD, "")
    assert [one.headers.get("if-none-match") for one in villain.requests] == [ETAG, None]
    assert fetch(villain, to("https://uni.example/version")).etag == ETAG


@pytest.mark.parametrize("etag", ["", "no quotes", '"a\r\nX: y"', '"' + "x" * 300 + '"'])
def test_nothing_changed_is_no_answer_to_what_was_not_asked(villain: Villain, etag: str) -> None:
    assert refused(villain, "/always-304", etag=etag).reason.code is R.ANSWER_FAILED
    assert "if-none-match" not in villain.requests[0].headers


# --- where to ---


@pytest.mark.parametrize(("numbers", "code"), [(["127.0.0.1", "10.0.0.1"], R.ADDRESS_INNER),
                                               (["10.0.0.1"], R.ADDRESS_INNER),
                                               (["::1"], R.ADDRESS_INNER)])
def test_a_name_that_changes_its_mind_gains_nothing(villain: Villain, numbers: list[str], code: R) -> None:
    """Each connection goes to the number checked for it: a second look-up is judged again."""
    villain.numbers = list(numbers)
    with villain.https() as door:
        if len(numbers) > 1:
            assert door.fetch(order("/good")).data == GOOD
            assert villain.looked_up == ["uni.example"]
            door.close()
        with pytest.raises(FetchError) as caught:
            door.fetch(order("/good"))
    assert caught.value.reason.code is code
    assert len(villain.requests) == len(numbers) - 1


@pytest.mark.parametrize(("address", "because"), [
    ("http://uni.example/good", R.ADDRESS_INSECURE), ("file:///etc/hosts", R.ADDRESS_UNREADABLE),
    ("https://127.0.0.1/good", R.ADDRESS_NUMERIC), ("https://localhost/good", R.ADDRESS_INNER),
    ("https://[::1]/good", R.ADDRESS_NUMERIC), ("//2130706433/good", R.ADDRESS_NUMERIC),
    ("https://maya@uni.example/good", R.ADDRESS_CREDENTIALS), ("https://uni.example:22/", R.ADDRESS_PORT),
    ("https://[", R.ADDRESS_UNREADABLE), ("data:application/json,{}", R.ADDRESS_UNREADABLE),
])
def test_each_hop_is_judged_like_the_first(villain: Villain, address: str, because: R) -> None:
    error = refused(villain, to(address))
    assert (error.reason.code, error.outcome) == (R.REDIRECT_REFUSED, FetchOutcome.REFUSED)
    assert (error.reason["because"], error.reason["party"]) == (because.value, "uni.example")
    assert len(villain.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_good_hop_is_followed(villain: Villain, status: int) -> None:
    fetched = fetch(villain, to("https://cdn.example/good", status))
    assert (fetched.final_address, fetched.host) == ("https://cdn.example/good", "cdn.example")
    assert fetched.address == UNI + to("https://cdn.example/good", status)


def test_a_hop_into_this_network_by_name_is_refused(villain: Villain) -> None:
    villain.numbers = [NUMBER, "192.168.1.1"]
    error = refused(villain, to("https://router.example/good"))
    assert (error.reason.code, error.reason["host"]) == (R.ADDRESS_INNER, "router.example")


def test_a_key_stays_at_its_origin(villain: Villain) -> None:
    error = refused(villain, to("https://www.uni.example/good"), same_origin=True)
    assert (error.reason.code, error.reason["found"]) == (R.REDIRECT_ELSEWHERE, "www.uni.example")
    assert len(villain.requests) == 1
    assert fetch(villain, to("/good"), same_origin=True).data == GOOD


def test_chains_and_circles_end(villain: Villain) -> None:
    assert refused(villain, "/chain/6").reason.code is R.REDIRECT_ENDLESS
    assert len(villain.requests) == 6
    villain.requests.clear()
    assert refused(villain, "/loop/a").reason.code is R.REDIRECT_ENDLESS
    assert len(villain.requests) == 2
    assert refused(villain, "/to/302/").reason.code is R.ANSWER_BROKEN


def test_plain_http_is_told_and_never_came_from_tls(villain: Villain) -> None:
    assert refused(villain, "http://old.example/good").reason.code is R.ADDRESS_INSECURE
    assert not fetch(villain, "http://old.example/good", legacy_http=True).secure
    there = fetch(villain, "http://old.example" + to(UNI + "/good"), legacy_http=True)
    assert (there.final_address, there.secure) == (UNI + "/good", False)
    back = refused(villain, to("http://old.example/good"), legacy_http=True)
    assert (back.reason.code, back.reason["because"]) == (R.REDIRECT_REFUSED, R.ADDRESS_INSECURE.value)


# --- who answers ---


@pytest.mark.parametrize(("host", "code", "outcome"), [
    (ENDED, R.TLS_ENDED, FetchOutcome.REFUSED), (FUTURE, R.TLS_ENDED, FetchOutcome.REFUSED),
    (OTHER_NAME, R.TLS_OTHER_NAME, FetchOutcome.REFUSED),
    (SELF_SIGNED, R.TLS_UNKNOWN_AUTHORITY, FetchOutcome.REFUSED),
    (NO_TLS, R.TLS_FAILED, FetchOutcome.UNREACHABLE),
])
def test_another_identity_is_told_in_its_own_words(villain: Villain, host: str, code: R,
                                                   outcome: FetchOutcome) -> None:
    error = refused(villain, f"https://{host}/good")
    assert (error.reason.code, error.outcome, error.reason["host"]) == (code, outcome, host)
    assert villain.requests == []


def test_an_authority_of_its_own_convinces_nobody(villain: Villain) -> None:
    stranger = Policy(numbers=frozenset({NUMBER}))
    assert refused(villain, "/good", door={"policy": stranger}).reason.code is R.TLS_UNKNOWN_AUTHORITY


# --- how much and how long ---


@pytest.mark.parametrize("path", ["/endless", "/bomb", "/bytes/10001"])
def test_too_much_ends_at_the_bound(villain: Villain, path: str) -> None:
    error = refused(villain, path, max_bytes=10_000 if path != "/bomb" else 100_000)
    assert (error.reason.code, error.outcome) == (R.ANSWER_TOO_LARGE, FetchOutcome.TOO_LARGE)


def test_exactly_the_bound_comes(villain: Villain) -> None:
    assert len(fetch(villain, "/bytes/10000").data) == 10_000


@pytest.mark.parametrize("path", ["/slow-head", "/slow-body", "/silent"])
def test_slow_answers_end(villain: Villain, path: str) -> None:
    error = refused(villain, path, door={"patience": Patience(1, 0.4, 0.6)})
    assert (error.reason.code, error.outcome) == (R.HOST_SLOW, FetchOutcome.TIMED_OUT)


def test_time_is_for_the_whole_request(villain: Villain) -> None:
    assert refused(villain, "/busy/9/5", door={"patience": Patience(1, 1, 2)}).reason.code is R.ANSWER_FAILED
    assert len(villain.requests) == 1  # the five seconds that the host asks for are more than there are
    assert Patience().for_purpose(Purpose.ISSUER_KEY) < Patience().for_purpose(Purpose.REGISTRY)


# --- what comes ---


@pytest.mark.parametrize(("path", "code"), [
    ("/type/text/html", R.ANSWER_TYPE), ("/type/image/png", R.ANSWER_TYPE), ("/short", R.ANSWER_BROKEN),
    ("/garbage", R.ANSWER_BROKEN), ("/endless-head", R.ANSWER_BROKEN), ("/status/404", R.ANSWER_MISSING),
    ("/status/410", R.ANSWER_GONE), ("/status/403", R.ANSWER_DENIED), ("/status/429", R.ANSWER_TOO_OFTEN),
    ("/status/500", R.ANSWER_FAILED), ("/status/206", R.ANSWER_FAILED), ("/status/300", R.ANSWER_FAILED),
])
def test_answers_that_are_none(villain: Villain, path: str, code: R) -> None:
    assert refused(villain, path).reason.code is code
    assert len(villain.requests) == 1


def test_a_lie_about_the_size_gives_no_more(villain: Villain) -> None:
    assert fetch(villain, "/liar").data == GOOD[:5]


# --- tries ---


def test_a_busy_host_is_asked_again_after_a_pause(villain: Villain) -> None:
    waited: list[float] = []
    door = {"pause": waited.append, "jitter": lambda: 0.5, "patience": Patience(2, 2, 20)}
    assert fetch(villain, "/busy/2", door=door).data == GOOD
    assert [one for one in waited if one >= 0.5] == [0.5, 1.0]
    waited.clear()
    assert fetch(villain, "/busy/1/3", door=door).data == GOOD
    assert max(waited) == 3


@pytest.mark.parametrize("path", ["/busy/9", "/busy/1/60",
                                  "/busy/1/Wed%2C%2021%20Oct%202026%2007:28:00%20GMT"])
def test_tries_have_an_end(villain: Villain, path: str) -> None:
    error = refused(villain, path + "?end", door={"patience": Patience(2, 2, 20)})
    assert error.reason.code is R.ANSWER_FAILED
    assert len(villain.requests) == (3 if path == "/busy/9" else 1)


def test_a_host_that_hangs_up_is_asked_again(villain: Villain) -> None:
    assert fetch(villain, "/drops/2").data == GOOD
    assert refused(villain, "/drops/3").reason.code is R.HOST_UNREACHABLE
    assert len(villain.requests) == 6


def test_nobody_there(villain: Villain) -> None:
    error = refused(villain, "/good", door={"resolve": lambda *_: ((NUMBER, 1),)})
    assert (error.reason.code, error.outcome) == (R.HOST_UNREACHABLE, FetchOutcome.UNREACHABLE)


# --- the program ---


def test_threads_share_a_door(villain: Villain) -> None:
    got: list[bytes] = []
    with villain.https(pause=time.sleep) as door:
        def ask(host: str) -> None:
            got.append(door.fetch(order(f"https://{host}.example/good")).data)

        threads = [threading.Thread(target=ask, args=(f"host{number % 2}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert got == [GOOD] * 4


def test_the_library_is_loaded_for_nobody_else() -> None:
    program = ("import sys; from wallet.net.https import Https; Https();"
               "assert not {'httpx', 'httpcore', 'ssl', 'certifi', 'http'} & set(sys.modules)")
    subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, check=True)


def test_the_proxy_is_shown_and_nothing_is_asked() -> None:
    door = Https(proxies={"https": "http://maya:secret@proxy.example:3128", "no": "other.example"})
    assert door.proxy_for("https://uni.example/") == "http://proxy.example:3128"
    assert door.proxy_for("https://other.example/") == ""
    assert door.proxy_for("nonsense") == ""


# --- what was withdrawn ---


def test_gone_with_a_record_comes_as_an_answer_for_records_only() -> None:
    withdrawn = b'{"id": "https://badge.example/1", "revoked": true}'
    with LoopbackWeb() as web, web.https() as door:
        web.answer_with("https://badge.example/1", 410, withdrawn)
        asked = Order("https://badge.example/1", Purpose.BADGE_RECORD, ("application/json",))
        assert door.fetch(asked).data == withdrawn
        with pytest.raises(FetchError) as caught:
            door.fetch(Order("https://badge.example/1", Purpose.CREDENTIAL))
        assert caught.value.reason.code is R.ANSWER_GONE
        web.gone("https://badge.example/1")
        with pytest.raises(FetchError) as caught:
            door.fetch(asked)
        assert caught.value.reason.code is R.ANSWER_GONE
