"""What a report says: headline, sentence, next step, rows, and what it does not prove.

The one door to the sentences about results for both shells. Every function takes an optional `translate`,
which sees each template before any value is in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from wallet.model.credential import EvidenceClass
from wallet.model.headline import headline_code, is_fine
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import Check, CheckId, HeadlineCode, Outcome, Report, Verdict

from .headlines import HEADLINES, PACK_HEADLINES, REAL, Audience, Saying
from .labels import verdict_word
from .reasons import reason_text
from .rows import CheckLine, Row, check_lines, rows
from .text import Translate, fill, friendly_date, keep, moment_of, party

__all__ = [
    "Audience",
    "CheckLine",
    "Row",
    "check_lines",
    "counted",
    "does_not_prove",
    "headline",
    "last_withdrawal_check",
    "next_step",
    "reason_text",
    "rows",
    "sentence",
    "who_sealed",
]

_BASE = (
    "This shows who sealed the award and that it was not changed. It does not prove who is in front of you, "
    "how good the course was, or that nothing happened after {date}."
)
_BASE_UNASKED = (
    "This shows who sealed the award and that it was not changed. It does not prove who is in front of you, "
    "how good the course was, or that it was not withdrawn since."
)
_BASE_SELF_MADE = (
    "This shows that the award was not changed since somebody sealed it. It does not prove who that was, who "
    "is in front of you, or how good the course was."
)
_SELF_MADE = "Anybody can make such a key: ask how to confirm who is behind it."
_SELF_MADE_ONCE = "Its key is one that anybody can make: ask how to confirm who is behind it."
_SELF_MADE_AMONG = "Anybody can make the keys of {k} of them: ask how to confirm who is behind those."
_HOSTED_AMONG = "{k} of them have no seal: only the issuer's website says so."
_REPEATED = "{k} of them stand in it twice."
_INSIDE_THEM = "Not all that they hold in turn is fine."
_IN_PART = "{k} shown in part"
_BASE_MIXED = (
    "What each of them shows stands with its own result. It does not prove who is in front of you, how good "
    "the course was, or that nothing happened since."
)
_ONCE_GENUINE = (HeadlineCode.EXPIRED, HeadlineCode.NOT_YET_VALID)
_NOT_SHOWN = (
    "This does not show who sealed the award, or that it was not changed. It proves nothing about the person "
    "or the course, good or bad."
)
_BEARER = "Anyone who has this file can show it."
_SELECTIVE = "Shown here: {n}. What was left out is not known."
_BASE_HOSTED = (
    "This shows what the issuer's website said[[ on {recorded}]]. It does not prove who is in front of you, "
    "how good the course was, or that nothing happened since."
)
_HOSTED = "This kind has no seal: only the issuer's website says so."
#: What to do about what cannot be read, where asking for the original would be no help.
_OTHER_WORDS = "Another copy would be the same. Ask its issuer for one that uses published vocabularies only."
_NEXT_BY_REASON = {
    R.CONTEXT_INLINE: _OTHER_WORDS,
    R.CONTEXT_NESTED: _OTHER_WORDS,
    R.FORMAT_UNKNOWN: "If it should be a credential, ask for it in the form in which it was issued.",
    R.LEFT_ARCHIVE: "Unpack it, and check what is in it.",
    R.FILE_MISSING: "Look whether it is still there.",
    R.FILE_UNREADABLE: "Look whether you may open it.",
    R.FILE_NOT_REGULAR: "Leave it out, or give the name of what it leads to.",
}
#: Kinds of file of which the sentence says what to do, or that there is nothing to do.
_SAID_ALREADY = ("key_document", "key_set", "key", "vocabulary", "evidence_pack", "zip", "packed", "empty")
_SELF_NAMED = "an issuer that calls itself “{name}”"


def headline(report: Report, translate: Translate = keep) -> str:
    """Return the few words that head the result."""
    return fill(_saying(report).headline, _values(report, translate), translate)


def sentence(report: Report, audience: Audience, translate: Translate = keep) -> str:
    """Return what the result means, for that reader."""
    saying = _saying(report)
    values = _values(report, translate)
    follows = saying.follows(audience)
    is_self_made = _is_self_made(report)
    if follows == REAL and any(map(_is_self_made, report.items if report.is_pack else ())):
        follows = ""  # said of those that it is true of
    elif follows == REAL and is_self_made:
        follows = _SELF_MADE  # a key that anybody can make shows no award to be real
    elif is_self_made and headline_code(report) in _ONCE_GENUINE:
        follows = _SELF_MADE_ONCE
    parts = [fill(part, values, translate) for part in (saying.sentence, follows) if part]
    return " ".join(part[:1].upper() + part[1:] for part in parts)


def next_step(report: Report, audience: Audience, translate: Translate = keep) -> str:
    """Return what that reader can do now; empty where there is nothing to do."""
    template = _next_by_reason(report)
    if template is None:
        template = _saying(report).next_step(audience)
    text = fill(template, _values(report, translate), translate) if template else ""
    return text[:1].upper() + text[1:]


def _next_by_reason(report: Report) -> str | None:
    """Return what to do about a file that could not be read, where the reason tells; None where not."""
    if _reason(report, CheckId.PROOF) is R.PROOF_BASE:
        return ""  # its sentence says what to ask for
    first = report.checks[0] if report.checks else None
    if headline_code(report) is HeadlineCode.UNCHECKED and _is_fault(report):
        return "Check it again. If it ends in the same way, a newer version of this program may help."
    if first is None or first.outcome is not Outcome.FAILED:
        return None
    if first.reason.code is R.FORMAT_UNKNOWN and first.reason["what"] in _SAID_ALREADY:
        return ""
    return _NEXT_BY_REASON.get(first.reason.code)


def does_not_prove(report: Report, translate: Translate = keep) -> str:
    """Return what nobody may read into the result; shown with every one of them."""
    parts = [_base(report, translate)]
    if report.is_pack:
        if not _passed(report, CheckId.BINDING):
            parts.append(translate(_BEARER))
        parts.append(fill(_SELECTIVE, {"n": str(len(report.items))}, translate))
    elif _reason(report, CheckId.RECIPIENT) is R.RECIPIENT_NOT_NAMED:
        parts.append(translate(_BEARER))
    if report.evidence_class is EvidenceClass.HOSTED:
        parts.append(translate(_HOSTED))
    return " ".join(parts)


def who_sealed(report: Report, translate: Translate = keep) -> str:
    """Return whom the seal belongs to: a listed name, else the host, else only a name of its own.

    A name inside a credential is the sealer's own claim, so it never stands alone. Of a seal with a
    certificate it is whom the certificate names.
    """
    authority = report.check(CheckId.KEY_AUTHORITY)
    if authority and authority.reason.code is R.CERTIFICATE_CONFIRMED:
        return authority.reason["subject"]
    recognition = report.check(CheckId.RECOGNITION)
    if recognition and recognition.outcome is Outcome.PASSED and recognition.reason["name"]:
        return recognition.reason["name"]
    if _has_address(report.issuer_id):
        return party(report.issuer_id)
    if report.issuer_name:
        return fill(_SELF_NAMED, {"name": report.issuer_name}, translate)
    return party(report.issuer_id)


def _called(report: Report, translate: Translate) -> str:
    """Return whom the credential names as its issuer: a name that no list knows stands beside its address.

    Anybody can write any name beside an address of his own, or beside a key that says nothing to people.
    """
    recognition = report.check(CheckId.RECOGNITION)
    is_known = recognition is not None and recognition.outcome is Outcome.PASSED
    if not report.issuer_name or is_known:
        return report.issuer_name or report.issuer_id
    if not _has_address(report.issuer_id):
        return fill(_SELF_NAMED, {"name": report.issuer_name}, translate)
    return f"{report.issuer_name} ({party(report.issuer_id)})"


def last_withdrawal_check(report: Report) -> str:
    """Return the day of the withdrawal list that the result rests on; empty if none was seen."""
    moments = [_status_moment(item.check(CheckId.STATUS)) for item in (report, *report.items)]
    known = [moment for moment in moments if moment]
    return friendly_date(min(known)) if known else ""


def _saying(report: Report) -> Saying:
    code = headline_code(report)
    return PACK_HEADLINES.get(code, HEADLINES[code]) if report.is_pack else HEADLINES[code]


def _base(report: Report, translate: Translate) -> str:
    if not _is_shown(report) or (report.is_pack and not report.items):
        return translate(_NOT_SHOWN)
    if report.evidence_class is EvidenceClass.HOSTED:
        return fill(_BASE_HOSTED, {"recorded": _recorded(report)}, translate)
    if report.is_pack and not all(_is_shown_by_a_seal(item) for item in report.items):
        return translate(_BASE_MIXED)
    if _is_self_made(report):
        return translate(_BASE_SELF_MADE)
    day = last_withdrawal_check(report)
    return fill(_BASE, {"date": day}, translate) if day else translate(_BASE_UNASKED)


def _is_shown(report: Report) -> bool:
    """Whether it is settled what it shows, though it may have ended or be withdrawn."""
    proven = (Verdict.VALID, Verdict.EXPIRED, Verdict.NOT_YET_VALID, Verdict.REVOKED, Verdict.SUSPENDED)
    return report.verdict in proven or (
        report.verdict is Verdict.UNDETERMINED
        and all(_passed(report, one) for one in (CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY))
    )


def _is_shown_by_a_seal(report: Report) -> bool:
    """Whether a seal shows who made it, and not a website, or a key that anybody can make."""
    return _is_shown(report) and report.evidence_class is EvidenceClass.SEALED and not _is_self_made(report)


def _values(report: Report, translate: Translate) -> dict[str, str]:
    validity, listed = report.check(CheckId.VALIDITY), _status_moment(report.check(CheckId.STATUS))
    values = {
        "issuer": _called(report, translate),
        "sealer": who_sealed(report, translate),
        "date": friendly_date(listed) if listed else "",
        "recorded": _recorded(report),
    }
    if validity:
        values |= {name: validity.reason[name] for name in ("until", "from", "days")}
    deciding = _deciding(report)
    if deciding:
        values |= {"why": reason_text(deciding.reason, translate), "address": deciding.reason["address"]}
    status = report.check(CheckId.STATUS)
    if status:
        values["withdrawal"] = reason_text(status.reason, translate)
    if report.is_pack:
        values |= _counts(report, translate)
    return values


def _is_fault(report: Report) -> bool:
    deciding = _deciding(report)
    return deciding is not None and deciding.reason.code is R.INTERNAL_ERROR


def _deciding(report: Report) -> Check | None:
    """Return the first check that keeps the report from being fine."""
    kept = (Outcome.FAILED, Outcome.UNDETERMINED)
    order = (
        CheckId.STRUCTURE,
        CheckId.PROOF,
        CheckId.KEY_AUTHORITY,
        CheckId.BINDING,
        CheckId.STATUS,
        CheckId.VALIDITY,
    )
    checks = (report.check(one) for one in order)
    return next((check for check in checks if check and check.outcome in kept), None)


def counted(reports: Sequence[Report], translate: Translate = keep) -> str:
    """Return how many there are of each kind of those that are not fine; empty if all are."""
    others = [one for one in reports if not is_fine(one)]
    verdicts = Counter(one.verdict for one in others)
    parts = verdicts.pop(Verdict.VALID, 0)
    said = [f"{count} {verdict_word(verdict, translate)}" for verdict, count in verdicts.items()]
    return ", ".join([*said, *([fill(_IN_PART, {"k": str(parts)}, translate)] if parts else [])])


def _counts(report: Report, translate: Translate) -> dict[str, str]:
    items = report.items
    fine = sum(map(is_fine, items))
    told = ((_SELF_MADE_AMONG, sum(map(_is_self_made, items))),
            (_HOSTED_AMONG, sum(one.evidence_class is EvidenceClass.HOSTED for one in items)),
            (_REPEATED, sum(_is_repeated(one) for one in items)),
            (_INSIDE_THEM, sum(not is_fine(inner) for one in items for inner in one.items)))
    but = " ".join(fill(template, {"k": str(count)}, translate) for template, count in told if count)
    return {"n": str(len(items)), "k": str(fine), "others": counted(items, translate), "but": but}


def _is_repeated(report: Report) -> bool:
    return any(note.code is R.ITEM_REPEATED for note in report.checks[0].notes)


def _is_self_made(report: Report) -> bool:
    return _reason(report, CheckId.RECOGNITION) is R.ISSUER_SELF_MADE


def _status_moment(status: Check | None) -> datetime | None:
    """Return the day of the list itself, else the day on which we got it."""
    if status is None:
        return None
    for used in status.evidence:
        if used.dated or used.fetched_at:
            return used.dated or used.fetched_at
    return moment_of(status.reason["date"])


def _recorded(report: Report) -> str:
    """Return the day on which the issuer's web record was seen; empty where nobody knows."""
    proof = report.check(CheckId.PROOF)
    moment = moment_of(proof.reason["date"]) if proof else None
    return friendly_date(moment) if moment else ""


def _passed(report: Report, check_id: CheckId) -> bool:
    check = report.check(check_id)
    return check is not None and check.outcome is Outcome.PASSED


def _reason(report: Report, check_id: CheckId) -> R | None:
    check = report.check(check_id)
    return check.reason.code if check else None


def _has_address(issuer_id: str) -> bool:
    return issuer_id.startswith(("did:web:", "https://", "http://"))
