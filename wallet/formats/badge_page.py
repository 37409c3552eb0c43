"""Pasted addresses of badges: which address has the record, and what a web page says where its record is.

The shapes of these addresses are no published facts. Each was seen in public code and not tried live:

    Credly      credly.com/badges/<id> is a page; api.credly.com/v1/obi/v2/badge_assertions/<id> its record
                (the credly Ruby client, the Open edX credentials service), and
                credly.com/api/v1/obi/v3/open_badge_credentials/<id> its sealed form
    Accredible  credential.net/<id> is a page; api.accredible.com/v1/obi/badge_assertions/<id> its record
                (addresses that people put on their own sites)
    Badgr, Canvas Credentials, Parchment
                <host>/public/assertions/<id>, with `.json` and `?v=2_0` its record (badgr-server, its public
                API). The links it hands out name the person by e-mail address; that part is never sent
    Moodle      badges/badge.php?hash=<h> is a page; badges/assertion.php?b=<h>&obversion=2 its record, which
                newer ones answer from badges/json/assertion.php (moodle/moodle)
    Open Badge Factory, CanCred
                <host>/v1/assertion/<id>.html is a page, without its ending the record (published links)

Any other address is asked as it is. Nothing is fetched here, no script of a page is run, and what a page
names is an address to ask, never a fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from wallet.model.errors import FormatError
from wallet.model.limits import MAX_URL_CHARS, MIB
from wallet.model.reasons import ReasonCode, reason

MAX_PAGE_BYTES: Final = 2 * MIB  # of a page that is looked into
MAX_PLACES: Final = 4  # addresses that one pasted address may lead to
_MAX_LD_BYTES: Final = 1 * MIB
_MAX_LD_SCRIPTS: Final = 8
_MAX_TITLE_CHARS: Final = 300

_WEB: Final = ("https", "http")
#: Parameters by which a link tells who follows it; no record depends on them.
_TELLTALE: Final = re.compile(r"identity__\w+|utm_\w+|gclid|fbclid", re.IGNORECASE)
_UUID: Final = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_TOKEN: Final = r"[A-Za-z0-9_-]{8,64}"
_CREDLY: Final = re.compile(rf"/(?:badges|earner/earned/badge|go)/({_UUID})(?:/.*)?")
_ACCREDIBLE: Final = re.compile(rf"/(?:certificates?/)?({_UUID})(?:/.*)?")
_BADGR: Final = re.compile(rf"(/public/assertions/{_TOKEN})(?:\.json|/image|/)?")
_MOODLE_PAGE: Final = re.compile(r"(.*/badges/)(?:badge|assertion|json/assertion)\.php")
_FACTORY: Final = re.compile(r"(/v1/assertion/[0-9a-fA-F]{16,64})(?:\.html|\.json)?")
_JSON_TYPES: Final = frozenset({"application/json", "application/ld+json", "application/vc+ld+json",
                                "application/vc", "application/vc+jwt", "application/jwt"})


@dataclass(frozen=True, slots=True)
class PageFinds:
    """What a page says about where its record is; every text untrusted.

    Attributes:
        title: What it calls itself.
        records: Addresses that it names as another form of itself, in order.
        inside: Structured texts that it carries.
        picture: The address of its picture, "" if it names none; a badge may be baked into it.
    """

    title: str = ""
    records: tuple[str, ...] = ()
    inside: tuple[bytes, ...] = ()
    picture: str = ""


def clean_address(text: str) -> str:
    """Return the address a person pasted, complete, and without what would tell who she is.

    Raises:
        FormatError: ADDRESS_UNREADABLE, ADDRESS_CREDENTIALS.
    """
    given = text.strip().strip("<>").strip()
    if "://" not in given and re.match(r"[\w-]+(\.[\w-]+)+(:\d+)?(/|\?|$)", given):
        given = f"https://{given}"
    parts = split_address(given)
    if parts is None:
        raise FormatError(reason(ReasonCode.ADDRESS_UNREADABLE, found=given[:200]))
    if parts.username is not None or parts.password is not None:
        raise FormatError(reason(ReasonCode.ADDRESS_CREDENTIALS, host=parts.hostname or ""))
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/",
                       _query(parts.query), ""))


def split_address(text: str) -> SplitResult | None:
    """Return the parts of a web address, None for anything else."""
    if len(text) > MAX_URL_CHARS or not text.isprintable() or " " in text:
        return None
    try:
        parts = urlsplit(text)
        usable = parts.scheme.lower() in _WEB and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        return None
    return parts if usable else None


def places(address: str) -> tuple[str, ...]:
    """Return the addresses to ask for the record of a badge, the best first.

    Args:
        address: As `clean_address` returned it.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    for serves, shaped in _SHAPES:
        if serves(host):
            found = shaped(parts)
            if found:
                return tuple(dict.fromkeys(found))[:MAX_PLACES]
    return (address,)


def read_page(data: bytes, address: str) -> PageFinds | None:
    """Look into a page for another form of itself; None for what is no page.

    Args:
        data: The page, of which no more than `MAX_PAGE_BYTES` are looked at.
        address: Where it came from, for addresses that it names in part.
    """
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not (start.startswith((b"<!doctype html", b"<html", b"<head")) or b"<html" in start):
        return None
    page = _Page()
    page.feed(data[:MAX_PAGE_BYTES].decode("utf-8", "replace"))
    page.close()
    records = tuple(found for one in page.alternates if (found := _joined(address, one)))
    return PageFinds(" ".join("".join(page.title).split())[:_MAX_TITLE_CHARS], records[:MAX_PLACES],
                     tuple(page.inside), _joined(address, page.picture))


def _query(query: str) -> str:
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True)
            if not _TELLTALE.fullmatch(name)]
    # What nothing was taken from stays as it was written: a record may be known by it.
    return query if len(kept) == len(parse_qsl(query, keep_blank_values=True)) else urlencode(kept)


def _joined(base: str, address: str) -> str:
    if not address:
        return ""
    try:
        found = urljoin(base, address.strip())
    except ValueError:
        return ""
    parts = split_address(found)
    if parts is None or parts.username is not None or parts.scheme.lower() != "https":
        return ""
    return urlunsplit(parts._replace(fragment=""))


# --- shapes by host ---


def _ends(*names: str) -> Callable[[str], bool]:
    return lambda host: any(host == name or host.endswith(f".{name}") for name in names)


def _anywhere(_host: str) -> bool:
    return True


def _credly(parts: SplitResult) -> tuple[str, ...]:
    found = _CREDLY.fullmatch(parts.path)
    if not found:
        return ()
    name = found[1].lower()
    # A sealed form is worth more than a record; where there is none, one request was for nothing.
    return (f"https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{name}",
            f"https://api.credly.com/v1/obi/v2/badge_assertions/{name}")


def _accredible(parts: SplitResult) -> tuple[str, ...]:
    found = _ACCREDIBLE.fullmatch(parts.path)
    if not found:
        return ()
    return (f"https://api.accredible.com/v1/obi/badge_assertions/{found[1].lower()}", urlunsplit(parts))


def _badgr(parts: SplitResult) -> tuple[str, ...]:
    found = _BADGR.fullmatch(parts.path)
    if not found:
        return ()
    here = f"https://{parts.netloc}{found[1]}"
    return (f"{here}.json?v=2_0", f"{here}?v=2_0", here)


def _moodle(parts: SplitResult) -> tuple[str, ...]:
    found = _MOODLE_PAGE.fullmatch(parts.path)
    asked = dict(parse_qsl(parts.query))
    name = asked.get("hash") or asked.get("b") or ""
    if not found or not re.fullmatch(r"[0-9A-Za-z]{8,64}", name):
        return ()
    folder = f"{parts.scheme}://{parts.netloc}{found[1].removesuffix('json/')}"
    given = (urlunsplit(parts),) if "assertion" in parts.path and "obversion" in asked else ()
    return (*given, f"{folder}assertion.php?b={name}&obversion=2", f"{folder}assertion.php?b={name}")


def _factory(parts: SplitResult) -> tuple[str, ...]:
    found = _FACTORY.fullmatch(parts.path)
    return (f"{parts.scheme}://{parts.netloc}{found[1]}", urlunsplit(parts)) if found else ()


_SHAPES: Final[tuple[tuple[Callable[[str], bool], Callable[[SplitResult], tuple[str, ...]]], ...]] = (
    (_ends("credly.com", "youracclaim.com"), _credly),
    (_ends("credential.net", "accredible.com"), _accredible),
    (_ends("badgr.io", "badgr.com", "parchment.com"), _badgr),
    (_ends("openbadgefactory.com", "cancred.ca"), _factory),
    # Both run on anybody's own servers, and are known by their paths.
    (_anywhere, _moodle),
    (_anywhere, _badgr),
)


@dataclass
class _Found:
    alternates: list[str] = field(default_factory=list)
    inside: list[bytes] = field(default_factory=list)
    picture: str = ""
    title: list[str] = field(default_factory=list)


class _Page(HTMLParser):
    """Keeps what a page says of itself and forgets everything else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found = _Found()
        self._script: list[str] | None = None
        self._in_title = False

    @property
    def alternates(self) -> list[str]:
        return self._found.alternates

    @property
    def inside(self) -> list[bytes]:
        return self._found.inside

    @property
    def picture(self) -> str:
        return self._found.picture

    @property
    def title(self) -> list[str]:
        return self._found.title

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "link" and "alternate" in said.get("rel", "").lower().split():
            if said.get("type", "").lower().partition(";")[0].strip() in _JSON_TYPES:
                self._found.alternates.append(said.get("href", ""))
        elif tag == "meta" and said.get("property", said.get("name", "")).lower() == "og:image":
            self._found.picture = self._found.picture or said.get("content", "")
        elif tag == "script":
            kind = said.get("type", "").lower().partition(";")[0].strip()
            wanted = kind in _JSON_TYPES and len(self._found.inside) < _MAX_LD_SCRIPTS
            self._script = [] if wanted else None
        elif tag == "title":
            self._in_title = not self._found.title

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            text = "".join(self._script).strip().encode("utf-8", "replace")
            if text and len(text) <= _MAX_LD_BYTES:
                self._found.inside.append(text)
            self._script = None
        elif tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)
        elif self._in_title:
            self._found.title.append(data[:_MAX_TITLE_CHARS])
