"""What processes hold is told by themselves, not by what the one that began them held."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from tests.benchmarks.memory import PROC, LargestSum, own_peak, taken_by, tree_of

pytestmark = pytest.mark.skipif(not (PROC / "self" / "status").exists(), reason="asks Linux")

HOLDS = ("import sys; held = bytearray(60_000_000); held[::4096] = b'x' * len(held[::4096]);"
         "print(1, flush=True); sys.stdin.read()")


def begun(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-I", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            text=True)


def test_a_small_child_of_a_large_parent_is_small() -> None:
    held = bytearray(150_000_000)
    held[::4096] = b"x" * len(held[::4096])
    code = "import os; from tests.benchmarks.memory import own_peak; print(own_peak())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    peak = own_peak()
    assert peak is not None
    assert peak > 150
    assert 5 < float(done.stdout) < 100


def test_a_tree_is_added_up() -> None:
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-I', '-c', {HOLDS!r}])"
    with begun(inner) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        assert len(tree_of(process.pid)) == 2
        with LargestSum(process.pid) as seen:
            time.sleep(0.1)
        assert process.stdin is not None
        process.stdin.close()
    assert seen.megabytes is not None
    assert 60 < seen.megabytes < 150


def test_what_is_gone_takes_nothing() -> None:
    with begun("pass") as process:
        process.wait()
    assert taken_by(process.pid) is None
    assert taken_by(os.getpid())
