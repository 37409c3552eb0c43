"""The peers' programs, installed once for every file here that asks them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def bench(peers: Path, vectors: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the peers' programs, ready to run."""
    if shutil.which("node") is None:
        pytest.skip("no Node.js")
    ready = os.environ.get("WALLET_PEERS")
    if ready:
        return Path(ready)
    place = tmp_path_factory.mktemp("bench")
    copy = place / "peers"
    shutil.copytree(peers, copy, copy_function=shutil.copyfile)
    (place / "vectors").symlink_to(vectors, target_is_directory=True)
    if not (copy / "node_modules").is_dir() and not installed(copy):
        pytest.skip("npm ci did not install the peers' libraries; name a ready copy by WALLET_PEERS")
    return copy


def installed(copy: Path) -> bool:
    if shutil.which("npm") is None:
        return False
    try:
        done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=copy, capture_output=True,
                              timeout=300, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
