"""Making, opening and looking over a wallet; the tour."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import AT, PASSPHRASE, Run, spawn


def test_create_shows_the_recovery_code_once(run: Run, tmp_path: Path, secret: Path) -> None:
    given = ("--vault", tmp_path / "w", "--passphrase-file", secret)
    code = run("create", "--json", *given).json["recoveryCode"]
    (tmp_path / "code.txt").write_text(code)
    opened = run("unlock-test", "--vault", tmp_path / "w", "--recovery-code", "--passphrase-file",
                 tmp_path / "code.txt")  # fmt: skip
    assert opened.code == 0
    assert run("create", *given).code == 2


def test_create_refuses_a_weak_passphrase(run: Run, tmp_path: Path) -> None:
    (tmp_path / "weak").write_text("password1\n")
    done = run("create", "--vault", tmp_path / "w", "--passphrase-file", tmp_path / "weak")
    assert done.code == 2
    assert "(passphrase_weak)" in done.err
    assert not (tmp_path / "w").exists() or not list((tmp_path / "w").iterdir())


def test_wrong_passphrase_has_an_exit_code_of_its_own(
    run: Run, options: tuple[object, ...], tmp_path: Path
) -> None:
    (tmp_path / "wrong").write_text("five dim candles standing\n")
    done = run("list", "--json", *options[:2], "--passphrase-file", tmp_path / "wrong")
    assert done.code == 5
    assert done.out == ""
    assert "(vault_wrong_passphrase)" in done.err


def test_missing_wallet_is_said_before_a_passphrase_is_asked(run: Run, tmp_path: Path) -> None:
    done = run("list", "--vault", tmp_path / "none")
    assert done.code == 2
    assert "(vault_missing)" in done.err
    assert not (tmp_path / "none").exists()


def test_doctor_tells_nothing_private(run: Run, filled: tuple[object, ...]) -> None:
    done = run("doctor", "--unlock", *filled)
    assert done.code == 0
    assert "Credentials" in done.out
    assert "Northbridge" not in done.out
    assert str(filled[1]) not in done.out
    findings = run("doctor", "--json", *filled).json["findings"]
    assert all(one["good"] for one in findings)


def test_tour_does_the_whole_job(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "tour"
    done = run("tour", folder, "--json", *AT)
    assert done.code == 0, done.err
    assert {row["verdict"] for row in done.json["credentials"]} >= {
        "valid",
        "expired",
        "revoked",
        "undetermined",
    }
    assert all(Path(path).is_file() for path in done.json["files"])
    assert all(row["verdict"] == "valid" for row in done.json["judged"])
    again = run("tour", folder)
    assert again.code == 2
    assert "choose a new folder" in again.err


def test_tour_hands_its_session_to_the_pictures(tmp_path: Path) -> None:
    from wallet.cli.commands import main

    seen: list[object] = []

    def pictures(tour: object) -> tuple[Path, ...]:
        seen.append(tour)
        return (tmp_path / "library.png",)

    assert main(["tour", str(tmp_path / "t"), *AT], pictures=pictures) == 0
    assert len(seen) == 1


def test_passphrase_from_a_descriptor(tmp_path: Path, options: tuple[object, ...]) -> None:
    path = tmp_path / "pass"
    path.write_text(PASSPHRASE + "\n")
    with path.open("rb") as file:
        number = file.fileno()
        done = spawn("list", "--json", *options[:2], "--passphrase-fd", number, pass_fds=(number,))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["credentials"] == []


def test_nobody_to_ask_means_locked(options: tuple[object, ...]) -> None:
    done = spawn("list", *options[:2], stdin=PASSPHRASE.encode())
    assert done.returncode == 5
    assert b"(vault_locked)" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_prompt_does_not_echo(options: tuple[object, ...]) -> None:
    import pty

    try:
        terminal, end = pty.openpty()
    except OSError:
        pytest.skip("no pseudo-terminals here")
    command = [sys.executable, "-m", "wallet", "unlock-test", *map(str, options[:2])]
    with subprocess.Popen(
        command, stdin=end, stdout=subprocess.PIPE, stderr=end, start_new_session=True
    ) as process:
        seen = b""
        while b"Passphrase" not in seen:
            seen += os.read(terminal, 1024)
        os.write(terminal, PASSPHRASE.encode() + b"\n")
        out, _ = process.communicate(timeout=60)
    os.close(end)
    seen += os.read(terminal, 1024)
    os.close(terminal)
    assert process.returncode == 0
    assert out.startswith(b"It opens.")
    assert PASSPHRASE.encode() not in seen
