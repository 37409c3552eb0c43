"""Links beside credentials."""

from __future__ import annotations

from tests.vault.vaults import NOW, record
from wallet.model.links import Link, LinkKind
from wallet.vault.links import MAX_LINKS, VaultLinks
from wallet.vault.store import Vault

PAGE = Link("https://a.example/page", LinkKind.PAGE)
FOUND = Link("https://a.example/found", LinkKind.FOUND)


def test_links_are_kept_once_pages_first(vault: Vault) -> None:
    ident = vault.add(record(), now=NOW).id
    kept = VaultLinks(vault)
    kept.add(ident, [FOUND, PAGE])
    kept.add(ident, [Link(PAGE.address, LinkKind.FOUND)])
    assert kept.of(ident) == (PAGE, FOUND)
    assert kept.addresses() == {PAGE.address, FOUND.address}


def test_links_are_bounded(vault: Vault) -> None:
    ident = vault.add(record(), now=NOW).id
    kept = VaultLinks(vault)
    kept.add(ident, [Link(f"https://a.example/{number}", LinkKind.FOUND) for number in range(MAX_LINKS + 9)])
    assert len(kept.of(ident)) == MAX_LINKS


def test_links_go_with_their_credential(vault: Vault) -> None:
    ident = vault.add(record(), now=NOW).id
    kept = VaultLinks(vault)
    kept.add(ident, [PAGE])
    assert kept.remove(ident, PAGE.address)
    assert not kept.remove(ident, PAGE.address)
    kept.add(ident, [PAGE])
    vault.to_bin([ident], now=NOW)
    vault.purge([ident])
    assert kept.addresses() == frozenset()
