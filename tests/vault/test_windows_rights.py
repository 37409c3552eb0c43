from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from wallet.vault.windows_rights import keep_to_user, run_quietly

ME = "S-1-5-21-1004336348-1177238915-682003330-1001"


class System:
    """Answers as the system's programs do, and notes what was asked of them."""

    def __init__(self, told: str | None, granted: str | None = "done") -> None:
        self.told, self.granted = told, granted
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, arguments: Sequence[str]) -> str | None:
        self.asked.append(tuple(arguments))
        return self.told if "whoami" in arguments[0] else self.granted


def test_this_user_and_the_system_and_nobody_else() -> None:
    system = System(f'"northbridge\\maya","{ME}"\r\n')
    assert keep_to_user(Path("wallet folder"), system)
    program, folder, *rest = system.asked[1]
    assert program.endswith("icacls.exe")
    assert folder == "wallet folder"  # one argument, whatever is in it
    assert rest == ["/inheritance:r", "/grant:r", f"*{ME}:(OI)(CI)F", "*S-1-5-18:(OI)(CI)F"]


@pytest.mark.parametrize("told", [None, "", "no id here", f"{ME} {ME}"])
def test_without_a_user_nothing_is_taken_away(told: str | None) -> None:
    system = System(told)
    assert not keep_to_user(Path("wallet"), system)
    assert len(system.asked) == 1


def test_a_refusal_is_told() -> None:
    assert not keep_to_user(Path("wallet"), System(f'"m","{ME}"', granted=None))


def test_programs_are_really_run() -> None:
    assert run_quietly((sys.executable, "-c", "print('told')")) == "told\n"
    assert run_quietly((sys.executable, "-c", "raise SystemExit(3)")) is None
    assert run_quietly(("there-is-no-such-program",)) is None
