"""Who hands out badges, known by host."""

from __future__ import annotations

import pytest

from wallet.formats.providers import PROVIDERS, first_provider, provider_of


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


def test_the_first_known_counts() -> None:
    found = first_provider(["https://uni.example/", "https://coursera.org/x", "https://credly.com/y"])
    assert found is not None
    assert found.name == "Coursera"


def test_no_host_is_in_two_places() -> None:
    hosts = [host for one in PROVIDERS for host in one.hosts]
    assert len(hosts) == len(set(hosts))
