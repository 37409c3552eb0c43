"""Issuer lists in force: taken from files, put in order, taken out, and each act taken back.

The learner's own lists stand in her order, before the one that came with the program. A list that somebody
else seals is taken only with that party's key, which the learner gives together with it; a list written by
hand is her own act and is pinned as it is. Bringing lists from the web is in `list_refresh`, looking at them
in `list_overview`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wallet.codec.strict_json import parse_json, parse_object
from wallet.keys.did import resolve_pure
from wallet.keys.keypair import PublicKey, public_key_from_jwk, public_key_from_multibase
from wallet.model.errors import CodecError, TrustError, VaultError, WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Verified
from wallet.model.issuer_lists import KeptList, ListKind
from wallet.model.limits import MAX_EVIDENCE_BYTES
from wallet.model.reasons import ReasonCode, reason
from wallet.model.stored import Changes
from wallet.trust.domains import is_index, read_index
from wallet.trust.evidence_store import EvidenceStore, used
from wallet.trust.federation import Federation, anchor_of
from wallet.trust.list_of_lists import is_list_of_lists, known_lists, lists_of
from wallet.trust.registry import (
    IssuerList,
    ListFile,
    MissingList,
    demand_successor,
    issuer_list,
    unreadable,
)

from .domain_file import compiled_index, is_domain_file
from .files import read_file
from .shipped_lists import SHIPPED_ADDRESS, read_shipped, shipped_lists

if TYPE_CHECKING:
    from wallet.vault.lists import VaultLists

    from .session import Services, Session

_OFF: Final = "off"
_SHIPPED_SETTING: Final = "shipped_lists"
_MAX_NAME_CHARS: Final = 80


# --- what is in force ---


def lists_in_force(session: Session) -> tuple[IssuerList, ...]:
    """Return every list in force, the most authoritative first; one that cannot be read says so itself."""
    lists: list[IssuerList] = []
    for one in lists_kept(session):
        lists.extend(loaded_list(one, session.evidence))
    return (*lists, *(shipped_lists(session.services) if is_shipped_in_force(session) else ()))


def trusted_lists(paths: Sequence[Path], store: EvidenceStore) -> tuple[IssuerList, ...]:
    """Return the lists of a person who checks, from files; a list of lists is looked up in her evidence.

    Raises:
        OperationError: FILE_MISSING and kin.
        TrustError: EVIDENCE_UNREADABLE; LIST_KEY_MISSING for a sealed list, whose key nobody pinned.
    """
    found: list[IssuerList] = []
    for path in paths:
        if is_domain_file(path):
            found.append(read_index(compiled_index(path).data))
            continue
        data = read_file(path, max_bytes=MAX_EVIDENCE_BYTES)
        if kind_of(data) is ListKind.LIST_OF_LISTS:
            found.extend(lists_of(known_lists(data, name=path.stem), store.documents))
        elif kind_of(data) is ListKind.DOMAINS:
            found.append(read_index(data))
        else:
            found.append(issuer_list(data, name=path.stem))
    return tuple(found)


# --- acts ---


def add_list_file(session: Session, path: Path, *, name: str = "", key: str = "") -> KeptList:
    """Put a list from a file in force, behind the others. The same name again is a new version of it.

    Args:
        session: The opened wallet.
        path: A list, a list of lists, or the data file of institutions' domains (JSON, CSV, ZIP).
        name: What to call it; "" for the file's name.
        key: Of those who keep it, if they seal it: a JWK, a multibase key or a `did:key`.

    Raises:
        OperationError: FILE_MISSING and kin.
        TrustError: EVIDENCE_UNREADABLE, LIST_KEY_MISSING, LIST_SEAL, LIST_UNSEALED, LIST_OLDER.
        VaultError: As `Vault.transaction`.
    """
    title = (name or path.stem).strip()[:_MAX_NAME_CHARS]
    data = compiled_index(path).data if is_domain_file(path) \
        else read_file(path, max_bytes=MAX_EVIDENCE_BYTES)
    address = f"list:{title}" if title.isprintable() and " " not in title \
        else f"list:{hashlib.sha256(title.encode('utf-8')).hexdigest()[:16]}"
    return keep_list(session, address, data, name=title, key=read_key(key), grade=Grade.SUPPLIED,
                     source="supplied by hand")


def add_federation(session: Session, address: str, *, name: str = "", key: str = "") -> KeptList:
    """Put a federation in force, by the address of its anchor's configuration. Asks nobody.

    Raises:
        TrustError: STATEMENT_REFUSED for another address; as `read_key`.
        VaultError: LIST_KNOWN; as `Vault.transaction`.
    """
    anchor = anchor_of(address)
    if any(one.address == address for one in lists_kept(session)):
        raise VaultError(reason(ReasonCode.LIST_KNOWN, name=address))
    title = (name or anchor.removeprefix("https://")).strip()[:_MAX_NAME_CHARS]
    kept = KeptList(address, title, ListKind.FEDERATION, session.now(), signer=_key_text(read_key(key)))
    _put(session, kept)
    return kept


def keep_list(session: Session, address: str, data: bytes, *, name: str, key: PublicKey | None, grade: Grade,
              source: str) -> KeptList:
    """Check a version of a list against what is known of it, keep its bytes, and put it in force.

    A file by the learner's own hand may take the place of any unsealed version; what is sealed or fetched
    only goes forward. Raises as `add_list_file`.
    """
    before = next((one for one in lists_kept(session) if one.address == address), None)
    key = key or (_read_signer(before) if before else None)
    kind = kind_of(data)
    _check(session, data, kind, name, key, before, is_own_act=grade is Grade.SUPPLIED)
    digest = hashlib.sha256(data).hexdigest()
    how = Verified.OWN_SEAL if key else Verified.TLS if grade is Grade.FETCHED else Verified.BY_HAND
    document = EvidenceDocument(address, EvidenceKind.REGISTRY, data, digest, grade, source, session.now(),
                                verified=(how,))
    kept = KeptList(address, name, kind, before.added_at if before else session.now(), digest, _key_text(key),
                    before.governance if before else "")
    with session.vault.transaction():
        session.kept.add(document)
        _put(session, kept)
    return kept


def remove_list(session: Session, wanted: str) -> Changes:
    """Put a list out of force, by its name or address; the one that came with the program too.

    Raises:
        VaultError: LIST_UNKNOWN; as `Vault.transaction`.
    """
    shipped = [kept.name for _, kept in shipped_as_kept(session.services)]
    if wanted.startswith(SHIPPED_ADDRESS) or wanted in shipped:
        return use_shipped_lists(session, used=False)
    _lists(session).remove(_address(session, wanted), now=session.now())
    return _changed(session)


def use_shipped_lists(session: Session, *, used: bool) -> Changes:
    """Put what came with the program in force, or out of it. Raises as `Vault.transaction`."""
    session.vault.set_setting(_SHIPPED_SETTING, "" if used else _OFF)
    return _changed(session)


def move_list(session: Session, wanted: str, steps: int) -> Changes:
    """Move a list up (a negative number of steps) or down among the learner's own; the ends stop it.

    Raises:
        VaultError: LIST_UNKNOWN; as `Vault.transaction`.
    """
    address = _address(session, wanted)
    order = [one.address for one in lists_kept(session)]
    place = order.index(address)
    order.pop(place)
    order.insert(min(max(place + steps, 0), len(order)), address)
    return order_lists(session, order)


def order_lists(session: Session, wanted: Sequence[str]) -> Changes:
    """Put these lists first, by name or address; the others follow. Raises as `remove_list`."""
    addresses = [_address(session, one) for one in wanted]
    _lists(session).order(addresses, now=session.now())
    return _changed(session)


def undo_lists(session: Session) -> Changes:
    """Take back the last act on the lists.

    Raises:
        VaultError: NOTHING_TO_UNDO; as `Vault.transaction`.
    """
    _lists(session).undo(now=session.now())
    return _changed(session)


# --- reading ---


def kind_of(data: bytes) -> ListKind:
    """Tell what a list is made of, by its content."""
    if is_index(data):
        return ListKind.DOMAINS
    if data.strip()[:1] == b"[":
        try:
            is_many = is_list_of_lists(parse_json(data, max_bytes=MAX_EVIDENCE_BYTES, max_nodes=400_000))
        except CodecError:
            is_many = False
        return ListKind.LIST_OF_LISTS if is_many else ListKind.FILE
    return ListKind.FILE


def read_key(text: str) -> PublicKey | None:
    """Read a key as people send it: a JWK, a multibase key or a `did:key`; None for an empty text.

    Raises:
        TrustError: LIST_SEAL, with what is wrong with the key.
    """
    text = text.strip()
    if not text:
        return None
    try:
        if text.startswith("{"):
            return public_key_from_jwk(parse_object(text.encode("utf-8")))
        if text.startswith("did:"):
            return next(one.key for one in resolve_pure(text).methods if one.key)
        return public_key_from_multibase(text)
    except WalletError as error:
        raise TrustError(reason(ReasonCode.LIST_SEAL, because=error.reason.code.value)) from error


def _check(session: Session, data: bytes, kind: ListKind, name: str, key: PublicKey | None,
           before: KeptList | None, *, is_own_act: bool) -> None:
    if kind is ListKind.DOMAINS:
        read_index(data)
        return
    if kind is ListKind.LIST_OF_LISTS:
        if key is not None:
            raise TrustError(reason(ReasonCode.LIST_UNSEALED, name=name))
        known_lists(data, name=name)
        return
    if before and before.kind is not kind and not is_own_act:
        raise unreadable(name, "kind")
    offered = issuer_list(data, name=name, key=key)
    present = loaded_list(before, session.evidence) if before else ()
    for one in present:
        if isinstance(one, ListFile) and (one.signer or not is_own_act):
            demand_successor(one, offered)


def loaded_list(kept: KeptList, store: EvidenceStore) -> tuple[IssuerList, ...]:
    """Return the list, or one that says why it cannot be looked into."""
    try:
        key = _read_signer(kept)
        if kept.kind is ListKind.FEDERATION:
            return (Federation(kept.name, anchor_of(kept.address), store.documents, key),)
        return _from_document(kept, key, store)
    except TrustError as error:
        return (MissingList(kept.name, error.reason),)


def _from_document(kept: KeptList, key: PublicKey | None, store: EvidenceStore) -> tuple[IssuerList, ...]:
    document = next((one for one in store.documents(kept.address)
                     if one.sha256 == kept.sha256 and one.grade is not Grade.SENDER), None)
    if document is None:
        raise TrustError(reason(ReasonCode.LIST_NOT_LOADED, name=kept.name, address=kept.address))
    if kept.kind is ListKind.LIST_OF_LISTS:
        return lists_of(known_lists(document.data, name=kept.name), store.documents)
    if kept.kind is ListKind.DOMAINS:
        return (read_index(document.data, used=used(document)),)
    if kept.kind is not ListKind.FILE:
        raise TrustError(reason(ReasonCode.LIST_KIND, name=kept.name))
    return (issuer_list(document.data, name=kept.name, key=key, used=used(document)),)


def shipped_as_kept(services: Services) -> tuple[tuple[IssuerList, KeptList], ...]:
    """Return what came with the program, each as if it were kept here."""
    return tuple((one.list, KeptList(one.address, one.name, ListKind.SHIPPED, services.clock(), one.sha256,
                                     governance=one.governance)) for one in read_shipped(services))


def _read_signer(kept: KeptList) -> PublicKey | None:
    return read_key(kept.signer)


def _key_text(key: PublicKey | None) -> str:
    return json.dumps(key.jwk(), separators=(",", ":"), sort_keys=True) if key else ""


def _address(session: Session, wanted: str) -> str:
    found = [one.address for one in lists_kept(session) if wanted in (one.name, one.address)]
    if len(found) != 1:
        raise VaultError(reason(ReasonCode.LIST_UNKNOWN, name=wanted))
    return found[0]


def _put(session: Session, kept: KeptList) -> None:
    _lists(session).put(kept, now=session.now())
    _changed(session)


def _changed(session: Session) -> Changes:
    session.lists = lists_in_force(session)
    return Changes(evidence=True)


def is_shipped_in_force(session: Session) -> bool:
    """Tell whether what came with the program is asked."""
    return session.vault.setting(_SHIPPED_SETTING) != _OFF


def lists_kept(session: Session) -> tuple[KeptList, ...]:
    """Return the learner's own lists, the most authoritative first."""
    return _lists(session).all()


def _lists(session: Session) -> VaultLists:
    from wallet.vault.lists import VaultLists  # noqa: PLC0415 - who only checks a file loads no vault

    return VaultLists(session.vault)
