"""Makes the fixture vault of the present format version: run once, when that version is released.

    python -m tests.vault.make_release

Writes `released/<major>.<minor>` with a vault that has something of every kind in it, and `facts.json` with
what a test must find. Refuses to write where a fixture already is: what was released is never made anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.vault.merging_vaults import fill
from tests.vault.vaults import NOW, document, record
from wallet.vault.cipher import FLOOR
from wallet.vault.container import create_vault
from wallet.vault.header import FORMAT_VERSION

RELEASED = Path(__file__).parent / "released"


def make_release(folder: Path) -> Path:
    """Make the fixture below that folder, and return where it is.

    Raises:
        FileExistsError: There is one already.
    """
    version = ".".join(map(str, FORMAT_VERSION))
    target = folder / version
    if target.exists():
        raise FileExistsError(target.name)
    passphrase = f"a passphrase of version {version}"
    created = create_vault(target, passphrase, now=NOW, kdf=FLOOR)
    vault = created.vault
    vault.add(record(b"first", title="The first one", credential_id="urn:release:1"), now=NOW)
    fill(vault, range(1))
    vault.add(record("newest ä bytes".encode(), title="The newest one", credential_id="urn:release:2",
                     evidence=(document(),)), now=NOW)
    facts = {
        "passphrase": passphrase,
        "recovery_code": created.recovery_code,
        "titles": [one.title for one in vault.list()],
        "newest": "newest ä bytes",
        "holder_key": vault.holder_key().hex(),
    }
    vault.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    vault.close()
    for path in target.iterdir():
        if path.name not in ("vault.head", "vault.db"):
            path.unlink()
    text = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    (target / "facts.json").write_text(text, encoding="utf-8")
    return target


if __name__ == "__main__":
    try:
        print(f"made {make_release(RELEASED).name}")  # noqa: T201 - a script's answer
    except FileExistsError as error:
        print(f"{error} is there already and stays as it is", file=sys.stderr)  # noqa: T201 - as above
        sys.exit(1)
