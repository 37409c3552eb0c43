"""Withdrawal lists, read and judged once where many credentials are judged in one pass; key documents too.

Most credentials of an issuer name the same list, and what a list is worth does not depend on whom it is
about. An answer counts again only while everything it rested on is the same: the list's bytes and how they
got here, the moment, the vocabularies, the issuer lists, the learner's beliefs, and each document that was
looked up on the way, also those that were not there. It belongs to one pass and is dropped with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from wallet.formats.parse import parse
from wallet.formats.statuslist import StatusKind
from wallet.model.credential import Issuer, Parsed
from wallet.model.evidence import EvidenceDocument
from wallet.model.limits import MIB

from .evidence import Evidence
from .gather import references
from .judged_list import JudgedList

#: Beyond these everything is forgotten: a pass may go over lists without number.
_MAX_LISTS: Final = 256
_MAX_BYTES: Final = 16 * MIB

_Judge = Callable[[EvidenceDocument, Issuer, Evidence, datetime], JudgedList]


class _Watched(dict[str, tuple[EvidenceDocument, ...]]):
    """Evidence by address that notes what was looked up; `Evidence.lookup` is the only way to it."""

    def __init__(self, documents: dict[str, tuple[EvidenceDocument, ...]]) -> None:
        super().__init__(documents)
        self.looked_up: dict[str, tuple[EvidenceDocument, ...]] = {}

    def get(self, key: str, default: Any = None, /) -> Any:
        found = super().get(key, default)
        self.looked_up[key] = found
        return found


@dataclass(frozen=True, slots=True)
class _Known:
    """An answer, and what it rested on."""

    answer: JudgedList
    document: EvidenceDocument
    issuer: Issuer
    at: datetime
    rest: Evidence
    looked_up: dict[str, tuple[EvidenceDocument, ...]]

    def counts(self, document: EvidenceDocument, issuer: Issuer, evidence: Evidence, at: datetime) -> bool:
        """Whether judging again would come to the same."""
        mine, content = self.rest, self.answer.content
        # A token list that names nobody is taken for the credential's issuer's own.
        same_keeper = self.issuer == issuer or (content and content.kind is not StatusKind.TOKEN_LIST)
        return (bool(same_keeper) and self.at == at and self.document == document
                and mine.contexts is evidence.contexts and mine.lists == evidence.lists
                and mine.beliefs == evidence.beliefs and mine.clock_floor == evidence.clock_floor
                and all(evidence.lookup(address) == found for address, found in self.looked_up.items()))


class ListMemory:
    """What was found out about lists in one pass."""

    def __init__(self) -> None:
        self._read: dict[bytes, Parsed] = {}
        self._judged: dict[tuple[str, str], _Known] = {}
        self._referred: dict[tuple[str, str], set[str]] = {}
        self._bytes = 0

    def read(self, data: bytes) -> Parsed:
        """Return what a list's bytes are. Raises as `parse`."""
        known = self._read.get(data)
        if known is None:
            known = parse(data)
            self._make_room(len(data))
            self._read[data] = known
        return known

    def references(self, address: str, document: EvidenceDocument) -> set[str]:
        """Return the other documents that a controller's document refers to."""
        name = (address, document.sha256)
        known = self._referred.get(name)
        if known is None:
            known = references(address, document)
            self._make_room(sum(map(len, (*name, *known))))
            self._referred[name] = known
        return known

    def judged(self, document: EvidenceDocument, issuer: Issuer, evidence: Evidence, at: datetime,
               judge: _Judge) -> JudgedList:
        """Return what is to be said of a list: as before where nothing differs, else judged now.

        Args:
            document: The list.
            issuer: Of the credential that names it.
            evidence: What its seal may rest on.
            at: The one now.
            judge: Judges it.
        """
        name = (document.address, document.sha256)
        known = self._judged.get(name)
        if known is not None and known.counts(document, issuer, evidence, at):
            return known.answer
        watched = _Watched(evidence.documents)
        answer = judge(document, issuer, replace(evidence, documents=watched), at)
        self._make_room(len(document.data) + (len(answer.content.data) if answer.content else 0))
        rest = replace(evidence, documents={}, wanted=(), known=None, memory=None, found_for=None)
        self._judged[name] = _Known(answer, document, issuer, at, rest, watched.looked_up)
        return answer

    def _make_room(self, size: int) -> None:
        most = max(len(self._judged), len(self._read), len(self._referred))
        if most >= _MAX_LISTS or self._bytes + size > _MAX_BYTES:
            self._read.clear()
            self._judged.clear()
            self._referred.clear()
            self._bytes = 0
        self._bytes += size
