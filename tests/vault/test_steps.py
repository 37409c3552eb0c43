"""How far a long piece of work is; stopping it leaves nothing behind and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.vaults import NOW, PASSPHRASE, Template, numbered
from wallet.model.errors import CancelledError
from wallet.vault import database
from wallet.vault.backup import check_backup, restore_backup, write_backup
from wallet.vault.cipher import FLOOR
from wallet.vault.container import open_vault
from wallet.vault.integrity import check_integrity
from wallet.vault.recovery import new_entropy, recovery_text
from wallet.vault.rotation import rotate_data_key
from wallet.vault.steps import WHOLE, Step, part, unwatched
from wallet.vault.store import Vault
from wallet.vault.unlocking import Passphrase

NEW = "four other lanterns drifting"


class Watch:
    """Notes what it is told, and stops the work from a point on."""

    def __init__(self, stop_at: int = WHOLE + 1) -> None:
        self.told: list[int] = []
        self._stop_at = stop_at

    def step(self, done: int, total: int) -> None:
        self.told.append(done * WHOLE // total)
        if self.told[-1] >= self._stop_at:
            raise CancelledError


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell of a small vault as of a large one."""
    monkeypatch.setattr(database, "_PAGES_AT_ONCE", 4)
    monkeypatch.setattr(database, "_OPERATIONS_AT_ONCE", 100)


def grown(vault: Vault, count: int = 400) -> None:
    for number in range(count):
        vault.add(numbered(number), now=NOW)


def test_a_part_tells_its_share_of_the_whole() -> None:
    told: list[tuple[int, int]] = []
    step: Step = part(lambda done, total: told.append((done, total)), 20, 70)
    for done, total in ((0, 10), (5, 10), (10, 10), (12, 10), (0, 0)):
        step(done, total)
    assert told == [(20, 100), (45, 100), (70, 100), (70, 100), (20, 100)]
    unwatched(1, 2)


def test_a_backup_tells_and_stopping_it_leaves_no_file(vault: Vault, tmp_path: Path) -> None:
    grown(vault, 50)
    folder = tmp_path / "backups"
    folder.mkdir()
    seen = Watch()
    write_backup(vault, folder / "whole.vcwallet", now=NOW, step=seen.step)
    assert seen.told[-1] == WHOLE
    assert seen.told == sorted(seen.told)
    for stop_at in sorted(set(seen.told)):
        with pytest.raises(CancelledError):
            write_backup(vault, folder / "stopped.vcwallet", now=NOW, step=Watch(stop_at).step)
        assert [path.name for path in folder.iterdir()] == ["whole.vcwallet"]
    assert not list(vault.folder.glob("*copy*.db"))


def test_testing_and_restoring_tell_and_can_be_stopped(vault: Vault, tmp_path: Path) -> None:
    grown(vault, 50)
    file = tmp_path / "whole.vcwallet"
    write_backup(vault, file, now=NOW)
    seen = Watch()
    check_backup(file, Passphrase(PASSPHRASE), seen.step)
    assert seen.told == sorted(seen.told)
    assert seen.told
    for stop_at in (1, 60):
        with pytest.raises(CancelledError):
            restore_backup(file, tmp_path / "new", Passphrase(PASSPHRASE), now=NOW, step=Watch(stop_at).step)
        assert not list((tmp_path / "new").iterdir())
    restore_backup(file, tmp_path / "new", Passphrase(PASSPHRASE), now=NOW, step=Watch().step).close()


def test_looking_everything_over_can_be_stopped_and_changes_nothing(vault: Vault) -> None:
    grown(vault)
    before = vault.generation
    with pytest.raises(CancelledError):
        check_integrity(vault, Watch(0).step)
    assert vault.generation == before
    check_integrity(vault, Watch().step)  # the benign twin: told, and not stopped


@pytest.mark.parametrize("stop_at", [0, 50, 85, WHOLE])
def test_a_change_of_key_that_is_stopped_leaves_the_old_key_and_no_copy(template: Template, tmp_path: Path,
                                                                        stop_at: int) -> None:
    folder = template.copy(tmp_path / "vault")
    with pytest.raises(CancelledError):
        rotate_data_key(folder, Passphrase(PASSPHRASE), passphrase=NEW,
                        recovery_code=recovery_text(new_entropy()), now=NOW, kdf=FLOOR,
                        step=Watch(stop_at).step)
    names = {path.name for path in folder.iterdir()}
    open_vault(folder, Passphrase(PASSPHRASE), now=NOW).close()
    assert not [name for name in names if "copy" in name and name.endswith(".db")]
    seen = Watch()
    rotate_data_key(folder, Passphrase(PASSPHRASE), passphrase=NEW,
                    recovery_code=recovery_text(new_entropy()), now=NOW, kdf=FLOOR, step=seen.step)
    assert seen.told == sorted(seen.told)
    assert seen.told[-1] == WHOLE
    open_vault(folder, Passphrase(NEW), now=NOW).close()
