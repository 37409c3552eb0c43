"""`wallet verify --explain` and the structure that `wallet inspect` shows: the argument in numbers and bytes.

Every line that quotes a file goes through `tidy`; what was compared is said in `wording.arguments`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from wallet.model.credential import Credential, JsonObject, Presentation, Securing
from wallet.model.evidence import EvidenceUsed
from wallet.model.reasons import ReasonCode
from wallet.model.report import Check, Report
from wallet.operations.argument import Part, PartKind, is_shown_in_part
from wallet.wording.arguments import COMPARED, NUMBERS, PARTS, section_of
from wallet.wording.labels import CHECK_NAMES, evidence_word, friendly_time, grade_word, tidy
from wallet.wording.reasons import reason_text
from wallet.wording.rows import answer_of, level_of

from .output import marked

_Content: TypeAlias = Credential | Presentation
_HIDDEN = (ReasonCode.HIDDEN_PARTS, ReasonCode.HIDDEN_MAY_DECIDE, ReasonCode.HIDDEN_GUESSABLE)


def argument_lines(report: Report, parts: tuple[Part, ...]) -> Iterator[str]:
    """Yield the numbered argument of one report, and of what it is about the bytes."""
    for check in report.checks:
        yield from _check_lines(check, report)
        if NUMBERS[check.id] == 1:
            yield from _part_lines(parts, of_proof=False)
        elif NUMBERS[check.id] == 2:
            yield from _part_lines(parts, of_proof=True)


def structure_lines(content: _Content, parts: tuple[Part, ...]) -> Iterator[str]:
    """Yield how a thing is built, without any verdict: bytes, types, seals, what is hidden."""
    kind = "Verifiable Presentation" if isinstance(content, Presentation) else content.format.value
    yield _field("is", f"{kind}, secured by: {content.securing.value}")
    if isinstance(content, Credential):
        yield _field("types", ", ".join(content.types))
    for part in parts:
        yield _field("bytes", _told(part))
    for proof in content.proofs:
        yield _field("proof", _proof_words(proof))
    if content.jws is not None:
        header = content.jws.header
        yield _field("proof", f"{header.get('alg', '')} token, key: {header.get('kid', 'not named')}")
    for entry in content.statuses if isinstance(content, Credential) else ():
        yield _field("status", f"{entry.get('type', '')} {entry.get('statusListCredential', '')}")
    hidden = [reason_text(note) for note in content.notes if note.code in _HIDDEN]
    if is_shown_in_part(content):
        yield _field("hidden", "shown in part: what its holder left out is not in the file")
    if content.securing is Securing.SD_JWT or hidden:
        yield _field("hidden", " ".join(hidden) or "nothing")


def _check_lines(check: Check, report: Report) -> Iterator[str]:
    name = f"{NUMBERS[check.id]}  {CHECK_NAMES[check.id]} {answer_of(check)}"
    yield f"    {marked(level_of(check), name)}"
    yield f"         compared: {COMPARED[check.id]}"
    yield f"         answer:   {check.outcome.value} ({check.reason.code.value})"
    section = section_of(check.id, check.reason.code)
    if section:
        yield f"         demanded: {section}"
    if check.reason["method"]:
        yield f"         key:      {tidy(check.reason['method'], 200)}"
    for used in check.evidence:
        yield f"         from:     {_evidence_words(used)}"
    if NUMBERS[check.id] == 5:
        yield f"         now:      {friendly_time(report.at)}"
    for note in check.notes:
        yield f"         note:     {reason_text(note)} ({note.code.value})"


def _part_lines(parts: tuple[Part, ...], *, of_proof: bool) -> Iterator[str]:
    shape = (PartKind.FILE, PartKind.TEXT, PartKind.VOCABULARY)
    for part in parts:
        if (part.kind not in shape) is of_proof:
            yield f"         bytes:    {_told(part)}"


def _told(part: Part) -> str:
    named = f" {tidy(part.name, 100)}" if part.name else ""
    size = f", {part.size} bytes" if part.size else ""
    return f"{PARTS[part.kind.value]}{named}{size}, SHA-256 {part.sha256}"


def _evidence_words(used: EvidenceUsed) -> str:
    dated = f", dated {friendly_time(used.dated)}" if used.dated else ""
    saved = f", saved {friendly_time(used.fetched_at)}" if used.fetched_at else ""
    where = f"{evidence_word(used.kind)} {tidy(used.address, 200)}, {grade_word(used.grade)}"
    return f"{where}{dated}{saved}, SHA-256 {used.sha256}"


def _proof_words(proof: JsonObject) -> str:
    named = (str(proof.get(member, "")) for member in ("type", "cryptosuite", "proofPurpose", "created"))
    return f"{' '.join(filter(None, named))}, key: {proof.get('verificationMethod', 'not named')}"


def _field(name: str, value: str) -> str:
    return f"    {name:>10}: {tidy(value, 400) or 'not stated'}"
