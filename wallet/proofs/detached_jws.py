"""The recipe of old suites whose signature is a JWS without its payload, kept in the member `jws`.

`Ed25519Signature2018` and `JsonWebSignature2020` sign, by RFC 7797, the header's text, a dot, and then the
raw hashes of options and document (SHA-256 each, whatever the key). The header must say so and nothing
else: `alg`, `b64: false` and `crit: ["b64"]`. Specifications: Ed25519 Signature 2018, JSON Web Signature
2020 §2, RFC 7797 §3 and §6. Whole tokens are in `jws`.
"""

from __future__ import annotations

import hashlib
from typing import Final

from wallet.codec.encoding import base64url_decode
from wallet.codec.strict_json import parse_object
from wallet.keys.keypair import PublicKey
from wallet.model.errors import CodecError, ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode, reason

_ED25519: Final = frozenset({"EdDSA"})
_ANY_KEY: Final = frozenset({"EdDSA", "ES256", "ES384", "PS256", "RS256"})
_UNSUPPORTED: Final = frozenset({"ES256K"})  # a curve whose keys we do not take
_FIXED: Final = {"b64": False, "crit": ["b64"]}
_MAX_HEADER_BYTES: Final = 1024


def verify_ed25519_2018(options: bytes, document: bytes, jws: str, key: PublicKey) -> None:
    """Check the value of `Ed25519Signature2018`.

    Raises:
        ProofError: PROOF_MALFORMED, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
    """
    _verify(options, document, jws, key, _ED25519)


def verify_json_web_signature(options: bytes, document: bytes, jws: str, key: PublicKey) -> None:
    """Check the value of `JsonWebSignature2020`.

    Raises:
        ProofError: PROOF_MALFORMED, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
        ProofUnsupportedError: ALGORITHM_UNSUPPORTED.
    """
    _verify(options, document, jws, key, _ANY_KEY)


def _verify(options: bytes, document: bytes, jws: str, key: PublicKey, algorithms: frozenset[str]) -> None:
    header, _, rest = jws.partition(".")
    if not rest.startswith("."):  # the payload's place is empty
        raise _malformed()
    algorithm = _algorithm(header, algorithms)
    signature = _decoded(rest[1:])
    hashed = hashlib.sha256(options).digest() + hashlib.sha256(document).digest()
    key.verify(algorithm, signature, header.encode("ascii") + b"." + hashed)


def _algorithm(encoded: str, algorithms: frozenset[str]) -> str:
    """Return what a header says it is signed with, if it says all and only what it must."""
    try:
        header = parse_object(_decoded(encoded), max_bytes=_MAX_HEADER_BYTES)
    except CodecError:
        raise _malformed() from None
    algorithm = header.pop("alg", None)
    if header != _FIXED or header["b64"] is not False or not isinstance(algorithm, str):
        raise _malformed()
    if algorithm in algorithms:
        return algorithm
    if algorithms is _ANY_KEY and algorithm in _UNSUPPORTED:
        raise ProofUnsupportedError(reason(ReasonCode.ALGORITHM_UNSUPPORTED, algorithm=algorithm))
    raise _malformed(algorithm)


def _decoded(text: str) -> bytes:
    try:
        return base64url_decode(text)
    except CodecError:
        raise _malformed() from None


def _malformed(found: str = "") -> ProofError:
    return ProofError(reason(ReasonCode.PROOF_MALFORMED, member="jws", found=found[:20]))
