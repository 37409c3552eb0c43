"""Vaults and records for the tests of this room: made once, copied, opened through the recovery code.

Deriving from a passphrase costs a tenth of a second by design; a recovery code costs none, so most tests
open their copy with that.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wallet.model.credential import Carrier, CredentialFormat, EvidenceClass, Original
from wallet.model.errors import VaultError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, EvidenceUsed, Grade, Wanted
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Report
from wallet.model.stored import NewRecord
from wallet.vault.cipher import FLOOR
from wallet.vault.container import RecoveryCode, Secret, create_vault, open_vault
from wallet.vault.database import PLAIN_SQLITE
from wallet.vault.store import Vault

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PASSPHRASE = "ein grünes Fahrrad im Regen"


@dataclass(frozen=True, slots=True)
class Template:
    """One vault with nothing in it, to be copied."""

    folder: Path
    recovery_code: str

    @property
    def secret(self) -> RecoveryCode:
        return RecoveryCode(self.recovery_code)

    def copy(self, target: Path) -> Path:
        shutil.copytree(self.folder, target)
        return target

    def open(self, target: Path) -> Vault:
        return open_vault(self.copy(target), self.secret, now=NOW)


def make_template(folder: Path) -> Template:
    created = create_vault(folder, PASSPHRASE, now=NOW, kdf=FLOOR)
    created.vault.close()
    return Template(folder, created.recovery_code)


def demand_nothing_plain(folder: Path) -> None:
    """No file below the folder may be a database that is not encrypted."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                assert file.read(16) != PLAIN_SQLITE, path.name


def refused_opening(folder: Path, secret: Secret) -> tuple[ReasonCode, str]:
    """Opening is refused, and no file was touched; return the reason and what it names."""
    before = {path.name: path.read_bytes() for path in folder.glob("vault.*") if path.is_file()}
    with pytest.raises(VaultError) as caught:
        open_vault(folder, secret, now=NOW)
    after = {path.name: path.read_bytes() for path in folder.glob("vault.*") if path.is_file()}
    assert {name: after.get(name) for name in before if "shm" not in name} == {
        name: data for name, data in before.items() if "shm" not in name}
    return caught.value.reason.code, caught.value.reason["what"]


def report(*, proven: bool = True, at: datetime = NOW) -> Report:
    """A report with every kind of word in it."""
    seal = Outcome.PASSED if proven else Outcome.FAILED
    used = EvidenceUsed("did:web:uni.example", EvidenceKind.DID_DOCUMENT, Grade.SUPPLIED, "ab" * 32,
                        fetched_at=at - timedelta(days=3))
    return Report(
        EvidenceClass.SEALED,
        (Check(CheckId.STRUCTURE, Outcome.PASSED, reason(ReasonCode.STRUCTURE_OK)),
         Check(CheckId.PROOF, seal, reason(ReasonCode.PROOF_OK if proven else ReasonCode.SIGNATURE_WRONG)),
         Check(CheckId.KEY_AUTHORITY, Outcome.PASSED, reason(ReasonCode.KEY_AUTHORISED, issuer="Universität"),
               (used,), (reason(ReasonCode.QUIRK_BOM),)),
         Check(CheckId.VALIDITY, Outcome.PASSED, reason(ReasonCode.VALID_NO_END)),
         Check(CheckId.STATUS, Outcome.UNDETERMINED, reason(ReasonCode.STATUS_NOT_SEEN, address="https://x"))),
        at=at, issuer_id="did:web:uni.example", issuer_name="Universität",
        wanted=(Wanted("https://x", EvidenceKind.STATUS_LIST, "x"),))


def document(address: str = "did:web:uni.example", data: bytes = b'{"id": "did:web:uni.example"}', *,
             fetched_at: datetime | None = NOW, grade: Grade = Grade.SUPPLIED) -> EvidenceDocument:
    return EvidenceDocument(address, EvidenceKind.DID_DOCUMENT, data, hashlib.sha256(data).hexdigest(), grade,
                            "supplied by hand", fetched_at)


def record(payload: bytes = b'{"a": 1}', *, title: str = "Data analysis", credential_id: str = "urn:x:1",
           issuer_id: str = "did:web:uni.example", valid_from: datetime | None = NOW, text: str = "",
           picture: bytes = b"", proven: bool = True,
           evidence: tuple[EvidenceDocument, ...] = ()) -> NewRecord:
    carrier, media_type = (Carrier.PNG, "image/png") if picture else (Carrier.JSON, "application/json")
    return NewRecord(
        Original(picture or payload, media_type, payload, carrier), hashlib.sha256(payload).hexdigest(),
        CredentialFormat.OPEN_BADGE_3, EvidenceClass.SEALED, title, issuer_id, "Universität Süd",
        credential_id, ("Python", "Statistik"), text, valid_from, None, report(proven=proven), evidence)


def numbered(number: int) -> NewRecord:
    """Distinct credentials without versions of each other."""
    made = record(b'{"number": %d}' % number, title=f"Badge {number}")
    return replace(made, credential_id=f"urn:number:{number}")
