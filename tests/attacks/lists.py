"""D6: lists of issuers, D11: unsealed, altered or older than the one at hand; federations on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case, refused
from tests.conftest import AT
from tests.simulators.federation import SimulatedEntity, SimulatedKey, kept
from tests.simulators.signing import compact_json
from wallet.model.errors import TrustError
from wallet.model.evidence import Grade
from wallet.model.reasons import ReasonCode as R
from wallet.model.reasons import reason
from wallet.trust.evidence_store import MemoryEvidence
from wallet.trust.federation import Federation, statement_address
from wallet.trust.list_of_lists import newest_list
from wallet.trust.registry import IssuerList, Listing, demand_successor, issuer_list

_UNI = "did:web:northbridge.example"
_KEEPER, _MALLORY = SimulatedKey("ministry"), SimulatedKey("mallory")
_ADDRESS = "https://ministry.example/register.jws"


def _content(**members: Any) -> bytes:
    return compact_json({"name": "Register", "version": 2, "date": "2026-11-01", "expires": "2027-11-01",
                         "issuers": [{"id": _UNI, "name": "Northbridge University"}]} | members)


def _altered() -> bytes:
    head, _, tail = _KEEPER.sign(_content()).split(".")
    other = _KEEPER.sign(_content(issuers=[{"id": "did:web:mallory.example", "name": "MIT"}])).split(".")[1]
    return f"{head}.{other}.{tail}".encode()


def _sealed(key: SimulatedKey = _KEEPER, **members: Any) -> bytes:
    return key.sign(_content(**members)).encode()


#: Each: what arrives while version 2, sealed by the ministry, is at hand.
_OFFERED = {
    "unsealed": _content(version=3), "altered": _altered(), "sealed by another": _sealed(_MALLORY, version=3),
    "older": _sealed(version=1), "another of the same number": _sealed(issuers=[]),
    "without a number": _KEEPER.sign(compact_json({"expires": "2027-11-01", "issuers": []})).encode(),
    "without an end": _KEEPER.sign(compact_json({"version": 3, "issuers": []})).encode(),
    "no algorithm": _KEEPER.sign(_content(version=3), alg="none").encode(),
    "another kind of seal": _content(version=3, proof={"type": "DataIntegrityProof"}),
    "its key in its header": _MALLORY.sign(_content(version=3), jwk=_MALLORY.jwk()).encode(),
    "something else by the same key": _KEEPER.sign(b'{"registry":{}}').encode(),
    TWIN: _sealed(version=3), "the same again": _sealed(),
}


@case("D11", Severity.HIGH, "an issuer list that claims to be sealed: unsealed, altered, older than ours",
      attacks={"unsealed": refused(R.LIST_UNSEALED), "altered": refused(R.LIST_SEAL),
               "sealed by another": refused(R.LIST_SEAL), "older": refused(R.LIST_OLDER),
               "another of the same number": refused(R.LIST_OLDER),
               "without a number": refused(R.EVIDENCE_UNREADABLE),
               "without an end": refused(R.EVIDENCE_UNREADABLE), "no algorithm": refused(R.LIST_SEAL),
               "another kind of seal": refused(R.LIST_SEAL), "its key in its header": refused(R.LIST_SEAL),
               "something else by the same key": refused(R.EVIDENCE_UNREADABLE),
               "nobody said with whose key": refused(R.LIST_KEY_MISSING),
               "ended": refused(R.LIST_ENDED), "brought by the sender": refused(R.LIST_NOT_LOADED),
               "a federation that nobody signed": refused(R.STATEMENT_REFUSED),
               "a federation about another": refused(R.STATEMENT_REFUSED)},
      twins={TWIN: FINE, "the same again": FINE, "by hand": FINE, "by hand, of another number": FINE,
             "a federation": FINE})
def _offered_list(variant: str) -> Input:
    if variant.startswith("a federation"):
        return Act(lambda: _demand_listed(_federation(variant), _UNI))
    if variant == "ended":
        ended = issuer_list(_sealed(expires="2026-11-02"), name="Register", key=_KEEPER.public)
        return Act(lambda: _demand_listed(ended, _UNI))
    if variant == "brought by the sender":
        store = MemoryEvidence([kept(_ADDRESS, _sealed(), AT, Grade.SENDER)])
        brought = newest_list(_ADDRESS, store.documents, name="Register", key=_KEEPER.public)
        return Act(lambda: _demand_listed(brought, _UNI))
    if variant == "nobody said with whose key":
        return Act(lambda: issuer_list(_sealed(), name="Register"))
    if variant.startswith("by hand"):
        own = issuer_list(_content(version=1 if "another" in variant else 2), name="mine")
        return Act(lambda: _demand_listed(own, _UNI))
    at_hand = issuer_list(_sealed(), name="Register", key=_KEEPER.public)
    return Act(lambda: demand_successor(at_hand, issuer_list(_OFFERED[variant], name="Register",
                                                             key=_KEEPER.public)))


def _federation(variant: str) -> Federation:
    root = SimulatedEntity("https://registry.example", AT - timedelta(hours=1))
    about = root.document_about(_UNI)
    if variant.endswith("nobody signed"):
        forged = SimulatedEntity(root.id, root.issued)
        forged.key = _MALLORY
        about = kept(about.address, forged.signed(forged.about(_UNI), kid=root.key.kid))
    if variant.endswith("about another"):
        other = root.signed(root.about("did:web:other.example"))
        about = kept(statement_address(root.endpoint, _UNI), other)
    return Federation("Federation", root.id, MemoryEvidence([root.own_document(), about]).documents)


def _demand_listed(one: IssuerList, issuer: str) -> None:
    """Fail with the list's own reason unless it names the issuer now."""
    answer = one.ask(issuer, AT)
    if answer.listing is not Listing.LISTED:
        raise TrustError(answer.because or reason(R.ISSUER_UNLISTED))
