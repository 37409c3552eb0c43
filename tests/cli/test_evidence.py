"""Evidence that is kept, listed, shown, taken out and forgotten."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import AT, Run

ISSUER = "did:web:northbridge.example"


def test_kept_evidence_makes_a_verdict(run: Run, filled: tuple[object, ...]) -> None:
    rows = run("evidence", "list", "--json", *filled).json["evidence"]
    assert {row["kind"] for row in rows} >= {"did_document", "status_list"}
    assert all(row["grade"] == "supplied" and row["saved"] for row in rows)


def test_show_prints_the_document_as_it_came(run: Run, filled: tuple[object, ...]) -> None:
    assert json.loads(run("evidence", "show", ISSUER, *filled).out)["id"] == ISSUER
    assert run("evidence", "show", "did:web:other.example", *filled).code == 2


def test_export_serves_a_check_without_a_wallet(
    run: Run, filled: tuple[object, ...], files: Path, tmp_path: Path
) -> None:
    done = run("evidence", "export", "--out", tmp_path / "documents", *filled)
    assert Path(done.out.strip()).name == "map.json"
    assert run("verify", *AT, "--evidence", tmp_path / "documents", files / "valid.json").code == 0


def test_remove_forgets(run: Run, filled: tuple[object, ...]) -> None:
    assert run("evidence", "remove", ISSUER, *filled).code == 0
    assert ISSUER not in [
        row["address"] for row in run("evidence", "list", "--json", *filled).json["evidence"]
    ]
    assert run("evidence", "remove", ISSUER, *filled).code == 2


def test_vocabulary_needs_a_word_of_its_own(run: Run, options: tuple[object, ...], tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text(json.dumps({"@context": {"lab": "https://lab.example/vocab#lab"}}))
    (tmp_path / "map.json").write_text(json.dumps({"https://lab.example/context": "c.json"}))
    refused = run("evidence", "add", tmp_path / "map.json", *options)
    assert refused.code == 2
    assert "--trust-contexts" in refused.err
    assert run("evidence", "add", tmp_path / "map.json", "--trust-contexts", *options).code == 0
