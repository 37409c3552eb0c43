"""The words of the attack corpus: a case, what it must come to, and the table in which every case registers.

A module of this folder is a group of cases. Each case is a function from the name of a variant to an input,
built from keys made on the spot; beside the attacks it makes benign twins, which differ only in lacking the
attack and must pass. `trials` runs them; `python -m tests.attacks` prints the table.

    @case("J01", Severity.CRITICAL, "the member `issuer` twice",
          attacks={"bad last": malformed(R.DUPLICATE_KEY)})
    def _duplicate_issuer(variant: str) -> Input:
        data = university().badge()
        return File(data if variant == TWIN else data.replace(…), evidence)

What cannot be shown yet is registered as `absent`, with its reason: a row is never left out in silence.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, unique
from pathlib import Path
from typing import Final, TypeAlias

from tests.conftest import AT
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.credential import Parsed
from wallet.model.evidence import EvidenceDocument
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Report, Verdict
from wallet.trust.registry import IssuerList
from wallet.verify.evidence import Expectation

TWIN: Final = "twin"

#: What one hostile input may take.
MAX_SECONDS: Final = 5.0

#: How many named cases each group has.
GROUPS: Final[Mapping[str, int]] = {
    "J": 14, "L": 26, "P": 20, "K": 10, "S": 22, "D": 13, "V": 20, "X": 16, "F": 20, "U": 14, "W": 13}

#: What an operation that judges no file comes to.
ACCEPTED: Final = "accepted"
REFUSED: Final = "refused"


@unique
class Severity(StrEnum):
    """How bad it is if the attack succeeds."""

    CRITICAL = "C"
    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out.

    Attributes:
        word: The machine verdict, or ACCEPTED or REFUSED for an operation.
        code: The reason, which must be that of `check`.
        check: Where the reason stands; None for an operation.
        note: A reason that must stand among the notes of any check.
        item: For a pack: which item is meant; None for the pack itself.
    """

    word: str
    code: ReasonCode | None = None
    check: CheckId | None = None
    note: ReasonCode | None = None
    item: int | None = None

    def __str__(self) -> str:
        parts = (self.word, self.code.value if self.code else "", f"+{self.note.value}" if self.note else "")
        return " ".join(part for part in parts if part)


VALID: Final = Expected(Verdict.VALID.value)
FINE: Final = Expected(ACCEPTED)


@dataclass(frozen=True, slots=True)
class File:
    """Something to judge, with everything the person who checks has.

    Attributes:
        data: What arrived.
        clock_floor: The latest moment that is known to have been; None where the caller chose the time.
        seen_at: When this very file was first kept here, None if it was not.
        holds: What else must be true of the answer; fails by AssertionError.
    """

    data: bytes
    evidence: tuple[EvidenceDocument, ...] = ()
    at: datetime = AT
    expectation: Expectation = field(default_factory=Expectation)
    lists: tuple[IssuerList, ...] = ()
    contexts: Contexts | None = None
    clock_floor: datetime | None = None
    seen_at: datetime | None = None
    holds: Callable[[Report, Parsed | None], None] | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An operation: accepted if it returns, refused if it raises an error of ours. Asserts for itself."""

    run: Callable[[], object]


Input: TypeAlias = File | Act
MakeCase: TypeAlias = Callable[[str], Input]


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the table.

    Attributes:
        id: Its name in the corpus.
        recipe: What is done, in a line.
        attacks: Variants and what each must come to.
        twins: Benign variants and what each must come to.
        make_case: From a variant to an input; None where the row is absent.
        absent: Why the row cannot be shown yet, "" if it is.
        partly: What of the recipe is not shown yet, "" if all of it is.
        open: Variants that do not come out as they must yet, with the reason.
        seconds: What one variant may take; more than MAX_SECONDS only where the corpus itself gives more.
    """

    id: str
    severity: Severity
    recipe: str
    attacks: Mapping[str, Expected] = field(default_factory=dict)
    twins: Mapping[str, Expected] = field(default_factory=dict)
    make_case: MakeCase | None = None
    absent: str = ""
    partly: str = ""
    open: Mapping[str, str] = field(default_factory=dict)
    seconds: float = MAX_SECONDS

    def expected(self, variant: str) -> Expected:
        """Return what a variant must come to."""
        return self.twins[variant] if variant in self.twins else self.attacks[variant]

    @property
    def variants(self) -> tuple[str, ...]:
        return (*self.attacks, *self.twins)


_CASES: dict[str, Case] = {}


def case(case_id: str, severity: Severity, recipe: str, *, attacks: Mapping[str, Expected],
         twins: Mapping[str, Expected] | None = None, partly: str = "",
         open_: Mapping[str, str] | None = None, seconds: float = MAX_SECONDS,
         ) -> Callable[[MakeCase], MakeCase]:
    """Register the decorated generator as a row."""
    def register(make_case: MakeCase) -> MakeCase:
        benign = {TWIN: VALID} if twins is None else twins
        assert attacks, case_id
        assert benign, case_id
        assert not attacks.keys() & benign.keys(), case_id
        assert (open_ or {}).keys() <= attacks.keys() | benign.keys(), case_id
        _add(Case(case_id, severity, recipe, attacks, benign, make_case, partly=partly, open=open_ or {},
                  seconds=seconds))
        return make_case

    return register


def absent(case_id: str, severity: Severity, recipe: str, why: str) -> None:
    """Register a row that cannot be shown yet."""
    assert why, case_id
    _add(Case(case_id, severity, recipe, absent=why))


def _add(one: Case) -> None:
    assert one.id not in _CASES, f"{one.id} is registered twice"
    _CASES[one.id] = one


def all_cases() -> tuple[Case, ...]:
    """Import every module of this folder and return what registered, in the order of the corpus."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not module.name.startswith(("test_", "__")):
            importlib.import_module(f"tests.attacks.{module.name}")
    groups = list(GROUPS)
    return tuple(sorted(_CASES.values(), key=lambda one: (groups.index(one.id[0]), int(one.id[1:]))))


def missing() -> tuple[str, ...]:
    """Return the names that no module has registered."""
    named = (f"{group}{number:02}" for group, count in GROUPS.items() for number in range(1, count + 1))
    return tuple(name for name in named if name not in _CASES)


# --- the words of the corpus for what must come out ---


def malformed(code: ReasonCode, *, check: CheckId = CheckId.STRUCTURE) -> Expected:
    """Refused before any key is looked for."""
    return Expected(Verdict.MALFORMED.value, code, check)


def bad_seal(code: ReasonCode = ReasonCode.SIGNATURE_WRONG) -> Expected:
    """The signature does not match."""
    return Expected(Verdict.INVALID.value, code, CheckId.PROOF)


def not_authorised(code: ReasonCode = ReasonCode.KEY_NOT_AUTHORISED) -> Expected:
    """The signature is fine, the key is not the issuer's for this."""
    return Expected(Verdict.INVALID.value, code, CheckId.KEY_AUTHORITY)


def undetermined(code: ReasonCode, check: CheckId, *, note: ReasonCode | None = None) -> Expected:
    """It cannot be told, which is neither fine nor forged."""
    return Expected(Verdict.UNDETERMINED.value, code, check, note)


def status_open(code: ReasonCode, *, note: ReasonCode | None = None) -> Expected:
    """Genuine, but nobody can say whether it was withdrawn."""
    return undetermined(code, CheckId.STATUS, note=note)


def valid(code: ReasonCode | None = None, check: CheckId | None = None, *,
          note: ReasonCode | None = None) -> Expected:
    """Fine, and with this said about it."""
    return Expected(Verdict.VALID.value, code, check, note)


def refused(code: ReasonCode) -> Expected:
    """An operation that was not done, with a reason."""
    return Expected(REFUSED, code)
