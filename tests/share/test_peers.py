"""What is made here, in the eyes of the libraries that other wallets are built on.

Needs Node.js and an installed copy of the peers (`npm ci` in a copy of that folder, its path in the
environment variable WALLET_PEERS); skips visibly otherwise. Enveloped credentials are left out: the peer
has no notion of them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import ASSETS, compact_json, pinned_contexts
from wallet.formats.parse import parse
from wallet.keys.keypair import HolderKey
from wallet.model.credential import Credential
from wallet.model.sharing import ShareTerms
from wallet.share.presentation import present

pytestmark = pytest.mark.peers

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TERMS = ShareTerms(domain="https://jobs.harbor.example", challenge="n-0S6_WzA2Mj",
                   expires=datetime(2027, 1, 31, tzinfo=UTC))


@pytest.fixture(scope="module")
def program(peers: Path) -> Path:
    """The peers' verifier, where it is ready to run."""
    if shutil.which("node") is None:
        pytest.skip("no Node.js")
    folder = Path(os.environ.get("WALLET_PEERS", peers))
    if not (folder / "node_modules").is_dir():
        pytest.skip("the peers are not installed; set WALLET_PEERS to a copy where `npm ci` has run")
    return folder / "verify.mjs"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map from the addresses of our contexts to copies of them, so that nothing else is needed."""
    folder = tmp_path_factory.mktemp("documents")
    manifest = json.loads((ASSETS / "contexts" / "manifest.json").read_bytes())
    found: dict[str, str] = {}
    for entry in manifest["contexts"]:
        shutil.copy(ASSETS / "contexts" / entry["file"], folder)
        for address in entry["addresses"]:
            found.setdefault(address, entry["file"])
    (folder / "map.json").write_text(json.dumps(found))
    return folder / "map.json"


def ask(program: Path, documents: Path, folder: Path, data: bytes) -> dict[str, Any]:
    file = folder / "presentation.json"
    file.write_bytes(data)
    done = subprocess.run(
        ["node", str(program), "--documents", str(documents), "--at", AT.isoformat(), str(file)],
        capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[0])
    return answer


def shown(*data: bytes) -> bytes:
    credentials = [parsed for one in data if isinstance(parsed := parse(one), Credential)]
    assert len(credentials) == len(data)
    key = HolderKey.from_seed(bytes(range(32)))
    return present(credentials, key, TERMS, at=AT, contexts=pinned_contexts(),
                   presentation_id="urn:uuid:4f3c2b1a-0000-4000-8000-000000000001")


@pytest.fixture(scope="module")
def presentation() -> bytes:
    """Two data models and two suites side by side."""
    issuer = SimulatedIssuer("did:key")
    return shown(issuer.badge(), issuer.badge(version="1.1", suite="Ed25519Signature2020", number=2),
                 issuer.credential())


def test_peer_verifies_a_presentation_made_here(
        program: Path, documents: Path, tmp_path: Path, presentation: bytes) -> None:
    answer = ask(program, documents, tmp_path, presentation)
    assert answer["verified"], answer
    assert answer["suite"] == "eddsa-rdfc-2022"


@pytest.mark.parametrize("member", ["holder", "challenge", "domain", "claim"])
def test_peer_refuses_it_with_one_changed_value(
        program: Path, documents: Path, tmp_path: Path, presentation: bytes, member: str) -> None:
    document = json.loads(presentation)
    if member == "holder":
        document["holder"] = HolderKey.from_seed(bytes(32)).did
    elif member == "claim":
        document["verifiableCredential"][0]["name"] = "Something else"
    else:
        document["proof"][member] += "x"
    answer = ask(program, documents, tmp_path, compact_json(document))
    assert not answer["verified"]
