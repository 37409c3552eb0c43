"""Trust lists of authorities: both shapes, their times, and lists that are none."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.certificates import BEGINS, ENDS, Sealer, authority
from wallet.keys.chain import certificate_chain
from wallet.model.errors import TrustError
from wallet.model.evidence import EvidenceKind, Grade
from wallet.model.reasons import ReasonCode
from wallet.trust.anchors import Anchor, find_anchor, is_trust_list, trust_list
from wallet.trust.evidence_store import evidence_document
from wallet.trust.registry import issuer_list

OFFICE = authority()
SEALER = Sealer(above=OFFICE)
CHAIN = certificate_chain(SEALER.x5c[:1])
DURING = datetime(2024, 1, 1, tzinfo=UTC)
QC = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
GRANTED = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"
EARLY = "2020-01-01T00:00:00Z"
WITHDRAWN = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/withdrawn"


def der(sealer: Sealer) -> bytes:
    return sealer.certificate.public_bytes(Encoding.DER)


def pem(*sealers: Sealer) -> bytes:
    return b"# our partners\n" + b"".join(one.certificate.public_bytes(Encoding.PEM) for one in sealers)


def entry(kind: str, status: str, begin: str) -> str:
    return (f"<ServiceTypeIdentifier>{kind}</ServiceTypeIdentifier><ServiceStatus>{status}</ServiceStatus>"
            f"<StatusStartingTime>{begin}</StatusStartingTime>")


def etsi(sealer: Sealer, *, kind: str = QC, status: str = GRANTED, begin: str = "2020-01-01T00:00:00Z",
         history: str = "", update: str = "2027-05-01T00:00:00Z") -> bytes:
    certificate = base64.b64encode(der(sealer)).decode()
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#">
 <SchemeInformation><ListIssueDateTime>2026-11-01T00:00:00Z</ListIssueDateTime>
  <NextUpdate><dateTime>{update}</dateTime></NextUpdate></SchemeInformation>
 <TrustServiceProviderList><TrustServiceProvider>
  <TSPInformation><TSPName><Name xml:lang="en">Trust  Office
   Ltd</Name></TSPName></TSPInformation>
  <TSPServices><TSPService>
   <ServiceInformation>{entry(kind, status, begin)}<ServiceDigitalIdentity>
     <DigitalId><X509Certificate>{certificate}</X509Certificate></DigitalId></ServiceDigitalIdentity>
   </ServiceInformation><ServiceHistory>{history}</ServiceHistory>
  </TSPService></TSPServices>
 </TrustServiceProvider></TrustServiceProviderList>
</TrustServiceStatusList>""".encode()


def past(status: str, begin: str) -> str:
    return f"<ServiceHistoryInstance>{entry(QC, status, begin)}</ServiceHistoryInstance>"


def anchors_of(data: bytes) -> tuple[Anchor, ...]:
    """What a list vouches for; a list without any authority is refused as a whole."""
    try:
        return trust_list(data, name="list.xml").anchors
    except TrustError:
        return ()


def test_certificates_that_a_person_collected() -> None:
    other = Sealer("Elsewhere")
    found = trust_list(pem(other, OFFICE), name="mine.pem")
    assert [one.certificate for one in found.anchors] == [der(other), der(OFFICE)]
    assert find_anchor(found.anchors, CHAIN, DURING) == found.anchors[1]
    assert find_anchor(found.anchors[:1], CHAIN, DURING) is None


def test_a_national_list_names_its_authorities_and_its_date() -> None:
    found = trust_list(etsi(OFFICE), name="list.xml")
    assert found.date == datetime(2026, 11, 1, tzinfo=UTC)
    assert found.ends == datetime(2027, 5, 1, tzinfo=UTC)
    assert found.anchors[0].name == "Trust Office Ltd"
    assert find_anchor(found.anchors, CHAIN, DURING) == found.anchors[0]


@pytest.mark.parametrize(("changes", "granted"), [
    ({}, True),
    ({"begin": "2024-06-01T00:00:00Z"}, False),  # granted only after the sealing
    ({"status": WITHDRAWN, "begin": "2024-06-01T00:00:00Z", "history": past(GRANTED, EARLY)}, True),
    ({"status": WITHDRAWN, "begin": "2023-06-01T00:00:00Z", "history": past(GRANTED, EARLY)}, False),
    ({"begin": "2024-06-01T00:00:00Z", "history": past(WITHDRAWN, EARLY)}, False),
    ({"status": WITHDRAWN}, False),
    ({"kind": "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST"}, False),  # certifies times, not seals
    ({"update": "2023-12-31T00:00:00Z"}, False), ({"update": "2024-01-02T00:00:00Z"}, True),
], ids=["granted", "later", "withdrawn after", "withdrawn before", "granted again later", "withdrawn",
        "no authority", "of an older list", "of a list of then"])
def test_what_counts_is_whether_it_was_granted_when_it_sealed(changes: dict[str, str], granted: bool) -> None:
    anchors = anchors_of(etsi(OFFICE, **changes))
    assert (find_anchor(anchors, CHAIN, DURING) is not None) is granted


def test_an_authority_must_have_been_in_force_itself() -> None:
    anchors = trust_list(pem(OFFICE), name="mine.pem").anchors
    assert find_anchor(anchors, CHAIN, BEGINS) is not None
    assert find_anchor(anchors, CHAIN, ENDS + timedelta(days=1)) is None


def test_who_may_not_certify_is_no_authority() -> None:
    plain = Sealer("Trust Office")
    forged = certificate_chain(Sealer(above=plain).x5c[:1])
    assert find_anchor(trust_list(pem(plain), name="x").anchors, forged, DURING) is None


@pytest.mark.parametrize("data", [
    b"<!DOCTYPE x [<!ENTITY a 'b'>]><TrustServiceStatusList>&a;</TrustServiceStatusList>",
    b"<TrustServiceStatusList/>",
    b"<TrustServiceStatusList xmlns='http://uri.etsi.org/02231/v2#'/>",
    b"<TrustServiceStatusList",
    b"-----BEGIN CERTIFICATE-----\n=====\n-----END CERTIFICATE-----",
    b"-----BEGIN CERTIFICATE-----\n",
], ids=["entity", "no namespace", "empty", "cut", "no base64", "no end"])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    assert is_trust_list(data)
    with pytest.raises(TrustError) as caught:
        issuer_list(data, name="list")
    assert caught.value.reason.code is ReasonCode.EVIDENCE_UNREADABLE


def test_a_certificate_that_is_none_vouches_for_nothing() -> None:
    assert find_anchor((Anchor(b"not DER"),), CHAIN, DURING) is None


def test_it_is_kept_as_a_list_of_whom_others_know() -> None:
    for data in (pem(OFFICE), etsi(OFFICE)):
        kept = evidence_document("urn:list:authorities", data, grade=Grade.SUPPLIED, source="mine")
        assert kept.kind is EvidenceKind.REGISTRY


def test_a_list_of_ids_is_no_list_of_authorities() -> None:
    data = json.dumps([{"id": "did:web:a.example", "name": "A"}]).encode()
    assert not is_trust_list(data)
    assert issuer_list(data, name="mine").anchors == ()
    assert issuer_list(pem(OFFICE), name="mine").issuers == {}


@given(st.binary(max_size=300))
def test_no_bytes_crash_it(data: bytes) -> None:
    is_trust_list(data)
    for start in (b"", b"-----BEGIN CERTIFICATE-----", b"<TrustServiceStatusList "):
        assert isinstance(anchors_of(start + data), tuple)
