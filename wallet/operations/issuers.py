"""What the learner believes about issuers: pinned by fingerprint, distrusted, named; each act taken back.

Only her own acts come here, and each leaves a line in the wallet's log. What a belief means for a report is
in `verify.believing`: it is said, a caller's `--require listed` heeds it, and the verdict never changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from wallet.model.beliefs import Belief, Stance
from wallet.model.errors import OperationError
from wallet.model.events import Event, KeyChange
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.stored import Changes
from wallet.trust.beliefs import fingerprint, of_fingerprint
from wallet.trust.evidence_store import newest_first
from wallet.trust.issuer_keys import IssuerKeys, Relationship
from wallet.trust.names import name_notes
from wallet.vault.beliefs import VaultBeliefs
from wallet.vault.events import VaultEvents

from .session import Session

_MAX_NAME_CHARS: Final = 200
_MAX_NOTE_CHARS: Final = 2_000


@dataclass(frozen=True, slots=True)
class ListedKey:
    """One key that an issuer lists for sealing.

    Attributes:
        method: Its name in the issuer's document.
        fingerprint: Its short form, to be compared with the issuer.
        current: Whether the newest document lists it.
        pinned: Whether the learner has compared it.
    """

    method: str
    thumbprint: str
    fingerprint: str
    current: bool
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class IssuerView:
    """Everything the wallet knows about one issuer.

    Attributes:
        claimed_name: What its credentials call it; untrusted text.
        credentials: How many of its credentials are kept.
        keys: Those it lists, the present ones first.
        documents: The versions of its document, newest first.
        key_changes: When it listed other keys than before, newest first.
        log: The learner's own acts about it, newest first.
        notes: What is noticeable about its address and name.
    """

    id: str
    claimed_name: str
    credentials: int
    belief: Belief | None
    keys: tuple[ListedKey, ...]
    documents: tuple[EvidenceDocument, ...]
    key_changes: tuple[KeyChange, ...]
    log: tuple[Event, ...]
    notes: tuple[Reason, ...]


def issuers(session: Session) -> tuple[IssuerView, ...]:
    """Return every issuer of a kept credential, and every one that something is believed about."""
    names: dict[str, str] = {}
    for one in session.vault.list():
        names.setdefault(one.issuer_id, one.issuer_name)
    for belief in session.beliefs:
        names.setdefault(belief.issuer_id, "")
    return tuple(_view(session, issuer_id, name) for issuer_id, name in sorted(names.items()) if issuer_id)


def issuer(session: Session, issuer_id: str) -> IssuerView:
    """Return what is known about one issuer, also about one of whom nothing is kept."""
    name = next((one.issuer_name for one in session.vault.list() if one.issuer_id == issuer_id), "")
    return _view(session, issuer_id, name)


def pin(session: Session, issuer_id: str, *, written: str = "", note: str = "") -> Belief:
    """Believe that these are the issuer's keys: the learner has compared a fingerprint with it.

    Args:
        session: The opened wallet.
        issuer_id: The exact identifier.
        written: The fingerprint as the issuer gave it; "" pins every key it lists now, which the learner
            was shown.
        note: How she found out.

    Raises:
        OperationError: PIN_NO_KEY if no key of it is at hand, PIN_OTHER_KEY if the fingerprint is of none.
        VaultError: VAULT_READ_ONLY, DISK_FULL.
    """
    current = [one.thumbprint for one in _keys(session, issuer_id, None) if one.current]
    if not current:
        raise OperationError(reason(ReasonCode.PIN_NO_KEY, issuer=issuer_id))
    chosen = current
    if written.strip():
        found = of_fingerprint(written, current)
        if not found:
            raise OperationError(reason(ReasonCode.PIN_OTHER_KEY, issuer=issuer_id))
        chosen = [found]
    before = VaultBeliefs(session.vault).about(issuer_id)
    if written.strip() and before and before.stance is Stance.PINNED:
        chosen = [*before.thumbprints, *(one for one in chosen if one not in before.thumbprints)]
    return _believe(session, issuer_id, stance=Stance.PINNED, thumbprints=tuple(chosen), note=note)


def distrust(session: Session, issuer_id: str, *, note: str = "") -> Belief:
    """Mark an issuer as not to be trusted. Raises as `Vault.transaction`."""
    return _believe(session, issuer_id, stance=Stance.DISTRUSTED, thumbprints=(), note=note)


def name(session: Session, issuer_id: str, own_name: str) -> Belief:
    """Call an issuer by a name of the learner's own; an empty one takes it back. Raises as `distrust`."""
    return _believe(session, issuer_id, own_name=own_name)


def forget(session: Session, issuer_id: str) -> Changes:
    """Believe nothing about an issuer any more.

    Raises:
        VaultError: BELIEF_NONE, VAULT_READ_ONLY, DISK_FULL.
    """
    VaultBeliefs(session.vault).forget(issuer_id, now=session.now())
    return Changes(evidence=True)


def undo(session: Session, issuer_id: str) -> Belief | None:
    """Take back the last act about an issuer, and return what is believed then.

    Raises:
        VaultError: BELIEF_NOTHING_TO_UNDO, VAULT_READ_ONLY, DISK_FULL.
    """
    return VaultBeliefs(session.vault).undo(issuer_id, now=session.now())


def _believe(session: Session, issuer_id: str, *, stance: Stance | None = None,
             thumbprints: tuple[str, ...] = (), own_name: str | None = None, note: str = "") -> Belief:
    if ":" not in issuer_id or not issuer_id.isprintable():
        raise OperationError(reason(ReasonCode.EVIDENCE_ADDRESS, found=issuer_id[:200]))
    beliefs = VaultBeliefs(session.vault)
    known = beliefs.about(issuer_id) or Belief(issuer_id, session.now())
    changed = replace(known, at=session.now())
    if stance is not None:
        told = note.strip()[:_MAX_NOTE_CHARS]
        changed = replace(changed, stance=stance, thumbprints=thumbprints, note=told)
    if own_name is not None:
        changed = replace(changed, name=" ".join(own_name.split())[:_MAX_NAME_CHARS])
    beliefs.set(changed)
    return changed


def _view(session: Session, issuer_id: str, claimed: str) -> IssuerView:
    belief = VaultBeliefs(session.vault).about(issuer_id)
    log = VaultEvents(session.vault)
    kept = sum(one.issuer_id == issuer_id for one in session.vault.list())
    return IssuerView(issuer_id, claimed, kept, belief, tuple(_keys(session, issuer_id, belief)),
                      _documents(session, issuer_id), log.key_changes(issuer_id),
                      log.about(issuer_id), name_notes(issuer_id, claimed, session.lists))


def _keys(session: Session, issuer_id: str, belief: Belief | None) -> Iterable[ListedKey]:
    pinned = belief.thumbprints if belief else ()
    keys = IssuerKeys(issuer_id, Relationship.ASSERTION, lambda address: _documents(session, address))
    for method, thumbprint, current in keys.listed:
        yield ListedKey(method, thumbprint, fingerprint(thumbprint), current, thumbprint in pinned)


def _documents(session: Session, address: str) -> tuple[EvidenceDocument, ...]:
    """Return everything of the wallet at an address, pinned beside credentials too, none from a sender."""
    pinned = (one for one in session.kept.everything() if one.address == address)
    found = (*session.evidence.documents(address), *pinned)
    return newest_first(one for one in found if one.grade is not Grade.SENDER)
