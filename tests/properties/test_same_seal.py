"""What a seal covers is shown alike in whatever form it is written, and in whatever order files are read."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.table import Desk
from tests.properties.same_seal import edited, enriched, shown
from tests.simulators.signing import JsonObject, compact_json
from tests.verify.desk import documents, judged, university
from wallet.formats.parse import parse
from wallet.model.credential import Credential
from wallet.model.errors import WalletError
from wallet.model.report import Report, Verdict

ISSUER = university()
_PROVEN = (Verdict.VALID, Verdict.REVOKED, Verdict.EXPIRED)


def _sealed(name: str) -> JsonObject:
    ISSUER.revoke(3)
    entries = (ISSUER.entry(3),) if name == "revoked" else ()
    document = enriched(ISSUER.badge_document(entries=entries))
    if name == "expired":
        document["validUntil"] = "2026-06-01T00:00:00Z"
    return ISSUER.seal(document)


@pytest.mark.parametrize(("name", "seed"), [("valid", 1), ("valid", 2), ("revoked", 3), ("expired", 4)])
def test_no_edit_that_the_seal_survives_changes_what_is_shown(name: str, seed: int) -> None:
    document, evidence = _sealed(name), documents(ISSUER.evidence())
    before, chance, seen = shown(parse(compact_json(document))), random.Random(seed), Counter[Verdict]()
    for _ in range(70):
        data = compact_json(edited(document, chance))
        try:
            after = shown(parse(data))
        except WalletError:
            continue
        verdict = judged(data, evidence).verdict
        seen[verdict] += 1
        assert verdict is not Verdict.VALID or name == "valid", data
        if verdict in _PROVEN:
            assert [what for what in before if before[what] != after[what]] == [], data
    assert seen[Verdict(name)] >= 5
    assert seen[Verdict.MALFORMED] + seen[Verdict.INVALID] >= 20


def _good(folder: Path, desk: Desk) -> list[tuple[str, bytes, Report]]:
    """Every published file in JSON whose seal we find good."""
    found = []
    for entry in json.loads((folder / "expected.json").read_text(encoding="utf-8")):
        data = (folder / entry["path"]).read_bytes()
        if data.lstrip()[:1] == b"{" and len(data) < 30_000:
            report = desk.judge_bytes(data)
            found += [(entry["path"], data, report)] if report.verdict in _PROVEN else []
    return found


def _backwards(value: Any) -> Any:
    """The same with the members of each object the other way round."""
    if isinstance(value, dict):
        return {name: _backwards(value[name]) for name in reversed(value)}
    return [_backwards(one) for one in value] if isinstance(value, list) else value


def _lines(report: Report) -> object:
    return report.verdict, [(one.id, one.outcome, one.reason) for one in report.checks]


def test_published_files_written_otherwise_are_what_they_were_in_whatever_order(vectors: Path) -> None:
    desk = Desk(vectors)
    good = _good(vectors, desk)
    assert len(good) >= 80
    written = []
    for path, data, report in good:
        document = json.loads(data)
        forms = (json.dumps(document, indent="\t"), json.dumps(_backwards(document), ensure_ascii=False),
                 json.dumps(document).replace("/", "\\/").replace("name", "n\\u0061me"))
        written += [(path, form, report) for form in (data, *map(str.encode, forms))]
    random.Random(5).shuffle(written)
    for path, form, report in written:
        found = desk.judge_bytes(form)
        assert _lines(found) == _lines(report), path


def test_a_credential_is_read_as_it_is(vectors: Path) -> None:
    """What is compared above is what is shown."""
    parsed = parse(compact_json(_sealed("valid")))
    assert isinstance(parsed, Credential)
    assert shown(parsed)["results"] == {("Exam", "Poor"), ("", "1.2")}
    assert vectors.is_dir()
