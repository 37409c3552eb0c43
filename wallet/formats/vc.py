"""The Verifiable Credential envelope, versions 1.1 and 2.0: one code path for both.

Reads the members that every credential has and lists what breaks the shape its contexts promise. Problems
are recorded, not raised, so that a broken file still shows what it says. What is signed is not judged
here. VC Data Model 1.1 §4, 2.0 §4; Open Badges members are in `openbadges3`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from wallet.codec.dates import parse_datetime
from wallet.model.credential import Identifier, Issuer, JsonObject, Subject
from wallet.model.errors import WalletError
from wallet.model.limits import MAX_DATE_CHARS, MAX_PROOFS, MAX_STATUS_ENTRIES, MAX_URL_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason

from .members import (
    VALUE_OBJECT,
    contexts,
    first_object,
    has_type,
    identifier,
    is_language,
    is_text,
    is_uri,
    many,
    objects,
    strings,
    text,
    types,
)

V1_CONTEXT: Final = "https://www.w3.org/2018/credentials/v1"
V2_CONTEXT: Final = "https://www.w3.org/ns/credentials/v2"
CREDENTIAL_TYPE: Final = "VerifiableCredential"
PRESENTATION_TYPE: Final = "VerifiablePresentation"
ENVELOPED_CREDENTIAL: Final = "EnvelopedVerifiableCredential"
ENVELOPED_PRESENTATION: Final = "EnvelopedVerifiablePresentation"
_VERSIONS: Final = {V1_CONTEXT: "1.1", V2_CONTEXT: "2.0"}

# VC Data Model 1.1 §5.3-§5.6 and 2.0 §4.10-§5.4: extension points are objects that name their type.
_TYPED: Final = ("credentialStatus", "credentialSchema", "termsOfUse", "refreshService", "evidence")
_ALL_TYPED: Final = (*_TYPED, "renderMethod", "confidenceMethod")
_WITH_ID_V1: Final = ("credentialStatus", "credentialSchema", "refreshService")
_WITH_ID_V2: Final = ("credentialSchema",)
_TEXTS_V2: Final = ("name", "description")
_DATES: Final = ("validFrom", "issuanceDate", "validUntil", "expirationDate")
_DIGESTS: Final = ("digestSRI", "digestMultibase")


class Envelope(NamedTuple):  # and no dataclass: one is made for every credential, and soon dropped
    """What every credential has, read from its document."""

    version: str
    id: str
    types: tuple[str, ...]
    issuer: Issuer
    subject: Subject
    valid_from: datetime | None
    valid_until: datetime | None
    proofs: tuple[JsonObject, ...]
    statuses: tuple[JsonObject, ...]
    problems: tuple[Reason, ...]
    notes: tuple[Reason, ...]


#: More problems say no more, and every report keeps them.
MAX_PROBLEMS: Final = 50


@dataclass(slots=True)
class Findings:
    """Problems and notes while one document is read."""

    problems: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)

    def missing(self, member: str) -> None:
        """Record that a required member is absent."""
        self.problems.append(reason(ReasonCode.MEMBER_MISSING, member=member))

    def wrong(self, member: str, found: Any = "") -> None:
        """Record that a member has a shape the standard does not allow, or is beyond any identifier."""
        if isinstance(found, str) and len(found) > MAX_URL_CHARS:
            self.too_long(member, MAX_URL_CHARS, found)
            return
        kind = found if isinstance(found, str) else type(found).__name__
        self.problems.append(reason(ReasonCode.MEMBER_TYPE, member=member, found=kind[:200]))

    def too_long(self, member: str, limit: int, found: str) -> None:
        """Record a text that was not looked at, because it is longer than its kind ever is."""
        self.problems.append(
            reason(ReasonCode.LIMIT_STRING, member=member, limit=str(limit), found=str(len(found)))
        )

    def untyped(self, member: str, wanted: str, found: tuple[str, ...]) -> None:
        """Record that a node lacks the type name its place demands."""
        self.problems.append(
            reason(ReasonCode.TYPE_MISSING, member=member, what=wanted, found=", ".join(found)[:200])
        )


def version_of(document: JsonObject) -> str:
    """Return the data model version that the contexts name: "1.1", "2.0" or ""."""
    for address in contexts(document):
        if address in _VERSIONS:
            return _VERSIONS[address]
    return ""


def is_credential(document: JsonObject) -> bool:
    """Return whether a document claims to be a credential, whatever is wrong with it otherwise."""
    if has_type(document, CREDENTIAL_TYPE):
        return True
    members = {"credentialSubject", "issuer"} & document.keys()
    return len(members) == 2 or (bool(version_of(document)) and bool(members))


def is_enveloped(document: JsonObject) -> bool:
    """Return whether a document only wraps a token."""
    return has_type(document, ENVELOPED_CREDENTIAL) or has_type(document, ENVELOPED_PRESENTATION)


def is_presentation(document: JsonObject) -> bool:
    """Return whether a document claims to be a presentation."""
    if has_type(document, PRESENTATION_TYPE):
        return True
    return "verifiableCredential" in document and not has_type(document, CREDENTIAL_TYPE)


def read_envelope(document: JsonObject) -> Envelope:
    """Read the members of the envelope and list what is wrong with their shape."""
    findings = Findings()
    version = version_of(document)
    subject, issuer = document.get("credentialSubject"), document.get("issuer")
    check_contexts(document, findings)
    check_type(document, CREDENTIAL_TYPE, findings)
    _check_id(document, findings)
    _check_issuer(issuer, findings)
    _check_subjects(subject, findings)
    _check_typed_members(document, version, findings)
    if version == "2.0":
        _check_texts(document, "", findings)
        _check_texts(first_object(issuer), "issuer.", findings)
        if "relatedResource" in document:
            _check_related(document, findings)
    valid_from, valid_until = _read_dates(document, version, findings)
    return Envelope(
        version=version,
        id=identifier(document),
        types=types(document),
        issuer=read_issuer(issuer),
        subject=read_subject(document),
        valid_from=valid_from,
        valid_until=valid_until,
        proofs=read_proofs(document, findings),
        statuses=_read_statuses(document, findings),
        problems=tuple(findings.problems),
        notes=tuple(findings.notes),
    )


def read_issuer(value: Any) -> Issuer:
    """Return the issuer of a string or an object."""
    profile = first_object(value)
    return Issuer(identifier(value), text(profile.get("name")), text(profile.get("url")))


def read_subject(document: JsonObject) -> Subject:
    """Return the first subject, with its plain and hashed identifiers, and the others beside it."""
    stated = document.get("credentialSubject")
    subject = _named(first_object(stated))
    if stated.__class__ is not list or len(stated) < 2:
        return subject
    return replace(subject, others=tuple(map(_named, objects(stated)[1:])))


def _named(subject: JsonObject) -> Subject:
    found: tuple[Identifier, ...] = ()
    if "identifier" in subject:
        found = tuple([one for each in objects(subject["identifier"]) if (one := _identity(each)).value])
    if "email" in subject and (email := text(subject["email"])):
        found += (Identifier(email, kind="emailAddress"),)
    name = text(subject["name"]) if "name" in subject else ""
    if not name and found:  # some issuers say whom it is for in this way alone
        called = {one.value for one in found if one.kind == "name" and not one.hashed}
        name = called.pop() if len(called) == 1 else ""  # of two no seal tells which is the first
    return Subject(identifier(subject), name, found)


def read_proofs(document: JsonObject, findings: Findings) -> tuple[JsonObject, ...]:
    """Return the embedded proofs; an empty `proof` counts as none."""
    stated = document.get("proof")
    if stated.__class__ is dict:  # one, as nearly always
        return (stated,) if stated else ()
    proofs = many(stated)
    if len(proofs) > MAX_PROOFS:
        findings.problems.append(
            reason(ReasonCode.LIMIT_PROOFS, limit=str(MAX_PROOFS), found=str(len(proofs)))
        )
    if any(not isinstance(proof, dict) for proof in proofs):
        findings.problems.append(reason(ReasonCode.PROOF_MALFORMED, member="proof"))
    return tuple([proof for proof in proofs if isinstance(proof, dict) and proof])[:MAX_PROOFS]


def read_date(value: Any, member: str, findings: Findings) -> datetime | None:
    """Return a date in UTC; record what is unreadable, and a missing zone as a quirk."""
    if value is None:
        return None
    if not isinstance(value, str):
        findings.problems.append(
            reason(ReasonCode.DATE_UNREADABLE, member=member, found=text(value)[:64] or type(value).__name__)
        )
        return None
    if len(value) > MAX_DATE_CHARS:
        findings.too_long(member, MAX_DATE_CHARS, value)
        return None
    try:
        moment, quirk = parse_datetime(value)
    except WalletError:
        findings.problems.append(reason(ReasonCode.DATE_UNREADABLE, member=member, found=value[:64]))
        return None
    if quirk:
        findings.notes.append(reason(ReasonCode.QUIRK_DATE, which=member))
    return moment


def check_contexts(document: JsonObject, findings: Findings) -> None:
    """Record a missing base context, one that is not first, or what is none (VC Data Model 2.0 §4.3)."""
    entries = many(document.get("@context"))
    for entry in entries:
        # Spaces around an address make a look-alike of it, which is said where addresses are known.
        if not isinstance(entry, dict) and not is_uri(entry.strip() if isinstance(entry, str) else entry):
            findings.problems.append(
                reason(ReasonCode.CONTEXT_REFUSED, found=str(entry)[:200], address="")
            )
    addresses = contexts(document)
    if _VERSIONS.keys().isdisjoint(addresses):
        findings.problems.append(reason(ReasonCode.CONTEXT_MISSING, address=V2_CONTEXT))
    elif addresses[0] not in _VERSIONS or entries[0] != addresses[0]:
        findings.problems.append(reason(ReasonCode.CONTEXT_ORDER, address=addresses[0]))


def check_type(document: JsonObject, wanted: str, findings: Findings) -> None:
    """Record a node whose types are no strings or lack the name its place demands."""
    for value in many(document.get("type")):
        if not isinstance(value, str) or not value:
            findings.wrong("type", value)
            return
    if not has_type(document, wanted):
        findings.untyped("type", wanted, types(document))


def _check_id(document: JsonObject, findings: Findings) -> None:
    value = document.get("id")
    if "id" in document and not is_uri(value):
        findings.wrong("id", value)


def _check_issuer(value: Any, findings: Findings) -> None:
    if value is None:
        findings.missing("issuer")
    elif isinstance(value, dict):
        if "id" not in value:
            findings.missing("issuer.id")
        elif not is_uri(value["id"]):
            findings.wrong("issuer.id", value["id"])
    elif not is_uri(value):
        findings.wrong("issuer", value)


def _check_subjects(value: Any, findings: Findings) -> None:
    subjects = many(value)
    if not subjects:
        findings.missing("credentialSubject")
    for subject in subjects:
        if not isinstance(subject, dict) or not subject:
            findings.wrong("credentialSubject", subject)
        elif "id" in subject and not is_uri(subject["id"]):
            findings.wrong("credentialSubject.id", subject["id"])
    if len(subjects) < 2:
        return
    named = [identifier(subject) for subject in objects(list(subjects)) if "id" in subject]
    if len(set(named)) < len(named):
        # One subject in two pieces seals like the whole, and shows only what stands in the first.
        findings.wrong("credentialSubject.id", next(one for one in named if named.count(one) > 1))


def _check_typed_members(document: JsonObject, version: str, findings: Findings) -> None:
    with_id = _WITH_ID_V1 if version == "1.1" else _WITH_ID_V2
    for member in _ALL_TYPED if version == "2.0" else _TYPED:
        for value in many(document[member]) if member in document else ():
            if not isinstance(value, dict):
                findings.wrong(member, value)
                continue
            if not types(value):
                findings.untyped(f"{member}.type", "type", ())
            if member in with_id and "id" not in value:
                findings.missing(f"{member}.id")
            if member != "evidence" and "id" in value and not is_uri(value["id"]):
                findings.wrong(f"{member}.id", value["id"])


def _check_texts(node: JsonObject, place: str, findings: Findings) -> None:
    """Record a name or description that is no text (VC Data Model 2.0 §4.6 and §11.1)."""
    for member in _TEXTS_V2:
        stated = node.get(member)
        if stated is None or stated.__class__ is str:
            continue
        for value in many(stated):
            if isinstance(value, dict) and "@value" in value:
                _check_value_object(value, place + member, findings)
            elif not is_text(value):
                findings.wrong(place + member, value)


def _check_value_object(value: JsonObject, place: str, findings: Findings) -> None:
    """Record what a text may not say of itself: more than its language and direction (JSON-LD 1.1 §9.5)."""
    keyword = next((key for key in value if key.startswith("@") and key not in VALUE_OBJECT), "")
    if keyword:
        findings.problems.append(reason(ReasonCode.KEYWORD_IN_DATA, term=keyword[:100]))
    elif not is_language(value.get("@language", "en")):
        found = str(value["@language"])[:100]
        findings.problems.append(reason(ReasonCode.BAD_LANGUAGE, found=found, term=place))
    elif not is_text(value):
        findings.wrong(place, value)


def _check_related(document: JsonObject, findings: Findings) -> None:
    """Record a related resource without its address or digest, or named twice (VC Data Model 2.0 §5.3)."""
    seen: set[str] = set()
    for value in many(document["relatedResource"]):
        address = value.get("id") if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(address, str):
            findings.wrong("relatedResource", value)
            continue
        if not is_uri(address) or address in seen:
            findings.wrong("relatedResource.id", address)
        if not any(strings(value.get(digest)) for digest in _DIGESTS):
            findings.missing("relatedResource.digestSRI")
        seen.add(address)


def _read_dates(
    document: JsonObject, version: str, findings: Findings
) -> tuple[datetime | None, datetime | None]:
    if version == "1.1" and document.get("issuanceDate") is None:  # null says nothing, and no seal covers it
        findings.missing("issuanceDate")
    # Each version defines the other's names too, or did in a draft: whichever is stated, the seal covers it.
    start, issued, end, expires = [
        read_date(document[name], name, findings) if name in document else None for name in _DATES
    ]
    start = max(start, issued) if start and issued else start or issued
    end = min(end, expires) if end and expires else end or expires
    if start and end and end < start:
        findings.problems.append(reason(ReasonCode.DATE_ORDER, found=f"{start:%Y-%m-%d} > {end:%Y-%m-%d}"))
    return start, end


def _read_statuses(document: JsonObject, findings: Findings) -> tuple[JsonObject, ...]:
    if "credentialStatus" not in document:
        return ()
    entries = objects(document["credentialStatus"])
    if len(entries) > MAX_STATUS_ENTRIES:
        findings.problems.append(
            reason(
                ReasonCode.LIMIT_ITEMS,
                what="credentialStatus",
                limit=str(MAX_STATUS_ENTRIES),
                found=str(len(entries)),
            )
        )
    return entries[:MAX_STATUS_ENTRIES]


def _identity(value: JsonObject) -> Identifier:
    if "identityHash" in value:
        # Open Badges 3.0 §B.1 IdentityObject; `hashed` is met as text in the field.
        hashed = value.get("hashed") is True or _is_true(value.get("hashed"))
        return Identifier(
            text(value.get("identityHash")), hashed, _salt(value), text(value.get("identityType"))
        )
    return Identifier(text(value.get("identifier")), kind=text(value.get("identifierType")))


def _is_true(value: Any) -> bool:
    """Read a truth value in any form that one seal over statements covers."""
    if isinstance(value, list):  # arrays in arrays are one set
        return any(map(_is_true, value))
    return str(value.get("@value") if isinstance(value, dict) else value).lower() == "true"


def _salt(value: JsonObject) -> str:
    salt = value.get("salt")
    return salt if isinstance(salt, str) else text(salt)
