"""The recipe of every Ed25519 suite with a `proofValue`: old and new, over statements and over JSON.

`eddsa-rdfc-2022`, its draft name `eddsa-2022`, `eddsa-jcs-2022` and the older `Ed25519Signature2020` differ
in words and writing, not in arithmetic: SHA-256 of the options, then SHA-256 of the document, signed with
Ed25519; the value is base58btc of 64 bytes. Specification: VC-DI-EDDSA §3.2, §3.3 and its appendix.
"""

from __future__ import annotations

import hashlib
from typing import Final

from wallet.codec.encoding import base58_encode
from wallet.keys.keypair import HolderKey, PublicKey

from .suite import read_signature

_ED25519_BYTES: Final = 64


def verify_ed25519(options: bytes, document: bytes, proof_value: str, key: PublicKey) -> None:
    """Check an Ed25519 proof value.

    Raises:
        ProofError: PROOF_MALFORMED, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
    """
    key.verify("EdDSA", read_signature(proof_value, {_ED25519_BYTES}), _hash_data(options, document))


def sign_ed25519(options: bytes, document: bytes, key: HolderKey) -> str:
    """Return the proof value that `verify_ed25519` accepts."""
    return "z" + base58_encode(key.sign(_hash_data(options, document)))


def _hash_data(options: bytes, document: bytes) -> bytes:
    return hashlib.sha256(options).digest() + hashlib.sha256(document).digest()
