"""D6 where it meets the network, D02 to D05: where an address leads, and what answers there.

The villain listens on this machine; the door is the real one, let in there by an injected policy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case, refused
from tests.attacks.scene import university
from tests.simulators.host import NUMBER
from tests.simulators.villain import GOOD, Villain
from wallet.keys.did import web_location
from wallet.model.evidence import Grade
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES
from wallet.model.network import Order, Purpose
from wallet.model.reasons import ReasonCode as R
from wallet.net.fetch import FetchError
from wallet.net.https import Https, Patience
from wallet.trust.evidence_store import evidence_document

H, M = Severity.HIGH, Severity.MEDIUM
UNI = "https://uni.example"
#: A busy machine is slow too, so only who never comes to an end is left soon.
_SHORT, _LONG = Patience(1, 0.5, 1), Patience(5, 5, 10)
_SLOW = ("/slow-body", "/slow-head", "/silent")


def _key(address: str, **changes: Any) -> Order:
    """The order for a key document, as operations make it."""
    given: dict[str, Any] = {"accept": ("application/did+json", "application/json"), "same_origin": True,
                             "max_bytes": MAX_DID_DOCUMENT_BYTES, **changes}
    return Order(address, Purpose.ISSUER_KEY, **given)


def _ask(path: str, *, connections: int = 1, numbers: tuple[str, ...] = (NUMBER,), close: bool = False,
         **changes: Any) -> Callable[[], None]:
    """Ask the villain for a path; whatever comes of it, it saw no more connections than these."""
    def run() -> None:
        with Villain() as villain, villain.https(patience=_SHORT if path in _SLOW else _LONG) as door:
            villain.numbers = list(numbers)
            try:
                if close:
                    assert door.fetch(_key(UNI + "/good")).data == GOOD
                    door.close()
                assert door.fetch(_key(UNI + path, **changes)).data == GOOD
            finally:
                assert villain.connections <= connections, villain.connections
    return run


_INNER = {"loopback": "127.0.0.1", "localhost": "localhost", "cloud metadata": "169.254.169.254",
          "decimal": "2130706433", "hexadecimal": "0x7f000001", "octal": "0177.0.0.1", "short": "127.1",
          "IPv6": "[::1]", "escaped IPv6": "%5B%3A%3A1%5D", "user": "uni.example%40127.0.0.1",
          "escaped slash": "uni.example%2F..%2Fadmin", "one label": "intranet",
          "trailing dot": "uni.example.",
          "empty port": "uni.example%3A", "port 0": "uni.example%3A0", "long port": "uni.example%3A999999",
          "climbing path": "uni.example:..:admin", "hidden path": "uni.example:%2e%2e:admin",
          "empty part": "uni.example::x", "capital scheme": "UNI.EXAMPLE%2e"}
#: Names that are fine, and what they stand for.
_LEADS_TO = {f"leads to {number}": number for number in (
    "127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "::1", "fe80::1",
    "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::")}


@case("D02", H, "a did:web that points into this computer, this network, or somewhere odd",
      attacks={**dict.fromkeys(_INNER, refused(R.DID_MALFORMED)),
               **dict.fromkeys(_LEADS_TO, refused(R.ADDRESS_INNER)),
               "port 22": refused(R.ADDRESS_PORT), "name of the inner network": refused(R.ADDRESS_INNER)},
      twins={TWIN: FINE, "with a path": FINE, "with a port": FINE, "leads to the web": FINE})
def _inner_address(variant: str) -> Input:
    if variant in _LEADS_TO:
        door = Https(resolve=lambda _, port: ((_LEADS_TO[variant], port),), proxies={})
        return Act(lambda: door.fetch(_key(web_location("did:web:uni.example"))))
    if variant == "leads to the web":
        return Act(_ask("/good"))
    odd = {"port 22": "uni.example%3A22", "name of the inner network": "printer.local"}
    if variant in odd:
        door = Https(resolve=lambda *_: (), proxies={})
        return Act(lambda: door.fetch(_key(web_location(f"did:web:{odd[variant]}"))))
    names = _INNER | {TWIN: "uni.example", "with a path": "uni.example:people:eve",
                      "with a port": "uni.example%3A8443"}
    return Act(lambda: web_location(f"did:web:{names[variant]}"))


@case("D03", H, "the first answer of the name service is public, the second is not",
      attacks={"second request": refused(R.ADDRESS_INNER), "both at once": refused(R.ADDRESS_INNER),
               "between check and connection": FINE},
      twins={TWIN: FINE})
def _rebinding(variant: str) -> Input:
    if variant == "second request":
        return Act(_ask("/good", numbers=(NUMBER, "10.0.0.1"), close=True))
    if variant == "both at once":
        both = Https(resolve=lambda _, port: (("8.8.8.8", port), ("127.0.0.1", port)), proxies={})
        return Act(lambda: both.fetch(_key(UNI + "/good")))
    if variant == "between check and connection":
        # One look-up for one connection: the second answer is never asked for, so that it can win nothing.
        return Act(_looked_up_once)
    return Act(_ask("/good", close=True, connections=2))


def _looked_up_once() -> None:
    with Villain() as villain, villain.https() as door:
        villain.numbers = [NUMBER, "10.0.0.1"]
        assert door.fetch(_key(UNI + "/good")).data == GOOD
        assert villain.looked_up == ["uni.example"]


_SENT_TO = {"http": "http://uni.example/good", "a file": "file:///etc/passwd", "by name": "https://localhost/good",
            "this machine": "https://127.0.0.1/", "decimal": "//2130706433/",
            "log-in": "https://a:b@uni.example/", "another port": "https://uni.example:22/",
            "data": "data:application/json,{}"}


@case("D04", H, "a redirect to another host, to http, to a file, into this network",
      attacks={"another host": refused(R.REDIRECT_ELSEWHERE),
               "a part of the host": refused(R.REDIRECT_ELSEWHERE),
               "loop": refused(R.REDIRECT_ENDLESS), "chain of six": refused(R.REDIRECT_ENDLESS),
               "inner number behind a name": refused(R.ADDRESS_INNER),
               **dict.fromkeys(_SENT_TO, refused(R.REDIRECT_REFUSED))},
      twins={TWIN: FINE, "chain of five": FINE, "a list elsewhere": FINE})
def _sent_on(variant: str) -> Input:
    def to(address: str) -> str:
        return "/to/302/" + quote(address, safe="")

    if variant in _SENT_TO:
        # Even a list, which may lie at another host, is not followed there.
        return Act(_ask(to(_SENT_TO[variant]), same_origin=False))
    acts = {"another host": _ask(to("https://cdn.example/good")),
            "a part of the host": _ask(to("https://www.uni.example/good")),
            "loop": _ask("/loop/a"), "chain of six": _ask("/chain/6"),
            "inner number behind a name": _ask(to("https://cdn.example/good"), numbers=(NUMBER, "10.0.0.1"),
                                               same_origin=False),
            TWIN: _ask(to("/good")), "chain of five": _ask("/chain/5"),
            "a list elsewhere": _ask(to("https://cdn.example/good"), same_origin=False, connections=2)}
    return Act(acts[variant])


_ANSWERS = {"endless": ("/endless", R.ANSWER_TOO_LARGE), "packed bomb": ("/bomb", R.ANSWER_TOO_LARGE),
            "announced too large": (f"/bytes/{MAX_DID_DOCUMENT_BYTES + 1}", R.ANSWER_TOO_LARGE),
            "endless head": ("/endless-head", R.ANSWER_BROKEN), "half": ("/short", R.ANSWER_BROKEN),
            "drop by drop": ("/slow-body", R.HOST_SLOW), "head drop by drop": ("/slow-head", R.HOST_SLOW),
            "silence": ("/silent", R.HOST_SLOW), "another kind": ("/type/text/html", R.ANSWER_TYPE),
            "no web server": ("/garbage", R.ANSWER_BROKEN)}
_HONEST = {"packed": "/packed", "in pieces": "/chunked", "no type": "/untyped",
           "plain text": "/type/text/plain"}


@case("D05", M, "a key document that is far too large, or not one at all",
      attacks={"one byte too large": refused(R.EVIDENCE_UNREADABLE), "17 MiB": refused(R.EVIDENCE_UNREADABLE),
               "a page": refused(R.EVIDENCE_UNREADABLE), "nested": refused(R.EVIDENCE_UNREADABLE),
               **{name: refused(code) for name, (_, code) in _ANSWERS.items()}},
      twins={TWIN: FINE, "exactly at the limit": FINE, **dict.fromkeys(_HONEST, FINE)})
def _large_document(variant: str) -> Input:
    if variant in _ANSWERS:
        return Act(_ask(_ANSWERS[variant][0]))
    if variant in _HONEST:
        return Act(_ask(_HONEST[variant]))
    document = university().controller_document()

    def padded(size: int) -> bytes:
        return document[:-1] + b',"x":"' + b"x" * (size - len(document) - 7) + b'"}'

    made = {TWIN: document, "a page": b"<html></html>", "nested": b"[" * 100_000 + b"]" * 100_000}
    sizes = {"one byte too large": MAX_DID_DOCUMENT_BYTES + 1, "17 MiB": 17 << 20,
             "exactly at the limit": MAX_DID_DOCUMENT_BYTES}
    data = padded(sizes[variant]) if variant in sizes else made[variant]
    assert variant not in sizes or len(data) == sizes[variant]
    return Act(lambda: evidence_document(university().id, data, grade=Grade.FETCHED, source="test"))


def refusal_of(address: str) -> R:
    """Return why the product's own door brings nothing; HOST_UNKNOWN if it would have asked."""
    try:
        Https(resolve=lambda *_: (), proxies={}).fetch(_key(address))
    except FetchError as error:
        return error.reason.code
    raise AssertionError("something came")
