"""Names and addresses of issuers that look like others: pointed out, never decided by.

An address is what an issuer can be known by; a name inside a credential is what it calls itself. Addresses
are compared byte for byte everywhere else, so nothing here makes two of them equal. The script rule is that
of Unicode Technical Standard 39 §5.2 ("highly restrictive") by the names of characters; the confusable
letters are those that people mix up in domain names, not the whole table. did:web, "Optional Path
Considerations": what lies below a host need not be the host's own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from wallet.model.places import member_place
from wallet.model.reasons import Reason, ReasonCode, reason

from .controllers import is_pure

_DIGITS_AND_SIGNS: Final = frozenset("0123456789-.:_")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789-"
#: Scripts that are written together in one word.
_TOGETHER: Final = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
#: What looks like a Latin letter or digit in common typefaces, and is none.
_LOOKS_LIKE: Final = dict(zip(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455\u04bb\u0501"
    "\u051b\u051d\u03b1\u03b3\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u0131\u0261\u026a",
    "abekmhopctyxijshdqwayeikvoptuxigi", strict=True))
_PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"))
_MAX_HOST_CHARS: Final = 253  # RFC 1035 §2.3.4
_MAX_REMEMBERED: Final = 1024  # hosts of one list
_MAX_INDEXED: Final = 8  # lists whose names are remembered; they never change


@dataclass(frozen=True, slots=True)
class Address:
    """The host part of an issuer's identifier.

    Attributes:
        host: As it is written, without port.
        below: The rest of a `did:web`, or the member's place in a web address, that is given to somebody by
            the host; "" if none.
    """

    host: str
    below: str = ""

    @property
    def network_name(self) -> str:
        """The host as the network knows it: lower case, no dot at the end, other scripts as xn-- labels."""
        return ".".join(_a_label(label) for label in self.host.lower().removesuffix(".").split("."))

    @property
    def shown_name(self) -> str:
        """The host as programs may show it, with its xn-- labels read."""
        return ".".join(_u_label(label) for label in self.network_name.split("."))


@dataclass(frozen=True, slots=True)
class _Known:
    """The hosts and names of one list, by what they look like."""

    hosts: Mapping[str, str]  # host -> name
    looks: Mapping[str, str]  # skeleton of a host -> host
    names: Mapping[str, str]  # skeleton of a name -> issuer id
    resembled: dict[Address, tuple[str, str] | None] = field(default_factory=dict)  # what was found before


_indexed: dict[int, tuple[object, _Known]] = {}


def name_notes(issuer_id: str, claimed_name: str, lists: Sequence[object]) -> tuple[Reason, ...]:
    """Return what a person should notice about an issuer's address and its name.

    Args:
        issuer_id: The exact identifier.
        claimed_name: What the credential calls the issuer.
        lists: Issuer lists; those that hold no `issuers` by id are passed over.
    """
    if not lists and is_pure(issuer_id):  # a key has no host, and there is nobody to be taken for
        return ()
    tables = [table for one in lists if isinstance(table := getattr(one, "issuers", None), Mapping)]
    known = [_index(table) for table in tables]
    listed = any(issuer_id in table for table in tables)
    notes = list(_address_notes(issuer_id, known))
    if not listed:
        notes += _claim_notes(issuer_id, claimed_name, known)
    return tuple(notes)


def address_of(issuer_id: str) -> Address | None:
    """Return the host of a `did:web` or a web address, None for anything else."""
    if issuer_id.startswith("did:web:"):
        first, *rest = issuer_id.removeprefix("did:web:").partition("#")[0].split(":")
        host = unquote(first).partition(":")[0]
        return Address(host, "/".join(map(unquote, rest))) if 0 < len(host) <= _MAX_HOST_CHARS else None
    scheme, sign, rest_ = issuer_id.partition("://")
    if scheme.lower() not in ("https", "http") or not sign:
        return None
    authority = rest_
    for end in "/?#\\":
        authority = authority.partition(end)[0]
    host = authority.rpartition("@")[2].partition(":")[0]
    return Address(host, member_place(issuer_id)) if 0 < len(host) <= _MAX_HOST_CHARS else None


def mixes_scripts(text: str) -> bool:
    """Whether a word is written in scripts that do not belong together."""
    scripts = {_script(sign) for sign in text if sign not in _DIGITS_AND_SIGNS} - {""}
    return len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER)


def skeleton(text: str) -> str:
    """Return a text such that what is easily mixed up becomes the same (after UTS 39 §4)."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(_LOOKS_LIKE.get(sign, sign) for sign in plain if not unicodedata.combining(sign))
    for pair, single in _PAIRS:
        letters = letters.replace(pair, single)
    return letters


def _address_notes(issuer_id: str, known: list[_Known]) -> Iterator[Reason]:
    address = address_of(issuer_id)
    if address is None:
        return
    shown, name = address.shown_name, address.network_name
    if any(mixes_scripts(label) for label in shown.split(".")):
        yield reason(ReasonCode.HOST_MIXED_SCRIPTS, host=name, found=shown)
    elif shown != name:
        yield reason(ReasonCode.HOST_PUNYCODE, host=name, found=shown)
    if address.host.endswith("."):
        yield reason(ReasonCode.HOST_TRAILING_DOT, host=address.host)
    if address.host != address.host.lower():
        yield reason(ReasonCode.HOST_CAPITALS, host=address.host)
    if address.below:
        yield reason(ReasonCode.ISSUER_BELOW_HOST, host=name, address=f"{name}/{address.below}")
    resembled = next((found for one in known if (found := _remembered(address, one))), None)
    if resembled:
        yield reason(ReasonCode.HOST_RESEMBLES, host=address.host, party=resembled[0], name=resembled[1])


def _claim_notes(issuer_id: str, claimed_name: str, known: list[_Known]) -> Iterator[Reason]:
    wanted = skeleton(" ".join(claimed_name.split())) if known else ""
    if not wanted:
        return
    for one in known:
        other = one.names.get(wanted)
        if other and other != issuer_id and not _same_host(other, issuer_id):
            yield reason(ReasonCode.NAME_OF_LISTED, name=claimed_name, party=other)
            return


def _same_host(one: str, other: str) -> bool:
    first, second = address_of(one), address_of(other)
    return first is not None and second is not None and first.network_name == second.network_name \
        and not first.below and not second.below


def _remembered(address: Address, known: _Known) -> tuple[str, str] | None:
    """Return what is found below, looked for once: most credentials come from few issuers."""
    if address not in known.resembled:
        if len(known.resembled) >= _MAX_REMEMBERED:
            known.resembled.clear()
        known.resembled[address] = _resembled(address, known)
    return known.resembled[address]


def _resembled(address: Address, known: _Known) -> tuple[str, str] | None:
    """Return the listed host that this one only looks like, with its name."""
    host = address.network_name
    if host in known.hosts:
        # The same host, written in another way: still another identifier, byte for byte.
        return (host, known.hosts[host]) if address.host != host else None
    alike = known.looks.get(skeleton(address.shown_name))
    found = alike or next((one for one in _neighbours(host) if one in known.hosts), None) \
        or _worn_in_front(host, known)
    return (found, known.hosts[found]) if found else None


def _neighbours(host: str) -> Iterator[str]:
    """Yield what is one slip of the hand away: a letter more, less, another, or two exchanged."""
    for place in range(len(host)):
        before, after = host[:place], host[place + 1:]
        yield before + after
        if after:
            yield before + after[0] + host[place] + after[1:]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + host[place:]
    yield from (host + letter for letter in _LETTERS)


def _worn_in_front(host: str, known: _Known) -> str | None:
    """Find a listed host that another one begins with: known.example.other.example."""
    labels = host.split(".")
    fronts = (".".join(labels[:count]) for count in range(len(labels) - 1, 1, -1))
    return next((one for one in fronts if one in known.hosts), None)


def _index(issuers: Mapping[str, object]) -> _Known:
    """Return a list's hosts and names by their looks; made once for each list, which never changes."""
    found = _indexed.get(id(issuers))
    if found and found[0] is issuers:
        return found[1]
    hosts: dict[str, str] = {}
    looks: dict[str, str] = {}
    names: dict[str, str] = {}
    for issuer_id, listed in issuers.items():
        name = str(getattr(listed, "name", ""))
        names.setdefault(skeleton(" ".join(name.split())), issuer_id)
        address = None if is_pure(issuer_id) else address_of(issuer_id)
        if address and not address.below:
            hosts.setdefault(address.network_name, name)
            looks.setdefault(skeleton(address.shown_name), address.network_name)
    known = _Known(hosts, looks, names)
    if len(_indexed) >= _MAX_INDEXED:
        _indexed.pop(next(iter(_indexed)))
    _indexed[id(issuers)] = (issuers, known)
    return known


def _script(sign: str) -> str:
    """Return the script of a letter by the first word of its name; "" for signs of every script."""
    if not sign.isalpha():
        return ""
    name = unicodedata.name(sign, "")
    return "LATIN" if name.startswith("FULLWIDTH LATIN") else name.split(" ")[0].split("-")[0]


def _a_label(label: str) -> str:
    if label.isascii():
        return label
    try:
        return "xn--" + unicodedata.normalize("NFKC", label).casefold().encode("punycode").decode("ascii")
    except UnicodeError:
        return label


def _u_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label
