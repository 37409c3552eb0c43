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
from wallet.vault.locks import acquire_window_lock

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
