"""D9: results that leave as files, F19: rows for a spreadsheet, a page for a reader, rows for a machine."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case
from tests.attacks.learner import new_folder
from tests.attacks.scene import filled, university
from tests.conftest import AT
from tests.share.pages import PageReader
from tests.simulators.signing import pinned_contexts
from wallet.cli.policy import Policy
from wallet.cli.render import csv_text, file_row
from wallet.cli.report import ReportFile
from wallet.operations.checking import CheckedFile, Desk, check_bytes
from wallet.operations.report_page import section_of, write_report_page
from wallet.trust.evidence_store import MemoryEvidence
from wallet.wording.outcomes import headline

_FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "a\r=1+1")
_WORDS = {
    "a script": "<script>alert(1)</script>", "a picture": "<img src=x onerror=alert(1)>",
    "a style": "</style><style>body{display:none}</style>", "an end": "</bdi></dd></section><h1>Genuine</h1>",
    "an attribute": '" onmouseover="alert(1)" x="', "a base": '<base href="https://mallory.example/">',
    "a refresh": '<meta http-equiv="refresh" content="0;url=https://mallory.example/">',
    "a form": '<form action="https://mallory.example/"><input name="x">', "an entity": "&lt;script&gt;",
    "a comment": "<!--", "turned round": "\u202eGenuine\u2066 \u2069\u2069", "a storm": "M" + "\u0301" * 200,
    "10 kB": "A" * 10_000, "lines that push": "x\n" * 3_000 + "Genuine and current"}
_HARMLESS = "Data Analysis"
_SHAPES = ("page", "rows")


def _checked(data: bytes, name: str) -> CheckedFile:
    (one,) = check_bytes(Desk(pinned_contexts(), MemoryEvidence(())), data, name, at=AT)
    return one


def _page(one: CheckedFile) -> PageReader:
    target = new_folder() / "report.html"
    write_report_page(target, [section_of(one)], at=AT)
    return PageReader(target.read_bytes())  # fails on any element, attribute or comment that is not ours


@case("F19", Severity.MEDIUM, "claims that a spreadsheet would run, or a browser",
      attacks={repr(text): FINE for text in _FORMULAS} | {"markup": FINE}
      | {f"{shape}: {name}": FINE for shape in _SHAPES for name in _WORDS},
      twins={TWIN: FINE} | dict.fromkeys(_SHAPES, FINE))
def _claims(variant: str) -> Input:
    shape, _, name = variant.partition(": ")
    if shape == "page":
        return Act(lambda: _demand_plain_page(_WORDS.get(name, _HARMLESS), harmless=not name))
    if shape == "rows":
        return Act(lambda: _demand_exact_rows(_WORDS.get(name, _HARMLESS)))
    texts = {repr(text): text for text in _FORMULAS} | {"markup": '<b>"x",</b>', TWIN: _HARMLESS}
    return Act(lambda: _demand_plain_cells(texts[variant], kept=variant in (TWIN, "markup")))


def _demand_plain_cells(title: str, *, kept: bool) -> None:
    one = _checked(university("did:key").badge(title=title), title)
    (made,) = csv.DictReader(io.StringIO(csv_text([file_row(one, Policy())]), newline=""))
    assert not any(cell.startswith(tuple("=+-@\t\r")) for cell in made.values()), made
    assert " ".join(title.split()) in made["title"]
    assert (made["title"] == title) is kept


def _demand_plain_page(text: str, *, harmless: bool) -> None:
    """Words of a file stay words, in the place for them; the verdict is ours, once, and before them."""
    one = _checked(filled(text), text)
    shown, plain = _page(one), _page(_checked(filled(_HARMLESS), "badge.json"))
    assert shown.headings == plain.headings, shown.headings
    assert [words for _, words in shown.headings].count(headline(one.report)) == 1
    assert not set(shown.text) & set("\u202e\u2066\u2067\u200b\x1b")
    assert "\u0301" * 4 not in shown.text
    assert len(shown.text) < 40_000
    assert shown.policy.startswith("default-src 'none'")
    assert "unusual characters" in shown.text or not set(text) & set("\u202e\u0301")
    assert not harmless or "unusual characters" not in shown.text
    if text.isascii() and len(text) < 100:  # title, issuer, about, assessed, the file's name
        assert shown.quoted.count(text) >= 5, shown.quoted


def _demand_exact_rows(text: str) -> None:
    """What machines read holds the words as they are, and nothing else came of them."""
    one = _checked(filled(text), text)
    target = new_folder() / "report.json"
    report = ReportFile(Path(target))
    report.add(file_row(one, Policy()), None)
    report.write((), AT)
    (row,) = json.loads(target.read_text("utf-8"))["results"]
    assert row["title"] == text
    assert row["issuer"]["name"] == text
    assert row["verdict"] == "valid"
