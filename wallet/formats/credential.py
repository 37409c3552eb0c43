"""From one document or token to a `Credential`: choose the family, read it, list its problems.

Recognised families that cannot be checked yet are in `foreign`; presentations in `presentation`; files
and carriers in `parse`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from wallet.codec.encoding import split_jws
from wallet.codec.strict_json import PICTURES, check_credential, dump_json, is_small
from wallet.model.credential import (
    Achievement,
    Carrier,
    CompactJws,
    Credential,
    CredentialFormat,
    EvidenceClass,
    JsonObject,
    Original,
    Securing,
)
from wallet.model.errors import CodecError, FormatError
from wallet.model.limits import MAX_DISPLAY_CHARS, MAX_STRING_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason

from . import clr, european, foreign, members, openbadges3
from .members import identifier, objects, text
from .vc import MAX_PROBLEMS, Envelope, is_credential, is_presentation, read_envelope

if TYPE_CHECKING:  # what reads tokens and lists is loaded for the first of them
    from datetime import datetime

    from .jwt import Token

#: HR Open Standards LER-RS: the subject's type is the address of its schema.
_RESUME: Final = "/ler-rs/"
#: How a certificate looks, as HTML with its pictures inside: of Blockcerts, and of European credentials.
_DISPLAY: Final = frozenset({"display", "displayHtml", "displayParameter"})
#: A proof inside, and a receipt: both may cover what a document states, wherever it states it.
_OF_STATEMENTS: Final = (Securing.EMBEDDED, Securing.ANCHORED)
_WORDS: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class Seal:
    """How the bytes of a document are secured, as far as it is known before it is read."""

    jws: CompactJws | None = None
    token: Token | None = None

    @property
    def problems(self) -> tuple[Reason, ...]:
        """What is wrong with the token."""
        return tuple(self.token.findings.problems) if self.token else ()

    @property
    def notes(self) -> tuple[Reason, ...]:
        """What was allowed for in the token."""
        return tuple(self.token.findings.notes) if self.token else ()

    def within(self, begins: datetime | None,
               ends: datetime | None) -> tuple[datetime | None, datetime | None]:
        """Return from when until when a credential with these dates counts under the seal."""
        return self.token.within(begins, ends) if self.token else (begins, ends)


def parse_credential(document: JsonObject, original: Original, seal: Seal | None = None) -> Credential:
    """Read one credential.

    Args:
        document: The credential as JSON (from a token: the credential inside).
        original: The bytes it came in.
        seal: The token around it, if it came in one.

    Raises:
        FormatError: FORMAT_UNKNOWN, or a bound.
        CodecError: LIMIT_BYTES or LIMIT_NODES.
    """
    _bound(document, original.payload)
    if not is_credential(document):
        found = foreign.read_foreign(document, original, seal.jws if seal else None)
        if found is None:
            raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="JSON"))
        return found
    envelope = read_envelope(document)
    family = _family(document, envelope.types)
    achievement = _read_achievement(document, family)
    securing, jws = _securing(envelope, seal), seal.jws if seal else None
    begins, ends, statuses = envelope.valid_from, envelope.valid_until, envelope.statuses
    problems = _envelope_problems(envelope, securing) + _family_problems(document, family, envelope.version)
    problems += _piece_problems(document, securing, original.payload)
    notes = envelope.notes + _refresh_notes(document)
    if seal is not None:
        begins, ends = seal.within(begins, ends)
        statuses += _token_statuses(seal)
        problems, notes = problems + seal.problems, notes + seal.notes
    return Credential(
        original=original,
        format=family,
        evidence_class=EvidenceClass.SEALED,
        securing=securing,
        document=document,
        issuer=european.named_issuer(envelope.issuer, document),
        subject=european.named_subject(envelope.subject, document),
        achievement=achievement,
        jws=jws,
        id=envelope.id, version=envelope.version,
        types=envelope.types,
        title=_title(document, achievement, envelope.types),
        valid_from=begins, valid_until=ends,
        proofs=envelope.proofs, statuses=statuses,
        endorsements=openbadges3.count_endorsements(document),
        problems=problems[:MAX_PROBLEMS],
        notes=notes,
    )


def parse_token(token_text: str, original: Original) -> Credential:
    """Read one credential that is a compact JWS.

    Raises:
        CodecError: The token or its payload cannot be taken apart.
        FormatError: FORMAT_UNKNOWN: it holds a presentation, or nothing we know.
    """
    from . import tokenlist  # noqa: PLC0415 - loaded for the first token
    from .jwt import media_type_of, payload_object, read_token  # noqa: PLC0415 - as above

    jws = split_jws(token_text)
    claims = payload_object(jws)
    if tokenlist.is_token_list(jws.header, claims):
        bound_texts(claims)
        return tokenlist.read_token_list(claims, original, jws)
    if media_type_of(jws.header).endswith("sd-jwt") or "vct" in claims or _holds_digests(claims):
        # RFC 9901 §4: an SD-JWT without its last tilde is none, and its digests are no claims.
        raise CodecError(reason(ReasonCode.BAD_SD_JWT, what="~"))
    if not _holds_credential(claims):
        return parse_credential(claims, original, Seal(jws))
    token = read_token(jws)
    if token.is_presentation:
        raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="JWT"))
    return parse_credential(token.document, original, Seal(jws, token))


def original_of(value: Any) -> Original:
    """Return the kept bytes of something that came inside something else."""
    if isinstance(value, str):
        data = value.encode("utf-8")
        return Original(data, "application/jwt", data, Carrier.JWS)
    data = dump_json(value)
    return Original(data, "application/json", data, Carrier.JSON)


def _holds_credential(claims: JsonObject) -> bool:
    wrapped = any(isinstance(claims.get(name), dict) for name in ("vc", "vp"))
    return wrapped or is_credential(claims) or is_presentation(claims)


def _holds_digests(claims: JsonObject) -> bool:
    """Whether anything in a token stands for parts that its sender may leave out (RFC 9901 §4.2.4)."""
    stack: list[Any] = [claims] if "_sd_alg" not in claims else []
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            if isinstance(value.get("_sd"), list) or isinstance(value.get("..."), str):
                return True
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return "_sd_alg" in claims


def _bound(document: JsonObject, written: bytes) -> None:
    """Bound one credential on its own; a record's inner credentials are bounded when they are read."""
    if is_small(written):
        return
    check_credential(clr.without_inner(document) if clr.is_clr(document) else document)
    bound_texts(document)


def bound_texts(document: JsonObject) -> None:
    """Bound each text on its own; where a certificate says how it looks, there is more room.

    Raises:
        FormatError: LIMIT_STRING.
    """
    stack: list[tuple[Any, int]] = [(document, MAX_STRING_CHARS)]
    while stack:
        value, limit = stack.pop()
        if isinstance(value, dict):
            stack.extend((each, MAX_DISPLAY_CHARS if name in _DISPLAY else limit)
                         for name, each in value.items())
        elif isinstance(value, list):
            stack.extend((one, limit) for one in value)
        elif isinstance(value, str) and len(value) > limit and not value.startswith(PICTURES):
            raise FormatError(reason(ReasonCode.LIMIT_STRING, limit=str(limit), found=str(len(value))))


def _family(document: JsonObject, kinds: tuple[str, ...]) -> CredentialFormat:
    if clr.CLR_CREDENTIAL in kinds:
        return CredentialFormat.CLR_2
    if openbadges3.ENDORSEMENT_CREDENTIAL in kinds:
        return CredentialFormat.ENDORSEMENT
    if not openbadges3.ACHIEVEMENT_CREDENTIAL.isdisjoint(kinds):
        return CredentialFormat.OPEN_BADGE_3
    from . import statuslist  # noqa: PLC0415 - a badge was told before

    if statuslist.is_status_list(document):
        return CredentialFormat.STATUS_LIST
    return foreign.family_of_credential(document) or CredentialFormat.CREDENTIAL


def _token_statuses(seal: Seal) -> tuple[JsonObject, ...]:
    """A token may say where its status is, beside what its credential says; a mere word there says nothing.

    A kind that we cannot read is kept: what may have withdrawn it must not look like nothing.
    """
    if not seal.token:
        return ()
    from .jwt import status_claim  # noqa: PLC0415 - it is loaded: there is a token

    claims = seal.token.claims
    return status_claim(claims) if objects(claims.get("status")) else ()


def _securing(envelope: Envelope, seal: Seal | None) -> Securing:
    if seal is not None and seal.jws is not None:
        return Securing.JWS
    if not envelope.proofs:
        return Securing.NONE
    if not foreign.only_anchored(envelope.proofs):
        return Securing.EMBEDDED
    return Securing.ANCHORED if foreign.has_one_receipt(envelope.proofs) else Securing.UNSUPPORTED


def _envelope_problems(envelope: Envelope, securing: Securing) -> tuple[Reason, ...]:
    """Return the envelope's problems; anchored certificates are met with a bare UUID as their id."""
    if securing in (Securing.ANCHORED, Securing.UNSUPPORTED):
        return tuple(problem for problem in envelope.problems if problem["member"] != "id")
    return envelope.problems


def _family_problems(document: JsonObject, family: CredentialFormat, version: str) -> tuple[Reason, ...]:
    if family is CredentialFormat.CLR_2:
        return clr.check_clr(document, version)
    if family is CredentialFormat.ENDORSEMENT:
        return openbadges3.check_endorsement(document, version)
    if family is CredentialFormat.OPEN_BADGE_3:
        return openbadges3.check_achievement_credential(document, version)
    if family is not CredentialFormat.STATUS_LIST:
        return ()
    from .statuslist import check_list  # noqa: PLC0415 - it is loaded: the family was told by it

    return check_list(document)


def _piece_problems(document: JsonObject, securing: Securing, written: bytes) -> tuple[Reason, ...]:
    """List what is said in another place than where it is read; only what seals statements may not tell."""
    if securing not in _OF_STATEMENTS or not openbadges3.may_be_in_pieces(document, written):
        return ()
    from .pieces import check_pieces  # noqa: PLC0415 - few name one thing in two places

    return check_pieces(document)


def _refresh_notes(document: JsonObject) -> tuple[Reason, ...]:
    """Say where a newer copy could be had: asking there tells the issuer that somebody looked."""
    if "refreshService" not in document:
        return ()
    announced = objects(document["refreshService"])
    return tuple(reason(ReasonCode.REFRESH_ANNOUNCED, address=identifier(one)[:200]) for one in announced[:1])


def _read_achievement(document: JsonObject, family: CredentialFormat) -> Achievement:
    if family is CredentialFormat.CLR_2:
        return clr.read_record(document, openbadges3.read_achievement(document))
    if family is CredentialFormat.EUROPEAN:
        return european.read_european(document)
    return _ReadLater(document)


class _ReadLater(Achievement):
    """What was achieved, read from the document when somebody first looks: judging needs nothing of it.

    In every other respect it is the achievement that it will be.
    """

    __slots__ = ("_document",)

    def __init__(self, document: JsonObject) -> None:
        object.__setattr__(self, "_document", document)

    def __getattr__(self, name: str) -> Any:
        """Read all of it: only members that are not set yet are asked for here."""
        if name not in Achievement.__slots__:
            raise AttributeError(name)
        found = openbadges3.read_achievement(self._document)
        for member in Achievement.__slots__:
            object.__setattr__(self, member, getattr(found, member))
        return getattr(self, name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Achievement):
            return NotImplemented
        return all(getattr(self, member) == getattr(other, member) for member in Achievement.__slots__)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, member) for member in Achievement.__slots__))

    def __reduce__(self) -> tuple[type[Achievement], tuple[Any, ...]]:
        """Travel as what it is: the document stays here."""
        return Achievement, tuple(getattr(self, member) for member in Achievement.__slots__)


def _title(document: JsonObject, achievement: Achievement, types: tuple[str, ...]) -> str:
    name = openbadges3.name_of(document) if isinstance(achievement, _ReadLater) else achievement.name
    stated = name or text(document.get("name"))
    if stated:
        return stated
    subject = members.first_object(document.get("credentialSubject"))
    if any(_RESUME in name for name in members.types(subject)):
        return "Résumé"
    own = [name for name in types if not openbadges3.is_own_type(name)]
    return noun_of(own[-1] if own else "Credential")


def noun_of(type_name: str) -> str:
    """Return a type's name as words: `ExampleDegreeCredential` is "Example Degree"."""
    words = _WORDS.findall(type_name.rsplit("/", 1)[-1].rsplit("#", 1)[-1][:200])
    if len(words) > 1 and words[-1] == "Credential":
        words = words[:-1]
    return " ".join(words) or "Credential"
