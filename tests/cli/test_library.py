"""What is kept: import, list, show, search, export, delete, bin."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import AT, Run, spawn
from tests.simulators.pdf import pdf_with


def test_list_shows_what_was_imported(run: Run, filled: tuple[object, ...]) -> None:
    rows = run("list", "--json", *filled, *AT).json["credentials"]
    assert sorted(row["verdict"] for row in rows) == ["revoked", "valid"]
    assert all(row["id"] and row["title"] == "Data Analysis Foundations" for row in rows)
    text = run("list", *filled, *AT).out
    assert "✓" in text
    assert "✕" in text


def test_the_bin_is_emptied_of_what_is_old_and_by_command_only(run: Run, filled: tuple[object, ...]) -> None:
    ident = run("list", "--json", *filled, *AT).json["credentials"][0]["id"]
    assert run("delete", ident, *filled, *AT).code == 0
    assert "that long" in run("bin", "empty", *filled, "--at", "2026-12-20").out
    assert len(run("bin", "list", "--json", *filled, "--at", "2026-12-23").json["credentials"]) == 1
    assert "1 removed" in run("bin", "empty", *filled, "--at", "2026-12-23").out
    assert run("bin", "list", "--json", *filled).json["credentials"] == []


def test_import_knows_the_same_credential(run: Run, filled: tuple[object, ...], files: Path) -> None:
    (row,) = run("import", "--json", files / "valid.json", *filled, *AT).json["imported"]
    assert row["outcome"] == "known"


def test_import_names_what_it_cannot_read_and_keeps_the_rest(
    run: Run, options: tuple[object, ...], files: Path
) -> None:
    done = run("import", files / "malformed.json", files / "self-made.json", *options)
    assert done.code == 4
    assert "✕ malformed.json: not read." in done.out
    assert "(not_json)" in done.out
    assert len(run("list", "--json", *options).json["credentials"]) == 1


def test_dry_run_changes_nothing(run: Run, options: tuple[object, ...], files: Path) -> None:
    (row,) = run("import", "--json", "--dry-run", files / "self-made.json", *options).json["imported"]
    assert row["outcome"] == "would_add"
    assert run("list", "--json", *options).json["credentials"] == []


def test_import_from_standard_input(options: tuple[object, ...], files: Path) -> None:
    done = spawn("import", "--json", "-", *options, stdin=(files / "self-made.json").read_bytes())
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["imported"][0]["outcome"] == "added"


def test_export_gives_back_the_very_bytes(
    run: Run, filled: tuple[object, ...], files: Path, tmp_path: Path
) -> None:
    ident = next(
        row["id"] for row in run("list", "--json", *filled).json["credentials"] if row["verdict"] == "valid"
    )
    (path,) = run("export", "--json", ident, "--out", tmp_path / "out", *filled).json["files"]
    assert Path(path).read_bytes() == (files / "valid.json").read_bytes()
    assert "maya" not in path.lower()


def test_show_answers_the_four_questions(run: Run, filled: tuple[object, ...]) -> None:
    ident = run("list", "--json", *filled).json["credentials"][0]["id"]
    text = run("show", ident[:6], *filled, *AT).out
    for question in ("Is it unaltered?", "Who sealed it?", "Does it still hold?", "Whose is it?"):
        assert question in text
    assert "skills: Data cleaning, Statistics" in text
    row = run("show", "--json", ident, *filled, *AT).json["credential"]
    assert row["content"]["criteria"] == "Two marked projects and a supervised exam."


def test_search_finds_by_skill(run: Run, filled: tuple[object, ...]) -> None:
    assert len(run("search", "--json", "statist", *filled).json["credentials"]) == 2
    none = run("search", "beekeeping", *filled)
    assert none.code == 0
    assert none.out == ""
    assert "No match in 2 credentials." in none.err


def test_delete_goes_to_the_bin_and_back(run: Run, filled: tuple[object, ...]) -> None:
    ident = run("list", "--json", *filled).json["credentials"][0]["id"]
    assert run("delete", ident, *filled).code == 0
    assert [row["id"] for row in run("bin", "list", "--json", *filled).json["credentials"]] == [ident]
    assert len(run("list", "--json", *filled).json["credentials"]) == 1
    assert run("bin", "restore", ident, *filled).code == 0
    assert len(run("list", "--json", *filled).json["credentials"]) == 2


def test_unknown_id_is_wrong_usage(run: Run, options: tuple[object, ...]) -> None:
    done = run("show", "ffffffff", *options)
    assert done.code == 2
    assert "(credential_not_found)" in done.err


def test_what_is_no_credential_is_kept_as_a_document_only_when_said_so(
    run: Run, options: tuple[object, ...], files: Path, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(pdf_with(title="Rope work"))
    assert run("import", scan, *options).code == 4
    assert run("list", "--json", *options).json["credentials"] == []
    page = "https://www.coursera.org/verify/AB12"
    done = run("import", "--as-document", "--json", scan, files / "self-made.json", page, *options)
    assert done.code == 0
    assert [row["outcome"] for row in done.json["imported"]] == ["added"] * 3
    rows = run("list", "--json", *options).json["credentials"]
    assert sorted(row["class"] for row in rows) == ["document", "document", "sealed"]
    assert "--online" in run("import", page, *options).err  # a page is asked for with leave only
