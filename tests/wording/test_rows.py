"""The four answers and their sources."""

from __future__ import annotations

from dataclasses import replace

from tests.wording.samples import NONE, OPEN, PASSED, failed, good_checks, report_with, unsure
from wallet.model.reasons import ReasonCode as R
from wallet.model.reasons import reason
from wallet.model.report import Check, CheckId, Level, Question
from wallet.wording.headlines import Audience
from wallet.wording.rows import Row, check_lines, rows, worst

L, E = Audience.LEARNER, Audience.EMPLOYER


def row(found: tuple[Row, ...], question: Question) -> Row:
    return next(one for one in found if one.question is question)


def test_four_questions_in_order_then_notes() -> None:
    found = rows(report_with(), L)
    assert [one.question for one in found] == [*list(Question)[:4], Question.NOTES]
    assert [one.name for one in found[:4]] == ["Integrity", "Issuer", "Currency", "Holder"]
    assert all(one.level is Level.GOOD for one in found[:4])
    assert found[0].asks == "Is it unaltered?"


def test_answers_name_their_evidence_and_its_age() -> None:
    found = rows(report_with(), L)
    assert found[0].answer == "Yes. Nothing changed since it was sealed."
    assert found[0].source == "Checked 21 November 2026, 12:04 UTC, offline"
    assert found[1].answer == (
        "Sealed by northbridge.example, with a key that its own document lists. "
        "Confirmed by your list “Open Campus” as Northbridge University, dated 2 November 2026."
    )
    assert found[1].source == "Key document, from its own web address, saved 12 May 2026, 193 days old"
    assert "In date until 31 May 2029." in found[2].answer
    assert "Not withdrawn, per the list as of 18 November 2026." in found[2].answer
    assert found[2].source.startswith("Withdrawal list of 18 November 2026, supplied by you")
    assert found[2].source.endswith("3 days old")
    assert found[3].source == "Compared on this computer"


def test_failed_seal_is_the_whole_answer_to_integrity() -> None:
    found = rows(report_with(failed(CheckId.PROOF, reason(R.SIGNATURE_WRONG))), L)
    assert found[0].level is Level.PROBLEM
    assert found[0].answer == "Something in it differs from what was sealed."


def test_unlisted_issuer_is_neutral_beside_a_good_seal() -> None:
    unlisted = unsure(
        CheckId.RECOGNITION, reason(R.ISSUER_UNLISTED, host="northbridge.example", name="North")
    )
    issuer = row(rows(report_with(unlisted), L), Question.ISSUER)
    assert issuer.level is Level.UNKNOWN
    assert "None of your lists names it; it calls itself “North”." in issuer.answer
    missing = unsure(CheckId.RECOGNITION, reason(R.ISSUER_LISTS_MISSING))
    assert row(rows(report_with(missing), L), Question.ISSUER).level is Level.INFO


def test_issuer_without_authority_is_not_called_recognised() -> None:
    found = rows(
        report_with(unsure(CheckId.KEY_AUTHORITY, reason(R.KEY_UNKNOWN, issuer="did:web:x.example"))), L
    )
    issuer = row(found, Question.ISSUER)
    assert issuer.answer == (
        "We do not have the keys of x.example, so we cannot tell whether the seal is its own."
    )


def test_withdrawn_stands_before_the_date() -> None:
    found = rows(report_with(failed(CheckId.STATUS, reason(R.STATUS_REVOKED, date="2026-10-02"))), L)
    currency = row(found, Question.CURRENCY)
    assert currency.level is Level.PROBLEM
    assert currency.answer.startswith("Withdrawn by the issuer, per the list as of 2 October 2026.")


def test_the_same_answer_is_said_once() -> None:
    why = reason(R.NOT_MEANINGFUL, because="proof")
    found = rows(report_with(Check(CheckId.VALIDITY, NONE, why), Check(CheckId.STATUS, NONE, why)), L)
    assert row(found, Question.CURRENCY).answer.count("Not meaningful") == 1


def test_holder_advice_depends_on_the_reader() -> None:
    report = report_with(failed(CheckId.RECIPIENT, reason(R.RECIPIENT_MISMATCH)))
    learner, employer = row(rows(report, L), Question.HOLDER), row(rows(report, E), Question.HOLDER)
    assert learner.level is employer.level is Level.CARE
    assert "ask for the address" in employer.answer
    assert "ask for the address" not in learner.answer


def test_dates_nobody_confirmed_are_quoted_and_no_fact() -> None:
    ended = reason(R.ENDED, until="2025-05-31")
    unproven = Check(CheckId.VALIDITY, OPEN, reason(R.DATES_UNPROVEN, because="key_unknown"), notes=(ended,))
    found = rows(report_with(unproven), L)
    currency = row(found, Question.CURRENCY)
    assert "Nobody has confirmed its dates; it says: Ended on 31 May 2025." in currency.answer
    assert currency.level is Level.UNKNOWN
    assert not any(one.answer == "Ended on 31 May 2025." for one in found)


def test_no_withdrawal_list_does_not_dim_a_good_answer() -> None:
    found = rows(report_with(Check(CheckId.STATUS, NONE, reason(R.STATUS_NONE))), L)
    assert row(found, Question.CURRENCY).level is Level.GOOD


def test_notes_are_rows_of_their_own_and_said_once() -> None:
    note = reason(R.QUIRK_BOM)
    status = replace(
        good_checks()[CheckId.STATUS], notes=(note, reason(R.STATUS_LIST_KEPT_BY, party="did:web:l.example"))
    )
    proof = Check(CheckId.PROOF, PASSED, reason(R.PROOF_OK), notes=(note,))
    notes = [one.answer for one in rows(report_with(proof, status), L) if one.question is Question.NOTES]
    assert len(notes) == len(set(notes)) == 3
    assert "The withdrawal list is kept and sealed by l.example." in notes


def test_two_lists_of_one_kind_and_day_are_said_once_and_one_of_another_kind_beside_them() -> None:
    said = {code: reason(code, date="2026-11-18T00:00:00Z", address=f"https://uni.example/{number}")
            for number, code in enumerate((R.STATUS_CLEAR, R.STATUS_NOT_ON_HOLD))}
    again = reason(R.STATUS_CLEAR, date="2026-11-18T00:00:00Z", address="https://uni.example/another")
    status = Check(CheckId.STATUS, PASSED, said[R.STATUS_CLEAR], notes=(again, said[R.STATUS_NOT_ON_HOLD]))
    found = rows(report_with(status), Audience.EMPLOYER)
    texts = [one.answer for one in found]
    assert sum("Not withdrawn" in text for text in texts) == 1
    assert sum(text.startswith("Not on hold, per the list as of 18 November") for text in texts) == 1


def test_a_question_without_checks_is_answered_too() -> None:
    report = replace(report_with(), checks=())
    found = rows(report, L)
    assert [one.question for one in found] == list(Question)[:4]
    assert all(one.answer for one in found)
    assert found[0].level is Level.UNKNOWN


def test_check_lines_hold_every_check() -> None:
    report = report_with()
    lines = check_lines(report)
    assert [line.id for line in lines] == [check.id for check in report.checks]
    assert lines[5].code is R.STATUS_CLEAR
    assert lines[4].source == "Compared with 21 November 2026, 12:04 UTC"


def test_worst_level_comes_first() -> None:
    assert worst([Level.GOOD, Level.CARE, Level.UNKNOWN]) is Level.CARE
    assert worst([]) is Level.UNKNOWN
