"""COSE_Sign1: is this message signed with this key?

The same algorithms as in a token, under the numbers of COSE; the key fixes which one. Taking a message apart
is in `codec.cose`. Specifications: RFC 9053 §2, RFC 9864 (algorithms that name their curve), RFC 8230 (RSA).
"""

from __future__ import annotations

from typing import Any, Final

from wallet.keys.keypair import PublicKey
from wallet.model.credential import CoseSign1
from wallet.model.errors import ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode, reason

from .data_integrity import ProofFacts

#: Number of the COSE registry to the name of the same algorithm in JOSE.
ALGORITHMS: Final[dict[int, str]] = {
    -7: "ES256",
    -9: "ES256",  # ESP256
    -35: "ES384",
    -51: "ES384",  # ESP384
    -36: "ES512",
    -52: "ES512",  # ESP512
    -8: "EdDSA",
    -19: "Ed25519",
    -37: "PS256",
    -38: "PS384",
    -39: "PS512",
    -257: "RS256",
    -258: "RS384",
    -259: "RS512",
}
_MAX_RESERVED: Final = 0  # numbers from 0 up are encryption and shared secrets


def cose_algorithm(message: CoseSign1) -> str:
    """Return the JOSE name of a message's algorithm, if it is one that we verify.

    Raises:
        ProofError: ALGORITHM_REFUSED: a shared secret, encryption, or no number.
        ProofUnsupportedError: ALGORITHM_UNSUPPORTED: a signature we have no code for.
    """
    number: Any = message.protected.get("alg")
    if isinstance(number, bool) or not isinstance(number, int) or number >= _MAX_RESERVED:
        raise ProofError(reason(ReasonCode.ALGORITHM_REFUSED, algorithm=str(number)[:20]))
    name = ALGORITHMS.get(number)
    if name is None:
        raise ProofUnsupportedError(reason(ReasonCode.ALGORITHM_UNSUPPORTED, algorithm=f"COSE {number}"[:40]))
    return name


def verify_cose(message: CoseSign1, key: PublicKey) -> ProofFacts:
    """Check a message's signature with a key that is known from elsewhere.

    Raises:
        ProofError: ALGORITHM_REFUSED, KEY_SUITE_MISMATCH, PROOF_MALFORMED or SIGNATURE_WRONG.
        ProofUnsupportedError: ALGORITHM_UNSUPPORTED.
    """
    algorithm = cose_algorithm(message)
    key.verify(algorithm, message.signature, message.signing_input)
    return ProofFacts(suite=f"COSE {algorithm}")
