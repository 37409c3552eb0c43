"""From a template and values to one line of plain text. No sentence lives here.

Values may come from a hostile file. They are put in as data, once, and never read as a template; control,
format and direction characters are taken out, long ones are cut, and a value in a right-to-left script is
isolated, so that it cannot reorder the words around it.

A template has `{name}` for a value and `[[…]]` for a part that disappears when a value inside it is missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

from wallet.model.places import member_place

from .untrusted_text import without_storms

Translate: TypeAlias = Callable[[str], str]

MAX_VALUE_CHARS: Final = 160  # longer values are cut: a line stays readable, and a name cannot push it away
_CONTROL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_VALUE = re.compile(r"\{([a-z_]+)\}")
_DATES = frozenset({"date", "dated", "from", "recorded", "until"})
_PARTIES = frozenset({"issuer", "party", "host", "identity", "method", "endorser"})

#: What stands in a sentence where a value is not known.
FALLBACKS: Final[dict[str, str]] = {
    "algorithm": "this kind",
    "endorser": "somebody",
    "evidence": "Document",
    "good": "some",
    "grade": "of unknown origin",
    "now": "the time of checking",
    "count": "some",
    "date": "an unknown date",
    "days": "a few",
    "found": "No credential",
    "from": "a later date",
    "host": "its host",
    "identity": "you",
    "issuer": "the issuer",
    "k": "some",
    "limit": "our limit",
    "n": "several",
    "name": "it",
    "party": "somebody else",
    "sealer": "the issuer",
    "subject": "somebody",
    "until": "an unknown date",
    "what": "it",
}


def keep(text: str) -> str:
    """Return the text as it is: the translation that changes nothing."""
    return text


def fill(template: str, values: Mapping[str, str], translate: Translate = keep) -> str:
    """Return the template's text with the values in it, each as plain data."""
    known = {name: tidy(_readable(name, value)) for name, value in values.items()}

    def optional(match: re.Match[str]) -> str:
        names = _VALUE.findall(match[1])
        return match[1] if all(known.get(name) for name in names) else ""

    def value(match: re.Match[str]) -> str:
        return known.get(match[1]) or translate(FALLBACKS[match[1]])

    return _VALUE.sub(value, _OPTIONAL.sub(optional, translate(template)))


def names_in(template: str) -> frozenset[str]:
    """Return the names of the values that a template cannot do without."""
    return frozenset(_VALUE.findall(_OPTIONAL.sub("", template)))


def tidy(value: str, limit: int = MAX_VALUE_CHARS) -> str:
    """Return untrusted text fit for one line: visible characters only, cut, isolated where needed."""
    if len(value) <= limit and value.isascii() and value.isprintable():  # then there is nothing to take out
        return " ".join(value.split())
    # A cut comes first: a hostile value may have megabytes.
    text = without_storms("".join(" " if mark.isspace() else mark for mark in value[: limit * 4]
                                  if _visible(mark)))
    text = " ".join(text.split())
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
    if any(unicodedata.bidirectional(mark) in _RIGHT_TO_LEFT for mark in text):
        return f"{_ISOLATE}{text}{_END_ISOLATE}"
    return text


def is_unusual(value: str) -> bool:
    """Tell whether a text holds characters that nobody can see."""
    return any(not _visible(mark) for mark in value)


def friendly_date(moment: datetime) -> str:
    """Return a day as people write it: 21 November 2026."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def friendly_time(moment: datetime) -> str:
    """Return a day and a time of the clock, in UTC: 21 November 2026, 12:04 UTC."""
    return f"{friendly_date(moment)}, {moment:%H:%M} UTC"


def _visible(mark: str) -> bool:
    return mark.isspace() or unicodedata.category(mark) not in _CONTROL


def _network_name(host: str) -> str:
    """Return a host with its xn-- labels; one that cannot have any stays as it is."""
    if host.isascii():
        return host
    try:
        return ".".join(
            label if label.isascii() else "xn--" + unicodedata.normalize("NFKC", label).casefold()
            .encode("punycode").decode("ascii") for label in host.split("."))
    except UnicodeError:
        return host


_USUAL_PORTS: Final = (None, 80, 443)


def party(identifier: str) -> str:
    """Return who an issuer's identifier stands for: the host of an address, else a shortened key.

    The host is what the person who reads can compare; the whole identifier is in technical details. What a
    host gives to one of its members has a path in its identifier (did:web, "Optional Path Considerations"),
    and is not the host itself; neither is what answers at another port. Letters of other scripts look like
    those of another host: they are shown as the network knows them.
    """
    if identifier.startswith("did:web:"):
        host, *path = map(unquote, identifier.removeprefix("did:web:").partition("#")[0].split(":"))
        return "/".join((_network_name(host), *path))
    if identifier.startswith(("https://", "http://")):
        try:
            parts = urlsplit(identifier)
            host, port = parts.hostname or identifier, parts.port
        except ValueError:
            return identifier
        place = member_place(identifier)
        behind = (f":{port}" if port not in _USUAL_PORTS else "") + (f"/{place}" if place else "")
        return _network_name(host) + behind
    if identifier.startswith("did:"):
        return f"key …{identifier.partition('#')[0][-8:]}"
    return identifier


def _readable(name: str, value: str) -> str:
    """Turn dates and identifiers, as reasons carry them, into what people read."""
    if name in _PARTIES:
        return party(value)
    if name not in _DATES:
        return value
    moment = moment_of(value)
    return friendly_date(moment) if moment else value


def moment_of(text: str) -> datetime | None:
    """Return the moment that a reason's parameter names, None if it names none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
