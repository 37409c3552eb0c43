"""The wheel: built from the sources, installed somewhere else, run there without them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ASSETS, AT, REPOSITORY
from tests.simulators.issuer import SimulatedIssuer


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without isolation: the test environment has the build tool, and nothing is downloaded."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that has the wheel, and borrows what the wheel depends on."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(
        subprocess.run([str(python), "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    )
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--disable-pip-version-check",
            "--target",
            str(packages),
            str(wheel),
        ],
        check=True,
    )
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def test_wheel_carries_every_asset_inside_the_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        f"wallet/assets/{path.relative_to(ASSETS).as_posix()}" for path in ASSETS.rglob("*") if path.is_file()
    }
    assert shipped <= names
    assert {name.split("/")[0] for name in names} <= {"wallet", f"{wheel.name.split('-py3')[0]}.dist-info"}


def test_wheel_names_its_licence_and_its_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        entry = archive.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    assert "wallet = wallet.__main__:main" in entry
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_installed_program_knows_its_version(elsewhere: Path, tmp_path: Path) -> None:
    ask = "import wallet; print(wallet.__file__)"
    where = subprocess.run(
        [str(elsewhere), "-I", "-c", ask], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert str(REPOSITORY) not in where.stdout
    done = subprocess.run(
        [str(elsewhere), "-I", "-m", "wallet", "--version"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("wallet, version ")


def test_installed_program_checks_a_credential(elsewhere: Path, tmp_path: Path) -> None:
    badge = tmp_path / "badge.json"
    badge.write_bytes(SimulatedIssuer("did:key").badge())
    command = [str(elsewhere), "-I", "-m", "wallet", "verify", "--json", "--at", AT.isoformat(), str(badge)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"][0]["verdict"] == "valid"
