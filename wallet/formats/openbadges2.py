"""Open Badges 0.5 to 2.0: an assertion, and apart from it the badge class and the issuer's profile.

An assertion says little itself: what was achieved is in the badge class, who awards it in the profile, each
a document at an address of its own. Which copies of them may be believed is in `trust.badge_records`, what
they prove in `verify`. Open Badges 2.0 §4 (Assertion, BadgeClass, Profile), 1.1 and 1.0 §3; 0.5 has the
badge inside and no address at all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum, unique
from typing import Any, Final

from wallet.codec.dates import parse_loose_datetime
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
    Securing,
    Skill,
    Subject,
)
from wallet.model.errors import CodecError
from wallet.model.limits import MAX_URL_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason

from .members import contexts, first_object, identifier, is_uri, many, objects, strings, text, types
from .pictures import inline_picture, remote_picture
from .vc import MAX_PROBLEMS, Findings, read_date, read_issuer

V1_CONTEXT: Final = "https://w3id.org/openbadges/v1"
V2_CONTEXTS: Final = ("https://w3id.org/openbadges/v2", "https://openbadgespec.org/v2/context.json")
_ASSERTION: Final = "Assertion"
_PROFILE_TYPES: Final = frozenset({"Profile", "Issuer"})
#: Things of the same vocabulary that award nothing to anybody.
_OTHER_TYPES: Final = frozenset({"CryptographicKey", "RevocationList", "Endorsement", "Criteria"})
_HOSTED: Final = frozenset({"hosted", "HostedBadge"})
_SIGNED: Final = frozenset({"signed", "SignedBadge"})
_HASHED: Final = re.compile(r"(?:sha256\$[0-9A-Fa-f]{64}|md5\$[0-9A-Fa-f]{32})", re.ASCII)
_LAST_SECOND: Final = 253_402_300_799  # 9999-12-31T23:59:59Z: later dates cannot be shown
_SECONDS: Final = re.compile(r"[0-9]{9,10}", re.ASCII)  # since 1970, of the years 1973 to 2286
_WEB: Final = ("https://", "http://")


@unique
class Part(StrEnum):
    """What a document of this vocabulary is."""

    ASSERTION = "Assertion"
    BADGE_CLASS = "BadgeClass"
    PROFILE = "Profile"
    OTHER = "other"


def part_of(document: JsonObject) -> Part | None:
    """Return what a document is, None if it is not of this vocabulary.

    What names the vocabulary but no type we know is taken for an assertion, so that its type is found wrong.
    """
    named = set(types(document))
    if named & {_ASSERTION, "BadgeClass"}:
        return Part.ASSERTION if _ASSERTION in named else Part.BADGE_CLASS
    # Open Badges 0.5 and 1.0 have neither context nor type.
    if "badge" in document and ("recipient" in document or "verify" in document):
        return Part.ASSERTION
    if any(address == V1_CONTEXT or address in V2_CONTEXTS for address in contexts(document)):
        if named & _PROFILE_TYPES:
            return Part.PROFILE
        return Part.OTHER if named & _OTHER_TYPES else Part.ASSERTION
    # As fully as that, a document without context and type can only be a badge class of 1.0.
    untyped = "type" not in document and "@context" not in document
    return Part.BADGE_CLASS if untyped and {"name", "criteria", "issuer"} <= document.keys() else None


def badge_version(document: JsonObject) -> str:
    """Return the version of the standard an assertion follows: "2.0", "1.1", "1.0" or "0.5"."""
    listed = contexts(document)
    if V1_CONTEXT in listed:
        return "1.1"
    if listed or "@context" in document or "type" in document:
        return "2.0"
    return "1.0" if "uid" in document or _verification(document) else "0.5"


def read_badge(document: JsonObject, original: Original, jws: CompactJws | None = None) -> Credential:
    """Read a document that `part_of` knows. What is wrong with its shape becomes problems."""
    part = part_of(document)
    findings = Findings()
    starts = _date(document, "issuedOn" if "issuedOn" in document else "issued_on", findings)
    ends = _date(document, "expires", findings)
    if part is Part.ASSERTION:
        _check_assertion(document, findings, signed=jws is not None)
        badge, definition = first_object(document.get("badge")), False
    else:
        findings.problems += check_definition(document)
        badge, definition = document, True
    achievement = read_achievement(badge, document)
    sealed = jws is not None or is_signed(document)
    kind = EvidenceClass.SEALED if sealed else EvidenceClass.HOSTED
    return Credential(
        original=original,
        format=CredentialFormat.OPEN_BADGE_2,
        evidence_class=EvidenceClass.DOCUMENT if definition else kind,
        securing=Securing.JWS if jws is not None else Securing.NONE,
        document=document,
        issuer=badge_issuer(badge.get("issuer") or document.get("issuer")),
        subject=_recipient(document),
        achievement=achievement,
        jws=jws,
        id=identifier(document) or text(document.get("uid")),
        version="" if definition else badge_version(document),
        types=types(document),
        title=achievement.name or "Badge",
        valid_from=starts,
        valid_until=ends,
        problems=tuple(findings.problems[:MAX_PROBLEMS]),
        notes=tuple(findings.notes),
    )


def read_link(address: str, original: Original) -> Credential:
    """Return the oldest kind of baked badge: only the address of its record."""
    return Credential(
        original=original,
        format=CredentialFormat.OPEN_BADGE_2,
        evidence_class=EvidenceClass.HOSTED,
        securing=Securing.NONE,
        document={},
        issuer=Issuer(""),
        subject=Subject(),
        achievement=Achievement(),
        id=address[:MAX_URL_CHARS],
        title="Badge",
    )


def read_achievement(badge: JsonObject, assertion: JsonObject) -> Achievement:
    """Return what was achieved: the badge class says it, the assertion adds its evidence."""
    criteria = badge.get("criteria")
    picture = badge.get("image") or assertion.get("image")
    return Achievement(
        name=text(badge.get("name")),
        description=text(badge.get("description")),
        criteria=text(first_object(criteria).get("narrative")),
        criteria_url=identifier(criteria),
        skills=_skills(badge),
        evidence=_evidence(assertion),
        language=text(badge.get("@language") or assertion.get("@language")),
        picture=inline_picture(picture),
        picture_url=remote_picture(picture),
    )


def with_definitions(credential: Credential, badge: JsonObject, issuer: Issuer) -> Credential:
    """Return the credential with what its badge class and its issuer say, kept apart from it till now."""
    achievement = read_achievement(badge, credential.document)
    return replace(
        credential, achievement=achievement, title=achievement.name or credential.title, issuer=issuer
    )


def badge_issuer(value: Any) -> Issuer:
    """Return the issuer of a badge class; in 0.5 an origin stands for it."""
    issuer = read_issuer(value)
    origin = text(first_object(value).get("origin"))
    return issuer if issuer.id or not origin else Issuer(origin, issuer.name, issuer.url or origin)


def is_signed(document: JsonObject) -> bool:
    """Return whether an assertion says that it is verified by a signature."""
    return bool(_SIGNED & set(types(_verification(document))))


def record_address(credential: Credential) -> str:
    """Return where the web record of a hosted assertion is, "" if it does not say."""
    stated = (credential.id, _verification(credential.document).get("url"))
    return next((one for one in stated if isinstance(one, str) and one.startswith(_WEB) and is_uri(one)), "")


def key_address(document: JsonObject) -> str:
    """Return the address of the key that a signed assertion names, "" if it leaves that to its issuer."""
    verification = _verification(document)
    return identifier(verification.get("creator")) or text(verification.get("url"))


def is_record_of(document: JsonObject, address: str) -> bool:
    """Return whether what is kept at an address is a document of this vocabulary that names that address.

    Documents before 1.1 have no id, and an answer that an award was withdrawn is often nothing but that; what
    they are is then the address's own word.
    """
    known = part_of(document) or _is_old_profile(document) or _PROFILE_TYPES & set(types(document))
    if not known and not document.get("revoked"):
        return False
    stated = text(document.get("id", text(_verification(document).get("url")) or address))
    return stated == address or is_moved_to_https(address, stated)


def is_moved_to_https(address: str, stated: str) -> bool:
    """Return whether two addresses differ only in that the second one is the protected one of the first."""
    return address.startswith("http://") and stated == f"https://{address[7:]}"


def check_definition(document: JsonObject) -> tuple[Reason, ...]:
    """List what breaks the shape of a badge class or a profile. Open Badges 2.0 §4.2 and §4.3."""
    findings = Findings()
    part = part_of(document) or (Part.PROFILE if _is_old_profile(document) else None)
    required = {
        Part.BADGE_CLASS: ("name", "description", "criteria", "issuer"),
        Part.PROFILE: ("name", "url"),
    }.get(part or Part.OTHER, ())
    if part is None:
        findings.untyped("type", Part.BADGE_CLASS.value, types(document))
    if "@context" in document and required and not is_uri(document.get("id")):
        findings.wrong("id", document.get("id"))
    for member in required:
        if not text(document.get(member)) and not objects(document.get(member)):
            findings.missing(member)
    return tuple(findings.problems)


def wrong_definition(document: JsonObject, wanted: Part) -> tuple[Reason, ...]:
    """Return the problem of a document that says it is something else than its place demands."""
    allowed = _PROFILE_TYPES if wanted is Part.PROFILE else frozenset({wanted.value})
    if "type" not in document or allowed & set(types(document)):
        return ()
    member = "badge.issuer.type" if wanted is Part.PROFILE else "badge.type"
    found = ", ".join(types(document))[:200]
    return (reason(ReasonCode.TYPE_MISSING, member=member, what=wanted.value, found=found),)


def _check_assertion(document: JsonObject, findings: Findings, *, signed: bool) -> None:
    version = badge_version(document)
    if version in ("2.0", "1.1"):
        if not any(address in (V1_CONTEXT, *V2_CONTEXTS) for address in contexts(document)):
            findings.problems.append(reason(ReasonCode.CONTEXT_MISSING, address=V2_CONTEXTS[0]))
        if _ASSERTION not in types(document):
            findings.untyped("type", _ASSERTION, types(document))
    if version == "2.0" and not is_uri(document.get("id")):
        findings.wrong("id", document.get("id"))
    _check_recipient(document, findings)
    _check_badge(document.get("badge"), version, findings)
    if version != "0.5":
        _check_verification(document, findings, signed=signed)
        if "issuedOn" not in document:
            findings.missing("issuedOn")
    if any(address.startswith("data:") for address in strings(document.get("image"))):
        # Open Badges 2.0 §4.1: an address. Nothing that is compared or shown hangs on it.
        findings.notes.append(reason(ReasonCode.QUIRK_BADGE_MEMBER, which="image"))


def _check_recipient(document: JsonObject, findings: Findings) -> None:
    recipient = document.get("recipient")
    if isinstance(recipient, str) and recipient:
        return
    found = objects(recipient)
    if not found:
        findings.missing("recipient")
    for one in found:
        if not text(one.get("identity")):
            findings.missing("recipient.identity")
        hashed = one.get("hashed", False)
        if not isinstance(hashed, bool) and str(hashed).lower() not in ("true", "false"):
            findings.wrong("recipient.hashed", hashed)
        elif _is_hashed(one) is not hashed:
            findings.notes.append(reason(ReasonCode.QUIRK_BADGE_MEMBER, which="recipient.hashed"))


def _check_badge(badge: Any, version: str, findings: Findings) -> None:
    if not badge:
        findings.missing("badge")
    elif isinstance(badge, dict):
        if not text(badge.get("name")):
            findings.missing("badge.name")
        if not badge.get("issuer"):
            findings.missing("badge.issuer")
    elif not is_uri(badge) or version == "0.5":
        findings.wrong("badge", badge)


def _check_verification(document: JsonObject, findings: Findings, *, signed: bool) -> None:
    verification = _verification(document)
    named = set(types(verification))
    if not verification:
        findings.missing("verification")
    elif not named & (_HOSTED | _SIGNED):
        findings.untyped("verification.type", "hosted", types(verification))
    elif signed and not named & _SIGNED:
        # What is sealed by a key says so; a record on the web cannot be stood in for by any signature.
        findings.untyped("verification.type", "signed", types(verification))
    elif named & _HOSTED and not signed and not _has_address(document, verification):
        findings.wrong("id", document.get("id"))


def _has_address(document: JsonObject, verification: JsonObject) -> bool:
    stated = (document.get("id"), verification.get("url"))
    return any(isinstance(one, str) and is_uri(one) and one.startswith(_WEB) for one in stated)


def _verification(document: JsonObject) -> JsonObject:
    return first_object(document.get("verification") or document.get("verify"))


def _is_old_profile(document: JsonObject) -> bool:
    """Open Badges 1.0: an issuer's file has a name and an address, and no word for what it is."""
    return "type" not in document and "@context" not in document and {"name", "url"} <= document.keys()


def _recipient(document: JsonObject) -> Subject:
    recipient = document.get("recipient")
    if isinstance(recipient, str):
        return Subject(identifiers=(Identifier(recipient, "$" in recipient, _plain(document.get("salt"))),))
    found = []
    for one in objects(recipient):
        identity = text(one.get("identity"))
        if identity:
            named = _plain(one.get("salt")), text(one.get("type"))
            found.append(Identifier(identity, _is_hashed(one), *named))
    return Subject(identifiers=tuple(found))


def _is_hashed(recipient: JsonObject) -> bool:
    """Whether an identity is hashed: as it says, unless anybody can see that it is not so."""
    identity = text(recipient.get("identity"))
    stated = str(recipient.get("hashed")).lower() == "true"
    return _HASHED.fullmatch(identity) is not None or (stated and "@" not in identity)


def _skills(badge: JsonObject) -> tuple[Skill, ...]:
    aligned = tuple(
        Skill(
            text(one.get("targetName") or one.get("name")),
            text(one.get("targetFramework")),
            text(one.get("targetUrl") or one.get("url")),
        )
        for one in objects(badge.get("alignment"))
    )
    tagged = tuple(Skill(tag.strip()) for tag in strings(badge.get("tags")))
    return tuple(skill for skill in aligned + tagged if skill.name)


def _evidence(assertion: JsonObject) -> tuple[tuple[str, str], ...]:
    found = []
    for one in many(assertion.get("evidence")):
        address = identifier(one)
        said = first_object(one)
        found.append((text(said.get("name")) or text(said.get("narrative")) or address, address))
    return tuple(pair for pair in found if pair[0])


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else text(value)


def _date(document: JsonObject, member: str, findings: Findings) -> datetime | None:
    """Return a date: as the standard has it, or one of the ways that programs have of writing it."""
    value = document.get(member)
    if value == "" and member == "expires":
        return None  # a form that was left empty: it names no end
    moment = read_moment(value)
    if moment is None:
        return read_date(value, member, findings)
    if isinstance(value, str) and (_SECONDS.fullmatch(value) or parse_loose_datetime(value)[1]):
        findings.notes.append(reason(ReasonCode.QUIRK_DATE, which=member))
    return moment


def read_moment(value: Any) -> datetime | None:
    """Return the moment that a date of this vocabulary means, None if it cannot be read.

    Open Badges 1.0 has the seconds since 1970 too, which programs also write as a text.
    """
    if not isinstance(value, str):
        return unix_moment(value)
    if _SECONDS.fullmatch(value):
        return unix_moment(int(value))
    try:
        return parse_loose_datetime(value)[0]
    except CodecError:
        return None


def unix_moment(value: Any) -> datetime | None:
    """Return the moment that a number of seconds since 1970 means, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LAST_SECOND:
        return None
    return datetime.fromtimestamp(value, UTC)
