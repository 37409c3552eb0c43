"""What one pass over many kept credentials knows: looked up, read and judged once, however many want it.

Most credentials of a wallet come from few issuers, whose keys and withdrawal lists are the same for all. What
a pass holds is what the wallet knew when it looked; it is made for one wish and dropped with it, and it
never holds more than a little. What is judged by it comes to what it would come to alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NoReturn

from wallet.formats.parse import parse
from wallet.model.credential import Carrier, Credential
from wallet.model.errors import VaultError
from wallet.model.evidence import EvidenceDocument
from wallet.model.limits import MIB
from wallet.model.reasons import ReasonCode, reason
from wallet.model.stored import StoredCredential
from wallet.trust.evidence_store import EvidenceStore, MemoryEvidence
from wallet.vault.evidence import PinnedEvidence
from wallet.verify.evidence import Evidence
from wallet.verify.list_memory import ListMemory

from .checking import desk_of
from .session import Session

_MAX_BYTES: Final = 16 * MIB


class LookedUp:
    """A store in which every address is looked up once; forgotten where it grows too large."""

    def __init__(self, store: EvidenceStore) -> None:
        self._store = store
        self._found: dict[str, tuple[EvidenceDocument, ...]] = {}
        self._bytes = 0

    def documents(self, address: str) -> tuple[EvidenceDocument, ...]:
        """Return what the store has for an address, newest first."""
        found = self._found.get(address)
        if found is None:
            found = self._store.documents(address)
            size = len(address) + sum(len(one.data) for one in found)
            if self._bytes + size > _MAX_BYTES:
                self._found.clear()
                self._bytes = 0
            self._found[address] = found
            self._bytes += size
        return found


class Pass:
    """One pass over kept credentials."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._desk = replace(desk_of(session), evidence=LookedUp(session.evidence), memory=ListMemory())
        self._pinned = PinnedEvidence(session.vault)

    def evidence(self, stored: StoredCredential, credential: Credential) -> Evidence:
        """Return everything the wallet knows that a credential is judged by, and what it lacks.

        Raises:
            VaultError: CREDENTIAL_NOT_FOUND.
        """
        pinned = MemoryEvidence(self._pinned.beside(stored.id))
        return self._desk.gather(credential, beside=pinned, seen_at=stored.added_at)


def kept_credential(session: Session, stored: StoredCredential) -> Credential:
    """Return a kept credential, read from its original bytes.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
        WalletError: The kept bytes cannot be read any more, which only a damaged vault explains.
    """
    original = session.vault.original(stored.id)
    if original.carrier is Carrier.FILE:  # the file says nothing that could be read; the learner does
        said = parse(original.payload, name=stored.title)
        return replace(said, original=original) if isinstance(said, Credential) else _damaged()
    parsed = parse(original.data, name=stored.title)
    if isinstance(parsed, Credential):
        return parsed
    for item in parsed.credentials:
        if isinstance(item, Credential):
            return item
    return _damaged()


def _damaged() -> NoReturn:
    raise VaultError(reason(ReasonCode.VAULT_DAMAGED))
