"""The recipe of `ecdsa-sd-2023`: every statement has a signature of its own, and the holder passes on some.

The issuer's P-256 key seals the options, the mandatory statements and a key made for this proof only; that
key signs each other statement. A *base* proof holds all of it and the secret behind the names: it is the
holder's and never leaves the wallet. A *derived* one holds what its statements need. Two derived from the
same base can be recognised as such, by the issuer's signature in both. Specification: VC-DI-ECDSA §3.5
and §3.6.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wallet.codec.encoding import base58_encode, base64url_decode, base64url_encode, multibase_decode
from wallet.keys.keypair import KeyKind, PublicKey, public_key_from_multibase
from wallet.model.errors import CodecError, KeysError, ProofError
from wallet.model.reasons import ReasonCode, reason

from .disclosure_value import is_bytes, is_index_list, is_pointer_list, malformed, read_value, write_value
from .grouping import Labelling, Labels, Selection, Statements, hash_of, hmac_labels, part, relabel

NAME: Final = "ecdsa-sd-2023"
BASE: Final = 0x00
DERIVED: Final = 0x01

_SIGNATURE_BYTES: Final = {64}
_PUBLIC_KEY_BYTES: Final = {35}  # multicodec prefix and compressed point
_SECRET_BYTES: Final = {32}

#: Signs bytes with ES256; the two numbers side by side.
Signer = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class BaseProof:
    """What an issuer hands to the holder. `secret` unmasks hidden statements: it is never passed on.

    Attributes:
        signature: By the issuer, over options, proof key and mandatory statements.
        public_key: The key made for this proof, as Multikey bytes.
        secret: Of the HMAC that names blank nodes.
        signatures: One for each statement that is not mandatory, in order.
        pointers: What is always shown.
    """

    signature: bytes
    public_key: bytes
    secret: bytes
    signatures: tuple[bytes, ...]
    pointers: tuple[str, ...]

    @property
    def labelling(self) -> Labelling:
        """How the issuer named blank nodes."""
        return hmac_labels(self.secret)


@dataclass(frozen=True, slots=True)
class DerivedProof:
    """What a holder shows to a verifier.

    Attributes:
        signature: By the issuer, as in the base proof.
        public_key: As in the base proof.
        signatures: Of the shown statements that are not mandatory, in order.
        labels: From canonical names to the issuer's.
        mandatory: Which of the shown statements are mandatory.
    """

    signature: bytes
    public_key: bytes
    signatures: tuple[bytes, ...]
    labels: Labels
    mandatory: tuple[int, ...]


def verify_derived(options: bytes, document: bytes, proof_value: str, key: PublicKey) -> None:
    """Check a derived proof over canonical statements (§3.6.7).

    Raises:
        ProofError: PROOF_MALFORMED, PROOF_BASE, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
    """
    proof = read_derived(proof_value)
    mandatory, others = part(relabel(document, proof.labels), proof.mandatory)
    _verify(proof, options, mandatory, others, key)


def verify_base(options: bytes, statements: Statements, proof_value: str, key: PublicKey) -> None:
    """Check a base proof as its holder does: every signature in it, not only the issuer's.

    Raises:
        ProofError: PROOF_MALFORMED, POINTER_WRONG, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
        LinkedDataError: The mandatory part states nothing.
    """
    proof = read_base(proof_value)
    mandatory, others = part(statements.lines, statements.selection(proof.pointers).indexes)
    _verify(proof, options, mandatory, others, key)


def derive_value(_options: bytes, statements: Statements, proof_value: str, shown: Selection) -> str:
    """Make a derived proof value for a selection that has the mandatory part in it (§3.5.4).

    Raises:
        ProofError: PROOF_MALFORMED, POINTER_WRONG, or SIGNATURE_WRONG: the base proof is not of this.
        LinkedDataError: The mandatory part states nothing.
    """
    proof = read_base(proof_value)
    mandatory = set(statements.selection(proof.pointers).indexes)
    unshared = [index for index in range(len(statements.lines)) if index not in mandatory]
    _verify_each(proof, [statements.lines[index] for index in unshared])
    signatures = dict(zip(unshared, proof.signatures, strict=True))
    places = [place for place, index in enumerate(shown.indexes) if index in mandatory]
    kept = [signatures[index] for index in shown.indexes if index not in mandatory]
    return write_value(
        DERIVED, (proof.signature, proof.public_key, kept, _compressed(shown.labels), places)
    )


def create_value(options: bytes, statements: Statements, pointers: Sequence[str], *, sign: Signer,
                 proof_key: PublicKey, proof_sign: Signer, secret: bytes) -> str:
    """Make a base proof value as an issuer does (§3.6.1).

    Args:
        options: The proof's options as canonical statements.
        statements: Of the document, named with `secret`.
        pointers: What is always shown.
        sign: By the issuer's P-256 key.
        proof_key: The key made for this proof only.
        proof_sign: By that key.
        secret: 32 random bytes.

    Raises:
        ProofError: POINTER_WRONG.
    """
    mandatory, others = part(statements.lines, statements.selection(pointers).indexes)
    public_key = _multikey_bytes(proof_key)
    signature = sign(_sealed(options, public_key, mandatory))
    signatures = [proof_sign(line.encode()) for line in others]
    return write_value(BASE, (signature, public_key, secret, signatures, list(pointers)))


def read_base(proof_value: str) -> BaseProof:
    """Take a base proof value apart.

    Raises:
        ProofError: PROOF_MALFORMED.
    """
    members = read_value(proof_value, BASE, 5, suite=NAME, base=BASE)
    signature, public_key, secret, signatures, pointers = members
    if not (_is_opening(signature, public_key, signatures) and is_bytes(secret, _SECRET_BYTES)
            and is_pointer_list(pointers)):
        raise malformed()
    return BaseProof(signature, public_key, secret, tuple(signatures), tuple(pointers))


def read_derived(proof_value: str) -> DerivedProof:
    """Take a derived proof value apart.

    Raises:
        ProofError: PROOF_MALFORMED; PROOF_BASE.
    """
    members = read_value(proof_value, DERIVED, 5, suite=NAME, base=BASE)
    signature, public_key, signatures, labels, mandatory = members
    if not (_is_opening(signature, public_key, signatures) and isinstance(labels, dict)
            and is_index_list(mandatory)):
        raise malformed()
    named: Labels = {}
    for number, label in labels.items():
        if not isinstance(number, int) or not is_bytes(label, _SECRET_BYTES):
            raise malformed()
        named[f"c14n{number}"] = "u" + base64url_encode(label)
    if len(set(named.values())) < len(named):  # two things under one name would become one
        raise malformed()
    return DerivedProof(signature, public_key, tuple(signatures), named, tuple(mandatory))


def _verify(
    proof: BaseProof | DerivedProof, options: bytes, mandatory: Sequence[str], others: Sequence[str],
    key: PublicKey,
) -> None:
    if key.kind is not KeyKind.P256:
        raise ProofError(reason(ReasonCode.KEY_SUITE_MISMATCH, algorithm=NAME, found=key.kind.value))
    key.verify("ES256", proof.signature, _sealed(options, proof.public_key, mandatory))
    _verify_each(proof, others)


def _verify_each(proof: BaseProof | DerivedProof, lines: Sequence[str]) -> None:
    proof_key = _proof_key(proof.public_key)
    if len(proof.signatures) != len(lines):
        raise ProofError(reason(ReasonCode.SIGNATURE_WRONG, suite=NAME, what="count"))
    for signature, line in zip(proof.signatures, lines, strict=True):
        proof_key.verify("ES256", signature, line.encode())


def _sealed(options: bytes, public_key: bytes, mandatory: Sequence[str]) -> bytes:
    return hashlib.sha256(options).digest() + public_key + hash_of(mandatory)


def _is_opening(signature: Any, public_key: Any, signatures: Any) -> bool:
    return (
        is_bytes(signature, _SIGNATURE_BYTES)
        and is_bytes(public_key, _PUBLIC_KEY_BYTES)
        and isinstance(signatures, list)
        and all(is_bytes(one, _SIGNATURE_BYTES) for one in signatures)
    )


def _proof_key(data: bytes) -> PublicKey:
    try:
        key = public_key_from_multibase("z" + base58_encode(data))
    except KeysError:
        raise malformed() from None
    if key.kind is not KeyKind.P256:
        raise malformed()
    return key


def _multikey_bytes(key: PublicKey) -> bytes:
    try:
        data = multibase_decode(key.multibase)
    except CodecError:
        raise malformed() from None
    if not is_bytes(data, _PUBLIC_KEY_BYTES):
        raise malformed()
    return data


def _compressed(labels: Labels) -> dict[int, bytes]:
    return {
        int(name.removeprefix("c14n")): base64url_decode(label[1:])
        for name, label in sorted(labels.items(), key=lambda pair: int(pair[0].removeprefix("c14n")))
    }
