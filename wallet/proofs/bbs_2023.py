"""The recipe of `bbs-2023`: statements as BBS messages, blank nodes numbered in a secret order.

The header seals the options and the mandatory statements, each other statement is a message. A *base* proof
holds the issuer's signature and the secret: it is the holder's and never leaves the wallet. Two *derived*
proofs of one base are not linked by their values, though what they show may be. Holder binding and
pseudonyms are named, not checked. Specification: VC-DI-BBS §3.3 and §3.4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wallet.codec.encoding import multibase_decode, read_multicodec
from wallet.keys.keypair import KeyKind, PublicKey
from wallet.model.errors import ProofError
from wallet.model.reasons import ReasonCode, reason

from .disclosure_value import is_bytes, is_index_list, is_pointer_list, malformed, read_value, write_value
from .grouping import Labelling, Labels, Selection, Statements, hash_of, part, relabel, shuffled_labels

if TYPE_CHECKING:
    from .bbs import Randomness

NAME: Final = "bbs-2023"
BASE: Final = 0x02
DERIVED: Final = 0x03
#: Kinds with optional features, that nothing is said about.
FEATURES: Final = {
    0x04: "holder binding",
    0x05: "holder binding",
    0x06: "pseudonym",
    0x07: "pseudonym",
    0x08: "pseudonym",
    0x09: "pseudonym",
}

_SIGNATURE_BYTES: Final = {80}
_HEADER_BYTES: Final = {64}
_PUBLIC_KEY_BYTES: Final = {96}
_SECRET_BYTES: Final = {32}


@dataclass(frozen=True, slots=True)
class BaseProof:
    """What an issuer hands to the holder. `secret` unmasks hidden statements: it is never passed on.

    Attributes:
        signature: Over all statements that are not mandatory.
        header: Hashes of the options and of the mandatory statements.
        public_key: The issuer's, as the proof repeats it.
        secret: Of the HMAC that orders blank nodes.
        pointers: What is always shown.
    """

    signature: bytes
    header: bytes
    public_key: bytes
    secret: bytes
    pointers: tuple[str, ...]

    @property
    def labelling(self) -> Labelling:
        """How the issuer named blank nodes."""
        return shuffled_labels(self.secret)


@dataclass(frozen=True, slots=True)
class DerivedProof:
    """What a holder shows to a verifier.

    Attributes:
        proof: That there is a signature over these and other messages.
        labels: From canonical names to the issuer's.
        mandatory: Which of the shown statements are mandatory.
        selective: The places of the others among all messages.
        presentation_header: What the holder bound the proof to.
    """

    proof: bytes
    labels: Labels
    mandatory: tuple[int, ...]
    selective: tuple[int, ...]
    presentation_header: bytes


def verify_derived(options: bytes, document: bytes, proof_value: str, key: PublicKey) -> None:
    """Check a derived proof over canonical statements (§3.4.7).

    Raises:
        ProofError: PROOF_MALFORMED, PROOF_BASE, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
        ProofUnsupportedError: PROOF_UNSUPPORTED: an optional feature, by name.
    """
    from . import bbs  # noqa: PLC0415  # the curve library is loaded only for those who need it

    proof = read_derived(proof_value)
    mandatory, others = part(relabel(document, proof.labels), proof.mandatory)
    if len(others) != len(proof.selective):
        raise _wrong("count")
    shown = {place: line.encode() for place, line in zip(proof.selective, others, strict=True)}
    bbs.verify_proof(
        _key_bytes(key), proof.proof, _header(options, mandatory), proof.presentation_header, shown
    )


def verify_base(options: bytes, statements: Statements, proof_value: str, key: PublicKey) -> None:
    """Check a base proof as its holder does.

    Raises:
        ProofError: PROOF_MALFORMED, POINTER_WRONG, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
        ProofUnsupportedError: PROOF_UNSUPPORTED: an optional feature, by name.
        LinkedDataError: The mandatory part states nothing.
    """
    from . import bbs  # noqa: PLC0415  # the curve library is loaded only for those who need it

    proof = read_base(proof_value)
    mandatory, others = part(statements.lines, statements.selection(proof.pointers).indexes)
    public_key = _key_bytes(key)
    if proof.public_key != public_key or proof.header != _header(options, mandatory):
        raise _wrong("header")
    bbs.verify(public_key, proof.signature, proof.header, [line.encode() for line in others])


def derive_value(
    options: bytes, statements: Statements, proof_value: str, shown: Selection, *,
    presentation_header: bytes = b"", randomness: Randomness | None = None,
) -> str:
    """Make a derived proof value for a selection that has the mandatory part in it (§3.3.3).

    Raises:
        ProofError: PROOF_MALFORMED, POINTER_WRONG, or SIGNATURE_WRONG: the base proof is not of this.
        ProofUnsupportedError: PROOF_UNSUPPORTED: an optional feature, by name.
        LinkedDataError: The mandatory part states nothing.
    """
    from . import bbs  # noqa: PLC0415  # the curve library is loaded only for those who need it

    base = read_base(proof_value)
    always = statements.selection(base.pointers).indexes
    mandatory, others = part(statements.lines, always)
    if base.header != _header(options, mandatory):
        raise _wrong("header")
    messages = [line.encode() for line in others]
    bbs.verify(base.public_key, base.signature, base.header, messages)
    unshared = sorted(set(range(len(statements.lines))) - set(always))
    selected = set(shown.indexes)
    places = [place for place, index in enumerate(unshared) if index in selected]
    proof = bbs.prove(base.public_key, base.signature, base.header, presentation_header, messages, places,
                      randomness=randomness)
    kept = [place for place, index in enumerate(shown.indexes) if index in set(always)]
    return write_value(DERIVED, (proof, _compressed(shown.labels), kept, places, presentation_header))


def create_value(options: bytes, statements: Statements, pointers: Sequence[str], *, issuer_secret: int,
                 secret: bytes) -> str:
    """Make a base proof value as an issuer does (§3.4.1).

    Args:
        options: The proof's options as canonical statements.
        statements: Of the document, named with `secret`.
        pointers: What is always shown.
        issuer_secret: The issuer's secret number.
        secret: 32 random bytes.

    Raises:
        ProofError: POINTER_WRONG.
    """
    from . import bbs  # noqa: PLC0415  # the curve library is loaded only for those who need it

    mandatory, others = part(statements.lines, statements.selection(pointers).indexes)
    public_key, header = bbs.public_key_of(issuer_secret), _header(options, mandatory)
    signature = bbs.sign(issuer_secret, public_key, header, [line.encode() for line in others])
    return write_value(BASE, (signature, header, public_key, secret, list(pointers)))


def read_base(proof_value: str) -> BaseProof:
    """Take a base proof value apart.

    Raises:
        ProofError: PROOF_MALFORMED.
        ProofUnsupportedError: PROOF_UNSUPPORTED: an optional feature, by name.
    """
    members = read_value(proof_value, BASE, 5, suite=NAME, base=BASE, features=FEATURES)
    signature, header, public_key, secret, pointers = members
    if not (
        is_bytes(signature, _SIGNATURE_BYTES)
        and is_bytes(header, _HEADER_BYTES)
        and is_bytes(public_key, _PUBLIC_KEY_BYTES)
        and is_bytes(secret, _SECRET_BYTES)
        and is_pointer_list(pointers)
    ):
        raise malformed()
    return BaseProof(signature, header, public_key, secret, tuple(pointers))


def read_derived(proof_value: str) -> DerivedProof:
    """Take a derived proof value apart.

    Raises:
        ProofError: PROOF_MALFORMED; PROOF_BASE.
        ProofUnsupportedError: PROOF_UNSUPPORTED: an optional feature, by name.
    """
    members = read_value(proof_value, DERIVED, 5, suite=NAME, base=BASE, features=FEATURES)
    proof, labels, mandatory, selective, presentation_header = members
    if not (
        isinstance(proof, bytes)
        and isinstance(labels, dict)
        and all(isinstance(number, int) for pair in labels.items() for number in pair)
        and len(set(labels.values())) == len(labels)  # two things under one name would become one
        and is_index_list(mandatory)
        and is_index_list(selective)
        and isinstance(presentation_header, bytes)
    ):
        raise malformed()
    named = {f"c14n{number}": f"b{label}" for number, label in labels.items()}
    return DerivedProof(proof, named, tuple(mandatory), tuple(selective), presentation_header)


def _header(options: bytes, mandatory: Sequence[str]) -> bytes:
    return hashlib.sha256(options).digest() + hash_of(mandatory)


def _key_bytes(key: PublicKey) -> bytes:
    if key.kind is not KeyKind.BLS12_381_G2:
        raise ProofError(reason(ReasonCode.KEY_SUITE_MISMATCH, algorithm=NAME, found=key.kind.value))
    return read_multicodec(multibase_decode(key.multibase))[1]


def _compressed(labels: Labels) -> dict[int, int]:
    pairs = ((int(name.removeprefix("c14n")), int(label[1:])) for name, label in labels.items())
    return dict(sorted(pairs))


def _wrong(what: str) -> ProofError:
    return ProofError(reason(ReasonCode.SIGNATURE_WRONG, suite=NAME, what=what))
