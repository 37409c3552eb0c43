"""Checks 2 and 3 for a seal made with a certificate: is it intact, and what does the certificate say?

The key is in the file, so a matching seal tells only that nothing changed since some certificate's owner
sealed it. Whose certificate it is, a list of authorities that the person who checks supplied can say; without
one it stays undetermined. It is judged at the time the seal itself names, because certificates end long
before diplomas do. ETSI TS 119 182-1 §5.2, RFC 7515 §4.1.6, RFC 5280 §6.1.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from wallet.codec.dates import format_datetime
from wallet.formats.members import first_object, identifier, objects, text
from wallet.model.credential import CompactJws, JsonObject
from wallet.model.errors import KeysError, ProofError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome
from wallet.proofs.jws import verify_jws
from wallet.trust.anchors import find_anchor
from wallet.trust.issuer_keys import Candidate, IssuerKeys, Standing
from wallet.trust.registry import IssuerList

from .checks.proof import ProofAnswer

if TYPE_CHECKING:  # what reads certificates is slow to load, and few seals bring one
    from wallet.keys.chain import CertificateChain

#: What is said where no document of the issuer's own tells its keys.
_UNDOCUMENTED: Final = (ReasonCode.KEY_UNKNOWN, ReasonCode.KEY_FROM_SENDER)
_LISTED: Final = (Standing.AUTHORISED, Standing.SELF_MADE)
_NAMES: Final = ("name", "legalName", "prefLabel")  # as readers look for them
_PROVEN_OTHERWISE: Final = ("did:", "https:", "http:")


def check_certified(jws: CompactJws, sealed_at: datetime | None) -> ProofAnswer:
    """Answer check 2 with the key of the certificate that the seal brings.

    Raises:
        KeysError: The chain or its key cannot be used.
        ProofError: The seal does not match, or names another certificate.
        ProofUnsupportedError: ALGORITHM_UNSUPPORTED.
    """
    chain = _chain_of(jws.header)
    named = jws.header.get("x5t#S256", chain.thumbprint)
    if named != chain.thumbprint:
        raise ProofError(reason(ReasonCode.PROOF_MALFORMED, member="x5t#S256"))
    facts = verify_jws(jws, chain.key)
    ok = reason(ReasonCode.PROOF_OK, suite=facts.suite, method=chain.subject)
    return ProofAnswer(Check(CheckId.PROOF, Outcome.PASSED, ok), created=sealed_at)


def check_sealer(jws: CompactJws, sealed_at: datetime | None, document: JsonObject,
                 lists: tuple[IssuerList, ...]) -> Check:
    """Answer check 3: does a list vouch for the certificate, and does it name the issuer?

    Args:
        jws: The seal, with its certificates.
        sealed_at: The time the seal names; without it, nothing can be vouched for.
        document: The credential, which says who its issuer is.
        lists: Those with anchors are looked through, in their order.

    Raises:
        KeysError: The chain cannot be used.
    """
    chain = _chain_of(jws.header)
    told = _told(chain, sealed_at)
    facts = _vouched(chain, sealed_at, lists)
    if facts is None:
        return Check(CheckId.KEY_AUTHORITY, Outcome.UNDETERMINED, told)
    if not _names_the_issuer(chain, document):
        return Check(CheckId.KEY_AUTHORITY, Outcome.UNDETERMINED,
                     reason(ReasonCode.CERTIFICATE_OTHER_PARTY, **facts))
    # By its number it is the same party, whatever it calls itself: both names are shown.
    issuer = first_object(document.get("issuer"))
    other = _calls_itself(issuer) - {_plain(chain.subject)}
    shown = next((one for member in _NAMES for one in _texts(issuer.get(member)) if _plain(one) in other), "")
    notes = (reason(ReasonCode.ISSUER_NAME_MISMATCH, name=shown, host=chain.organisation,
                    known=chain.subject),) if other else ()
    return Check(CheckId.KEY_AUTHORITY, Outcome.PASSED, reason(ReasonCode.CERTIFICATE_CONFIRMED, **facts),
                 notes=notes)


def listed_key(jws: CompactJws, keys: IssuerKeys) -> Candidate | None:
    """Return the certificate's key as the issuer's own document lists it, None where none does.

    An issuer that is known by an address can list there the key that it seals with: that is its own word,
    whoever certified the key. That a document lists others says nothing against a certificate.

    Raises:
        KeysError: The key cannot be used.
    """
    found = keys.for_header({"x5c": jws.header.get("x5c")})
    return next((one for one in found if one.standing in _LISTED), None)


def _vouched(chain: CertificateChain, sealed_at: datetime | None,
             lists: tuple[IssuerList, ...]) -> dict[str, str] | None:
    """Return by whose word the certificate was whose when it sealed, None if no list vouches for it."""
    if sealed_at is None or not chain.in_force(sealed_at):
        return None
    found = next(((one, anchor) for one in lists if one.anchors
                  and (anchor := find_anchor(one.anchors, chain, sealed_at))), None)
    if found is None:
        return None
    listed, anchor = found
    if not chain.may_vouch and anchor.certificate != chain.certificates[0]:
        return None
    return {"subject": chain.subject, "authority": anchor.name or chain.authority, "list": listed.name,
            "dated": format_datetime(listed.date) if listed.date else "", "date": format_datetime(sealed_at)}


def _names_the_issuer(chain: CertificateChain, document: JsonObject) -> bool:
    """Whether certificate and credential name the same party: by its registered number, else by its name.

    European Learning Model 3: `eIDASIdentifier`, whose notation is the certificate's organizationIdentifier
    (ETSI EN 319 412-1 §5.1.4). Where the issuer states a number, a name alone is not enough; of several
    numbers or names every one must be the certificate's, or one true one would carry another's beside it.
    An id that others prove by a document of their own, a DID or a web address, no certificate speaks of. A
    person's certificate names where she works, and she does not seal for everybody there.
    """
    issuer = first_object(document.get("issuer"))
    if chain.is_person or identifier(document.get("issuer")).lower().startswith(_PROVEN_OTHERWISE):
        return False
    numbers = {text(one.get("notation")) for one in objects(issuer.get("eIDASIdentifier"))} - {""}
    if numbers:
        return numbers == {chain.organisation}
    return bool(_named(issuer, "legalName")) and _calls_itself(issuer) == {_plain(chain.subject)}


def _calls_itself(issuer: JsonObject) -> set[str]:
    """Return every name that a reader may be shown for the issuer."""
    return _named(issuer, "legalName") | _named(issuer, "name") or _named(issuer, "prefLabel")


def _named(issuer: JsonObject, member: str) -> set[str]:
    return {_plain(one) for one in _texts(issuer.get(member))} - {""}


def _texts(value: Any) -> Iterator[str]:
    """Yield every text that a reader could take a name from, in whatever form it is written."""
    if isinstance(value, dict):
        value = [value["@value"]] if "@value" in value else list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    else:
        yield text(value)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def with_certificate(authority: Check, header: JsonObject, answer: ProofAnswer, party: str, at: datetime,
                     lists: tuple[IssuerList, ...]) -> Check:
    """Say beside an open answer what the certificate in a token's header says, or settle it by a list.

    It settles nothing against the issuer's own document, only where there is none. Drafts of SD-JWT VC let a
    certificate stand for an address that is one of its own, HAIP for a web address on a host of its own.

    Args:
        authority: The answer by the issuer's documents.
        header: Of the token.
        answer: Of check 2; without a date of its own the token was sealed by now.
        party: The issuer's id.
        at: The one now.
        lists: Those with anchors are looked through, in their order.
    """
    if authority.outcome is not Outcome.UNDETERMINED or "x5c" not in header:
        return authority
    try:
        chain = _chain_of(header)
    except KeysError as error:
        return replace(authority, notes=(*authority.notes, error.reason))
    key = answer.candidate.key if answer.candidate else None
    is_its_own = key is not None and key.thumbprint == chain.key.thumbprint
    facts = _vouched(chain, answer.created or at, lists)
    if (facts is None or not is_its_own or answer.check.outcome is not Outcome.PASSED
            or authority.reason.code not in _UNDOCUMENTED):
        return replace(authority, notes=(*authority.notes, _told(chain, answer.created)))
    if not _is_about(chain, party):
        other = reason(ReasonCode.CERTIFICATE_OTHER_PARTY, **facts)
        return replace(authority, notes=(*authority.notes, other))
    confirmed = reason(ReasonCode.CERTIFICATE_CONFIRMED, **{**facts, "subject": chain.subject or party,
                                                            "address": party})
    return Check(CheckId.KEY_AUTHORITY, Outcome.PASSED, confirmed, authority.evidence, authority.notes)


def _is_about(chain: CertificateChain, party: str) -> bool:
    """Whether the certificate is about that address; of a DID only its own document tells the keys."""
    scheme, _, rest = party.partition("://")
    host = rest.partition("/")[0].lower()
    on_host = scheme == "https" and host in {one.lower() for one in chain.hosts}
    return not chain.is_person and not party.startswith("did:") and (party in chain.uris or on_host)


def _chain_of(header: JsonObject) -> CertificateChain:
    from wallet.keys.chain import certificate_chain  # noqa: PLC0415 - as said above

    return certificate_chain(header.get("x5c"))


def _told(chain: CertificateChain, sealed_at: datetime | None) -> Reason:
    if sealed_at is not None and not chain.in_force(sealed_at):
        return reason(ReasonCode.CERTIFICATE_NOT_IN_FORCE, subject=chain.subject,
                      date=format_datetime(sealed_at), until=format_datetime(chain.ends))
    return reason(ReasonCode.CERTIFICATE_UNCONFIRMED, subject=chain.subject, authority=chain.authority,
                  date=format_datetime(sealed_at) if sealed_at else "")
