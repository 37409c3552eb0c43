"""Who hands out badges, known by host."""

from __future__ import annotations

import pytest

from wallet.formats.providers import PROVIDERS, first_provider, provider_of
from wallet.model.reasons import ReasonCode


@pytest.mark.parametrize(("address", "name"), [
    ("https://www.credly.com/badges/1", "Credly"),
    ("https://coursera.org/verify/AB12", "Coursera"),
    ("https://lms.uni.example/badges/badge.php?hash=1", "Moodle"),
    ("https://passport.cancred.ca/app/badge/1", "CanCred"),
])
def test_a_provider_is_known_by_its_host(address: str, name: str) -> None:
    found = provider_of(address)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("address", ["https://notcredly.com/", "https://credly.com.evil.example/", "credly",
                                     "", "https://uni.example/badges/1"])
def test_everybody_else_is_nobody(address: str) -> None:
    assert provider_of(address) is None


@pytest.mark.parametrize(("address", "advice"), [
    ("https://www.credly.com/badges/1", ReasonCode.ADVICE_DOWNLOAD_BADGE),
    ("https://api.badgr.io/public/1", ReasonCode.ADVICE_ASK_ISSUER_SEAL),
    ("https://www.credential.net/1", ReasonCode.ADVICE_ISSUER_DECIDES),
    ("https://openbadgepassport.com/1", ReasonCode.ADVICE_SEALED_PDF),
    ("https://courses.edx.org/certificates/1", ReasonCode.ADVICE_PAGE_ONLY),
    ("https://europass.europa.eu/x", ReasonCode.ADVICE_EUROPASS),
    ("https://coursera.org/verify/1", ReasonCode.ADVICE_ALSO_CREDLY),
])  # fmt: skip
def test_each_provider_has_advice_of_its_own(address: str, advice: ReasonCode) -> None:
    found = provider_of(address)
    assert found is not None
    assert found.advice is advice


def test_the_first_known_counts() -> None:
    found = first_provider(["https://uni.example/", "https://coursera.org/x", "https://credly.com/y"])
    assert found is not None
    assert found.name == "Coursera"


def test_no_host_is_in_two_places() -> None:
    hosts = [host for one in PROVIDERS for host in one.hosts]
    assert len(hosts) == len(set(hosts))
