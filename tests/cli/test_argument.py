"""`--explain` and `inspect`: numbers, bytes and documents on the lines; nothing a file says starts one."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tests.cli.conftest import AT, Run


def test_every_check_is_argued_with_its_bytes_and_documents(run: Run, files: Path, evidence: Path) -> None:
    done = run("verify", "--explain", *AT, "--evidence", evidence, files / "valid.json")
    numbers = [line.split()[1] for line in done.out.partition("The argument:")[2].splitlines()
               if line.startswith("    ") and not line.startswith("     ")]  # fmt: skip
    assert numbers == [str(number) for number in range(1, 10)]
    digest = hashlib.sha256((files / "valid.json").read_bytes()).hexdigest()
    assert f"the file, {(files / 'valid.json').stat().st_size} bytes, SHA-256 {digest}" in done.out
    assert "the document as canonical statements (RDFC-1.0) eddsa-rdfc-2022" in done.out
    documents = [line for line in done.out.splitlines() if line.strip().startswith("from:     ")]
    assert any("supplied by you" in line and "SHA-256" in line for line in documents)


def test_argument_of_a_failure_names_the_reason_and_its_section(run: Run, files: Path) -> None:
    done = run("verify", "--explain", *AT, files / "tampered.json")
    assert "failed (signature_wrong)" in done.out or "undetermined" in done.out
    unreadable = run("verify", "--explain", *AT, files / "malformed.json")
    assert "answer:   failed" in unreadable.out


def test_inspect_shows_structure_and_statements_without_a_verdict(run: Run, files: Path) -> None:
    done = run("inspect", files / "valid.json")
    assert "secured by: embedded proof" in done.out
    assert "proof: DataIntegrityProof eddsa-rdfc-2022" in done.out
    assert "Genuine" not in done.out
    assert "valid ·" not in done.out
    said = run("inspect", "--statements", files / "valid.json")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines == sorted(lines)
    assert all(line.endswith(" .") for line in lines)
    assert hashlib.sha256(said.out.encode()).hexdigest() in done.out


def test_statements_of_what_would_lose_something_are_not_printed(
    run: Run, files: Path, tmp_path: Path
) -> None:
    document = json.loads((files / "valid.json").read_bytes())
    document["unknownWord"] = "x"
    (tmp_path / "x.json").write_text(json.dumps(document))
    done = run("inspect", "--statements", tmp_path / "x.json")
    assert done.code == 4
    assert done.out == ""
    assert "undefined_term" in done.err


def test_every_step_says_what_was_found_and_what_it_was_held_against(
    run: Run, files: Path, evidence: Path
) -> None:
    done = run("verify", "--explain", *AT, "--require", "recipient=maya@lind.example", "--evidence", evidence,
               files / "valid.json")  # fmt: skip
    steps = done.out.partition("The argument:")[2]
    for line in ("found:    DataIntegrityProof eddsa-rdfc-2022 assertionMethod", "given:    the time ",
                 "given:    maya@lind.example"):
        assert line in steps, line
    assert steps.count("compared:") == 9


def test_what_cannot_be_read_is_told_with_its_hash(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b'{"a": 1}')
    done = run("verify", "--explain", *AT, tmp_path / "x.json")
    digest = hashlib.sha256(b'{"a": 1}').hexdigest()
    assert f"bytes:    the file, SHA-256 {digest}" in done.out


def test_the_argument_and_the_structure_are_there_for_machines(run: Run, files: Path) -> None:
    rows = json.loads(run("verify", "--json", "--explain", *AT, files / "valid.json").out)["results"]
    assert [one["number"] for one in rows[0]["argument"]] == list(range(1, 10))
    words = {fact[0] for one in rows[0]["argument"] for fact in one["facts"]}
    assert {"compared", "found", "given", "answer", "demanded", "bytes"} <= words
    assert "argument" not in json.loads(run("verify", "--json", *AT, files / "valid.json").out)["results"][0]
    built = json.loads(run("inspect", "--json", files / "valid.json").out)["structure"]
    facts = built[0]["facts"]
    assert ["is", "Open Badges 3.0, secured by: embedded proof"] in facts
    assert {"issuer", "subject", "bytes", "proof"} <= {name for name, _ in facts}
