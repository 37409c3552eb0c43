"""What every operation needs, and nothing it could reach for by itself: clock, contexts, folders, vault.

`Services` is what the program has without a wallet; a `Session` is one opened wallet. Both come in by the
front door (`wallet.assemble`); no operation asks the system for the time or a folder.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason
from wallet.net.fetch import Offline
from wallet.trust.evidence_store import EvidenceStore, LayeredEvidence, MemoryEvidence

if TYPE_CHECKING:  # who only checks a file loads nothing of a vault, and nothing to ask the network with
    from wallet.codec.linked_data.contexts import Contexts
    from wallet.model.beliefs import Belief
    from wallet.model.network import Permission
    from wallet.net.fetch import Fetcher
    from wallet.trust.registry import IssuerList
    from wallet.vault.evidence import VaultEvidence
    from wallet.vault.holder_keys import HolderKeys
    from wallet.vault.store import Vault

    from .network import Door


@dataclass(frozen=True, slots=True)
class Services:
    """The program without a wallet.

    Attributes:
        clock: Returns the present time in UTC; pinned by `--at`.
        contexts: The pinned JSON-LD contexts, and those the person chose to trust for this run.
        assets: The data the program ships with.
        vault_folder: Where the wallet is, or would be.
        config_file: Where settings that need no vault are.
        fetcher: Brings documents from the web; refuses all of them until a person asked for more.
        cache_folder: Where documents that need no vault may be saved; None where nothing is.
        clock_floor: The day this program was made: no honest clock shows less. None where the person chose
            the time.
    """

    clock: Callable[[], datetime]
    contexts: Contexts
    assets: Path
    vault_folder: Path
    config_file: Path
    fetcher: Fetcher = field(default_factory=Offline)
    cache_folder: Path | None = None
    clock_floor: datetime | None = None


@dataclass(slots=True)
class Session:
    """One opened wallet.

    Attributes:
        services: The program around it.
        contexts: The pinned ones, and those the learner chose to trust for keeps.
        lists: Issuer lists in force.
        supplied: Evidence for this run only, beside what the vault keeps.
    """

    services: Services
    vault: Vault
    contexts: Contexts
    lists: tuple[IssuerList, ...] = ()
    supplied: EvidenceStore = field(default_factory=lambda: MemoryEvidence(()))

    @property
    def evidence(self) -> EvidenceStore:
        """Everything this wallet can look up offline."""
        return LayeredEvidence((self.supplied, self.kept))

    @property
    def kept(self) -> VaultEvidence:
        """What the vault itself keeps as evidence."""
        from wallet.vault.evidence import VaultEvidence  # noqa: PLC0415 - see above

        return VaultEvidence(self.vault)

    @property
    def beliefs(self) -> tuple[Belief, ...]:
        """What the learner believes about issuers, by her own act."""
        from wallet.vault.beliefs import VaultBeliefs  # noqa: PLC0415 - see above

        return VaultBeliefs(self.vault).all()

    @property
    def clock_floor(self) -> datetime | None:
        """The latest moment that is known to have been; None where the person chose the time."""
        floor = self.services.clock_floor
        arrived = self.kept.newest_arrival() if floor else None
        return max(floor, arrived) if floor and arrived else floor

    @property
    def holder_keys(self) -> HolderKeys:
        """The learner's own keys."""
        from wallet.vault.holder_keys import HolderKeys  # noqa: PLC0415 - see above

        return HolderKeys(self.vault)

    @property
    def identities(self) -> tuple[str, ...]:
        """The learner's own addresses and DIDs, as she gave them."""
        stored = self.vault.setting(IDENTITIES) or ""
        return tuple(line for line in stored.splitlines() if line)

    def door(self, allowed: Permission, hosts: frozenset[str] | None = None) -> Door:
        """Return the door to the network, by one kind of leave (see `network.session_door`)."""
        from .network import session_door  # noqa: PLC0415 - see above

        return session_door(self, allowed, hosts)

    def now(self) -> datetime:
        """Return the time of this run."""
        return self.services.clock()

    def arrival(self) -> datetime:
        """Return when something that comes in now came: never before what is known to have been.

        An old key counts for what was here before its issuer gave it up. A clock that is behind must not say
        so of what comes later.
        """
        now, floor = self.now(), self.clock_floor
        return max(now, floor) if floor else now

    def kept_documents(self) -> int:
        """Return how many documents the wallet keeps as evidence."""
        return len(self.kept.all())

    def set_identities(self, identities: tuple[str, ...]) -> None:
        """Keep the learner's own addresses; they never leave the vault."""
        if self.vault.read_only:
            raise VaultError(reason(ReasonCode.VAULT_READ_ONLY))
        self.vault.set_setting(IDENTITIES, "\n".join(one.strip() for one in identities if one.strip()))


IDENTITIES = "identities"
