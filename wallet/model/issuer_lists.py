"""Words for the issuer lists that are in force: what each is, and since when. What they say is in `trust`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique


@unique
class ListKind(StrEnum):
    """What a list is made of. Values are part of the vault's format."""

    FILE = "file"  # one document that names issuers, or authorities of certificates
    LIST_OF_LISTS = "list_of_lists"
    FEDERATION = "federation"
    DOMAINS = "domains"  # web domains of institutions
    SHIPPED = "shipped"  # came with the program; never kept in a vault
    OTHER = "other"  # written by a later version


@dataclass(frozen=True, slots=True)
class KeptList:
    """One list in force.

    Attributes:
        address: Where its versions are kept as evidence; where it can be had again, if that is https.
        sha256: Of the version in force, so that nothing else at its address can take its place; "" for a
            federation, whose statements each have an address of their own.
        signer: The pinned key of those who keep it, as a JWK in JSON; "" where none is asked for.
        governance: Where its rules are told, "" where nobody said.
    """

    address: str
    name: str
    kind: ListKind
    added_at: datetime
    sha256: str = ""
    signer: str = ""
    governance: str = ""
