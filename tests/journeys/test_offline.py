"""The whole main job opens no socket: watched from inside, and with the network taken away from outside."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.journeys.runner import WATCH, run_wallet


def test_the_watch_itself_works(tmp_path: Path) -> None:
    """The benign twin is every other test here; this one shows that a socket would have been seen."""
    import sys

    watch = "NUMBER = ''\n" + WATCH
    program = watch + "import socket; socket.socket(socket.AF_INET)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 99
    local = watch + "import socket; socket.socketpair()"
    assert subprocess.run([sys.executable, "-c", local], check=False).returncode == 0
    assert int(socket.AF_UNIX) == 1  # the number in the watching program


@pytest.mark.system
def test_create_import_view_share_and_verify_open_no_socket(tmp_path: Path) -> None:
    """The program watches itself wherever it runs; the system is asked of the same run where it answers."""
    trace = tmp_path / "trace"
    watched: tuple[str, ...] = ("strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace))
    if shutil.which("strace") is None or subprocess.run([*watched, "true"], check=False,
                                                        capture_output=True).returncode:
        watched = ()
    ran = run_wallet(tmp_path, "tour", tmp_path / "tour", before=watched)
    assert ran.code == 0, ran.err
    assert len(list((tmp_path / "tour" / "pictures").glob("*.png"))) >= 4
    if not watched:
        pytest.skip("watched from inside only: no strace here")
    opened = re.findall(r"socket\((\w+)", trace.read_text(errors="replace"))
    assert set(opened) <= {"AF_UNIX"}


@pytest.mark.system
def test_the_real_program_needs_no_network_interface(tmp_path: Path) -> None:
    alone = ("unshare", "-n")
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False,
                                                         capture_output=True).returncode:
        alone = ("unshare", "-rn")
        if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False,
                                                             capture_output=True).returncode:
            pytest.skip("no network namespaces here")
    ran = run_wallet(tmp_path, "tour", tmp_path / "tour", before=alone)
    assert ran.code == 0, ran.err
