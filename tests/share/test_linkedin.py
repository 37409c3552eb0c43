"""The link for LinkedIn's form: encoded once, months from 1, nothing in it that was not asked for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.model.credential import (
    Achievement,
    Carrier,
    Credential,
    CredentialFormat,
    EvidenceClass,
    Issuer,
    Original,
    Securing,
    Subject,
)
from wallet.share.linkedin import linkedin_entry, public_page, short_id


def credential(
    title: str = "Data Analysis Foundations", *, issuer: str = "Northbridge University",
    begins: datetime | None = datetime(2026, 1, 31, 23, 59, tzinfo=UTC), ends: datetime | None = None,
    ident: str = "urn:uuid:0f4b7a52-5a5e-4c0e-9b1b-0a0f6c1d2e3f",
) -> Credential:
    """The few members this room looks at."""
    data = json.dumps({"id": ident}).encode()
    return Credential(
        original=Original(data, "application/json", data, Carrier.JSON), format=CredentialFormat.OPEN_BADGE_3,
        evidence_class=EvidenceClass.SEALED, securing=Securing.EMBEDDED, document={"id": ident},
        issuer=Issuer("did:web:northbridge.example", issuer), subject=Subject(),
        achievement=Achievement(name=title), id=ident, title=title, valid_from=begins, valid_until=ends)


def query(url: str) -> dict[str, str]:
    pairs = parse_qsl(urlsplit(url).query, strict_parsing=True)
    assert len(pairs) == len(dict(pairs))
    return dict(pairs)


def test_name_with_signs_survives_and_is_encoded_once() -> None:
    url = linkedin_entry(credential('R&D #1 + "X"')).url
    assert query(url)["name"] == 'R&D #1 + "X"'
    assert "name=R%26D%20%231%20%2B%20%22X%22&" in url
    assert "%25" not in url
    assert not urlsplit(url).fragment


PRINTABLE = st.text(min_size=1).filter(str.isprintable)


@given(title=PRINTABLE, issuer=PRINTABLE)
def test_any_name_and_issuer_survive(title: str, issuer: str) -> None:
    values = query(linkedin_entry(credential(title, issuer=issuer)).url)
    assert (values["name"], values["organizationName"]) == (title, issuer)


@pytest.mark.parametrize("month", [1, 2, 11, 12])
def test_months_count_from_one(month: int) -> None:
    entry = linkedin_entry(credential(begins=datetime(2026, month, 1, tzinfo=UTC),
                                      ends=datetime(2027, month, 28, tzinfo=UTC)))
    values = query(entry.url)
    assert (values["issueYear"], values["issueMonth"]) == ("2026", str(month))
    assert (values["expirationYear"], values["expirationMonth"]) == ("2027", str(month))


def test_no_end_date_means_no_expiration() -> None:
    entry = linkedin_entry(credential())
    assert "expiration" not in entry.url
    assert "Expiration date" not in dict(entry.fields)


def test_address_and_number_are_off_until_asked_for() -> None:
    page = "https://northbridge.example/c/1?a=b&c=d"
    asked = linkedin_entry(credential(), cert_url=page, cert_id="0f4b7a52")
    plain = linkedin_entry(credential())
    assert set(query(plain.url)) == {"startTask", "name", "organizationName", "issueYear", "issueMonth"}
    assert query(asked.url)["certUrl"] == page
    assert query(asked.url)["certId"] == "0f4b7a52"


def test_fields_to_copy_are_those_of_the_form_in_its_order() -> None:
    entry = linkedin_entry(credential(ends=datetime(2029, 5, 31, tzinfo=UTC)), cert_id="0f4b7a52")
    assert entry.fields == (
        ("Name", "Data Analysis Foundations"), ("Issuing organization", "Northbridge University"),
        ("Issue date", "January 2026"), ("Expiration date", "May 2029"), ("Credential ID", "0f4b7a52"))


def test_link_opens_the_form_on_linkedin() -> None:
    parts = urlsplit(linkedin_entry(credential()).url)
    assert (parts.scheme, parts.hostname, parts.path) == ("https", "www.linkedin.com", "/profile/add")
    assert query(parts.geturl())["startTask"] == "CERTIFICATION_NAME"


def test_issuer_without_name_is_named_by_its_id() -> None:
    values = query(linkedin_entry(credential(issuer="")).url)
    assert values["organizationName"] == "did:web:northbridge.example"


@pytest.mark.parametrize(("ident", "short"), [
    ("urn:uuid:0f4b7a52-5a5e-4c0e-9b1b-0a0f6c1d2e3f", "0f4b7a52"),
    ("https://issuer.example/credentials/AB-12", "AB-12"),
    ("https://issuer.example/c/0f4b7a52-5a5e-4c0e-9b1b-0a0f6c1d2e3f/", "0f4b7a52"),
    ("", ""),
])
def test_short_id_is_never_a_bare_uuid(ident: str, short: str) -> None:
    assert short_id(credential(ident=ident)) == short


@pytest.mark.parametrize(("ident", "page"), [
    ("https://issuer.example/c/1", "https://issuer.example/c/1"),
    ("http://issuer.example/c/1", ""),
    ("javascript:alert(1)", ""),
    ("https://", ""),
    ("https://[broken/", ""),
    ("https://issuer.example@evil.example/", ""),
    ("urn:uuid:0f4b7a52-5a5e-4c0e-9b1b-0a0f6c1d2e3f", ""),
])
def test_public_page_is_the_issuers_https_address_or_nothing(ident: str, page: str) -> None:
    assert public_page(credential(ident=ident)) == page
