"""Issuer lists: who says whom they know. Read from a registry file or a list written by hand.

Two shapes are read: the legacy registry of the Digital Credentials Consortium, and a plain array of
`{"name", "id", "url", "note"}`. A list answers by the issuer's exact id; the name it gives is the list's
word, not the credential's. What being listed means for a verdict is in `verify.checks.issuer`: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from wallet.codec.dates import parse_datetime
from wallet.codec.strict_json import parse_json
from wallet.model.errors import CodecError, TrustError
from wallet.model.limits import MAX_EVIDENCE_BYTES, MAX_URL_CHARS
from wallet.model.reasons import ReasonCode, reason

from .anchors import Anchor, is_trust_list, trust_list

_MAX_NAME_CHARS: Final = 300  # a name is one line
_MAX_LIST_NODES: Final = 400_000  # about fifty thousand issuers


@dataclass(frozen=True, slots=True)
class ListedIssuer:
    """What a list says about one issuer."""

    id: str
    name: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class IssuerList:
    """One list as of its date.

    Attributes:
        name: What the list is called here.
        date: When it says it was updated; None where it does not say.
        issuers: By exact issuer id.
        anchors: Certificates that the list vouches for; empty for a list of ids.
    """

    name: str
    date: datetime | None
    issuers: Mapping[str, ListedIssuer]
    anchors: tuple[Anchor, ...] = ()

    def find(self, issuer_id: str) -> ListedIssuer | None:
        """Return what the list says about that exact id, or None."""
        return self.issuers.get(issuer_id)


def find_issuer(lists: Iterable[IssuerList], issuer_id: str) -> tuple[IssuerList, ListedIssuer] | None:
    """Return the first list that knows the issuer, with what it says; their order is their authority."""
    for one in lists:
        found = one.find(issuer_id)
        if found:
            return one, found
    return None


def issuer_list(data: bytes, *, name: str) -> IssuerList:
    """Read a list.

    Args:
        data: The file's bytes.
        name: What to call the list.

    Raises:
        TrustError: EVIDENCE_UNREADABLE, with what is wrong in `found`.
    """
    if is_trust_list(data):
        found = trust_list(data, name=name)
        return IssuerList(name, found.date, MappingProxyType({}), found.anchors)
    try:
        document = parse_json(data, max_bytes=MAX_EVIDENCE_BYTES, max_nodes=_MAX_LIST_NODES)
    except CodecError as error:
        raise _unreadable(name, error.reason.code.value) from error
    if isinstance(document, list):
        return IssuerList(name, None, _index(_plain(document, name), name))
    if isinstance(document, dict) and isinstance(document.get("registry"), dict):
        meta = document.get("meta")
        updated = meta.get("updated", meta.get("created")) if isinstance(meta, dict) else None
        return IssuerList(name, _date(updated), _index(_legacy(document["registry"], name), name))
    raise _unreadable(name, "shape")


def _plain(entries: list[Any], name: str) -> Iterator[ListedIssuer]:
    for entry in entries:
        if not isinstance(entry, dict):
            raise _unreadable(name, "entry")
        yield _issuer(entry.get("id"), entry, name)


def _legacy(registry: dict[str, Any], name: str) -> Iterator[ListedIssuer]:
    for issuer_id, entry in registry.items():
        if not isinstance(entry, dict):
            raise _unreadable(name, issuer_id[:100])
        yield _issuer(issuer_id, entry, name)


def _issuer(issuer_id: Any, entry: dict[str, Any], name: str) -> ListedIssuer:
    if not isinstance(issuer_id, str) or ":" not in issuer_id or len(issuer_id) > MAX_URL_CHARS:
        raise _unreadable(name, "id")
    title = entry.get("name")
    if not isinstance(title, str) or not title.strip():
        raise _unreadable(name, issuer_id[:100])
    note = entry.get("note", entry.get("location"))
    return ListedIssuer(issuer_id, title.strip()[:_MAX_NAME_CHARS], _text(entry.get("url")), _text(note))


def _index(issuers: Iterable[ListedIssuer], name: str) -> Mapping[str, ListedIssuer]:
    table: dict[str, ListedIssuer] = {}
    for issuer in issuers:
        if issuer.id in table:
            raise _unreadable(name, issuer.id[:100])  # two names for one id: neither can be believed
        table[issuer.id] = issuer
    return MappingProxyType(table)


def _date(value: Any) -> datetime | None:
    """Read the list's own date. ISO 8601 offsets without a colon are common in these files."""
    if not isinstance(value, str):
        return None
    try:
        moment, _ = parse_datetime(value)
    except CodecError:
        try:
            moment = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z")
        except ValueError:
            return None
    return moment.astimezone(UTC)


def _text(value: Any) -> str:
    return value.strip()[:_MAX_NAME_CHARS] if isinstance(value, str) else ""


def _unreadable(name: str, found: str) -> TrustError:
    return TrustError(reason(ReasonCode.EVIDENCE_UNREADABLE, name=name, found=found))
