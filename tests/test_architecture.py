"""The floor plan as failing tests: contracts, caps, docstrings, and the bans that no linter knows."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

WALLET = REPOSITORY / "wallet"
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
CODE = sorted(path for top in ("wallet", "tests", "packaging") for path in (REPOSITORY / top).rglob("*.py"))
MODULES = sorted(WALLET.rglob("*.py"))
TESTS = sorted((REPOSITORY / "tests").rglob("*.py"))

#: The only modules that may catch everything: where an unknown fault becomes a check, the answer of one file
#: among many, a line or a message, or is brought out of a thread, into the one that waits for it.
CATCH_ALL = {"verify/pipeline.py", "operations/checking.py", "ui/background.py", "cli/commands.py",
             "vault/keychain.py", "operations/lanes.py"}
CATCHES_ALL = "BaseException"
#: The only modules that may read the wall clock.
CLOCK = {"assemble.py"}
#: The only places that may write files.
WRITERS = ("vault/", "operations/files.py", "operations/settings.py", "assemble.py")


def relative(path: Path) -> str:
    return path.relative_to(WALLET).as_posix()


def kept_files() -> list[str]:
    """Return the names of all files under version control; skips, visibly, where there is none."""
    if shutil.which("git") is None:
        pytest.skip("no git here")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.decode("utf-8").split("\0") if name]


def calls(path: Path) -> Iterator[str]:
    """Yield the dotted names of everything a module calls."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_import_contracts_hold() -> None:
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run([sys.executable, "-c", program, "--no-cache"], cwd=REPOSITORY,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_no_file_outgrows_its_room(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_FILE_LINES


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_module_is_described_and_its_functions_fit_a_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < MAX_FUNCTION_LINES, node.name


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_clock_and_faults_have_their_places(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if relative(path) not in CLOCK:
        assert not re.search(r"datetime\.(now|utcnow|today)\(|\btime\.time\(|date\.today\(", text)
    if relative(path) not in CATCH_ALL:
        assert not re.search(r"except Exception\b|except:", text)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ExceptHandler) and node.type and ast.unparse(node.type) == CATCHES_ALL:
                # Clearing up and passing on is no catching.
                assert isinstance(node.body[-1], ast.Raise)
                assert node.body[-1].exc is None


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_only_the_writers_write(path: Path) -> None:
    if relative(path).startswith(WRITERS):
        return
    writing = re.compile(r"\.(write_bytes|write_text|mkdir|unlink|rename|touch)$"
                         r"|^os\.(open|remove|replace|mkdir)$|^open$|^tempfile\.|^shutil\.")
    assert [name for name in calls(path) if writing.search(name)] == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_nothing_dangerous_is_called(path: Path) -> None:
    banned = {"eval", "exec", "pickle.loads", "pickle.load", "yaml.load", "os.system", "etree.parse"}
    assert banned.isdisjoint(calls(path))
    text = path.read_text(encoding="utf-8")
    for word in ("extractall", "shell=True", "AutoText", "RichText", "MarkdownText", "import socket"):
        if word == "import socket" and relative(path).startswith("net/"):
            continue
        assert word not in text, word


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_no_test_passes_or_fails_by_the_clock(path: Path) -> None:
    """How long something takes is for the benchmarks to say; a busy machine is no fault of the program."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"^\s*assert .*\b(monotonic|perf_counter|process_time)\(", text, re.MULTILINE)


def test_every_module_has_a_test_of_its_name() -> None:
    tests = {path.name for path in (REPOSITORY / "tests").rglob("test_*.py")}
    missing = [relative(path) for path in MODULES
               if path.name not in ("__init__.py", "__main__.py") and f"test_{path.name}" not in tests]
    assert missing == []


def test_packaging_is_no_package() -> None:
    assert not (REPOSITORY / "packaging" / "__init__.py").exists()


def test_the_top_of_the_repository_is_tidy() -> None:
    expected = {"pyproject.toml", "README.md", "wallet", "assets", "tests", "packaging", "LICENSE",
                "CHANGELOG.md"}
    tops = {name.split("/", 1)[0] for name in kept_files()}
    assert {top for top in tops if not top.startswith(".")} <= expected


def test_no_file_names_a_machine_or_a_registry() -> None:
    machine = re.compile(rb"(?:^|[\s\"'=(])/(?:root|work|home/\w+|opt/\w+)/"
                         rb"|--(?:extra-)?index-url|--find-links")
    found = []
    for name in kept_files():
        path = REPOSITORY / name
        if path.suffix in {".py", ".md", ".txt", ".toml", ".json", ""} and path.is_file() \
                and path != Path(__file__) and machine.search(path.read_bytes()):
            found.append(name)
    assert found == []
