"""Token Status Lists: the list of the IETF, sealed as a JWT or a CWT, and the claim that points into it.

Bits are counted from the least significant end of each byte, packed by zlib, written in base64url (of a CWT:
as they are); how many belong to one value is said by the list. Which kinds the W3C knows is in `statuslist`,
whose words are used here; what a value means for a credential is judged in `verify`. Token Status List §4.1,
§5.1 and §5.2.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import Any, Final

from wallet.codec.cwt import cwt_claims
from wallet.codec.encoding import base64url_decode
from wallet.model.credential import (
    Achievement,
    CompactJws,
    CoseSign1,
    Credential,
    CredentialFormat,
    EvidenceClass,
    Issuer,
    JsonObject,
    Original,
    Securing,
    Subject,
)
from wallet.model.errors import CodecError, FormatError
from wallet.model.reasons import ReasonCode, reason

from .jwt import media_type_of, moment, read_dates, read_numeric_date
from .members import first_object, is_uri
from .statuslist import TOKEN_PURPOSE, StatusKind, StatusList, inflate
from .vc import Findings

LIST_TYPE: Final = "statuslist+jwt"
MESSAGE_TYPE: Final = "statuslist+cwt"
_SIZES: Final = (1, 2, 4, 8)


def is_token_list(header: JsonObject, claims: JsonObject) -> bool:
    """Return whether a token is a list, by its type or by its content."""
    return media_type_of(header) == LIST_TYPE or "status_list" in claims


def is_list_message(message: CoseSign1) -> bool:
    """Return whether a COSE message is a list, by its type or by its content."""
    if media_type_of(message.protected) == MESSAGE_TYPE:
        return True
    try:
        return "status_list" in cwt_claims(message.payload)
    except CodecError:
        return False


def read_token_list(claims: JsonObject, original: Original, jws: CompactJws) -> Credential:
    """Read a list as the thing it is: sealed, dated, about nobody.

    Without `iss` it is kept by whoever sealed the credential that points to it (§8.3): the id stays empty.
    """
    return replace(_read(claims, original, jws.header, LIST_TYPE), securing=Securing.JWS, jws=jws)


def read_list_message(message: CoseSign1, original: Original) -> Credential:
    """Read a list that is a CWT: its claims under the names they have in a JWT, the bits in base64url.

    Raises:
        CodecError: Its payload holds no claims.
    """
    claims = cwt_claims(message.payload)
    return replace(_read(claims, original, message.protected, MESSAGE_TYPE), securing=Securing.COSE,
                   cose=message)


def _read(claims: JsonObject, original: Original, header: JsonObject, media_type: str) -> Credential:
    findings = Findings()
    if media_type_of(header) != media_type:
        # §5.1: the type must be there, so that no other token of the issuer passes for a list.
        findings.problems.append(reason(ReasonCode.JWT_TYPE, found=str(header.get("typ"))[:80]))
    address = claims.get("sub")
    if not is_uri(address):
        findings.problems.append(reason(ReasonCode.JWT_CLAIM, member="sub", found=str(address)[:64]))
    made = read_numeric_date(claims, "iat", findings)  # it tells which list is the newer
    if "iat" not in claims:
        findings.problems.append(reason(ReasonCode.JWT_CLAIM, member="iat", found="None"))
    issuer = claims.get("iss", "")
    if not isinstance(issuer, str):
        findings.problems.append(reason(ReasonCode.JWT_CLAIM, member="iss", found=str(issuer)[:64]))
    dates = read_dates({name: one for name, one in claims.items() if name != "iat"}, findings)
    return Credential(
        original=original,
        format=CredentialFormat.STATUS_LIST,
        evidence_class=EvidenceClass.SEALED,
        securing=Securing.NONE,
        document=claims,
        issuer=Issuer(issuer if isinstance(issuer, str) else ""),
        subject=Subject(),
        achievement=Achievement(),
        id=address if isinstance(address, str) else "",
        types=("TokenStatusList",),
        title="Status list",
        valid_from=moment(made),
        valid_until=moment(dates["exp"]),
        problems=tuple(findings.problems),
        notes=tuple(findings.notes),
    )


def decode_token_list(claims: JsonObject) -> StatusList:
    """Decode the list inside a token.

    Raises:
        FormatError: STATUS_LIST_MALFORMED, or LIMIT_BYTES for one that inflates beyond its bound.
    """
    listed = first_object(claims.get("status_list"))
    size: Any = listed.get("bits")
    encoded = listed.get("lst")
    if isinstance(size, bool) or size not in _SIZES:
        raise _bad("bits")
    if not isinstance(encoded, str) or not encoded:
        raise _bad("lst")
    try:
        packed = base64url_decode(encoded)
    except CodecError:
        raise _bad("base64") from None
    data = inflate(packed, zlib.MAX_WBITS)
    return StatusList(StatusKind.TOKEN_LIST, (TOKEN_PURPOSE,), data, size=int(size), least_first=True)


def _bad(what: str) -> FormatError:
    return FormatError(reason(ReasonCode.STATUS_LIST_MALFORMED, what=what))
