"""Claims in CBOR under the names that the same claims have in a JWT. Pure; what they mean is in `formats`.

Both registries share names and values, and differ in how a claim is labelled and how bytes are written: by
numbers and as they are there, by names and in base64url here. What stands in a payload is signed as the
bytes it came in, so that any form of CBOR is read. RFC 8392 §3 and §4; Token Status List §5.2 and §6.3.
"""

from __future__ import annotations

from typing import Any, Final

from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError
from wallet.model.reasons import ReasonCode, reason

from .cbor import AnyCborValue, decode_any_cbor
from .encoding import base64url_encode

#: Numbers of the registry of CBOR Web Token claims.
CLAIM_NAMES: Final = {1: "iss", 2: "sub", 3: "aud", 4: "exp", 5: "nbf", 6: "iat", 7: "jti",
                      65533: "status_list", 65534: "ttl", 65535: "status"}
_MAX_DEPTH: Final = 8


def cwt_claims(payload: bytes) -> JsonObject:
    """Return the claims that a payload holds.

    Raises:
        CodecError: BAD_COSE: it is no map of claims, or one stands in it twice.
    """
    try:
        decoded = decode_any_cbor(payload, depth=_MAX_DEPTH)
    except CodecError:
        raise _bad() from None
    if not isinstance(decoded, dict):
        raise _bad()
    return named_claims(decoded)


def named_claims(claims: dict[Any, Any]) -> JsonObject:
    """Return decoded claims by their names; of a number without one, the number.

    Raises:
        CodecError: BAD_COSE: two labels would have one name.
    """
    names = [CLAIM_NAMES.get(label, str(label)) if isinstance(label, int) else label for label in claims]
    if len(set(names)) != len(names):
        raise _bad()
    return dict(zip(names, map(_plain, claims.values()), strict=True))


def _plain(value: AnyCborValue) -> Any:
    if isinstance(value, bytes):
        return base64url_encode(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        named = {str(label): _plain(one) for label, one in value.items()}
        if len(named) != len(value):
            raise _bad()
        return named
    return value


def _bad() -> CodecError:
    return CodecError(reason(ReasonCode.BAD_COSE, what="claims"))
