"""What a suite is, and the recipe that both Ed25519 suites share.

`eddsa-rdfc-2022` and the older `Ed25519Signature2020` differ in the words of the proof, not in arithmetic:
SHA-256 of the canonical proof options, then SHA-256 of the canonical document, signed with Ed25519; the
value is base58btc of 64 bytes. Specification: VC-DI-EDDSA §3.2 and its appendix on Ed25519Signature2020.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from wallet.codec.encoding import base58_encode, multibase_decode
from wallet.keys.keypair import HolderKey, PublicKey
from wallet.model.errors import CodecError, ProofError
from wallet.model.reasons import ReasonCode, reason

_ED25519_BYTES: Final = 64

#: (canonical options, canonical document, proof value, key) -> None, or raises ProofError.
Verification: TypeAlias = Callable[[bytes, bytes, str, PublicKey], None]


@dataclass(frozen=True, slots=True)
class Suite:
    """One way to seal a document.

    Attributes:
        name: Cryptosuite, or proof type of a legacy suite.
        proof_type: What the proof's `type` must be.
        verification: Its arithmetic.
        legacy: Whether it is verified and named as an old form.
    """

    name: str
    proof_type: str
    verification: Verification
    legacy: bool = False


def ed25519_over_rdfc(options: bytes, document: bytes, proof_value: str, key: PublicKey) -> None:
    """Check an Ed25519 proof value.

    Raises:
        ProofError: PROOF_MALFORMED, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
    """
    key.verify("EdDSA", _signature(proof_value), _hash_data(options, document))


def sign_ed25519_over_rdfc(options: bytes, document: bytes, key: HolderKey) -> str:
    """Return the proof value that `ed25519_over_rdfc` accepts."""
    return "z" + base58_encode(key.sign(_hash_data(options, document)))


def _hash_data(options: bytes, document: bytes) -> bytes:
    return hashlib.sha256(options).digest() + hashlib.sha256(document).digest()


def _signature(proof_value: str) -> bytes:
    malformed = ProofError(reason(ReasonCode.PROOF_MALFORMED, member="proofValue"))
    if not proof_value.startswith("z"):  # VC-DI-EDDSA §3.2.1: base58btc and no other base
        raise malformed
    try:
        signature = multibase_decode(proof_value)
    except CodecError:
        raise malformed from None
    if len(signature) != _ED25519_BYTES:
        raise malformed
    return signature
