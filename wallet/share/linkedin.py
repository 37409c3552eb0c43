"""The link that opens LinkedIn's "add to profile" form, filled in as far as LinkedIn allows.

Prefilling is best effort, so the same values come as fields to copy. Address and number of the credential
are off until asked for; nothing here is opened by itself. LinkedIn "Add to Profile" documentation.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from urllib.parse import quote

from wallet.model.credential import Credential
from wallet.model.sharing import LinkedInEntry

FORM_ADDRESS: Final = "https://www.linkedin.com/profile/add"

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SHORT_CHARS = 8
_PUBLIC_PAGE = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][!-~]*)?")  # a plain host, no user name


def linkedin_entry(credential: Credential, *, cert_url: str = "", cert_id: str = "") -> LinkedInEntry:
    """Build the link and the fields to copy.

    Args:
        credential: Its achievement's name, its issuer's name and its two dates leave.
        cert_url: Address of a page about the credential; "" leaves it out.
        cert_id: Number of the credential; "" leaves it out.
    """
    values = [
        ("name", "Name", credential.title),
        ("organizationName", "Issuing organization", credential.issuer.name or credential.issuer.id),
        *_date("issue", "Issue date", credential.valid_from),
        *_date("expiration", "Expiration date", credential.valid_until),
        ("certUrl", "Credential URL", cert_url),
        ("certId", "Credential ID", cert_id),
    ]
    # Every value is percent-encoded exactly once; quote() leaves only letters, digits and -._~ as they are.
    query = "&".join(f"{name}={quote(value, safe='')}" for name, _, value in values if name and value)
    fields = tuple((label, value) for name, label, value in _for_people(values) if value)
    return LinkedInEntry(f"{FORM_ADDRESS}?startTask=CERTIFICATION_NAME&{query}", fields)


def public_page(credential: Credential) -> str:
    """Return the issuer's own page about this credential, where its id is an https address, else ""."""
    return credential.id if _PUBLIC_PAGE.fullmatch(credential.id) else ""


def short_id(credential: Credential) -> str:
    """Return a short form of the credential's id that a person can read out; "" if it has none.

    The last part of an address, or the first eight digits of a UUID: a whole `urn:uuid` helps nobody.
    """
    last = re.split(r"[/:#?]", credential.id.rstrip("/"))[-1]
    return last[:_SHORT_CHARS] if _UUID.fullmatch(last) else last


_Value = tuple[str, str, str]


def _date(prefix: str, label: str, moment: datetime | None) -> list[_Value]:
    if moment is None:
        return []
    return [(f"{prefix}Year", label, str(moment.year)), (f"{prefix}Month", label, str(moment.month))]


def _for_people(values: list[_Value]) -> list[_Value]:
    """Put the month and the year of one date into one field, as the form shows them."""
    shown: list[_Value] = []
    for name, label, value in values:
        if shown and shown[-1][1] == label:
            year = shown.pop()[2]
            shown.append((name, label, f"{_MONTHS[int(value) - 1]} {year}"))
        else:
            shown.append((name, label, value))
    return shown


#: The form's own words: LinkedIn shows the month by name.
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")
