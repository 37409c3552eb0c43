"""Check 7: exact recomputation for recipients, exact equality for challenge and audience."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.simulators.issuer import hashed_email
from wallet.model.credential import Identifier, Subject
from wallet.model.reasons import ReasonCode
from wallet.model.report import Check, Outcome
from wallet.verify.checks.recipient import check_binding, check_item_holder, check_recipient

MAIL = "maya@lind.example"
DID = "did:key:z6MkhVTX9BF3NGYX6cc7jWpbNnR7cAjH8LUffabZP8Qu4ysC"


def hashed(value: str = MAIL, salt: str = "b4c1") -> Subject:
    return Subject(identifiers=(Identifier(hashed_email(value, salt), hashed=True, salt=salt),))


def codes(check: Check) -> tuple[Outcome, ReasonCode]:
    return check.outcome, check.reason.code


@pytest.mark.parametrize("subject", [hashed(), Subject(identifiers=(Identifier(MAIL),)),
                                     Subject(identifiers=(Identifier("other"), *hashed().identifiers))])
def test_exact_identity_matches(subject: Subject) -> None:
    check = check_recipient(subject, ("somebody@else.example", MAIL))
    assert codes(check) == (Outcome.PASSED, ReasonCode.RECIPIENT_MATCH)
    assert check.reason["identity"] == MAIL


@pytest.mark.parametrize(("given", "sealed"), [
    (" maya@lind.example ", MAIL), ("Maya@Lind.Example", MAIL),
    ("mae\u0301@lind.example", "ma\u00e9@lind.example")])
def test_variants_match_and_are_named_as_variants(given: str, sealed: str) -> None:
    check = check_recipient(hashed(sealed), (given,))
    assert codes(check) == (Outcome.PASSED, ReasonCode.RECIPIENT_VARIANT)
    assert check.reason["identity"] == given


@pytest.mark.parametrize(("given", "stated"), [
    (MAIL, "Maya@Lind.Example"), ("MAYA@lind.example ", "Maya@Lind.example"),
    ("ma\u00e9@lind.example", "MAE\u0301@lind.example")])
def test_an_open_address_in_other_letters_is_a_variant_and_no_mismatch(given: str, stated: str) -> None:
    check = check_recipient(Subject(identifiers=(Identifier(stated),)), (given,))
    assert codes(check) == (Outcome.PASSED, ReasonCode.RECIPIENT_VARIANT)
    assert check.reason["identity"] == given


@pytest.mark.parametrize(("given", "outcome", "code"), [
    (DID, Outcome.PASSED, ReasonCode.RECIPIENT_MATCH),
    (f"{DID}x", Outcome.UNDETERMINED, ReasonCode.RECIPIENT_ANOTHER),
    (MAIL, Outcome.UNDETERMINED, ReasonCode.RECIPIENT_ANOTHER),
    (f"{DID}y", Outcome.FAILED, ReasonCode.RECIPIENT_MISMATCH)])
def test_of_several_people_what_is_shown_is_about_the_first(given: str, outcome: Outcome,
                                                            code: ReasonCode) -> None:
    both = Subject(DID, others=(Subject(f"{DID}x"), hashed()))
    assert codes(check_recipient(both, (given,))) == (outcome, code)


def test_several_of_whom_none_is_named_are_nobody() -> None:
    assert codes(check_recipient(Subject(others=(Subject(),)), (DID,)))[1] is ReasonCode.RECIPIENT_NOT_NAMED
    named = check_recipient(Subject(others=(Subject(DID),)), (f"{DID}y",))
    assert codes(named) == (Outcome.UNDETERMINED, ReasonCode.RECIPIENT_NOT_COMPARED)


@pytest.mark.parametrize("given", ["maya+badges@lind.example", "maya@lind", "", "  ", "b4c1", MAIL + "b4c1"])
def test_nothing_near_matches(given: str) -> None:
    check = check_recipient(hashed(), (given,))
    assert check.outcome is not Outcome.PASSED


def test_another_address_is_a_mismatch() -> None:
    assert codes(check_recipient(hashed(), ("other@lind.example",))) == (
        Outcome.FAILED, ReasonCode.RECIPIENT_MISMATCH)


def test_hash_of_nothing_matches_nobody() -> None:
    assert check_recipient(hashed(""), ("", " ")).outcome is Outcome.UNDETERMINED


def test_nothing_given_is_unknown_and_nobody_named_is_no_question() -> None:
    assert codes(check_recipient(hashed(), ())) == (Outcome.UNDETERMINED, ReasonCode.RECIPIENT_UNKNOWN)
    assert codes(check_recipient(Subject(), (MAIL,))) == (
        Outcome.NOT_APPLICABLE, ReasonCode.RECIPIENT_NOT_NAMED)


def test_dids_are_equal_or_not() -> None:
    assert codes(check_recipient(Subject(id=DID), (DID,))) == (Outcome.PASSED, ReasonCode.RECIPIENT_MATCH)
    by_its_key = codes(check_recipient(Subject(id=f"{DID}#key-1"), (DID,)))
    assert by_its_key == (Outcome.PASSED, ReasonCode.RECIPIENT_MATCH)
    assert codes(check_recipient(Subject(id=DID), ("did:key:z6Mkother",))) == (
        Outcome.FAILED, ReasonCode.RECIPIENT_MISMATCH)
    assert codes(check_recipient(Subject(id=DID), (MAIL,))) == (  # nothing of a kind to compare with
        Outcome.UNDETERMINED, ReasonCode.RECIPIENT_NOT_COMPARED)


def test_only_what_is_hashed_is_called_hidden() -> None:
    plain = Identifier(MAIL)
    for subject in (Subject(id=DID), Subject(identifiers=(plain,)), Subject(id=DID, identifiers=(plain,))):
        assert codes(check_recipient(subject, ())) == (
            Outcome.UNDETERMINED, ReasonCode.RECIPIENT_NOT_COMPARED)
    both = Subject(id=DID, identifiers=(plain, *hashed().identifiers))
    assert codes(check_recipient(both, ())) == (Outcome.UNDETERMINED, ReasonCode.RECIPIENT_UNKNOWN)


def test_unsalted_and_weak_hashes_are_pointed_out() -> None:
    md5 = hashlib.md5(MAIL.encode(), usedforsecurity=False).hexdigest()
    check = check_recipient(Subject(identifiers=(Identifier(f"md5${md5}", hashed=True),)), (MAIL,))
    assert check.outcome is Outcome.PASSED
    assert {note.code for note in check.notes} == {ReasonCode.RECIPIENT_GUESSABLE,
                                                   ReasonCode.RECIPIENT_WEAK_HASH}
    assert check_recipient(hashed(), (MAIL,)).notes == ()


@pytest.mark.parametrize("value", ["sha512$00", "rot13$znln", "$", "plain"])
def test_a_hash_we_cannot_compute_is_unknown(value: str) -> None:
    subject = Subject(identifiers=(Identifier(value, hashed=True, salt="s"),))
    assert codes(check_recipient(subject, (MAIL,))) == (Outcome.UNDETERMINED, ReasonCode.RECIPIENT_UNKNOWN)


def test_an_empty_hash_matches_nobody() -> None:
    subject = Subject(identifiers=(Identifier("sha256$", hashed=True, salt="s"),))
    assert codes(check_recipient(subject, (MAIL,))) == (Outcome.FAILED, ReasonCode.RECIPIENT_MISMATCH)


def binding(found: str = "", domain: tuple[str, ...] = (), *, challenge: str | None = None,
            asked: str | None = None) -> Check:
    return check_binding(found_challenge=found, found_domain=domain, challenge=challenge, domain=asked)


def test_live_answer_matches_exactly() -> None:
    check = binding("n-7Q", ("harbor.example",), challenge="n-7Q", asked="harbor.example")
    assert codes(check) == (Outcome.PASSED, ReasonCode.CHALLENGE_MATCHES)
    assert [note.code for note in check.notes] == [ReasonCode.DOMAIN_MATCHES]


@pytest.mark.parametrize("found", ["", "n-7q", "n-7Q ", "n-7", "n-7Qx"])
def test_any_other_challenge_is_wrong(found: str) -> None:
    assert codes(binding(found, challenge="n-7Q")) == (Outcome.FAILED, ReasonCode.CHALLENGE_WRONG)


def test_an_empty_challenge_is_answered_by_nothing() -> None:
    assert codes(binding("", challenge="")) == (Outcome.FAILED, ReasonCode.CHALLENGE_WRONG)
    assert codes(binding("", (), asked="")) == (Outcome.FAILED, ReasonCode.DOMAIN_WRONG)


@pytest.mark.parametrize("found", [(), ("Harbor.example",), ("harbor.example", "mallory.example"),
                                   ("harbor.example.mallory.example",), ("harbor",)])
def test_any_other_audience_is_wrong(found: tuple[str, ...]) -> None:
    check = binding("n-7Q", found, challenge="n-7Q", asked="harbor.example")
    assert codes(check) == (Outcome.FAILED, ReasonCode.DOMAIN_WRONG)


def test_nothing_asked_proves_no_sender() -> None:
    check = binding("n-7Q", ("harbor.example",))
    assert codes(check) == (Outcome.NOT_APPLICABLE, ReasonCode.BINDING_NOT_ASKED)
    assert [note.code for note in check.notes] == [ReasonCode.HOLDER_NOT_PROVEN]


def test_an_audience_alone_is_no_live_check() -> None:
    check = binding("", ("harbor.example",), asked="harbor.example")
    assert codes(check) == (Outcome.PASSED, ReasonCode.DOMAIN_MATCHES)
    assert [note.code for note in check.notes] == [ReasonCode.HOLDER_NOT_PROVEN]


@pytest.mark.parametrize(("subject", "holder", "live", "code"), [
    (DID, DID, True, ReasonCode.HOLDER_PROVEN),
    (DID, DID, False, ReasonCode.HOLDER_NOT_PROVEN),
    (DID, "did:key:z6Mkother", True, ReasonCode.HOLDER_KEY_MISMATCH),
    (DID, "did:key:z6Mkother", False, ReasonCode.HOLDER_KEY_MISMATCH),
    (DID, "", False, ReasonCode.HOLDER_NOT_PROVEN),
    (f"{DID}#key-1", DID, True, ReasonCode.HOLDER_PROVEN),
    (f"{DID}#key-1", "did:key:z6Mkother", True, ReasonCode.HOLDER_KEY_MISMATCH),
    (f"{DID}z#key-1", DID, True, ReasonCode.HOLDER_KEY_MISMATCH),
    ("", DID, True, ReasonCode.HOLDER_LIVE_UNBOUND),
    ("urn:uuid:7", DID, True, ReasonCode.HOLDER_LIVE_UNBOUND),
    ("", DID, False, ReasonCode.HOLDER_NOT_PROVEN),
])
def test_item_and_holder_are_compared_and_never_decide(subject: str, holder: str, live: Any,
                                                       code: ReasonCode) -> None:
    check = check_item_holder(subject, holder, live=live)
    assert check.reason.code is code
    assert check.outcome is not Outcome.FAILED
    assert (check.outcome is Outcome.PASSED) is (code is ReasonCode.HOLDER_PROVEN)


def named(value: str, kind: str, *, is_hashed: bool = False) -> Subject:
    stated = hashed_email(value, "") if is_hashed else value
    return Subject(identifiers=(Identifier(stated, is_hashed, "", kind),))


@pytest.mark.parametrize(("subject", "given"), [
    (named("Maya Lind", "name"), MAIL), (named("S-4711", "sourcedId"), MAIL),
    (named("maya@realm", "systemId"), MAIL), (named("https://lind.example", "url"), MAIL),
    (named("maya", "userName", is_hashed=True), MAIL), (hashed(), "Maya Lind"),
    (named(MAIL, "emailAddress"), "Maya Lind"), (named(MAIL, "email"), "https://lind.example")])
def test_an_address_says_nothing_against_a_name_nor_a_name_against_an_address(subject: Subject,
                                                                              given: str) -> None:
    """Of a course that names whom it is for by name nobody can say that it is another address's."""
    check = check_recipient(subject, (given,))
    hidden = any(one.hashed for one in subject.identifiers)
    assert codes(check) == (Outcome.UNDETERMINED, ReasonCode.RECIPIENT_UNKNOWN if hidden
                            else ReasonCode.RECIPIENT_NOT_COMPARED)


@pytest.mark.parametrize(("subject", "given"), [
    (named("Maya Lind", "name"), "Ola Lind"), (named("S-4711", "sourcedId"), "S-4712"),
    (named(MAIL, "emailAddress"), "ola@lind.example"), (named(MAIL, "schema:email"), "ola@lind.example"),
    (named(MAIL, "", is_hashed=True), "ola@lind.example"),
    (named("https://lind.example", "url"), "https://other.example"),
    (Subject(identifiers=(*named("Maya", "name").identifiers, *hashed().identifiers)), "ola@lind.example")])
def test_another_of_the_same_sort_is_a_mismatch(subject: Subject, given: str) -> None:
    assert codes(check_recipient(subject, (given,))) == (Outcome.FAILED, ReasonCode.RECIPIENT_MISMATCH)
