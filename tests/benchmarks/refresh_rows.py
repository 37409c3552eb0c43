"""The refresh table: `python3 packaging/bootstrap.py bench refresh`.

A wallet of many credentials of several issuers asks a server on this machine, by real TLS, for every key
document and every withdrawal list. The server answers each request after a moment, as one that is not far
away does (`ANSWERS_AFTER_S`). In the same rounds a bare `httpx` client fetches the same documents from the
same server, one after the other, a connection for each host: that is what asking politely costs, and the
wallet's whole pass is held against it, with its pauses between requests to one host, its ledger, judging
every credential anew and keeping the reports. With a server that answers at once there is nothing to wait
for, and what is left is the wallet's own work: that is told too. Nothing is asserted of times; that it makes
exactly as many requests as there are documents, and one connection for each host, are tests.
"""

from __future__ import annotations

import socket
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx

from tests.benchmarks.measure import Measure, rows_as_text
from tests.conftest import ASSETS, AT
from tests.operations.connected import place_of
from tests.simulators.host import NUMBER, LoopbackWeb, Request
from tests.simulators.issuer import SimulatedIssuer, days
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.network import Permission
from wallet.operations.intake import import_bytes
from wallet.operations.library import check_again
from wallet.operations.refresh import refresh
from wallet.operations.session import Services, Session
from wallet.operations.wallets import Passphrase, lock, unlock_wallet
from wallet.vault.cipher import FLOOR
from wallet.vault.container import create_vault

CREDENTIALS: Final = 200
ISSUERS: Final = 20
#: What a web server in the same country takes, most of it on the way.
ANSWERS_AFTER_S: Final = 0.02
PASSPHRASE: Final = "four bright lanterns drifting"


class NearWeb(LoopbackWeb):
    """Answers every request after a moment.

    Attributes:
        answers_after: In seconds.
    """

    answers_after = 0.0

    def _serve_page(self, connection: socket.socket, request: Request) -> bool:
        time.sleep(self.answers_after)
        return super()._serve_page(connection, request)


@dataclass
class Scene:
    """A wallet, the issuers of what is in it, and the server that serves what they publish.

    Attributes:
        now: The wallet's time.
        places: Where every distinct document is asked for.
    """

    web: NearWeb
    session: Session
    issuers: list[SimulatedIssuer]
    now: datetime = AT
    places: tuple[str, ...] = ()

    def publish(self) -> None:
        """Serve everything anew, a day later: every list has other bytes than before."""
        self.now += days(1)
        documents = {place_of(address): data for issuer in self.issuers
                     for address, data in (issuer.evidence() | _list_of(issuer, self.now)).items()}
        for place, data in documents.items():
            self.web.put(place, data)
        self.places = tuple(documents)

    def refresh(self) -> tuple[float, int]:
        """Refresh the wallet by connections of its own; return milliseconds and requests."""
        before = len(self.web.requests)
        with self.web.https(pause=time.sleep) as door:
            self.session.services = replace(self.session.services, fetcher=door)
            taken = _taken(lambda: refresh(self.session, self.session.door(Permission.COMMAND)))
        return taken, len(self.web.requests) - before

    def judge(self) -> float:
        """Judge every credential anew, without the web; return milliseconds."""
        ids = [one.id for one in self.session.vault.list()]
        return _taken(lambda: check_again(self.session, ids))

    def fetch_bare(self) -> float:
        """Fetch every document with a bare client; return milliseconds."""
        trusted = ssl.create_default_context(cadata=self.web.policy.authorities)
        def fetch() -> None:
            for host in dict.fromkeys(urlsplit(place).netloc for place in self.places):
                self._fetch_of(host, trusted)
        return _taken(fetch)

    def _fetch_of(self, host: str, trusted: ssl.SSLContext) -> None:
        ((_, port),) = self.web.resolve(host, 443)
        with httpx.Client(verify=trusted, trust_env=False) as client:
            for place in self.places:
                parts = urlsplit(place)
                if parts.netloc == host:
                    answer = client.get(f"https://{NUMBER}:{port}{parts.path}", headers={"host": host},
                                        extensions={"sni_hostname": host})
                    assert answer.status_code == 200


@contextmanager
def scene(credentials: int = CREDENTIALS, issuers: int = ISSUERS) -> Iterator[Scene]:
    """Make the wallet and the server; both are gone afterwards."""
    with tempfile.TemporaryDirectory() as name, NearWeb() as web:
        folder = Path(name)
        create_vault(folder / "wallet", PASSPHRASE, now=AT, kdf=FLOOR).vault.close()
        services = Services(lambda: AT, Contexts.pinned(ASSETS / "contexts"), ASSETS, folder / "wallet",
                            folder / "settings.json")
        session = unlock_wallet(services, services.vault_folder, Passphrase(PASSPHRASE))
        made = Scene(web, session, [SimulatedIssuer("did:web", seed=f"{number}", host=f"uni{number}.example")
                                    for number in range(issuers)])
        session.services = replace(services, clock=lambda: made.now)
        for number in range(credentials):
            issuer = made.issuers[number % issuers]
            import_bytes(session, issuer.badge(number=number, entries=(issuer.entry(number + 1),)), "badge")
        made.publish()
        yield made
        lock(session)


def measures(*, quick: bool = False) -> Iterator[Measure]:
    """Yield the rows; `quick` makes the wallet small and the rounds few."""
    with scene(*((20, 4) if quick else (CREDENTIALS, ISSUERS))) as made:
        made.fetch_bare()  # certificates are made at the first request for each host
        made.refresh()
        count, documents = len(made.session.vault.list()), len(made.places)
        near = [_round(made, ANSWERS_AFTER_S) for _ in range(1 if quick else 5)]
        at_once = [_round(made, 0.0) for _ in range(1 if quick else 3)]
        what = f"{count} credentials of {len(made.issuers)} issuers"
    passes, quiet, bare, judged, asked, worked = map(statistics.median, zip(*near, strict=True))
    instant, _, bare_instant, _, _, _ = map(statistics.median, zip(*at_once, strict=True))
    against = f"bare httpx, one after the other; an answer takes {1000 * ANSWERS_AFTER_S:g} ms"
    yield Measure(f"refresh, {what}, all lists new", passes, bare, against, "at least 0.87")
    yield Measure("   the same, nothing new", quiet, bare, against, "at least 0.87")
    yield Measure("   of which judging and keeping reports", judged, bare, against, "told only")
    yield Measure("   of which processor time, the server's included", worked, bare, against, "told only")
    yield Measure("   the same from a server that answers at once", instant, bare_instant, "bare httpx",
                  "told only: nothing to wait for")
    yield Measure("   requests, and distinct documents", asked, documents, "distinct documents", "1.00", "")


def _round(made: Scene, answers_after: float) -> tuple[float, float, float, float, float, float]:
    """Return milliseconds (a pass, one with nothing new, bare, judging), requests, processor time."""
    made.web.answers_after = answers_after
    made.publish()
    before = time.process_time()
    taken, asked = made.refresh()
    worked = (time.process_time() - before) * 1000
    bare, judged = made.fetch_bare(), made.judge()
    return taken, made.refresh()[0], bare, judged, asked, worked


def main(arguments: list[str]) -> int:
    """Print the table."""
    sys.stdout.write("\n".join(rows_as_text(measures(quick="--quick" in arguments))) + "\n")
    return 0


def _list_of(issuer: SimulatedIssuer, listed: datetime) -> dict[str, bytes]:
    return {issuer.list_address(): issuer.status_list(listed=listed)}


def _taken(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000
