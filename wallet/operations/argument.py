"""What a seal covers, as bytes: sizes and hashes that anybody can compare with another program's.

Nothing is judged here. The bytes are those that check 2 compares: of an embedded proof the canonical
statements (or the canonical JSON) of the document and of the proof's options, as the recipe of its suite is
given them; of a token what its signature covers; of a receipt the hash it starts from. What cannot be written
out is named with the reason. VC Data Integrity 1.0 §4, RFC 7515 §5.1, RFC 9052 §4.4, RFC 9901 §4.2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

from wallet.codec.encoding import multibase_decode
from wallet.codec.linked_data.canonical import canonical_form, context_addresses
from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.linked_data.vocabulary import with_vocabulary
from wallet.codec.sdjwt import shown_names, split_sd_jwt
from wallet.model.credential import Credential, JsonObject, Presentation, Securing, Unreadable
from wallet.model.errors import CodecError, WalletError
from wallet.model.reasons import Reason
from wallet.proofs.cose import ALGORITHMS
from wallet.proofs.disclosure_value import BASES, is_base, is_derived
from wallet.proofs.members import earlier_proofs
from wallet.proofs.merkle import read_receipt
from wallet.proofs.prepared import Prepared, as_json, as_statements, prepare
from wallet.proofs.suite import Suite, Writing, sha_256
from wallet.proofs.suites import SUITES, is_supported, suite_name

__all__ = [
    "Contexts", "Part", "PartKind", "algorithm_of", "always_shown", "contents_of", "is_shown_in_part",
    "parts_of", "parts_of_unreadable", "statements_of",
]  # fmt: skip

_P384_SIGNATURE_BYTES: Final = 96


@unique
class PartKind(StrEnum):
    """What some bytes are."""

    FILE = "file"
    ITEM = "item"  # the text of something inside a pack or a record
    TEXT = "text"  # the credential's text inside the file
    STATEMENTS = "statements"  # the document as canonical statements
    SHOWN = "shown"  # the same, of a part that its holder shows: each statement has a seal of its own
    CHAINED = "chained"  # the same, with the earlier proofs that a chained one is sealed over
    OPTIONS = "options"  # a proof without its value, the same way
    JSON = "json"  # the document as canonical JSON
    SIGNED_TEXT = "signed_text"  # of a token: header and payload as they are signed
    DISCLOSURES = "disclosures"  # of an SD-JWT: the parts that are shown
    RECEIPT = "receipt"  # the hash from which a receipt starts
    ROOT = "root"  # the hash where it ends
    VOCABULARY = "vocabulary"


@dataclass(frozen=True, slots=True)
class Part:
    """Some bytes of the argument.

    Attributes:
        kind: What they are.
        size: How many, 0 where only the hash is known.
        digest: Of them, "" if there are none.
        name: A vocabulary's address, a suite's name, an algorithm; untrusted text.
        algorithm: What the digest was made with; of an embedded proof the hash that its seal covers.
        problem: Why they cannot be written out.
    """

    kind: PartKind
    size: int
    digest: str
    name: str = ""
    algorithm: str = "SHA-256"
    problem: Reason | None = None


def parts_of(content: Credential | Presentation, contexts: Contexts, *, inside: bool = False
             ) -> tuple[Part, ...]:
    """Return what was hashed and compared.

    Args:
        content: Of which.
        contexts: Known contexts.
        inside: Whether it came inside another thing, so that its bytes are no file.
    """
    return tuple(_parts(content, contexts, inside=inside))


def parts_of_unreadable(item: Unreadable) -> tuple[Part, ...]:
    """Return the bytes of something inside a pack that could not be read."""
    return (_part(PartKind.ITEM, item.original.data),)


def statements_of(content: Credential | Presentation, contexts: Contexts) -> str:
    """Return what an embedded proof seals: the document without its proofs as canonical N-Quads.

    Raises:
        LinkedDataError: Something in it would not be sealed, or a vocabulary is unknown.
    """
    document, contexts, _ = with_vocabulary(_unsecured(content.document), contexts)
    return canonical_form(document, contexts.variants(context_addresses(document))[0]).nquads.decode()


def is_shown_in_part(content: Credential | Presentation) -> bool:
    """Whether every seal is one of a part: what its holder left out is not in the file at all."""
    return bool(content.proofs) and all(map(is_derived, content.proofs))


def always_shown(proof: JsonObject) -> tuple[str, ...] | None:
    """Return what a holder's own proof lets nobody hide, as pointers; None for a proof of another kind."""
    if not is_base(proof):
        return None
    from wallet.proofs.disclosure import mandatory_pointers  # noqa: PLC0415 - few are of such a suite

    try:
        return mandatory_pointers(proof)
    except WalletError:
        return None


def algorithm_of(content: Credential | Presentation) -> str:
    """Name the algorithm of a token or a COSE message as JOSE calls it; "" where there is none."""
    if content.jws is not None:
        return str(content.jws.header.get("alg", ""))
    if content.cose is None:
        return ""
    stated = content.cose.protected.get("alg")
    return ALGORITHMS.get(stated, str(stated)) if isinstance(stated, int) else str(stated)


def contents_of(content: Credential | Presentation) -> tuple[Credential | Presentation, ...]:
    """Return the thing itself and what it holds, as far as that can be read."""
    inside = content.credentials if isinstance(content, Presentation) else content.inside
    return (content, *(one for one in inside if not isinstance(one, Unreadable)))


def _parts(content: Credential | Presentation, contexts: Contexts, *, inside: bool) -> Iterator[Part]:
    original = content.original
    yield _part(PartKind.ITEM if inside else PartKind.FILE, original.data)
    if original.payload != original.data:
        yield _part(PartKind.TEXT, original.payload)
    yield from _vocabularies(content.document, contexts)
    signed = content.jws or content.cose
    if signed is not None:
        yield _part(PartKind.SIGNED_TEXT, signed.signing_input, algorithm_of(content))
    if content.securing is Securing.SD_JWT:
        yield from _disclosures(original.payload)
    if content.securing is Securing.ANCHORED:
        yield from _anchored(content, contexts)
    elif content.proofs:
        yield from _sealed(content, contexts)


def _vocabularies(document: JsonObject, contexts: Contexts) -> Iterator[Part]:
    if "@context" not in document:
        return
    try:
        document, contexts, _ = with_vocabulary(_unsecured(document), contexts)
        known = contexts.variants(context_addresses(document))[0]
    except WalletError as error:
        yield Part(PartKind.VOCABULARY, 0, "", problem=error.reason)
        return
    for version in known.documents:
        yield Part(PartKind.VOCABULARY, 0, version.sha256, version.address)


def _disclosures(text: bytes) -> Iterator[Part]:
    try:
        shown = split_sd_jwt(text.decode().strip()).disclosures
        named = ", ".join(shown_names(shown))
    except (CodecError, UnicodeDecodeError):  # the wrapper is read elsewhere; what is wrong is check 1's
        return
    if shown:
        yield _part(PartKind.DISCLOSURES, "~".join(shown).encode(), named)


def _anchored(content: Credential | Presentation, contexts: Contexts) -> Iterator[Part]:
    document = {name: value for name, value in content.document.items() if name not in ("proof", "signature")}
    try:
        receipt = read_receipt(content.proofs[0] if content.proofs else content.document["signature"])
        yield Part(PartKind.RECEIPT, 0, receipt.target.hex())
        yield Part(PartKind.ROOT, 0, receipt.root.hex(), receipt.chain)
        yield _part(PartKind.STATEMENTS, next(prepare(document, contexts).variants())[1].nquads)
    except WalletError as error:
        yield Part(PartKind.STATEMENTS, 0, "", problem=error.reason)


def _sealed(content: Credential | Presentation, contexts: Contexts) -> Iterator[Part]:
    known = [proof for proof in content.proofs if is_supported(proof)]
    if not known:
        return
    try:
        prepared = prepare(content.document, contexts)
    except WalletError as error:
        yield Part(PartKind.STATEMENTS, 0, "", suite_name(known[0]), problem=error.reason)
        return
    for proof in known:
        suite = SUITES[suite_name(proof)]
        try:
            yield from _of_proof(prepared, proof, suite)
        except WalletError as error:
            yield Part(PartKind.OPTIONS, 0, "", suite.name, problem=error.reason)


def _of_proof(prepared: Prepared, proof: JsonObject, suite: Suite) -> Iterator[Part]:
    """Yield document and options as the first reading of check 2 has them."""
    earlier = earlier_proofs(prepared.proofs, proof)
    covered = prepared.upon(earlier) if earlier else prepared
    algorithm = _hash_of(suite, proof)
    if suite.writing is Writing.JSON:
        kind, (options, document, _) = PartKind.JSON, as_json(covered, proof, suite)
    else:
        inner = "SHA-256" if suite.statement_hash is sha_256 else algorithm
        kind = PartKind.SHOWN if suite.name in BASES else PartKind.STATEMENTS
        options, document, _ = next(as_statements(covered, proof, suite, inner))
    yield _part(PartKind.CHAINED if earlier else kind, document, suite.name, algorithm)
    yield _part(PartKind.OPTIONS, options, suite.name, algorithm)


def _hash_of(suite: Suite, proof: JsonObject) -> str:
    """Name the hash that a seal covers: a curve's own, and the length of the value tells the curve."""
    if not suite.name.startswith("ecdsa-") or suite.name in BASES:
        return "SHA-256"
    try:
        length = len(multibase_decode(str(proof.get(suite.value, ""))))
    except CodecError:
        return "SHA-256"
    return "SHA-384" if length == _P384_SIGNATURE_BYTES else "SHA-256"


def _unsecured(document: JsonObject) -> JsonObject:
    return {name: value for name, value in document.items() if name != "proof"}


def _part(kind: PartKind, data: bytes, name: str = "", algorithm: str = "SHA-256") -> Part:
    return Part(kind, len(data), hashlib.new(algorithm.replace("-", ""), data).hexdigest(), name, algorithm)
