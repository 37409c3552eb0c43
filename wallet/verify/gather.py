"""From a parsed thing and a store to the evidence there is, and the addresses that are still wanted.

Walks what a judgement will look at: the party's document, the documents its methods live in, status lists
and, one level deep, the same for each list. Fetches nothing and judges nothing; a thing that cannot be
read leaves its needs out and is judged by `pipeline`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.strict_json import parse_object
from wallet.formats.parse import parse
from wallet.keys.controller import controller_document
from wallet.model.beliefs import Belief
from wallet.model.credential import (
    Credential,
    CredentialFormat,
    JsonObject,
    Parsed,
    Presentation,
    Securing,
)
from wallet.model.errors import WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Wanted
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES, MAX_URL_CHARS
from wallet.trust.badge_records import BadgeRecords, badge_records
from wallet.trust.controllers import awaited_key_set, key_set_addresses
from wallet.trust.evidence_store import EvidenceStore
from wallet.trust.issuer_keys import (
    IssuerKeys,
    Lookup,
    Relationship,
    Standing,
    is_pure,
    issuer_metadata,
    method_base,
    wanted_document,
    web_address,
)
from wallet.trust.registry import IssuerList

from .checks.validity import MAX_CLOCK_DIFFERENCE
from .dating import latest_date, made_at, sealed_at
from .evidence import Evidence

if TYPE_CHECKING:  # for passes over many credentials only
    from .list_memory import ListMemory

_BY_ADDRESS = ("did:", "https:")  # who is called so can list a sealing key in a document of its own
#: Without one of these no document has a word about keys. Reading it takes longer, and the judgement does.
_ABOUT_KEYS = (b'"verificationMethod"', b'"assertionMethod"', b'"authentication"', b'"publicKey', b'"keys"',
               b'"kty"')
_ASKED_FOR = (Grade.SHIPPED, Grade.FETCHED)
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
MAX_LIST_VERSIONS = 4  # versions of one status list that are looked at


def gather(parsed: Parsed, store: EvidenceStore, contexts: Contexts, lists: Iterable[IssuerList] = (), *,
           seen_at: datetime | None = None, beliefs: Iterable[Belief] = (),
           clock_floor: datetime | None = None, memory: ListMemory | None = None) -> Evidence:
    """Take from the store what the judgement needs, and name what is not there.

    Args:
        parsed: What will be judged.
        store: Where documents are looked up.
        contexts: The vocabularies in force.
        lists: Issuer lists, the most authoritative first.
        seen_at: When these very bytes were first kept here, by our own clock; None where nobody knows.
        beliefs: What the learner believes about issuers.
        clock_floor: The latest moment that is known to have been; what is found here may raise it. None
            where the caller chose the time, which is never doubted.
        memory: Of the pass this is part of, None if it is alone.
    """
    walk = _Walk(store.documents, contexts, memory)
    walk.thing(parsed)
    if clock_floor is not None:
        arrived = (one.fetched_at for versions in walk.found.values() for one in versions)
        clock_floor = max((clock_floor, *(moment for moment in arrived if moment)))
    return Evidence(contexts, walk.found, tuple(lists), tuple(walk.wanted.values()), seen_at, tuple(beliefs),
                    clock_floor, memory=memory, found_for=parsed)


def still_wanted(parsed: Parsed, evidence: Evidence) -> tuple[Wanted, ...]:
    """Return what is missing for this one thing, which may be an item of what was gathered for."""
    if evidence.found_for is parsed:
        return evidence.wanted
    walk = _Walk(evidence.lookup, evidence.contexts, evidence.memory)
    walk.thing(parsed)
    return tuple(walk.wanted.values())


class _Walk:
    """One walk over everything a judgement will look at."""

    def __init__(self, lookup: Lookup, contexts: Contexts, memory: ListMemory | None = None) -> None:
        self._lookup = lookup
        self._read = memory.read if memory else parse
        self._referred = memory.references if memory else references
        self._contexts = contexts
        self.found: dict[str, tuple[EvidenceDocument, ...]] = {}
        self.wanted: dict[str, Wanted] = {}

    def thing(self, parsed: Parsed) -> None:
        if isinstance(parsed, Presentation):
            if parsed.securing is Securing.KEY_BINDING and parsed.holder:
                self._controller(parsed.holder)
            self._sealed(parsed.holder, parsed)
            for item in parsed.credentials:
                if isinstance(item, Credential):
                    self._credential(item)
            return
        self._credential(parsed)

    def _credential(self, credential: Credential, *, depth: int = 1) -> None:
        records = badge_records(credential, lambda address: self._need(address, EvidenceKind.BADGE_RECORD))
        if records is not None:
            self._badge(records)
            credential = records.credential
        self._sealed(credential.issuer.id, credential)
        for entry in credential.statuses if depth else ():
            self._status(entry, sealed_at(credential) or credential.valid_from)
        for item in credential.inside:
            if isinstance(item, Credential):
                self._credential(item)
        if credential.endorsed:
            self._endorsements(credential)

    def _endorsements(self, credential: Credential) -> None:
        """Take what there is; nobody is to be asked for what never decides."""
        wanted = dict(self.wanted)
        for endorsement in credential.endorsed:
            if isinstance(endorsement.credential, Credential):
                self._credential(endorsement.credential)
        self.wanted = wanted

    def _badge(self, records: BadgeRecords) -> None:
        """What an award before Open Badges 3.0 needs beside its records: vocabularies and its key."""
        if "@context" in records.credential.document:
            self._vocabulary(records.credential.document)
        if records.credential.jws is not None and records.key_address:
            self._controller(method_base(records.key_address))

    def _status(self, entry: JsonObject, sealed: datetime | None) -> None:
        from wallet.formats.statuslist import parse_status_entry  # noqa: PLC0415 - most name no list

        try:
            address = parse_status_entry(entry).list_address
        except WalletError:
            return
        if not address:
            return
        chosen, _ = list_versions(self._need(address, EvidenceKind.STATUS_LIST))
        latest: list[datetime | None] = []
        for document in chosen:
            here = document.first_seen if document.grade is Grade.SUPPLIED else document.fetched_at
            made = None
            try:
                listed = self._read(document.data)
            except WalletError:
                listed = None
            if isinstance(listed, Credential):
                made = made_at(listed)
                self._credential(listed, depth=0)
            if document.grade is not Grade.SENDER:
                latest.append(max(here, made or here) if here else None)
        # Copies that were here before it was sealed cannot know of it.
        if sealed and latest and all(one and one + MAX_CLOCK_DIFFERENCE < sealed for one in latest):
            self.wanted.setdefault(address, wanted_document(address, EvidenceKind.STATUS_LIST))

    def _sealed(self, party: str, thing: Credential | Presentation) -> None:
        """Everything a seal needs: contexts, the party's document, and where each method lives."""
        if thing.securing in (Securing.JADES, Securing.ANCHORED):
            self._vocabulary(thing.document)
            if thing.securing is Securing.JADES and party.startswith(_BY_ADDRESS):  # else no document can say
                self._controller(party)
        if thing.securing not in (Securing.EMBEDDED, Securing.JWS, Securing.SD_JWT, Securing.COSE):
            return
        if "@context" in thing.document or thing.securing is Securing.EMBEDDED:
            self._vocabulary(thing.document)
        methods = [proof.get("verificationMethod") for proof in thing.proofs]
        if thing.jws is not None:
            methods = [thing.jws.header.get("kid")]
        if thing.cose is not None:
            methods = [thing.cose.protected.get("kid")]
        if party:
            self._controller(party)
        for one in methods:
            if isinstance(one, str) and len(one) <= MAX_URL_CHARS and ":" in one:
                base = method_base(one)
                if base != party:
                    chained = any("previousProof" in proof for proof in thing.proofs)
                    self._controller(base, deep=not party, required=chained or not self.found.get(party))
        if party and not is_pure(party):
            named = [one for one in methods if isinstance(one, str)]
            self._outdated(party, named, thing)
            self._silent(party, thing)
            self._elsewhere(party, named)

    def _outdated(self, party: str, methods: list[str], thing: Credential | Presentation) -> None:
        """Want a party's document anew where the copy is older than the seal and does not have its key."""
        there = (one for place in (party, web_address(party), issuer_metadata(party)) if place
                 for one in self.found.get(place, ()))
        served = [one.fetched_at for one in there if one.fetched_at and one.grade is not Grade.SENDER]
        dated = latest_date(thing) if served else None
        if dated is None or dated <= min(served):
            return
        keys = IssuerKeys(party, Relationship.ASSERTION, self._lookup)
        if any(keys.may_list_since(one, dated) for one in methods):
            self.wanted.setdefault(party, wanted_document(party))

    def _silent(self, party: str, thing: Credential | Presentation) -> None:
        """Want the keys of a party of which only a profile without a word about keys is here."""
        metadata = issuer_metadata(party)
        there = any(one.grade is not Grade.SENDER for one in self.found.get(metadata, ()))
        is_older = isinstance(thing, Credential) and thing.format is CredentialFormat.OPEN_BADGE_2
        if not metadata or there or is_older:  # where the older kind keeps its keys, its profile says
            return
        if self.found.get(party) and not self._has_keys(party):
            self.wanted.setdefault(party, wanted_document(party))

    def _elsewhere(self, party: str, methods: list[str]) -> None:
        """Want the keys that a party's metadata says are elsewhere, unless the one that sealed is here."""
        address = awaited_key_set(party, self._lookup)
        if not address:
            return
        keys = IssuerKeys(party, Relationship.ASSERTION, self._lookup)
        if not any(one.standing is Standing.AUTHORISED
                   for name in methods for one in keys.for_header({"kid": name})):
            self.wanted.setdefault(address, wanted_document(address, EvidenceKind.JWK_SET))

    def _has_keys(self, party: str) -> bool:
        """Whether what is here at a party's own address has a word about keys."""
        return any(word in one.data for one in self.found.get(party, ()) if one.grade is not Grade.SENDER
                   for word in _ABOUT_KEYS)

    def _controller(self, address: str, *, deep: bool = True, required: bool = True) -> None:
        """Take a controller's document and those its methods refer to.

        Args:
            address: The controller's id.
            deep: Whether what it refers to is needed too.
            required: Whether it is wanted if absent; the home of a foreign method is not, once the
                party's own document is there to say whether it matters, unless a proof builds on another.
        """
        if is_pure(address):
            return
        metadata = issuer_metadata(address)
        if metadata:
            self.found.setdefault(metadata, self._lookup(metadata))
        known = any(one.grade is not Grade.SENDER for one in self.found.get(metadata, ()))
        found = self._need(address, EvidenceKind.DID_DOCUMENT, required=required and not known)
        awaited = awaited_key_set(address, self._lookup) if known and not self._has_keys(address) else ""
        for keys, _ in key_set_addresses(address, self._lookup) if known else ():
            self._need(keys, EvidenceKind.JWK_SET, required=required and keys == awaited)
        for document in found if deep else ():
            for other in self._referred(address, document):
                if other != address:
                    self._controller(other, deep=False)

    def _need(self, address: str, kind: EvidenceKind, *,
              required: bool = True) -> tuple[EvidenceDocument, ...]:
        if address not in self.found:
            self.found[address] = self._lookup(address)
            location = web_address(address)
            if location:
                self.found[location] = self._lookup(location)
        there = (*self.found[address], *self.found.get(web_address(address), ()))
        if required and not any(one.grade is not Grade.SENDER for one in there):
            self.wanted.setdefault(address, wanted_document(address, kind))
        return there

    def _vocabulary(self, document: JsonObject) -> None:
        listed, known = document.get("@context"), self._contexts.addresses()
        for address in listed if isinstance(listed, list) else [listed]:
            if isinstance(address, str) and address not in known:
                self.wanted.setdefault(address, wanted_document(address, EvidenceKind.CONTEXT))


def list_versions(there: Sequence[EvidenceDocument],
                  ) -> tuple[tuple[EvidenceDocument, ...], tuple[EvidenceDocument, ...]]:
    """Return the versions of a list that are looked at, and those that are left.

    The last by their own dates, of equal ones the last that came; and always the last that came from the
    list's own address, however many copies somebody hands over.
    """
    dated = sorted(there, key=lambda one: (one.grade is not Grade.SENDER, one.valid_from or _UNDATED),
                   reverse=True)
    chosen, others = dated[:MAX_LIST_VERSIONS], dated[MAX_LIST_VERSIONS:]
    asked = [one for one in there if one.grade in _ASKED_FOR][:1]
    if any(one in others for one in asked):
        chosen, others = [*chosen, *asked], [one for one in others if one not in asked]
    return tuple(chosen), tuple(others)


def references(address: str, document: EvidenceDocument) -> set[str]:
    """Return the other documents that a controller's document refers to for its methods."""
    try:
        parsed = controller_document(parse_object(document.data, max_bytes=MAX_DID_DOCUMENT_BYTES),
                                     address=address)
    except WalletError:
        return set()
    own = {one.id for one in parsed.methods}
    elsewhere = {method_base(one) for one in parsed.assertion | parsed.authentication if one not in own}
    return elsewhere | {one.controller for one in parsed.methods if one.controller}
