"""What can be done about one credential beside looking at it: asked online, loaded, renewed, sealed.

Everything here is looked up in the wallet; nothing is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from wallet.model.evidence import EvidenceKind
from wallet.model.links import Link
from wallet.model.reasons import Reason
from wallet.trust.badge_records import completed

from .documents import advice, links
from .library import evidence_for, load_credential
from .network import host_of
from .online import wanted_requests
from .refresh import refresh_requests
from .renewal import renewal_offer
from .requests import askable
from .session import Session


@dataclass(frozen=True, slots=True)
class Beside:
    """What can be done.

    Attributes:
        lacking: How many documents would answer what is open.
        askable: How many documents could be asked for, anew or for the first time.
        picture_host: Who has the badge's picture, "" where there is none to load.
        renewal_host: Who is said to have a newer version, "" for nobody.
        advice: How to get a sealed version, None for what is sealed.
        links: Web addresses that belong to it.
    """

    lacking: int = 0
    askable: int = 0
    picture_host: str = ""
    renewal_host: str = ""
    advice: Reason | None = None
    links: tuple[Link, ...] = ()


def beside(session: Session, credential_id: str) -> Beside:
    """Return what can be done about one credential.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    credential = load_credential(session, credential_id)
    address = picture_address(session, credential_id)
    offer = renewal_offer(credential)
    return Beside(
        lacking=len(askable(wanted_requests(session, (credential_id,)))),
        askable=len(askable(refresh_requests(session, (credential_id,)))),
        picture_host=host_of(address), renewal_host=offer.host if offer else "",
        advice=advice(session, credential_id), links=links(session, credential_id))


def picture_address(session: Session, credential_id: str) -> str:
    """Return where the picture of a badge would be loaded from; "" if it is here or nowhere.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    credential = load_credential(session, credential_id)
    named = completed(credential, evidence_for(session, credential_id, credential).lookup)
    address = named.achievement.picture_url
    if not address.startswith("https://") or named.achievement.picture:
        return ""
    here = any(one.kind is EvidenceKind.PICTURE for one in session.kept.documents(address))
    return "" if here else address
