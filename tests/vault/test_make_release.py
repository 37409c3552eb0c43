"""The script that makes the fixture of a release makes one that the test of all releases accepts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.vault.make_release import make_release
from tests.vault.vaults import NOW
from wallet.vault.container import Passphrase, RecoveryCode, open_vault
from wallet.vault.integrity import check_integrity


def test_the_fixture_opens_with_both_secrets_and_is_never_made_anew(tmp_path: Path) -> None:
    made = make_release(tmp_path)
    assert {path.name for path in made.iterdir()} == {"vault.head", "vault.db", "facts.json"}
    facts = json.loads((made / "facts.json").read_text("utf-8"))
    for secret in (Passphrase(facts["passphrase"]), RecoveryCode(facts["recovery_code"])):
        vault = open_vault(made, secret, now=NOW)
        assert [one.title for one in vault.list()] == facts["titles"]
        assert vault.original(vault.list()[0].id).data.decode() == facts["newest"]
        assert vault.holder_key().hex() == facts["holder_key"]
        check_integrity(vault)
        vault.close()
    with pytest.raises(FileExistsError):
        make_release(tmp_path)
