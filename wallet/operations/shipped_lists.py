"""Issuer lists that came with the program, read by their manifest. Their place among others is in `lists`.

Everybody who checks asks them, with a wallet or without; what a wallet does with lists is not loaded for it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from wallet.codec.strict_json import parse_object
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.limits import MAX_EVIDENCE_BYTES
from wallet.model.reasons import ReasonCode, reason
from wallet.trust.evidence_store import used
from wallet.trust.registry import IssuerList, MissingList, issuer_list

from .files import read_file

if TYPE_CHECKING:
    from .session import Services

SHIPPED_ADDRESS: Final = "shipped:"


class Shipped(NamedTuple):
    """One list, and what the manifest says of it."""

    list: IssuerList
    address: str
    name: str
    sha256: str
    governance: str


def shipped_lists(services: Services) -> tuple[IssuerList, ...]:
    """Return the lists that came with the program, with the dates of their sources."""
    return tuple(one.list for one in read_shipped(services))


def read_shipped(services: Services) -> tuple[Shipped, ...]:
    """Read what came with the program; what is not as we shipped it is not believed."""
    folder = services.assets / "registries"
    if not (folder / "manifest.json").is_file():
        return ()
    found: list[Shipped] = []
    for line in parse_object(read_file(folder / "manifest.json")).get("lists", []):
        data = read_file(folder / line["file"], max_bytes=MAX_EVIDENCE_BYTES)
        digest = hashlib.sha256(data).hexdigest()
        address = f"{SHIPPED_ADDRESS}{line['file']}"
        document = EvidenceDocument(address, EvidenceKind.REGISTRY, data, digest, Grade.SHIPPED,
                                    line["source"])
        if digest != line["sha256"]:
            why = reason(ReasonCode.EVIDENCE_UNREADABLE, name=line["name"], found="sha256")
            there: IssuerList = MissingList(line["name"], why)
        else:
            there = issuer_list(data, name=line["name"], used=used(document))
        found.append(Shipped(there, address, line["name"], digest, line["governance"]))
    return tuple(found)
