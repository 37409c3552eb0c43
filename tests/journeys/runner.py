"""Run the real program in a process of its own, watched: every socket that is not local is written down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import REPOSITORY

#: Installed before the program's first import; ends the process at the first socket that could leave it.
WATCH = """
import sys

def watch(event, arguments):
    if event == "socket.__new__" and arguments[1] != 1:
        sys.stderr.write(f"SOCKET OPENED: {arguments[1:]}\\n")
        sys.stderr.flush()
        import os
        os._exit(99)
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        sys.stderr.write(f"NAME LOOKED UP: {arguments}\\n")
        sys.stderr.flush()
        import os
        os._exit(99)

sys.addaudithook(watch)
from wallet.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run of the program left."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, object]:
        """Return standard output as JSON; fails if anything else was printed."""
        parsed: dict[str, object] = json.loads(self.out)
        return parsed


def environment(home: Path) -> dict[str, str]:
    """Return an environment whose folders are all below `home`."""
    return {
        "PATH": os.environ.get("PATH", ""), "HOME": str(home), "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"), "XDG_CACHE_HOME": str(home / "cache"),
        "LOCALAPPDATA": str(home / "data"), "APPDATA": str(home / "config"),
        "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
        "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8",
    }


def run_wallet(home: Path, *arguments: str | Path, stdin: bytes = b"", before: tuple[str, ...] = (),
               ) -> Ran:
    """Run `wallet` with arguments, watched for sockets.

    Args:
        home: Where its folders are.
        arguments: Of the command line.
        stdin: What it reads.
        before: A program to run it under (`strace`, `unshare`), with its arguments.
    """
    done = subprocess.run(
        [*before, sys.executable, "-c", WATCH, *map(str, arguments)], input=stdin, cwd=home,
        env=environment(home), capture_output=True, timeout=240, check=False)
    ran = Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
    assert ran.code != 99, ran.err
    assert "Traceback" not in ran.err, ran.err
    assert "Traceback" not in ran.out, ran.out
    return ran
