"""SD-JWT as a credential, a presentation, or the holder's answer over one: what is shown, and what is not.

Three families share the form. An SD-JWT VC names its type in `vct`; a W3C credential or presentation has
its `@context` (VC-JOSE-COSE 1.0 §3.2); anything else is claims of an issuer without a type. With a key
binding behind the last tilde it is an answer to somebody's question, read here as a presentation of one
credential. Digests and disclosures are in `codec.sdjwt`; whether the answer counts is judged in `verify`.
RFC 9901; SD-JWT-based Verifiable Credentials §3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from wallet.codec.sdjwt import SdJwt, Shown, show, split_sd_jwt
from wallet.codec.strict_json import check_credential
from wallet.model.credential import (
    Achievement,
    CompactJws,
    Credential,
    CredentialFormat,
    EvidenceClass,
    Identifier,
    Issuer,
    JsonObject,
    Original,
    Presentation,
    Securing,
    Skill,
    Subject,
)
from wallet.model.errors import FormatError
from wallet.model.limits import MAX_URL_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason

from .credential import Seal, bound_texts, noun_of, original_of, parse_credential
from .jwt import (
    Token,
    media_type_of,
    moment,
    payload_object,
    read_claims,
    read_dates,
    read_numeric_date,
    status_claim,
)
from .members import first_object, many, text
from .statuslist import HIDDEN_ENTRY
from .vc import MAX_PROBLEMS, Findings, is_credential, is_presentation

KEY_BINDING_TYPE: Final = "kb+jwt"
_SUFFIX: Final = "sd-jwt"
_VC_TYPES: Final = frozenset({"dc+sd-jwt", "vc+sd-jwt"})  # the second is what drafts before 2024-11 said
#: SD-JWT VC §3.2.2.2: a sender must not be able to leave these out.
_NEVER_HIDDEN: Final = ("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status")
#: What would end a credential or tie it to a key, where the issuer lets the sender hide it.
_DECIDING: Final = ("exp", "status", "cnf")
_DECIDING_W3C: Final = ("validUntil", "credentialStatus")
_WITHDRAWING: Final = ("credentialStatus", "status")
# What learning credentials call the parts of an achievement; the first is the European pilots' word.
# Not `name`: among registered claims it is a person's full name (IANA, JSON Web Token Claims).
_TITLES: Final = ("achievement_title", "title", "degree")
_DESCRIPTIONS: Final = ("achievement_description", "description")
_NAMES: Final = (("name",), ("given_name", "family_name"))


@dataclass(frozen=True, slots=True)
class Opened:
    """An SD-JWT with what is shown put in its place."""

    parts: SdJwt
    shown: Shown
    sealed: JsonObject

    @property
    def claims(self) -> JsonObject:
        """What is shown."""
        return self.shown.claims

    @property
    def jws(self) -> CompactJws:
        """What the issuer signed, under the name of the whole."""
        return replace(self.parts.jws, text=self.parts.presented)


def is_sd_jwt(token_text: str) -> bool:
    """Return whether a token is split by tildes."""
    return "~" in token_text


def open_sd_jwt(token_text: str) -> Opened:
    """Take an SD-JWT apart and show what it shows.

    Raises:
        CodecError: As `split_sd_jwt` and `show`, or its payload is no JSON object.
        FormatError: LIMIT_STRING.
    """
    parts = split_sd_jwt(token_text)
    sealed = payload_object(parts.jws)
    shown = show(sealed, parts.disclosures)
    check_credential(shown.claims)
    bound_texts(shown.claims)
    return Opened(parts, shown, sealed)


def holds_presentation(opened: Opened) -> bool:
    """Return whether the claims are a W3C presentation."""
    return "vct" not in opened.claims and is_presentation(opened.claims)


def read_sd_presentation(opened: Opened) -> tuple[Token, tuple[Reason, ...]]:
    """Return the presentation among the claims, and what is worth saying about hidden parts."""
    token = read_claims(opened.jws.header, opened.claims, suffix=_SUFFIX)
    return token, tuple(_notes(opened, ()))


def read_sd_credential(opened: Opened, original: Original) -> Credential:
    """Read the credential that an SD-JWT shows.

    Raises:
        FormatError: A bound.
        CodecError: A bound.
    """
    kind = media_type_of(opened.jws.header)
    if kind != "dc+sd-jwt" and "@context" in opened.claims and is_credential(opened.claims):
        token = read_claims(opened.jws.header, opened.claims, suffix=_SUFFIX)
        found = parse_credential(token.document, original, Seal(opened.jws, token))
        notes = found.notes + tuple(_notes(opened, _DECIDING_W3C))
        return replace(found, securing=Securing.SD_JWT, notes=notes,
                       statuses=(*_hidden_statuses(opened), *found.statuses))
    return _read_claims(opened, original)


def read_key_bound(opened: Opened, original: Original) -> Presentation:
    """Read the holder's answer over one SD-JWT as a presentation of it.

    Raises:
        CodecError: The answer is no JSON object.
        FormatError: FORMAT_UNSUPPORTED for an answer over a presentation; a bound.
    """
    key_binding = opened.parts.key_binding
    if key_binding is None or holds_presentation(opened):
        raise FormatError(reason(ReasonCode.FORMAT_UNSUPPORTED, what="SD-JWT+KB"))
    claims = payload_object(key_binding)
    bound_texts(claims)
    findings = Findings()
    if media_type_of(key_binding.header) != KEY_BINDING_TYPE:
        # RFC 9901 §4.3: an ID token signed by the same key must not pass for an answer.
        found = str(key_binding.header.get("typ"))[:80]
        findings.problems.append(reason(ReasonCode.JWT_TYPE, found=found))
    for name in ("nonce", "aud", "sd_hash"):
        if not isinstance(claims.get(name), str) or not claims[name]:
            findings.problems.append(
                reason(ReasonCode.JWT_CLAIM, member=name, found=str(claims.get(name))[:64])
            )
    if "iat" not in claims:
        findings.problems.append(reason(ReasonCode.JWT_CLAIM, member="iat", found="None"))
    item = read_sd_credential(opened, original_of(opened.parts.presented))
    return Presentation(
        original=original,
        document=claims,
        securing=Securing.KEY_BINDING,
        holder=_holder(item),
        credentials=(item,),
        jws=key_binding,
        challenge=text_claim(claims, "nonce"),
        domain=(text_claim(claims, "aud"),),
        created=moment(read_numeric_date(claims, "iat", findings)),
        begins=moment(read_numeric_date(claims, "nbf", findings)),
        expires=moment(read_numeric_date(claims, "exp", findings)),
        problems=tuple(findings.problems[:MAX_PROBLEMS]),
    )


def text_claim(claims: JsonObject, name: str) -> str:
    """Return a claim that is a text, else ""."""
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _read_claims(opened: Opened, original: Original) -> Credential:
    """Read an SD-JWT VC, or claims that name no type."""
    claims, header = opened.claims, opened.jws.header
    kind = media_type_of(header)
    typed = "vct" in claims or kind == "dc+sd-jwt"
    findings = Findings()
    dates = read_dates(claims, findings)
    _check_claims(opened, kind, findings, typed=typed)
    vct = text_claim(claims, "vct")
    achievement = _achievement(claims)
    tail = vct.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    title = achievement.name or (noun_of(tail) if tail and not tail[0].isdigit() else vct)
    return Credential(
        original=original,
        format=CredentialFormat.SD_JWT,
        evidence_class=EvidenceClass.SEALED,
        securing=Securing.SD_JWT,
        document=claims,
        issuer=Issuer(text_claim(claims, "iss"), name=text(claims.get("issuing_authority"))),
        subject=_subject(claims),
        achievement=achievement,
        jws=opened.jws,
        id=text_claim(claims, "jti"),
        types=(vct,) if vct else (),
        title=title[:200] or "SD-JWT",
        valid_from=moment(dates["nbf"]),
        valid_until=moment(dates["exp"]),
        statuses=(*_hidden_statuses(opened), *status_claim(claims)),
        problems=tuple(findings.problems[:MAX_PROBLEMS]),
        notes=(*findings.notes, *_notes(opened, _DECIDING, rule="SD-JWT VC" if typed else "")),
    )


def _check_claims(opened: Opened, kind: str, findings: Findings, *, typed: bool) -> None:
    claims, header = opened.claims, opened.jws.header
    allowed = kind in _VC_TYPES if typed else kind.endswith(f"+{_SUFFIX}") and kind not in _VC_TYPES
    if not allowed and ("typ" in header or typed):
        # SD-JWT VC §3.2.1: typ is required there; elsewhere RFC 9901 §9.11 recommends one.
        findings.problems.append(reason(ReasonCode.JWT_TYPE, found=str(header.get("typ"))[:80]))
    if typed and not text_claim(claims, "vct"):
        findings.missing("vct")
    if not text_claim(claims, "iss") and "x5c" not in header:
        findings.missing("iss")
    for name in _NEVER_HIDDEN if typed else ():
        if name in claims and name not in opened.sealed:
            findings.problems.append(reason(ReasonCode.DISCLOSURE_NAME, found=name))
    cnf = claims.get("cnf")
    if "cnf" in claims and not isinstance(cnf, dict):
        findings.problems.append(reason(ReasonCode.JWT_CLAIM, member="cnf", found=str(cnf)[:64]))


def _notes(opened: Opened, deciding: tuple[str, ...], *, rule: str = "") -> list[Reason]:
    """Say what is hidden, and what may be; `rule` is the standard by which no issuer may let it be."""
    shown = opened.shown
    notes = list(shown.notes)
    if shown.hidden:
        notes.append(reason(ReasonCode.HIDDEN_PARTS, count=str(shown.hidden)))
    absent = [name for name in deciding if name not in shown.claims]
    if shown.hidden_at_top and absent:
        named = {"rule": rule} if rule else {}
        notes.append(reason(ReasonCode.HIDDEN_MAY_DECIDE, member=", ".join(absent), **named))
    return notes


def _hidden_statuses(opened: Opened) -> tuple[JsonObject, ...]:
    """Return what stands for the entries, or the parts of one, that the sender shows nothing of."""
    return tuple({HIDDEN_ENTRY: name} for name in _WITHDRAWING if name in opened.shown.hidden_inside)


def _subject(claims: JsonObject) -> Subject:
    name = next((full for names in _NAMES if (full := _joined(claims, names))), "")
    email = text_claim(claims, "email")
    return Subject(
        id=text_claim(claims, "sub")[:MAX_URL_CHARS],
        name=name,
        identifiers=(Identifier(email, kind="emailAddress"),) if email else (),
    )


def _joined(claims: JsonObject, names: tuple[str, ...]) -> str:
    return " ".join(filter(None, (text(claims.get(name)) for name in names)))


def _achievement(claims: JsonObject) -> Achievement:
    listed = many(claims.get("learning_outcomes"))
    outcomes = (text(one) or text(first_object(one).get("name")) for one in listed)
    grade = text(claims.get("assessment_grade"))
    return Achievement(
        name=_first(claims, _TITLES),
        description=_first(claims, _DESCRIPTIONS),
        skills=tuple(Skill(one) for one in outcomes if one),
        results=(("Grade", grade),) if grade else (),
    )


def _first(claims: JsonObject, names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := text(claims.get(name)))), "")


def _holder(item: Credential) -> str:
    """Return the DID of the key that the issuer sealed in, where it has one."""
    cnf: Any = item.document.get("cnf")
    kid = cnf.get("kid") if isinstance(cnf, dict) else None
    if isinstance(kid, str) and kid.startswith("did:"):
        return kid.partition("#")[0]
    return item.subject.id if item.subject.id.startswith("did:") else ""
