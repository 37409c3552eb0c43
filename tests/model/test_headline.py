"""One code heads a result, and its look follows: the worst of what proves, never of what informs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from wallet.model.credential import EvidenceClass
from wallet.model.headline import headline_code, headline_level, is_fine, row_level
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, HeadlineCode, Level, Outcome, Report

C, R, O, H = CheckId, ReasonCode, Outcome, HeadlineCode  # noqa: E741 - a table of words
GOOD = {C.STRUCTURE: (O.PASSED, R.STRUCTURE_OK), C.PROOF: (O.PASSED, R.PROOF_OK),
        C.KEY_AUTHORITY: (O.PASSED, R.KEY_AUTHORISED), C.VALIDITY: (O.PASSED, R.VALID_NOW),
        C.STATUS: (O.PASSED, R.STATUS_CLEAR)}


def report(changes: dict[CheckId, tuple[Outcome, ReasonCode]] | None = None, *,
           evidence_class: EvidenceClass = EvidenceClass.SEALED, items: tuple[Report, ...] = (),
           is_pack: bool = False) -> Report:
    rows = tuple(Check(check_id, outcome, reason(code))
                 for check_id, (outcome, code) in {**GOOD, **(changes or {})}.items())
    return Report(evidence_class, rows, datetime(2026, 11, 21, tzinfo=UTC), items=items, is_pack=is_pack)


@pytest.mark.parametrize(("changes", "code", "level"), [
    ({}, H.VALID, Level.GOOD),
    ({C.VALIDITY: (O.PASSED, R.VALID_NO_END)}, H.VALID_NO_EXPIRY, Level.GOOD),
    ({C.VALIDITY: (O.PASSED, R.ENDS_SOON)}, H.EXPIRING, Level.INFO),
    ({C.VALIDITY: (O.FAILED, R.ENDED)}, H.EXPIRED, Level.CARE),
    ({C.VALIDITY: (O.FAILED, R.NOT_YET)}, H.NOT_YET_VALID, Level.CARE),
    ({C.STATUS: (O.FAILED, R.STATUS_REVOKED)}, H.REVOKED, Level.PROBLEM),
    ({C.STATUS: (O.FAILED, R.STATUS_SUSPENDED)}, H.SUSPENDED, Level.CARE),
    ({C.STATUS: (O.UNDETERMINED, R.STATUS_NOT_SEEN)}, H.VALID_STATUS_UNCHECKED, Level.CARE),
    ({C.STATUS: (O.UNDETERMINED, R.STATUS_TYPE_UNKNOWN)}, H.VALID_STATUS_UNCHECKED, Level.CARE),
    ({C.STATUS: (O.UNDETERMINED, R.STATUS_HIDDEN)}, H.VALID_STATUS_UNCHECKED, Level.CARE),
    ({C.STATUS: (O.UNDETERMINED, R.STATUS_STALE)}, H.VALID_STATUS_STALE, Level.CARE),
    ({C.STATUS: (O.UNDETERMINED, R.STATUS_LIST_ENDED)}, H.STATUS_LIST_ENDED, Level.CARE),
    ({C.STATUS: (O.UNDETERMINED, R.STATUS_LIST_UNTRUSTED)}, H.STATUS_UNTRUSTED, Level.CARE),
    ({C.PROOF: (O.FAILED, R.PROOF_MISSING)}, H.UNSIGNED, Level.UNKNOWN),
    ({C.PROOF: (O.FAILED, R.SIGNATURE_WRONG)}, H.TAMPERED, Level.PROBLEM),
    ({C.PROOF: (O.FAILED, R.PROOF_MALFORMED)}, H.MALFORMED, Level.PROBLEM),
    ({C.PROOF: (O.FAILED, R.UNDEFINED_TERM)}, H.UNSEALED_PARTS, Level.PROBLEM),
    ({C.PROOF: (O.UNDETERMINED, R.PROOF_UNSUPPORTED)}, H.UNSUPPORTED, Level.UNKNOWN),
    ({C.PROOF: (O.UNDETERMINED, R.ALGORITHM_UNSUPPORTED)}, H.UNSUPPORTED, Level.UNKNOWN),
    ({C.KEY_AUTHORITY: (O.FAILED, R.KEY_NOT_AUTHORISED)}, H.KEY_NOT_AUTHORISED, Level.PROBLEM),
    ({C.KEY_AUTHORITY: (O.UNDETERMINED, R.KEY_UNKNOWN)}, H.KEY_UNKNOWN, Level.UNKNOWN),
    ({C.KEY_AUTHORITY: (O.UNDETERMINED, R.KEY_FROM_SENDER)}, H.KEY_UNKNOWN, Level.UNKNOWN),
    ({C.PROOF: (O.UNDETERMINED, R.KEY_UNSUPPORTED)}, H.UNSUPPORTED, Level.UNKNOWN),
    ({C.PROOF: (O.UNDETERMINED, R.KEY_WEAK)}, H.UNSUPPORTED, Level.UNKNOWN),
    ({C.PROOF: (O.UNDETERMINED, R.KEY_MALFORMED)}, H.UNSUPPORTED, Level.UNKNOWN),
    ({C.KEY_AUTHORITY: (O.UNDETERMINED, R.KEY_RETIRED)}, H.KEY_RETIRED, Level.UNKNOWN),
    ({C.KEY_AUTHORITY: (O.UNDETERMINED, R.KEY_REVOKED)}, H.KEY_RETIRED, Level.UNKNOWN),
    ({C.STRUCTURE: (O.UNDETERMINED, R.CONTEXT_UNKNOWN)}, H.CONTEXT_UNKNOWN, Level.UNKNOWN),
    ({C.STRUCTURE: (O.UNDETERMINED, R.CHECK_STOPPED)}, H.UNCHECKED, Level.UNKNOWN),
    ({C.STRUCTURE: (O.UNDETERMINED, R.INTERNAL_ERROR)}, H.UNCHECKED, Level.UNKNOWN),
    ({C.PROOF: (O.UNDETERMINED, R.INTERNAL_ERROR)}, H.UNCHECKED, Level.UNKNOWN),
    ({C.PROOF: (O.UNDETERMINED, R.CHECK_STOPPED)}, H.UNCHECKED, Level.UNKNOWN),
    ({C.STRUCTURE: (O.FAILED, R.MEMBER_MISSING)}, H.MALFORMED, Level.PROBLEM),
    ({C.STRUCTURE: (O.FAILED, R.LIMIT_BYTES)}, H.TOO_LARGE, Level.PROBLEM),
    ({C.STRUCTURE: (O.FAILED, R.UNDEFINED_TERM)}, H.UNSEALED_PARTS, Level.PROBLEM),
    ({C.STRUCTURE: (O.FAILED, R.DATA_LOSS)}, H.UNSEALED_PARTS, Level.PROBLEM),
    ({C.VALIDITY: (O.UNDETERMINED, R.CLOCK_SUSPECT)}, H.CLOCK_SUSPECT, Level.CARE),
    ({C.BINDING: (O.FAILED, R.CHALLENGE_WRONG)}, H.HOLDER_FAILED, Level.PROBLEM),
])
def test_headline_and_look(changes: dict[CheckId, tuple[Outcome, ReasonCode]], code: HeadlineCode,
                           level: Level) -> None:
    judged = report(changes)
    assert (headline_code(judged), headline_level(judged)) == (code, level)


@pytest.mark.parametrize(("evidence_class", "proof", "code"), [
    (EvidenceClass.HOSTED, R.HOSTED_NO_RECORD, H.HOSTED_UNREACHABLE),
    (EvidenceClass.DOCUMENT, R.PROOF_NOT_CHECKED, H.DOCUMENT_ONLY),
    (EvidenceClass.OWN, R.PROOF_NOT_CHECKED, H.SELF_STATED)])
def test_what_has_no_seal_is_called_what_it_is(evidence_class: EvidenceClass, proof: ReasonCode,
                                               code: HeadlineCode) -> None:
    judged = report({C.PROOF: (O.UNDETERMINED, proof)}, evidence_class=evidence_class)
    assert headline_code(judged) is code


@pytest.mark.parametrize(("changes", "code", "level"), [
    ({}, H.HOSTED_OK, Level.INFO),
    ({C.VALIDITY: (O.PASSED, R.ENDS_SOON)}, H.HOSTED_OK, Level.INFO),
    ({C.VALIDITY: (O.FAILED, R.ENDED)}, H.EXPIRED, Level.CARE),
    ({C.STATUS: (O.FAILED, R.STATUS_REVOKED)}, H.REVOKED, Level.PROBLEM),
    ({C.PROOF: (O.FAILED, R.HOSTED_CHANGED)}, H.HOSTED_CHANGED, Level.PROBLEM),
    ({C.KEY_AUTHORITY: (O.FAILED, R.HOSTED_ELSEWHERE)}, H.HOSTED_CHANGED, Level.PROBLEM),
    ({C.PROOF: (O.UNDETERMINED, R.HOSTED_GONE)}, H.HOSTED_GONE, Level.CARE),
    ({C.STATUS: (O.UNDETERMINED, R.STATUS_STALE)}, H.HOSTED_UNREACHABLE, Level.UNKNOWN),
    ({C.STRUCTURE: (O.UNDETERMINED, R.CONTEXT_UNKNOWN)}, H.CONTEXT_UNKNOWN, Level.UNKNOWN)])
def test_a_web_record_is_never_called_a_seal(changes: dict[CheckId, tuple[Outcome, ReasonCode]],
                                             code: HeadlineCode, level: Level) -> None:
    judged = report(changes, evidence_class=EvidenceClass.HOSTED)
    assert (headline_code(judged), headline_level(judged)) == (code, level)


def test_recognition_and_recipient_never_recolour() -> None:
    for informs in (C.RECOGNITION, C.RECIPIENT):
        assert headline_code(report({informs: (O.FAILED, R.RECIPIENT_MISMATCH)})) is H.VALID


def test_a_good_pack_speaks_of_its_items_and_a_bad_one_of_itself() -> None:
    good, bad = report(), report({C.PROOF: (O.FAILED, R.SIGNATURE_WRONG)})
    assert headline_code(report(items=(good, good), is_pack=True)) is H.PACK_FINE
    assert headline_code(report(items=(good, bad), is_pack=True)) is H.PACK_PARTIAL
    assert headline_code(report(is_pack=True)) is H.PACK_PARTIAL  # nothing in it proves nothing
    hides = reason(R.SHOWN_IN_PART, members="validUntil")
    part = replace(good, checks=(replace(good.checks[0], notes=(hides,)), *good.checks[1:]))
    assert headline_code(report(items=(good, part), is_pack=True)) is H.PACK_PARTIAL
    assert [is_fine(one) for one in (good, part, bad, report(is_pack=True))] == [True, False, False, False]
    broken = report({C.PROOF: (O.FAILED, R.SIGNATURE_WRONG)}, items=(good,), is_pack=True)
    assert headline_code(broken) is H.TAMPERED


@pytest.mark.parametrize(("check_id", "outcome", "code", "level"), [
    (C.PROOF, O.PASSED, R.PROOF_OK, Level.GOOD),
    (C.VALIDITY, O.PASSED, R.ENDS_SOON, Level.INFO),
    (C.STATUS, O.NOT_APPLICABLE, R.STATUS_NONE, Level.INFO),
    (C.STATUS, O.UNDETERMINED, R.STATUS_NOT_SEEN, Level.UNKNOWN),
    (C.STATUS, O.NOT_APPLICABLE, R.STATUS_NOT_SHOWN, Level.UNKNOWN),
    (C.VALIDITY, O.PASSED, R.END_NOT_SHOWN, Level.UNKNOWN),
    (C.STATUS, O.FAILED, R.STATUS_REVOKED, Level.PROBLEM),
    (C.STATUS, O.FAILED, R.STATUS_SUSPENDED, Level.CARE),
    (C.RECIPIENT, O.FAILED, R.RECIPIENT_MISMATCH, Level.CARE),
    (C.VALIDITY, O.FAILED, R.ENDED, Level.CARE)])
def test_look_of_a_row(check_id: CheckId, outcome: Outcome, code: ReasonCode, level: Level) -> None:
    assert row_level(Check(check_id, outcome, reason(code))) is level


@pytest.mark.parametrize(("note", "code"), [
    (reason(R.SHOWN_IN_PART, members="validUntil, credentialStatus"), H.VALID_IN_PART),
    (reason(R.SHOWN_IN_PART, members="credentialStatus"), H.VALID_IN_PART),
    (reason(R.HIDDEN_MAY_DECIDE, member="exp, cnf"), H.VALID_IN_PART),
    (reason(R.HIDDEN_MAY_DECIDE, member="cnf"), H.VALID),
    (reason(R.HIDDEN_MAY_DECIDE, member="exp", rule="SD-JWT VC"), H.VALID),
    (reason(R.SHOWN_IN_PART, members=""), H.VALID)],
    ids=["both", "list", "token", "key only", "by its rules", "nothing that ends"])
def test_what_may_be_hidden_is_not_called_absent(note: Reason, code: HeadlineCode) -> None:
    whole = report()
    structure = Check(C.STRUCTURE, O.PASSED, reason(R.STRUCTURE_OK), notes=(note,))
    assert headline_code(replace(whole, checks=(structure, *whole.checks[1:]))) is code
    ended = report({C.VALIDITY: (O.FAILED, R.ENDED)})
    assert headline_code(replace(ended, checks=(structure, *ended.checks[1:]))) is H.EXPIRED


def test_every_headline_has_a_look() -> None:
    from wallet.model import headline

    assert set(headline._LEVEL_OF) == set(HeadlineCode)
