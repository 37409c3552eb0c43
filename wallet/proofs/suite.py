"""What a suite is: how a document is written out, how the proof's options are read, and the arithmetic.

Every suite here seals the hash of the proof's options followed by the hash of the document; suites differ
in the writing (canonical statements or canonical JSON), in the hash and in the signature. The recipes are
in a file per family. Specification: VC Data Integrity 1.0 §3 and §4.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum, unique
from typing import Final, TypeAlias

from wallet.codec.encoding import multibase_decode
from wallet.keys.keypair import HolderKey, PublicKey
from wallet.model.errors import CodecError, ProofError
from wallet.model.reasons import ReasonCode, reason

DATA_INTEGRITY: Final = "DataIntegrityProof"

#: (written options, written document, value of the proof, key) -> None, or raises ProofError.
Verification: TypeAlias = Callable[[bytes, bytes, str, PublicKey], None]
#: (written options, written document, key) -> value of the proof.
Signing: TypeAlias = Callable[[bytes, bytes, HolderKey], str]


@unique
class Writing(Enum):
    """How a document becomes the bytes that are hashed."""

    STATEMENTS = "RDFC-1.0"
    JSON = "RFC 8785"


def sha_256(_key: PublicKey) -> str:
    """Name the hash for canonical statements that most suites use, whatever the key."""
    return "SHA-256"


@dataclass(frozen=True, slots=True)
class Suite:
    """One way to seal a document.

    Attributes:
        name: Cryptosuite, or proof type of an old suite that is its own type.
        proof_type: What the proof's `type` must be.
        verification: Its arithmetic.
        signing: The same for our own key; None for a suite we only verify.
        writing: What is hashed: statements or JSON.
        statement_hash: Names the hash inside RDFC-1.0 that goes with a key.
        value: The member of the proof that holds the signature, which cannot seal itself.
        legacy: Whether it is verified and named as an old form.
        words: Address of the context that the options may be read with where the document's own do not
            define them, as old libraries did; "" for none. Such a proof may also bring contexts of its own.
    """

    name: str
    proof_type: str
    verification: Verification
    signing: Signing | None = None
    writing: Writing = Writing.STATEMENTS
    statement_hash: Callable[[PublicKey], str] = sha_256
    value: str = "proofValue"
    legacy: bool = False
    words: str = ""


def read_signature(proof_value: str, lengths: Collection[int]) -> bytes:
    """Read a signature in its one form: `z` and base58btc of exactly so many bytes.

    Raises:
        ProofError: PROOF_MALFORMED.
    """
    if not proof_value.startswith("z"):  # VC-DI-EDDSA §3.2.1, VC-DI-ECDSA §3.2.1: no other base
        raise _malformed()
    try:
        signature = multibase_decode(proof_value)
    except CodecError:
        raise _malformed() from None
    if len(signature) not in lengths:
        raise _malformed()
    return signature


def _malformed() -> ProofError:
    return ProofError(reason(ReasonCode.PROOF_MALFORMED, member="proofValue"))
