"""Which addresses may be asked: rules on the text of an address, and on the numbers its name stands for.

Pure: nothing is looked up and nothing is opened here. The text is judged before anything leaves the machine,
the numbers at the moment of connecting, so that a name that changes its mind in between gains nothing. Of the
many ways to spell an address only the plain one is taken. RFC 3986, RFC 1123 §2.1 (names), RFC 6761, 6762,
8375 and 9476 (names of the inner network), RFC 6890 (special numbers), RFC 6052 and 4291 (one number inside
another).
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import quote, urlsplit

from wallet.model.limits import MAX_HOST_CHARS, MAX_URL_CHARS
from wallet.model.network import FetchOutcome
from wallet.model.reasons import ReasonCode, reason

from .fetch import FetchError

_Number: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
#: A name whose last part is a number is read as one by resolvers and browsers: 127.1, 0x7f000001, 2130706433.
_NUMERAL: Final = re.compile(r"0x[0-9a-f]*|[0-9]+")
_PORT: Final = re.compile(r"[1-9][0-9]{0,4}")
_DEFAULT_PORT: Final = {"https": 443, "http": 80}
_PUNCTUATION: Final = "/%:@!$&'()*+,;=-._~?[]{}|^`<>\""
_INNER_NAMES: Final = (
    "localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private",
    "home.arpa", "onion", "alt",
)
#: Special ranges that Python's own answer does not cover in every version we run on.
_NOT_PUBLIC: Final = tuple(map(ipaddress.ip_network, (
    "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3",
    "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    "5f00::/16", "fc00::/7", "fe80::/9", "ff00::/8",
)))
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Policy:
    """What is allowed beyond the public web. The product uses `PUBLIC`; the rest is for tests.

    Attributes:
        ports: The ports that an address may name.
        numbers: Numeric addresses that may be connected to although they are not public.
        authorities: Further certificate authorities, as PEM text.
    """

    ports: frozenset[int] = frozenset({443, 80})
    numbers: frozenset[str] = frozenset()
    authorities: str = ""


PUBLIC: Final = Policy()


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked, taken apart.

    Attributes:
        host: A name, lower case.
        path: With the query, as it is sent. A fragment is never sent.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port (RFC 6454)."""
        return self.scheme, self.host, self.port

    @property
    def address(self) -> str:
        """The address, spelled in one way."""
        port = "" if self.port == _DEFAULT_PORT[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}{self.path}"

    @property
    def is_secure(self) -> bool:
        """Whether it goes over TLS."""
        return self.scheme == "https"


def target(address: str, policy: Policy = PUBLIC, *, legacy_http: bool = False) -> Target:
    """Take an address apart, if it may be asked.

    Args:
        address: As somebody else wrote it.
        policy: What is allowed.
        legacy_http: Whether plain http is taken.

    Raises:
        FetchError: ADDRESS_UNREADABLE, ADDRESS_INSECURE, ADDRESS_CREDENTIALS, ADDRESS_PORT, ADDRESS_NUMERIC
            or ADDRESS_INNER; nothing was sent.
    """
    if len(address) > MAX_URL_CHARS or "\\" in address or not address.isprintable() or " " in address:
        raise _refused(ReasonCode.ADDRESS_UNREADABLE, found=address[:MAX_HOST_CHARS])
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise _refused(ReasonCode.ADDRESS_UNREADABLE, found=address[:MAX_HOST_CHARS]) from error
    if parts.scheme not in _DEFAULT_PORT or not parts.netloc:
        raise _refused(ReasonCode.ADDRESS_UNREADABLE, found=address[:MAX_HOST_CHARS])
    _, at, authority = parts.netloc.rpartition("@")
    name, colon, port = _split_port(authority)
    host = name.lower()
    if at:
        raise _refused(ReasonCode.ADDRESS_CREDENTIALS, host=host)
    _check_host(host)
    if parts.scheme == "http" and not legacy_http:
        raise _refused(ReasonCode.ADDRESS_INSECURE, host=host)
    if colon and not _PORT.fullmatch(port):
        raise _refused(ReasonCode.ADDRESS_UNREADABLE, found=address[:MAX_HOST_CHARS])
    number = int(port) if colon else _DEFAULT_PORT[parts.scheme]
    if number not in policy.ports:
        raise _refused(ReasonCode.ADDRESS_PORT, host=host, found=str(number))
    # What is beyond ASCII is sent as RFC 3987 §3.1 says; what is encoded already stays.
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Target(parts.scheme, host, number, quote(path, safe=_PUNCTUATION))


def _split_port(authority: str) -> tuple[str, str, str]:
    if authority.startswith("["):
        name, bracket, rest = authority.partition("]")
        return name + bracket, rest[:1], rest[1:]
    return authority.partition(":")


def _check_host(host: str) -> None:
    """Refuse every name that is no plain name of the public web."""
    if host.startswith("["):
        raise _refused(ReasonCode.ADDRESS_NUMERIC, host=host)
    labels = host.split(".")
    if _NUMERAL.fullmatch(host.removesuffix(".").rpartition(".")[2]):
        raise _refused(ReasonCode.ADDRESS_NUMERIC, host=host)
    if len(host) > MAX_HOST_CHARS or not all(map(_is_label, labels)):
        raise _refused(ReasonCode.ADDRESS_UNREADABLE, found=host[:MAX_HOST_CHARS])
    if len(labels) == 1 or any(host == name or host.endswith(f".{name}") for name in _INNER_NAMES):
        raise _refused(ReasonCode.ADDRESS_INNER, host=host)


def _is_label(label: str) -> bool:
    if not _LABEL.fullmatch(label):
        return False
    if not label.startswith("xn--"):
        return True
    # An internationalised name comes as its A-label (RFC 5890 §2.3.2.1), one that means something.
    try:
        return not label[4:].encode().decode("punycode").isascii()
    except UnicodeError:
        return False


def check_number(host: str, number: str, policy: Policy = PUBLIC) -> None:
    """Refuse a number that a name stands for, unless it is on the public internet.

    Args:
        host: The name, for the reason.
        number: A numeric address, as the system's resolver wrote it.
        policy: What is allowed.

    Raises:
        FetchError: ADDRESS_INNER; the name was looked up, and nothing else was sent.
    """
    if number not in policy.numbers and not is_public(number):
        raise FetchError(reason(ReasonCode.ADDRESS_INNER, host=host), FetchOutcome.REFUSED)


def is_public(number: str) -> bool:
    """Tell whether a numeric address is one of the public internet, and hides none that is not."""
    try:
        parsed = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.scope_id is not None:
            return False
        inner = _embedded(parsed)
        if inner is not None:
            return _is_public(inner)
    return _is_public(parsed)


def _embedded(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 number inside a mapped (RFC 4291) or translated (RFC 6052) one."""
    if number in _NAT64:
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    return number.ipv4_mapped


def _is_public(number: _Number) -> bool:
    return number.is_global and not number.is_multicast and not number.is_reserved and not any(
        number in network for network in _NOT_PUBLIC)


def _refused(code: ReasonCode, **params: str) -> FetchError:
    return FetchError(reason(code, **params), FetchOutcome.REFUSED, sent=False)
