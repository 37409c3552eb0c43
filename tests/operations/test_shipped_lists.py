"""The lists that came with the program: believed as they were shipped, and no other way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.conftest import AT
from wallet.operations.session import Services
from wallet.operations.shipped_lists import read_shipped, shipped_lists
from wallet.trust.registry import Listing


def test_what_is_not_as_it_was_shipped_is_not_believed(services: Services, tmp_path: Path) -> None:
    folder = tmp_path / "assets" / "registries"
    folder.mkdir(parents=True)
    for name in ("manifest.json", "dcc-community.json"):
        (folder / name).write_bytes((services.assets / "registries" / name).read_bytes())
    changed = folder / "dcc-community.json"
    changed.write_bytes(changed.read_bytes().replace(b"did:web:participate", b"did:web:mallory"))
    (found,) = shipped_lists(replace(services, assets=tmp_path / "assets"))
    assert found.ask("did:web:mallory.community", AT).listing is Listing.UNCHECKED


def test_what_is_as_it_was_shipped_says_so(services: Services, tmp_path: Path) -> None:
    assert shipped_lists(replace(services, assets=tmp_path)) == ()
    (one,) = read_shipped(services)
    listed = one.list.ask("did:web:participate.community", AT)
    assert (listed.listing, listed.origin) == (Listing.LISTED, "shipped")
    assert one.governance
    assert one.address == "shipped:dcc-community.json"
