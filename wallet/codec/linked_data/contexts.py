"""Context documents: pinned by hash, several per address, never fetched and never guessed.

A context decides what every signed word means, so its address is matched byte for byte and its content by
SHA-256. Publishers have changed content under one address after credentials were signed: each known
content is kept, and `variants` lists the combinations worth trying. Specification: VC Data Integrity 1.0
§2.4 and its list of digests. Expansion is in `reference`.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import unquote, urlsplit

from wallet.codec.strict_json import parse_object
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, LinkedDataError
from wallet.model.limits import MIB
from wallet.model.reasons import Reason, ReasonCode, reason

MANIFEST: Final = "manifest.json"
_MAX_VARIANTS: Final = 8  # combinations tried for one document; the newest of everything comes first
_MAX_REMEMBERED: Final = 256  # address lists; a document chooses them
_MAX_CONTEXT_BYTES: Final = 1 * MIB
_MAX_CONTEXT_NODES: Final = 60_000
_WEB: Final = ("https://", "http://")  # what a document writes down itself gets an address of another kind
# What a supplied context must not do: pull in others by merging, move the base, hide statements in
# members that no reader of credentials looks at.
_REFUSED_KEYWORDS: Final = frozenset({"@import", "@base", "@reverse"})
_REFUSED_ALIASES: Final = frozenset({"@graph", "@included", "@nest", "@reverse", "@json", "@index"})


class _Unread:
    """A shipped context whose bytes were held against their hash; parsed when a document needs it."""

    __slots__ = ("_data", "_document", "_name")

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        self._document: JsonObject | None = None

    def read(self) -> JsonObject:
        """Parse it, once.

        Raises:
            LinkedDataError: CONTEXT_ALTERED.
        """
        if self._document is None:
            self._document = _parse(self._data, self._name)
        return self._document


@dataclass(frozen=True, slots=True)
class ContextDocument:
    """One content of one address.

    Attributes:
        address: Where it is published, byte-exact.
        sha256: Of its bytes.
        content: The parsed document, or what will be parsed.
        name: What to call this content (its file), for notes.
        shipped: Whether it came with the program.
    """

    address: str
    sha256: str
    content: JsonObject | _Unread = field(compare=False, repr=False)
    name: str = ""
    shipped: bool = True

    @property
    def document(self) -> JsonObject:
        """The parsed document; never changed, expansion gets copies."""
        return self.content.read() if isinstance(self.content, _Unread) else self.content


@dataclass(frozen=True, slots=True)
class ContextSet:
    """One content for each address that a document needs, directly or through another context.

    Attributes:
        documents: One per address.
        notes: One per address whose content is not the newest known, or defines whatever nobody else does.
    """

    documents: tuple[ContextDocument, ...]
    notes: tuple[Reason, ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Hash it once: several tables are kept by context set, and asked for each document."""
        object.__setattr__(self, "_hash", hash((self.documents, self.notes)))

    def __hash__(self) -> int:
        """Return the hash of what it holds."""
        return self._hash

    def __reduce__(self) -> tuple[type[ContextSet], tuple[object, ...]]:
        """Travel to another process without the hash, which is another one there."""
        return ContextSet, (self.documents, self.notes)

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """What makes two sets mean the same: addresses with hashes."""
        return tuple(sorted((document.address, document.sha256) for document in self.documents))

    def document(self, address: str) -> JsonObject:
        """Return the document of that address.

        Raises:
            LinkedDataError: CONTEXT_UNKNOWN.
        """
        for document in self.documents:
            if document.address == address:
                return document.document
        raise LinkedDataError(reason(ReasonCode.CONTEXT_UNKNOWN, address=address[:200], lookalike=""))


@dataclass(frozen=True, slots=True)
class Contexts:
    """All context documents there are. Immutable; `extended` returns another one."""

    _by_address: Mapping[str, tuple[ContextDocument, ...]]
    _known_variants: dict[tuple[str, ...], tuple[ContextSet, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def pinned(cls, folder: Path) -> Self:
        """Read the contexts that ship with the program, each against its hash.

        Raises:
            LinkedDataError: CONTEXT_ALTERED: a file is missing or is not the one that was pinned.
        """
        by_address: dict[str, tuple[ContextDocument, ...]] = {}
        manifest = _read(folder / MANIFEST, MANIFEST)
        for entry in _entries(manifest):
            name = entry["file"]
            data = _read(folder / name, name)
            sha256 = hashlib.sha256(data).hexdigest()
            if sha256 != entry["sha256"]:
                raise _altered(name)
            content = _Unread(data, name)
            for address in entry["addresses"]:
                version = ContextDocument(address, sha256, content, name.removesuffix(".json"))
                by_address[address] = (*by_address.get(address, ()), version)
        return cls(by_address)

    def addresses(self) -> AbstractSet[str]:
        """Return every address that has a document; a view, as cheap as it looks."""
        return self._by_address.keys()

    def extended(self, documents: Mapping[str, bytes]) -> Self:
        """Return these contexts and the supplied ones.

        A pinned address keeps its pinned contents: a supplied document for it is ignored, since it would
        change what signatures mean. For any other address the supplied one comes before earlier ones.

        Raises:
            LinkedDataError: CONTEXT_REFUSED: not a context document, or one that merges others, moves the
                base or renames keywords that hide statements.
        """
        by_address = dict(self._by_address)
        for address, data in documents.items():
            known = by_address.get(address, ())
            sha256 = hashlib.sha256(data).hexdigest()
            if any(version.shipped or version.sha256 == sha256 for version in known):
                continue
            document = _parse_supplied(data, address)
            version = ContextDocument(address, sha256, document, sha256[:12], shipped=False)
            by_address[address] = (version, *known)
        return type(self)(by_address)

    def variants(self, addresses: Collection[str]) -> tuple[ContextSet, ...]:
        """Return each combination of contents worth trying, the newest of everything first.

        Raises:
            LinkedDataError: CONTEXT_UNKNOWN with the address and the known one it resembles.
        """
        asked = tuple(addresses)
        known = self._known_variants.get(asked)
        if known is None:
            choices = [self._by_address[address] for address in self._closure(asked)]
            combinations = itertools.islice(itertools.product(*choices), _MAX_VARIANTS)
            known = tuple(self._set(documents) for documents in combinations)
            if len(self._known_variants) < _MAX_REMEMBERED:
                self._known_variants[asked] = known
        return known

    def _closure(self, addresses: Collection[str]) -> tuple[str, ...]:
        needed: dict[str, None] = {}
        stack = list(reversed(list(dict.fromkeys(addresses))))
        while stack:
            address = stack.pop()
            if address in needed:
                continue
            if address not in self._by_address:
                lookalike = self._lookalike(address)
                raise LinkedDataError(
                    reason(ReasonCode.CONTEXT_UNKNOWN, address=address[:200], lookalike=lookalike)
                )
            needed[address] = None
            for version in self._by_address[address]:
                stack.extend(_references(version.document.get("@context")))
        return tuple(needed)

    def _set(self, documents: tuple[ContextDocument, ...]) -> ContextSet:
        notes = tuple(
            reason(ReasonCode.QUIRK_CONTEXT_VERSION, address=version.address, found=version.name)
            for version in documents
            if version != self._by_address[version.address][0]
        )
        # A supplied catch-all vocabulary gives every word an address, and so hides the undefined ones.
        notes += tuple(
            reason(ReasonCode.QUIRK_NO_AGREED_MEANING, which=version.address[:200])
            for version in documents
            if not version.shipped and version.address.startswith(_WEB)
            if _defines_everything(version.document)
        )
        return ContextSet(documents, notes)

    def _lookalike(self, address: str) -> str:
        folded = _fold(address)
        alike = sorted(known for known in self._by_address if _fold(known) == folded)
        if alike:
            return alike[0]
        host = _host_of(address)
        near = sorted(known for known in self._by_address if host and _host_of(known) == host)
        end = _end_of(folded)
        return next((known for known in near if _end_of(_fold(known)) == end), "")


def _end_of(path: str) -> list[str]:
    """Return the end of a path by which it is known: of many vocabularies of one host the last is `v1`."""
    return path.rsplit("/", 2)[-2:]


def _host_of(address: str) -> str:
    """Return the host of an address in lower case, "" if it has none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _fold(address: str) -> str:
    """Reduce an address to what a person would read: no scheme, case, `www.`, escapes or trailing slash."""
    plain = unquote(address).strip().lower()
    plain = re.sub(r"^[a-z]+:/*(www\.)?", "", plain)
    return plain.rstrip("/#").removesuffix(".jsonld").removesuffix(".json")


def _references(context: Any) -> list[str]:
    """List the addresses that a context document names, in arrays and in scoped contexts."""
    found: list[str] = []
    stack = [context]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            stack.extend(
                definition["@context"]
                for definition in value.values()
                if isinstance(definition, dict) and "@context" in definition
            )
    return found


def _defines_everything(document: JsonObject) -> bool:
    value = document.get("@context")
    parts = value if isinstance(value, list) else [value]
    return any(isinstance(part, dict) and part.get("@vocab") is not None for part in parts)


def _parse_supplied(data: bytes, address: str) -> JsonObject:
    try:
        document = _parse(data, address)
    except LinkedDataError:
        raise _refused(address, "not a context document") from None
    stack: list[Any] = [document["@context"]]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            for key, definition in value.items():
                name = definition.get("@id") if isinstance(definition, dict) else definition
                hides = not key.startswith("@") and isinstance(name, str) and name in _REFUSED_ALIASES
                if key in _REFUSED_KEYWORDS or hides:
                    raise _refused(address, key[:100])
                if isinstance(definition, (dict, list)):
                    stack.append(definition)
    return document


def _entries(manifest: bytes) -> list[dict[str, Any]]:
    try:
        entries = parse_object(manifest)["contexts"]
        return [{name: entry[name] for name in ("file", "sha256", "addresses")} for entry in entries]
    except (CodecError, KeyError, TypeError):
        raise _altered(MANIFEST) from None


def _parse(data: bytes, name: str) -> JsonObject:
    try:
        document = parse_object(data, max_bytes=_MAX_CONTEXT_BYTES, max_nodes=_MAX_CONTEXT_NODES)
    except CodecError:
        raise _altered(name) from None
    if not isinstance(document.get("@context"), (dict, list)):
        raise _altered(name)
    return document


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise _altered(name) from None


def _altered(name: str) -> LinkedDataError:
    return LinkedDataError(reason(ReasonCode.CONTEXT_ALTERED, address=name))


def _refused(address: str, found: str) -> LinkedDataError:
    return LinkedDataError(reason(ReasonCode.CONTEXT_REFUSED, address=address[:200], found=found))
