"""Checks 2 and 3 for a seal made with a certificate: is it intact, and what does the certificate say?

The key is in the file, so a matching seal tells only that nothing changed since some certificate's owner
sealed it. Without a list of trusted sealers to compare with, whose certificate it is stays undetermined; it
is judged at the time the seal itself names, because certificates end long before diplomas do. ETSI TS 119
182-1 §5.2, RFC 7515 §4.1.6.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from wallet.codec.dates import format_datetime
from wallet.model.credential import CompactJws, JsonObject
from wallet.model.errors import KeysError, ProofError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome
from wallet.proofs.jws import verify_jws

from .checks.proof import ProofAnswer

if TYPE_CHECKING:  # what reads certificates is slow to load, and few seals bring one
    from wallet.keys.chain import CertificateChain


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


def check_sealer(jws: CompactJws, sealed_at: datetime | None) -> Check:
    """Answer check 3: nobody here vouches for a certificate, so it is never more than told.

    Raises:
        KeysError: The chain cannot be used.
    """
    chain = _chain_of(jws.header)
    return Check(CheckId.KEY_AUTHORITY, Outcome.UNDETERMINED, _told(chain, sealed_at))


def with_certificate(authority: Check, header: JsonObject, sealed_at: datetime | None) -> Check:
    """Say beside an open answer what the certificate in a token's header says."""
    if authority.outcome is not Outcome.UNDETERMINED or "x5c" not in header:
        return authority
    try:
        told = _told(_chain_of(header), sealed_at)
    except KeysError as error:
        told = error.reason
    return replace(authority, notes=(*authority.notes, told))


def _chain_of(header: JsonObject) -> CertificateChain:
    from wallet.keys.chain import certificate_chain  # noqa: PLC0415 - as said above

    return certificate_chain(header.get("x5c"))


def _told(chain: CertificateChain, sealed_at: datetime | None) -> Reason:
    if sealed_at is not None and not chain.in_force(sealed_at):
        return reason(ReasonCode.CERTIFICATE_NOT_IN_FORCE, subject=chain.subject,
                      date=format_datetime(sealed_at), until=format_datetime(chain.ends))
    return reason(ReasonCode.CERTIFICATE_UNCONFIRMED, subject=chain.subject, authority=chain.authority,
                  date=format_datetime(sealed_at) if sealed_at else "")
