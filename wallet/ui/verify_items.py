"""What the verify page shows, as data: one item per credential, whatever file or pack it came in.

Pure: no widget, no thread. A pack never becomes one tick; its own findings (who sent it, for whom) stand
beside the items.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, unique

from wallet.model.credential import Credential, EvidenceClass, Presentation, Unreadable
from wallet.model.headline import headline_level, is_fine
from wallet.model.report import CheckId, Level, Outcome, Report, Verdict
from wallet.operations.checking import CheckedFile, Expectation

_MAX_NAME_CHARS = 256


@unique
class Match(Enum):
    """How the person a credential names compares with the one that was typed."""

    NOT_ASKED = "not_asked"
    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"  # the credential names nobody that could be compared


@dataclass(frozen=True, slots=True)
class VerifyItem:
    """One row.

    Attributes:
        title: The credential's title; the file's name where it could not be read.
        issuer: As the credential calls it.
        recipient: The name inside, "" where none is given.
        match: Compared with what was typed.
    """

    title: str
    issuer: str
    issuer_id: str
    recipient: str
    match: Match
    awarded: datetime | None
    until: datetime | None
    evidence_class: EvidenceClass
    report: Report
    credential: Credential | None = None


@dataclass(frozen=True, slots=True)
class DeskResult:
    """Everything one check brought.

    Attributes:
        source: The file's name where one file came, else "".
        files: How many came.
        packs: The reports of the packs themselves.
        cover: The unsigned note of a single pack.
    """

    items: tuple[VerifyItem, ...]
    packs: tuple[Report, ...]
    source: str
    files: int
    cover: str = ""

    @property
    def fine(self) -> int:
        """How many items are fine."""
        return sum(is_fine(item.report) for item in self.items)


def expectation(person: str, *, challenge: str = "", domain: str = "") -> Expectation:
    """Return what the person who checks expects; a plain name is compared here, not by the checks."""
    person = person.strip()
    identities = (person,) if "@" in person or person.startswith("did:") else ()
    return Expectation(identities, challenge.strip() or None, domain.strip() or None)


def desk_result(checked: tuple[CheckedFile, ...], person: str) -> DeskResult:
    """Turn judged files into rows, in the order in which they came."""
    items: list[VerifyItem] = []
    packs: list[Report] = []
    cover = ""
    for file in checked:
        if isinstance(file.parsed, Presentation):
            packs.append(file.report)
            cover = file.parsed.cover
            pairs = zip(file.parsed.credentials, file.report.items, strict=False)
            items.extend(_item(one, report, file.name, person) for one, report in pairs)
        else:
            items.append(_item(file.parsed, file.report, file.name, person))
    source = checked[0].name if len(checked) == 1 else ""
    return DeskResult(tuple(items), tuple(packs), source, len(checked), cover if len(checked) == 1 else "")


def overall_level(result: DeskResult) -> Level:
    """Return the look of the block above the rows: never better than the worst thing in it."""
    if len(result.packs) == 1 and result.files == 1:
        return headline_level(result.packs[0])
    if len(result.items) == 1:
        return headline_level(result.items[0].report)
    failed = any(pack.verdict is not Verdict.VALID for pack in result.packs)
    return Level.GOOD if result.fine == len(result.items) and result.items and not failed else Level.CARE


def same_name(one: str, other: str) -> bool:
    """Compare two names as people write them: case and blanks do not matter, letters do."""
    return bool(one.strip()) and _folded(one) == _folded(other)


def _item(one: Credential | Unreadable | Presentation | None, report: Report, name: str, person: str,
          ) -> VerifyItem:
    if not isinstance(one, Credential):
        return VerifyItem(name, "", "", "", match=Match.NOT_ASKED, awarded=None, until=None,
                          evidence_class=report.evidence_class, report=report)
    return VerifyItem(
        one.title or name, one.issuer.name or one.issuer.id, one.issuer.id, one.subject.name,
        _match(one, report, person), one.valid_from, one.valid_until, one.evidence_class, report, one)


def _match(credential: Credential, report: Report, person: str) -> Match:
    person = person.strip()[:_MAX_NAME_CHARS]
    if not person:
        return Match.NOT_ASKED
    recipient = report.check(CheckId.RECIPIENT)
    if recipient and recipient.outcome is Outcome.PASSED:
        return Match.SAME
    name = credential.subject.name
    if "@" in person or person.startswith("did:"):
        failed = recipient is not None and recipient.outcome is Outcome.FAILED
        return Match.OTHER if failed else Match.UNKNOWN
    if not name:
        return Match.UNKNOWN
    return Match.SAME if same_name(name, person) else Match.OTHER


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text[:_MAX_NAME_CHARS]).casefold().split())
