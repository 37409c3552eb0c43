"""Credentials and presentations as compact JWS: which object was meant, and whether the claims agree with it.

Two forms exist. In the older one the credential sits in a claim `vc` (a presentation in `vp`) and the
registered claims stand for members of it (VC Data Model 1.1 §6.3.1). In the newer one the payload is the
credential (VC-JOSE-COSE 1.0 §3.1.1; Open Badges 3.0 §8.2). Signatures are checked in `proofs`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from wallet.codec.strict_json import parse_object
from wallet.model.credential import CompactJws, JsonObject
from wallet.model.errors import FormatError
from wallet.model.limits import MAX_DISPLAY_CHARS
from wallet.model.reasons import ReasonCode, reason

from .members import identifier, is_uri, many, objects
from .vc import Findings, is_credential, is_presentation, read_date, version_of

#: Media types a header may name. VC-JOSE-COSE 1.0 §3.1.1; the longer ones are from its drafts, and
#: Open Badges 3.0 §8.2.4.1 says `JWT`.
CREDENTIAL_TYPES: Final = frozenset({"jwt", "vc+jwt", "vc+ld+json+jwt", "vc-ld+jwt", "vc+ld+jwt", "vc-jwt"})
PRESENTATION_TYPES: Final = frozenset({"jwt", "vp+jwt", "vp+ld+json+jwt", "vp-ld+jwt", "vp+ld+jwt"})
#: Media types whose payload is the thing itself, without `vc` and `vp`.
_BARE_TYPES: Final = (CREDENTIAL_TYPES | PRESENTATION_TYPES) - {"jwt", "vc-jwt"}
_PLACEHOLDER: Final = "did:example:"
#: What an SD-JWT has in the header that nobody signed: each holds by a digest or a signature of its own.
_UNSIGNED: Final = frozenset({"disclosures", "kb_jwt"})
#: What a JWS in JSON has beside its payload, if it has one signature and no list of them (RFC 7515 §7.2.2).
OF_ONE_SIGNATURE: Final = frozenset({"protected", "header", "signature"})
_LAST_SECOND: Final = 253_402_300_799  # 9999-12-31T23:59:59Z: later dates cannot be shown


@dataclass(frozen=True, slots=True)
class Token:
    """What a token holds.

    Attributes:
        document: The credential or presentation, with members that only the claims state filled in.
        claims: The whole payload.
        is_presentation: Which of the two it is.
        not_before, expires: The claims' own dates, None where absent or unreadable.
        dates_seal: Whether these are the seal's own dates beside the credential's, which may then differ.
    """

    document: JsonObject
    claims: JsonObject
    is_presentation: bool
    not_before: datetime | None
    expires: datetime | None
    findings: Findings
    dates_seal: bool = False

    def within(self, begins: datetime | None,
               ends: datetime | None) -> tuple[datetime | None, datetime | None]:
        """Return from when until when a credential with these dates counts in this token."""
        if not self.dates_seal:
            return begins or self.not_before, ends or self.expires
        return (max(filter(None, (begins, self.not_before)), default=None),
                min(filter(None, (ends, self.expires)), default=None))


#: What each registered claim stands for in a presentation and in a credential.
_STANDS_FOR: Final[Mapping[bool, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        True: (("iss", "holder"), ("jti", "id")),
        False: (("iss", "issuer"), ("jti", "id")),
    }
)


def payload_object(jws: CompactJws) -> JsonObject:
    """Return the payload of a token that must be a JSON object.

    Raises:
        CodecError: From the strict reading of JSON.
    """
    return parse_object(jws.payload, max_string_chars=MAX_DISPLAY_CHARS)  # a credential is bounded once more


def read_token(jws: CompactJws) -> Token:
    """Find the credential or presentation in a token and compare the claims with it.

    Raises:
        CodecError: The payload is no JSON object, or breaks a limit.
        FormatError: FORMAT_UNKNOWN if there is neither a credential nor a presentation in it.
    """
    return read_claims(jws.header, payload_object(jws))


def read_claims(header: JsonObject, claims: JsonObject, *, suffix: str = "jwt") -> Token:
    """Find the credential or presentation among claims that are already known.

    Args:
        header: Of the token.
        claims: Its payload (of an SD-JWT: with what is shown in its place).
        suffix: How the media types of this kind of token end.

    Raises:
        FormatError: FORMAT_UNKNOWN if there is neither a credential nor a presentation in it.
    """
    findings = Findings()
    document, wrapped, shown = _find(claims)
    _check_type(header, claims, shown=shown, wrapped=wrapped, suffix=suffix, findings=findings)
    dates = read_dates(claims, findings)
    for claim, member in _STANDS_FOR[shown]:
        document = _agree(claims, claim, document, member, findings)
    # VC-JOSE-COSE 1.0 §3.1.3: there the claims date the seal. Where they stand for members, they must agree.
    dates_seal = not wrapped and (suffix != "jwt" or media_type_of(header) in _BARE_TYPES)
    if not shown:
        document = _agree_subject(claims, document, findings)
        document = document if dates_seal else _agree_dates(dates, document, findings)
    return Token(document, claims, shown, moment(dates["nbf"]), moment(dates["exp"]), findings, dates_seal)


def media_type_of(header: JsonObject) -> str:
    """Return the header's `typ` in the short lower-case form of RFC 7515 §4.1.9, "" if absent."""
    found = header.get("typ")
    return found.lower().removeprefix("application/") if isinstance(found, str) else ""


def _find(claims: JsonObject) -> tuple[JsonObject, bool, bool]:
    """Return the document, whether it was wrapped in a claim, and whether it is a presentation."""
    # A payload that is itself a credential wins, so that a `vc` beside it can be refused as extra.
    if "@context" in claims and (is_credential(claims) or is_presentation(claims)):
        return claims, False, is_presentation(claims)
    if isinstance(claims.get("vp"), dict):
        return claims["vp"], True, True
    if isinstance(claims.get("vc"), dict):
        return claims["vc"], True, False
    if is_credential(claims) or is_presentation(claims):
        return claims, False, is_presentation(claims)
    raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="JWT"))


def read_dates(claims: JsonObject, findings: Findings) -> Mapping[str, float | None]:
    """Return `nbf` and `exp` in seconds, and record what is wrong with the dates of a token."""
    dates = {name: read_numeric_date(claims, name, findings) for name in ("nbf", "exp")}
    _check_issued_at(claims, findings)
    if dates["nbf"] is not None and dates["exp"] is not None and dates["exp"] < dates["nbf"]:
        findings.problems.append(reason(ReasonCode.DATE_ORDER, found="exp < nbf"))
    return dates


def _check_type(
    header: JsonObject, claims: JsonObject, *, shown: bool, wrapped: bool, suffix: str, findings: Findings
) -> None:
    found = media_type_of(header)
    allowed = PRESENTATION_TYPES if shown else CREDENTIAL_TYPES
    if suffix != "jwt":
        allowed = frozenset(name.removesuffix("+jwt") + f"+{suffix}" for name in allowed if "+" in name)
    if "typ" in header and found not in allowed:
        findings.problems.append(reason(ReasonCode.JWT_TYPE, found=str(header["typ"])[:80]))
    # VC-JOSE-COSE 1.0 §3.1.1: the claims `vc` and `vp` MUST NOT be present in these payloads.
    extra = [name for name in ("vc", "vp") if name in claims]
    if extra and (not wrapped or found in _BARE_TYPES or len(extra) > 1):
        findings.problems.append(reason(ReasonCode.JWT_CLAIM, member=extra[-1]))


def read_numeric_date(claims: JsonObject, name: str, findings: Findings) -> float | None:
    """Return a NumericDate in seconds. RFC 7519 §2: a number, and it may have a fraction."""
    value = claims.get(name)
    if name not in claims:
        return None
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or not 0 <= value <= _LAST_SECOND
    ):
        findings.problems.append(reason(ReasonCode.JWT_CLAIM, member=name, found=str(value)[:64]))
        return None
    return value


def _check_issued_at(claims: JsonObject, findings: Findings) -> None:
    """`iat` decides nothing here; words and milliseconds are met in published files and only named."""
    stated = claims.get("iat")
    if isinstance(stated, int) and stated > _LAST_SECOND:  # RFC 7519 §2: a time all the same, if a far one
        findings.notes.append(reason(ReasonCode.QUIRK_DATE, which="iat"))
    elif isinstance(stated, str):
        before = len(findings.problems)
        read_date(stated, "iat", findings)
        if len(findings.problems) == before:
            findings.notes.append(reason(ReasonCode.QUIRK_DATE, which="iat"))
    else:
        read_numeric_date(claims, "iat", findings)


def _agree(
    claims: JsonObject, claim: str, document: JsonObject, member: str, findings: Findings
) -> JsonObject:
    """Compare a claim with the member it stands for; put it there where the member says nothing."""
    stated = _stated(claims, claim, findings)
    if not stated:
        return document
    value = document.get(member)
    named = identifier(value)
    if member == "id" and not is_uri(stated) and named in ("", f"urn:uuid:{stated}"):
        # RFC 7519 §4.1.7: any text names a token. It is no id of what is inside (VC Data Model 1.1 §4.2).
        findings.notes.append(reason(ReasonCode.QUIRK_BADGE_MEMBER, which=claim))
        return document
    if named and not _gives_way(stated, named, claim, findings):
        _compare(stated, (named,), claim, member, findings)
        return document
    # VC Data Model 1.1 §6.3.1: decoding puts the claim in the member's place.
    return {**document, member: {**value, "id": stated} if isinstance(value, dict) else stated}


def _agree_subject(claims: JsonObject, document: JsonObject, findings: Findings) -> JsonObject:
    subjects = objects(document.get("credentialSubject"))
    stated = _stated(claims, "sub", findings)
    if not stated or not subjects:
        return document
    named = tuple(found for found in map(identifier, subjects) if found)
    if len(subjects) > 1 or (named and not _gives_way(stated, named[0], "sub", findings)):
        if named:
            _compare(stated, named, "sub", "credentialSubject.id", findings)
        return document
    subject = {**subjects[0], "id": stated}
    was_many = isinstance(document.get("credentialSubject"), list)
    return {**document, "credentialSubject": [subject] if was_many else subject}


def _stated(claims: JsonObject, claim: str, findings: Findings) -> str:
    value = claims.get(claim)
    if claim in claims and (not isinstance(value, str) or not value):
        findings.problems.append(reason(ReasonCode.JWT_CLAIM, member=claim, found=str(value)[:64]))
    return value if isinstance(value, str) else ""


def _gives_way(stated: str, named: str, claim: str, findings: Findings) -> bool:
    """Return whether a member's id is a placeholder that the claim replaces.

    Templates are sealed with `did:example:…` left in them. That method names nobody (DID Core §4.1), so
    nobody can be mistaken for anybody; every other difference is a conflict.
    """
    if stated == named or not named.startswith(_PLACEHOLDER) or stated.startswith(_PLACEHOLDER):
        return False
    findings.notes.append(reason(ReasonCode.QUIRK_PLACEHOLDER_ID, which=claim))
    return True


def _compare(stated: str, named: tuple[str, ...], claim: str, member: str, findings: Findings) -> None:
    if stated in named:
        return
    # Seen in the field: a DID inside a second pair of quotes. Named, and never taken for the issuer's id.
    if stated[:1] == stated[-1:] == '"' and stated[1:-1] in named:
        findings.notes.append(reason(ReasonCode.QUIRK_QUOTED_DID, which=claim))
        return
    findings.problems.append(reason(ReasonCode.JWT_CONFLICT, member=member, what=claim, found=stated[:200]))


def _agree_dates(dates: Mapping[str, float | None], document: JsonObject, findings: Findings) -> JsonObject:
    first = version_of(document) == "1.1"
    pairs = (
        ("nbf", "issuanceDate" if first else "validFrom"),
        ("exp", "expirationDate" if first else "validUntil"),
    )
    for claim, member in pairs:
        stated = dates[claim]
        if stated is None:
            continue
        if document.get(member, "") == "" and (first or member not in document):
            # An empty text is what one writer leaves there, meaning the claim.
            findings.notes += [reason(ReasonCode.QUIRK_DATE, which=member)] if member in document else []
            if first:
                document = {**document, member: datetime.fromtimestamp(stated, UTC).isoformat()}
            continue
        quiet = Findings()  # what is wrong with the member itself is said when the envelope is read
        moment = read_date(document[member], member, quiet)
        # A claim in whole seconds stands for a member with a fraction.
        if moment is not None and abs(moment.timestamp() - stated) >= 1:
            findings.problems.append(
                reason(ReasonCode.JWT_CONFLICT, member=member, what=claim, found=f"{stated:.0f}")
            )
    return document


def moment(seconds: float | None) -> datetime | None:
    """Return a NumericDate as a time in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def audience(claims: JsonObject) -> tuple[str, ...]:
    """Return whom a token is for."""
    return tuple(value for value in many(claims.get("aud")) if isinstance(value, str))


def nonce(claims: Mapping[str, Any]) -> str:
    """Return the challenge a token answers, "" if none."""
    value = claims.get("nonce")
    return value if isinstance(value, str) else ""


def status_claim(claims: JsonObject) -> tuple[JsonObject, ...]:
    """Return the claim `status` as status entries: a Token Status List, or kinds that we cannot read.

    Each of several mechanisms can end the token (Token Status List §6.1), as each of several entries can.
    """
    value = claims.get("status")
    if value is None:
        return ()
    if not isinstance(value, dict) or "status_list" not in value:
        return (value if isinstance(value, dict) else {"status": value},)
    others = tuple({"type": name, name: one} for name, one in value.items()
                   if name != "status_list" and objects(one))  # a mere word there says nothing
    return ({"status_list": value["status_list"]}, *others)


def compact_form(document: JsonObject) -> str:
    """Return the compact form of a JWS in JSON serialisation with exactly one signature (RFC 7515 §7.2).

    Of an SD-JWT, what is shown stands in the header that nobody signed (RFC 9901 §8), and nothing else may.

    Raises:
        FormatError: BAD_JWS for several signatures, or for header members outside the protected header.
    """
    listed = many(document["signatures"]) if "signatures" in document else (document,)
    is_mixed = "signatures" in document and not document.keys().isdisjoint(OF_ONE_SIGNATURE)
    only = listed[0] if len(listed) == 1 and not is_mixed and isinstance(listed[0], dict) else {}
    parts = (only.get("protected"), document.get("payload"), only.get("signature"))
    shown = _shown_parts(only["header"]) if "header" in only else ()
    if shown is None or not all(isinstance(part, str) for part in parts):
        found = str(len(listed) + is_mixed)
        raise FormatError(reason(ReasonCode.BAD_JWS, what="signatures", found=found))
    return "~".join((".".join(map(str, parts)), *shown))


def _shown_parts(header: Any) -> tuple[str, ...] | None:
    """Return disclosures and answer as they follow the token; None for a header of any other kind."""
    if not isinstance(header, dict) or "disclosures" not in header or not header.keys() <= _UNSIGNED:
        return None
    disclosures, answer = header["disclosures"], header.get("kb_jwt", "")
    parts = (*disclosures, answer) if isinstance(disclosures, list) else (None,)
    return parts if all(isinstance(one, str) and "~" not in one for one in parts) else None
