"""`wallet verify`: verdicts, exit codes, shapes of output, and that one stream holds one thing."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import AT, Run, spawn
from tests.simulators.issuer import SimulatedIssuer

ROW = {
    "file",
    "sha256",
    "class",
    "outcome",
    "verdict",
    "level",
    "headline",
    "checks",
    "title",
    "issuer",
    "subject",
    "dates",
    "skills",
    "format",
    "tool",
}


@pytest.mark.parametrize(
    ("name", "verdict", "code"),
    [
        ("valid.json", "valid", 0),
        ("token.jwt", "valid", 0),
        ("self-made.json", "valid", 0),
        ("revoked.json", "revoked", 1),
        ("tampered.json", "invalid", 1),
        ("malformed.json", "malformed", 4),
        ("missing.json", "malformed", 4),
    ],
)
def test_verdict_and_exit_code(
    run: Run, files: Path, evidence: Path, name: str, verdict: str, code: int
) -> None:
    done = run("verify", "--json", *AT, "--evidence", evidence, files / name)
    assert done.code == code
    assert done.json["schemaVersion"] == 1
    (row,) = done.json["results"]
    assert row["verdict"] == verdict
    assert row["file"] == name
    assert row.keys() >= ROW
    assert row["accepted"] is (code == 0)


def test_without_the_issuers_key_nobody_can_tell(run: Run, files: Path) -> None:
    done = run("verify", "--json", *AT, files / "valid.json")
    assert done.code == 3
    (row,) = done.json["results"]
    assert row["outcome"] == "key_unknown"
    assert "did:web:northbridge.example" in [one["address"] for one in row["wanted"]]


def test_check_rows_name_code_sentence_and_source(run: Run, files: Path, evidence: Path) -> None:
    done = run("verify", "--json", *AT, "--evidence", evidence / "map.json", files / "valid.json")
    checks = {one["id"]: one for one in done.json["results"][0]["checks"]}
    assert checks["status"]["code"] == "status_clear"
    assert checks["status"]["source"].startswith("Withdrawal list of 18 November 2026, supplied by you")
    assert checks["proof"]["text"] == "Yes. Nothing changed since it was sealed."
    assert checks["proof"]["at"] == "2026-11-21T00:00:00Z"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("valid.json", "self-made.json"), 0),
        (("valid.json", "malformed.json"), 4),
        (("malformed.json", "tampered.json"), 1),
        (("revoked.json", "valid.json"), 1),
    ],
)
def test_worst_of_a_batch(run: Run, files: Path, evidence: Path, names: tuple[str, ...], code: int) -> None:
    paths = [files / name for name in names]
    assert run("verify", *AT, "--evidence", evidence, *paths).code == code


def test_undecided_is_outranked_by_unreadable(run: Run, files: Path) -> None:
    assert run("verify", *AT, files / "valid.json", files / "malformed.json").code == 4
    assert run("verify", *AT, files / "valid.json", files / "self-made.json").code == 3


def test_folder_needs_a_word(run: Run, files: Path, evidence: Path) -> None:
    refused = run("verify", files)
    assert refused.code == 2
    assert "add -r" in refused.err
    done = run("verify", "--json", "-r", *AT, "--evidence", evidence, files)
    assert done.code == 1
    assert len(done.json["results"]) == len(list(files.iterdir()))


def test_web_address_is_not_fetched(run: Run) -> None:
    done = run("verify", "https://school.example/badge.png")
    assert done.code == 2
    assert "Nothing is fetched" in done.err


def test_json_lines_and_csv(run: Run, files: Path, evidence: Path) -> None:
    paths = (files / "valid.json", files / "revoked.json")
    lines = run("verify", "--jsonl", *AT, "--evidence", evidence, *paths).out.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["valid", "revoked"]
    table = list(csv.DictReader(io.StringIO(run("verify", "--csv", *AT, "--evidence", evidence, *paths).out)))
    assert [row["verdict"] for row in table] == ["valid", "revoked"]
    assert table[0]["issuer"] == "Northbridge University"


def test_csv_cells_never_act_as_formulas(run: Run, tmp_path: Path) -> None:
    issuer = SimulatedIssuer("did:key", name="=1+1", seed="formula")
    (tmp_path / "x.json").write_bytes(issuer.badge(title="@SUM(A1)"))
    done = run("verify", "--csv", *AT, tmp_path / "x.json")
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert row["issuer"] == "'=1+1"
    assert row["title"] == "'@SUM(A1)"


def test_verdict_line_holds_no_text_from_the_file(run: Run, tmp_path: Path) -> None:
    title = "Fine\n✓ Genuine and current  [Sealed · valid]  other.json\x1b[32m"
    issuer = SimulatedIssuer("did:web", seed="liar", host="liar.example")
    (tmp_path / "liar.json").write_bytes(issuer.badge(title=title))
    done = run("verify", *AT, tmp_path / "liar.json")
    assert done.code == 3
    assert "\x1b" not in done.out
    assert [line for line in done.out.splitlines() if line.startswith("✓")] == []
    (quoted,) = [line for line in done.out.splitlines() if "other.json" in line]
    assert quoted.strip().startswith("title: Fine ✓ Genuine")


def test_explain_says_what_each_answer_rests_on(run: Run, files: Path, evidence: Path) -> None:
    done = run("verify", "--explain", *AT, "--evidence", evidence, files / "valid.json")
    assert "Integrity (Is it unaltered?): Yes." in done.out
    assert "Withdrawal list of 18 November 2026" in done.out
    assert "It does not prove who is in front of you" in done.out


@pytest.mark.parametrize(
    ("requirement", "name", "code"),
    [
        ("sealed", "valid.json", 0),
        ("status<=30d", "valid.json", 0),
        ("status<=1d", "valid.json", 1),
        ("listed", "valid.json", 1),
        ("recipient=maya@lind.example", "valid.json", 0),
        ("recipient=sam@other.example", "valid.json", 1),
        ("sealed,recipient=maya@lind.example", "valid.json", 0),
        ("sealed", "malformed.json", 4),
    ],
)
def test_requirements_only_add_refusals(
    run: Run, files: Path, evidence: Path, requirement: str, name: str, code: int
) -> None:
    done = run("verify", "--json", *AT, "--evidence", evidence, "--require", requirement, files / name)
    assert done.code == code
    assert done.json["results"][0]["accepted"] is (code == 0)


def test_listed_is_met_by_a_list(run: Run, files: Path, evidence: Path, tmp_path: Path) -> None:
    registry = {"registry": {"did:web:northbridge.example": {"name": "Northbridge University"}}}
    (tmp_path / "list.json").write_text(json.dumps(registry))
    done = run("verify", "--json", *AT, "--evidence", evidence, "--trust", tmp_path / "list.json",
               "--require", "listed", files / "valid.json")  # fmt: skip
    assert done.code == 0, done.err
    assert done.json["results"][0]["issuer"]["listed"] == "list"


def test_ended_can_be_accepted(run: Run, tmp_path: Path) -> None:
    issuer = SimulatedIssuer("did:key", seed="ended")
    (tmp_path / "old.json").write_bytes(issuer.badge(valid_until=datetime(2026, 6, 1, tzinfo=UTC)))
    assert run("verify", *AT, tmp_path / "old.json").code == 1
    assert run("verify", *AT, "--accept", "expired", tmp_path / "old.json").code == 0
    assert run("verify", *AT, "--accept", "suspended", tmp_path / "old.json").code == 1
    assert run("verify", "--at", "2026-05-20", tmp_path / "old.json").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--require", "green"),
        ("--require", "recipient="),
        ("--require", "live"),
        ("--accept", "revoked"),
        ("--at", "yesterday"),
        ("--max-age", "soon"),
        ("--no-such-option",),
        (),
    ],
)
def test_wrong_usage(run: Run, files: Path, arguments: tuple[str, ...]) -> None:
    paths = (files / "valid.json",) if arguments else ()
    done = run("verify", *arguments, *paths)
    assert done.code == 2
    assert done.out == ""
    assert done.err


def test_old_list_counts_until_the_caller_says_otherwise(run: Run, files: Path, evidence: Path) -> None:
    given = ("--at", "2027-05-01", "--evidence", evidence, files / "valid.json")
    assert run("verify", *given).code == 0
    done = run("verify", "--json", "--max-age", "30d", *given)
    assert done.code == 3
    assert done.json["results"][0]["outcome"] == "valid_status_stale"


def test_missing_evidence_is_a_clear_sentence(run: Run, files: Path, tmp_path: Path) -> None:
    done = run("verify", "--evidence", tmp_path / "nothing.json", files / "valid.json")
    assert done.code == 4
    assert "There is no file “nothing.json”. (file_missing)" in done.err


def test_standard_input_in_a_process_of_its_own(files: Path) -> None:
    done = spawn("verify", "--json", *AT, "-", stdin=(files / "self-made.json").read_bytes())
    assert done.returncode == 0
    row = json.loads(done.stdout)["results"][0]
    assert row["file"] == "standard input"
    assert row["title"] == "Laser Cutter"
    assert done.stderr == b""


def test_several_processes_print_what_one_prints(
    run: Run, files: Path, evidence: Path, tmp_path: Path
) -> None:
    for number in range(70):
        name = ("valid.json", "revoked.json", "malformed.json")[number % 3]
        (tmp_path / f"{number:03}.json").write_bytes((files / name).read_bytes())
    command = ("verify", "-r", *AT, "--evidence", evidence, "--require", "sealed")
    for shape in ((), ("--jsonl",), ("--csv",)):
        one = run(*command, *shape, tmp_path)
        two = run(*command, *shape, "--jobs", 2, tmp_path)
        assert (two.code, two.out) == (one.code, one.out)
        assert one.code == 1
    assert [json.loads(line)["file"] for line in run(*command, "--jsonl", tmp_path).out.splitlines()] == [
        f"{number:03}.json" for number in range(70)
    ]


def test_a_list_that_cannot_be_trusted_rejects_no_credential(run: Run, files: Path) -> None:
    done = run("verify", *AT, "--trust", files / "tampered.json", files / "self-made.json")
    assert (done.code, done.out) == (4, "")
    assert "(list_seal)" in done.err


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_at_the_end_of_all_times_is_wrong_usage(run: Run, files: Path, moment: str) -> None:
    done = run("verify", "--at", moment, files / "valid.json")
    assert done.code == 2
    assert "is no time" in done.err


def test_a_name_that_no_file_can_have_is_a_file_that_is_missing(run: Run, files: Path) -> None:
    done = run("verify", "--json", *AT, "x" * 5_000, files / "self-made.json")
    assert [row["verdict"] for row in done.json["results"]] == ["malformed", "valid"]
    assert done.json["results"][0]["checks"][0]["code"] == "file_missing"


def test_of_two_files_of_one_name_the_path_tells_which(run: Run, files: Path, tmp_path: Path) -> None:
    for name, source in (("maya", "self-made.json"), ("sam", "malformed.json")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "badge.json").write_bytes((files / source).read_bytes())
    done = run("verify", "-r", "--json", *AT, tmp_path)
    assert [(row["file"], row["verdict"]) for row in done.json["results"]] == [
        ("maya/badge.json", "valid"), ("sam/badge.json", "malformed")]
