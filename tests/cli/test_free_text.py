"""Own words from standard input or a file, where no other program sees them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

Type = Callable[[str], None]


@pytest.fixture
def type_(monkeypatch: pytest.MonkeyPatch) -> Type:
    """Let this come from standard input."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_words_come_typed_from_a_file_or_from_standard_input(run: Run, filled: tuple[object, ...],
                                                             tmp_path: Path, type_: Type) -> None:
    ident = run("list", "--json", *filled).json["credentials"][0]["id"]
    file = tmp_path / "note.txt"
    file.write_bytes(b"\xef\xbb\xbfFor Harbor:\r\nask about Mondays\r\n")
    done = run("note", ident, f"@{file}", "--json", *filled).json["labels"]
    assert done["note"] == "For Harbor:\nask about Mondays"
    type_("Mine\n")
    assert run("title", ident, "-", "--json", *filled).json["labels"]["title"] == "Mine"
    assert run("title", ident, "@@me", "--json", *filled).json["labels"]["title"] == "@me"
    assert run("title", ident, "@", "--json", *filled).json["labels"]["title"] == "@"
    type_("one")
    assert run("tag", ident, "-", "two", "--json", *filled).json["labels"]["tags"] == ["one", "two"]
    type_("May")
    made = run("bundle", "create", f"@{file}", "--note", "-", "--json", *filled).json["bundle"]
    assert (" ".join(made["name"].split()), made["note"]) == ("For Harbor: ask about Mondays", "May")


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "file_missing"), (b"\xff\xfe", "not_utf8"), (b"x" * 300_000, "limit_bytes"),
     (b"x" * 20_000, "label_refused")],
    ids=["missing", "no text", "large", "long"])
def test_what_is_no_note_changes_nothing(run: Run, filled: tuple[object, ...], tmp_path: Path,
                                         content: bytes | None, code: str) -> None:
    ident = run("list", "--json", *filled).json["credentials"][0]["id"]
    if content is not None:
        (tmp_path / "note.txt").write_bytes(content)
    done = run("note", ident, f"@{tmp_path / 'note.txt'}", *filled)
    assert done.code != 0
    assert f"({code})" in done.err
    assert "(nothing_to_undo)" in run("undo", *filled).err


def test_standard_input_holds_one_of_them(run: Run, filled: tuple[object, ...], type_: Type) -> None:
    type_("May")
    done = run("bundle", "create", "-", "--note", "-", *filled)
    assert done.code == 2
    assert "standard input" in done.err


def test_the_help_says_so(run: Run) -> None:
    for verb in (("note",), ("title",), ("tag",), ("bundle", "create"), ("bundle", "rename")):
        assert "@FILE" in run(*verb, "--help").out
