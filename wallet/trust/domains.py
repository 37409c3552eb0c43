"""Web domains of institutions: to whom does this address belong, by the file of ROR?

ROR is the Research Organization Registry. Its data file (CC0) is read as its documentation describes schema
2: a JSON array of records with `id`, `names`, `domains`, `links`, `locations`, `relationships`, `status`, or
the CSV form of the same (https://ror.readme.io/docs/ror-data-structure). It is compiled into a small index of
our own: one line of JSON, then one line per domain, sorted, so that a lookup is a few comparisons and nothing
is parsed. A domain that several institutions claim, a public ending and a host that rents out places name
nobody. Knowing to whom an address belongs is not being listed: anybody there may have a page of his own.
"""

from __future__ import annotations

import csv
import io
import ipaddress
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any, Final
from urllib.parse import urlsplit

from wallet.codec.json_records import json_records
from wallet.codec.strict_json import parse_object
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError
from wallet.model.evidence import EvidenceUsed
from wallet.model.limits import MAX_DOMAIN_FILE_BYTES, MAX_DOMAIN_RECORD_BYTES, MAX_DOMAINS
from wallet.model.places import member_place

from .anchors import Anchor
from .issuer_keys import wanted_document
from .registry import MAX_NAME_CHARS, Answer, ListedIssuer, Listing, list_date, unreadable

INDEX_MARK: Final = "institutions by domain"
_MAX_INDEX_BYTES: Final = 64 * 1024 * 1024
_LABEL: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
#: Second labels that stand under country codes for a whole sector, and so belong to nobody in it.
_SECTORS: Final = frozenset({"ac", "co", "com", "edu", "gob", "gov", "go", "k12", "mil", "net", "nom", "or",
                             "org", "sch", "res", "edunet", "ed", "ne"})
#: Hosts that give places to anybody.
_RENTED: Final = frozenset({
    "github.io", "gitlab.io", "github.com", "gitlab.com", "google.com", "sites.google.com", "facebook.com",
    "linkedin.com", "twitter.com", "x.com", "instagram.com", "youtube.com", "wordpress.com", "blogspot.com",
    "blogger.com", "tumblr.com", "medium.com", "wixsite.com", "wix.com", "weebly.com", "webnode.com",
    "squarespace.com", "notion.site", "netlify.app", "vercel.app", "herokuapp.com", "azurewebsites.net",
    "amazonaws.com", "cloudfront.net", "web.app", "firebaseapp.com", "pages.dev", "workers.dev",
    "wikipedia.org", "wikidata.org", "archive.org", "researchgate.net", "academia.edu", "sharepoint.com",
    "credly.com", "badgr.com", "canvascredentials.com", "instructure.com", "moodlecloud.com"})


@dataclass(frozen=True, slots=True)
class Institution:
    """Whose domain it is."""

    domain: str
    name: str
    ror: str
    country: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """An index that was made.

    Attributes:
        data: The index.
        domains: How many it holds.
        left_out: How many domains were claimed by several institutions.
    """

    data: bytes
    domains: int
    left_out: int


@dataclass(frozen=True, slots=True)
class DomainIndex:
    """A compiled index that can be asked like a list.

    Attributes:
        name: What the file is called, like "ROR".
        date: Of the file.
        lines: Sorted, one per domain.
    """

    name: str
    date: datetime | None
    lines: tuple[str, ...] = field(repr=False)
    used: EvidenceUsed | None = field(default=None, compare=False)
    anchors: tuple[Anchor, ...] = ()

    def find(self, host: str) -> Institution | None:
        """Return whose domain a host is, or lies below, by whole labels."""
        host = _host(host)
        while host:
            place = bisect_left(self.lines, f"{host}\t")
            if place < len(self.lines) and self.lines[place].startswith(f"{host}\t"):
                return Institution(*self.lines[place].split("\t"))
            _, _, host = host.partition(".")
        return None

    def ask(self, issuer_id: str, at: datetime) -> Answer:  # noqa: ARG002 - the port's signature
        """Say to whom the issuer's web address belongs; never that the issuer is listed."""
        host = wanted_document(issuer_id).host.partition(":")[0]
        found = self.find(host) if host else None
        evidence = (self.used,) if self.used else ()
        if found is None:
            return Answer(Listing.SILENT, self.name, date=self.date)
        place = "place" if is_place_inside(issuer_id) else ""
        known = ListedIssuer(found.domain, found.name, f"https://{found.domain}/", place, ror=found.ror)
        return Answer(Listing.DOMAIN, self.name, known, self.date, evidence=evidence)


def is_place_inside(issuer_id: str) -> bool:
    """Tell an identifier inside a host that may have been given to a member: did:web with a path, `~eve`."""
    if issuer_id.startswith("did:web:"):
        return ":" in issuer_id.removeprefix("did:web:")
    return bool(member_place(issuer_id))


def is_index(data: bytes) -> bool:
    """Tell a compiled index by its first line."""
    return data.startswith(b'{"about":"' + INDEX_MARK.encode() + b'"')


def read_index(data: bytes, *, used: EvidenceUsed | None = None) -> DomainIndex:
    """Read a compiled index.

    Raises:
        TrustError: EVIDENCE_UNREADABLE.
    """
    if len(data) > _MAX_INDEX_BYTES or not is_index(data):
        raise unreadable("domains", "shape")
    first, _, rest = data.partition(b"\n")
    try:
        head, lines = parse_object(first), tuple(rest.decode("utf-8").splitlines())
    except (CodecError, UnicodeDecodeError) as error:
        raise unreadable("domains", "text") from error
    if any(line.count("\t") != 3 for line in lines) or list(lines) != sorted(lines):
        raise unreadable("domains", "lines")
    name = head.get("name")
    return DomainIndex(name if isinstance(name, str) else "", list_date(head.get("date")), lines, used)


def compile_index(stream: IO[bytes], *, name: str, date: datetime | None) -> Compiled:
    """Read the registry's data file, JSON or CSV, and compile the index.

    Args:
        stream: The file's bytes, unpacked.
        name: What to call it.
        date: Of the file, None where nobody knows.

    Raises:
        TrustError: EVIDENCE_UNREADABLE, with what is wrong in `found`.
    """
    start = stream.read(64)
    whole = io.BufferedReader(_Rejoined(start, stream))
    try:
        is_json = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"["
        claims = _claims(_records_of_json(whole) if is_json else _records_of_csv(whole))
    except (CodecError, csv.Error, UnicodeDecodeError) as error:
        found = error.reason.code.value if isinstance(error, CodecError) else "text"
        raise unreadable(name, found) from error
    if not claims:
        raise unreadable(name, "empty")
    lines, left_out = _settled(claims)
    day = date.astimezone(UTC).date().isoformat() if date else ""
    head = {"about": INDEX_MARK, "name": name, "date": day}
    text = "\n".join((json.dumps(head, ensure_ascii=False, separators=(",", ":")), *lines))
    return Compiled(text.encode("utf-8"), len(lines), left_out)


@dataclass(frozen=True, slots=True)
class _Record:
    """What is needed of one institution."""

    id: str
    name: str
    country: str
    domains: tuple[str, ...]
    sites: tuple[str, ...]
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    record: _Record
    is_own: bool  # named as a domain, and not only as where a site is


def _claims(records: Iterable[_Record]) -> Mapping[str, list[_Claim]]:
    claims: dict[str, list[_Claim]] = {}
    for record in records:
        for host in dict.fromkeys((*record.domains, *record.sites)):
            if _is_nobodys(host):
                continue
            claims.setdefault(host, []).append(_Claim(record, host in record.domains))
            if len(claims) > MAX_DOMAINS:
                raise unreadable("domains", "limit")
    return claims


def _settled(claims: Mapping[str, list[_Claim]]) -> tuple[list[str], int]:
    """Return a line per domain that one institution has; parts of an institution yield to the whole."""
    lines, left_out = [], 0
    for host, wishes in claims.items():
        rivals = [one.record for one in wishes if one.is_own] or [one.record for one in wishes]
        if len(rivals) > 1:
            ids = {one.id for one in rivals}
            rivals = [one for one in rivals if ids.isdisjoint(one.parents)]
        if len(rivals) == 1:
            lines.append(f"{host}\t{rivals[0].name}\t{rivals[0].id}\t{rivals[0].country}")
        else:
            left_out += 1
    return sorted(lines), left_out


def _records_of_json(stream: IO[bytes]) -> Iterator[_Record]:
    for entry in json_records(stream, max_record_bytes=MAX_DOMAIN_RECORD_BYTES,
                              max_bytes=MAX_DOMAIN_FILE_BYTES):
        record = _record_of_json(entry)
        if record:
            yield record


def _record_of_json(entry: JsonObject) -> _Record | None:
    """Take what is needed of a record; one that is not active or has no display name is passed over."""
    names = [one for one in _objects(entry.get("names")) if "ror_display" in _texts(one.get("types"))]
    name = _line(names[0].get("value")) if names else ""
    if entry.get("status") != "active" or not name:
        return None
    places = [one.get("geonames_details") for one in _objects(entry.get("locations"))]
    country = next((_line(one.get("country_code")) for one in places if isinstance(one, dict)), "")
    sites = (one.get("value") for one in _objects(entry.get("links")) if one.get("type") == "website")
    parents = (_line(one.get("id")) for one in _objects(entry.get("relationships"))
               if one.get("type") == "parent")
    return _Record(_line(entry.get("id")), name, country,
                   tuple(filter(None, map(_host, _texts(entry.get("domains"))))),
                   tuple(filter(None, map(_host_of_site, sites))), tuple(parents))


def _records_of_csv(stream: IO[bytes]) -> Iterator[_Record]:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    csv.field_size_limit(MAX_DOMAIN_RECORD_BYTES)
    for row in csv.DictReader(text):
        name = _line(row.get("names.types.ror_display"))
        if row.get("status") != "active" or not name:
            continue
        domains, sites = (_split(row.get(one)) for one in ("domains", "links.type.website"))
        yield _Record(_line(row.get("id")), name, _line(row.get("locations.geonames_details.country_code")),
                      tuple(filter(None, map(_host, domains))),
                      tuple(filter(None, map(_host_of_site, sites))), ())


def _host(text: Any) -> str:
    """Return a host name as it stands in the network, "" for what is none."""
    if not isinstance(text, str) or not text or len(text) > 253:
        return ""
    host = text.strip().lower()
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = host.split(".")
    return host if len(labels) > 1 and all(_LABEL.fullmatch(one) for one in labels) else ""


def _host_of_site(address: Any) -> str:
    """Return the host of a site's address; of one that is only a page there, nothing."""
    if not isinstance(address, str):
        return ""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = parts.hostname or ""
    except ValueError:
        return ""
    return _host(host.removeprefix("www.")) if parts.path in ("", "/") and not parts.query else ""


def _is_nobodys(host: str) -> bool:
    """Tell public endings, rented hosts and addresses in numbers."""
    labels = host.split(".")
    if host in _RENTED or (len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _SECTORS):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _objects(value: Any) -> list[JsonObject]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _split(value: str | None) -> list[str]:
    return [one.strip() for one in re.split("[;|]", value or "") if one.strip()]


def _line(value: Any) -> str:
    """Return a bounded text without anything that would end a line or a field."""
    return " ".join(value.split())[:MAX_NAME_CHARS] if isinstance(value, str) else ""


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were looked at."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        super().__init__()
        self._start, self._rest, self._left = start, rest, MAX_DOMAIN_FILE_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._start:
            data, self._start = self._start[:len(buffer)], self._start[len(buffer):]
        else:
            data = self._rest.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise unreadable("domains", "limit")
        buffer[:len(data)] = data
        return len(data)
