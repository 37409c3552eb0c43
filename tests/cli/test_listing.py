"""The list a page at a time, and line by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.simulators.issuer import SimulatedIssuer


@pytest.fixture
def seven(run: Run, filled: tuple[object, ...], issuer: SimulatedIssuer,
          tmp_path: Path) -> tuple[object, ...]:
    """A wallet with seven credentials in it."""
    for number in range(5):
        (tmp_path / f"{number}.json").write_bytes(issuer.badge(title=f"Badge {number}", number=50 + number))
    assert run("import", *(tmp_path / f"{number}.json" for number in range(5)), *filled).code == 0
    return filled


def ids(run: Run, *arguments: object) -> list[str]:
    return [row["id"] for row in run(*arguments, "--json").json["credentials"]]


def test_pages_hold_everything_once_newest_first(run: Run, seven: tuple[object, ...]) -> None:
    everything = ids(run, "list", *seven)
    assert len(everything) == 7
    pages = [ids(run, "list", "--limit", 3, "--page", page, *seven) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [one for page in pages for one in page] == everything
    assert ids(run, "list", "--limit", 3, *seven) == everything[:3]
    assert ids(run, "list", "--page", 1, *seven) == everything
    assert run("list", "--limit", 2, "--json", *seven).json["total"] == 7


def test_a_page_says_how_to_see_the_next_one(run: Run, seven: tuple[object, ...]) -> None:
    first = run("list", "--limit", 3, *seven)
    assert "3 of 7. The next ones: --limit 3 --page 2" in first.err
    assert "The next ones" not in run("list", "--limit", 3, "--page", 3, *seven).err
    assert "Nothing on this page." in run("list", "--limit", 3, "--page", 9, *seven).err
    assert run("list", "--limit", 0, *seven).code == 2
    assert run("list", "--page", -1, *seven).code == 2


def test_lines_come_one_by_one_everywhere(run: Run, seven: tuple[object, ...]) -> None:
    everything = ids(run, "list", *seven)
    told = run("list", "--jsonl", *seven)
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == everything
    assert len(run("list", "--jsonl", "--limit", 2, *seven).out.splitlines()) == 2
    found = ids(run, "search", "badge", "--limit", 2, "--page", 2, *seven)
    assert found == ids(run, "search", "badge", *seven)[2:4]
    assert len(run("search", "badge", "--jsonl", *seven).out.splitlines()) == 5
    assert run("bin", "list", "--jsonl", *seven).out == ""
    assert run("delete", everything[0], *seven).code == 0
    assert ids(run, "bin", "list", *seven) == everything[:1]


def test_an_empty_list_says_what_to_do(run: Run, options: tuple[object, ...]) -> None:
    assert "wallet import FILE" in run("list", *options).err
    assert "The bin is empty." in run("bin", "list", *options).err
    assert run("list", "--jsonl", *options).out == ""
