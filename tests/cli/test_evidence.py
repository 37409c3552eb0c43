"""Evidence that is kept, listed, shown, taken out and forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import platformdirs
import pytest

from tests.cli.conftest import AT, Run

ISSUER = "did:web:northbridge.example"


def test_kept_evidence_makes_a_verdict(run: Run, filled: tuple[object, ...]) -> None:
    rows = run("evidence", "list", "--json", *filled).json["evidence"]
    assert {row["kind"] for row in rows} >= {"did_document", "status_list"}
    assert all(row["grade"] == "supplied" and row["saved"] for row in rows)


def test_show_prints_the_document_as_it_came(run: Run, filled: tuple[object, ...]) -> None:
    assert json.loads(run("evidence", "show", ISSUER, "--raw", *filled).out)["id"] == ISSUER
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


def test_show_tells_every_version_and_what_rests_on_it(run: Run, filled: tuple[object, ...]) -> None:
    (row,) = run("evidence", "show", ISSUER, "--json", *filled).json["evidence"]
    assert row["verified"] == ["by_hand"]
    assert row["kept"] is True
    assert {one["title"] for one in row["pinnedTo"]} == {"Data Analysis Foundations"}
    told = run("evidence", "show", ISSUER, *filled).out
    assert "Version 1 of 1" in told
    assert f"SHA-256:   {row['sha256']}" in told
    assert "Confirmed: by nothing but your own word" in told
    listed = run("evidence", "list", "--json", *filled).json["evidence"]
    (status,) = [one for one in listed if one["kind"] == "status_list"]
    assert status["verified"] == ["own_seal", "by_hand"]
    assert status["validFrom"]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: folder)
    return folder


def test_a_pack_serves_somebody_without_a_wallet(
    run: Run, filled: tuple[object, ...], files: Path, tmp_path: Path, cache: Path
) -> None:
    pack = tmp_path / "documents.vcevidence"
    assert run("evidence", "export", pack, *filled).code == 0
    assert run("verify", *AT, "--evidence", pack, files / "valid.json").code == 0
    assert run("verify", *AT, files / "valid.json").code == 3
    assert run("evidence", "add", "--plain", pack, *AT).code == 0
    assert cache.is_dir()
    assert run("verify", *AT, files / "valid.json").code == 3  # not in silence
    done = run("verify", *AT, "--saved", "--json", files / "valid.json", files / "revoked.json")
    assert [one["verdict"] for one in done.json["results"]] == ["valid", "revoked"]
    (source,) = [
        one["source"] for one in done.json["results"][0]["checks"] if one["id"] == "key_authority"
    ]
    assert source == "Key document, supplied by you, saved 21 November 2026"
    assert ISSUER in run("evidence", "list", "--plain").out
    assert "the pack says it was got" in run("evidence", "show", ISSUER, "--plain").out
    assert run("evidence", "remove", ISSUER, "--plain").code == 0
    assert run("verify", *AT, "--saved", files / "valid.json").code == 3


def test_a_damaged_plain_file_is_named_and_left_out(run: Run, files: Path, cache: Path) -> None:
    cache.mkdir()
    (cache / "documents.vcevidence").write_bytes(b"PK\x03\x04 no archive")
    done = run("verify", *AT, "--saved", files / "valid.json")
    assert done.code == 3
    assert "saved_evidence_damaged" in done.err
    assert run("evidence", "list", "--plain").code == 0


def test_export_wants_one_target(run: Run, filled: tuple[object, ...], tmp_path: Path) -> None:
    assert run("evidence", "export", *filled).code == 2
    assert run("evidence", "export", tmp_path / "a", "--out", tmp_path / "b", *filled).code == 2
