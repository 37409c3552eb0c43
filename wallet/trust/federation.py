"""OpenID Federation: is an issuer named, through signed statements, by an anchor that the person trusts?

An anchor signs a configuration about itself, kept at `<anchor>/.well-known/openid-federation`, which lists
its keys and where statements about others are had; a statement is kept at `<fetch endpoint>?sub=<issuer>`.
An issuer that is an https address may also stand below intermediates, which its own configuration names. A
DID has no configuration: where an anchor does not know it, the intermediates that the anchor lists are asked
(§8.2). Such a list proves nothing; each step from the anchor down is a signed statement all the same.
Every statement on the way is verified: type, signature by the key its superior lists, who says it of whom,
from when until when. OpenID Federation 1.0 §3, §6.2, §7, §10. Registries that list DIDs sign statements
without keys of the DID; none is needed, because the statement is about a name and not about a key.

Nothing is fetched: what is missing is named. A refusal of the anchor's host (`not_found`) is kept as a
document at the statement's address. Policies about metadata that we would show are not applied but refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from wallet.codec.dates import format_datetime
from wallet.codec.strict_json import parse_json
from wallet.keys.keypair import PublicKey
from wallet.model.errors import CodecError, TrustError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Wanted
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES, MAX_URL_CHARS
from wallet.model.reasons import ReasonCode, reason

from .anchors import Anchor
from .evidence_store import used
from .issuer_keys import Lookup, wanted_document
from .registry import Answer, ListedIssuer, Listing, plain_text
from .statements import Statement, is_not_found, read_statement, refused

WELL_KNOWN: Final = "/.well-known/openid-federation"
MAX_PATH: Final = 5  # intermediates between an issuer and its anchor
_MAX_HINTS: Final = 8
_MAX_BELOW: Final = 8  # intermediates right below one entity
_MAX_VERSIONS: Final = 4
_MAX_STEPS: Final = 32  # statements that one answer may take


def anchor_of(address: str) -> str:
    """Return the anchor's identifier from the address of its configuration.

    Raises:
        TrustError: STATEMENT_REFUSED for an address where no configuration is kept.
    """
    anchor = address.removesuffix(WELL_KNOWN)
    if anchor == address or not _is_entity(anchor):
        raise refused("address", address[:200])
    return anchor


def configuration_address(entity: str) -> str:
    """Return where an entity keeps its configuration."""
    return entity.rstrip("/") + WELL_KNOWN


def statement_address(endpoint: str, subject: str) -> str:
    """Return where a superior answers about a subject. A DID without escapes stands as it is."""
    return f"{endpoint}{'&' if '?' in endpoint else '?'}sub={quote(subject, safe=':')}"


def list_address(endpoint: str) -> str:
    """Return where an entity names the intermediates right below it."""
    return f"{endpoint}{'&' if '?' in endpoint else '?'}intermediate=true"


@dataclass(frozen=True, slots=True)
class Federation:
    """One federation that a person trusts, asked through the evidence at hand.

    Attributes:
        anchor: The anchor's identifier, an https address.
        key: The anchor's key, where the person compared it; None to believe what its host serves.
    """

    name: str
    anchor: str
    lookup: Lookup
    key: PublicKey | None = None
    date: datetime | None = None
    anchors: tuple[Anchor, ...] = ()

    def ask(self, issuer_id: str, at: datetime) -> Answer:
        """Answer for that exact id by the statements in evidence; never raises."""
        walk = _Walk(self, at)
        try:
            path = walk.path_to(issuer_id)
        except _AbsentError:
            dates = [one.fetched_at for one in walk.denials if one.fetched_at]
            return Answer(Listing.ABSENT, self.name, date=min(dates, default=None),
                          evidence=tuple(used(one) for one in walk.denials))
        except TrustError as error:
            return Answer(Listing.UNCHECKED, self.name, because=error.reason, wanted=tuple(walk.wanted))
        leaf = path[-1]
        until = min(one.expires for one in path)
        found = Answer(Listing.LISTED, self.name, _issuer(leaf, path), leaf.issued, until, "federation",
                       evidence=tuple(used(one.document, dated=one.issued) for one in path))
        if at >= until:
            why = reason(ReasonCode.LIST_ENDED, name=self.name, date=format_datetime(until))
            wanted = tuple(wanted_document(one.document.address, EvidenceKind.REGISTRY)
                           for one in path if at >= one.expires)
            return replace(found, listing=Listing.ENDED, because=why, wanted=wanted)
        return found


class _AbsentError(Exception):
    """The superior was asked, and does not know the subject."""

    def __init__(self, document: EvidenceDocument) -> None:
        super().__init__(document.address)
        self.document = document


class _Walk:
    """One walk from an issuer up to the anchor. Bounded in steps, and no entity is passed twice."""

    def __init__(self, federation: Federation, at: datetime) -> None:
        self._federation = federation
        self._at = at
        self._steps = 0
        self.wanted: list[Wanted] = []
        #: Where somebody said that the subject is not known, or who stands below.
        self.denials: list[EvidenceDocument] = []

    def path_to(self, issuer_id: str) -> tuple[Statement, ...]:
        """Return the statements from the anchor's configuration down to the one about the issuer.

        Raises:
            _AbsentError: Those who could name it do not.
            TrustError: Something is missing, or does not hold.
        """
        anchor = self._anchor()
        if issuer_id == self._federation.anchor:
            return (anchor,)
        if _is_entity(issuer_id):
            return self._below(anchor, issuer_id, frozenset({issuer_id}))
        return self._down((anchor,), anchor, anchor.keys, issuer_id, {anchor.subject})

    def _down(self, path: tuple[Statement, ...], superior: Statement,
              keys: tuple[tuple[str, PublicKey], ...], subject: str, passed: set[str],
              ) -> tuple[Statement, ...]:
        """Ask an entity about a subject, and where it knows it not, the intermediates below it."""
        try:
            return (*path, self._statement(superior, keys, subject, path))
        except _AbsentError as error:
            problem: _AbsentError | TrustError = error
        for member in self._intermediates(superior, path):
            if member in passed:
                continue
            passed.add(member)
            try:
                above = (*path, self._statement(superior, keys, member, path))
                own = self._configuration(member, above[-1].keys)
                if "federation_fetch_endpoint" in own.entity:
                    return self._down(above, own, above[-1].keys, subject, passed)
            except (_AbsentError, TrustError) as error:
                if isinstance(problem, _AbsentError):
                    problem = error  # what is not here, or does not hold, says more than a no
        raise problem

    def _intermediates(self, superior: Statement, path: tuple[Statement, ...]) -> tuple[str, ...]:
        """Return the entities right below one that may have others below them.

        Raises:
            TrustError: LIST_NOT_LOADED; STATEMENT_REFUSED for a list that is none, or too long to be asked.
        """
        endpoint = superior.entity.get("federation_list_endpoint")
        if not isinstance(endpoint, str) or not _is_address(endpoint) or len(path) > MAX_PATH:
            return ()
        address = list_address(endpoint)
        document = next(iter(self._documents(address)), None)
        if document is None:
            raise self._missing(address)
        self.denials.append(document)
        if is_not_found(document):
            return ()
        try:
            listed = parse_json(document.data, max_bytes=MAX_DID_DOCUMENT_BYTES)
        except CodecError as error:
            raise refused("list", superior.subject) from error
        found = [one for one in listed if isinstance(one, str) and _is_entity(one)] \
            if isinstance(listed, list) else None
        if found is None or len(found) > _MAX_BELOW:
            raise refused("list", superior.subject)
        return tuple(found)

    def _below(self, anchor: Statement, subject: str, seen: frozenset[str]) -> tuple[Statement, ...]:
        """Try the anchor itself first, then the superiors that the subject names."""
        try:
            return (anchor, self._statement(anchor, anchor.keys, subject, ()))
        except (_AbsentError, TrustError) as error:
            problem: _AbsentError | TrustError = error
        for superior in self._hints(subject):
            if superior in seen or superior == anchor.subject or len(seen) > MAX_PATH:
                continue
            try:
                above = self._below(anchor, superior, seen | {superior})
                own = self._configuration(superior, above[-1].keys)
                return (*above, self._statement(own, above[-1].keys, subject, above))
            except (_AbsentError, TrustError) as error:
                if isinstance(problem, _AbsentError) or problem.reason.code is ReasonCode.LIST_NOT_LOADED:
                    problem = error  # what does not hold says more than what is not here
        raise problem

    def _anchor(self) -> Statement:
        """Return the anchor's configuration, by its pinned key or by its own word from its own host."""
        pinned = self._federation.key
        statement = self._configuration(self._federation.anchor, None)
        if pinned and statement.signed_by.thumbprint != pinned.thumbprint:
            raise refused("pinned key", self._federation.anchor)
        return statement

    def _configuration(self, entity: str, keys: tuple[tuple[str, PublicKey], ...] | None) -> Statement:
        """Return the newest configuration that holds: by the keys its superior lists, or by its own."""
        problem: TrustError | None = None
        for document in self._documents(configuration_address(entity)):
            try:
                return read_statement(document, issuer=entity, subject=entity, keys=keys, at=self._at)
            except TrustError as error:
                problem = problem or error
        raise problem or self._missing(configuration_address(entity))

    def _statement(self, superior: Statement, keys: tuple[tuple[str, PublicKey], ...], subject: str,
                   above: tuple[Statement, ...]) -> Statement:
        endpoint = superior.entity.get("federation_fetch_endpoint")
        if not isinstance(endpoint, str) or not _is_address(endpoint):
            raise refused("fetch endpoint", superior.subject)
        address = statement_address(endpoint, subject)
        document = next(iter(self._documents(address)), None)
        if document is None:
            raise self._missing(address)
        if is_not_found(document):
            self.denials.append(document)
            raise _AbsentError(document)
        statement = read_statement(document, issuer=superior.subject, subject=subject, keys=keys, at=self._at)
        # What each superior's own statement allows; the anchor's configuration stands first and sets none.
        for intermediates, one in enumerate(reversed(above[1:]), start=1):
            one.demand_allowed(subject, intermediates=intermediates)
        return statement

    def _hints(self, entity: str) -> Iterator[str]:
        """Yield the superiors that an https entity names in its own configuration."""
        if not _is_entity(entity):
            return
        try:
            own = self._configuration(entity, None)
        except TrustError:
            return
        hints = own.claims.get("authority_hints")
        for hint in (hints if isinstance(hints, list) else [])[:_MAX_HINTS]:
            if isinstance(hint, str) and _is_entity(hint):
                yield hint

    def _documents(self, address: str) -> tuple[EvidenceDocument, ...]:
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise refused("steps", self._federation.anchor)
        versions = self._federation.lookup(address)
        return tuple(one for one in versions if one.grade is not Grade.SENDER)[:_MAX_VERSIONS]

    def _missing(self, address: str) -> TrustError:
        wanted = wanted_document(address, EvidenceKind.REGISTRY)
        if wanted not in self.wanted:
            self.wanted.append(wanted)
        return TrustError(reason(ReasonCode.LIST_NOT_LOADED, name=self._federation.name, address=address))


def _issuer(leaf: Statement, path: tuple[Statement, ...]) -> ListedIssuer:
    """Return what the superior's statement says; the issuer's own word about itself is not asked."""
    allowed = set.intersection(*(one.allowed_types() for one in path)) if path else set()

    def member(kind: str, name: str) -> str:
        known: Any = leaf.metadata.get(kind)
        return plain_text(known.get(name)) if isinstance(known, dict) and kind in allowed else ""

    legal = member("institution_additional_information", "legal_name")
    name = member("federation_entity", "organization_name") or legal
    ror = member("ror_entity", "ror_url") or member("ror_entity", "rorid")
    return ListedIssuer(leaf.subject, name, member("federation_entity", "homepage_uri"),
                        member("federation_entity", "location"), legal if legal != name else "", ror)


def _is_entity(text: str) -> bool:
    """Tell an entity identifier: https, with a host, without query or fragment (§1.2)."""
    return _is_address(text) and not any(sign in text for sign in "?#")


def _is_address(text: str) -> bool:
    rest = text.removeprefix("https://")
    return (rest != text and bool(rest.split("/", 1)[0]) and len(text) <= MAX_URL_CHARS and text.isascii()
            and text.isprintable() and not any(sign in text for sign in " \"<>\\@"))
