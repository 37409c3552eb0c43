"""A newer version of one credential, asked for where its issuer says it can be had, on her wish only.

1EdTech Credential Refresh 1.0: `refreshService` names an address that answers with the newest version. Asking
there tells the issuer who asks, so nothing else here ever does. The answer must be a credential of the same
issuer with the same id, and pass its check; then it is imported like any other, beside the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wallet.formats.members import identifier, objects, types
from wallet.formats.parse import parse
from wallet.model.credential import Credential
from wallet.model.errors import OperationError, WalletError
from wallet.model.limits import MAX_PICTURE_BYTES
from wallet.model.network import Fetched, Order, Purpose
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Outcome, Verdict
from wallet.verify.pipeline import Expectation, judge

from .checking import desk_of
from .intake import ImportRow, import_bytes
from .library import load_credential
from .logged import logged
from .network import Door, host_of
from .session import Session

_SERVICE: Final = "1EdTechCredentialRefresh"
_ACCEPT: Final = ("application/vc", "application/vc+jwt", "application/json", "application/ld+json",
                  "application/jwt", "image/*")
_PROVEN_BAD: Final = frozenset({Verdict.INVALID, Verdict.MALFORMED, Verdict.UNSIGNED})


@dataclass(frozen=True, slots=True)
class RenewalOffer:
    """Where a newer version could be had: shown before anybody is asked."""

    address: str
    host: str


def renewal_offer(credential: Credential) -> RenewalOffer | None:
    """Return where a credential says that a newer version can be had, None if it does not."""
    for service in objects(credential.document.get("refreshService")):
        address = identifier(service)
        if _SERVICE in types(service) and address.startswith("https://") and host_of(address):
            return RenewalOffer(address, host_of(address))
    return None


@logged
def renew(session: Session, credential_id: str, door: Door) -> ImportRow:
    """Ask for a newer version of a credential and keep it.

    Args:
        session: The opened wallet.
        credential_id: Of the one that is kept.
        door: By whose leave.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND, DISK_FULL and kin.
        OperationError: RENEWAL_NONE; ANSWER_UNUSABLE, RENEWAL_OTHER or RENEWAL_UNPROVEN, after asking.
            Nothing was changed.
        FetchError: Nothing came.
    """
    stored = session.vault.get(credential_id)
    known = load_credential(session, stored.id)
    offer = renewal_offer(known)
    if offer is None:
        raise OperationError(reason(ReasonCode.RENEWAL_NONE, name=stored.title))
    fetched = door.get(Order(offer.address, Purpose.RENEWAL, _ACCEPT, MAX_PICTURE_BYTES))
    newer = _read(fetched)
    for member, before, after in (("issuer", known.issuer.id, newer.issuer.id), ("id", known.id, newer.id)):
        if before != after or not before:
            raise OperationError(reason(ReasonCode.RENEWAL_OTHER, host=fetched.host, member=member))
    _demand_proof(session, newer, fetched.host)
    (row,) = import_bytes(session, fetched.data, fetched.host).rows
    return row


def _read(fetched: Fetched) -> Credential:
    try:
        parsed = parse(fetched.data)
    except WalletError as error:
        code = error.reason.code.value
        raise OperationError(reason(ReasonCode.ANSWER_UNUSABLE, host=fetched.host, because=code)) from None
    if not isinstance(parsed, Credential):
        raise OperationError(reason(ReasonCode.RENEWAL_OTHER, host=fetched.host, member="format"))
    return parsed


def _demand_proof(session: Session, newer: Credential, host: str) -> None:
    """Refuse what was checked and is wrong; what cannot be told yet is kept beside, and replaces nothing."""
    report = judge(newer, desk_of(session).gather(newer), at=session.now(),
                   expectation=Expectation(session.identities, is_holder=True))
    if report.verdict in _PROVEN_BAD:
        failed = next(check for check in report.checks if check.outcome is Outcome.FAILED)
        raise OperationError(reason(ReasonCode.RENEWAL_UNPROVEN, host=host,
                                    because=failed.reason.code.value))
