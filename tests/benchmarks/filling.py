"""A wallet with very many credentials: each signed by a simulated issuer, judged, kept as imports keep it.

Tokens of about 4 KB, all different: words after a vocabulary in which few are common and most are rare,
and a picture of noise. They go in beside the program's own import, whose speed is measured elsewhere.
"""

from __future__ import annotations

import base64
import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.conftest import ASSETS, AT
from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.stored import NewRecord
from wallet.operations.inputs import Input
from wallet.operations.reading import Reader, reader_for
from wallet.operations.session import Services, Session
from wallet.operations.wallets import RecoveryCode, create_wallet, lock, unlock_wallet
from wallet.vault.credentials import add_credential

PASSPHRASE: Final = "four bright lanterns drifting"
#: What is typed, letter by letter, to search.
TYPED: Final = ("data analysis", "welding", "solar energy")
_COMMON: Final = """
    data analysis foundations statistics python chemistry nursing welding logistics first aid project
    management customer service network security cloud design writing teaching accounting tax law biology
    robotics safety hygiene marketing sales french spanish mathematics history ethics carpentry solar energy
    databases learning and the of in with for course assessment practice skills work methods tools people
    plan team results quality"""
_SYLLABLES: Final = ("ba", "con", "der", "el", "fi", "gra", "hu", "in", "jo", "ka", "lum", "mo", "ne", "or",
                     "per", "qui", "ra", "sto", "tri", "un", "ver", "wi", "xe", "yo", "zu")
_VOCABULARY: Final = 6000
_ISSUERS: Final = 40
_PICTURE_BYTES: Final = 900
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Filled:
    """A wallet that is being filled.

    Attributes:
        services: The program around it.
        code: Opens it without a slow derivation of a key.
    """

    services: Services
    code: str

    def opened(self) -> Session:
        """Return the open wallet."""
        return unlock_wallet(self.services, self.services.vault_folder, RecoveryCode(self.code))


class Mint:
    """Makes credentials, the same ones in every run."""

    def __init__(self, seed: int = 7) -> None:
        self._chance = random.Random(seed)
        rare = ["".join(parts) for parts in itertools.product(_SYLLABLES, repeat=3)]
        self._words = [*_COMMON.split(), *self._chance.sample(rare, _VOCABULARY)]
        # Zipf: the second word is half as common as the first, and so on.
        self._weights = list(itertools.accumulate(1 / (place + 3) for place in range(len(self._words))))
        names = [f"{self._text(2).title()} College" for _ in range(_ISSUERS)]
        self._issuers = [SimulatedIssuer("did:key", name=name, seed=f"bench {name}") for name in names]

    def token(self, number: int) -> bytes:
        """Return one signed credential."""
        noise = base64.b64encode(self._chance.randbytes(_PICTURE_BYTES)).decode()
        return self._issuers[number % _ISSUERS].badge_jwt(
            number=number, title=self._text(3).title(), description=self._text(40), criteria=self._text(25),
            skills=tuple(self._text(2) for _ in range(3)), email="", picture=f"data:image/png;base64,{noise}")

    def record(self, reader: Reader, number: int) -> NewRecord:
        """Return what the wallet keeps of one, read and judged."""
        (item,) = reader.read(Input(f"{number}.jwt", self.token(number))).items
        assert item.record is not None, item.problem
        return item.record

    def _text(self, words: int) -> str:
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=words))


def services_in(folder: Path, contexts: Contexts | None = None) -> Services:
    """Return the program around a wallet in that folder."""
    return Services(lambda: AT, contexts or Contexts.pinned(ASSETS / "contexts"), ASSETS, folder / "wallet",
                    folder / "settings.json")


def new_wallet(folder: Path, contexts: Contexts | None = None) -> Filled:
    """Make an empty wallet."""
    services = services_in(folder, contexts)
    made = create_wallet(services, services.vault_folder, PASSPHRASE)
    lock(made.session)
    return Filled(services, made.recovery_code)


def fill(filled: Filled, mint: Mint, numbers: range,
         also: Callable[[Sequence[NewRecord]], None] = lambda _: None) -> None:
    """Put so many more into the wallet, and hand them on to whoever keeps the same."""
    session = filled.opened()
    reader, database = reader_for(session), session.vault.database
    for start in range(numbers.start, numbers.stop, _BATCH):
        records = [mint.record(reader, one) for one in range(start, min(start + _BATCH, numbers.stop))]
        with session.vault.transaction():
            for record in records:
                add_credential(database, record, AT)
        also(records)
    lock(session)
