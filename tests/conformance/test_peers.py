"""The libraries other wallets are built on, on the same files: what they sign, and what they refuse.

Needs Node.js and the peers' folder with its modules: a copy with `npm ci`, or one named by `WALLET_PEERS`.
"""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import AT
from tests.simulators.signing import JsonObject, base64url, compact_json, pinned_contexts
from tests.simulators.suites import DATA_INTEGRITY, Signer, badge, sealed
from tests.verify.desk import answer, judged
from wallet.formats.parse import parse
from wallet.keys.keypair import HolderKey
from wallet.model.credential import Credential
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Verdict
from wallet.model.sharing import ShareTerms
from wallet.share.presentation import present

pytestmark = pytest.mark.peers

#: Name of the suite, and the curve of its keys where there is a choice.
EMBEDDED = ("eddsa-rdfc-2022", "Ed25519Signature2020", "eddsa-jcs-2022", "ecdsa-rdfc-2019 P-256",
            "ecdsa-rdfc-2019 P-384", "ecdsa-jcs-2019 P-256", "ecdsa-jcs-2019 P-384")
SUITES = (*EMBEDDED, "vc-jwt-eddsa", "vc-jwt-es256", "vc-jwt-rs256")
CLOCK = "2026-11-21T00:00:00Z"


def run(bench: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["node", *arguments], cwd=bench, capture_output=True, text=True, timeout=120,
                          check=False)


def peers_word(bench: Path, file: Path) -> JsonObject:
    """What the peers say of one file."""
    done = run(bench, "verify.mjs", "--at", CLOCK, str(file))
    word: JsonObject = json.loads(done.stdout.splitlines()[0])
    return word


@pytest.fixture(scope="module")
def issued(bench: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Freshly signed credentials of every suite in scope, in three sizes."""
    made: dict[str, list[Path]] = {}
    for suite in SUITES:
        name, _, curve = suite.partition(" ")
        target = tmp_path_factory.mktemp(name)
        options = ("--curve", curve) if curve else ()
        done = run(bench, "issue.mjs", "--suite", name, *options, "--out", str(target))
        assert done.returncode == 0, done.stderr
        made[suite] = [Path(line) for line in done.stdout.split()]
    return made


def changed(data: bytes) -> bytes:
    """The same credential with one changed value."""
    text = data.decode().strip()
    if text.startswith("{"):
        document: JsonObject = json.loads(text)
        document["name"] = f"{document['name']} with honours"
        return compact_json(document)
    head, payload, signature = text.split(".")
    claims: JsonObject = json.loads(decoded(payload))
    claims["name"] = f"{claims['name']} with honours"
    return f"{head}.{base64url(compact_json(claims))}.{signature}".encode()


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.mark.parametrize("suite", SUITES)
def test_what_peers_sign_is_verified_here_and_refused_when_changed(issued: dict[str, list[Path]],
                                                                   suite: str) -> None:
    assert len(issued[suite]) == 3
    for file in issued[suite]:
        report = judged(file.read_bytes(), at=AT)
        assert report.verdict is Verdict.VALID, (file.name, report.checks)
        broken = judged(changed(file.read_bytes()), at=AT)
        assert answer(broken, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG), file.name
        assert broken.verdict is Verdict.INVALID


@pytest.mark.parametrize("suite", SUITES)
def test_peers_and_we_agree_on_the_changed_file_too(bench: Path, issued: dict[str, list[Path]], suite: str,
                                                    tmp_path: Path) -> None:
    file = issued[suite][0]
    assert peers_word(bench, file)["verified"] is True
    broken = tmp_path / file.name
    broken.write_bytes(changed(file.read_bytes()))
    assert peers_word(bench, broken)["verified"] is False


def presentations(issued: dict[str, list[Path]]) -> Iterator[tuple[str, bytes]]:
    key = HolderKey.from_seed(bytes(range(32)))
    terms = ShareTerms(audience="Harbor Ltd", domain="harbor.example", challenge="n-7Q")
    for suite in EMBEDDED:
        credential = parse(issued[suite][0].read_bytes())
        assert isinstance(credential, Credential)
        yield suite, present([credential], key, terms, at=AT, contexts=pinned_contexts(),
                             presentation_id="urn:uuid:5f0c1a52-6f5c-4d8e-9a51-2f4f7f7b6a10")


def test_what_we_present_is_verified_by_peers_and_refused_when_changed(
        bench: Path, issued: dict[str, list[Path]], tmp_path: Path) -> None:
    for suite, data in presentations(issued):
        here = judged(data, at=AT, challenge="n-7Q", domain="harbor.example")
        assert here.verdict is Verdict.VALID
        sent = tmp_path / f"{suite}.json"
        sent.write_bytes(data)
        word = peers_word(bench, sent)
        assert word["verified"] is True, word
        document: dict[str, Any] = json.loads(data)
        for edit in ("challenge", "domain"):
            document["proof"][edit] = "changed"
            assert_refused(bench, compact_json(document), tmp_path / f"{suite}-{edit}.json")
        document = json.loads(data)
        document["verifiableCredential"][0]["name"] += " with honours"
        assert_refused(bench, compact_json(document), tmp_path / f"{suite}-name.json")


@pytest.mark.parametrize(("suite", "algorithm"), [
    (suite, algorithm) for suite in ("eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019")
    for algorithm in DATA_INTEGRITY[suite]])
def test_what_our_simulated_issuers_sign_is_verified_by_peers_too(bench: Path, suite: str, algorithm: str,
                                                                  tmp_path: Path) -> None:
    """Our reading of a suite and theirs agree in both directions, before and after a change."""
    signer = Signer(algorithm)
    own = {"@context": badge(signer, suite)["@context"]} if "jcs" in suite else {}
    data = compact_json(sealed(badge(signer, suite), signer, suite, **own))
    file = tmp_path / "ours.json"
    file.write_bytes(data)
    word = peers_word(bench, file)
    assert word["verified"] is True, word
    assert judged(data, at=AT).verdict is Verdict.VALID
    assert_refused(bench, changed(data), tmp_path / "changed.json")


def assert_refused(bench: Path, data: bytes, file: Path) -> None:
    """By them and by us."""
    file.write_bytes(data)
    assert peers_word(bench, file)["verified"] is False
    assert judged(data, at=AT).verdict is Verdict.INVALID
