"""Files that hold many credentials and are no pack: archives of badges, and exports of wallets.

Taken apart in memory into what an import reads one by one; what is no credential is named with its reason, so
that nothing is dropped in silence. Badgr, Canvas and Credly hand out folders and archives of baked badges:
those need no more than this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wallet.formats.archive import Member, is_zip, read_archive, read_member
from wallet.formats.first_bytes import may_be_archive
from wallet.formats.learncard_bundle import MANIFEST, is_learncard_manifest, read_learncard_bundle
from wallet.formats.linkedin_export import is_linkedin_export
from wallet.formats.other_wallet import OtherWallet
from wallet.formats.universal_wallet import looks_like_universal_wallet, read_universal_wallet
from wallet.model.errors import FormatError, WalletError
from wallet.model.reasons import ReasonCode, reason

from .enclosed import filled, is_pack, no_folder, problem_of
from .inputs import Frames, Input, expand

_BACKUP = b"learner-wallet backup "
_EXPORT = b"learner-wallet export "
_OWN_FORMAT = b'"learner-wallet-export"'


def contained(inputs: Iterable[Input]) -> Iterator[Input]:
    """Yield each input, or what it contains where it contains several."""
    for one in inputs:
        if one.problem or not one.data or is_linkedin_export(one.data):  # an export is read as a whole
            yield one
            continue
        try:
            yield from _taken_apart(one)
        except WalletError as error:
            yield Input(one.name, b"", one.path, error.reason)


def other_wallet(data: bytes, name: str, passphrase: str | None,
                 step: Callable[[int, int], None] = lambda _done, _total: None) -> OtherWallet | None:
    """Read a file of another wallet; None if it is of no wallet that is known here.

    Raises:
        FormatError: EXPORT_LOCKED, EXPORT_WRONG_PASSPHRASE, EXPORT_DAMAGED, FORMAT_UNSUPPORTED, LIMIT_….
    """
    if is_zip(data):
        if not is_learncard_manifest(read_member(data, MANIFEST)):
            return None
        members = {one.name: one.data for one in read_archive(data) if not one.problem}
        return read_learncard_bundle(members, name, passphrase, step)
    if data.lstrip()[:1] in (b"{", b"[") and looks_like_universal_wallet(data):
        return read_universal_wallet(data, name, passphrase)
    return None


def inputs_of(wallet: OtherWallet) -> Iterator[Input]:
    """Yield another wallet's credentials, and what of it is not taken, each with its reason."""
    for member in wallet.credentials:
        yield Input(member.name, member.data, None, member.problem)
    for what in wallet.others:
        yield Input(what, b"", None, reason(ReasonCode.LEFT_NO_CREDENTIAL, what=what))


def left_keys(wallet: OtherWallet) -> Iterator[Input]:
    """Yield the keys of another wallet as what was not taken."""
    for key in wallet.keys:
        code = ReasonCode.LEFT_KEY if key.seed else ReasonCode.LEFT_KEY_UNKNOWN
        yield Input(key.name, b"", None, reason(code, name=key.name))


def is_backup(data: bytes) -> bool:
    """Tell whether bytes are a backup of ours, or the beginning of one."""
    return data.startswith(_BACKUP)


def _taken_apart(one: Input) -> Iterator[Input]:
    if one.data.startswith((_BACKUP, _EXPORT)):
        yield Input(one.name, b"", one.path, reason(ReasonCode.EXPORT_LOCKED, name=one.name))
        return
    wallet = other_wallet(one.data, one.name, None)
    if wallet is not None:
        yield from inputs_of(wallet)
        yield from left_keys(wallet)
    elif not may_be_archive(one.data) or is_pack(one.data):
        yield one
    elif (problem := no_folder(one.data)) is not None:
        yield Input(one.name, b"", one.path, problem)
    else:
        yield from filled(one, _from_archive(one))


def _from_archive(one: Input) -> Iterator[Input]:
    own = is_zip(one.data) and _OWN_FORMAT in read_member(one.data, MANIFEST)
    frames = Frames()
    try:
        for member in read_archive(one.data):
            problem = problem_of(member)
            if problem is not None:
                yield Input(member.name, b"", one.path, problem)
            elif not own or not _beside_own(member.name):
                yield from _from_member(member, frames)
    except FormatError as error:  # what came before was good, and stays
        yield Input(one.name, b"", one.path, error.reason)
    yield from frames.joined()
    if own:
        yield Input(one.name, b"", one.path, reason(ReasonCode.EXPORT_MORE_INSIDE, name=one.name))


def _from_member(member: Member, frames: Frames) -> Iterator[Input]:
    """Yield what a member holds: it may be the file of a whole wallet."""
    try:
        wallet = other_wallet(member.data, member.name, None)
    except FormatError as error:
        yield Input(member.name, b"", None, error.reason)
        return
    if wallet is None:
        yield from expand(member.name, member.data, None, frames)
    else:
        yield from inputs_of(wallet)
        yield from left_keys(wallet)


def _beside_own(name: str) -> bool:
    """Tell whether a member is what an export of ours puts beside the credentials."""
    return name.startswith(("evidence/", "data/", "keys/")) or name in ("README.txt", MANIFEST)
