"""The peers' selective suites, both ways: what they seal and derive is read here, and ours is read there.

Needs what `test_peers` needs.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.codec.samples import badge
from tests.conformance.test_peers import peers_word, run
from tests.conftest import AT
from tests.proofs.test_disclosure import ISSUERS, NAME
from tests.simulators.signing import JsonObject, compact_json, pinned_contexts
from tests.verify.desk import answer, judged
from wallet.keys.keypair import public_key_from_multibase
from wallet.model.errors import ProofError
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Verdict
from wallet.proofs.data_integrity import prepare
from wallet.proofs.disclosure import derive, verify_base_proof

pytestmark = pytest.mark.peers

SUITES = ("ecdsa-sd-2023", "bbs-2023")
# With an array index, which other libraries do not read, and with what the peers chose themselves.
POINTERS = ("/credentialSubject/achievement/alignment/0", "/credentialSubject/achievement/criteria", "/name")


@pytest.fixture(scope="module")
def issued(bench: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """A base proof and a derived one of each size."""
    made: dict[str, list[Path]] = {}
    for suite in SUITES:
        done = run(bench, "issue.mjs", "--suite", suite, "--out", str(tmp_path_factory.mktemp(suite)))
        assert done.returncode == 0, done.stderr
        made[suite] = [Path(line) for line in done.stdout.split()]
    return made


def read(path: Path) -> JsonObject:
    document: JsonObject = json.loads(path.read_text(encoding="utf-8"))
    return document


@pytest.mark.parametrize("suite", SUITES)
def test_what_peers_derive_is_verified_here_and_refused_when_changed(
    issued: dict[str, list[Path]], suite: str
) -> None:
    derived = [path for path in issued[suite] if ".derived." in path.name]
    assert len(derived) == 3
    for path in derived:
        report = judged(path.read_bytes(), at=AT)
        assert report.verdict is Verdict.VALID, (path.name, report.checks)
        document = read(path)
        document["credentialSubject"]["achievement"]["name"] += " with honours"
        broken = judged(compact_json(document), at=AT)
        assert answer(broken, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG), path.name


@pytest.mark.parametrize("suite", SUITES)
def test_what_peers_seal_is_checked_by_its_holder_and_refused_by_all_others(
    bench: Path, issued: dict[str, list[Path]], suite: str
) -> None:
    for path in (path for path in issued[suite] if ".base." in path.name):
        document = read(path)
        key = public_key_from_multibase(document["issuer"]["id"].removeprefix("did:key:"))
        facts = verify_base_proof(prepare(document, pinned_contexts()), document["proof"], key)
        assert facts.suite == suite
        with pytest.raises(ProofError) as caught:
            verify_base_proof(prepare(document | {"name": "x"}, pinned_contexts()), document["proof"], key)
        assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG
        assert answer(judged(path.read_bytes(), at=AT), CheckId.PROOF)[1] is ReasonCode.PROOF_BASE
        assert peers_word(bench, path)["verified"] is False


@pytest.mark.parametrize("suite", SUITES)
def test_what_we_derive_from_theirs_is_verified_by_the_peers(
    bench: Path, issued: dict[str, list[Path]], suite: str, tmp_path: Path
) -> None:
    for path in (path for path in issued[suite] if ".base." in path.name):
        document = read(path)
        shown = derive(document, document["proof"], POINTERS, pinned_contexts())
        ours, broken = tmp_path / path.name, tmp_path / f"broken-{path.name}"
        ours.write_bytes(compact_json(shown))
        broken.write_bytes(compact_json(shown | {"name": "x"}))
        assert peers_word(bench, ours)["verified"] is True, path.name
        assert peers_word(bench, broken)["verified"] is False, path.name


@pytest.mark.parametrize("suite", SUITES)
def test_what_we_seal_is_derived_and_verified_by_the_peers(bench: Path, suite: str, tmp_path: Path) -> None:
    document = badge()
    # Their code cannot name the objects of a list; everything else of ours they can.
    del document["credentialSubject"]["achievement"]["resultDescription"]
    base, shown = tmp_path / "base.json", tmp_path / "shown.json"
    base.write_bytes(compact_json(ISSUERS[suite].seal(document)))
    done = run(bench, "derive.mjs", str(base), "--pointers", NAME, "--out", str(shown))
    assert done.returncode == 0, done.stderr
    assert judged(shown.read_bytes(), at=AT).verdict is Verdict.VALID
    assert peers_word(bench, shown)["verified"] is True
