"""Words for links."""

from __future__ import annotations

from wallet.model.links import LinkKind


def test_kinds_are_part_of_the_format() -> None:
    assert [one.value for one in LinkKind] == ["page", "found", "code", "other"]
