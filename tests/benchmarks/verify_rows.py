"""How fast one sealed document is checked: `python -m tests.benchmarks.verify_rows [--peers FOLDER]`.

Every contestant takes its turn in each round of one run, so that the ratios hold whatever else the machine
does; times are medians. Peers' rows need Node.js and the folder of the peers with its packages installed;
without them the documents come from the simulated issuer and those rows say so. Nothing is asserted here.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.conftest import ASSETS, REPOSITORY, SHARED
from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.linked_data.canonical import compiled_form, context_addresses, reference_form
from wallet.codec.linked_data.contexts import Contexts
from wallet.keys.keypair import public_key_from_multibase
from wallet.proofs.data_integrity import prepare, verify_proof

SUITE: Final = "eddsa-rdfc-2022"
SIZES: Final = ("small", "medium", "large")
PACKAGES: Final = ("cryptography", "pyld")


@dataclass(frozen=True, slots=True)
class Row:
    """One contestant on one document.

    Attributes:
        document: Its size, in words and bytes.
        name: What was run.
        milliseconds: The median; None if it could not be run, for the reason in `name`.
        floor: The bare signature check in the same run, for the ratio.
    """

    document: str
    name: str
    milliseconds: float | None
    floor: float


def rows(peers: Path | None = None, *, rounds: int = 9, repetitions: int = 40) -> Iterator[Row]:
    """Yield the rows for each document size."""
    contexts = Contexts.pinned(ASSETS / "contexts")
    with tempfile.TemporaryDirectory() as folder:
        for name, path in _documents(peers, Path(folder)):
            document = json.loads(path.read_bytes())
            label = f"{name}, {path.stat().st_size} bytes"
            contestants = _contestants(document, contexts)
            times = _measured(contestants, rounds, repetitions)
            theirs = _peer_milliseconds(peers, path) if peers else None
            floor = times["bare Ed25519 check"]
            yield from (Row(label, what, time, floor) for what, time in times.items())
            missing = "" if theirs is not None else " (not run: no peers here)"
            yield Row(label, f"@digitalbazaar/vc, from text to verdict{missing}", theirs, floor)
            if name == "medium":
                yield from _cold_rows(peers, path, label, floor)


def table(found: list[Row]) -> str:
    """Return the rows as text, with the versions that were measured."""
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    lines = [f"Python {platform.python_version()} on {platform.machine()}, {versions}"]
    document = ""
    for row in found:
        if row.document != document:
            document = row.document
            lines += ["", document]
        number = "       ?" if row.milliseconds is None else f"{row.milliseconds:8.3f}"
        ratio = "" if row.milliseconds is None else f"{row.milliseconds / row.floor:8.1f}"
        lines.append(f"{number} ms {ratio:>8}x  {row.name}")
    return "\n".join([*lines, "", "x: times a bare Ed25519 check in the same run"])


def _contestants(document: dict[str, Any], contexts: Contexts) -> dict[str, Callable[[], object]]:
    proof = document["proof"]
    key = public_key_from_multibase(proof["verificationMethod"].split("#")[1])
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    options = {"@context": document["@context"]} | {
        name: value for name, value in proof.items() if name not in ("@context", "proofValue")
    }
    choice = contexts.variants(context_addresses(unsecured))[0]
    verify_proof(prepare(document, contexts), proof, key)  # it must be a good one, else nothing is measured
    check = _bare_check()
    return {
        "bare Ed25519 check": check,
        "proof check, compiled contexts": lambda: verify_proof(prepare(document, contexts), proof, key),
        "canonical document, compiled contexts": lambda: compiled_form(unsecured, choice),
        "canonical options, compiled contexts": lambda: compiled_form(options, choice),
        "proof check, reference path (PyLD)": lambda: (
            reference_form(unsecured, choice), reference_form(options, choice), check()
        ),
    }  # fmt: skip


def _bare_check() -> Callable[[], object]:
    """The floor is OpenSSL's time, whatever we check with."""
    holder, message = Ed25519PrivateKey.generate(), b"0" * 64
    signature, public = holder.sign(message), holder.public_key()

    def check() -> None:
        public.verify(signature, message)

    return check


def _measured(
    contestants: dict[str, Callable[[], object]], rounds: int, repetitions: int
) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, action in contestants.items():
            for _ in range(repetitions):
                begun = time.perf_counter()
                action()
                times[name].append(time.perf_counter() - begun)
    return {name: statistics.median(taken) * 1000 for name, taken in times.items()}


def _cold_rows(peers: Path | None, path: Path, label: str, floor: float) -> Iterator[Row]:
    ours = [sys.executable, "-m", "wallet", "verify", str(path)]
    yield Row(label, "cold process: wallet verify FILE", _cold(ours, REPOSITORY), floor)
    if peers:
        theirs = ["node", "bench.mjs", str(path), "--cold", "--library", "vc"]
        yield Row(label, "cold process: @digitalbazaar/vc", _cold(theirs, peers), floor)


def _cold(command: list[str], folder: Path) -> float:
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run(command, cwd=folder, capture_output=True, check=False)
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def _documents(peers: Path | None, folder: Path) -> Iterator[tuple[str, Path]]:
    if peers is None:
        path = folder / "simulated.json"
        path.write_bytes(SimulatedIssuer("did:key").badge())
        yield "medium", path
        return
    for size in SIZES:
        command = ["node", "issue.mjs", "--suite", SUITE, "--size", size, "--out", str(folder)]
        subprocess.run(command, cwd=peers, check=True, capture_output=True)
        yield size, folder / f"{SUITE}-{size}-1.json"


def _peer_milliseconds(peers: Path, path: Path) -> float | None:
    command = ["node", "bench.mjs", str(path), "--seconds", "2", "--library", "vc"]
    done = subprocess.run(command, cwd=peers, capture_output=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]
    return float(lines[0]["median_ms"]) if lines else None


def main(argv: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.verify_rows")
    parser.add_argument("--peers", type=Path, default=SHARED / "peers")
    parser.add_argument("--rounds", type=int, default=9)
    chosen = parser.parse_args(argv)
    usable = shutil.which("node") and (chosen.peers / "node_modules").is_dir()
    found = list(rows(chosen.peers if usable else None, rounds=chosen.rounds))
    sys.stdout.write(table(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
