"""Every published file with an outcome that its authors state, judged here, side by side.

Reads the shared vectors (they are not part of this project) with all of their documents as supplied
evidence and their contexts trusted, at the clock they assume. `python -m tests.conformance` prints it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from wallet.codec.linked_data.contexts import Contexts
from wallet.formats.parse import parse
from wallet.model.errors import TrustError, WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.reasons import ReasonCode
from wallet.model.report import Check, CheckId, Outcome, Report, Verdict
from wallet.trust.evidence_store import MemoryEvidence, evidence_document
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge, unreadable_report

AT = datetime(2026, 11, 21, tzinfo=UTC)
ASSETS = Path(__file__).resolve().parents[2] / "assets"

#: What an author's word means here, where the table does not say it itself.
AGREES: dict[str, frozenset[Verdict]] = {
    "valid": frozenset({Verdict.VALID}),
    "invalid": frozenset({Verdict.INVALID, Verdict.MALFORMED, Verdict.UNSIGNED, Verdict.NOT_YET_VALID}),
    "expired": frozenset({Verdict.EXPIRED}),
    "revoked": frozenset({Verdict.REVOKED, Verdict.SUSPENDED}),
    "malformed": frozenset({Verdict.MALFORMED, Verdict.INVALID, Verdict.UNSIGNED}),
}
BAD = frozenset({"invalid", "expired", "revoked", "malformed"})

_SUITES = frozenset({
    "eddsa-rdfc-2022", "eddsa-jcs-2022", "eddsa-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019", "ecdsa-sd-2023",
    "bbs-2023",
    "Ed25519Signature2020", "Ed25519Signature2018", "JsonWebSignature2020", "EcdsaSecp256r1Signature2019",
    "EdDSA", "ES256", "ES384", "ES512", "RS256", "PS256", "COSE_Sign1",
    "MerkleProof2017", "MerkleProof2019", "merkle-proof-2019",
})
_FORMATS = ("OB 3.0", "VC (", "VC-JWT", "VC JOSE", "VC 2.0 unsigned", "VP (", "VP-JWT", "VP VC-JWT",
            "VP JOSE", "CLR 2.0", "status list credential", "OB 2.0", "OB 1.", "SD-JWT",
            "VC SD-JWT", "VP SD-JWT", "VP vp+sd-jwt", "VC COSE", "VP COSE", "Blockcerts")

_BLOCKCERTS = "blockcerts/cert-verifier-js/test/fixtures/v3"

#: Where our word is another one and the published table does not say so: verdicts, and why.
OURS: dict[str, tuple[frozenset[Verdict], str]] = {
    "w3c/vc-jose-cose-test-suite/tests/input/presentation-cose-single.txt": (
        frozenset({Verdict.UNDETERMINED}),
        "its holder is a did:example that no document speaks for; its authors compare no names"),
    f"{_BLOCKCERTS}/mocknet-vc-v2-invalid-date-format.json": (
        frozenset({Verdict.UNDETERMINED}),
        "every date in the file as published is one, and its receipt agrees; nobody asks the chain"),
    f"{_BLOCKCERTS}/ecdsa-sd-2023-derived-credential.json": (
        frozenset({Verdict.UNDETERMINED}), "its key is on secp256k1, which the suite does not allow"),
    f"{_BLOCKCERTS}/ecdsa-sd-2023-signed-credential.json": (
        frozenset({Verdict.UNDETERMINED}), "the same key"),
}


class Standing(StrEnum):
    """How our word and the authors' word compare."""

    AGREED = "agreed"
    UNDETERMINED = "undetermined"  # a document that nobody can have is missing
    OUT_OF_SCOPE = "out of scope"
    NOT_STATED = "not stated"  # the authors state nothing
    DISAGREED = "disagreed"


@dataclass(frozen=True)
class Row:
    """One file: what its authors say, what we say, and why."""

    entry: dict[str, Any]
    report: Report

    @property
    def path(self) -> str:
        return str(self.entry["path"])

    @property
    def expected(self) -> str | None:
        stated: str | None = self.entry["expected"]
        return stated

    @property
    def verdict(self) -> Verdict:
        return self.report.verdict

    @property
    def in_scope(self) -> bool:
        return is_in_scope(self.entry)

    @property
    def missing(self) -> tuple[str, ...]:
        """The documents whose absence leaves this open."""
        if self.verdict is not Verdict.UNDETERMINED:
            return ()
        return tuple(one.address for one in self.report.wanted)

    @property
    def lacks_record(self) -> bool:
        """Whether it is a hosted badge whose web record is not in the set: nothing else could prove it.

        The authors' tests serve the very file at its own address; as a file in hand it proves nothing, so
        that what it says of its own end is not believed either.
        """
        proof = self.report.check(CheckId.PROOF)
        return proof is not None and proof.reason.code is ReasonCode.HOSTED_NO_RECORD \
            and proof.reason["address"] in self.missing

    @cached_property
    def standing(self) -> Standing:
        if not self.in_scope:
            return Standing.OUT_OF_SCOPE
        if self.expected is None:
            return Standing.NOT_STATED
        if self.verdict in agreeing(self.entry):
            return Standing.AGREED
        if self.verdict is Verdict.UNDETERMINED and (self.entry["needs_network"] or self.lacks_record):
            return Standing.UNDETERMINED
        return Standing.DISAGREED

    @property
    def why(self) -> str:
        """The row that decided, as codes."""
        decided = [check for check in self.report.checks if _decides(check)]
        return ", ".join(f"{check.id.value}: {check.reason.code.value}" for check in decided[:2])


def agreeing(entry: dict[str, Any]) -> frozenset[Verdict]:
    """The verdicts that count as agreement with an entry."""
    if entry["path"] in OURS:
        return OURS[entry["path"]][0]
    ours = entry.get("verdict_here")
    return frozenset(Verdict(word) for word in ours) if ours else AGREES[entry["expected"]]


def is_in_scope(entry: dict[str, Any]) -> bool:
    """Whether the file's format and suite are among those that are verified."""
    kind, suite = entry["format"], entry["cryptosuite"]
    if entry["check"] != "full" or not kind.startswith(_FORMATS):
        return False
    return suite is None or set(suite.split("+")) <= _SUITES


def entries(folder: Path) -> list[dict[str, Any]]:
    """The table as published."""
    table: list[dict[str, Any]] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return table


class Desk:
    """Everything the vectors bring, as a person who checks would supply it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        supplied = list(_documents(folder))
        contexts = {one.address: one.data for one in supplied if one.kind is EvidenceKind.CONTEXT}
        self.contexts = Contexts.pinned(ASSETS / "contexts").extended(contexts)
        self.store = MemoryEvidence(one for one in supplied if one.kind is not EvidenceKind.CONTEXT)

    def judge(self, path: str) -> Report:
        return self.judge_bytes((self.folder / path).read_bytes(), Path(path).name)

    def judge_bytes(self, data: bytes, name: str = "") -> Report:
        try:
            parsed = parse(data, name=name)
        except WalletError as error:
            return unreadable_report(error.reason, AT)
        return judge(parsed, gather(parsed, self.store, self.contexts), at=AT)


def rows(folder: Path) -> tuple[Row, ...]:
    """Judge every file whose full check its authors describe."""
    desk = Desk(folder)
    full = (entry for entry in entries(folder) if entry["check"] == "full")
    return tuple(Row(entry, desk.judge(entry["path"])) for entry in full)


def print_table(found: tuple[Row, ...]) -> str:
    """The table as text: what disagrees and what is open one by one, the rest as counts."""
    lines = []
    for standing in (Standing.DISAGREED, Standing.UNDETERMINED, Standing.NOT_STATED):
        for row in found:
            if row.standing is standing:
                missing = f"  missing: {', '.join(row.missing)}" if row.missing else ""
                lines.append(f"{standing.value:13}{row.path}\n{'':13}authors: {row.expected}, "
                             f"here: {row.verdict.value} ({row.why}){missing}")
    lines += [f"{'noted':13}{row.path}\n{'':13}authors: {row.expected}, here: {row.verdict.value}: "
              f"{OURS[row.path][1]}" for row in found if row.path in OURS]
    lines.append("")
    counts = {standing: sum(row.standing is standing for row in found) for standing in Standing}
    lines += [f"{standing.value:13}{count:4}" for standing, count in counts.items()]
    lines.append(f"{'files':13}{len(found):4}")
    return "\n".join(lines)


def _documents(folder: Path) -> Iterator[EvidenceDocument]:
    table: dict[str, str] = json.loads((folder / "offline-map.json").read_text(encoding="utf-8"))
    for address, path in table.items():
        try:
            yield evidence_document(address, (folder / path).read_bytes(), grade=Grade.SUPPLIED,
                                    source="shared vectors")
        except TrustError:
            continue  # a picture of a badge, say: nothing that could prove anything


def _decides(check: Check) -> bool:
    informs = ("recognition", "recipient", "schema", "endorsements")
    return check.outcome in (Outcome.FAILED, Outcome.UNDETERMINED) and check.id.value not in informs
