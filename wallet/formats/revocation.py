"""Lists of withdrawn awards that no seal protects, by their standard: 1EdTech's and Open Badges'.

Plain JSON at an address of the issuer. Whether that address may speak for the issuer, and what being listed
means, is judged in `verify`. 1EdTech Revocation List; Open Badges 2.0 §4.10 (RevocationList); before it,
a file that maps the name of an award to the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import unquote

from wallet.codec.strict_json import parse_object
from wallet.model.credential import Credential
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode, reason

from .members import many, text
from .statuslist import StatusKind

_MAX_NODES: Final = 400_000  # a list of 100,000 awards with a reason for each


@dataclass(frozen=True, slots=True)
class RevocationList:
    """An unsealed list, read.

    Attributes:
        kind: Of the entries it answers.
        id, issuer: As it states them; "" where it does not.
        revoked: Id of each withdrawn award, with the reason given, "" for none.
    """

    kind: StatusKind
    id: str
    issuer: str
    revoked: Mapping[str, str]

    def listed(self, names: tuple[str, ...]) -> str | None:
        """Return the reason for the first of these names that is listed, None if none is."""
        return next((self.revoked[name] for name in names if name and name in self.revoked), None)


def names_in_lists(credential: Credential) -> tuple[str, ...]:
    """Return what lists that name whom they withdraw may call a credential: its id, before 1.1 its `uid`."""
    stated = (credential.id, credential.document.get("uid"))
    return tuple(_plain(name) for name in stated if isinstance(name, str) and name.strip())


def _plain(name: str) -> str:
    """Return a name as Open Badges 3.0 compares them: unescaped and trimmed."""
    return unquote(name).strip()


def read_revocation_list(data: bytes) -> RevocationList | None:
    """Read such a list, None if the bytes are none.

    Raises:
        CodecError: They are JSON that cannot be read.
        FormatError: STATUS_LIST_MALFORMED: an entry that names nobody, or says neither yes nor no.
    """
    if not data.lstrip().startswith(b"{"):
        return None
    document = parse_object(data, max_nodes=_MAX_NODES)
    if "revokedCredential" in document:
        kind, entries = StatusKind.REVOCATION_LIST_1EDTECH, _entries(many(document["revokedCredential"]))
    elif "revokedAssertions" in document:
        kind, entries = StatusKind.REVOCATION_LIST_OB2, _entries(many(document["revokedAssertions"]))
    elif document and "@context" not in document and all(isinstance(one, str) for one in document.values()):
        oldest = {_plain(name): why for name, why in document.items()}
        return RevocationList(StatusKind.REVOCATION_LIST_OB2, "", "", MappingProxyType(oldest))
    else:
        return None
    revoked = dict(entries)
    issuer = document.get("issuer")
    stated = text(issuer.get("id")) if isinstance(issuer, dict) else text(issuer)
    return RevocationList(kind, text(document.get("id")), stated, MappingProxyType(revoked))


def _entries(values: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    for value in values:
        if isinstance(value, str) and value:
            yield _plain(value), ""
            continue
        stated = (value.get("id"), value.get("uid")) if isinstance(value, dict) else ()
        name = next((one for one in stated if isinstance(one, str) and one), "")
        revoked = value.get("revoked", True) if isinstance(value, dict) else None
        if not name or not isinstance(revoked, bool):
            raise FormatError(reason(ReasonCode.STATUS_LIST_MALFORMED, what="revoked"))
        if revoked:
            yield _plain(name), text(value.get("revocationReason"))
