"""Names from dialogs: the usual ending where none was typed, any other kept."""

from __future__ import annotations

from pathlib import Path

from wallet.ui.paths import as_path


def test_the_usual_ending_is_added_only_where_there_is_none() -> None:
    assert as_path("folder/pack", ".vcpack") == Path("folder/pack.vcpack")
    assert as_path("folder/pack.zip", ".vcpack") == Path("folder/pack.zip")
