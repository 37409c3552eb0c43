"""COSE_Sign1 messages as credentials and presentations: VC-JOSE-COSE 1.0 §3.3.

The payload is the credential or the presentation itself, as JSON; the header says which by its media type.
Taking the message apart is in `codec.cose`, its arithmetic in `proofs.cose`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from wallet.codec.strict_json import parse_object
from wallet.model.credential import CoseSign1, Credential, JsonObject, Original, Securing
from wallet.model.errors import FormatError
from wallet.model.limits import MAX_DISPLAY_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason

from .credential import parse_credential
from .jwt import moment, read_dates, status_claim
from .vc import MAX_PROBLEMS, Findings, is_credential, is_presentation

#: `typ` and content type (RFC 9596 §2, RFC 9052 §3.1) by what is inside; the longer ones are of the drafts.
_CREDENTIAL: Final = frozenset({"application/vc+cose", "application/vc", "application/vc+ld+json",
                                "application/vc+ld+json+cose"})
_PRESENTATION: Final = frozenset({"application/vp+cose", "application/vp", "application/vp+ld+json",
                                  "application/vp+ld+json+cose"})
#: Claims of a message's header, by their numbers (RFC 8392 §4, RFC 9711 §4.1; the last one: Token Status List
#: §6.3).
_CLAIMS: Final = {1: "iss", 2: "sub", 3: "aud", 4: "exp", 5: "nbf", 6: "iat", 10: "nonce", 65535: "status"}


@dataclass(frozen=True, slots=True)
class OpenedCose:
    """A message with the JSON in it."""

    message: CoseSign1
    document: JsonObject

    @property
    def is_presentation(self) -> bool:
        """Whether it seals a presentation; else a credential, or nothing we know."""
        return is_presentation(self.document)

    @property
    def problems(self) -> tuple[Reason, ...]:
        """What names itself something else is not taken for it (RFC 8725 §3.11, for COSE)."""
        allowed = _PRESENTATION if self.is_presentation else _CREDENTIAL
        header = self.message.protected
        named = [header[name] for name in ("typ", "cty") if name in header]
        wrong = [one for one in named if not isinstance(one, str) or one.lower() not in allowed]
        return tuple(reason(ReasonCode.JWT_TYPE, found=str(one)[:80]) for one in wrong)

    @property
    def claims(self) -> JsonObject:
        """What the header claims beside the payload (RFC 9597 §2), under the names of RFC 7519."""
        stated = self.message.protected.get("claims")
        if not isinstance(stated, dict):
            return {}
        return {name: stated[label] for label, name in _CLAIMS.items() if label in stated}

    def times(self, findings: Findings) -> tuple[datetime | None, datetime | None]:
        """Return from when and until when the header lets the message count; record what is wrong there."""
        if not isinstance(self.message.protected.get("claims", {}), dict):
            findings.problems.append(reason(ReasonCode.JWT_CLAIM, member="claims"))
        dates = read_dates(self.claims, findings)
        return moment(dates["nbf"]), moment(dates["exp"])

    @property
    def challenge(self) -> str:
        """What the header says is answered, "" for nothing: the bytes of a text, or a text."""
        stated = self.claims.get("nonce")
        if isinstance(stated, bytes):
            return stated.decode("utf-8", "replace")
        return stated if isinstance(stated, str) else ""

    def compare(self, claim: str, named: str, member: str, findings: Findings) -> None:
        """Record a claim of the header that says something else than the payload."""
        stated = self.claims.get(claim)
        if stated is not None and (not isinstance(stated, str) or (named and stated != named)):
            findings.problems.append(
                reason(ReasonCode.JWT_CONFLICT, member=member, what=claim, found=str(stated)[:200]))


def open_cose(message: CoseSign1) -> OpenedCose:
    """Read the JSON that a message seals.

    Raises:
        CodecError: Its payload is no JSON object.
    """
    return OpenedCose(message, parse_object(message.payload, max_string_chars=MAX_DISPLAY_CHARS))


def read_cose_credential(opened: OpenedCose, original: Original) -> Credential:
    """Read the credential that a message seals.

    Raises:
        FormatError: FORMAT_UNKNOWN for a payload that is none; a bound.
        CodecError: A bound.
    """
    if opened.is_presentation or not is_credential(opened.document):
        raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="COSE"))
    found = parse_credential(opened.document, original)
    findings = Findings()
    begins, ends = opened.times(findings)
    opened.compare("iss", found.issuer.id, "issuer", findings)
    opened.compare("sub", found.subject.id, "credentialSubject.id", findings)
    return replace(
        found, securing=Securing.COSE, cose=opened.message,
        valid_from=max(filter(None, (found.valid_from, begins)), default=None),
        valid_until=min(filter(None, (found.valid_until, ends)), default=None),
        statuses=found.statuses + status_claim(opened.claims),
        problems=(*opened.problems, *findings.problems, *found.problems)[:MAX_PROBLEMS],
        notes=(*found.notes, *findings.notes))
