"""Compact JWS: is this token signed with this key?

The algorithm is fixed by the key, never by the header alone; keys inside the header are not looked at.
There is no shared-secret code here at all. Specifications: RFC 7515 §5, RFC 7518 §3, RFC 8037, RFC 8725.
"""

from __future__ import annotations

import re
from typing import Any, Final

from wallet.codec.encoding import base64url_encode, split_jws
from wallet.codec.strict_json import dump_json
from wallet.keys.keypair import HolderKey, PublicKey
from wallet.keys.signatures import ALGORITHMS
from wallet.model.credential import CompactJws, JsonObject
from wallet.model.errors import ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode, reason

from .data_integrity import ProofFacts

# Public-key algorithms of the registry that a genuine token may use and that are not verified here.
_OTHERS: Final = re.compile(r"ES256K|Ed448|ML-DSA-(44|65|87)")


def algorithm_of(jws: CompactJws) -> str:
    """Return the algorithm of a token, if it is one that we verify.

    Raises:
        ProofError: ALGORITHM_REFUSED: none, a shared secret, encryption, or a name nobody registered.
        ProofUnsupportedError: ALGORITHM_UNSUPPORTED: a public-key algorithm we have no code for.
    """
    algorithm: Any = jws.header.get("alg")
    if isinstance(algorithm, str):
        if algorithm in ALGORITHMS:
            return algorithm
        if _OTHERS.fullmatch(algorithm):
            raise ProofUnsupportedError(reason(ReasonCode.ALGORITHM_UNSUPPORTED, algorithm=algorithm))
    raise ProofError(reason(ReasonCode.ALGORITHM_REFUSED, algorithm=str(algorithm)[:20]))


def verify_jws(jws: CompactJws, key: PublicKey) -> ProofFacts:
    """Check a token's signature with a key that is known from elsewhere.

    Raises:
        ProofError: ALGORITHM_REFUSED, KEY_SUITE_MISMATCH, PROOF_MALFORMED or SIGNATURE_WRONG.
        ProofUnsupportedError: ALGORITHM_UNSUPPORTED.
    """
    algorithm = algorithm_of(jws)
    key.verify(algorithm, jws.signature, jws.signing_input)
    return ProofFacts(suite=algorithm)


def sign_jws(payload: bytes, header: JsonObject, key: HolderKey) -> str:
    """Return a compact JWS over these bytes.

    Args:
        payload: Signed as it is.
        header: Its `alg` is set to EdDSA, whatever it says.
        key: Signs.

    Raises:
        CodecError: The header holds what a strict reader refuses.
    """
    protected = base64url_encode(dump_json(header | {"alg": "EdDSA"}))
    signing_input = f"{protected}.{base64url_encode(payload)}"
    token = f"{signing_input}.{base64url_encode(key.sign(signing_input.encode('ascii')))}"
    split_jws(token)  # what we write, we can read
    return token
