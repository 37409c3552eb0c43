"""Issuer lists on the command line: put in force, ordered, taken back; online only when somebody says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import AT, Run
from tests.simulators.federation import SimulatedKey
from tests.simulators.web import SimulatedWeb
from wallet import assemble

ISSUER = "did:web:northbridge.example"
LIST = "https://lists.example/registry.json"


@pytest.fixture
def partners(tmp_path: Path) -> Path:
    path = tmp_path / "partners.json"
    path.write_text(json.dumps([{"id": ISSUER, "name": "Northbridge University", "note": "by telephone"}]))
    return path


def shown(run: Run, options: tuple[object, ...]) -> list[str]:
    return [row["name"] for row in run("lists", "list", "--json", *options).json["lists"]]


def test_a_list_is_put_in_force_ordered_removed_and_taken_back(
    run: Run, options: tuple[object, ...], partners: Path
) -> None:
    assert run("lists", "add", partners, *options).out == "In force: partners (list).\n"
    assert run("lists", "add", partners, "--name", "again", *options).code == 0
    assert shown(run, options) == ["partners", "again", "DCC community registry"]
    assert run("lists", "order", "again", *options).out.splitlines()[0] == "again"
    assert run("lists", "remove", "partners", *options).code == 0
    assert shown(run, options) == ["again", "DCC community registry"]
    assert run("lists", "undo", *options).code == 0
    assert shown(run, options) == ["again", "partners", "DCC community registry"]
    assert run("lists", "remove", "nobody", *options).code == 2
    told = run("lists", "list", *options)
    assert "came with this program" in told.out


def test_what_came_with_the_program_is_put_out_of_force_and_in_again(
    run: Run, options: tuple[object, ...]
) -> None:
    assert run("lists", "shipped", "--off", *options).code == 0
    assert shown(run, options) == []
    assert "No lists are in force" in run("lists", "list", *options).err
    assert run("lists", "shipped", "--on", *options).code == 0
    (row,) = run("lists", "list", "--json", *options).json["lists"]
    assert (row["kind"], row["date"], row["issuers"]) == ("shipped", "2025-10-31T07:11:34Z", 27)


def test_a_sealed_list_needs_a_key(run: Run, options: tuple[object, ...], tmp_path: Path) -> None:
    key = SimulatedKey("keeper")
    content = {"version": 1, "expires": "2027-11-01", "issuers": [{"id": ISSUER, "name": "Northbridge"}]}
    path = tmp_path / "register.jws"
    path.write_text(key.sign(json.dumps(content).encode()))
    refused = run("lists", "add", path, *options)
    assert refused.code == 2
    assert "list_key_missing" in refused.err
    (tmp_path / "keeper.jwk").write_text(json.dumps(key.jwk()))
    (tmp_path / "other.jwk").write_text(json.dumps(SimulatedKey("other").jwk()))
    assert run("lists", "add", path, "--key", tmp_path / "other.jwk", *options).code == 1
    assert run("lists", "add", path, "--key", tmp_path / "keeper.jwk", *options).code == 0
    (row, _) = run("lists", "list", "--json", *options).json["lists"]
    assert row["sealed"]


def test_without_online_nothing_is_asked(run: Run, options: tuple[object, ...]) -> None:
    refused = run("lists", "add", LIST, *options)
    assert "network_off" in refused.err
    assert shown(run, options) == ["DCC community registry"]


def test_online_a_list_is_brought_and_brought_anew(
    run: Run, options: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = {ISSUER: {"name": "Northbridge"}}
    web = SimulatedWeb({LIST: {"meta": {"updated": "2026-11-02"}, "registry": registry}})
    monkeypatch.setattr(assemble, "web", lambda: web)
    assert run("lists", "add", "--online", LIST, "--name", "Registry", *options).code == 0
    done = run("lists", "refresh", "--json", *options)
    assert done.code == 0
    assert done.json["requests"] == [{"list": "Registry", "address": LIST, "new": False, "reason": None}]
    web.put(LIST, {"meta": {"updated": "2026-11-01"}, "registry": {}})
    older = run("lists", "refresh", *options)
    assert older.code == 3
    assert "not newer than the one you have" in older.out


def test_a_person_who_checks_names_her_list(run: Run, files: Path, evidence: Path, partners: Path) -> None:
    def code(*more: object) -> tuple[int, str]:
        done = run("verify", *AT, "--json", "--evidence", evidence, *more, files / "valid.json")
        checks = json.dumps(done.json)
        return done.code, next(one for one in ("issuer_listed", "issuer_unlisted") if one in checks)

    assert code() == (0, "issuer_unlisted")
    assert code("--trust", partners) == (0, "issuer_listed")
    assert code("--require", "listed") == (1, "issuer_unlisted")
    assert code("--require", "listed", "--trust", partners) == (0, "issuer_listed")


def test_members_of_a_list_of_lists_are_shown_and_lists_are_moved(
    run: Run, options: tuple[object, ...], tmp_path: Path, partners: Path
) -> None:
    known = tmp_path / "known.json"
    known.write_text(json.dumps([{"name": "Registry", "type": "dcc-legacy", "url": LIST}]))
    assert run("lists", "add", known, *options).code == 0
    assert run("lists", "add", partners, *options).code == 0
    told = run("lists", "list", *options).out
    assert "- Registry" in told
    assert "by nothing but your own word" in told
    row = run("lists", "list", "--json", *options).json["lists"][0]
    assert [(one["name"], one["problem"]) for one in row["members"]] == [("Registry", "list_not_loaded")]
    assert run("lists", "move", "partners", "up", *options).out.splitlines()[:2] == ["partners", "known"]
    assert run("lists", "move", "partners", "last", *options).out.splitlines()[:2] == ["known", "partners"]
    assert run("lists", "undo", *options).code == 0
    assert shown(run, options)[:2] == ["partners", "known"]
    assert run("lists", "move", "partners", "sideways", *options).code == 2
