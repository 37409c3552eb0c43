"""From a report to the one code and the one look that head it. Codes only, no sentences.

The headline comes from integrity, key authority and currency alone; recognition and holder are lines of
their own and never recolour it.
"""

from __future__ import annotations

from .credential import EvidenceClass
from .reasons import Reason
from .reasons import ReasonCode as R
from .report import Check, CheckId, HeadlineCode, Level, Outcome, Report, Verdict

_LIMITS = frozenset(code for code in R if code.value.startswith("limit_"))
_UNSEALED = frozenset({R.UNDEFINED_TERM, R.DATA_LOSS})
_OF_KEY = {R.KEY_RETIRED: HeadlineCode.KEY_RETIRED, R.KEY_REVOKED: HeadlineCode.KEY_RETIRED,
           R.KEY_ENDED: HeadlineCode.KEY_RETIRED,
           R.CERTIFICATE_UNCONFIRMED: HeadlineCode.SEALER_UNCONFIRMED,
           R.CERTIFICATE_NOT_IN_FORCE: HeadlineCode.SEALER_UNCONFIRMED,
           R.CERTIFICATE_OTHER_PARTY: HeadlineCode.SEALER_UNCONFIRMED,
           R.PROOF_UNSUPPORTED: HeadlineCode.UNSUPPORTED, R.ANCHOR_NOT_CHECKED: HeadlineCode.UNSUPPORTED,
           R.ALGORITHM_UNSUPPORTED: HeadlineCode.UNSUPPORTED, R.KEY_UNSUPPORTED: HeadlineCode.UNSUPPORTED,
           R.KEY_WEAK: HeadlineCode.UNSUPPORTED, R.KEY_MALFORMED: HeadlineCode.UNSUPPORTED,
           R.DID_UNSUPPORTED: HeadlineCode.KEY_UNKNOWN, R.FORMAT_UNSUPPORTED: HeadlineCode.UNSUPPORTED,
           R.CONTEXT_UNKNOWN: HeadlineCode.CONTEXT_UNKNOWN,
           R.CHECK_STOPPED: HeadlineCode.UNCHECKED, R.INTERNAL_ERROR: HeadlineCode.UNCHECKED,
           R.HOSTED_NO_RECORD: HeadlineCode.HOSTED_UNREACHABLE}
#: Why nobody knows what the file is, or what it says.
_NOT_LOOKED_AT = (R.CHECK_STOPPED, R.INTERNAL_ERROR, R.FORMAT_UNSUPPORTED)
#: Notes that name what a holder may have left out.
_HIDING = frozenset({R.SHOWN_IN_PART, R.HIDDEN_MAY_DECIDE})
#: Members that end a credential, and that say where it is withdrawn.
END_MEMBERS = ("validUntil", "exp")
LIST_MEMBERS = ("credentialStatus", "status")
_DECIDING = {*END_MEMBERS, *LIST_MEMBERS}
_OF_HOSTED = {R.HOSTED_GONE: HeadlineCode.HOSTED_GONE, R.CONTEXT_UNKNOWN: HeadlineCode.CONTEXT_UNKNOWN,
              R.CLOCK_SUSPECT: HeadlineCode.CLOCK_SUSPECT}
_OF_STATUS = {R.STATUS_STALE: HeadlineCode.VALID_STATUS_STALE,
              R.STATUS_LIST_ENDED: HeadlineCode.STATUS_LIST_ENDED,
              R.STATUS_NOT_SEEN: HeadlineCode.VALID_STATUS_UNCHECKED,
              R.STATUS_TYPE_UNKNOWN: HeadlineCode.VALID_STATUS_UNCHECKED,
              R.STATUS_HIDDEN: HeadlineCode.VALID_STATUS_UNCHECKED,
              R.INTERNAL_ERROR: HeadlineCode.VALID_STATUS_UNCHECKED}
_OF_CLASS = {EvidenceClass.OWN: HeadlineCode.SELF_STATED, EvidenceClass.DOCUMENT: HeadlineCode.DOCUMENT_ONLY}
_OF_VERDICT = {Verdict.UNSIGNED: HeadlineCode.UNSIGNED, Verdict.REVOKED: HeadlineCode.REVOKED,
               Verdict.SUSPENDED: HeadlineCode.SUSPENDED, Verdict.EXPIRED: HeadlineCode.EXPIRED,
               Verdict.NOT_YET_VALID: HeadlineCode.NOT_YET_VALID}
_LEVELS = {
    Level.GOOD: (HeadlineCode.VALID, HeadlineCode.VALID_NO_EXPIRY, HeadlineCode.PACK_FINE,
                 HeadlineCode.VALID_STATUS_STALE),
    Level.INFO: (HeadlineCode.EXPIRING, HeadlineCode.SELF_STATED, HeadlineCode.HOSTED_OK),
    Level.CARE: (HeadlineCode.VALID_IN_PART, HeadlineCode.VALID_STATUS_UNCHECKED,
                 HeadlineCode.STATUS_UNTRUSTED,
                 HeadlineCode.EXPIRED, HeadlineCode.NOT_YET_VALID, HeadlineCode.SUSPENDED,
                 HeadlineCode.CLOCK_SUSPECT, HeadlineCode.STATUS_LIST_ENDED, HeadlineCode.PACK_PARTIAL,
                 HeadlineCode.HOSTED_GONE),
    Level.PROBLEM: (HeadlineCode.REVOKED, HeadlineCode.TAMPERED, HeadlineCode.UNSEALED_PARTS,
                    HeadlineCode.KEY_NOT_AUTHORISED, HeadlineCode.MALFORMED, HeadlineCode.TOO_LARGE,
                    HeadlineCode.HOLDER_FAILED, HeadlineCode.HOSTED_CHANGED),
    Level.UNKNOWN: (HeadlineCode.UNSIGNED, HeadlineCode.KEY_UNKNOWN, HeadlineCode.KEY_RETIRED,
                    HeadlineCode.SEALER_UNCONFIRMED,
                    HeadlineCode.CONTEXT_UNKNOWN, HeadlineCode.UNSUPPORTED,
                    HeadlineCode.HOSTED_UNREACHABLE, HeadlineCode.DOCUMENT_ONLY, HeadlineCode.UNCHECKED),
}
_LEVEL_OF = {code: level for level, codes in _LEVELS.items() for code in codes}


def left_out(notes: tuple[Reason, ...]) -> frozenset[str]:
    """Return the members that may be hidden, where only a part is shown and its standard lets them be."""
    told = [note["members"] or note["member"] for note in notes
            if note.code in _HIDING and not note["rule"]]
    return frozenset(name for one in told for name in one.split(", ") if name)


def headline_code(report: Report) -> HeadlineCode:
    """Return the code that heads the report; a pack whose own checks are fine speaks of its items."""
    code = _own_code(report)
    if report.is_pack and report.verdict is Verdict.VALID:
        return HeadlineCode.PACK_FINE if is_fine(report) else HeadlineCode.PACK_PARTIAL
    return code


def is_fine(report: Report) -> bool:
    """Whether it counts among those that are fine: valid, and nothing that decides may be left out of it.

    A pack does if it holds something, and all of that is.
    """
    if report.verdict is not Verdict.VALID:
        return False
    if report.is_pack:
        return bool(report.items) and all(map(is_fine, report.items))
    return _own_code(report) is not HeadlineCode.VALID_IN_PART


def headline_level(report: Report) -> Level:
    """Return the look of the headline."""
    code = headline_code(report)
    if code is HeadlineCode.VALID_STATUS_STALE and report.verdict is not Verdict.VALID:
        return Level.CARE
    return _LEVEL_OF[code]


def row_level(check: Check) -> Level:
    """Return the look of one check's row."""
    if check.reason.code in (R.END_NOT_SHOWN, R.STATUS_NOT_SHOWN):
        return Level.UNKNOWN
    if check.outcome is Outcome.PASSED:
        return Level.INFO if check.reason.code is R.ENDS_SOON else Level.GOOD
    if check.outcome is Outcome.NOT_APPLICABLE:
        return Level.INFO
    if check.outcome is Outcome.UNDETERMINED:
        return Level.UNKNOWN
    if check.id is CheckId.SCHEMA:  # an unusual layout is told, and says nothing against it
        return Level.INFO
    gentle = (CheckId.VALIDITY, CheckId.RECIPIENT, CheckId.RECOGNITION, CheckId.ENDORSEMENTS)
    return Level.CARE if check.id in gentle or check.reason.code is R.STATUS_SUSPENDED else Level.PROBLEM


def _own_code(report: Report) -> HeadlineCode:
    verdict = report.verdict
    if verdict in _OF_VERDICT:
        return _OF_VERDICT[verdict]
    if verdict is Verdict.MALFORMED:
        return _malformed(report)
    if verdict is Verdict.INVALID:
        return _invalid(report)
    if verdict is Verdict.UNDETERMINED:
        return _undetermined(report)
    return _valid(report)


def _malformed(report: Report) -> HeadlineCode:
    parts = (report.check(CheckId.STRUCTURE), report.check(CheckId.PROOF))
    failed = next((check for check in parts if check and check.outcome is Outcome.FAILED), None)
    code = failed.reason.code if failed else R.INTERNAL_ERROR
    if code in _LIMITS:
        return HeadlineCode.TOO_LARGE
    return HeadlineCode.UNSEALED_PARTS if code in _UNSEALED else HeadlineCode.MALFORMED


def _invalid(report: Report) -> HeadlineCode:
    hosted = report.evidence_class is EvidenceClass.HOSTED
    proof = report.check(CheckId.PROOF)
    if proof and proof.outcome is Outcome.FAILED:
        return HeadlineCode.HOSTED_CHANGED if hosted else HeadlineCode.TAMPERED
    authority = report.check(CheckId.KEY_AUTHORITY)
    if authority and authority.outcome is Outcome.FAILED:
        return HeadlineCode.HOSTED_CHANGED if hosted else HeadlineCode.KEY_NOT_AUTHORISED
    return HeadlineCode.HOLDER_FAILED


def _undetermined(report: Report) -> HeadlineCode:
    structure = report.check(CheckId.STRUCTURE)
    if structure and structure.reason.code in _NOT_LOOKED_AT:
        return _OF_KEY[structure.reason.code]
    if report.evidence_class in _OF_CLASS:
        return _OF_CLASS[report.evidence_class]
    if report.evidence_class is EvidenceClass.HOSTED:
        return _hosted_undetermined(report)
    for check_id in (CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY):
        check = report.check(check_id)
        if check is None or check.outcome is not Outcome.PASSED:
            return _OF_KEY.get(check.reason.code if check else R.KEY_UNKNOWN, HeadlineCode.KEY_UNKNOWN)
    validity = report.check(CheckId.VALIDITY)
    if validity is None or validity.outcome is Outcome.UNDETERMINED:
        return HeadlineCode.CLOCK_SUSPECT
    status = report.check(CheckId.STATUS)
    return _OF_STATUS.get(status.reason.code if status else R.STATUS_NOT_SEEN, HeadlineCode.STATUS_UNTRUSTED)


def _hosted_undetermined(report: Report) -> HeadlineCode:
    """What has no seal is never called sealed, whatever else of it is open."""
    first = next((check for check in report.checks if check.outcome is Outcome.UNDETERMINED
                  and check.id in (CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY,
                                   CheckId.VALIDITY)), None)
    code = first.reason.code if first else R.HOSTED_NO_RECORD
    return _OF_HOSTED.get(code, HeadlineCode.HOSTED_UNREACHABLE)


def _valid(report: Report) -> HeadlineCode:
    if report.evidence_class is EvidenceClass.HOSTED:
        return HeadlineCode.HOSTED_OK
    structure = report.check(CheckId.STRUCTURE)
    if structure and left_out(structure.notes) & _DECIDING:
        return HeadlineCode.VALID_IN_PART
    validity = report.check(CheckId.VALIDITY)
    code = validity.reason.code if validity else R.VALID_NO_END
    if code is R.ENDS_SOON:
        return HeadlineCode.EXPIRING
    return HeadlineCode.VALID_NO_EXPIRY if code in (R.VALID_NO_END, R.PACK_NO_END) else HeadlineCode.VALID
