"""Words that nobody uses otherwise, put wherever a learner puts her own, and looked for everywhere outside.

One long session as a person has it: a wallet made, credentials in it, labels, packs, copies, keys changed, an
issuer asked, the window used and locked. All of it says as much as it can say (`--verbose`). Afterwards every
byte that was written, said or shown is searched: in plain, as UTF-16, in Base64, and inside archives that
anybody can open. `MAY_STAND` says where a word may be, because the learner put it there.
"""

from __future__ import annotations

import base64
import re
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.faults.canary_window import WindowWords, use_window
from tests.journeys.runner import Ran, run_wallet
from tests.operations.connected import place_of
from tests.simulators.host import LoopbackWeb
from tests.simulators.issuer import SimulatedIssuer

AT: Final = ("--at", "2026-11-21T12:00:00Z")
#: By what it is. Every word is found nowhere else.
WORDS: Final[Mapping[str, str]] = MappingProxyType({
    "claim": "zqxkestrel claim",
    "skill": "zqxskillful",
    "issuer": "zqxissuer academy",
    "email": "zqxmaya@lind.example",
    "passphrase": "zqxpass seven lanterns drifting",
    "new passphrase": "zqxnew eight lanterns drifting",
    "note": "zqxnote about the boss",
    "tag": "zqxtag",
    "title": "zqxtitle of my own",
    "bundle": "zqxbundle for harbor",
    "receiver": "zqxreceiver foods",
    "path": "zqxpath",
})
#: What `create` shows once.
_CODE: Final = re.compile(r"[0-9A-Z]{4,}(?:-[0-9A-Z]{2,}){4,}")
_STREAMS_EACH: Final = 3  # of a command: what it answers, what it says, what it logs
_LINES_EACH: Final = 5  # log lines that a command has at the least
_LOG_LINE: Final = re.compile(r"^(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) .*$", re.MULTILINE)
_CONTENT: Final = frozenset({"claim", "skill", "issuer"})
#: Where words may stand: by the beginning of a file's path in the session, or of a stream's name.
MAY_STAND: Final[Mapping[str, frozenset[str]]] = MappingProxyType({
    "in/": frozenset(WORDS),  # what she brought: her files, and the files with her secrets
    "secret": frozenset(WORDS),
    "out/pack": _CONTENT | {"receiver"},  # for whom it is stands in it, as she wrote it
    "out/preview": _CONTENT | {"receiver"},
    "out/original": _CONTENT,
    "out/everything.zip": frozenset(WORDS) - {"passphrase", "new passphrase"},
    "out/evidence": frozenset({"issuer"}),
    "arguments": frozenset({"path"}),  # her own words come from files
    "stdout 0 create": frozenset({"recovery code"}),  # once, to be written down
    "stderr": _CONTENT | {"receiver", "title"},  # what is about to leave is shown before it does
    "stdout": frozenset(WORDS) - {"passphrase", "new passphrase"},  # the answer to what she asked for
})


@dataclass(slots=True)
class Canaries:
    """What a session left.

    Attributes:
        counts: In words.
        places: How many files and streams were searched.
        violations: A word where it must not be.
        seen: Which words were found where they may be: none would mean that nothing was tested.
    """

    counts: str = ""
    places: int = 0
    violations: tuple[str, ...] = ()
    seen: set[str] = field(default_factory=set)


class Watch(threading.Thread):
    """Looks meanwhile: at the arguments of every process, at temporary files before they go."""

    def __init__(self, home: Path) -> None:
        super().__init__(daemon=True)
        self.arguments: dict[str, bytes] = {}
        self.temporary: dict[str, bytes] = {}
        self._home, self._over = home, threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.02):
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    told = path.read_bytes()
                except OSError:
                    continue
                if str(self._home).encode() in told:
                    self.arguments[f"arguments of {path.parent.name}"] = told
            for path in (*(self._home / "tmp").rglob("*"), *(self._home / "wallet").glob("*-*")):
                try:
                    if path.is_file():
                        self.temporary[f"meanwhile {path.relative_to(self._home)}"] = path.read_bytes()
                except OSError:
                    continue

    def end(self) -> None:
        """Stop looking."""
        self._over.set()
        self.join(10)


class Session:
    """A person's folders and everything that the program says to her."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.streams: dict[str, bytes] = {}
        self.words = dict(WORDS)
        self.log_lines = 0
        for name in ("in", "out", "tmp"):
            (home / name).mkdir(parents=True)
        self.secret = home / "secret"
        self.secret.write_text(WORDS["passphrase"])

    def word(self, name: str) -> str:
        """Return an argument by which the program reads one of the words from a file."""
        path = self.home / "in" / f"word {name}"
        path.write_text(self.words[name])
        return f"@{path}"

    def run(self, *arguments: str | Path, web: LoopbackWeb | None = None, plain: bool = False) -> Ran:
        """Run a command; what it says is kept to be searched."""
        given = () if plain else ("--vault", self.home / "wallet", "--passphrase-file", self.secret, *AT)
        before = ("env", f"TMPDIR={self.home / 'tmp'}")
        ran = run_wallet(self.home, "--verbose", *arguments, *given, before=before, web=web)
        number = len(self.streams)
        self.streams[f"stdout {number} {arguments[0]}"] = ran.out.encode()
        logged = _LOG_LINE.findall(ran.err)
        self.log_lines += len(logged)
        self.streams[f"log {number} {arguments[0]}"] = "\n".join(logged).encode()
        self.streams[f"stderr {number} {arguments[0]}"] = _LOG_LINE.sub("", ran.err).encode()
        assert ran.code in (0, 1, 3), (arguments, ran)
        return ran


def live(session: Session, *, quick: bool) -> WindowWords:
    """Have the session; a quick one is without web, window and another passphrase."""
    first = _begin(session, quick=quick)
    out = session.home / "out"
    session.run("tag", first, session.word("tag"))
    session.run("note", first, session.word("note"))
    session.run("title", first, session.word("title"))
    session.run("bundle", "create", session.word("bundle"), first)
    session.run("share", "pack", first, "--to", session.word("receiver"), "--yes",
                "--out", out / "pack.vcpack")
    session.run("leave", "--out", out / "everything.vcexport")
    if quick:
        return WindowWords({})
    session.run("list")
    session.run("show", first)
    session.run("search", session.word("skill"))
    session.run("export", first, "--out", out / "original")
    session.run("evidence", "export", out / "evidence.json")
    session.run("backup", "create", out / "backup.vcwallet")
    session.run("leave", "--plain", "--out", out / "everything.zip")
    session.run("verify", out / "pack.vcpack", plain=True)
    session.run("delete", first)
    session.run("doctor")
    window = use_window(session.home, WORDS["passphrase"], session.home / "in" / WORDS["path"],
                        WORDS["email"])
    (session.home / "secret.new").write_text(WORDS["new passphrase"])
    session.run("passphrase", "--new-passphrase-file", session.home / "secret.new")
    return window


def _begin(session: Session, *, quick: bool) -> str:
    """Make a wallet, bring badges in, ask their issuer; return the id of one."""
    issuer = SimulatedIssuer("did:web", name=WORDS["issuer"])
    inside = session.home / "in" / WORDS["path"]
    inside.mkdir()
    for number in range(3):
        (inside / f"{number}.json").write_bytes(issuer.badge(
            title=f"{WORDS['claim']} {number}", skills=(WORDS["skill"],), email=WORDS["email"], number=number,
            entries=(issuer.entry(number),)))
    created = session.run("create")
    code = _CODE.search(created.out + created.err)
    assert code is not None
    session.words["recovery code"] = code[0]
    if quick:
        session.run("import", inside)
    else:
        with LoopbackWeb() as web:
            web.put(place_of(issuer.id), issuer.controller_document())
            web.put(issuer.list_address(), issuer.status_list())
            session.run("import", inside, "--online", web=web)
            session.run("refresh", "--online", web=web)
    rows = session.run("list", "--json").json()["credentials"]
    assert isinstance(rows, list)
    return str(rows[0]["id"])


def run_canaries(work: Path, *, quick: bool = False) -> Canaries:
    """Live the session and search everything it left."""
    home = work / "home"
    session, watch = Session(home), Watch(home)
    watch.start()
    started = time.monotonic()
    try:
        window = live(session, quick=quick)
    finally:
        watch.end()
    found = Canaries()
    places = dict(_files(home)) | session.streams | watch.arguments | watch.temporary | window.places
    names = "\n".join(str(path.relative_to(home)) for path in home.rglob("*")
                      if not str(path.relative_to(home)).startswith("in/"))
    places["names of files"] = names.encode()
    violations = []
    for name, data in places.items():
        for word in words_in(data, session.words):
            if word in _allowed(name):
                found.seen.add(word)
            else:
                violations.append(f"{word} in {name}")
    if session.log_lines < _LINES_EACH * len(session.streams) / _STREAMS_EACH:
        violations.append(f"{session.log_lines} log lines: too few to have tried anything")
    found.places, found.violations = len(places), tuple(violations)
    found.counts = (f"{len(session.words)} words in {len(places)} places: {len(list(_files(home)))} files, "
                    f"{len(session.streams)} streams with "
                    f"{session.log_lines} log lines, {len(watch.arguments)} processes, "
                    f"{len(watch.temporary)} temporary files, {len(window.places)} of the window; "
                    f"{len(found.seen)} words seen where they may stand, {len(violations)} elsewhere; "
                    f"{time.monotonic() - started:.0f} s")
    return found


def words_in(data: bytes, words: Mapping[str, str]) -> Iterator[str]:
    """Yield the names of the words that stand in there, in any of the forms that are looked for."""
    lowered = data.lower()
    for name, word in words.items():
        plain = (word.lower().encode(), word.lower().encode("utf-16-le"))
        encoded = tuple(_encoded(word, shift) for shift in range(3))
        if any(form in lowered for form in plain) or any(form in data for form in encoded):
            yield name


def _encoded(word: str, shift: int) -> bytes:
    """Return what Base64 makes of the word after so many other bytes, as far as nothing else decides it."""
    data = bytes(shift) + word.encode()
    return base64.b64encode(data)[-(-shift * 8 // 6):len(data) * 8 // 6]


def _files(home: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(home.rglob("*")):
        if path.is_file():
            name, data = str(path.relative_to(home)), path.read_bytes()
            yield name, data + b"".join(_opened(path))


def _opened(path: Path) -> Iterator[bytes]:
    """What anybody can open: archives, and compressed pieces of a pack."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                yield member.encode() + b"\n" + archive.read(member)
    else:
        try:
            yield zlib.decompress(path.read_bytes(), 47)
        except zlib.error:
            return


def _allowed(name: str) -> frozenset[str]:
    return next((words for start, words in MAY_STAND.items() if name.startswith(start)), frozenset())
