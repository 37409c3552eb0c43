"""Entries that a learner makes herself: a document she holds, or a statement of her own. Our own shape.

    {"type": "LearnerDocument", "version": 1, "title": "…", "issuer": "…", "date": "2024-05-01",
     "until": "…", "about": "…", "skills": ["…"], "links": ["https://…"],
     "file": {"name": "…", "mediaType": "application/pdf", "sha256": "…"}}

`LearnerStatement` is the same without a file. Nothing in it is sealed and nothing in it can be checked: who
sends such an entry to somebody else has written down what she says, and it is read as that.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from wallet.codec.dates import format_datetime, parse_datetime
from wallet.codec.strict_json import dump_json
from wallet.model.credential import (
    Achievement,
    Carrier,
    Credential,
    CredentialFormat,
    EvidenceClass,
    Issuer,
    JsonObject,
    Original,
    Securing,
    Skill,
    Subject,
)
from wallet.model.errors import CodecError
from wallet.model.limits import MAX_URL_CHARS

from .badge_page import split_address
from .members import first_object, strings, text

DOCUMENT_TYPE: Final = "LearnerDocument"
STATEMENT_TYPE: Final = "LearnerStatement"
VERSION: Final = 1
MAX_ENTRY_LINKS: Final = 50
MAX_ENTRY_SKILLS: Final = 500
_MAX_LINE: Final = 500  # a title, a name
_MAX_ABOUT: Final = 20_000
_MAX_NAME: Final = 255


@dataclass(frozen=True, slots=True)
class Details:
    """What a learner says of a document or of herself. Only the title must be there.

    Attributes:
        date, until: As typed or found, in UTC.
        about: In her own words.
        links: Web addresses; listed, never opened by themselves.
    """

    title: str = ""
    issuer: str = ""
    date: datetime | None = None
    until: datetime | None = None
    about: str = ""
    skills: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def is_entry(document: JsonObject) -> bool:
    """Return whether a document is an entry of ours."""
    return document.get("type") in (DOCUMENT_TYPE, STATEMENT_TYPE) and "version" in document


def bounded(details: Details) -> Details:
    """Return the details tidied and cut to what an entry may hold; links that are none are left out."""
    links = dict.fromkeys(one.strip() for one in details.links if split_address(one.strip()) is not None)
    skills = dict.fromkeys(one.strip()[:_MAX_LINE] for one in details.skills if one.strip())
    return replace(details, title=_line(details.title), issuer=_line(details.issuer),
                   about=details.about.strip()[:_MAX_ABOUT], skills=tuple(skills)[:MAX_ENTRY_SKILLS],
                   links=tuple(links)[:MAX_ENTRY_LINKS])


def document_entry(details: Details, data: bytes, *, name: str, media_type: str) -> Original:
    """Return a file with what the learner says of it; the file stays as it is."""
    about_file = {"name": name[:_MAX_NAME], "mediaType": media_type,
                  "sha256": hashlib.sha256(data).hexdigest()}
    payload = _written(DOCUMENT_TYPE, details, {"file": about_file})
    return Original(data, media_type, payload, Carrier.FILE)


def link_entry(details: Details) -> Original:
    """Return a document that is nothing but its links."""
    payload = _written(DOCUMENT_TYPE, details, {})
    return Original(payload, "application/json", payload, Carrier.JSON)


def statement_entry(details: Details, *, source: str = "") -> Original:
    """Return a statement of the learner's own.

    Args:
        details: What she says.
        source: Where she wrote it down before ("linkedin"), "" for here.
    """
    payload = _written(STATEMENT_TYPE, details, {"source": source} if source else {})
    return Original(payload, "application/json", payload, Carrier.JSON)


def details_of(document: JsonObject) -> Details:
    """Return what an entry says."""
    return bounded(Details(
        title=text(document.get("title")), issuer=text(document.get("issuer")),
        date=_date(document.get("date")), until=_date(document.get("until")),
        about=text(document.get("about")), skills=strings(document.get("skills")),
        links=tuple(one for one in strings(document.get("links")) if len(one) <= MAX_URL_CHARS)))


def read_entry(document: JsonObject, original: Original) -> Credential:
    """Read an entry; it is a document or a statement, and never more."""
    details = details_of(document)
    is_document = document.get("type") == DOCUMENT_TYPE
    achievement = Achievement(
        name=details.title, description=details.about,
        skills=tuple(Skill(one) for one in details.skills),
        evidence=tuple((one, one) for one in details.links))
    return Credential(
        original=original,
        format=CredentialFormat.DOCUMENT if is_document else CredentialFormat.STATEMENT,
        evidence_class=EvidenceClass.DOCUMENT if is_document else EvidenceClass.OWN,
        securing=Securing.NONE,
        document=document,
        issuer=Issuer("", details.issuer),
        subject=Subject(),
        achievement=achievement,
        types=(str(document["type"]),),
        title=details.title or text(first_object(document.get("file")).get("name")) or "Document",
        valid_from=details.date,
        valid_until=details.until,
    )


def _written(kind: str, details: Details, more: JsonObject) -> bytes:
    one = bounded(details)
    said: JsonObject = {
        "title": one.title, "issuer": one.issuer, "date": _day(one.date), "until": _day(one.until),
        "about": one.about, "skills": list(one.skills), "links": list(one.links)}
    return dump_json({"type": kind, "version": VERSION, **{key: each for key, each in said.items() if each},
                      **more})


def _line(value: str) -> str:
    return " ".join(value.split())[:_MAX_LINE]


def _day(moment: datetime | None) -> str:
    if moment is None:
        return ""
    whole = moment.astimezone(UTC)
    return whole.date().isoformat() if (whole.hour, whole.minute) == (0, 0) else format_datetime(whole)


def _date(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        if len(value) == len("2024-05-01"):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        return parse_datetime(value)[0]
    except (ValueError, CodecError):
        return None
