"""What kind of place a vault's folder is: this computer's disk, a network drive, a folder copied elsewhere.

Locks and shared memory cannot be relied on in the last two, so there a vault is opened by one program at a
time and without a log beside the store. A place that looks shared and is not costs only that.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from wallet.model.reasons import Reason, ReasonCode, reason

_MOUNTS: Final = Path("/proc/self/mounts")
_NETWORK_TYPES: Final = frozenset({
    "9p", "afs", "afpfs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs",
    "nfs", "nfs4", "ocfs2", "orangefs", "pvfs2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs", "webdav"})
#: Layers in a program of their own that lie over this computer's disk; every other one may lie anywhere.
_LOCAL_LAYERS: Final = frozenset({
    "fuse.bindfs", "fuse.cryfs", "fuse.encfs", "fuse.fuse-overlayfs", "fuse.gocryptfs", "fuse.lxcfs",
    "fuse.mergerfs", "fuse.ntfs-3g", "fuse.portal", "fuse.vmware-vmblock", "fuseblk"})
#: How services name the folder that they copy, small letters; also with something behind a space.
_SYNCED_NAMES: Final = frozenset({
    "box", "box sync", "dropbox", "google drive", "googledrive", "icloud drive", "iclouddrive",
    "mega", "megasync", "mobile documents", "my drive", "nextcloud", "onedrive", "owncloud", "pcloud drive",
    "pclouddrive", "proton drive", "seafile", "sync", "synologydrive", "tresorit", "yandex.disk"})
_FIRST_WORDS: Final = ("dropbox (", "dropbox-", "onedrive - ", "googledrive-", "nextcloud-", "onedrive-")
#: What such services leave in a folder that they copy.
_MARKS: Final = (".stfolder", ".dropbox.cache", ".owncloudsync.log", ".seafile-data")
_DRIVE_REMOTE: Final = 4  # GetDriveTypeW
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


def shared_place(folder: Path) -> Reason | None:
    """Return why a vault in this folder is opened by one program at a time; None on this computer's disk."""
    kind = windows_drive_kind(folder) or network_kind(folder, _mounts())
    if kind:
        return reason(ReasonCode.VAULT_ON_NETWORK, found=kind)
    name = synced_name(folder)
    return reason(ReasonCode.VAULT_IN_SYNCED_FOLDER, found=name) if name else None


def network_kind(folder: Path, mounts: str) -> str:
    """Return the kind of network file system the folder lies on, "" for none.

    Args:
        folder: With links resolved.
        mounts: The system's table of what is mounted where, "" where it has none.
    """
    best, found = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        where = _ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[1])
        # The last of several mounts at one place is the one that shows.
        if len(where) >= len(best) and folder.is_relative_to(where):
            best, found = where, fields[2]
    layered = found.startswith("fuse") and found not in _LOCAL_LAYERS
    return found if found in _NETWORK_TYPES or layered else ""


def synced_name(folder: Path) -> str:
    """Return the name of the folder, at or above this one, that a service copies to other computers."""
    for one in (folder, *folder.parents):
        name = one.name.casefold()
        if name in _SYNCED_NAMES or name.startswith(_FIRST_WORDS):
            return one.name
        if any((one / mark).exists() for mark in _MARKS):
            return one.name
    return ""


def _mounts() -> str:
    try:
        return _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:  # not Linux: the names of folders are all there is to go by
        return ""


def windows_drive_kind(folder: Path) -> str:
    """Return the kind of network drive on Windows, "" for none and on every other system."""
    if folder.drive.startswith("\\\\"):
        return "share"
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - asked on this system only

        if ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") == _DRIVE_REMOTE:
            return "drive"
    return ""
