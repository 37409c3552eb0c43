"""Own words and order from the command line."""

from __future__ import annotations

from tests.cli.conftest import Run


def test_labels_are_put_found_and_taken_back(run: Run, filled: tuple[object, ...]) -> None:
    ident = run("list", "--json", *filled).json["credentials"][0]["id"]
    assert "No tags yet" in run("tag", *filled).err
    assert run("tag", ident, "data job", "#x", "--json", *filled).json["labels"]["tags"] == ["data job", "x"]
    assert "tags: data job" in run("tag", ident, "x", "--remove", *filled).out
    assert run("tag", "--json", *filled).json["tags"] == {"data job": 1}
    assert "title: Mine" in run("title", ident, "Mine", *filled).out
    assert "note: For Harbor" in run("note", ident, "For Harbor", *filled).out
    found = run("search", "harbor job", "--json", *filled).json["credentials"]
    assert [row["id"] for row in found] == [ident]
    assert "Taken back: a note." in run("undo", *filled).out
    assert run("search", "harbor", "--json", *filled).json["credentials"] == []
    assert run("title", ident, "x" * 300, *filled).code == 2
    for _ in range(3):
        assert run("undo", *filled).code == 0
    done = run("undo", *filled)
    assert done.code == 2
    assert "(nothing_to_undo)" in done.err


def test_bundles_are_made_changed_and_removed(run: Run, filled: tuple[object, ...]) -> None:
    one, two = [row["id"] for row in run("list", "--json", *filled).json["credentials"]]
    assert "No bundles yet" in run("bundle", "list", *filled).err
    made = run("bundle", "create", "Analyst", one, "--note", "May", "--json", *filled).json["bundle"]
    assert made["credentials"] == [one]
    assert "2 credentials" in run("bundle", "add", "Analyst", two, *filled).out
    ordered = run("bundle", "order", "Analyst", two, "--json", *filled).json["bundle"]
    assert ordered["credentials"] == [two, one]
    assert run("bundle", "rename", "Analyst", "Work", *filled).code == 0
    assert run("bundle", "note", "Work", "June", *filled).code == 0
    shown = run("bundle", "show", "Work", *filled).out
    assert "June" in shown
    assert shown.index(two) < shown.index(one)
    assert run("bundle", "remove", "Work", one, "--json", *filled).json["bundle"]["credentials"] == [two]
    assert "Work" in run("bundle", "list", *filled).out
    assert run("bundle", "delete", "Work", *filled).code == 0
    assert run("bundle", "show", "Work", *filled).code == 2
    assert run("undo", *filled).code == 0
    assert run("bundle", "show", "Work", "--json", *filled).json["bundle"]["credentials"] == [two]
