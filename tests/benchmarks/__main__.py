"""The benchmark table: `python3 packaging/bootstrap.py bench [verify|vault|refresh] [--quick] [--large]`.

    bench            one credential in this one process, then the rows of `verify`
    bench verify     checking, beside the peers where they are (WALLET_PEERS names their folder)
    bench vault      a wallet at size, an import of 10,000 files, a slow computer
    bench refresh    asking the web
    --quick          small folders and few rounds, for a look
    --large          up to 100,000 files or credentials; takes minutes

One medium Open Badges 3.0 credential, everything warm, in this one process. The bare signature check is
the floor that no verifier gets below; everything else is told beside it as a multiple.
"""

from __future__ import annotations

import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.benchmarks import engine_rows, refresh_rows, vault_rows
from tests.conftest import ASSETS, AT
from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.payload import encode_payload
from wallet.formats.parse import parse
from wallet.model.evidence import Grade
from wallet.model.report import Verdict
from wallet.operations.checking import Desk, check_bytes
from wallet.operations.intake import import_bytes
from wallet.operations.session import Services
from wallet.operations.wallets import Passphrase, create_wallet, lock, unlock_wallet
from wallet.trust.evidence_store import MemoryEvidence, evidence_document
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge

TABLES: Final = {"verify": engine_rows.main, "vault": vault_rows.main, "refresh": refresh_rows.main}
OPTIONS: Final = ("--quick", "--large")
PASSPHRASE = "four bright lanterns drifting"


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing: the median of its repetitions, in milliseconds."""

    name: str
    milliseconds: float
    repetitions: int


def measured(name: str, action: Callable[[], object], repetitions: int) -> Line:
    """Run an action once to warm it up, then that often; take the median."""
    action()
    times = []
    for _ in range(repetitions):
        begun = time.perf_counter()
        action()
        times.append(time.perf_counter() - begun)
    return Line(name, statistics.median(times) * 1000, repetitions)


def lines(scale: int) -> Iterator[Line]:
    """Yield every line; `scale` multiplies the repetitions."""
    key = Ed25519PrivateKey.generate()
    message = b"0" * 64
    signature, public = key.sign(message), key.public_key()
    yield measured("bare Ed25519 check of 64 bytes", lambda: public.verify(signature, message), 200 * scale)

    issuer = SimulatedIssuer("did:web")
    badge = issuer.badge(entries=(issuer.entry(7),))
    token = issuer.badge_jwt(entries=(issuer.entry(7),))
    contexts = Contexts.pinned(ASSETS / "contexts")
    store = MemoryEvidence(
        evidence_document(address, data, grade=Grade.SUPPLIED, source="bench", fetched_at=AT)
        for address, data in issuer.evidence().items()
    )
    parsed = parse(badge)
    evidence = gather(parsed, store, contexts)
    assert judge(parsed, evidence, at=AT).verdict is Verdict.VALID
    yield measured("parse", lambda: parse(badge), 20 * scale)
    yield measured("judge, with its withdrawal list", lambda: judge(parsed, evidence, at=AT), 5 * scale)
    desk = Desk(contexts, store)
    yield measured(
        "check a file, from bytes to report", lambda: check_bytes(desk, badge, "b", at=AT), 5 * scale
    )
    yield measured(
        "check a token, from bytes to report", lambda: check_bytes(desk, token, "t", at=AT), 5 * scale
    )
    yield measured("pack a payload for QR codes", lambda: encode_payload(badge), 20 * scale)
    yield from _wallet_lines(scale, contexts, issuer)


def _wallet_lines(scale: int, contexts: Contexts, issuer: SimulatedIssuer) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        services = Services(lambda: AT, contexts, ASSETS, place / "wallet", place / "settings.json")
        lock(create_wallet(services, services.vault_folder, PASSPHRASE).session)

        def unlock() -> None:
            lock(unlock_wallet(services, services.vault_folder, Passphrase(PASSPHRASE)))

        yield measured("unlock a wallet (the key derivation is slow on purpose)", unlock, scale)
        session = unlock_wallet(services, services.vault_folder, Passphrase(PASSPHRASE))
        numbers = iter(range(1, 10_000))

        def take() -> None:
            import_bytes(session, issuer.badge(number=next(numbers)), "badge.json")

        yield measured("mint and import one credential, kept on disk", take, 5 * scale)
        lock(session)


def main(arguments: list[str]) -> int:
    """Print the table that is asked for; 2 if there is none of that name."""
    if not {"-h", "--help"}.isdisjoint(arguments):
        sys.stdout.write((__doc__ or "").split("One medium")[0].rstrip() + "\n")
        return 0
    named = arguments[:1] if arguments and arguments[0] in TABLES else []
    unknown = [one for one in arguments[len(named) :] if one not in OPTIONS]
    if unknown:
        sys.stderr.write(f"bench knows no {unknown[0]!r}; see bench --help\n")
        return 2
    if named:
        return TABLES[named[0]](arguments[1:])
    scale = 1 if "--quick" in arguments else 10
    found = list(lines(scale))
    floor = found[0].milliseconds
    table = [f"{'what':<56} {'median ms':>10} {'x bare':>8} {'runs':>6}"]
    for line in found:
        multiple = line.milliseconds / floor
        table.append(f"{line.name:<56} {line.milliseconds:>10.3f} {multiple:>8.1f} {line.repetitions:>6}")
    table.append(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, one process")
    sys.stdout.write("\n".join(table) + "\n\n")
    return engine_rows.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
