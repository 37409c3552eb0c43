"""The commands that ask the web, where no socket may be opened: each ends in a sentence, and nothing is lost.

Every verb that knows `--online` is here, with those that ask by their name; which there are is read from the
program. The rest of the commands is walked with the sockets counted in `tests/cli/test_sockets.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.cli.test_sockets import ASKS, leaves
from tests.conftest import AT
from tests.journeys import runner
from tests.journeys.runner import run_wallet
from tests.operations.test_renewal import version
from tests.simulators.issuer import SimulatedIssuer
from wallet import assemble
from wallet.cli.commands import wallet
from wallet.cli.exit_codes import ExitCode
from wallet.operations.intake import import_bytes
from wallet.operations.lists import add_federation
from wallet.operations.wallets import Passphrase, lock, unlock_wallet
from wallet.vault.cipher import FLOOR
from wallet.vault.container import create_vault

PASSPHRASE = "four bright lanterns drifting"
#: As a system does that allows no network: opening a socket, and looking up a name, fails.
FORBID = """
import sys

def forbid(event, arguments):
    away = event == "socket.__new__" and arguments[1] != 1
    if away or event in ("socket.getaddrinfo", "socket.gethostbyname"):
        sys.stderr.write("<refused>")
        raise PermissionError(1, "Operation not permitted")

sys.addaudithook(forbid)
"""
OPENS = "--vault {home}/wallet --passphrase-file {home}/secret --at 2026-11-21"
#: What is typed, by the command, and how it ends.
LINES = {
    "verify": ("{home}/badge.json --online --at 2026-11-21", ExitCode.UNDECIDED),
    "import": (f"{{home}}/badge.json https://northbridge.example/b/1 --online {OPENS}", ExitCode.UNREADABLE),
    "badges": (f"https://www.credly.com/users/maya-lind --online {OPENS}", ExitCode.UNREADABLE),
    "refresh": (f"--online {OPENS}", ExitCode.UNDECIDED),
    "renew": (f"{{id}} --online {OPENS}", ExitCode.UNREADABLE),
    "lists add": (f"https://registry.example/registry.json --online {OPENS}", ExitCode.UNREADABLE),
    "lists refresh": (OPENS, ExitCode.UNDECIDED),
    "issuer ask": (f"did:web:northbridge.example --online {OPENS}", ExitCode.UNDECIDED),
}


def online_commands() -> Iterator[str]:
    """Every command that has the option."""
    for line in leaves():
        command: click.Command = wallet
        for word in line.split():
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), word)
            assert found is not None
            command = found
        if any("--online" in one.opts for one in command.params):
            yield line


def test_no_command_that_asks_is_forgotten() -> None:
    assert set(LINES) == set(online_commands()) | ASKS


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wallet with a credential that wants its issuer's key, can be renewed, and a federation in force."""
    folder = tmp_path_factory.mktemp("home")
    create_vault(folder / "wallet", PASSPHRASE, now=AT, kdf=FLOOR).vault.close()
    (folder / "secret").write_text(PASSPHRASE + "\n")
    (folder / "badge.json").write_bytes(version(SimulatedIssuer("did:web")))
    services = assemble.services(vault_folder=folder / "wallet", at=AT)
    session = unlock_wallet(services, folder / "wallet", Passphrase(PASSPHRASE))
    (row,) = import_bytes(session, (folder / "badge.json").read_bytes(), "badge.json").rows
    (folder / "id").write_text(row.credential_id)
    add_federation(session, "https://federation.example/.well-known/openid-federation")
    lock(session)
    return folder


@pytest.mark.parametrize("command", LINES)
def test_it_ends_in_a_sentence(home: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "WATCH", FORBID)
    line, expected = LINES[command]
    typed = f"{command} {line}".replace("{id}", (home / "id").read_text()).replace("{home}", str(home))
    ran = run_wallet(home, *typed.split())
    said = ran.out + ran.err
    assert "<refused>" in said  # it did try
    assert ran.code == expected, said
    assert "This computer could not find out where" in said
    assert not re.search(r"internal_error|PermissionError|not permitted", said), said
