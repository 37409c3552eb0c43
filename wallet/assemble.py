"""The one place that picks the real clock and the real folders. Nothing else asks the system for either."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from wallet.codec.linked_data.contexts import Contexts
from wallet.operations.session import Services

#: Nothing was saved or checked with this version before; a clock that shows less is wrong.
RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
#: The name of our folders on every platform.
FOLDER_NAME = "learner-wallet"


def assets_folder() -> Path:
    """Return the data the program ships with: inside the installed package, else beside the sources."""
    inside = Path(__file__).resolve().parent / "assets"
    return inside if inside.is_dir() else inside.parent.parent / "assets"


def services(*, vault_folder: Path | None = None, at: datetime | None = None) -> Services:
    """Return the real services.

    Args:
        vault_folder: Where the wallet is; None for the platform's data folder.
        at: A pinned time in UTC; None for the system's clock.

    Raises:
        LinkedDataError: CONTEXT_ALTERED, when a shipped context is not the one we shipped.
    """
    assets = assets_folder()
    return Services(
        clock=(lambda: at) if at else (lambda: datetime.now(UTC)),
        contexts=Contexts.pinned(assets / "contexts"),
        assets=assets,
        vault_folder=vault_folder or platformdirs.user_data_path(FOLDER_NAME, appauthor=False) / "wallet",
        config_file=platformdirs.user_config_path(FOLDER_NAME, appauthor=False) / "settings.json",
        cache_folder=platformdirs.user_cache_path(FOLDER_NAME, appauthor=False),
        clock_floor=None if at else RELEASED,
    )


def start_logging(*, verbose: bool) -> None:
    """Send log lines to standard error. Log lines never hold claims, paths or keys."""
    logging.basicConfig(stream=sys.stderr, level=logging.DEBUG if verbose else logging.WARNING,
                        format="%(levelname)s %(name)s: %(message)s")
