from __future__ import annotations

from pathlib import Path

import pytest

from wallet.model.errors import OperationError
from wallet.operations.settings import Settings, Theme, load_settings, save_settings


def test_settings_come_back_as_saved(tmp_path: Path) -> None:
    path = tmp_path / "below" / "settings.json"
    wanted = Settings(theme=Theme.DARK, lock_minutes=17, verifier_address="https://check.example/v",
                      vault_folder="x")
    save_settings(path, wanted)
    assert load_settings(path) == wanted


@pytest.mark.parametrize("text", ["", "[]", "{", '{"theme": "pink", "lock_minutes": true}', "[" * 100_000,
                                  '{"lock_minutes": 0, "verifier_address": "http://plain.example"}',
                                  '{"lock_minutes": 61, "verifier_address": 5, "theme": []}'])
def test_nonsense_has_its_default(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    assert load_settings(path) == Settings()


@pytest.mark.parametrize(("minutes", "kept"), [(1, 1), (60, 60), (61, 5), (0, 5)])
def test_lock_time_is_bounded(tmp_path: Path, minutes: int, kept: int) -> None:
    path = tmp_path / "settings.json"
    path.write_text(f'{{"lock_minutes": {minutes}}}')
    assert load_settings(path).lock_minutes == kept


def test_a_verifier_that_is_no_https_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperationError):
        save_settings(tmp_path / "s.json", Settings(verifier_address="javascript:alert(1)"))
    assert not (tmp_path / "s.json").exists()


def test_when_to_lock_is_a_choice_of_yes_and_no(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert (Settings().lock_on_sleep, Settings().lock_on_screen_lock, Settings().lock_on_minimise) == (
        True, True, False)
    save_settings(path, Settings(lock_on_sleep=False, lock_on_minimise=True))
    loaded = load_settings(path)
    assert (loaded.lock_on_sleep, loaded.lock_on_minimise) == (False, True)
    path.write_text('{"lock_on_sleep": 0, "lock_on_minimise": "yes"}')
    assert load_settings(path) == Settings()
