"""The recipe of every Ed25519 suite with a `proofValue`: old and new, over statements and over JSON.

`eddsa-rdfc-2022`, its draft name `eddsa-2022`, `eddsa-jcs-2022` and the older `Ed25519Signature2020` differ
in words and writing, not in arithmetic: SHA-256 of the options, then SHA-256 of the document, signed with
Ed25519; the value is base58btc of 64 bytes. Specification: VC-DI-EDDSA §3.2, §3.3 and its appendix.

**To add a cryptosuite, this is the one file to read.** It takes three things and touches nothing else:

1. A file like this one with a function `(options, document, proof_value, key) -> None`. What it is given is
   written out already, as statements or as JSON, without the value. It hashes both, reads the value with
   `read_signature(proof_value, {lengths})` and lets `key.verify(algorithm, signature, hashed)` decide. The
   algorithm has its JWS name (EdDSA, ES256, ES384, ES512, RS256, PS256 …); a key of another kind is refused
   there. The signature is raw, of ECDSA the two numbers side by side. Purpose, dates, contexts, chains and
   whose key it is are judged around it, for every suite alike.
2. One line in the table of `suites.py`, loaded for the first proof that needs it:
   `Suite("name-2099", DATA_INTEGRITY, _later("new_file", "verify_name"))`. Where it differs, it says so:
   `writing=Writing.JSON` for canonical JSON instead of statements; `statement_hash=_hash_of_curve` (or any
   function of the key that returns "SHA-256" or "SHA-384") for the hash inside RDFC-1.0; `value="jws"` for
   another member; `legacy=True`; `signing=` only where our own keys shall seal with it. A type of its own, as
   old suites have, stands in the place of `DATA_INTEGRITY`.
3. `tests/proofs/test_new_file.py`, with a vector of somebody else where there is one, and its line in the
   table at the head of `tests/simulators/suites.py`: every test of all suites then asks it, too.

A suite that holders derive parts from has a line in `disclosure_value.py` and in `disclosure.py`, too.
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
