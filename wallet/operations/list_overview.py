"""The lists in force as a person looks at them: what each is, since when it is here, and why it is not asked.

A list of lists is shown with the lists it names. What a later version of a list was refused for is remembered
from one look at the web to the next, since the version at hand stays and would hide it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from wallet.codec.dates import format_datetime, parse_datetime
from wallet.model.errors import CodecError, TrustError
from wallet.model.evidence import EvidenceDocument, Grade, Verified
from wallet.model.issuer_lists import KeptList, ListKind
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.trust.federation import Federation
from wallet.trust.list_of_lists import KnownList, known_lists, lists_of
from wallet.trust.registry import IssuerList, ListFile, Listing, MissingList

from .lists import is_shipped_in_force, lists_kept, loaded_list, shipped_as_kept
from .session import Session

__all__ = ["ListShown", "Refusal", "addresses_of", "list_overview", "note_refusals"]

_REFUSALS: Final = "list_refusals"
_MAX_REFUSALS: Final = 128
_KINDS: Final = {"dcc-legacy": ListKind.FILE, "oidf": ListKind.FEDERATION}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a version that came was not taken, and when; the one at hand stays."""

    reason: Reason
    at: datetime


@dataclass(frozen=True, slots=True)
class ListShown:
    """One list in force, for a person to look at.

    Attributes:
        date: As of when it speaks, None where it does not say.
        until: When it ends, None where it does not say.
        issuers: How many it names, 0 where that is not known.
        problem: Why it cannot be looked into, None if it can.
        document: The version that counts, with its source and how it was verified; None without one.
        refused: What became of a later version.
        members: Of a list of lists, in their order.
    """

    kept: KeptList
    date: datetime | None = None
    until: datetime | None = None
    issuers: int = 0
    problem: Reason | None = None
    document: EvidenceDocument | None = None
    refused: Refusal | None = None
    members: tuple[ListShown, ...] = ()


def list_overview(session: Session) -> tuple[ListShown, ...]:
    """Return every list in force with its dates, in order."""
    refused = _refusals(session)
    rows = [_of_kept(session, one, refused) for one in lists_kept(session)]
    if is_shipped_in_force(session):
        rows += [_shown(session, kept, (found,)) for found, kept in shipped_as_kept(session.services)]
    return tuple(rows)


def addresses_of(session: Session) -> tuple[str, ...]:
    """Return the web addresses that bringing every list anew would ask for, as far as is known."""
    shown = list_overview(session)
    found = (one.kept.address for top in shown for one in (top, *top.members))
    return tuple(dict.fromkeys(one for one in found if one.startswith("https://")))


def note_refusals(session: Session, told: Mapping[str, Reason | None]) -> None:
    """Remember which versions were refused just now, by address; None for those that were taken.

    Raises:
        VaultError: As `Vault.transaction`.
    """
    kept = _refusals(session)
    for address, why in told.items():
        kept.pop(address, None)
        if why is not None:
            kept[address] = Refusal(why, session.now())
    rows = {address: [one.reason.code.value, dict(one.reason.params), format_datetime(one.at)]
            for address, one in list(kept.items())[-_MAX_REFUSALS:]}
    text = json.dumps(rows, ensure_ascii=False) if rows else ""
    if text != (session.vault.setting(_REFUSALS) or ""):
        session.vault.set_setting(_REFUSALS, text)


def _of_kept(session: Session, kept: KeptList, refused: Mapping[str, Refusal]) -> ListShown:
    shown = _shown(session, kept, loaded_list(kept, session.evidence))
    members = tuple(replace(one, refused=_under(refused.get(one.kept.address), one.kept.name))
                    for one in _members(session, shown))
    return replace(shown, refused=_under(refused.get(kept.address), kept.name), members=members)


def _under(refused: Refusal | None, name: str) -> Refusal | None:
    """Return it about the list as it is called where it is shown: two may share an address."""
    if refused is None:
        return None
    said = dict(refused.reason.params)
    told = reason(refused.reason.code, **(said | {"name": name} if "name" in said else said))
    return replace(refused, reason=told)


def _members(session: Session, shown: ListShown) -> Sequence[ListShown]:
    if shown.kept.kind is not ListKind.LIST_OF_LISTS or shown.document is None:
        return ()
    try:
        lines = known_lists(shown.document.data, name=shown.kept.name)
    except TrustError:
        return ()
    loaded = lists_of(lines, session.evidence.documents)
    return [_shown(session, _as_kept(line, session.now()), (one,))
            for line, one in zip(lines, loaded, strict=True)]


def _as_kept(line: KnownList, now: datetime) -> KeptList:
    return KeptList(line.address, line.name, _KINDS.get(line.type, ListKind.OTHER), now,
                    governance=line.governance)


def _shown(session: Session, kept: KeptList, lists: tuple[IssuerList, ...]) -> ListShown:
    document = _document(session, kept)
    if kept.kind is ListKind.LIST_OF_LISTS:  # its members say for themselves how they stand
        problem = None if document else next((one.because for one in lists if isinstance(one, MissingList)),
                                             None)
        return ListShown(kept, problem=problem, document=document,
                         issuers=sum(len(one.issuers) for one in lists if isinstance(one, ListFile)))
    (one,) = lists
    if isinstance(one, Federation):
        said = one.ask(one.anchor, session.now())
        if document and said.listing is Listing.LISTED:
            document = replace(document, verified=(*document.verified, Verified.OWN_SEAL))
        return ListShown(kept, said.date, said.until, 0, said.because, document)
    if isinstance(one, ListFile):
        return ListShown(kept, one.date, one.expires, len(one.issuers), None, document)
    return ListShown(kept, one.date, problem=one.because if isinstance(one, MissingList) else None,
                     document=document)


def _document(session: Session, kept: KeptList) -> EvidenceDocument | None:
    """Return the version that counts: the pinned one, or the newest where none is pinned."""
    return next((one for one in session.evidence.documents(kept.address) if one.grade is not Grade.SENDER
                 and kept.sha256 in ("", one.sha256)), None) if kept.address else None


def _refusals(session: Session) -> dict[str, Refusal]:
    """Read what is remembered; a later program may have written what this one does not know."""
    try:
        rows = json.loads(session.vault.setting(_REFUSALS) or "{}")
        return {address: Refusal(Reason(ReasonCode(code), tuple(sorted(params.items()))),
                                 parse_datetime(at)[0]) for address, (code, params, at) in rows.items()}
    except (ValueError, TypeError, AttributeError, CodecError):
        return {}
