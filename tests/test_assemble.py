from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import ASSETS, AT
from wallet.assemble import assets_folder, services


def test_the_real_clock_is_utc_and_can_be_pinned() -> None:
    assert services().clock().tzinfo is UTC
    assert abs((services().clock() - datetime.now(UTC)).total_seconds()) < 5
    assert services(at=AT).clock() == AT


def test_the_folders_are_the_platforms_unless_given(tmp_path: Path) -> None:
    assert services(vault_folder=tmp_path).vault_folder == tmp_path
    assert services().vault_folder.parent.name == "learner-wallet"


def test_assets_are_found_beside_the_sources() -> None:
    assert assets_folder() == ASSETS
