"""What a caller demands beyond the verdict: `--require` only adds refusals, `--accept` takes some back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import click

from wallet.model.credential import EvidenceClass
from wallet.model.evidence import EvidenceKind, EvidenceUsed, Grade
from wallet.model.headline import LIST_MEMBERS
from wallet.model.reasons import ReasonCode
from wallet.model.report import Check, CheckId, Outcome, Report, Verdict

from .exit_codes import ExitCode, code_of_verdict, worst

_STATUS: Final = re.compile(r"status<=(\d{1,5})d")
#: Notes that name what a holder may have left out, the entry of a list among it.
_HIDING: Final = frozenset({ReasonCode.SHOWN_IN_PART, ReasonCode.HIDDEN_MAY_DECIDE})
_OF_KEYS: Final = frozenset({EvidenceKind.DID_DOCUMENT, EvidenceKind.ISSUER_PROFILE, EvidenceKind.JWK_SET,
                             EvidenceKind.KEY})
_ASKED_FOR: Final = (Grade.SHIPPED, Grade.FETCHED)
_ACCEPTABLE: Final = {"expired": Verdict.EXPIRED, "suspended": Verdict.SUSPENDED}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One demand.

    Attributes:
        name: As the caller wrote it.
        met: Whether a report meets it.
        of_pack: Whether it is asked of a pack itself; else of each credential.
    """

    name: str
    met: Callable[[Report], bool]
    of_pack: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything one caller demands and tolerates.

    Attributes:
        recipients: Addresses that `recipient=` named; the check compares them.
    """

    requirements: tuple[Requirement, ...] = ()
    accepted: frozenset[Verdict] = frozenset()
    recipients: tuple[str, ...] = ()

    def refusals(self, report: Report) -> tuple[str, ...]:
        """Return the demands that a report does not meet. No credential in an empty pack meets any."""
        asked = (one for one in self.requirements if one.of_pack is report.is_pack)
        unmet = tuple(one.name for one in asked if not one.met(report))
        return unmet + tuple(one.name for one in self.requirements if _is_empty(report) and not one.of_pack)

    def exit_code(self, report: Report) -> ExitCode:
        """Return the code of one report: its verdict, its items, and what is demanded."""
        own = ExitCode.ACCEPTED if report.verdict in self.accepted else code_of_verdict(report.verdict)
        if own is ExitCode.ACCEPTED and self.refusals(report):
            own = ExitCode.REJECTED
        if own is ExitCode.ACCEPTED and _is_empty(report):  # in it there is nothing that could be accepted
            own = ExitCode.UNDECIDED
        return worst((own, *(self.exit_code(item) for item in report.items)))


def _is_empty(report: Report) -> bool:
    return report.is_pack and not report.items


def read_policy(require: Iterable[str], accept: Iterable[str], *, challenge: str | None) -> Policy:
    """Read the caller's words.

    Raises:
        click.UsageError: A word is not known, or `live` comes without a challenge.
    """
    demanded = [word for value in require for word in _words(value)]
    tolerated = [word for value in accept for word in _words(value)]
    unknown = [word for word in tolerated if word not in _ACCEPTABLE]
    if unknown:
        message = f"--accept does not know '{unknown[0]}'; it takes: {', '.join(_ACCEPTABLE)}"
        raise click.UsageError(message)
    if "live" in demanded and not challenge:
        raise click.UsageError("--require live needs --challenge: the question that you gave to the sender")
    recipients = tuple(word.partition("=")[2] for word in demanded if word.startswith("recipient="))
    return Policy(
        tuple(_requirement(word) for word in demanded),
        frozenset(_ACCEPTABLE[word] for word in tolerated),
        recipients,
    )


def _words(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


def _requirement(word: str) -> Requirement:
    age = _STATUS.fullmatch(word)
    if age:
        limit = timedelta(days=int(age[1]))
        return Requirement(word, lambda report: _status_is_fresh(report, limit))
    if word.startswith("recipient=") and word != "recipient=":
        return Requirement(word, lambda report: _passed(report, CheckId.RECIPIENT))
    if word == "sealed":
        return Requirement(word, lambda report: report.evidence_class is EvidenceClass.SEALED)
    if word == "listed":
        return Requirement(word, lambda report: _passed(report, CheckId.RECOGNITION))
    if word == "live":
        return Requirement(word, _answered_live, of_pack=True)
    known = "sealed, listed, status<=30d, recipient=EMAIL, live"
    message = f"--require does not know '{word}'; it takes: {known}"
    raise click.UsageError(message)


def _passed(report: Report, check_id: CheckId) -> bool:
    check = report.check(check_id)
    return check is not None and check.outcome is Outcome.PASSED


def _answered_live(report: Report) -> bool:
    """Answered just now, and by no other key than the one that each of its credentials names."""
    bound = [item.check(CheckId.BINDING) for item in report.items]
    if any(row is not None and row.reason.code is ReasonCode.HOLDER_KEY_MISMATCH for row in bound):
        return False
    binding = report.check(CheckId.BINDING)
    answers = (ReasonCode.CHALLENGE_MATCHES, ReasonCode.HOLDER_PROVEN, ReasonCode.HOLDER_LIVE_UNBOUND)
    return binding is not None and binding.outcome is Outcome.PASSED and binding.reason.code in answers


def _status_is_fresh(report: Report, limit: timedelta) -> bool:
    """What names no list that could withdraw it cannot be withdrawn by one; any other needs a recent answer.

    Where its holder hides parts, and a list may be among them, nobody knows whether it names one.
    """
    status = report.check(CheckId.STATUS)
    if _may_hide_list(report):
        return False
    if status is not None and status.outcome is Outcome.NOT_APPLICABLE:
        return True
    if status is None or status.outcome is not Outcome.PASSED:
        return False
    seen = _oldest(status)
    return seen is not None and report.at - seen <= limit


def _may_hide_list(report: Report) -> bool:
    notes = tuple(note for check in report.checks for note in check.notes)
    hidden = ", ".join(f"{note['members']}, {note['member']}" for note in notes if note.code in _HIDING)
    return not set(hidden.split(", ")).isdisjoint(LIST_MEMBERS)


def _oldest(status: Check) -> datetime | None:
    """Return of when the oldest list is, None if that of any is unknown.

    What a list's own seal rests on may be older.
    """
    moments = [_as_of(used) for used in status.evidence if used.kind not in _OF_KEYS]
    known = [moment for moment in moments if moment]
    return min(known, default=None) if len(known) == len(moments) else None


def _as_of(used: EvidenceUsed) -> datetime | None:
    """As the check itself dates it: by when it was asked for, else by its own date, never by an import."""
    if used.grade in _ASKED_FOR and used.fetched_at:
        return used.fetched_at
    return used.dated or (used.fetched_at if used.grade is Grade.FETCHED_PLAIN else None)
