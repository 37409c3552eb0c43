"""JAdES in JSON: the seal around European Digital Credentials, taken apart strictly and not yet believed.

The payload is a text inside the file, and its bytes are what is sealed, not their base64url form; the
protected header says so with `b64: false`. What stands outside the protected header (time stamps, revocation
data) is sealed by nobody here and not looked at. ETSI TS 119 182-1 §5, RFC 7797 §3, RFC 7515 §7.2.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from wallet.codec.dates import parse_datetime
from wallet.codec.encoding import base64url_decode
from wallet.codec.strict_json import parse_object
from wallet.model.credential import CompactJws, Credential, CredentialFormat, JsonObject, Original, Securing
from wallet.model.errors import CodecError, FormatError
from wallet.model.limits import MAX_DATE_CHARS, MAX_DISPLAY_CHARS
from wallet.model.reasons import ReasonCode, reason

from .credential import parse_credential
from .jwt import OF_ONE_SIGNATURE, moment, read_numeric_date
from .members import objects
from .vc import Findings

#: Extensions whose meaning we keep: how the payload is signed, when, and time stamps that only add to it.
_KNOWN_CRITICAL: Final = frozenset({"b64", "sigT", "adoTst"})
_UNPROTECTED: Final = frozenset({"etsiU"})
_SECOND: Final = timedelta(seconds=1)
_MAX_HEADER_BYTES: Final = 256 * 1024  # certificates and time stamps; the largest seen has 10 kB


def is_jades(document: JsonObject) -> bool:
    """Return whether a document is a seal whose payload is the text itself."""
    payload = document.get("payload")
    return isinstance(payload, str) and payload.lstrip().startswith("{") and bool(
        {"signatures", "signature"} & document.keys())


def read_jades(document: JsonObject, original: Original) -> Credential:
    """Read the credential inside, with its seal.

    Raises:
        CodecError: BAD_JWS, or the sealed text is no JSON object.
        FormatError: BAD_JWS for several signatures; FORMAT_UNKNOWN if it seals no credential.
    """
    payload = str(document["payload"]).encode("utf-8", "surrogatepass")
    credential = parse_credential(parse_object(payload, max_string_chars=MAX_DISPLAY_CHARS), original)
    if credential.proofs:
        raise FormatError(reason(ReasonCode.BAD_JWS, what="proof"))
    jws = _taken_apart(document, payload)
    supported = set(_critical(jws.header)) <= _KNOWN_CRITICAL
    return replace(credential, format=CredentialFormat.EUROPEAN, jws=jws,
                   securing=Securing.JADES if supported else Securing.UNSUPPORTED)


def signing_time(header: JsonObject) -> datetime | None:
    """Return when a seal says it was made, None if it does not, says it twice differently, or cannot be read.

    The first version of the standard calls it `sigT`; since May 2025 new seals carry `iat` instead (§5.1.11).
    """
    stated = [_text_time(header["sigT"])] if "sigT" in header else []
    stated += [moment(read_numeric_date(header, "iat", Findings()))] if "iat" in header else []
    found = [one for one in stated if one]
    agree = found and len(found) == len(stated) and max(found) - min(found) < _SECOND
    return found[0] if agree else None


def _text_time(value: Any) -> datetime | None:
    if not isinstance(value, str) or len(value) > MAX_DATE_CHARS:
        return None
    try:
        return parse_datetime(value)[0]
    except CodecError:
        return None


def _taken_apart(document: JsonObject, payload: bytes) -> CompactJws:
    listed = document.get("signatures", document)  # RFC 7515 §7.2.2: of one seal, all may stand side by side
    signatures = objects(listed)
    is_mixed = "signatures" in document and not document.keys().isdisjoint(OF_ONE_SIGNATURE)
    if len(signatures) != 1 or is_mixed or listed not in (signatures[0], [signatures[0]]):
        found = str(len(signatures) + is_mixed)
        raise FormatError(reason(ReasonCode.BAD_JWS, what="signatures", found=found))
    protected, signature = signatures[0].get("protected"), signatures[0].get("signature")
    unprotected = signatures[0].get("header", {})
    if not isinstance(protected, str) or not isinstance(signature, str) or not isinstance(unprotected, dict):
        raise CodecError(reason(ReasonCode.BAD_JWS, what="protected"))
    header = parse_object(base64url_decode(protected), max_bytes=_MAX_HEADER_BYTES)
    if header.get("b64") is not False or "b64" not in _critical(header):
        raise CodecError(reason(ReasonCode.BAD_JWS, what="b64"))  # RFC 7797 §6
    # What nobody sealed may not say how to read the seal (RFC 7515 §7.2.1: the two must not share a name).
    if not unprotected.keys() <= _UNPROTECTED or not isinstance(header.get("alg"), str):
        raise CodecError(reason(ReasonCode.BAD_JWS, what="header"))
    return CompactJws("", header, payload, protected.encode("ascii") + b"." + payload,
                      base64url_decode(signature))


def _critical(header: JsonObject) -> tuple[str, ...]:
    """Return the extensions that must be understood; each must be there (RFC 7515 §4.1.11)."""
    listed: Any = header.get("crit", [])
    if not isinstance(listed, list) or not all(isinstance(one, str) and one in header for one in listed):
        raise CodecError(reason(ReasonCode.BAD_JWS, what="crit"))
    return tuple(listed)
