"""The command line as a whole: help, purity of streams, faults, secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.cli.conftest import AT, PASSPHRASE, Run, spawn
from wallet import __version__
from wallet.cli.commands import main, wallet
from wallet.cli.exit_codes import ExitCode
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason


def every_command(group: click.Group = wallet, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))
        else:
            yield (*path, name)


def command_at(path: tuple[str, ...]) -> click.Command:
    found: click.Command = wallet
    for name in path:
        assert isinstance(found, click.Group)
        inner = found.get_command(click.Context(found), name)
        assert inner is not None
        found = inner
    return found


COMMANDS = list(every_command())


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_help_has_an_example(run: Run, path: tuple[str, ...]) -> None:
    done = run(*path, "--help")
    assert done.code == 0
    assert "Example:\n    wallet" in done.out
    assert "\b" not in done.out


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_no_secret_is_an_argument(path: tuple[str, ...]) -> None:
    for parameter in command_at(path).params:
        assert not parameter.envvar
        if "passphrase" in (parameter.name or ""):
            assert str(parameter.name).removeprefix("their_") in {"passphrase_file", "passphrase_fd"}
        if parameter.name == "recovery":
            assert isinstance(parameter, click.Option)
            assert parameter.is_flag


def test_environment_is_no_way_in(
    run: Run, options: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WALLET_PASSPHRASE", "WALLET_LIST_PASSPHRASE", "PASSPHRASE"):
        monkeypatch.setenv(name, PASSPHRASE)
    assert run("list", *options[:2]).code == 5


def test_what_prints_data_prints_json() -> None:
    printing = {"verify", "inspect", "create", "import", "list", "show", "search", "export", "doctor", "tour"}
    for path in COMMANDS:
        if path and path[-1] in printing and path != ("evidence", "export"):
            assert any("--json" in option.opts for option in command_at(path).params), path


def test_version(run: Run) -> None:
    assert run("--version").out == f"wallet, version {__version__}\n"


def test_fault_of_ours_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch, files: Path) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("wallet.assemble.services", broken)
    done = run("verify", files / "valid.json")
    assert done.code == ExitCode.INTERNAL.value
    assert "A fault in this program stopped it (RuntimeError). (internal_error)" in done.err
    assert "secret detail" not in done.err


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (ReasonCode.VAULT_BUSY, 5),
        (ReasonCode.VAULT_DAMAGED, 4),
        (ReasonCode.DISK_FULL, 4),
        (ReasonCode.VAULT_MISSING, 2),
    ],
)
def test_faults_of_the_wallet_are_told_apart(
    run: Run, monkeypatch: pytest.MonkeyPatch, code: ReasonCode, expected: int
) -> None:
    def refuse(**_: object) -> None:
        raise VaultError(reason(code))

    monkeypatch.setattr("wallet.assemble.services", refuse)
    done = run("list")
    assert done.code == expected
    assert f"({code.value})" in done.err


def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("wallet.assemble.services", interrupted)
    assert main(["list"]) == 130
    assert "What was done before stays done." in capsys.readouterr().err


def test_unknown_command_is_wrong_usage(run: Run) -> None:
    done = run("fly")
    assert done.code == 2
    assert done.out == ""


def test_output_stays_utf8_and_pure_whatever_the_locale(files: Path) -> None:
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "NO_COLOR": "1"}
    done = spawn("verify", "--json", *AT, files / "self-made.json", env=environment)
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["results"]
    text = spawn("verify", *AT, files / "self-made.json", env=environment)
    assert "✓ Genuine".encode() in text.stdout
    assert b"\x1b" not in text.stdout


def test_reader_that_goes_away_is_no_fault(files: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    many = [str(files / "self-made.json")] * 300
    with subprocess.Popen([sys.executable, "-m", "wallet", "verify", "--explain", *AT, *many],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # fmt: skip
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        process.wait(timeout=60)
        assert b"Traceback" not in process.stderr.read()
        assert process.returncode == 130
