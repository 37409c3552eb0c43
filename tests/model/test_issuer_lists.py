"""Words for issuer lists: values are part of the vault's format."""

from __future__ import annotations

from wallet.model.issuer_lists import ListKind


def test_kinds_keep_their_values() -> None:
    assert [one.value for one in ListKind] == [
        "file", "list_of_lists", "federation", "domains", "shipped", "other"]
