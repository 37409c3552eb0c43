"""A newer version where the issuer announced one: asked for on her wish, refused if it is another."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.conftest import AT
from tests.operations.connected import connect, keep, publish, read
from tests.simulators.issuer import SimulatedIssuer, days
from tests.simulators.signing import JsonObject, compact_json
from tests.simulators.web import SimulatedWeb
from wallet.model.credential import Credential
from wallet.model.errors import OperationError, WalletError
from wallet.model.network import Permission, Purpose
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.net.fetch import FetchError
from wallet.operations.intake import ImportOutcome
from wallet.operations.library import detail
from wallet.operations.network import ledger
from wallet.operations.online import fetch_wanted
from wallet.operations.refresh import refresh
from wallet.operations.renewal import renew, renewal_offer
from wallet.operations.session import Session

ADDRESS = "https://northbridge.example/refresh/81"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
SERVICE = {"id": ADDRESS, "type": "1EdTechCredentialRefresh"}


def version(issuer: SimulatedIssuer, number: int = 1, title: str = "Data analysis") -> bytes:
    """A version that announces where newer ones are."""
    document = issuer.badge_document(valid_from=AT - days(100) + days(number), title=title)
    document["@context"].append(EXTENSIONS)
    return compact_json(issuer.seal(document | {"refreshService": SERVICE}))


@pytest.fixture
def kept(session: Session, issuer: SimulatedIssuer) -> tuple[SimulatedWeb, str]:
    web = SimulatedWeb()
    publish(web, issuer)
    door = connect(session, web)
    (credential_id,) = keep(session, version(issuer))
    fetch_wanted(session, [credential_id], door)
    assert session.vault.get(credential_id).report.verdict is Verdict.VALID
    return web, credential_id


def test_a_newer_version_takes_the_place(session: Session, issuer: SimulatedIssuer,
                                         kept: tuple[SimulatedWeb, str]) -> None:
    web, credential_id = kept
    web.put(ADDRESS, version(issuer, 2), "application/vc")
    row = renew(session, credential_id, session.door(Permission.ONCE, frozenset({"northbridge.example"})))
    assert (row.outcome, row.replaced_id) == (ImportOutcome.REPLACES, credential_id)
    assert session.vault.get(credential_id).replaced_by == row.credential_id
    assert ledger(session)[0].purpose is Purpose.RENEWAL


def test_the_same_version_is_recognised(session: Session, issuer: SimulatedIssuer,
                                        kept: tuple[SimulatedWeb, str]) -> None:
    web, credential_id = kept
    web.put(ADDRESS, version(issuer))
    assert renew(session, credential_id, session.door(Permission.COMMAND)).outcome is ImportOutcome.KNOWN


def _broken(document: JsonObject) -> bytes:
    return compact_json(document | {"name": "Another name"})


ANSWERS: dict[str, tuple[Callable[[SimulatedIssuer], bytes], ReasonCode]] = {
    "another issuer": (lambda _: version(SimulatedIssuer("did:web", host="evil.example", seed="evil"), 2),
                       ReasonCode.RENEWAL_OTHER),
    "another credential": (lambda issuer: version(issuer, 2, title="Cookery"), ReasonCode.RENEWAL_OTHER),
    "altered": (lambda issuer: _broken(json.loads(version(issuer, 2))), ReasonCode.RENEWAL_UNPROVEN),
    "no seal": (lambda issuer: compact_json(issuer.badge_document(title="Data analysis")),
                ReasonCode.RENEWAL_UNPROVEN),
    "a page": (lambda _: b"<html>Please log in</html>", ReasonCode.ANSWER_UNUSABLE),
    "nothing": (lambda _: b"", ReasonCode.ANSWER_UNUSABLE),
}


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_an_answer_that_is_something_else_changes_nothing(session: Session, issuer: SimulatedIssuer,
                                                          kept: tuple[SimulatedWeb, str], name: str) -> None:
    make, code = ANSWERS[name]
    web, credential_id = kept
    web.put(ADDRESS, make(issuer))
    before = session.vault.list()
    with pytest.raises(OperationError) as caught:
        renew(session, credential_id, session.door(Permission.COMMAND))
    assert caught.value.reason.code is code
    assert session.vault.list() == before


def test_a_host_that_does_not_answer(session: Session, kept: tuple[SimulatedWeb, str]) -> None:
    web, credential_id = kept
    web.unreachable("northbridge.example")
    with pytest.raises(FetchError) as caught:
        renew(session, credential_id, session.door(Permission.COMMAND))
    assert caught.value.reason.code is ReasonCode.HOST_UNREACHABLE


@pytest.mark.parametrize("service", [
    None, {"id": ADDRESS, "type": "SomethingElse"},
    {"id": "http://northbridge.example/refresh", "type": "1EdTechCredentialRefresh"},
], ids=["none", "another kind", "unprotected"])
def test_without_an_announced_service_nobody_is_asked(session: Session, issuer: SimulatedIssuer,
                                                      service: object) -> None:
    web = SimulatedWeb()
    door = connect(session, web)
    announced = {"refreshService": service} if service else {}
    (credential_id,) = keep(session, compact_json(issuer.badge_document() | announced))
    with pytest.raises(WalletError) as caught:
        renew(session, credential_id, door)
    assert caught.value.reason.code is ReasonCode.RENEWAL_NONE
    assert web.addresses == ()


def test_nothing_else_ever_asks_there(session: Session, kept: tuple[SimulatedWeb, str]) -> None:
    """Attack V20: neither looking at a credential nor a pass over the wallet follows that address."""
    web, credential_id = kept
    detail(session, credential_id)
    refresh(session, session.door(Permission.COMMAND))
    assert ADDRESS not in web.addresses


def test_the_offer_says_who_would_be_asked(issuer: SimulatedIssuer) -> None:
    parsed = read(version(issuer))
    assert isinstance(parsed, Credential)
    offer = renewal_offer(parsed)
    assert offer
    assert (offer.address, offer.host) == (ADDRESS, "northbridge.example")
