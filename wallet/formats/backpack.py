"""Public lists of badges: one person's profile or backpack on somebody's website, read into a tick list.

None of these lists is a published fact. Each was seen in public code and not tried live:

    Credly      credly.com/users/<name>/badges.json, 48 a page, the next one in `metadata.next_page_url`
                (programs that show a person's own badges; no documented interface)
    Badgr, Canvas Credentials, Parchment
                <host>/public/collections/<id>, with `.json` and `?v=2_0` (badgr-server, its public API)
    Mozilla Backpack and its successors
                <host>/displayer/<user>/group/<id>.json (its displayer API; Open Badge Passport and Salava
                answer the same way)
    Accredible  <host>/profile/<name>: `data.credentials` of what its own page loads (a site that kept a copy)

A list may also be a plain array of records, or an object that has one. The reader takes from each entry what
it knows and says how many entries it could not use. A list says what there is to ask for, and proves nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from wallet.codec.dates import parse_datetime
from wallet.codec.strict_json import dump_json, parse_json
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, FormatError
from wallet.model.limits import MIB
from wallet.model.reasons import ReasonCode, reason

from .badge_page import split_address
from .members import first_object, identifier, many, objects, text, types
from .openbadges2 import Part, part_of

MAX_LIST_BYTES: Final = 4 * MIB  # of one page
MAX_LIST_PAGES: Final = 20  # 48 badges each at the largest host: more than anybody has
MAX_OFFERS: Final = 1_000
_MAX_NODES: Final = 200_000
_MAX_TEXT: Final = 300
_CREDLY_USER: Final = re.compile(r"/users?/([A-Za-z0-9._%-]{1,120})(?:/badges(?:\.json|/[a-z_]+)?)?/?")
_COLLECTION: Final = re.compile(r"(/public/collections/[A-Za-z0-9_-]{4,64})(?:\.json|/)?")
_DISPLAYER: Final = re.compile(r".*/displayer/[A-Za-z0-9_-]{1,64}/group/[A-Za-z0-9_-]{1,64}(?:\.json)?")
_PROFILE: Final = re.compile(r"/profile/[A-Za-z0-9._%-]{1,120}(?:/wallet)?/?")
_LISTS: Final = ("badges", "credentials", "assertions", "entries", "result", "items", "data")
_COLLECTION_TYPE: Final = "Collection"
_DEPTH: Final = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of a tick list; every text untrusted.

    Attributes:
        title: As the list calls it.
        issuer: As the list calls it.
        date: When it was awarded, None where the list does not say.
        address: Where the record is asked for; "" where the list carries it.
        page: The page a person would look at, "" if unnamed.
        record: The record itself, where the list carries it.
    """

    title: str
    issuer: str = ""
    date: datetime | None = None
    address: str = ""
    page: str = ""
    record: bytes = b""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list.

    Attributes:
        offers: What it offers.
        unusable: How many of its entries say neither where their record is nor what it says.
        next_address: Where the list goes on, "" at its end.
    """

    offers: tuple[Offer, ...]
    unusable: int = 0
    next_address: str = ""


def list_address(address: str) -> str:
    """Return where the list behind a public profile is, "" for an address that is known for none.

    Args:
        address: As `badge_page.clean_address` returned it.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if host == "credly.com" or host.endswith(".credly.com"):
        found = _CREDLY_USER.fullmatch(parts.path)
        return f"https://www.credly.com/users/{found[1]}/badges.json?page=1" if found else ""
    if found := _COLLECTION.fullmatch(parts.path):
        return f"https://{parts.netloc}{found[1]}.json?v=2_0"
    if _DISPLAYER.fullmatch(parts.path):
        return urlunsplit(parts._replace(path=parts.path.removesuffix(".json") + ".json"))
    accredible = host.endswith(("credential.net", "accredible.com"))
    return address if accredible and _PROFILE.fullmatch(parts.path) else ""


def read_list(data: bytes, address: str) -> ListPage:
    """Read one page of a list.

    Args:
        data: As it came.
        address: Where it came from.

    Raises:
        FormatError: LIST_UNREADABLE: it is no list of badges that we know.
        CodecError: It is no JSON within the bounds.
    """
    value = parse_json(data, max_bytes=MAX_LIST_BYTES, max_nodes=_MAX_NODES)
    entries = _entries(value, _DEPTH)
    if entries is None:
        raise FormatError(reason(ReasonCode.LIST_UNREADABLE, host=urlsplit(address).hostname or ""))
    offers = [_offer(one, address) for one in entries[:MAX_OFFERS]]
    good = tuple(one for one in offers if one is not None)
    unusable = len(entries) - len(good)
    return ListPage(good, unusable, _next(value, address, len(entries)))


def awards_in(document: JsonObject) -> list[Any] | None:
    """Return the awards that a saved collection of badges carries, None for any other document.

    Badgr's `Collection`: a list of awards, each by itself or in a member of its own.
    """
    listed = document.get("badges")
    if types(document) != (_COLLECTION_TYPE,) or not isinstance(listed, list):
        return None
    return [first_object(one["badge"]) if isinstance(one, dict) and _wraps_record(one) else one
            for one in listed]


def _entries(value: Any, depth: int) -> list[JsonObject] | None:
    """Find the one array of objects that is the list."""
    if isinstance(value, list):
        found = [one for one in value if isinstance(one, dict)]
        return found if len(found) == len(value) else None
    if not isinstance(value, dict) or not depth:
        return None
    for name in _LISTS:
        if name in value:
            found_below = _entries(value[name], depth - 1)
            if found_below is not None:
                return found_below
    return None


def _offer(entry: JsonObject, base: str) -> Offer | None:
    entry = first_object(entry.get("badge")) if _wraps_record(entry) else entry
    record = next((one for one in (entry, first_object(entry.get("assertion"))) if _is_record(one)), None)
    template = first_object(entry.get("badge_template")) or first_object(entry.get("badge"))
    template = template or first_object(entry.get("badgeclass")) or first_object(entry.get("group"))
    title = _short(entry.get("name") or template.get("name") or entry.get("title"))
    found = Offer(title or "Badge", _issuer(entry, template), _date(entry))
    host = urlsplit(base).hostname or ""
    if record is not None:
        own = first_object(record.get("badge"))
        issued = found.date or _date(record)
        where = identifier(record) if _is_web(identifier(record)) else ""
        named = replace(found, title=_short(own.get("name")) or found.title, date=issued, address=where,
                        issuer=found.issuer or _short(first_object(own.get("issuer")).get("name")))
        return named if where else replace(named, record=dump_json(record))
    stated = _stated(entry, base, host)
    return replace(found, address=stated, page=stated) if stated else None


def _stated(entry: JsonObject, base: str, host: str) -> str:
    """Where an entry says its record is, or where records of that host are known to be."""
    name = text(entry.get("uuid")) or text(entry.get("id"))
    if host.endswith("credly.com") and re.fullmatch(r"[0-9a-fA-F-]{36}", name):
        return f"https://www.credly.com/badges/{name.lower()}"
    if host.endswith(("credential.net", "accredible.com")) and re.fullmatch(r"[0-9a-fA-F-]{36}", name):
        return f"https://www.credential.net/{name.lower()}"
    stated = ("hostedUrl", "openBadgeId", "assertionUrl", "json", "assertion", "id", "public_url", "shareUrl",
              "share_url", "url")
    for member in stated:
        for one in many(entry.get(member)):
            where = one if isinstance(one, str) else identifier(one)
            if _is_web(where):
                return where
    slug = text(entry.get("entityId")) or text(entry.get("slug"))
    if slug and "/public/collections/" in base:
        return urljoin(base, f"/public/assertions/{quote(slug, safe='')}")
    return ""


def _wraps_record(entry: JsonObject) -> bool:
    """A badgr collection puts each award into a member of its own."""
    return "recipient" not in entry and _is_record(first_object(entry.get("badge")))


def _is_record(value: JsonObject) -> bool:
    return bool(value) and part_of(value) is Part.ASSERTION and "recipient" in value


def _issuer(entry: JsonObject, template: JsonObject) -> str:
    for one in (*objects(entry.get("issuer")), *objects(template.get("issuer"))):
        entities = objects(one.get("entities"))
        first = next((each for each in entities if each.get("primary")), entities[0] if entities else {})
        named = _short(one.get("name")) or _short(first_object(first.get("entity")).get("name"))
        if named:
            return named
    plain = entry.get("issuer_name") or entry.get("issuerName") or entry.get("issuer")
    return _short(plain) if isinstance(plain, str) and not _is_web(plain) else ""


def _date(entry: JsonObject) -> datetime | None:
    for member in ("issued_at_date", "issued_at", "issuedOn", "issued_on", "issueDate", "date"):
        value = entry.get(member)
        if not isinstance(value, str) or not value:
            continue
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                return datetime.fromisoformat(value).replace(tzinfo=UTC)
            return parse_datetime(value)[0]
        except (ValueError, CodecError):
            continue
    return None


def _next(value: Any, address: str, count: int) -> str:
    """Where a list says it goes on: on the same host only, and only while it still has entries."""
    about = first_object(value.get("metadata")) if isinstance(value, dict) else {}
    stated = text(about.get("next_page_url")) or (text(value.get("next")) if isinstance(value, dict) else "")
    if not count:
        return ""
    if stated:
        return _same_site(urljoin(address, stated), address)
    pages, here = about.get("total_pages"), about.get("current_page", about.get("page"))
    if isinstance(pages, int) and isinstance(here, int) and here < pages:
        return _with_page(urlsplit(address), here + 1)
    return ""


def _same_site(found: str, address: str) -> str:
    parts, here = split_address(found), urlsplit(address)
    if parts is None or (parts.scheme, parts.netloc) != (here.scheme, here.netloc) or found == address:
        return ""
    return found


def _with_page(parts: SplitResult, number: int) -> str:
    asked = {**dict(parse_qsl(parts.query)), "page": str(number)}
    return urlunsplit(parts._replace(query=urlencode(asked)))


def _is_web(value: str) -> bool:
    return value.startswith(("https://", "http://")) and split_address(value) is not None


def _short(value: Any) -> str:
    return text(value)[:_MAX_TEXT]
