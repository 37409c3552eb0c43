"""The one place that picks the real clock and the real folders. Nothing else asks the system for either."""

from __future__ import annotations

import gc
import logging
import os
import platform
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from wallet.codec.linked_data.contexts import Contexts
from wallet.net.fetch import Fetcher, Offline
from wallet.operations.session import Services

if TYPE_CHECKING:  # loaded for those who ask for it
    from wallet.model.network import Fetched, Order
    from wallet.net.https import Https

#: Nothing was saved or checked with this version before; a clock that shows less is wrong.
RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
#: The name of our folders on every platform.
FOLDER_NAME = "learner-wallet"
_PR_SET_DUMPABLE = 4  # prctl(2)


def assets_folder() -> Path:
    """Return the data the program ships with: inside the installed package, else beside the sources."""
    inside = Path(__file__).resolve().parent / "assets"
    return inside if inside.is_dir() else inside.parent.parent / "assets"


def web() -> Fetcher:
    """Return the adapter that opens sockets. It is loaded for those who asked for it, and nobody else."""
    from wallet.net.https import Https  # noqa: PLC0415 - see above

    return Https()


class WebOnDemand:
    """The web for a window that stays open: nothing of it is loaded before the first wish for it."""

    def __init__(self) -> None:
        self._web: Https | None = None

    def fetch(self, order: Order) -> Fetched:
        """Bring what is ordered. Raises as `Https.fetch`."""
        return self._loaded().fetch(order)

    def proxy_for(self, address: str) -> str:
        """Return the proxy that a request would go by, "" for the straight way. Asks nobody."""
        return self._loaded().proxy_for(address)

    def _loaded(self) -> Https:
        if self._web is None:
            from wallet.net.https import Https  # noqa: PLC0415 - see above

            self._web = Https()
        return self._web


def services(*, vault_folder: Path | None = None, at: datetime | None = None,
             online: bool = False) -> Services:
    """Return the real services.

    Args:
        vault_folder: Where the wallet is; None for the platform's data folder.
        at: A pinned time in UTC; None for the system's clock.
        online: Whether documents may be brought from the web, because the person said so.

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
        fetcher=web() if online else Offline(),
    )


def harden_process() -> bool:
    """Keep what is in this process's memory out of crash dumps and away from other programs of this user.

    Called when the program starts in earnest, not by what imports it. It stops accidents and idle looking:
    a file with the memory of a crashed program, another program that attaches to this one. It does not stop
    the system's administrator, nor what already runs inside this program, and Python leaves copies of
    secrets in memory that nobody can wipe. A debugger that is attached already stays.

    Returns:
        Whether all of it was done; Windows and macOS know less of it.
    """
    if sys.platform == "win32":
        return False
    import resource  # noqa: PLC0415 - not on Windows

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux" or sys.gettrace() is not None:
        return False
    import ctypes  # noqa: PLC0415 - needed here only

    try:
        return int(ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)) == 0
    except (OSError, AttributeError):
        return False


def open_streams() -> None:
    """Open those of the three standard streams that whoever began this program has closed, onto nothing.

    Else the next file that is opened would take the place of one of them.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115 - until the end
            os.set_inheritable(stream.fileno(), True)  # what we begin ourselves has the three, too
            setattr(sys, name, stream)


def collect_garbage() -> None:
    """Look for garbage from now on, in what is made from now on: what was loaded stays until the end.

    While a program loads, Python would look through a hundred thousand new objects dozens of times and find
    nothing. `wallet.__main__` puts that off until here; where nobody did, nothing is changed.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class _StandardError(logging.Handler):
    """Prints to what standard error is at that moment; a stream that is gone is no fault."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one line."""
        with suppress(OSError, ValueError):
            print(self.format(record), file=sys.stderr)  # noqa: T201 - what this is for


def start_logging(*, verbose: bool) -> None:
    """Send log lines to standard error. Log lines never hold claims, paths or keys.

    What libraries say of what they read is not ours to vouch for, so none of it is shown.
    """
    ours, all_others = logging.getLogger("wallet"), logging.getLogger()
    if not any(isinstance(one, _StandardError) for one in ours.handlers):
        handler = _StandardError()
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        ours.addHandler(handler)
        all_others.addHandler(logging.NullHandler())  # else Python itself would print their warnings
    ours.setLevel(logging.DEBUG if verbose else logging.WARNING)
    ours.debug("python %s, %s %s", platform.python_version(), platform.system(), platform.machine())
