"""Who hands out badges and certificates, known by the host of an address: a name, and what a learner gets.

What each gives is what its learners and its documentation say; providers change, so every piece of advice is
worded as something to look for. Nothing is believed about a credential because of a host in this table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from wallet.model.reasons import ReasonCode

from .badge_page import split_address


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider.

    Attributes:
        name: As people know it.
        hosts: Its hosts, without what stands before them.
        advice: How to get a sealed version from it.
    """

    name: str
    hosts: tuple[str, ...]
    advice: ReasonCode


PROVIDERS: Final = (
    Provider("Credly", ("credly.com", "youracclaim.com"), ReasonCode.ADVICE_DOWNLOAD_BADGE),
    Provider("Canvas Credentials", ("badgr.io", "badgr.com", "parchment.com"),
             ReasonCode.ADVICE_ASK_ISSUER_SEAL),
    Provider("Accredible", ("credential.net", "accredible.com"), ReasonCode.ADVICE_ISSUER_DECIDES),
    Provider("CanCred", ("cancred.ca",), ReasonCode.ADVICE_DOWNLOAD_BADGE),
    Provider("Open Badge Factory", ("openbadgefactory.com", "openbadgepassport.com"),
             ReasonCode.ADVICE_SEALED_PDF),
    Provider("Coursera", ("coursera.org",), ReasonCode.ADVICE_ALSO_CREDLY),
    Provider("edX", ("edx.org",), ReasonCode.ADVICE_PAGE_ONLY),
    Provider("LinkedIn", ("linkedin.com", "lnkd.in"), ReasonCode.ADVICE_PAGE_ONLY),
    Provider("Microsoft", ("microsoft.com",), ReasonCode.ADVICE_ALSO_CREDLY),
    Provider("Google", ("google.com", "cloudskillsboost.google", "skills.google", "grow.google"),
             ReasonCode.ADVICE_ALSO_CREDLY),
    Provider("Salesforce Trailhead", ("salesforce.com", "trailblazer.me"), ReasonCode.ADVICE_PAGE_ONLY),
    Provider("IBM", ("ibm.com", "skillsnetwork.site", "cognitiveclass.ai"), ReasonCode.ADVICE_ALSO_CREDLY),
    Provider("Europass", ("europass.europa.eu", "europass.eu"), ReasonCode.ADVICE_EUROPASS),
)
_MOODLE: Final = Provider("Moodle", (), ReasonCode.ADVICE_DOWNLOAD_BADGE)


def provider_of(address: str) -> Provider | None:
    """Return whose an address is, None for one that nobody here knows."""
    parts = split_address(address)
    if parts is None:
        return None
    host = (parts.hostname or "").rstrip(".")
    for provider in PROVIDERS:
        if any(host == name or host.endswith(f".{name}") for name in provider.hosts):
            return provider
    return _MOODLE if "/badges/" in parts.path and parts.path.endswith(".php") else None


def first_provider(addresses: Iterable[str]) -> Provider | None:
    """Return whose the first known of several addresses is."""
    return next((found for one in addresses if (found := provider_of(one))), None)
