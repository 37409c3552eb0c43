"""Wallets to be damaged: made ready once, copied for each try, opened and compared afterwards."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from tests.conftest import ASSETS
from tests.vault.merging_vaults import fill, substance
from tests.vault.vaults import NOW, Template
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.errors import VaultError
from wallet.operations.session import Services, Session
from wallet.operations.wallets import unlock_wallet
from wallet.vault import unlocking
from wallet.vault.cipher import KEY_BYTES, KdfParameters
from wallet.vault.container import Secret, open_vault
from wallet.vault.integrity import check_integrity
from wallet.vault.store import Vault

Say: TypeAlias = Callable[[str], None]
DONE: Final = "done"
VAULT: Final = "vault"  # the folder's name in a live copy


@cache
def contexts() -> Contexts:
    return Contexts.pinned(ASSETS / "contexts")


@dataclass(slots=True)
class Scene:
    """Where an act happens.

    Attributes:
        source: A folder to be copied for each run; the wallet is in `vault` below it.
        beside: What the act reads and never changes.
        secret: What opens the wallet before.
        allowed: What it may hold afterwards: before, and after.
        expected: Of each credential that comes in, what must be there with it.
    """

    source: Path
    beside: Path
    secret: Secret
    allowed: list[object] = field(default_factory=list)
    expected: dict[str, object] = field(default_factory=dict)

    def session(self, live: Path, days: int = 0) -> Session:
        services = Services(lambda: NOW + timedelta(days=days), contexts(), ASSETS, live / VAULT,
                            live / "config" / "settings.json")
        return unlock_wallet(services, live / VAULT, self.secret)


@contextmanager
def cheap_guesses() -> Iterator[None]:
    """Let a guess at a passphrase cost nothing: what is tried thousands of times here is the disk."""
    names = vars(unlocking)
    real = names["passphrase_key"]

    def derived(passphrase: str, salt: bytes, parameters: KdfParameters) -> bytes:
        assert parameters.within_bounds
        return hashlib.blake2b(passphrase.encode(), key=salt, digest_size=KEY_BYTES).digest()

    names["passphrase_key"] = derived
    try:
        yield
    finally:
        names["passphrase_key"] = real


def filled(template: Template, work: Path) -> Scene:
    """A wallet with something of everything in it."""
    source, beside = work / "source", work / "beside"
    source.mkdir(parents=True)
    beside.mkdir()
    (source / "config").mkdir()
    vault = template.open(source / VAULT)
    fill(vault, range(3))
    held = state(vault)
    vault.close()
    return Scene(source, beside, template.secret, [held])


def state(vault: Vault) -> object:
    """What a wallet holds, without what only it means by it."""
    return json.dumps(substance(vault), default=repr, sort_keys=True)


def whole(folder: Path, secret: Secret, allowed: Collection[object]) -> list[str]:
    """Open the wallet and compare."""
    try:
        vault = open_vault(folder, secret, now=NOW + timedelta(days=60))
    except VaultError as error:
        return [f"does not open: {error.reason}"]
    try:
        check_integrity(vault)
        return [] if state(vault) in allowed else ["it holds neither what was before nor what is after"]
    except VaultError as error:
        return [f"not sound: {error.reason}"]
    finally:
        vault.close()


def all_or_nothing(scene: Scene, live: Path, said: Collection[str]) -> list[str]:
    """The state before or after, and after if that was said."""
    return whole(live / VAULT, scene.secret, scene.allowed[-1:] if DONE in said else scene.allowed)


def after(scene: Scene, work: Path, do: Callable[[Scene, Path, Say], None]) -> Scene:
    """Do it once undisturbed, to know what is there afterwards."""
    trial = work / "trial"
    shutil.copytree(scene.source, trial)
    do(scene, trial, lambda _: None)
    scene.allowed.append(held(scene, trial))
    return scene


def held(scene: Scene, live: Path) -> object:
    vault = open_vault(live / VAULT, scene.secret, now=NOW)
    try:
        return state(vault)
    finally:
        vault.close()


def changing(do: Callable[[Scene, Path, Say], None]) -> Callable[[Template, Path], Scene]:
    return lambda template, work: after(filled(template, work), work, do)


def credentials(vault: Vault) -> dict[str, object]:
    """Everything that comes in with each credential, by its hash."""
    return {one.sha256: (one.title, one.report, vault.original(one.id),
                         tuple(each.sha256 for each in vault.evidence(one.id)))
            for one in vault.list()}
