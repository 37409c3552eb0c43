"""A real Secret Service: a bus and a keyring daemon of the test's own, started and stopped by it."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vault.vaults import NOW, PASSPHRASE, Template
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.container import open_vault
from wallet.vault.keychain import Keychain, fetch, new_entry, slot_fields
from wallet.vault.slots import add_keychain_slot, unlocked
from wallet.vault.unlocking import Passphrase, read_vault_header

BACKEND = "keyring.backends.SecretService.Keyring"
#: A bus that starts nothing by itself. The system's own would start a second, locked keyring as soon as it is
#: asked for one, and which of the two is there first would be chance.
BUS = """<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
pytestmark = [
    pytest.mark.system,
    # The library leaves a connection open where an answer does not come.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.skipif(sys.platform != "linux", reason="buses of Linux"),
    pytest.mark.skipif(shutil.which("dbus-daemon") is None or shutil.which("gnome-keyring-daemon") is None,
                       reason="no dbus-daemon and gnome-keyring here"),
]


class Desktop:
    """A session bus with a keyring on it that opens with a password."""

    def __init__(self, home: Path, runtime: Path) -> None:
        self.home = home
        self.runtime = runtime
        self.processes: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def start_bus(self) -> None:
        plan = self.home / "bus.conf"
        plan.write_text(BUS.format(folder=self.runtime), encoding="utf-8")
        bus = subprocess.Popen(["dbus-daemon", f"--config-file={plan}", "--nofork", "--nopidfile",
                                "--print-address=1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               env=self.environment())
        self.processes.append(bus)
        assert bus.stdout is not None
        self.address = bus.stdout.readline().decode().strip()

    def environment(self) -> dict[str, str]:
        own = {"HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.runtime),
               "XDG_DATA_HOME": str(self.home / "data"), "XDG_CONFIG_HOME": str(self.home / "config"),
               "XDG_CACHE_HOME": str(self.home / "cache"), "PATH": os.environ.get("PATH", "")}
        return own | ({"DBUS_SESSION_BUS_ADDRESS": self.address} if self.address else {})

    def start_keyring(self, password: bytes) -> None:
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"]
        daemon = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, env=self.environment())
        self.processes.append(daemon)
        assert daemon.stdin is not None
        daemon.stdin.write(password)
        daemon.stdin.close()
        # It is on the bus before it has opened what it keeps: only an entry that it kept says that it is up.
        for _ in range(100):
            try:
                backend = Keychain(patience_s=1).keep("is it up?", new_entry())
            except VaultError:
                time.sleep(0.1)
            else:
                Keychain(patience_s=10).forget("is it up?", backend)
                return
        pytest.skip("the keyring did not come up here")

    def stop_keyring(self) -> None:
        daemon = self.processes.pop()
        daemon.terminate()
        daemon.wait(10)

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
            process.wait(10)
            if process.stdout:
                process.stdout.close()


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    home = tmp_path / "home"
    home.mkdir()
    # Both listen there. The path of a socket is short, and that of a test's own folder may not be.
    with tempfile.TemporaryDirectory(prefix="run-", dir="/tmp") as runtime:
        made = Desktop(home, Path(runtime))
        try:
            made.start_bus()
            for name, value in made.environment().items():
                monkeypatch.setenv(name, value)
            made.start_keyring(b"the desktop's own password")
            yield made
        finally:
            made.stop()
            gc.collect()


def test_quick_unlock_with_a_real_keyring(desktop: Desktop, folder: Path) -> None:
    keychain, entry = Keychain(patience_s=10), new_entry()
    with unlocked(folder, Passphrase(PASSPHRASE), now=NOW) as found:
        backend = keychain.keep(found.vault.id, entry)
        assert backend == BACKEND
        add_keychain_slot(found, entry, slot_fields(backend, now=NOW, days=14))
        keychain.note_generation(found.vault.id, backend, 7)
    header = read_vault_header(folder).header
    secret, generation = fetch(header, Keychain(patience_s=10), now=NOW)
    assert generation == 7
    open_vault(folder, secret, now=NOW).close()
    kept = b"".join(path.read_bytes() for path in desktop.home.rglob("*") if path.is_file())
    assert entry not in kept
    keychain.forget(header.vault_id, backend)
    keychain.forget(header.vault_id, backend)
    with pytest.raises(VaultError) as caught:
        fetch(header, keychain, now=NOW)
    assert caught.value.reason.code is ReasonCode.KEYCHAIN_LOST


def test_a_keyring_that_is_gone_costs_one_passphrase(desktop: Desktop, folder: Path,
                                                     template: Template) -> None:
    keychain, entry = Keychain(patience_s=10), new_entry()
    with unlocked(folder, template.secret, now=NOW) as found:
        backend = keychain.keep(found.vault.id, entry)
        add_keychain_slot(found, entry, slot_fields(backend, now=NOW, days=14))
    desktop.stop_keyring()
    with pytest.raises(VaultError) as caught:
        fetch(read_vault_header(folder).header, Keychain(), now=NOW)
    assert caught.value.reason.code in {ReasonCode.KEYCHAIN_NONE, ReasonCode.KEYCHAIN_SILENT,
                                        ReasonCode.KEYCHAIN_LOST}
    open_vault(folder, Passphrase(PASSPHRASE), now=NOW).close()
