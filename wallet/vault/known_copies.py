"""What this computer remembers of the vaults it has opened: how far each had come.

A vault's own pages cannot tell that all of it is a copy from last month. A number outside can: the highest
generation ever seen, by a hash of the vault's id, in a file of the configuration folder. It is a memory
for a warning and nothing depends on it: a file that is gone or makes no sense is an empty memory.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.limits import KIB

from .places import make_private_folders, read_bounded, replace_file

_MAX_BYTES: Final = 256 * KIB
_MAX_KNOWN: Final = 1_000


def known_generation(memory: Path, vault_id: str) -> int:
    """Return the highest generation of this vault that was noted here; 0 if none was."""
    return _read(memory).get(_name(vault_id), 0)


def note_generation(memory: Path, vault_id: str, generation: int, *, anew: bool = False) -> None:
    """Note how far the vault has come; a lower number only where the learner said that she wants it.

    A folder that cannot be written costs the memory, not the wish that is under way.
    """
    known = _read(memory)
    name = _name(vault_id)
    if known.get(name) == generation or (known.get(name, 0) > generation and not anew):
        return
    known.pop(name, None)
    known[name] = generation  # the one opened last stands last, and is forgotten last
    kept = dict(list(known.items())[-_MAX_KNOWN:])
    try:
        make_private_folders(memory.parent)
        replace_file(memory, json.dumps({"generations": kept}, indent=1).encode("ascii"))
    except (OSError, VaultError):
        return


def _read(memory: Path) -> dict[str, int]:
    try:
        stored = json.loads(read_bounded(memory, _MAX_BYTES))
    except (VaultError, ValueError, RecursionError):
        return {}
    numbers = stored.get("generations") if isinstance(stored, dict) else None
    if not isinstance(numbers, dict):
        return {}
    return {name: number for name, number in numbers.items()
            if isinstance(number, int) and not isinstance(number, bool) and number >= 0}


def _name(vault_id: str) -> str:
    return hashlib.sha256(f"learner-wallet known copy {vault_id}".encode("ascii")).hexdigest()[:32]
