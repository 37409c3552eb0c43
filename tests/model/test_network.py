"""Words for the network: their values rest in vaults and never change."""

from __future__ import annotations

from wallet.model.network import FetchOutcome, Order, Permission, Purpose


def test_the_values_that_rest_in_vaults_stay() -> None:
    assert [one.value for one in Purpose] == [
        "issuer_key", "status_list", "badge_record", "registry", "credential", "profile", "renewal",
        "picture", "lookup"]
    assert [one.value for one in Permission] == ["once", "host", "setting", "command"]
    assert [one.value for one in FetchOutcome] == [
        "asked", "fetched", "unchanged", "missing", "gone", "refused", "unreachable", "timed_out",
        "too_large", "denied", "failed"]


def test_an_order_is_careful_unless_told_otherwise() -> None:
    order = Order("https://issuer.example/", Purpose.ISSUER_KEY)
    assert not order.legacy_http
    assert order.max_bytes == 4 * 1024 * 1024
