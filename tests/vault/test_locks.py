from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.vault.vaults import NOW, Template
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.container import open_vault
from wallet.vault.locks import acquire_window_lock, owner_lives, owner_name

HOLDER = """
import sys, time
from pathlib import Path
from wallet.vault.locks import acquire_window_lock
lock = acquire_window_lock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def busy(folder: Path) -> bool:
    try:
        acquire_window_lock(folder).release()
    except VaultError as error:
        return error.reason.code is ReasonCode.VAULT_BUSY
    return False


def test_a_second_window_is_told_that_there_is_one(folder: Path) -> None:
    with acquire_window_lock(folder) as lock:
        assert busy(folder)
    assert not busy(folder)
    lock.release()
    assert not busy(folder)


def test_a_window_of_another_process_counts_until_it_dies(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE,
                          cwd=REPOSITORY) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        assert busy(folder)
        process.kill()
        process.wait()
        assert not busy(folder)


def test_a_lock_file_that_somebody_left_is_no_lock(folder: Path) -> None:
    (folder / "vault.lock").write_text("4711")
    assert not busy(folder)


def test_the_command_line_works_beside_a_window(folder: Path, template: Template) -> None:
    with acquire_window_lock(folder):
        vault = open_vault(folder, template.secret, now=NOW)
        vault.set_setting("a", "b")
        vault.close()


def test_where_there_is_no_vault_folder(tmp_path: Path) -> None:
    with pytest.raises(VaultError) as caught:
        acquire_window_lock(tmp_path / "missing")
    assert caught.value.reason.code is ReasonCode.VAULT_MISSING


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_linked_lock_file_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "vault.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(VaultError) as caught:
        acquire_window_lock(folder)
    assert caught.value.reason.code is ReasonCode.VAULT_UNSAFE_PLACE
    assert not (tmp_path / "elsewhere").exists()


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that knows no locks."""
    import fcntl

    def refuse(descriptor: int, how: int) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are told apart by what Linux says")
@pytest.mark.usefixtures("without_locks")
class TestWithoutLocks:
    """The content of the file stands for the lock: a living owner counts, a dead or another one does not."""

    def test_a_living_owner_is_respected_until_it_dies(self, folder: Path) -> None:
        with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
            (folder / "vault.lock").write_text(owner_name(process.pid))
            assert busy(folder)
            process.kill()
            process.wait()
            assert not busy(folder)

    def test_a_number_that_was_given_anew_is_nobody(self, folder: Path) -> None:
        with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
            name, _, _ = owner_name(process.pid).rpartition(" ")
            (folder / "vault.lock").write_text(f"{name} 1")  # it was started long before
            assert not busy(folder)
            process.kill()

    def test_another_computer_counts_as_alive(self, folder: Path) -> None:
        (folder / "vault.lock").write_text("0123456789abcdef 1 1")
        assert busy(folder)

    @pytest.mark.parametrize("content", ["", "4711", "a b c", "x -1 1", "é 1", f"x {1 << 40} 1"])
    def test_what_makes_no_sense_is_nobody(self, folder: Path, content: str) -> None:
        (folder / "vault.lock").write_text(content)
        assert not busy(folder)

    def test_the_name_goes_when_the_lock_does(self, folder: Path) -> None:
        with acquire_window_lock(folder):
            assert owner_lives((folder / "vault.lock").read_text())
            assert busy(folder)
        assert (folder / "vault.lock").read_text() == ""
