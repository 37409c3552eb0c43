"""Reports as text for the store, and back.

A report is kept as JSON with the stable values of its codes. A later version of the program may have
written codes this one does not know; guessing at half a report could show a worse or a better verdict
than was reached. Such a report comes back **without checks**, which the model counts as undetermined, and
`needs_judging` tells the caller to judge the kept bytes again.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from wallet.model.credential import EvidenceClass
from wallet.model.evidence import EvidenceKind, EvidenceUsed, Grade, Wanted
from wallet.model.reasons import Reason, ReasonCode
from wallet.model.report import Check, CheckId, Outcome, Report

_Enum = TypeVar("_Enum", bound=StrEnum)

#: When a report cannot be read, not even its date: old enough that nobody takes it for fresh.
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MAX_ITEM_DEPTH: Final = 8  # a presentation holds credentials; nothing holds presentations for ever


def report_text(report: Report) -> str:
    """Return a report as JSON text."""
    return json.dumps(_report_body(report), separators=(",", ":"), ensure_ascii=False)


def report_from_text(text: str, evidence_class: EvidenceClass) -> Report:
    """Return the kept report, or one without checks if any part of it is not understood.

    Args:
        text: As `report_text` wrote it, here or in a later version.
        evidence_class: Of the credential, for a report that cannot be read.
    """
    try:
        return _report(json.loads(text), 0)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Report(evidence_class, (), _date_inside(text))


def needs_judging(report: Report) -> bool:
    """Whether the kept report says nothing and the credential must be judged again."""
    return not report.checks


def date_text(moment: datetime) -> str:
    """Return a date such that text order is time order.

    Raises:
        ValueError: The date has no zone, which is a mistake of the caller.
    """
    if moment.tzinfo is None:
        raise ValueError("a date without zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def optional_date_text(moment: datetime | None) -> str | None:
    """Return the same for a date that may be missing."""
    return None if moment is None else date_text(moment)


def date_from_text(text: str) -> datetime:
    """Read a date back.

    Raises:
        ValueError: It is none, or has no zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a date without zone")
    return moment.astimezone(UTC)


def optional_date_from_text(text: str | None) -> datetime | None:
    """Read a date back that may be missing. Raises as `date_from_text`."""
    return None if text is None else date_from_text(text)


def known(kind: type[_Enum], value: str, otherwise: _Enum) -> _Enum:
    """Return the member of that value; a later version may have written one that is not known here."""
    try:
        return kind(value)
    except ValueError:
        return otherwise


def _report_body(report: Report) -> dict[str, Any]:
    body: dict[str, Any] = {
        "class": report.evidence_class.value,
        "at": date_text(report.at),
        "issuer": [report.issuer_id, report.issuer_name],
        "pack": report.is_pack,
        "checks": [_check_body(check) for check in report.checks],
        "wanted": [[one.address, one.kind.value, one.host] for one in report.wanted],
    }
    if report.items:
        body["items"] = [_report_body(item) for item in report.items]
    return body


def _check_body(check: Check) -> dict[str, Any]:
    return {"id": check.id.value, "outcome": check.outcome.value, "reason": _reason_body(check.reason),
            "evidence": [_used_body(used) for used in check.evidence],
            "notes": [_reason_body(note) for note in check.notes]}


def _reason_body(why: Reason) -> list[Any]:
    return [why.code.value, [[name, value] for name, value in why.params]]


def _used_body(used: EvidenceUsed) -> dict[str, Any]:
    return {"address": used.address, "kind": used.kind.value, "grade": used.grade.value,
            "sha256": used.sha256, "fetched": optional_date_text(used.fetched_at),
            "dated": optional_date_text(used.dated)}


def _report(body: Any, depth: int) -> Report:
    if depth > _MAX_ITEM_DEPTH:
        raise ValueError("too deep")
    issuer_id, issuer_name = body["issuer"]
    return Report(
        evidence_class=EvidenceClass(body["class"]),
        checks=tuple(_check(check) for check in body["checks"]),
        at=date_from_text(body["at"]),
        issuer_id=_text(issuer_id),
        issuer_name=_text(issuer_name),
        wanted=tuple(Wanted(_text(address), EvidenceKind(kind), _text(host))
                     for address, kind, host in body["wanted"]),
        items=tuple(_report(item, depth + 1) for item in body.get("items", ())),
        is_pack=body["pack"] is True,
    )


def _check(body: Any) -> Check:
    return Check(CheckId(body["id"]), Outcome(body["outcome"]), _reason(body["reason"]),
                 tuple(_used(used) for used in body["evidence"]),
                 tuple(_reason(note) for note in body["notes"]))


def _reason(body: Any) -> Reason:
    code, params = body
    return Reason(ReasonCode(code), tuple((_text(name), _text(value)) for name, value in params))


def _used(body: Any) -> EvidenceUsed:
    return EvidenceUsed(_text(body["address"]), EvidenceKind(body["kind"]), Grade(body["grade"]),
                        _text(body["sha256"]), optional_date_from_text(body["fetched"]),
                        optional_date_from_text(body["dated"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _date_inside(text: str) -> datetime:
    try:
        return date_from_text(json.loads(text)["at"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _LONG_AGO
