"""The start-up script: its decisions, without installing anything."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import REPOSITORY

SCRIPT = REPOSITORY / "packaging" / "bootstrap.py"
LOCKS = sorted((REPOSITORY / "packaging" / "requirements").glob("*.txt"))


@pytest.fixture
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wallet_bootstrap", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Calls(list[list[str]]):
    """Stands at the edge of the system: notes commands, starts none, ends with a set exit code."""

    code = 0

    def __call__(self, command: list[str], **_: object) -> int:
        self.append(command)
        return self.code


@pytest.fixture
def ready(bootstrap: ModuleType, tmp_path: Path) -> Path:
    """A folder that looks like a finished environment."""
    python = bootstrap.python_in(tmp_path)
    python.parent.mkdir(parents=True)
    python.touch()
    bootstrap.site_packages(tmp_path).mkdir(parents=True)
    (tmp_path / "pyvenv.cfg").write_text(f"home = somewhere\nversion = {bootstrap.version_text()}.9\n")
    (tmp_path / "stamp-run").write_text(bootstrap.stamp_for("run"))
    return tmp_path


@pytest.mark.parametrize(
    ("version", "fine"), [((3, 10), False), ((3, 11), True), ((3, 14), True), ((4, 0), True)]
)
def test_old_python_gets_a_sentence(bootstrap: ModuleType, version: tuple[int, int], fine: bool) -> None:
    problem = bootstrap.python_problem(version)
    assert bool(problem) is not fine
    assert fine or f"this is Python {version[0]}.{version[1]}" in problem


def test_script_parses_on_older_pythons() -> None:
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 7))


def test_stamp_changes_with_lock_and_python(bootstrap: ModuleType) -> None:
    stamp = bootstrap.stamp_of(b"lock", "3.11")
    assert stamp == f"{hashlib.sha256(b'lock').hexdigest()} python3.11"
    assert len({stamp, bootstrap.stamp_of(b"lock ", "3.11"), bootstrap.stamp_of(b"lock", "3.12")}) == 3


def test_finished_environment_is_left_alone(
    bootstrap: ModuleType, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "call", lambda *_, **__: pytest.fail("nothing may be started"))
    bootstrap.prepare(ready, "run")


def test_changed_lock_installs_again_and_stamps_last(
    bootstrap: ModuleType, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ready / "stamp-run").write_text("other")
    seen = Calls()
    monkeypatch.setattr(bootstrap, "call", seen)
    bootstrap.prepare(ready, "run")
    assert len(seen) == 1
    assert "--require-hashes" in seen[0]
    assert seen[0][seen[0].index("--only-binary") + 1] == ":all:"
    assert bootstrap.is_ready(ready, "run")
    assert not bootstrap.is_ready(ready, "test")


def test_failed_installation_leaves_no_stamp(
    bootstrap: ModuleType, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ready / "stamp-run").unlink()
    monkeypatch.setattr(bootstrap, "call", lambda *_, **__: 1)
    with pytest.raises(bootstrap.SetupError, match="run the same command again"):
        bootstrap.prepare(ready, "run")
    assert not bootstrap.is_ready(ready, "run")


def test_environment_of_another_python_is_made_anew(
    bootstrap: ModuleType, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ready / "pyvenv.cfg").write_text("version = 3.9.1\n")
    (ready / "stamp-run").unlink()
    made: list[Path] = []
    monkeypatch.setattr(bootstrap, "create_environment", made.append)
    monkeypatch.setattr(bootstrap, "call", lambda *_, **__: 0)
    bootstrap.prepare(ready, "run")
    assert made == [ready]


def test_test_environment_serves_run_too(
    bootstrap: ModuleType, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ready / "stamp-run").unlink()
    monkeypatch.setattr(bootstrap, "call", lambda *_, **__: 0)
    bootstrap.prepare(ready, "test")
    assert bootstrap.is_ready(ready, "run")
    assert bootstrap.is_ready(ready, "test")


def test_pointer_leads_back_to_the_project(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "prüfung"
    monkeypatch.setattr(bootstrap, "ROOT", project)
    packages = bootstrap.site_packages(project / ".venv")
    packages.mkdir(parents=True)
    bootstrap.point_to_source(project / ".venv")
    pointer = (packages / bootstrap.POINTER).read_text("utf-8").strip()
    assert pointer.isascii()
    assert (packages / pointer).resolve() == project.resolve()


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
        ({"QT_QPA_PLATFORM": "minimal"}, "win32", False),
    ],
)
def test_display(bootstrap: ModuleType, environment: dict[str, str], platform: str, expected: bool) -> None:
    assert bootstrap.has_display(environment, platform) is expected


def test_commands_name_every_package_once(bootstrap: ModuleType) -> None:
    rows = [*bootstrap.QT_LIBRARIES, *bootstrap.SCREEN_LIBRARIES, bootstrap.FONTS]
    apt, dnf, pacman = bootstrap.commands_for(rows)
    assert "sudo apt-get install libgl1 libegl1 libglib2.0-0 " in apt
    assert "sudo dnf install libglvnd-glx " in dnf
    assert pacman.count("libglvnd") == 1
    assert "|" not in apt + dnf + pacman


def test_debian_variant_is_the_one_the_release_knows(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def call(command: list[str], *, quiet: bool = False) -> int:
        calls.append(command)
        return 100 if command[-1] == "libglib2.0-0t64" else 0

    monkeypatch.setattr(bootstrap, "call", call)
    row = next(row for row in bootstrap.QT_LIBRARIES if "|" in row[1])
    assert bootstrap.apt_install(["apt-get"], [row])
    assert calls[-1][-1] == "libglib2.0-0"


def test_no_permission_prints_the_commands(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "privilege", lambda: None)
    with pytest.raises(bootstrap.SetupError, match="sudo pacman -S libglvnd"):
        bootstrap.install_packages("what the window needs", [bootstrap.QT_LIBRARIES[0]])


def test_missing_libraries_stop_a_window_but_not_the_command_line(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "privilege", lambda: None)
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda **_: [bootstrap.QT_LIBRARIES[0]])
    with pytest.raises(bootstrap.SetupError):
        bootstrap.check_libraries(screen=True, window=True)
    bootstrap.check_libraries(screen=False, window=False)
    captured = capfd.readouterr()
    assert captured.out == ""
    assert "libgl1" in captured.err


def test_fonts(bootstrap: ModuleType, tmp_path: Path) -> None:
    assert not bootstrap.has_fonts((str(tmp_path),))
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "DejaVuSans.TTF").touch()
    assert bootstrap.has_fonts((str(tmp_path),))


def test_arguments_reach_the_program_unchanged(
    bootstrap: ModuleType, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = Calls()
    started.code = 7
    monkeypatch.setattr(bootstrap, "hand_over", started)
    assert bootstrap.main(["--venv", str(ready), "run", "verify", "--json", "-"]) == 7
    assert started == [[str(bootstrap.python_in(ready)), "-I", "-m", "wallet", "verify", "--json", "-"]]


@pytest.mark.parametrize(("screen", "expected"), [(False, ["tour"]), (True, [])])
def test_no_screen_means_the_tour(
    bootstrap: ModuleType, ready: Path, monkeypatch: pytest.MonkeyPatch, screen: bool, expected: list[str]
) -> None:
    started = Calls()
    monkeypatch.setattr(bootstrap, "has_display", lambda *_: screen)
    monkeypatch.setattr(bootstrap, "check_libraries", lambda **_: None)
    monkeypatch.setattr(bootstrap, "hand_over", started)
    bootstrap.run(ready, [])
    assert started[0][4:] == expected


def test_every_step_runs_even_if_one_fails_and_the_tests_are_last(
    bootstrap: ModuleType, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ready / "stamp-test").write_text(bootstrap.stamp_for("test"))
    steps: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        steps.append(command)
        return 1 if "ruff" in command else 0

    monkeypatch.setattr(bootstrap.subprocess, "call", call)
    monkeypatch.setattr(bootstrap, "check_libraries", lambda **_: None)
    assert bootstrap.test(ready, ["-k", "one"]) == 1
    assert len(steps) == 4
    assert steps[-1][1:] == ["-m", "pytest", "-n", "2", "-k", "one"]


@pytest.mark.parametrize("arguments", [[], ["fly"], ["--help"]])
def test_chatter_never_goes_to_standard_output(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == (0 if arguments == ["--help"] else 2)
    assert done.stdout == ""
    assert "run [ARGUMENTS" in done.stderr


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_names_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    line = r"^([A-Za-z0-9._-]+)==\S+(?: ;[^\\]*)? \\\n    --hash=sha256:[0-9a-f]{64}"
    pinned = re.findall(line, text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\S", text, re.MULTILINE))
    assert "pyside6-essentials" in pinned
    assert "://" not in text
    assert "index" not in text.replace("index-", "")
    assert os.sep + "bin" not in text


def test_run_lock_is_part_of_the_test_lock() -> None:
    def pins(name: str) -> set[str]:
        text = (REPOSITORY / "packaging" / "requirements" / name).read_text("utf-8")
        return set(re.findall(r"^\S+==\S+", text, re.MULTILINE))

    assert pins("run.txt") < pins("test.txt")
