"""What a report says, from headline to what it does not prove."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.wording.samples import PASSED, failed, report_with, unsure
from tests.wording.words import FORBIDDEN
from wallet.model.credential import EvidenceClass
from wallet.model.headline import headline_code
from wallet.model.reasons import Reason, reason
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import Check, CheckId, HeadlineCode, Report
from wallet.wording.headlines import REAL
from wallet.wording.outcomes import (
    Audience,
    does_not_prove,
    headline,
    last_withdrawal_check,
    next_step,
    sentence,
    who_sealed,
)

L, E = Audience.LEARNER, Audience.EMPLOYER
PACK_ITEMS = (
    report_with(),
    report_with(failed(CheckId.STATUS, reason(R.STATUS_REVOKED, date="2026-10-02"))),
    report_with(unsure(CheckId.KEY_AUTHORITY, reason(R.KEY_UNKNOWN))),
)
REPORTS: dict[HeadlineCode, Report] = {
    HeadlineCode.VALID: report_with(),
    HeadlineCode.VALID_NO_EXPIRY: report_with(Check(CheckId.VALIDITY, PASSED, reason(R.VALID_NO_END))),
    HeadlineCode.VALID_IN_PART: report_with(
        Check(CheckId.STRUCTURE, PASSED, reason(R.STRUCTURE_OK),
              notes=(reason(R.SHOWN_IN_PART, members="validUntil"),))
    ),
    HeadlineCode.EXPIRING: report_with(
        Check(CheckId.VALIDITY, PASSED, reason(R.ENDS_SOON, until="2026-12-15", days="24"))
    ),
    HeadlineCode.VALID_STATUS_UNCHECKED: report_with(unsure(CheckId.STATUS, reason(R.STATUS_NOT_SEEN))),
    HeadlineCode.VALID_STATUS_STALE: report_with(
        unsure(CheckId.STATUS, reason(R.STATUS_STALE, date="2026-01-05", limit="30"))
    ),
    HeadlineCode.STATUS_UNTRUSTED: report_with(
        unsure(CheckId.STATUS, reason(R.STATUS_LIST_UNTRUSTED, because="signature_wrong"))
    ),
    HeadlineCode.STATUS_LIST_ENDED: report_with(
        unsure(CheckId.STATUS, reason(R.STATUS_LIST_ENDED, date="2026-01-05"))
    ),
    HeadlineCode.KEY_NOT_AUTHORISED: report_with(
        failed(CheckId.KEY_AUTHORITY, reason(R.KEY_NOT_AUTHORISED, issuer="did:web:x.example"))
    ),
    HeadlineCode.EXPIRED: report_with(failed(CheckId.VALIDITY, reason(R.ENDED, until="2025-05-31"))),
    HeadlineCode.NOT_YET_VALID: report_with(
        failed(CheckId.VALIDITY, reason(R.NOT_YET, **{"from": "2027-01-01"}))
    ),
    HeadlineCode.REVOKED: PACK_ITEMS[1],
    HeadlineCode.SUSPENDED: report_with(failed(CheckId.STATUS, reason(R.STATUS_SUSPENDED))),
    HeadlineCode.TAMPERED: report_with(failed(CheckId.PROOF, reason(R.SIGNATURE_WRONG))),
    HeadlineCode.UNSEALED_PARTS: report_with(
        failed(CheckId.STRUCTURE, reason(R.UNDEFINED_TERM, term="extra"))
    ),
    HeadlineCode.UNSIGNED: report_with(failed(CheckId.PROOF, reason(R.PROOF_MISSING))),
    HeadlineCode.KEY_UNKNOWN: PACK_ITEMS[2],
    HeadlineCode.SEALER_UNCONFIRMED: report_with(
        unsure(CheckId.KEY_AUTHORITY, reason(R.CERTIFICATE_UNCONFIRMED, subject="Zed"))
    ),
    HeadlineCode.KEY_RETIRED: report_with(unsure(CheckId.KEY_AUTHORITY, reason(R.KEY_RETIRED))),
    HeadlineCode.CONTEXT_UNKNOWN: report_with(
        unsure(CheckId.STRUCTURE, reason(R.CONTEXT_UNKNOWN, address="https://w.example/v1"))
    ),
    HeadlineCode.UNSUPPORTED: report_with(
        unsure(CheckId.PROOF, reason(R.PROOF_UNSUPPORTED, suite="bbs-2023"))
    ),
    HeadlineCode.HOSTED_OK: report_with(
        Check(CheckId.PROOF, PASSED, reason(R.HOSTED_OK, host="badges.example", date="2026-11-20")),
        evidence_class=EvidenceClass.HOSTED,
    ),
    HeadlineCode.HOSTED_CHANGED: report_with(
        failed(CheckId.PROOF, reason(R.HOSTED_CHANGED, host="badges.example", found="expires")),
        evidence_class=EvidenceClass.HOSTED,
    ),
    HeadlineCode.HOSTED_GONE: report_with(
        unsure(CheckId.PROOF, reason(R.HOSTED_GONE, address="https://badges.example/a/1")),
        evidence_class=EvidenceClass.HOSTED,
    ),
    HeadlineCode.HOSTED_UNREACHABLE: report_with(
        unsure(CheckId.PROOF, reason(R.HOSTED_NO_RECORD)), evidence_class=EvidenceClass.HOSTED
    ),
    HeadlineCode.DOCUMENT_ONLY: report_with(
        unsure(CheckId.PROOF, reason(R.PROOF_NOT_CHECKED)), evidence_class=EvidenceClass.DOCUMENT
    ),
    HeadlineCode.UNCHECKED: report_with(
        unsure(CheckId.STRUCTURE, reason(R.CHECK_STOPPED)), evidence_class=EvidenceClass.DOCUMENT
    ),
    HeadlineCode.SELF_STATED: report_with(
        unsure(CheckId.PROOF, reason(R.PROOF_NOT_CHECKED)), evidence_class=EvidenceClass.OWN
    ),
    HeadlineCode.MALFORMED: report_with(failed(CheckId.STRUCTURE, reason(R.MEMBER_MISSING, member="issuer"))),
    HeadlineCode.TOO_LARGE: report_with(failed(CheckId.STRUCTURE, reason(R.LIMIT_BYTES, limit="1 MiB"))),
    HeadlineCode.CLOCK_SUSPECT: report_with(unsure(CheckId.VALIDITY, reason(R.CLOCK_SUSPECT))),
    HeadlineCode.HOLDER_FAILED: report_with(
        failed(CheckId.BINDING, reason(R.CHALLENGE_WRONG)), is_pack=True, items=PACK_ITEMS
    ),
    HeadlineCode.PACK_PARTIAL: report_with(is_pack=True, items=PACK_ITEMS),
    HeadlineCode.PACK_FINE: report_with(is_pack=True, items=PACK_ITEMS[:1]),
}


def test_every_headline_is_reached() -> None:
    assert set(REPORTS) == set(HeadlineCode)
    assert all(headline_code(report) is code for code, report in REPORTS.items())


@pytest.mark.parametrize("code", HeadlineCode)
@pytest.mark.parametrize("audience", Audience)
def test_everything_said_is_plain(code: HeadlineCode, audience: Audience) -> None:
    report = REPORTS[code]
    said = (headline(report), sentence(report, audience), next_step(report, audience), does_not_prove(report))
    for text in said:
        assert not FORBIDDEN.search(text), text
        assert "{" not in text
        assert "[[" not in text
    assert said[0]
    assert said[1].endswith(".")
    assert said[3].endswith(".")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (HeadlineCode.VALID, "Genuine and current"),
        (HeadlineCode.HOSTED_OK, "Confirmed on the issuer's website 20 November 2026"),
        (HeadlineCode.HOSTED_CHANGED, "Differs from the issuer's web record"),
        (HeadlineCode.EXPIRING, "Ends in 24 days"),
        (HeadlineCode.EXPIRED, "Ended on 31 May 2025"),
        (HeadlineCode.NOT_YET_VALID, "Starts on 1 January 2027"),
        (HeadlineCode.VALID_STATUS_STALE, "Genuine; last withdrawal check 5 January 2026"),
        (
            HeadlineCode.KEY_NOT_AUTHORISED,
            "Sealed with a key that Northbridge University does not use for this",
        ),
        (HeadlineCode.PACK_PARTIAL, "1 of 3 are fine"),
    ],
)
def test_headlines(code: HeadlineCode, expected: str) -> None:
    assert headline(REPORTS[code]) == expected


def test_listed_name_host_and_own_claim_are_told_apart() -> None:
    unlisted = unsure(CheckId.RECOGNITION, reason(R.ISSUER_UNLISTED))
    assert who_sealed(report_with()) == "Northbridge University"
    assert who_sealed(report_with(unlisted)) == "northbridge.example"
    own = report_with(unlisted, issuer_id="did:key:z6MkABCDEFGH")
    assert who_sealed(own) == "an issuer that calls itself “Northbridge University”"
    assert sentence(own, L) == (
        "The digital seal of an issuer that calls itself “Northbridge University” is intact, "
        "and it is in date."
    )


def test_a_key_that_anybody_can_make_shows_no_award_to_be_real() -> None:
    self_made = unsure(CheckId.RECOGNITION, reason(R.ISSUER_SELF_MADE, name="Northbridge University"))
    own = report_with(self_made, issuer_id="did:key:z6MkABCDEFGH")
    assert sentence(own, E).endswith("Anybody can make such a key: ask how to confirm who is behind it.")
    assert "It does not prove who that was" in does_not_prove(own)
    ended = failed(CheckId.VALIDITY, reason(R.ENDED, until="2025-05-31"))
    assert "one that anybody can make" in sentence(report_with(self_made, ended), E)
    assert "anybody" not in sentence(report_with(ended), E)
    assert "This shows who sealed" in does_not_prove(report_with())


def test_a_name_that_no_list_knows_stands_beside_its_address() -> None:
    """Anybody can write any name beside an address of his own."""
    unlisted = unsure(CheckId.RECOGNITION, reason(R.ISSUER_UNLISTED, name="Northbridge University"))
    unknown = unsure(CheckId.KEY_AUTHORITY, reason(R.KEY_UNKNOWN))
    theirs = report_with(unlisted, unknown, issuer_id="did:web:mallory.example")
    assert "the key of Northbridge University (mallory.example)" in sentence(theirs, E)
    assert "ask Northbridge University (mallory.example) for" in next_step(theirs, E)
    assert "Northbridge University (" not in sentence(report_with(unknown), E)
    nowhere = report_with(unlisted, unknown, issuer_id="did:ebsi:zMallory")
    assert "the key of an issuer that calls itself “Northbridge University”: we are" in sentence(nowhere, E)


def test_employer_is_told_to_look_at_the_person() -> None:
    assert "the person you are speaking to" in sentence(report_with(), E)
    assert "the person you are speaking to" not in sentence(report_with(), L)


def test_pack_counts_what_is_not_fine() -> None:
    assert sentence(REPORTS[HeadlineCode.PACK_PARTIAL], E) == (
        "The others: 1 withdrawn, 1 not decided. See the rows marked."
    )


def test_a_pack_says_of_what_is_in_it_no_more_than_each_result_does() -> None:
    """A pack around an award makes it no more real: who sealed the award is in its own rows."""
    fine = report_with()
    self_made = report_with(unsure(CheckId.RECOGNITION, reason(R.ISSUER_SELF_MADE)), issuer_id="did:key:z6Mk")
    shown, record = REPORTS[HeadlineCode.VALID_IN_PART], replace(fine, items=(PACK_ITEMS[1],))

    def said(*items: Report) -> tuple[str, str, str]:
        pack = report_with(is_pack=True, items=items)
        return headline(pack), sentence(pack, E), does_not_prove(pack)

    assert said(fine, fine)[1] == f"Each credential inside is genuine. {REAL}"
    assert "who sealed the award" in said(fine, fine)[2]
    for items, told in (((fine, self_made), "Anybody can make the keys of 1 of them"),
                        ((fine, REPORTS[HeadlineCode.HOSTED_OK]), "1 of them have no seal"),
                        ((fine, record), "Not all that they hold in turn is fine.")):
        assert said(*items)[0] == "2 of 2 are fine"
        assert told in said(*items)[1]
    assert REAL not in said(fine, self_made)[1]
    assert said(fine, shown)[:2] == ("1 of 2 are fine", "The others: 1 shown in part. See the rows marked.")
    tampered = said(REPORTS[HeadlineCode.TAMPERED])
    for one in (said(fine, self_made), tampered):
        assert "who sealed" not in one[2]
    assert said()[2].startswith("This does not show who sealed")


@pytest.mark.parametrize(("check_id", "why", "said"), [
    (CheckId.PROOF, reason(R.KEY_BINDING_NO_KEY), "The credential names no key"),
    (CheckId.KEY_AUTHORITY, reason(R.KEY_UNKNOWN, issuer="did:web:m.example"), "the keys of m.example")])
def test_who_put_a_pack_together_is_no_issuer(check_id: CheckId, why: Reason, said: str) -> None:
    pack = report_with(unsure(check_id, why), items=(report_with(),), is_pack=True)
    for reader in (L, E):
        told = " ".join((headline(pack), sentence(pack, reader), next_step(pack, reader)))
        assert "issuer" not in told
        assert said in told
    assert "issuer" in headline(report_with(unsure(check_id, why)))


@pytest.mark.parametrize("code", [
    HeadlineCode.UNSIGNED, HeadlineCode.TAMPERED, HeadlineCode.KEY_NOT_AUTHORISED, HeadlineCode.UNSUPPORTED,
    HeadlineCode.EXPIRED, HeadlineCode.NOT_YET_VALID, HeadlineCode.KEY_UNKNOWN])
def test_what_is_wrong_with_a_pack_is_not_said_of_what_is_in_it(code: HeadlineCode) -> None:
    """Somebody puts genuine credentials into one file and seals nothing: they are sealed all the same."""
    alone = REPORTS[code]
    pack = replace(alone, items=(report_with(),), is_pack=True)
    assert headline_code(pack) is code
    assert "pack" in headline(pack)
    assert headline(pack) != headline(alone)
    for reader in (L, E):
        told = sentence(pack, reader)
        assert told.endswith("Each credential inside has a result of its own.")
        assert "{" not in told + headline(pack)
        assert not FORBIDDEN.search(told + headline(pack) + next_step(pack, reader))


@pytest.mark.parametrize(("code", "said"), [
    (R.STATUS_NOT_SEEN, "because we are offline."), (R.STATUS_HIDDEN, "would be listed."),
    (R.STATUS_TYPE_UNKNOWN, "this kind of withdrawal list yet."),
    (R.STATUS_INDEX, "the same as “not withdrawn”.")])
def test_an_open_withdrawal_says_why_and_nothing_else(code: R, said: str) -> None:
    told = sentence(report_with(unsure(CheckId.STATUS, reason(code))), E)
    assert told.endswith(said)
    assert ("offline" in told) is (code is R.STATUS_NOT_SEEN)


def test_what_it_does_not_prove_names_the_last_list() -> None:
    assert does_not_prove(report_with()).endswith("nothing happened after 18 November 2026.")
    assert last_withdrawal_check(report_with()) == "18 November 2026"
    without = does_not_prove(REPORTS[HeadlineCode.VALID_STATUS_UNCHECKED])
    assert "not withdrawn since" in without


def test_a_broken_seal_shows_nothing() -> None:
    for code in (HeadlineCode.TAMPERED, HeadlineCode.KEY_UNKNOWN, HeadlineCode.UNSIGNED):
        assert does_not_prove(REPORTS[code]).startswith("This does not show who sealed")


def test_pack_and_bearer_additions() -> None:
    pack = does_not_prove(REPORTS[HeadlineCode.PACK_PARTIAL])
    assert "Anyone who has this file can show it." in pack
    assert "Shown here: 3." in pack
    live = report_with(
        Check(CheckId.BINDING, PASSED, reason(R.CHALLENGE_MATCHES)), is_pack=True, items=PACK_ITEMS
    )
    assert "Anyone who has this file" not in does_not_prove(live)
    bearer = report_with(unsure(CheckId.RECIPIENT, reason(R.RECIPIENT_NOT_NAMED)))
    assert "Anyone who has this file" in does_not_prove(bearer)


def test_hostile_issuer_name_stays_data() -> None:
    report = report_with(
        failed(CheckId.STATUS, reason(R.STATUS_REVOKED)), issuer_name="{date}\u202e[[x]]\nVerified by all"
    )
    assert sentence(report, L).startswith("{date}[[x]] Verified by all withdrew this on or before")


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(("why", "step"), [
    (reason(R.FORMAT_UNKNOWN),
     "If it should be a credential, ask for it in the form in which it was issued."),
    (reason(R.FORMAT_UNKNOWN, what="packed"), ""), (reason(R.FORMAT_UNKNOWN, what="key_set"), ""),
    (reason(R.LEFT_ARCHIVE, name="a.zip"), "Unpack it, and check what is in it."),
    (reason(R.FILE_MISSING, name="a"), "Look whether it is still there."),
    (reason(R.CONTEXT_INLINE),
     "Another copy would be the same. Ask its issuer for one that uses published vocabularies only."),
    (reason(R.FILE_UNREADABLE, name="a"), "Look whether you may open it."),
    (reason(R.FILE_NOT_REGULAR, name="a"), "Leave it out, or give the name of what it leads to."),
], ids=["letter", "packed", "keys", "archive", "missing", "inline", "locked", "pipe"])
def test_nobody_is_sent_for_an_original_that_would_not_help(
        why: Reason, step: str, audience: Audience) -> None:
    told = report_with(failed(CheckId.STRUCTURE, why), evidence_class=EvidenceClass.DOCUMENT)
    assert next_step(told, audience) == step
    assert "original" in next_step(report_with(failed(CheckId.STRUCTURE, reason(R.NOT_JSON))), audience)
    base = report_with(failed(CheckId.PROOF, reason(R.PROOF_BASE)))
    assert next_step(base, audience) == ""  # its sentence says what to ask for


@pytest.mark.parametrize("check_id", [CheckId.STRUCTURE, CheckId.PROOF])
def test_a_fault_of_ours_says_nothing_of_the_file(check_id: CheckId) -> None:
    ours = report_with(unsure(check_id, reason(R.INTERNAL_ERROR, kind="KeyError")))
    for audience in Audience:
        assert sentence(ours, audience) == (
            "A fault in this program stopped the check. That says nothing about the award, good or bad.")
        assert next_step(ours, audience).startswith("Check it again. ")
    stopped = REPORTS[HeadlineCode.UNCHECKED]
    assert "fewer other programs" in next_step(stopped, L)
