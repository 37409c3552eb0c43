"""What of an answer is believed."""

from __future__ import annotations

import pytest

from wallet.model.network import FetchOutcome
from wallet.model.reasons import ReasonCode
from wallet.net.answer import is_believed, is_withdrawal, media_type_of, refusal, too_large, wrong_type

JSON = ("application/did+json", "application/json")


@pytest.mark.parametrize("found", ["application/json", "application/ld+json", "text/json", "", "text/plain",
                                   "application/octet-stream"])
def test_json_under_its_many_names_is_believed(found: str) -> None:
    assert is_believed(found, JSON)


@pytest.mark.parametrize("found", ["text/html", "image/png", "application/xhtml+xml", "application/jsonp"])
def test_another_kind_is_not(found: str) -> None:
    assert not is_believed(found, JSON)
    assert is_believed(found, ())


def test_a_family_is_named_by_a_star() -> None:
    assert is_believed("image/png", ("image/*",))
    assert not is_believed("text/html", ("image/*",))


def test_media_type_loses_case_and_parameters() -> None:
    assert media_type_of(" Text/HTML; charset=utf-8") == "text/html"
    assert media_type_of("") == ""


@pytest.mark.parametrize(("status", "code", "outcome"), [
    (404, ReasonCode.ANSWER_MISSING, FetchOutcome.MISSING),
    (410, ReasonCode.ANSWER_GONE, FetchOutcome.GONE),
    (401, ReasonCode.ANSWER_DENIED, FetchOutcome.DENIED),
    (403, ReasonCode.ANSWER_DENIED, FetchOutcome.DENIED),
    (429, ReasonCode.ANSWER_TOO_OFTEN, FetchOutcome.DENIED),
    (204, ReasonCode.ANSWER_FAILED, FetchOutcome.FAILED),
    (206, ReasonCode.ANSWER_FAILED, FetchOutcome.FAILED),
    (500, ReasonCode.ANSWER_FAILED, FetchOutcome.FAILED),
])
def test_status_has_its_word(status: int, code: ReasonCode, outcome: FetchOutcome) -> None:
    error = refusal(status, "uni.example")
    assert error is not None
    assert (error.reason.code, error.outcome, error.reason["host"]) == (code, outcome, "uni.example")
    assert error.sent


def test_good_status_is_no_refusal() -> None:
    assert refusal(200, "uni.example") is None
    assert refusal(304, "uni.example") is None


def test_errors_name_their_bound_and_type() -> None:
    assert too_large("a.example", 5).reason["limit"] == "5"
    assert wrong_type("a.example", "text/html").reason["found"] == "text/html"


@pytest.mark.parametrize(("status", "data", "told"), [
    (410, b'{"id": "https://a.example/1", "revoked": true}', True), (410, b'{"revoked":"true"}', True),
    (410, b'{"revoked": false}', False), (410, b"", False), (410, b"<html>gone</html>", False),
    (404, b'{"revoked": true}', False), (500, b'{"revoked": true}', False)])
def test_gone_with_a_record_is_a_withdrawal(status: int, data: bytes, told: bool) -> None:
    assert is_withdrawal(status, data) is told
