"""Only somebody who types commands is told a command: a window names the act, or the button."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import REPOSITORY
from wallet.cli.commands import COMMANDS
from wallet.model.reasons import ReasonCode, reason
from wallet.wording.at_prompt import AT_PROMPT
from wallet.wording.failures import failure

_OPTION = re.compile(r"(?<![\w-])--[a-z]")
#: The recovery sheet is printed by the command line and says both ways; the technical panel is for experts.
_BOTH = ("at_prompt.py", "technical.py", "leaving.py")


@pytest.mark.parametrize("code", ReasonCode)
def test_a_window_is_told_no_command(code: ReasonCode) -> None:
    told = failure(reason(code))
    for sentence in (told.what, told.safe, told.next):
        assert "“wallet " not in sentence
        assert not _OPTION.search(sentence)


@pytest.mark.parametrize("code", AT_PROMPT)
def test_at_the_prompt_a_command_is_told_that_exists(code: ReasonCode) -> None:
    told, shown = failure(reason(code), at_prompt=True), failure(reason(code))
    assert (told.what, told.safe) == (shown.what, shown.safe)
    assert told.next != shown.next
    named = re.findall(r"“wallet ([a-z-]+)", told.next)
    assert set(named) <= set(COMMANDS)
    assert named or _OPTION.search(told.next)


def test_where_no_command_helps_both_are_told_the_same() -> None:
    assert failure(reason(ReasonCode.DISK_FULL), at_prompt=True) == failure(reason(ReasonCode.DISK_FULL))


def test_no_text_of_the_window_names_a_command() -> None:
    found = []
    for room in ("ui", "wording"):
        for path in sorted((REPOSITORY / "wallet" / room).rglob("*.py")):
            if path.name not in _BOTH:
                found += [f"{path.name}: {text}" for text in _texts(path.read_text(encoding="utf-8"))
                          if _names_a_command(text)]
    assert [one for one in found if "add --recovery-code to a command" not in one] == []


def test_commands_are_told_from_words() -> None:
    assert _names_a_command("Look at “wallet list”.")
    assert _names_a_command("wallet verify badge.png")
    assert _names_a_command("Run it with --online.")
    assert not _names_a_command("Your wallet opens with the passphrase. Unlock the wallet list by list.")
    assert not _names_a_command("the years 2020--2026")


def _names_a_command(text: str) -> bool:
    verb = "|".join(sorted(COMMANDS))
    return bool(_OPTION.search(text) or "“wallet " in text or re.match(rf"wallet ({verb})\b", text))


def _texts(source: str) -> list[str]:
    """Return the texts of a module that are no docstrings."""
    tree = ast.parse(source)
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)}
    return [node.value for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs]
