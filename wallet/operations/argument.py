"""What a seal covers, as bytes: sizes and hashes that anybody can compare with another program's.

Nothing is judged here. The bytes are those that check 2 compares: of an embedded proof the canonical
statements (or the canonical JSON) of the document and of the proof's options, of a token what its signature
covers. VC Data Integrity 1.0 §4, RFC 7515 §5.1, RFC 9052 §4.4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum, unique

from wallet.codec.jcs import canonical_json
from wallet.codec.linked_data.canonical import canonical_form, context_addresses
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.credential import Credential, JsonObject, Presentation, Unreadable
from wallet.model.errors import WalletError
from wallet.proofs.disclosure_value import is_derived
from wallet.proofs.suite import Writing
from wallet.proofs.suites import SUITES, is_supported, suite_name

__all__ = ["Contexts", "Part", "PartKind", "contents_of", "is_shown_in_part", "parts_of", "statements_of"]


@unique
class PartKind(StrEnum):
    """What some bytes are."""

    FILE = "file"
    TEXT = "text"  # the credential's text inside the file
    STATEMENTS = "statements"  # the document as canonical statements
    OPTIONS = "options"  # a proof without its value, the same way
    JSON = "json"  # the document as canonical JSON
    SIGNED_TEXT = "signed_text"  # of a token: header and payload as they are signed
    VOCABULARY = "vocabulary"


@dataclass(frozen=True, slots=True)
class Part:
    """Some bytes of the argument.

    Attributes:
        kind: What they are.
        size: How many.
        sha256: Of them.
        name: A vocabulary's address, a suite's name; untrusted text.
    """

    kind: PartKind
    size: int
    sha256: str
    name: str = ""


def parts_of(content: Credential | Presentation, contexts: Contexts) -> tuple[Part, ...]:
    """Return what was hashed and compared; what cannot be written out is left out, and judged elsewhere."""
    return tuple(_parts(content, contexts))


def statements_of(content: Credential | Presentation, contexts: Contexts) -> str:
    """Return what an embedded proof seals: the document without its proofs as canonical N-Quads.

    Raises:
        LinkedDataError: Something in it would not be sealed, or a vocabulary is unknown.
    """
    return _statements(_unsecured(content.document), contexts).decode()


def is_shown_in_part(content: Credential | Presentation) -> bool:
    """Whether every seal is one of a part: what its holder left out is not in the file at all."""
    return bool(content.proofs) and all(map(is_derived, content.proofs))


def _parts(content: Credential | Presentation, contexts: Contexts) -> Iterator[Part]:
    original = content.original
    yield _part(PartKind.FILE, original.data)
    if original.payload != original.data:
        yield _part(PartKind.TEXT, original.payload)
    if content.jws is not None:
        yield _part(PartKind.SIGNED_TEXT, content.jws.signing_input, str(content.jws.header.get("alg", "")))
    elif content.cose is not None:
        yield _part(PartKind.SIGNED_TEXT, content.cose.signing_input, "COSE")
    try:
        yield from _vocabularies(content.document, contexts)
        written: dict[str, Part] = {}  # eight proofs shall not cost eight times
        for proof in content.proofs:
            yield from _sealed(content.document, proof, contexts, written)
    except WalletError:
        return


def _vocabularies(document: JsonObject, contexts: Contexts) -> Iterator[Part]:
    if "@context" not in document:
        return
    for version in contexts.variants(context_addresses(_unsecured(document)))[0].documents:
        yield Part(PartKind.VOCABULARY, 0, version.sha256, version.address)


def _sealed(document: JsonObject, proof: JsonObject, contexts: Contexts,
            written: dict[str, Part]) -> Iterator[Part]:
    if not is_supported(proof):
        return
    suite = SUITES[suite_name(proof)]
    unsecured = _unsecured(document)
    options = {name: value for name, value in proof.items() if name not in (suite.value, "@context")}
    if suite.writing is Writing.JSON:
        yield _part(PartKind.JSON, canonical_json(unsecured), suite.name)
        return
    if "" not in written:
        written[""] = _part(PartKind.STATEMENTS, _statements(unsecured, contexts))
    yield replace(written[""], name=suite.name)
    yield _part(PartKind.OPTIONS, _statements({"@context": document["@context"]} | options, contexts),
                suite.name)


def _statements(document: JsonObject, contexts: Contexts) -> bytes:
    return canonical_form(document, contexts.variants(context_addresses(document))[0]).nquads


def _unsecured(document: JsonObject) -> JsonObject:
    return {name: value for name, value in document.items() if name != "proof"}


def _part(kind: PartKind, data: bytes, name: str = "") -> Part:
    return Part(kind, len(data), hashlib.sha256(data).hexdigest(), name)


def contents_of(content: Credential | Presentation) -> tuple[Credential | Presentation, ...]:
    """Return the thing itself and what it holds, as far as that can be read."""
    inside = content.credentials if isinstance(content, Presentation) else content.inside
    return (content, *(one for one in inside if not isinstance(one, Unreadable)))
