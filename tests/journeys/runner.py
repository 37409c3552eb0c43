"""Run the real program in a process of its own, watched: every socket that is not local is written down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.simulators.host import NUMBER, Listener

#: Installed before the program's first import; ends the process at the first socket that could leave it.
#: Where a web on this machine was given, sockets may lead there, by its number, and nowhere else.
WATCH = """
import sys

def watch(event, arguments):
    if event == "socket.__new__" and arguments[1] != 1 and not NUMBER:
        end(f"SOCKET OPENED: {arguments[1:]}")
    if event in ("socket.getaddrinfo", "socket.gethostbyname") and not (NUMBER and arguments[0] == NUMBER):
        end(f"NAME LOOKED UP: {arguments}")
    if event in ("socket.connect", "socket.bind", "socket.sendto") and isinstance(arguments[1], tuple) \\
            and arguments[1][0] != NUMBER:
        end(f"REACHED OUT: {arguments[1]}")

def end(what):
    import os
    sys.stderr.write(what + "\\n")
    sys.stderr.flush()
    os._exit(99)

sys.addaudithook(watch)
"""
#: Where a command sets a passphrase, a guess costs the least that is allowed; in the tour, what it would.
CHEAP = """
import wallet.vault.cipher
wallet.vault.cipher.TARGET_S = 0.0
"""
_SETTING = frozenset({"create", "passphrase"})
MAIN = """
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
               web: Listener | None = None) -> Ran:
    """Run `wallet` with arguments, watched for sockets.

    Args:
        home: Where its folders are.
        arguments: Of the command line.
        stdin: What it reads.
        before: A program to run it under (`strace`, `unshare`), with its arguments.
        web: The hosts it can reach, on this machine; None for none.
    """
    number = f"NUMBER = {NUMBER if web else ''!r}\n"
    cost = CHEAP if arguments[:1] and arguments[0] in _SETTING else ""
    program = number + WATCH + (web.prelude() if web else "") + cost + MAIN
    done = subprocess.run(
        [*before, sys.executable, "-c", program, *map(str, arguments)], input=stdin, cwd=home,
        env=environment(home), capture_output=True, timeout=240, check=False)
    ran = Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
    assert ran.code != 99, ran.err
    assert "Traceback" not in ran.err, ran.err
    assert "Traceback" not in ran.out, ran.out
    return ran
