"""Setting up the desk of a person who checks: what she supplied for this run, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wallet.trust.evidence_store import EvidenceStore, LayeredEvidence, MemoryEvidence
from wallet.trust.registry import IssuerList

from .checking import Desk
from .session import Services
from .shipped_lists import shipped_lists


def supplied_desk(services: Services, sources: Sequence[Path] = (), lists: Sequence[Path] = (), *,
                  trust_contexts: bool = False, saved: EvidenceStore | None = None) -> Desk:
    """Return a desk with these documents and issuer lists.

    Args:
        services: The program's.
        sources: Maps, folders or single documents.
        lists: Issuer lists, the most authoritative first.
        trust_contexts: Whether supplied contexts count; a pinned one always wins. Without this they are
            left out, so that a credential which needs one stays undetermined.
        saved: Documents saved on this computer, where she asked for them; what she supplied stands before.

    Raises:
        OperationError: FILE_MISSING, EVIDENCE_ADDRESS, EVIDENCE_UNREADABLE.
        TrustError: A list cannot be read.
        LinkedDataError: A supplied context cannot be used.
    """
    contexts, store = services.contexts, MemoryEvidence(())
    own: tuple[IssuerList, ...] = ()
    if sources:
        from .evidence import load_evidence, trusted_contexts  # noqa: PLC0415 - most are given no documents

        supplied = load_evidence(sources)
        store = MemoryEvidence(supplied.documents)
        contexts = trusted_contexts(contexts, supplied.contexts) if trust_contexts else contexts
    if lists:
        from .lists import trusted_lists  # noqa: PLC0415 - and no lists

        own = trusted_lists(lists, store)
    layered = LayeredEvidence((store, saved)) if saved else store
    return Desk(contexts, layered, (*own, *shipped_lists(services)), clock_floor=services.clock_floor)
