"""D11: an older state put back, W03. A file shows by its number; a page does not: what is shown is new."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case
from tests.attacks.learner import kept, learner, session_of, vault_copy
from tests.attacks.scene import evidence_of, university
from tests.attacks.vaults import copy, crashed, opening
from tests.conftest import AT
from wallet.model.errors import VaultError
from wallet.model.evidence import EvidenceDocument
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import Verdict
from wallet.operations.library import check_again, detail
from wallet.trust.evidence_store import MemoryEvidence
from wallet.vault.cipher import FLOOR
from wallet.vault.container import RecoveryCode, open_vault
from wallet.vault.slots import change_passphrase
from wallet.vault.store import Vault

H = Severity.HIGH


def _demand_warned(vault: Vault) -> None:
    assert R.VAULT_OLDER_COPY in {one.code for one in vault.warnings}


@case("W03", H, "an older state put back: the whole store, its log, what was believed then",
      attacks={"the whole store": FINE, "an old log beside a newer store": FINE,
               "what was believed then": FINE, "one old page": FINE},
      twins={TWIN: FINE, "every page as it was left": FINE})
def _rolled_back(variant: str) -> Input:
    if "page" in variant:
        return Act(lambda: _pages(old=variant == "one old page"))
    if variant == "what was believed then":
        return Act(_judged_anew)
    folder, code = copy()
    if variant == "an old log beside a newer store":
        left, code = crashed()
        shutil.copy(left / "vault.db-wal", folder / "vault.db-wal")
        return opening(folder, code)
    if variant == "the whole store":
        old = (folder / "vault.db").read_bytes()
        vault = open_vault(folder, code, now=AT)
        vault.set_setting("a", "b")
        vault.close()
        change_passphrase(folder, code, "another one that is long enough", now=AT, kdf=FLOOR)
        (folder / "vault.db").write_bytes(old)
        return opening(folder, code, _demand_warned)
    return opening(folder, code, _demand_calm)


def _demand_calm(vault: Vault) -> None:
    assert not vault.warnings


def _judged_anew() -> None:
    issuer = university()
    data = issuer.badge(entries=(issuer.entry(3),))
    with learner(evidence_of(issuer)) as session:
        ident = kept(session, data)
        assert session.vault.get(ident).report.verdict is Verdict.VALID
        issuer.revoke(3)
        session.supplied = MemoryEvidence(evidence_of(issuer))
        assert session.vault.get(ident).report.verdict is Verdict.VALID  # the old page still says so
        assert detail(session, ident).report.verdict is Verdict.REVOKED


_PAGE = 4_096
_TRIED = 12


def _pages(*, old: bool) -> None:
    """Put back one page after the other as it was before a withdrawal was seen; or as it was left.

    The pages' seals cannot tell an old page (documented). So: it is refused as damaged, or it opens, holds
    the same credential, and what is shown was judged a moment ago. It never opens as something else.
    """
    issuer = university()
    data = issuer.badge(entries=(issuer.entry(3),))
    folder, secret = vault_copy()
    with session_of(folder, secret, evidence_of(issuer)) as session:
        ident = kept(session, data)
    store = folder / "vault.db"
    before = store.read_bytes()
    issuer.revoke(3)
    with session_of(folder, secret, evidence_of(issuer)) as session:
        check_again(session, (ident,))
        assert session.vault.get(ident).report.verdict is Verdict.REVOKED
    after = store.read_bytes()
    starts = [at for at in range(0, min(len(before), len(after)), _PAGE)
              if before[at:at + _PAGE] != after[at:at + _PAGE]]
    assert len(starts) > 2, starts
    opened = 0
    for at in starts[:_TRIED]:
        page = before[at:at + _PAGE] if old else after[at:at + _PAGE]
        store.write_bytes(after[:at] + page + after[at + _PAGE:])
        opened += _shown_as_withdrawn(folder, secret, evidence_of(issuer), ident, data)
        for left in ("vault.db-wal", "vault.db-shm"):
            (folder / left).unlink(missing_ok=True)
    assert opened == len(starts[:_TRIED]) or old, opened


def _shown_as_withdrawn(folder: Path, secret: RecoveryCode, evidence: tuple[EvidenceDocument, ...],
                        ident: str, data: bytes) -> bool:
    """Whether it opened; then it must hold the truth and show it."""
    try:
        with session_of(folder, secret, evidence) as session:
            assert detail(session, ident).report.verdict is Verdict.REVOKED
            assert session.vault.original(ident).data == data
    except VaultError as error:
        if error.reason.code not in (R.VAULT_DAMAGED, R.CREDENTIAL_NOT_FOUND):
            raise
        return False
    return True
