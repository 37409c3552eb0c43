"""Who knows the issuer, by the authors' word and by ours, for the fixtures whose authors say so.

The published list of lists and its published registries are the lists in force. Its federations answer over
the network only; so each issuer is looked up twice: while nobody was asked, and with simulated anchors that
know exactly the issuers of which the authors say that a federation knows them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.conformance.table import AT, Desk, agreeing, entries
from tests.simulators.federation import SimulatedEntity, kept
from wallet.formats.parse import parse
from wallet.model.errors import WalletError
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.report import Report
from wallet.trust.evidence_store import MemoryEvidence
from wallet.trust.federation import anchor_of, statement_address
from wallet.trust.list_of_lists import KnownList, known_lists, lists_of
from wallet.trust.registry import IssuerList, Listing
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge, unreadable_report

_REGISTRIES = "dcc/registries"
_PUBLISHED = {"DCC Sandbox Registry": "sandbox-registry", "DCC Community Registry": "community-registry"}
#: The table takes these from their file names; no published list has the issuers' identifiers.
NOT_PUBLISHED = frozenset(f"dcc/vc-test-fixtures/verifiableCredentials/v2/{one}.json" for one in (
    "dataIntegrityProof/didKey/legacyRegistry-noStatus- noExpiry-credSubjName",
    "dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-credSubjName",
    "dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-identityHash",
    "ed25519/didKey/legacy-noStatus-noExpiry-lcwExperience"))
_NOT_FOUND = b'{"error":"not_found"}'


@dataclass(frozen=True)
class TrustRow:
    """One file.

    Attributes:
        offline: The lists that name the issuer while no federation was asked.
        unchecked: The lists nobody could look into then.
        online: The lists that name it when the federations have answered, the first of them speaking.
    """

    entry: dict[str, Any]
    report: Report
    offline: tuple[str, ...]
    unchecked: tuple[str, ...]
    online: tuple[str, ...]

    @property
    def stated(self) -> str:
        return str(self.entry["issuer_trust"])

    @property
    def verdict_agrees(self) -> bool:
        return self.report.verdict in agreeing(self.entry)

    @property
    def trust_agrees(self) -> bool:
        """Whether the lists say what the authors say, and what nobody asked is named, never guessed."""
        if not self.stated.startswith("known"):
            return not self.offline and not self.online and bool(self.unchecked)
        if self.entry["path"] in NOT_PUBLISHED:
            return not self.offline
        if "network" in self.stated:
            return not self.offline and bool(self.unchecked) and bool(self.online)
        return bool(self.offline) and set(self.offline) <= set(self.online)


def trust_rows(folder: Path) -> tuple[TrustRow, ...]:
    """Look up the issuer of every file whose authors say who knows it."""
    desk = Desk(folder)
    stated = [one for one in entries(folder) if one.get("issuer_trust")]
    published = (folder / _REGISTRIES / "dcc-known-registries/known-did-registries.json").read_bytes()
    lines = known_lists(published, name="DCC known registries")
    local = [_registry(folder, line) for line in lines if line.name in _PUBLISHED]
    answers = list(_federations(lines, stated))
    offline = lists_of(lines, MemoryEvidence(local).documents)
    online = lists_of(lines, MemoryEvidence([*local, *answers]).documents)
    return tuple(_row(one, desk, folder, offline, online) for one in stated)


def print_trust(rows: tuple[TrustRow, ...]) -> str:
    """The table as text: what disagrees one by one, the rest as counts."""
    lines = [f"{row.entry['path']}\n  authors: {row.stated}; here: {', '.join(row.online) or 'on none'}"
             for row in rows if not (row.trust_agrees and row.verdict_agrees)]
    counts = Counter(row.stated for row in rows)
    lines.append("who knows the issuer, by the authors' word")
    for stated, count in sorted(counts.items()):
        same = [row for row in rows if row.stated == stated]
        trust, verdict = sum(row.trust_agrees for row in same), sum(row.verdict_agrees for row in same)
        lines.append(f"  {stated:46}{count:4} files, issuer as stated {trust:3}, verdict {verdict:3}")
    noted = sum(row.entry["path"] in NOT_PUBLISHED for row in rows)
    lines.append(f"  of these known by their file names alone, on no published list{noted:4}")
    return "\n".join(lines)


def _row(entry: dict[str, Any], desk: Desk, folder: Path, offline: tuple[IssuerList, ...],
         online: tuple[IssuerList, ...]) -> TrustRow:
    issuer = str(entry["issuer"])
    data = (folder / entry["path"]).read_bytes()
    try:
        parsed = parse(data)
        report = judge(parsed, gather(parsed, desk.store, desk.contexts, offline), at=AT)
    except WalletError as error:
        report = unreadable_report(error.reason, AT)
    return TrustRow(entry, report, _saying(offline, issuer, Listing.LISTED),
                    _saying(offline, issuer, Listing.UNCHECKED), _saying(online, issuer, Listing.LISTED))


def _saying(lists: tuple[IssuerList, ...], issuer: str, listing: Listing) -> tuple[str, ...]:
    return tuple(one.name for one in lists if one.ask(issuer, AT).listing is listing)


def _registry(folder: Path, line: KnownList) -> EvidenceDocument:
    data = (folder / _REGISTRIES / _PUBLISHED[line.name] / "registry.json").read_bytes()
    return kept(line.address, data, AT, Grade.SUPPLIED)


def _federations(lines: tuple[KnownList, ...], stated: list[dict[str, Any]]) -> list[EvidenceDocument]:
    """Play the anchors: each knows the issuers of which the authors say so, and says no to all others."""
    issuers = {str(one["issuer"]) for one in stated}
    known = {str(one["issuer"]) for one in stated if "OIDF" in one["issuer_trust"]}
    found: list[EvidenceDocument] = []
    for line in lines:
        if line.type == "oidf":
            anchor = SimulatedEntity(anchor_of(line.address), AT - timedelta(hours=1))
            found.append(anchor.own_document(AT))
            found.extend(anchor.document_about(one, AT) for one in sorted(known))
            found.extend(kept(statement_address(anchor.endpoint, one), _NOT_FOUND, AT)
                         for one in sorted(issuers - known))
    return found
