"""A report as a page: the window's sentences, whole on its own, and nothing in it that a file could use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import AT
from tests.share.pages import PageReader
from tests.share.test_linkedin import credential
from tests.wording.samples import good_checks, report_with
from wallet.model.evidence import EvidenceKind, Wanted
from wallet.model.network import FetchOutcome, LedgerEntry, Permission, Purpose
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Report
from wallet.share.report_page import (
    MAX_FULL_FILES,
    MAX_FULL_ITEMS,
    MAX_REQUESTS,
    Checked,
    Section,
    page,
    section,
)
from wallet.wording.outcomes import Audience, does_not_prove, headline, rows, sentence

DIGEST = "ab" * 32
HOSTILE = {
    "a script": "<script>alert(1)</script>", "an event": '" onload="alert(1)',
    "a style": "</style><style>*{}",
    "an end": "</bdi></dd></section></main>", "an entity": "&lt;b&gt;&#x3c;b&#x3e;&amp;lt;",
    "a comment": "<!-- --><![CDATA[x]]>", "an override": "\u202egenuine", "isolates": "\u2069\u2069\u2066x",
    "no character": "\x00\x08\x1b[31m\ufffe", "10 kB": "A" * 10_000, "a storm": "M" + "\u0301" * 500,
    "a base": '<base href="https://mallory.example/">',
    "a refresh": '<meta http-equiv="refresh" content="0">',
    "lines": "Genuine\n" * 5_000}


def _page(*checked: Checked) -> PageReader:
    return PageReader(page([section(one) for one in checked], at=AT, program="learner-wallet 0"))


def _checked(report: Report | None = None, *, name: str = "badge.json", title: str = "Laser Cutter",
             issuer: str = "Lakeside") -> Checked:
    return Checked(name, DIGEST, report or report_with(), credential(title, issuer=issuer))


def test_it_says_what_the_window_says() -> None:
    report = report_with()
    shown = _page(_checked(report))
    said = [headline(report), sentence(report, Audience.EMPLOYER), does_not_prove(report)]
    for row in rows(report, Audience.EMPLOYER):
        said += [row.answer, row.source]
    for one in said:
        assert one in shown.text, one
    assert DIGEST in shown.text
    assert "proves nothing by itself" in shown.text
    assert "3 days old" in shown.text  # the list it rests on
    assert shown.policy.startswith("default-src 'none'")


def test_headings_go_down_one_step_at_a_time() -> None:
    pack = report_with(items=(report_with(), report_with()), is_pack=True)
    for shown in (_page(_checked(pack)), _page(_checked(), _checked())):
        levels = [level for level, _ in shown.headings]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_stay_words(text: str) -> None:
    checks = {one.id: one for one in good_checks().values()}
    unlisted = replace(checks[CheckId.RECOGNITION], outcome=Outcome.UNDETERMINED,
                       reason=reason(ReasonCode.ISSUER_UNLISTED, name=text))
    wanted = (Wanted("https://x.example/" + text, EvidenceKind.OTHER, "x.example"),)
    report = replace(report_with(unlisted, issuer_name=text), wanted=wanted)
    one = Checked(text, DIGEST, report, credential(text, issuer=text), refusals=(text,))
    plain, shown = _page(_checked()), _page(one)
    assert shown.headings[0] == plain.headings[0]
    assert sum("Genuine" in words for _, words in shown.headings) == 1  # the verdict's own
    assert not set(shown.text) & set("\u202e\u2066\u2067\u200b\x00\x1b\ufffe")
    assert "\u0301" * 4 not in shown.text
    assert len(shown.text) < 20_000
    assert shown.text.count("\u2068") == shown.text.count("\u2069")
    if text.isascii() and len(text) < 100 and text.isprintable():
        assert text in shown.quoted


@given(st.text(max_size=200))
def test_any_name_is_read_back_as_text(text: str) -> None:
    assert _page(_checked(name=text, title=text, issuer=text)).headings[0] == (1, "Report of a check")


def test_what_is_refused_is_not_counted_as_fine() -> None:
    shown = _page(_checked(), replace(_checked(), refusals=("listed",)))
    assert "1 of 2 are fine" in shown.text
    assert "Genuine and current (refused)" in shown.text
    assert "Refused, because you require: listed" in shown.text


def test_what_is_in_a_pack_stands_below_it() -> None:
    bad = Check(CheckId.PROOF, Outcome.FAILED, reason(ReasonCode.SIGNATURE_WRONG))
    pack = report_with(items=(report_with(), report_with(bad)), is_pack=True)
    one = section(_checked(pack))
    assert not one.fine
    shown = PageReader(page([one], at=AT, program="x"))
    assert "Item 2" in shown.text
    assert [words for _, words in shown.headings].count("Does not match its seal") == 1


def test_a_page_is_bounded_and_says_what_is_beyond() -> None:
    pack = report_with(items=(report_with(),) * (MAX_FULL_ITEMS + 7), is_pack=True)
    assert "7 more are not shown in full" in _page(_checked(pack)).text
    whole = section(_checked())
    many: list[Section] = [whole] * MAX_FULL_FILES + [whole.short()] * 5
    text = page(many, at=AT, program="x").decode()
    assert text.count('<section class="file"') == MAX_FULL_FILES
    assert "5 more are not shown in full" in text
    assert f"{MAX_FULL_FILES + 5} of {MAX_FULL_FILES + 5} are fine" in text


def test_requests_are_listed_with_their_hosts_as_text() -> None:
    line = LedgerEntry(datetime(2026, 11, 21, tzinfo=UTC), "<b>\u202ehost", "https://host/",
                       Purpose.STATUS_LIST, Permission.COMMAND, FetchOutcome.FETCHED)
    shown = PageReader(page([], at=AT, program="x", asked=[line] * (MAX_REQUESTS + 1)))
    assert "<b>host" in shown.quoted
    assert "1 more are not shown" in shown.text
    assert "Nothing was asked of the web." in PageReader(page([], at=AT, program="x")).text
