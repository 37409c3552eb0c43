"""Words for web addresses that belong to a credential, document or statement. Never opened by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class LinkKind(StrEnum):
    """Where a link is from. Values are part of the vault's format."""

    PAGE = "page"  # the page or record it was brought from, or that the learner named
    FOUND = "found"  # it stands in the file
    CODE = "code"  # a QR code in the file says it
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Link:
    """One address; untrusted text."""

    address: str
    kind: LinkKind
