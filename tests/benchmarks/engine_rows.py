"""The verification table: `python3 packaging/bootstrap.py bench verify`.

Ours and the peers take turns in one run, so that the ratios hold whatever else the machine does; all are
medians, on one core unless a row says otherwise. Peers' rows need Node.js and the folder of the peers with
its packages (`WALLET_PEERS`, else beside the repository); without them their rows say so. Nothing is
asserted here: a time says something about a machine, a ratio about two programs. `--quick` is for a look,
`--large` checks 100,000 files as well.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.benchmarks.growth_rows import growth, repeated_imports
from tests.benchmarks.measure import MISSING, Measure, rows_as_text
from tests.benchmarks.memory import LargestSum
from tests.conftest import ASSETS, AT, REPOSITORY, SHARED
from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.linked_data.contexts import Contexts
from wallet.keys.keypair import HolderKey
from wallet.model.evidence import Grade
from wallet.model.report import Verdict
from wallet.operations.checking import Desk, check_bytes
from wallet.trust.evidence_store import MemoryEvidence, evidence_document

PACKAGES: Final = ("cryptography", "pyld", "py-arkworks-bls12381", "click")
DIFFERENT: Final = 40  # credentials of as many issuers


def measures(peers: Path | None, *, quick: bool = False, large: bool = False) -> Iterator[Measure]:
    """Yield the rows; `quick` makes the folders small and the rounds few, `large` adds a long one."""
    contexts = Contexts.pinned(ASSETS / "contexts")
    desk = Desk(contexts)
    rounds = 2 if quick else 9
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for suite, bar in (("eddsa-rdfc-2022", "8x as fast"), ("ecdsa-sd-2023", "2x"), ("bbs-2023", "8x")):
            path = _document(peers, suite, folder)
            if path is None:
                yield Measure(f"full report, {suite}, medium", None, None, MISSING, f"at least {bar}")
            else:
                yield from _against_peer(path, suite, bar, desk, peers, rounds)
        yield _of_different_issuers(desk, peers, folder / "different", quick=quick)
        yield from _people(desk, folder, quick=quick)
        yield from _folder(folder, 200 if quick else 10_000)
        yield from _cold(_document(peers, "eddsa-rdfc-2022", folder), peers, 2 if quick else 7)
        yield from repeated_imports(_document(peers, "bbs-2023", folder), quick=quick)
        if large:
            yield from growth(lambda count: _checked_folder(folder / f"large-{count}", count))


def table(found: list[Measure], peers: Path | None) -> str:
    """Return the rows as text, with the versions that were measured."""
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    node = _output(["node", "--version"]) if peers else MISSING
    lines = rows_as_text(found)
    lines.append(f"Python {platform.python_version()} on {platform.machine()}, {versions}; Node: {node}")
    return "\n".join(lines)


def find_peers() -> Path | None:
    """Return the folder of the peers, if they can be run."""
    given = os.environ.get("WALLET_PEERS")
    folder = Path(given) if given else SHARED / "peers"
    return folder if shutil.which("node") and (folder / "node_modules").is_dir() else None


def _against_peer(path: Path, suite: str, bar: str, desk: Desk, peers: Path | None,
                  rounds: int) -> Iterator[Measure]:
    data = path.read_bytes()
    (checked,) = check_bytes(desk, data, suite, at=AT)
    assert checked.report.verdict is Verdict.VALID, checked.report.checks
    holder, message = Ed25519PrivateKey.generate(), b"0" * 64
    signature, public = holder.sign(message), holder.public_key()
    ours: list[float] = []
    bare: list[float] = []
    theirs: list[float] = []
    _times(lambda: check_bytes(desk, data, suite, at=AT), 20)  # warm, as the peer measures itself
    for turn in range(rounds):
        ours += _times(lambda: check_bytes(desk, data, suite, at=AT), 20)
        bare += _times(lambda: public.verify(signature, message), 40)
        if peers and turn % 3 == 0:
            theirs += _peer_milliseconds(peers, path)
    own, label = statistics.median(ours), f"full report, {suite}, medium, {len(data)} bytes"
    yield Measure(label, own, statistics.median(theirs) if theirs else None,
                  "Node cryptosuite" if theirs else MISSING, f"at least {bar}")
    if suite == "eddsa-rdfc-2022":
        yield Measure(label, own, statistics.median(bare), "cryptography", "at least 0.29: at most 3.5x")


def _of_different_issuers(desk: Desk, peers: Path | None, folder: Path, *, quick: bool) -> Measure:
    """The same work on credentials of as many issuers, so that nothing about one of them is remembered."""
    count = 4 if quick else DIFFERENT
    label = f"full report, eddsa-rdfc-2022, medium, {count} different issuers in turn"
    if peers is None:
        return Measure(label, None, None, MISSING, "at least 8x as fast")
    command = ["node", "issue.mjs", "--suite", "eddsa-rdfc-2022", "--size", "medium", "--count", str(count),
               "--out", str(folder)]
    subprocess.run(command, cwd=peers, check=True, capture_output=True)
    files = [path.read_bytes() for path in sorted(folder.iterdir())]
    ours = _once(desk, files, 2 if quick else 15) / len(files) * 1000
    theirs = _peer_milliseconds(peers, folder)
    return Measure(label, ours, statistics.median(theirs) if theirs else None,
                   "Node cryptosuite" if theirs else MISSING, "at least 8x as fast")


def _people(desk: Desk, folder: Path, *, quick: bool) -> Iterator[Measure]:
    issuer = SimulatedIssuer("did:web")
    store = MemoryEvidence(
        evidence_document(address, data, grade=Grade.SUPPLIED, source="bench", fetched_at=AT)
        for address, data in issuer.evidence().items()
    )
    known = Desk(desk.contexts, store)
    sixty = [issuer.badge(number=number) for number in range(60)]
    yield Measure("a learner's 60 credentials", _once(known, sixty, 2 if quick else 5), 0.3, "bar of 0.3 s",
                  "at least 1", "s")
    packs = [_pack(sixty[number % 60 : number % 60 + 3] or sixty[:3], folder) for number in range(200)]
    yield Measure("an employer's 200 packs of 3", _once(known, packs, 1 if quick else 3), 2.0, "bar of 2 s",
                  "at least 1", "s")


def _pack(badges: list[bytes], _folder: Path) -> bytes:
    holder = HolderKey.from_seed(b"7" * 32)
    from wallet.proofs.data_integrity import create_proof

    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": holder.did,
        "verifiableCredential": [json.loads(badge) for badge in badges],
    }
    signed = create_proof(document, key=holder, contexts=Contexts.pinned(ASSETS / "contexts"), created=AT,
                          purpose="authentication", challenge="c", domain="d")
    return json.dumps(signed).encode()


def _folder(folder: Path, count: int) -> Iterator[Measure]:
    files, evidence = _written_folder(folder / "many", count)
    (one, _), (two, most) = (_run_folder(files, evidence, jobs) for jobs in (1, 2))
    label = f"a folder of {count} mixed credentials, two processes"
    yield Measure(label, two, one, "one process", "at least 1.8", "s")
    yield Measure("   memory of all its processes, the largest sum seen", most, 300.0, "bar of 300 MB",
                  "at least 1", "MB")


def _checked_folder(folder: Path, count: int) -> tuple[float, float | None]:
    files, evidence = _written_folder(folder, count)
    found = _run_folder(files, evidence, 2)
    shutil.rmtree(folder)
    return found


def _written_folder(folder: Path, count: int) -> tuple[Path, Path]:
    """Mixed: sealed and signed, with and without a list, a tenth of them changed."""
    own, web = SimulatedIssuer("did:key"), SimulatedIssuer("did:web")
    files, evidence = folder / "files", folder / "evidence"
    files.mkdir(parents=True)
    evidence.mkdir()
    for number in range(count):
        (files / f"{number:06}.json").write_bytes(_mixed(own, web, number))
    addresses = {}
    for number, (address, data) in enumerate((own.evidence() | web.evidence()).items()):
        (evidence / f"{number}.json").write_bytes(data)
        addresses[address] = f"{number}.json"
    (evidence / "map.json").write_text(json.dumps(addresses))
    return files, evidence


def _mixed(own: SimulatedIssuer, web: SimulatedIssuer, number: int) -> bytes:
    kind = number % 10
    if kind < 2:
        return web.badge(number=number, entries=(web.entry(number % 50),))
    if kind < 5:
        return (web if kind == 4 else own).badge_jwt(number=number)
    badge = own.badge(number=number)
    return badge.replace(b"Statistics", b"Statistika") if kind == 9 else badge


def _run_folder(files: Path, evidence: Path, jobs: int) -> tuple[float, float | None]:
    """Return the seconds it took and the megabytes of all its processes together."""
    command = [sys.executable, "-m", "wallet", "verify", "-r", "--jsonl", "--jobs", str(jobs), "--evidence",
               str(evidence), "--at", AT.isoformat(), str(files)]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL)
    with LargestSum(process.pid) as seen:
        process.wait()
        taken = time.perf_counter() - begun
    return taken, seen.megabytes


def _cold(path: Path | None, peers: Path | None, rounds: int) -> Iterator[Measure]:
    if path is None:
        return
    ours = [sys.executable, "-m", "wallet", "verify", str(path)]
    theirs = ["node", "bench.mjs", str(path), "--cold", "--library", "vc"]
    own: list[float] = []
    other: list[float] = []
    # An installed program was compiled when it was installed; a changed source is compiled here, once.
    subprocess.run(ours, cwd=REPOSITORY, capture_output=True, check=False,
                   env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""})
    for _ in range(rounds):
        own += _times(lambda: _quiet(ours, REPOSITORY), 1)
        if peers:
            other += _times(lambda: _quiet(theirs, peers), 1)
    yield Measure("cold process: wallet verify FILE", statistics.median(own),
                  statistics.median(other) if other else None,
                  "@digitalbazaar/vc, cold" if other else MISSING, "at least 1")


def _document(peers: Path | None, suite: str, folder: Path) -> Path | None:
    """Return a medium credential of that suite; without peers, ours of the one that we can mint."""
    if peers is None:
        if suite != "eddsa-rdfc-2022":
            return None
        path = folder / "simulated.json"
        path.write_bytes(SimulatedIssuer("did:key").badge())
        return path
    command = ["node", "issue.mjs", "--suite", suite, "--size", "medium", "--out", str(folder)]
    subprocess.run(command, cwd=peers, check=True, capture_output=True)
    derived = folder / f"{suite}-medium-1.derived.json"
    return derived if derived.is_file() else folder / f"{suite}-medium-1.json"


def _peer_milliseconds(peers: Path, path: Path) -> list[float]:
    command = ["node", "bench.mjs", str(path), "--seconds", "2", "--library", "vc"]
    found = [json.loads(line) for line in _output(command, peers).splitlines() if line.startswith("{")]
    return [float(found[0]["median_ms"])] if found else []


def _once(desk: Desk, files: list[bytes], rounds: int) -> float:
    def check_all() -> None:
        for data in files:
            (checked,) = check_bytes(desk, data, "x", at=AT)
            assert checked.report.verdict is Verdict.VALID, checked.report.checks

    check_all()
    return statistics.median(_times(check_all, rounds)) / 1000


def _times(action: Callable[[], object], repetitions: int) -> list[float]:
    found = []
    for _ in range(repetitions):
        begun = time.perf_counter()
        action()
        found.append((time.perf_counter() - begun) * 1000)
    return found


def _quiet(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, capture_output=True, check=False)


def _output(command: list[str], folder: Path | None = None) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def main(arguments: list[str]) -> int:
    """Print the table."""
    peers = find_peers()
    found = measures(peers, quick="--quick" in arguments, large="--large" in arguments)
    sys.stdout.write(table(list(found), peers) + "\n")
    return 0
