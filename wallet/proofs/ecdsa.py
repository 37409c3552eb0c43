"""The recipe of the ECDSA suites that seal a whole document: the curve of the key decides every hash.

`ecdsa-rdfc-2019` and `ecdsa-jcs-2019` take P-256 with SHA-256 or P-384 with SHA-384, for the options, the
document, the signature and, over statements, inside RDFC-1.0. The value is base58btc of the two numbers
side by side, 64 or 96 bytes, never DER. Specification: VC-DI-ECDSA §3.2 and §3.3.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from wallet.keys.keypair import KeyKind, PublicKey
from wallet.model.errors import ProofError
from wallet.model.reasons import ReasonCode, reason

from .suite import read_signature


@dataclass(frozen=True, slots=True)
class _Curve:
    algorithm: str
    hash_name: str  # as RDFC-1.0 and `hashlib` both understand it
    signature_bytes: int


_CURVES: Final = {KeyKind.P256: _Curve("ES256", "SHA-256", 64), KeyKind.P384: _Curve("ES384", "SHA-384", 96)}


def verify_ecdsa(options: bytes, document: bytes, proof_value: str, key: PublicKey) -> None:
    """Check an ECDSA proof value with the hash of the key's curve.

    Raises:
        ProofError: PROOF_MALFORMED, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
    """
    curve = _CURVES.get(key.kind)
    if curve is None:
        raise _mismatch(key)
    signature = read_signature(proof_value, {curve.signature_bytes})
    name = curve.hash_name.replace("-", "")
    hashed = hashlib.new(name, options).digest() + hashlib.new(name, document).digest()
    key.verify(curve.algorithm, signature, hashed)


def verify_ecdsa_p256(options: bytes, document: bytes, proof_value: str, key: PublicKey) -> None:
    """Check the proof value of `EcdsaSecp256r1Signature2019`, whose name fixes the curve.

    Raises:
        ProofError: PROOF_MALFORMED, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
    """
    if key.kind is not KeyKind.P256:
        raise _mismatch(key)
    verify_ecdsa(options, document, proof_value, key)


def hash_of_curve(key: PublicKey) -> str:
    """Name the hash for canonical statements that goes with a key (VC-DI-ECDSA §3.2.3)."""
    curve = _CURVES.get(key.kind)
    return curve.hash_name if curve else "SHA-256"


def _mismatch(key: PublicKey) -> ProofError:
    return ProofError(reason(ReasonCode.KEY_SUITE_MISMATCH, algorithm="ECDSA", found=key.kind.value))
