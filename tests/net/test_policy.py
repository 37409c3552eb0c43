"""Which addresses may be asked, by their text and by their numbers."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.model.limits import MAX_HOST_CHARS, MAX_URL_CHARS
from wallet.model.network import FetchOutcome
from wallet.model.reasons import ReasonCode as R
from wallet.net.fetch import FetchError
from wallet.net.policy import PUBLIC, Policy, check_number, is_public, target


def code(address: str, policy: Policy = PUBLIC, *, legacy_http: bool = False) -> R:
    with pytest.raises(FetchError) as caught:
        target(address, policy, legacy_http=legacy_http)
    assert caught.value.outcome is FetchOutcome.REFUSED
    assert not caught.value.sent
    return caught.value.reason.code


@pytest.mark.parametrize(("address", "spelled"), [
    ("https://uni.example/.well-known/did.json", "https://uni.example/.well-known/did.json"),
    ("HTTPS://Uni.Example", "https://uni.example/"),
    ("https://uni.example:443/a?b=c#part", "https://uni.example/a?b=c"),
    ("https://uni.example:80/a", "https://uni.example:80/a"),
    ("https://xn--mnchen-3ya.example/a", "https://xn--mnchen-3ya.example/a"),
    ("https://a_b.uni.example/", "https://a_b.uni.example/"),
    ("https://uni.example/Zeugnis/Jürgen?n=é", "https://uni.example/Zeugnis/J%C3%BCrgen?n=%C3%A9"),
    ("https://uni.example/a%20b/%2e?x=[1]", "https://uni.example/a%20b/%2e?x=[1]"),
    ("https://3com.example/", "https://3com.example/"),
    ("https://uni.example?only=query", "https://uni.example/?only=query"),
])
def test_plain_addresses_are_taken(address: str, spelled: str) -> None:
    assert target(address).address == spelled


@pytest.mark.parametrize("address", [
    "", "uni.example", "//uni.example/", "https://", "https:///path", "ftp://uni.example/", "file:///etc/hosts",
    "data:text/plain,x", "javascript:alert(1)", "https:uni.example", "https://uni.example\\@evil.example/",
    "https://uni.example/a b", "https://uni.example/\n", "https://uni.example/\x00", "https://uni\u202e.example/",
    "https://uni.example./", "https://uni..example/", "https://.uni.example/", "https://-uni.example/",
    "https://uni.example-/", "https://un\u0456.example/", "https://\uff55\uff4e\uff49.example/",
    "https://uni\u3002example/",
    "https://uni%2eexample/", "https://xn--.example/", "https://xn--abc-.example/", "https://xn--99999999.example/",
    "https://uni.example:/", "https://uni.example:0/", "https://uni.example:0443/", "https://uni.example:+443/",
    "https://uni.example:\uff14\uff14\uff13/", "https://uni.example:443x/", f"https://{'a' * 64}.example/",
    "https://[::1/", "gopher://uni.example/", "https://*.example/",
])
def test_odd_spellings_are_no_addresses(address: str) -> None:
    assert code(address) is R.ADDRESS_UNREADABLE


@pytest.mark.parametrize("host", [
    "127.0.0.1", "8.8.8.8", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.0.0.0x1",
    "[::1]",
    "[::ffff:127.0.0.1]", "[fe80::1%25eth0]", "127.0.0.1.", "1.1", "uni.example.1", "0x", "[2606:4700::1]",
])
def test_numbers_are_no_names(host: str) -> None:
    assert code(f"https://{host}/") is R.ADDRESS_NUMERIC
    assert code(f"https://{host}:443/") is R.ADDRESS_NUMERIC


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "db.localhost", "printer.local", "router",
                                  "nas.lan",
                                  "metadata.google.internal", "x.home.arpa", "abc.onion", "wiki.intranet"])
def test_names_of_the_inner_network_are_not_asked(host: str) -> None:
    assert code(f"https://{host}/") is R.ADDRESS_INNER


@pytest.mark.parametrize("host", ["localhost.example", "locals.example", "internal.example"])
def test_names_that_only_begin_like_inner_ones_are(host: str) -> None:
    assert target(f"https://{host}/").host == host


@pytest.mark.parametrize("user", ["eve@", "eve:secret@", "@", "uni.example@", "uni.example%40@", "a@b@"])
def test_nobody_logs_in(user: str) -> None:
    assert code(f"https://{user}evil.example/") is R.ADDRESS_CREDENTIALS


def test_plain_http_needs_a_word() -> None:
    assert code("http://old.example/badge") is R.ADDRESS_INSECURE
    asked = target("http://old.example/badge", legacy_http=True)
    assert (asked.port, asked.is_secure, asked.origin) == (80, False, ("http", "old.example", 80))


@pytest.mark.parametrize("port", [22, 25, 8443, 65535, 65536, 99999])
def test_other_ports_need_a_word(port: int) -> None:
    assert code(f"https://uni.example:{port}/") is R.ADDRESS_PORT
    assert target(f"https://uni.example:{port}/", Policy(frozenset({port}))).port == port


def test_lengths_are_bounded_exactly() -> None:
    start = "https://uni.example/"
    longest = start + "a" * (MAX_URL_CHARS - len(start))
    assert target(longest).address == longest
    assert code(longest + "a") is R.ADDRESS_UNREADABLE
    host = ".".join(["a" * 49] * 5) + ".ex"
    host += "a" * (MAX_HOST_CHARS - len(host))
    assert target(f"https://{host}/").host == host
    assert code(f"https://{host}a/") is R.ADDRESS_UNREADABLE


@pytest.mark.parametrize("number", [
    "127.0.0.1", "127.255.255.254", "0.0.0.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.9", "192.0.2.1", "192.88.99.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "100::1",
    "2001:db8::1", "2001::1", "2001:10::1", "2001:20::1", "2002:7f00:1::", "2002:808:808::", "3fff::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808", "2606:4700::1%eth0", "", "uni.example", "1", "0x7f.0.0.1",
])
def test_numbers_inside_are_not_public(number: str) -> None:
    assert not is_public(number)
    with pytest.raises(FetchError) as caught:
        check_number("uni.example", number)
    assert caught.value.reason.code is R.ADDRESS_INNER
    assert caught.value.reason["host"] == "uni.example"


@pytest.mark.parametrize("number", ["8.8.8.8", "93.184.216.34", "99.255.255.255", "172.32.0.1",
                                    "223.255.255.1",
                                    "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_numbers_outside_are_public(number: str) -> None:
    check_number("uni.example", number)


def test_only_the_named_number_is_let_in() -> None:
    policy = Policy(numbers=frozenset({"127.0.0.1"}))
    check_number("uni.example", "127.0.0.1", policy)
    with pytest.raises(FetchError):
        check_number("uni.example", "127.0.0.2", policy)


@given(st.ip_addresses(v=4))
def test_an_inner_number_stays_inside_in_every_disguise(number: ipaddress.IPv4Address) -> None:
    for disguise in (f"::ffff:{number}", str(ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::"))
                                                                  + int(number)))):
        assert is_public(disguise) == is_public(str(number))


@given(st.text(max_size=80), st.sampled_from(["https://", "http://", ""]))
def test_any_text_is_taken_or_refused_by_name(text: str, start: str) -> None:
    try:
        asked = target(start + text, legacy_http=True)
    except FetchError:
        return
    assert asked.address.isascii()
    assert asked.host == asked.host.lower()
    assert target(asked.address, legacy_http=True) == asked
