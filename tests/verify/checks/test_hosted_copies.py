"""A copy that a platform made, and its record of today: what is written otherwise, and what was changed.

Each shape is one that issuing platforms are known to serve; beside each stands what somebody made of it.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulators.pictures import baked_png
from tests.simulators.signing import JsonObject, compact_json
from tests.simulators.web_issuer import EMAIL, V1, V2, WebIssuer
from tests.verify.desk import FETCHED_AT, answer, documents, judged, row
from wallet.model.evidence import Grade
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict

HARBOR = WebIssuer()
RECORD = HARBOR.at("a/1")
PLAIN = "http://harbor.example/a/1"


def check(file: JsonObject, served: dict[str, JsonObject], issuer: WebIssuer = HARBOR) -> Report:
    found = issuer.definitions() | {address: compact_json(one) for address, one in served.items()}
    return judged(compact_json(file), documents(found, grade=Grade.FETCHED, fetched_at=FETCHED_AT),
                  identities=(EMAIL,))


def without(document: JsonObject, *names: str) -> JsonObject:
    return {name: value for name, value in document.items() if name not in names}


# --- a badge class written out inside an award ---


def written_out(**changes: Any) -> JsonObject:
    """A badge class as learning platforms write it inside an award: otherwise than at its own address."""
    inside = {**HARBOR.badge_class(), "image": "data:image/png;base64,iVBORw0KGgo=", "@language": "en",
              "criteria": {"id": HARBOR.at("badge.php?hash=1"), "narrative": "Tie eight knots."},
              "version": "", "issuer": {**HARBOR.profile(), "id": HARBOR.at("issuer.php?id=9"), "email": ""},
              **changes}
    return HARBOR.assertion(badge=inside)


def test_what_the_record_has_inside_too_is_no_change() -> None:
    report = check(written_out(), {RECORD: written_out()})
    assert (report.verdict, headline_code(report)) == (Verdict.VALID, HeadlineCode.HOSTED_OK)
    assert (report.issuer_id, report.issuer_name) == (HARBOR.id, "Harbor College")


@pytest.mark.parametrize("change", [
    {"name": "Master of Knots"}, {"criteria": {"narrative": "Tie eighty knots."}}, {"tags": ["sailing"]}])
def test_what_only_the_file_has_inside_is_a_change(change: JsonObject) -> None:
    report = check(written_out(**change), {RECORD: written_out()})
    assert (report.verdict, headline_code(report)) == (Verdict.INVALID, HeadlineCode.HOSTED_CHANGED)
    assert f"badge.{next(iter(change))}" in row(report, CheckId.PROOF).reason["found"]


def test_a_record_cannot_put_another_house_into_its_badge_class() -> None:
    """Whoever keeps a record writes into it what he likes, but not whose badge it is."""
    stranger = {**HARBOR.profile(), "id": "https://northbridge.example/issuer", "name": "Northbridge"}
    report = check(written_out(issuer=stranger), {RECORD: written_out(issuer=stranger)})
    assert answer(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.HOSTED_CHANGED)
    elsewhere = written_out(id="https://northbridge.example/b/9")
    assert check(elsewhere, {RECORD: elsewhere}).verdict is Verdict.UNDETERMINED


def test_an_issuer_that_moved_since_is_the_same_and_one_of_another_name_is_not() -> None:
    """Copies that were made with everything written out are as old as the award."""
    issuer = {**HARBOR.profile(), "url": "https://old.harbor.example", "email": "old@harbor.example",
              "telephone": "1", "image": HARBOR.at("old.png")}
    inside = {**HARBOR.badge_class(), "image": HARBOR.at("old.png"), "version": "1", "issuer": issuer}
    assert check(HARBOR.assertion(badge=inside), {RECORD: HARBOR.assertion()}).verdict is Verdict.VALID
    for change in ({"issuer": {**issuer, "name": "Oxford"}}, {"description": "A doctorate."},
                   {"criteria": {"narrative": "Sail around the world."}}, {"tags": ["law"]}):
        report = check(HARBOR.assertion(badge={**inside, **change}), {RECORD: HARBOR.assertion()})
        assert headline_code(report) is HeadlineCode.HOSTED_CHANGED, change


# --- a copy of an older version than the record ---


def test_a_copy_of_1_1_is_confirmed_by_a_record_of_2_0() -> None:
    today = HARBOR.assertion(image={"id": HARBOR.at("a/1/image")}, narrative=None, revoked=False,
                             evidence=[{"type": "Evidence", "id": HARBOR.at("e/1")}])
    copy = {**without(today, "verification", "narrative", "revoked"), "@context": V1, "uid": "a1",
            "verify": {"type": "hosted", "url": RECORD}, "image": HARBOR.at("a/1/image"),
            "evidence": HARBOR.at("e/1")}
    assert check(copy, {RECORD: today}).verdict is Verdict.VALID
    assert check(without(copy, "image", "uid"), {RECORD: today}).verdict is Verdict.VALID
    for change in ({"evidence": HARBOR.at("e/2")}, {"image": HARBOR.at("a/2/image")}, {"narrative": "First."},
                   {"verify": {"type": "signed", "url": HARBOR.at("key")}}):
        assert check({**copy, **change}, {RECORD: today}).verdict is not Verdict.VALID, change


@pytest.mark.parametrize(("name", "ours", "theirs"), [
    ("evidence", [], None), ("evidence", "", None), ("expires", None, ""), ("expires", "", None),
    ("recipient", {**HARBOR.assertion()["recipient"], "name": ""}, HARBOR.assertion()["recipient"]),
    ("image", {"id": HARBOR.at("x.png"), "caption": "A knot"}, HARBOR.at("x.png"))])
def test_what_says_nothing_is_no_difference(name: str, ours: Any, theirs: Any) -> None:
    one, other = HARBOR.assertion(**{name: ours}), HARBOR.assertion(**{name: theirs})
    assert check(one, {RECORD: other}).verdict is Verdict.VALID
    assert check(other, {RECORD: one}).verdict is Verdict.VALID


def test_a_number_of_its_own_must_agree_where_both_have_one() -> None:
    one, other = HARBOR.assertion(uid="a1"), HARBOR.assertion(uid="a2")
    assert check(one, {RECORD: HARBOR.assertion()}).verdict is Verdict.VALID
    assert row(check(one, {RECORD: other}), CheckId.PROOF).reason["found"] == "uid"


@pytest.mark.parametrize("date", ["2024-04-01T14:41:00+0000", "2024-04-01 14:41:00", "2024-04-01T16:41:00+02",
                                  "1711982460", 1711982460])
def test_a_date_in_another_form_is_the_same_date(date: Any) -> None:
    file = HARBOR.assertion(issuedOn=date)
    assert check(file, {RECORD: HARBOR.assertion()}).verdict is Verdict.VALID
    other = HARBOR.assertion(issuedOn="2024-04-01T14:42:00Z")
    assert row(check(file, {RECORD: other}), CheckId.PROOF).reason["found"] == "issuedOn"


# --- addresses that moved ---


def test_a_record_that_moved_to_a_protected_address() -> None:
    old = HARBOR.assertion(id=PLAIN, badge="http://harbor.example/b/9")
    served = {PLAIN: HARBOR.assertion(), "http://harbor.example/b/9": HARBOR.badge_class()}
    assert check(old, served).verdict is Verdict.VALID
    back = HARBOR.assertion()  # a record that asks to be believed over an open line instead
    assert check(back, {RECORD: HARBOR.assertion(id=PLAIN)}).verdict is Verdict.UNDETERMINED
    away = HARBOR.assertion(id="https://northbridge.example/a/1")
    assert check(old, {**served, PLAIN: away}).verdict is not Verdict.VALID


def test_an_old_address_in_a_picture_leads_to_the_record() -> None:
    picture = baked_png(HARBOR.at("assertion.php?b=1").encode())
    kept = HARBOR.assertion()
    links = documents(HARBOR.served(kept) | {HARBOR.at("assertion.php?b=1"): compact_json(kept)},
                      grade=Grade.FETCHED, fetched_at=FETCHED_AT)
    assert judged(picture, links).verdict is Verdict.VALID
    lacking = [one for one in links if one.address != RECORD]
    report = judged(picture, lacking)
    assert (report.verdict, [one.address for one in report.wanted]) == (Verdict.UNDETERMINED, [RECORD])


# --- hosts that keep files for anybody ---


@pytest.mark.parametrize("host", ["gist.githubusercontent.com", "storage.googleapis.com", "s3.amazonaws.com"])
def test_a_record_in_somebody_elses_files_is_not_where_the_issuer_keeps_its_own(host: str) -> None:
    issuer = WebIssuer(f"{host}/harbor")
    own = issuer.assertion()
    assert check(own, {issuer.at("a/1"): own}, issuer).verdict is Verdict.VALID
    hers = issuer.assertion(id=f"https://{host}/eve/1/raw")
    report = check(hers, {hers["id"]: hers}, issuer)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.HOSTED_ELSEWHERE)
    assert row(report, CheckId.KEY_AUTHORITY).reason["host"] == f"{host}/eve"
    named = WebIssuer(f"{host}/harbor", profile_changes={
        "verification": {"startsWith": [f"https://{host}/eve/"], "allowedOrigins": [f"https://{host}"]}})
    assert check(hers, {hers["id"]: hers}, named).verdict is Verdict.VALID  # the issuer says so


# --- withdrawn ---


@pytest.mark.parametrize("record", [
    {"revoked": True}, {"revoked": True, "revocationReason": "By mistake"},
    {"@context": V2, "type": "Assertion", "revoked": True}])
def test_a_withdrawn_one_whose_record_says_no_more(record: JsonObject) -> None:
    report = check(HARBOR.assertion(), {RECORD: record})
    assert (report.verdict, headline_code(report)) == (Verdict.REVOKED, HeadlineCode.REVOKED)


@pytest.mark.parametrize("record", [{"revoked": False}, {}, {"error": "gone"},
                                    {"id": HARBOR.at("a/2"), "revoked": True}])
def test_an_answer_about_something_else_withdraws_nothing(record: JsonObject) -> None:
    report = check(HARBOR.assertion(), {RECORD: record})
    assert (report.verdict, headline_code(report)) == (Verdict.UNDETERMINED, HeadlineCode.HOSTED_GONE)
