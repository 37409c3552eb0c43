"""Every command that does not ask the web, once, with the sockets counted: none, and each does its work.

The walk is one life of a wallet at the shell. Which commands there are is read from the program, so that a
new one fails here until it is walked too, or said to ask the web by its own name.
"""

from __future__ import annotations

import socket
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from tests.cli.conftest import AT, PASSPHRASE, Run
from tests.simulators.loopback import loopback
from wallet.cli.commands import COMMANDS, wallet
from wallet.vault.cipher import FLOOR
from wallet.vault.container import create_vault

#: Asks by its name; `tests/journeys/test_forbidden.py` takes its sockets away, and those of every `--online`.
ASKS = {"lists refresh"}
#: Watched in a process of its own by `tests/journeys/test_offline.py`.
WATCHED_ELSEWHERE = {"tour"}
MADE = datetime(2026, 11, 20, tzinfo=UTC)
ISSUER = "did:web:northbridge.example"
OPENS = "--vault {home}/wallet --passphrase-file {secret}"
OTHER = "--vault {home}/other --passphrase-file {secret}"
#: Every line, in turn: its end, and what is typed. `&` opens the wallet, `%` another one.
WALK = """
0 create --vault {home}/third --passphrase-file {secret} --sheet {home}/sheet.txt
0 guide
0 inspect {files}/valid.json
3 verify {files}/valid.json
0 verify --evidence {evidence} {files}/valid.json --report {home}/report.json
1 verify --evidence {evidence} {files}/revoked.json --explain
0 unlock-test &
0 evidence list &
0 evidence show {issuer} &
0 evidence export {home}/documents.vcevidence &
0 evidence remove {issuer} &
0 evidence add {home}/documents.vcevidence &
0 import {files}/token.jwt {files}/self-made.json &
2 import https://northbridge.example/badge --dry-run &
0 list &
0 show {id} &
0 search data &
0 export {id} --out {home}/originals &
0 delete {id} &
0 bin list &
0 bin restore {id} &
0 delete {other} &
0 bin empty &
0 tag {id} work &
0 title {id} Mine &
0 note {id} Later &
0 undo &
0 bundle create Job {id} &
0 bundle list &
0 bundle show Job &
0 bundle note Job May &
0 bundle remove Job {id} &
0 bundle add Job {id} &
0 bundle order Job {id} &
0 bundle rename Job Work &
0 bundle delete Work &
0 document add {home}/letter.txt --title Letter &
0 document link https://provider.example/c/1 --title Course &
0 statement add --title Chess &
4 statement linkedin {home}/letter.txt &
2 badges https://www.credly.com/users/maya-lind &
3 refresh &
2 renew {id} &
0 network allow northbridge.example &
0 network sites &
0 network log &
0 network revoke northbridge.example &
0 network clear &
0 share {id} --to Harbor --out {home}/pack.vcpack --yes &
0 share linkedin {id} &
0 share log &
0 issuer list &
0 issuer show {issuer} &
0 issuer pin {issuer} &
0 issuer undo {issuer} &
0 issuer distrust {issuer} &
0 issuer name {issuer} School &
0 issuer forget {issuer} &
0 issuer ask {issuer} &
0 lists add {home}/partners.json &
0 lists list &
0 lists order partners &
0 lists move partners last &
0 lists shipped --off &
0 lists remove partners &
0 lists undo &
2 lists add https://registry.example/registry.json &
0 backup plan {home}/stick --every 3 &
0 backup create {home}/copy.vcwallet &
0 backup list {home} --vault {home}/wallet
0 backup test {home}/copy.vcwallet --passphrase-file {secret}
0 backup restore {home}/copy.vcwallet --vault {home}/restored --passphrase-file {secret}
0 merge {home}/copy.vcwallet --their-passphrase-file {secret} %
0 leave --out {home}/all &
0 take-over {home}/all --their-passphrase-file {secret} %
0 keys new --label Second &
0 keys list &
0 keys label {key} First &
0 keys default {key} &
0 keys export {key} --out {home}/key.json --file-secret {secret} &
0 keys retire {key} &
0 keys import {home}/key.json --file-secret {secret} %
0 quick-unlock status &
0 quick-unlock off &
0 recovery renew --sheet {home}/new-sheet.txt &
0 doctor --vault {home}/wallet
0 passphrase --new-passphrase-file {home}/new-secret.txt &
"""
#: What these end with depends on the machine: a keychain, or none.
ANY_END = ("quick-unlock on --days 7 &", "recovery sheet --out {home}/sheet.png &")


class Counting:
    """Counts what could leave this process: sockets that are not local ones, and names looked up."""

    def __init__(self) -> None:
        self.on = False
        self.seen: Counter[str] = Counter()
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.on or not event.startswith("socket."):
            return
        if event == "socket.__new__" and arguments[1] == getattr(socket, "AF_UNIX", None):
            return
        if event.split(".")[1] in ("__new__", "getaddrinfo", "gethostbyname", "connect", "bind", "sendto"):
            self.seen[event] += 1


_COUNTING = Counting()


@pytest.fixture
def counting() -> Iterator[Counting]:
    """Count; the suite's own watch, which would end a socket before it is counted, lets them through."""
    _COUNTING.seen.clear()
    with loopback():
        _COUNTING.on = True
        yield _COUNTING
        _COUNTING.on = False


def leaves(command: click.Command = wallet, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command that does something, as it is typed."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from leaves(found, (*path, name))
    else:
        yield " ".join(path)


def typed(line: str) -> str:
    """Which command a line is of; `share` means `share pack`."""
    words = line.split()
    known = set(leaves())
    two = " ".join(words[:2])
    return two if two in known else words[0] if words[0] in known else f"{words[0]} pack"


def test_no_command_is_forgotten() -> None:
    lines = [line.split(" ", 1)[1] for line in WALK.strip().splitlines()]
    walked = {typed(line) for line in (*lines, *ANY_END)}
    missing = set(leaves()) - walked - ASKS - WATCHED_ELSEWHERE
    # Two change what opens the wallet, or an entry that only its own test makes; they are in tests/cli.
    assert missing == {"rotate", "document change"}
    assert {one.split()[0] for one in leaves()} == set(COMMANDS)


def test_no_socket_is_counted_and_every_command_does_its_work(
        run: Run, files: Path, evidence: Path, secret: Path, tmp_path: Path, counting: Counting) -> None:
    for name in ("wallet", "other"):  # opened some eighty times: by the cheapest key derivation there is
        create_vault(tmp_path / name, PASSPHRASE, now=MADE, kdf=FLOOR).vault.close()
    filled = ("--vault", tmp_path / "wallet", "--passphrase-file", secret)
    assert run("evidence", "add", evidence, *filled, *AT).code == 0
    assert run("import", files / "valid.json", files / "revoked.json", *filled, *AT).code == 0
    (tmp_path / "letter.txt").write_text("Dear Maya, well done.")
    (tmp_path / "new-secret.txt").write_text("seven quiet harbours at dawn\n")
    (tmp_path / "partners.json").write_text('[{"id": "did:web:northbridge.example", "name": "Uni"}]')
    (tmp_path / "stick").mkdir()
    one, other = [row["id"] for row in run("list", "--json", *filled, *AT).json["credentials"]]
    key = run("keys", "list", "--json", *filled, *AT).json["keys"][0]["did"]
    named = {"home": tmp_path, "files": files, "evidence": evidence, "secret": secret, "issuer": ISSUER,
             "id": one, "other": other, "key": key}
    ended = []
    for line in WALK.strip().splitlines():
        expected, words = line.split(" ", 1)
        done = run(*_words(words, named))
        if done.code != int(expected):
            ended.append(f"{words}: {done.code} {done.err[-300:]}")
    assert ended == []
    for words in ANY_END:
        run(*_words(words, named))
    assert counting.seen == Counter()


def test_a_socket_would_be_counted(counting: Counting) -> None:
    socket.socket(socket.AF_INET).close()
    for one in socket.socketpair():
        one.close()
    assert counting.seen == {"socket.__new__": 1}


def _words(line: str, named: dict[str, object]) -> list[str]:
    found = []
    for word in line.split():
        more = {"&": f"{OPENS} --at {AT[1]}", "%": f"{OTHER} --at {AT[1]}"}.get(word, word)
        found += [one.format(**named) for one in more.split()]
    return found
