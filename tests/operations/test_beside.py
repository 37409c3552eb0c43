"""What can be done about a credential is looked up, never asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.operations.connected import connect, keep, publish
from tests.simulators.issuer import Badge, SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.operations.beside import beside, picture_address
from wallet.operations.documents import Details, add_link
from wallet.operations.online import fetch_wanted
from wallet.operations.session import Session


def test_what_lacks_and_what_could_be_asked_anew(session: Session, issuer: SimulatedIssuer) -> None:
    web = SimulatedWeb()
    door = connect(session, web)
    (one,) = keep(session, issuer.badge(entries=(issuer.entry(1),)))
    publish(web, issuer)
    found = beside(session, one)
    assert (found.lacking, found.askable) == (2, 2)
    assert not web.requests
    fetch_wanted(session, [one], door)
    found = beside(session, one)
    assert (found.lacking, found.askable, found.advice) == (0, 2, None)


def test_a_remote_picture_is_named_and_not_loaded(session: Session, issuer: SimulatedIssuer) -> None:
    web = SimulatedWeb()
    session.services = replace(session.services, fetcher=web)
    address = "https://pictures.example/maya/badge.png"
    (one,) = keep(session, issuer.badge(Badge(picture=address)))
    assert picture_address(session, one) == address
    assert beside(session, one).picture_host == "pictures.example"
    assert not web.requests
    (plain,) = keep(session, issuer.badge(Badge(number=2)))
    assert beside(session, plain).picture_host == ""


def test_a_document_has_links_and_advice(session: Session) -> None:
    row = add_link(session, "https://www.coursera.org/verify/AB12", Details("Some course"))
    found = beside(session, row.credential_id)
    assert [one.address for one in found.links] == ["https://www.coursera.org/verify/AB12"]
    assert found.advice is not None
    assert (found.lacking, found.askable) == (0, 0)


def test_what_is_not_there(session: Session) -> None:
    with pytest.raises(VaultError) as refused:
        beside(session, "nothing")
    assert refused.value.reason.code is ReasonCode.CREDENTIAL_NOT_FOUND
