"""The web records of an Open Badges award before 3.0: assertion, badge class, issuer.

Each is looked up at the address that the one before it names; what came from the sender is left out, since a
record that arrives with the award can only repeat it. What the records prove is judged in `verify`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from wallet.codec.strict_json import parse_object
from wallet.formats.members import first_object, identifier, strings, text
from wallet.formats.openbadges2 import (
    Part,
    badge_issuer,
    is_record_of,
    is_signed,
    key_address,
    part_of,
    read_badge,
    record_address,
    with_definitions,
    wrong_definition,
)
from wallet.model.credential import Credential, CredentialFormat, EvidenceClass, Issuer, JsonObject
from wallet.model.errors import CodecError
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.places import goes_back

from .evidence_store import newest_first
from .issuer_keys import Lookup, wanted_document

_KEY_MEMBERS: Final = frozenset({"publicKey", "verificationMethod", "assertionMethod"})


@dataclass(frozen=True, slots=True)
class WebRecord:
    """One document of an award.

    Attributes:
        address: Where it is kept; "" for one that lies inside another and has no address of its own.
        document: What it says, None if nothing that may be believed is at hand.
        evidence: The copy this was read from; None for one that lies inside another.
        from_sender: Whether the sender brought a copy, which counts for nothing.
    """

    address: str = ""
    document: JsonObject | None = None
    evidence: EvidenceDocument | None = None
    from_sender: bool = False

    @property
    def names_itself(self) -> bool:
        """Whether what is kept at the address says that it belongs there."""
        return self.document is not None and (not self.address or is_record_of(self.document, self.address))

    @property
    def is_withdrawn(self) -> bool | None:
        """Whether it calls the award withdrawn; None if nobody knows what it says of that."""
        revoked = self.document.get("revoked") if self.document else None
        word = str(revoked).lower()  # some programs write a truth value as a number, or as a word
        if revoked == 1 or word == "true":
            return True
        return False if revoked in (None, 0) or word == "false" else None


@dataclass(frozen=True, slots=True)
class BadgeRecords:
    """An award with its records.

    Attributes:
        credential: The award, with what its badge class and its issuer say put in.
        assertion: The web record of a hosted award; empty for a signed one.
        badge: The badge class.
        issuer: The issuer's profile.
    """

    credential: Credential
    assertion: WebRecord
    badge: WebRecord
    issuer: WebRecord

    @property
    def is_hosted(self) -> bool:
        """Whether a web record stands in for a seal."""
        return self.credential.evidence_class is EvidenceClass.HOSTED

    @property
    def key_address(self) -> str:
        """Where the key of a signed award is; "" if it leaves that to the issuer."""
        return key_address(self.credential.document)

    @property
    def lists_keys(self) -> bool:
        """Whether the issuer's profile says anything about keys."""
        return bool(self.issuer.document and _KEY_MEMBERS & self.issuer.document.keys())

    @property
    def missing(self) -> WebRecord | None:
        """The first of badge class and issuer that is not there, or is something else."""
        return next((one for one in (self.badge, self.issuer) if not one.names_itself), None)


def badge_records(credential: Credential, lookup: Lookup) -> BadgeRecords | None:
    """Look up the records of an award before Open Badges 3.0, None for anything else."""
    if credential.format is not CredentialFormat.OPEN_BADGE_2:
        return None
    if not credential.document or part_of(credential.document) is Part.ASSERTION:
        return _of_assertion(credential, lookup)
    badge = WebRecord(document=credential.document)
    issuer = _referred(credential.document.get("issuer"), lookup)
    found = (wrong_definition(issuer.document, Part.PROFILE) if issuer.document else ())
    known = replace(credential, problems=credential.problems + found)
    return BadgeRecords(known, WebRecord(), badge, issuer)


def completed(credential: Credential, lookup: Lookup) -> Credential:
    """Return a credential with the name and the issuer that its own records give it; any other as it is."""
    records = badge_records(credential, lookup)
    return records.credential if records else credential


def keeps_records_at(profile: JsonObject, issuer_id: str, address: str) -> bool:
    """Return whether an issuer's profile allows an award's record at an address.

    Open Badges 2.0 §4.9 (VerificationObject): hosts in `allowedOrigins`, where not stated the issuer's own;
    beginnings in `startsWith`. If both are there, both must fit.
    """
    rules = first_object(profile.get("verification"))
    allowed = strings(rules.get("allowedOrigins")) or (issuer_id,)
    beginnings = strings(rules.get("startsWith"))
    if beginnings and not any(_begins(address, one) for one in beginnings):
        return False
    if beginnings and "allowedOrigins" not in rules:
        return True
    return web_host(address) in {web_host(one) or one.lower() for one in allowed} - {""}


def names_beginnings(profile: JsonObject) -> bool:
    """Return whether an issuer's profile says with which addresses its records begin."""
    return bool(strings(first_object(profile.get("verification")).get("startsWith")))


def web_host(address: str) -> str:
    """Return the host of a web address or a `did:web`, with its port; "" for anything else."""
    host = wanted_document(address).host.lower()
    return host.removesuffix(":443") if address.startswith("https:") else host.removesuffix(":80")


def _of_assertion(credential: Credential, lookup: Lookup) -> BadgeRecords:
    hosted = credential.evidence_class is EvidenceClass.HOSTED
    assertion = _record(record_address(credential), lookup) if hosted else WebRecord()
    if not credential.document and assertion.document and part_of(assertion.document) is Part.ASSERTION:
        # Only an address is in hand: what the record says is all there is.
        read = read_badge(assertion.document, credential.original)
        credential = replace(read, evidence_class=EvidenceClass.HOSTED, id=read.id or credential.id)
        if not assertion.names_itself and record_address(read):
            assertion = _record(record_address(read), lookup)  # old pictures hold an older address of it
    stated = credential.document.get("badge")
    badge = _referred(stated, lookup)
    if not hosted and isinstance(stated, dict):
        badge = WebRecord(document=stated)  # sealed together with the award
    shown = badge.document or first_object(stated)
    issuer = _referred(shown.get("issuer"), lookup)
    problems = (*_wrong(badge, Part.BADGE_CLASS), *_wrong(issuer, Part.PROFILE))
    known = with_definitions(credential, shown, _issuer(shown, issuer)) if shown else credential
    known = replace(known, problems=known.problems + problems, statuses=_statuses(credential, issuer))
    return BadgeRecords(known, assertion, badge, issuer)


def _issuer(badge: JsonObject, record: WebRecord) -> Issuer:
    stated = badge_issuer(badge.get("issuer"))
    if record.document is None:
        return stated
    read = badge_issuer(record.document)
    return Issuer(record.address or stated.id, read.name or stated.name, read.url)


def _statuses(credential: Credential, issuer: WebRecord) -> tuple[JsonObject, ...]:
    """A signed award is withdrawn by a list that the issuer's profile names (Open Badges 2.0 §4.3)."""
    address = identifier(issuer.document.get("revocationList")) if issuer.document else ""
    if not address or not is_signed(credential.document):
        return ()
    from wallet.formats.statuslist import StatusKind  # noqa: PLC0415 - most records name no list

    return ({"id": address, "type": StatusKind.REVOCATION_LIST_OB2.value},)


def _wrong(record: WebRecord, wanted: Part) -> Iterator[Any]:
    yield from wrong_definition(record.document, wanted) if record.document else ()


def _referred(value: Any, lookup: Lookup) -> WebRecord:
    """The document a member means: the one at the address it names, or the one that lies in it."""
    address = identifier(value)
    if address:
        return _record(address, lookup)
    inside = first_object(value)
    return WebRecord(document=inside) if text(inside.get("name")) else WebRecord()


def _record(address: str, lookup: Lookup) -> WebRecord:
    if not address:
        return WebRecord()
    found = lookup(address)
    believed = newest_first(one for one in found if one.grade is not Grade.SENDER)
    if not believed:
        return WebRecord(address, from_sender=bool(found))
    newest = WebRecord(address, _read(believed[0]), believed[0])
    if believed[0].grade is not Grade.SUPPLIED:
        return newest
    came = next((one for one in believed if one.grade is not Grade.SUPPLIED), None)
    # What somebody handed over may say more than the website did, and takes no withdrawal back.
    said = WebRecord(address, _read(came), came) if came else newest
    return newest if said.document is None or said.is_withdrawn is False else said


def _read(document: EvidenceDocument) -> JsonObject:
    try:
        return parse_object(document.data)
    except CodecError:
        return {}


def _begins(address: str, beginning: str) -> bool:
    """A beginning without a path ends at its host: `https://a.example` is not `https://a.example.net`."""
    if not address.startswith(beginning) or goes_back(address):
        return False
    rest = beginning.partition("://")[2]
    return "/" in rest or address[len(beginning) :][:1] in ("", "/", "?", "#")
