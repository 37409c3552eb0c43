"""What goes wrong around the program: a full disk, closed folders, a wrong clock, two of it at once.

Each is brought about for real, through the real program in a process of its own; afterwards the wallet must
open and hold what it held.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from tests.conftest import ASSETS, REPOSITORY
from tests.faults.scenes import contexts
from tests.journeys.runner import MAIN, WATCH, Ran, environment, run_wallet
from tests.simulators.issuer import SimulatedIssuer
from tests.vault.vaults import NOW, PASSPHRASE, Template, demand_nothing_plain, make_template
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.operations.session import Services
from wallet.operations.wallets import lock, unlock_wallet
from wallet.vault.container import acquire_window_lock

_NOBODY: Final = 65534
NOT_HERE: Final = "not tried: this system does not let us"
#: What is left of the disk, in blocks of 512 bytes: enough to open a wallet, not to bring much into it.
_BLOCKS: Final = 400


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one situation ended.

    Attributes:
        told: What the person was told, as a code; "" if it went well.
        problem: What is wrong, "" if nothing.
        seconds: How long it took.
    """

    name: str
    told: str
    problem: str = ""
    seconds: float = 0.0


class NotHereError(Exception):
    """This system offers no way to bring the situation about."""


class Home:
    """A person's folder with a wallet that holds one credential."""

    def __init__(self, template: Template, folder: Path) -> None:
        self.folder, self.template = folder, template
        folder.mkdir(parents=True)
        folder.chmod(0o755)
        self.place = template.copy(folder / "wallet")
        (folder / "secret").write_text(template.recovery_code)
        self.badge(1)
        assert self.wallet("import", folder / "1.json").code in (0, 3)

    def badge(self, number: int, size: int = 0) -> Path:
        path = self.folder / f"{number}.json"
        title = f"Badge {number} {'x' * size}"
        path.write_bytes(SimulatedIssuer("did:key").badge(title=title, number=number))
        return path

    def wallet(self, *arguments: str | Path, before: tuple[str, ...] = ()) -> Ran:
        return run_wallet(self.folder, *arguments, "--vault", self.place, "--recovery-code",
                          "--passphrase-file", self.folder / "secret", before=before)

    def holds(self) -> int:
        """Return how many credentials an untroubled program finds."""
        listed = self.wallet("list", "--json")
        assert listed.code in (0, 1, 3), listed.err
        rows = listed.json()["credentials"]
        assert isinstance(rows, list)
        return len(rows)


def _told(ran: Ran) -> str:
    """Return the code in the first line of what was said, and fail on a fault of ours."""
    first = next((line for line in ran.err.splitlines() if line.endswith(")")), "")
    code = first.rpartition("(")[2].rstrip(")")
    assert ran.code not in (70, 99), ran.err
    return f"{code or 'nothing'} (exit {ran.code})"


def _full(blocks: int = _BLOCKS) -> tuple[str, ...]:
    return "sh", "-c", f'ulimit -f {blocks}; exec "$0" "$@"'


def disk_full_at_import(home: Home) -> str:
    many = [home.badge(number, size=60_000) for number in range(2, 12)]
    ran = home.wallet("import", *many, before=_full())
    held = home.holds()
    assert 1 <= held < 11, held
    assert home.wallet("import", *many).code in (0, 3)
    assert home.holds() == 11
    return _told(ran)


def disk_really_full(home: Home) -> str:
    """A disk of its own, filled to the last byte; the wallet is the same afterwards, and goes on."""
    disk = home.folder / "disk"
    disk.mkdir()
    mounted = hasattr(os, "geteuid") and not os.geteuid() and not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)], check=False,
        capture_output=True).returncode
    if not mounted:
        raise NotHereError
    try:
        shutil.move(home.folder / "wallet", disk / "wallet")
        home.place = disk / "wallet"
        (disk / "rest").write_bytes(bytes(500_000))
        many = [home.badge(number, size=60_000) for number in range(2, 12)]
        ran = home.wallet("import", *many)
        assert ran.code not in (0, 1, 3), ran
        assert 1 <= home.holds() < 11
        backup = home.wallet("backup", "create", disk / "b.vcwallet")
        assert backup.code not in (0, 1)
        assert not list(disk.glob("*.vcwallet*")) + list(disk.glob(".*vcwallet*"))
        (disk / "rest").unlink()
        assert home.holds() >= 1
        return f"{_told(ran)}; backup: {_told(backup)}"
    finally:
        shutil.move(disk / "wallet", home.folder / "wallet")
        home.place = home.folder / "wallet"
        subprocess.run(["umount", str(disk)], check=True)


def disk_full_at_backup(home: Home) -> str:
    ran = home.wallet("backup", "create", home.folder / "b.vcwallet", before=_full(100))
    assert ran.code not in (0, 1)
    assert not list(home.folder.glob("*.vcwallet*")) + list(home.folder.glob(".*vcwallet*"))
    return _told(ran)


def disk_full_at_creation(home: Home) -> str:
    (home.folder / "phrase").write_text(PASSPHRASE)
    ran = run_wallet(home.folder, "create", "--vault", home.folder / "second", "--passphrase-file",
                     home.folder / "phrase", before=_full(40))
    assert ran.code not in (0, 1)
    assert not (home.folder / "second" / "vault.head").exists()
    return _told(ran)


def export_to_a_full_device(home: Home) -> str:
    listed = home.wallet("list", "--json").json()["credentials"]
    assert isinstance(listed, list)
    ran = home.wallet("share", listed[0]["id"], "--to", "Harbor", "--yes", "--out", "/dev/full")
    assert ran.code not in (0, 1)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)
    assert "there already" in ran.err
    return "never written over: " + _told(ran)


def output_to_a_full_device(home: Home) -> str:
    told = subprocess.run(["sh", "-c", 'exec "$0" "$@" >/dev/full', *_program(home, "list")],
                          capture_output=True, text=True, check=False, cwd=home.folder,
                          env=environment(home.folder))
    assert told.returncode not in (0, 70, 120), told.stderr
    assert "Traceback" not in told.stderr
    return _told(Ran(told.returncode, told.stdout, told.stderr))


def _program(home: Home, *arguments: str) -> list[str]:
    return [sys.executable, "-c", "NUMBER = ''\n" + WATCH + MAIN, *arguments, "--vault",
            str(home.folder / "wallet"), "--recovery-code", "--passphrase-file", str(home.folder / "secret")]


# --- places


def _as_nobody(home: Home) -> tuple[str, ...]:
    """Give the folder to somebody who is not the administrator, and return how to run as them."""
    if os.geteuid():
        return ()
    for path in (home.folder, *home.folder.rglob("*")):
        os.chown(path, _NOBODY, _NOBODY)
    before = ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")
    if not shutil.which("setpriv") or subprocess.run([*before, sys.executable, "-c", "import wallet"],
                                                     cwd=REPOSITORY, check=False).returncode:
        raise NotHereError
    return before


def read_only_folder(home: Home) -> str:
    before = _as_nobody(home)
    place = home.folder / "wallet"
    for path in place.iterdir():
        path.chmod(0o444)
    place.chmod(0o555)
    try:
        assert home.wallet("list", before=before).code in (0, 1, 3)
        ran = home.wallet("import", home.badge(2), before=before)
        assert ran.code not in (0, 1, 3)
    finally:
        place.chmod(0o700)
        for path in place.iterdir():
            path.chmod(0o600)
    return "can be read; import: " + _told(ran)


def unreadable_files(home: Home) -> str:
    before = _as_nobody(home)
    for name in ("vault.head", "vault.db"):
        (home.folder / "wallet" / name).chmod(0)
    os.chown(home.folder / "wallet" / "vault.head", 0, 0)
    try:
        ran = home.wallet("list", before=before)
        assert ran.code not in (0, 1, 3)
    finally:
        for name in ("vault.head", "vault.db"):
            (home.folder / "wallet" / name).chmod(0o600)
    return _told(ran)


def missing_folder(home: Home) -> str:
    (home.folder / "wallet").rename(home.folder / "elsewhere")
    try:
        ran = home.wallet("list")
        assert ran.code not in (0, 1, 3)
        assert not (home.folder / "wallet").exists()
    finally:
        (home.folder / "elsewhere").rename(home.folder / "wallet")
    return _told(ran)


def folder_gone_meanwhile(home: Home) -> str:
    """The stick is pulled out while the wallet is open."""
    session = _session(home)
    (home.folder / "wallet").rename(home.folder / "elsewhere")
    try:
        session.vault.set_setting("kept", "no")
        said = "nothing: the open files are still there"
    except VaultError as error:
        said = error.reason.code.value
    finally:
        lock(session)
        (home.folder / "elsewhere").rename(home.folder / "wallet")
    return said


# --- clocks


def _session(home: Home, days: int = 0):  # type: ignore[no-untyped-def] # a Session, for these cases only
    services = Services(lambda: NOW + timedelta(days=days), contexts(), ASSETS, home.folder / "wallet",
                        home.folder / "config" / "settings.json")
    return unlock_wallet(services, home.folder / "wallet", home.template.secret)


def clock_set_back(home: Home) -> str:
    lock(_session(home, days=30))
    session = _session(home, days=-730)
    try:
        codes = {one.code for one in session.vault.warnings}
        assert ReasonCode.CLOCK_SUSPECT in codes, codes
        assert len(session.vault.list()) == 1
    finally:
        lock(session)
    return ReasonCode.CLOCK_SUSPECT.value + " (a warning)"


def clock_far_ahead(home: Home) -> str:
    session = _session(home, days=3650)
    assert len(session.vault.list()) == 1
    lock(session)
    return "opens"


# --- two at once


def _window(home: Home) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.window", str(home.folder / "wallet"),
         home.template.recovery_code, "1000000"], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def two_windows(home: Home) -> str:
    process = _window(home)
    try:
        acquire_window_lock(home.folder / "wallet").release()
    except VaultError as error:
        return error.reason.code.value
    finally:
        process.kill()
        process.communicate()
    raise AssertionError("the second window was let in")


def window_and_command_line(home: Home) -> str:
    """Both write, for some seconds; nothing of either is lost."""
    process, mine = _window(home), 0
    ends = time.monotonic() + 6
    while time.monotonic() < ends:
        assert home.wallet("import", home.badge(mine + 2)).code in (0, 3)
        mine += 1
    process.kill()
    theirs = len(process.communicate()[0].split())
    held = home.holds()
    assert held >= 1 + mine + theirs, (held, mine, theirs)
    assert theirs
    return f"both write: {mine} by command, {theirs} by window, 0 lost"


def two_command_lines(home: Home) -> str:
    badges = [home.badge(number) for number in range(2, 8)]
    running = [subprocess.Popen([*_program(home, "import"), str(badge)], env=environment(home.folder),
                                cwd=home.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
               for badge in badges]
    codes = [process.wait() for process in running]
    for process in running:
        if process.stderr:
            process.stderr.close()
    assert set(codes) <= {0, 3}, codes
    assert home.holds() == 7
    return "six at once, 0 lost"


CASES: Final[dict[str, Callable[[Home], str]]] = {
    "a disk filled to its last byte": disk_really_full,
    "files grow to a limit during an import": disk_full_at_import,
    "files grow to a limit during a backup": disk_full_at_backup,
    "files grow to a limit while a wallet is made": disk_full_at_creation,
    "a pack written to a full device": export_to_a_full_device,
    "a list printed to a full device": output_to_a_full_device,
    "read-only folder, not as administrator": read_only_folder,
    "files nobody may read": unreadable_files,
    "missing folder": missing_folder,
    "folder gone while open": folder_gone_meanwhile,
    "clock set back two years": clock_set_back,
    "clock ten years ahead": clock_far_ahead,
    "a second window": two_windows,
    "window and command line at once": window_and_command_line,
    "six command lines at once": two_command_lines,
}


def run_situation(name: str, template: Template, work: Path) -> Outcome:
    """Bring one about, and look at the wallet afterwards."""
    started = time.monotonic()
    home = Home(template, work / name.replace(" ", "-"))
    told, problem = "", ""
    try:
        told = CASES[name](home)
        if home.holds() < 1:
            problem = "the credential is lost"
    except NotHereError:
        told = NOT_HERE
    except (AssertionError, VaultError) as error:
        problem = repr(error)[:300]
    demand_nothing_plain(home.folder)
    return Outcome(name, told, problem, time.monotonic() - started)


def run_situations(names: tuple[str, ...] = tuple(CASES)) -> Iterator[Outcome]:
    """Bring all about, in folders that others can reach, too."""
    place = Path(tempfile.mkdtemp(prefix="wallet-situations-"))
    place.chmod(0o755)
    try:
        template = make_template(place / "template")
        for name in names:
            yield run_situation(name, template, place)
    finally:
        shutil.rmtree(place)
