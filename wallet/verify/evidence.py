"""What a judgement rests on and what the person who checks expects. Values only; nothing is looked up here.

Evidence is collected by `gather` and judged by `pipeline`; both take it as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # values are carried here, and none is made
    from wallet.codec.linked_data.contexts import Contexts
    from wallet.model.beliefs import Belief
    from wallet.model.credential import Parsed
    from wallet.model.evidence import EvidenceDocument, Wanted
    from wallet.proofs.known_seals import KnownSeals
    from wallet.trust.registry import IssuerList

    from .list_memory import ListMemory


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything one judgement may rest on.

    Attributes:
        contexts: The vocabularies in force; what stands beside the pinned ones was chosen on purpose.
        documents: By address, every version, newest first, each with its grade.
        lists: Issuer lists, the most authoritative first.
        wanted: Addresses that would have been needed and are not there.
        seen_at: When what is judged was first kept here; None where nobody knows.
        beliefs: What the learner believes about issuers, by her own act.
        clock_floor: No honest clock shows less: the newest thing that was ever saved here, or the day this
            program was made. None where the caller chose the time, and where nothing is known.
        known: Seals that were found good before; None where every seal is to be checked.
        memory: Lists that were judged in the same pass; None where this is judged alone.
        found_for: The very thing it was gathered for, so that nobody need look for the same again.
    """

    contexts: Contexts
    documents: dict[str, tuple[EvidenceDocument, ...]] = field(default_factory=dict)
    lists: tuple[IssuerList, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    seen_at: datetime | None = None
    beliefs: tuple[Belief, ...] = ()
    clock_floor: datetime | None = None
    known: KnownSeals | None = field(default=None, repr=False, compare=False)
    memory: ListMemory | None = field(default=None, repr=False, compare=False)
    found_for: Parsed | None = field(default=None, repr=False, compare=False)

    def belief(self, issuer_id: str) -> Belief | None:
        """Return what is believed about an issuer, None if nothing."""
        for one in self.beliefs:
            if one.issuer_id == issuer_id:
                return one
        return None

    def lookup(self, address: str) -> tuple[EvidenceDocument, ...]:
        """Return every version of that address, newest first."""
        return self.documents.get(address, ())


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the person who checks brings; never taken from the thing that is checked.

    Attributes:
        identities: E-mail addresses or DIDs of the person it should be about.
        challenge: The nonce she gave to the holder, None if none.
        domain: The audience she answers to, None if she did not say.
        max_status_age: The oldest withdrawal list she accepts; None accepts any age, shown with its date.
        is_holder: Whether it was issued to her: then the secret original of a selective seal is in its place.
    """

    identities: tuple[str, ...] = ()
    challenge: str | None = None
    domain: str | None = None
    max_status_age: timedelta | None = None
    is_holder: bool = False
