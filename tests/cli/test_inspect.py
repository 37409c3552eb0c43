"""`wallet inspect`: what files say of themselves, and nothing that could be taken for a verdict."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.simulators.other_wallets import zipped


def test_inspect_shows_content_and_no_verdict(run: Run, files: Path) -> None:
    done = run("inspect", files / "tampered.json")
    assert done.code == 0
    assert "title: Data Analysis Mastery" in done.out
    assert not any(word in done.out for word in ("✓", "✕", "Genuine", "seal"))
    content = run("inspect", "--json", files / "valid.json").json["contents"][0]
    assert content["skills"] == ["Data cleaning", "Statistics"]
    assert run("inspect", files / "malformed.json").code == 4


def test_it_looks_into_archives_too(run: Run, files: Path, tmp_path: Path) -> None:
    held = {name: (files / name).read_bytes() for name in ("valid.json", "malformed.json")}
    (tmp_path / "sent.zip").write_bytes(zipped(held))
    done = run("inspect", "--json", tmp_path / "sent.zip")
    assert done.code == 4
    assert [one["file"] for one in done.json["contents"]] == ["sent.zip: valid.json"]
    assert done.err.startswith("sent.zip: malformed.json: ")
