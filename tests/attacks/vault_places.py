"""D11: where a vault's files lie and whose they are, W07. Refused, or opened for reading alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case, refused
from tests.attacks.learner import everything
from tests.attacks.vaults import copy, demand_read_only, opening
from tests.conftest import REPOSITORY
from wallet.model.reasons import ReasonCode as R

H = Severity.HIGH
_NOBODY, _ANOTHER = 65534, 65533
#: What is tried, and what may come of it: the vault is opened for reading alone, or not at all.
_RIGHTS = {"folder and files cannot be written": "read only", "store cannot be written": "read only",
           # Only the super-user can make them another's; else they are files that may not be written.
           "files of another person, which may be read": "refused" if os.geteuid() == 0 else "read only",
           "files of another person": "refused"}
#: Opens, and tries to write, as a person who is not the super-user.
_OPENER = """
import os, sys
from pathlib import Path
from tests.attacks.learner import AT
from tests.vault.vaults import record
from wallet.model.errors import VaultError
from wallet.vault.container import RecoveryCode, open_vault
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    vault = open_vault(Path(sys.argv[1]), RecoveryCode(sys.argv[2]), now=AT)
except VaultError as error:
    print("refused", error.reason.code.value)
    sys.exit()
print("read only" if vault.read_only else "writable", len(vault.list()))
try:
    vault.add(record(b"other"), now=AT)
except VaultError as error:
    print(error.reason.code.value)
vault.close()
"""


_UNSAFE = refused(R.VAULT_UNSAFE_PLACE)


@case("W07", H, "links, folders and second names in place of the vault's files",
      attacks={"store is a link": _UNSAFE, "header is a link": _UNSAFE, "folder is a link": _UNSAFE,
               "store is a folder": _UNSAFE, "header is a pipe": _UNSAFE,
               "store has a second name, and is written": refused(R.VAULT_READ_ONLY),
               **dict.fromkeys(_RIGHTS, FINE)},
      twins={TWIN: FINE, "own files": FINE})
def _places(variant: str) -> Input:
    if variant in _RIGHTS or variant == "own files":
        return _as_somebody(variant)
    folder, code = copy()
    name = "vault.head" if "header" in variant else "vault.db"
    path = folder / name
    if variant == "folder is a link":
        link = folder.parent / "link"
        link.symlink_to(folder, target_is_directory=True)
        return opening(link, code)
    if variant.startswith("store has"):
        os.link(path, folder.parent / "second")
        return opening(folder, code, demand_read_only)
    if variant != TWIN:
        path.rename(folder.parent / "elsewhere")
    if variant.endswith("is a link"):
        path.symlink_to(folder.parent / "elsewhere")
    elif variant.endswith("folder"):
        path.mkdir()
    elif variant.endswith("pipe"):
        os.mkfifo(path)
    return opening(folder, code)


def _as_somebody(variant: str) -> Input:
    """Open it as an ordinary person in a process of its own; what that came to is judged here."""
    folder, code = copy()
    before = {path.name for path in folder.iterdir()}
    _give(folder, variant)
    done = subprocess.run([sys.executable, "-c", _OPENER, str(folder), code.text], capture_output=True,
                          text=True, cwd=REPOSITORY, check=False)

    def run() -> None:
        lines = done.stdout.splitlines()
        assert lines, done.stderr
        if variant == "own files":
            assert lines == ["writable 3"], lines
            return
        if _RIGHTS[variant] == "refused":
            assert lines == [f"refused {R.VAULT_UNSAFE_PLACE.value}"], lines
        else:
            assert lines == ["read only 3", R.VAULT_READ_ONLY.value], lines
        assert {path.name for path in folder.iterdir()} == before  # nothing was left beside them

    return Act(run)


def _give(folder: Path, variant: str) -> None:
    """Set rights and, where we may, owners; what is somebody else's may not be written, or not read."""
    mine = "another" not in variant
    file_mode, folder_mode = {
        "folder and files cannot be written": (0o400, 0o500), "store cannot be written": (0o400, 0o700),
        "files of another person, which may be read": (0o444, 0o755),
        "files of another person": (0o000, 0o755)}.get(variant, (0o600, 0o700))
    for above in (folder.parent, everything()):
        above.chmod(0o711)
    for path in (*folder.iterdir(), folder):
        if os.geteuid() == 0:
            owner = _NOBODY if mine else _ANOTHER
            os.chown(path, owner, owner)
        path.chmod(folder_mode if path == folder else file_mode)
