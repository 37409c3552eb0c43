"""Lists of lists: an array of `{name, type, governanceUrl, url | trustAnchorEC}`, the order its authority.

The shape is that of the known registries of the Digital Credentials Consortium, which LearnCard publishes
too (`known-did-registries.json`). Two types are known: `dcc-legacy`, a list that is one file, and `oidf`, a
federation. A list of lists names lists only, never another list of lists, so that nothing can go in a
circle. A type that we do not know stays in its place and is told as not looked into.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from wallet.codec.strict_json import parse_json
from wallet.keys.keypair import PublicKey
from wallet.model.errors import CodecError, TrustError
from wallet.model.evidence import EvidenceKind, Grade
from wallet.model.limits import MAX_EVIDENCE_BYTES, MAX_LISTS, MAX_URL_CHARS
from wallet.model.reasons import ReasonCode, reason

from .evidence_store import used
from .federation import Federation, anchor_of
from .issuer_keys import Lookup, wanted_document
from .registry import IssuerList, MissingList, issuer_list, plain_text, unreadable

_LEGACY: Final = "dcc-legacy"
_FEDERATION: Final = "oidf"


@dataclass(frozen=True, slots=True)
class KnownList:
    """One line of a list of lists.

    Attributes:
        type: As it is written there.
        address: Of the list, or of the anchor's own statement; "" where there is none that could be asked.
        governance: Where its rules are told.
    """

    name: str
    type: str
    address: str
    governance: str = ""


def is_list_of_lists(document: Any) -> bool:
    """Tell a list of lists by its entries: each has a type, and none an id."""
    return isinstance(document, list) and bool(document) and all(
        isinstance(one, dict) and isinstance(one.get("type"), str) and "id" not in one for one in document)


def known_lists(data: bytes, *, name: str) -> tuple[KnownList, ...]:
    """Read a list of lists.

    Raises:
        TrustError: EVIDENCE_UNREADABLE, with what is wrong in `found`.
    """
    try:
        document = parse_json(data, max_bytes=MAX_EVIDENCE_BYTES)
    except CodecError as error:
        raise unreadable(name, error.reason.code.value) from error
    if not is_list_of_lists(document):
        raise unreadable(name, "shape")
    if len(document) > MAX_LISTS:
        raise unreadable(name, "limit")
    lines = tuple(_line(entry, name) for entry in document)
    addresses = [line.address for line in lines if line.address]
    if len(set(addresses)) != len(addresses):  # twice in one order: which place is meant?
        raise unreadable(name, "address")
    return lines


def lists_of(lines: tuple[KnownList, ...], lookup: Lookup) -> tuple[IssuerList, ...]:
    """Return the lists themselves, in order, each from its newest version in evidence; never raises."""
    return tuple(_loaded(line, lookup) for line in lines)


def newest_list(address: str, lookup: Lookup, *, name: str, key: PublicKey | None = None) -> IssuerList:
    """Return the list that is kept at an address, or a missing one that says why; never raises.

    What came from the sender of a credential is no list of the person who checks.
    """
    document = next((one for one in lookup(address) if one.grade is not Grade.SENDER), None)
    if document is None:
        why = reason(ReasonCode.LIST_NOT_LOADED, name=name, address=address)
        return MissingList(name, why, (wanted_document(address, EvidenceKind.REGISTRY),))
    try:
        return issuer_list(document.data, name=name, key=key, used=used(document))
    except TrustError as error:
        return MissingList(name, error.reason)


def _loaded(line: KnownList, lookup: Lookup) -> IssuerList:
    if line.type == _LEGACY and line.address:
        return newest_list(line.address, lookup, name=line.name)
    if line.type == _FEDERATION and line.address:
        try:
            return Federation(line.name, anchor_of(line.address), lookup)
        except TrustError as error:
            return MissingList(line.name, error.reason)
    return MissingList(line.name, reason(ReasonCode.LIST_KIND, name=line.name, format=line.type))


def _line(entry: dict[str, Any], name: str) -> KnownList:
    title, kind = plain_text(entry.get("name")), plain_text(entry.get("type"))
    if not title:
        raise unreadable(name, "name")
    member = {_LEGACY: "url", _FEDERATION: "trustAnchorEC"}.get(kind)
    address = entry.get(member) if member else ""
    if member and not _is_address(address):
        raise unreadable(name, title[:100])
    return KnownList(title, kind, address if isinstance(address, str) else "",
                     plain_text(entry.get("governanceUrl")))


def _is_address(value: Any) -> bool:
    return (isinstance(value, str) and value.startswith("https://") and len(value) <= MAX_URL_CHARS
            and value.isascii() and value.isprintable() and " " not in value)
