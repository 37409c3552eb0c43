"""Badge pictures for the library, read a few at a time so that nothing else has to wait for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from wallet.model.credential import Carrier
from wallet.model.reasons import Reason
from wallet.model.stored import StoredCredential
from wallet.operations.library import load_credential
from wallet.operations.session import Session

from .background import Background
from .badges import picture_of
from .models.credentials import MAX_PICTURES

_AT_ONCE = 6
#: Further down nobody looks at once, and a picture is decoded in milliseconds, not for free.
_MAX_WAITING = 240


class BadgeLoader(QObject):
    """Loads what is not loaded yet, then hands each picture on."""

    def __init__(self, background: Background, session: Session, show: Callable[[str, QImage], None],
                 parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._session = session
        self._show = show
        self._seen: dict[str, None] = {}
        self._waiting: list[str] = []
        self._busy = False

    def load(self, rows: Sequence[StoredCredential]) -> None:
        """Load the pictures of these, the first ones first and before those asked for earlier."""
        wanted = [one.id for one in rows[:_MAX_WAITING] if one.id not in self._seen
                  and one.carrier in (Carrier.PNG, Carrier.JSON, Carrier.JWS, Carrier.PACK)]
        self._seen.update(dict.fromkeys(wanted))
        self._waiting = [*wanted, *self._waiting]
        for passed in self._waiting[_MAX_WAITING:]:  # scrolled past before its turn came
            self._seen.pop(passed, None)
        del self._waiting[_MAX_WAITING:]
        for oldest in tuple(self._seen)[:max(len(self._seen) - MAX_PICTURES, 0)]:
            del self._seen[oldest]
        self._next()

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        ids, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        session = self._session
        self._background.run(self, lambda _progress: _pictures(session, ids), done=self._on_loaded,
                             failed=self._on_failed)

    def _on_loaded(self, pictures: tuple[tuple[str, QImage], ...]) -> None:
        self._busy = False
        for credential_id, picture in pictures:
            self._show(credential_id, picture)
        self._next()

    def _on_failed(self, _why: Reason) -> None:
        """A card without its picture has a drawn badge; opening it says what is wrong."""
        self._busy = False
        self._next()


def _pictures(session: Session, ids: Sequence[str]) -> tuple[tuple[str, QImage], ...]:
    """Runs on the vault's worker."""
    found = []
    for credential_id in ids:
        credential = load_credential(session, credential_id)
        picture = picture_of(credential.original, credential.achievement)
        if picture is not None:
            found.append((credential_id, picture))
    return tuple(found)
