from __future__ import annotations

from tests.vault.vaults import NOW, document, numbered, record
from wallet.vault.rows import StoreRows, columns, evidence_key, named_evidence
from wallet.vault.store import Vault


def test_rows_name_credentials_and_documents_by_content(vault: Vault) -> None:
    vault.add(record(evidence=(document(),)), now=NOW)
    vault.add(numbered(2), now=NOW)
    source = StoreRows(vault.database)
    first, _ = source.rows("credential")
    (pinned,) = source.rows("pinned")
    (evidence,) = source.rows("evidence")
    assert pinned["credential"] == first["sha256"]
    assert named_evidence(pinned["evidence"]) == evidence_key(evidence)
    assert source.content(evidence["sha256"]) == document().data


def test_a_table_that_is_not_there_has_no_columns(vault: Vault) -> None:
    assert columns(vault.database, "colour") == ()
    assert columns(vault.database, "tag") == ("credential", "tag")
