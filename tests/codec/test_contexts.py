"""Contexts: pinned by hash, matched byte for byte, several per address, never overridden."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.codec.samples import ED25519_2020, OB_3, VC_1, VC_2, contexts
from tests.conftest import ASSETS
from wallet.codec.linked_data.contexts import MANIFEST, Contexts
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode

FOLDER = ASSETS / "contexts"
OB_OLD = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
MINE = "https://mine.example/v1"


def document(definitions: Any) -> bytes:
    return json.dumps({"@context": definitions}).encode()


def refusal(definitions: Any) -> ReasonCode:
    with pytest.raises(LinkedDataError) as caught:
        contexts().extended({MINE: document(definitions)})
    return caught.value.reason.code


def test_every_address_the_program_needs_is_pinned() -> None:
    needed = {
        VC_1,
        VC_2,
        ED25519_2020,
        OB_OLD,
        *(f"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.{n}.json" for n in range(4)),
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        "https://purl.imsglobal.org/spec/clr/v2p0/context.json",
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        "https://w3id.org/security/data-integrity/v1",
        "https://w3id.org/security/data-integrity/v2",
        "https://w3id.org/security/multikey/v1",
        "https://w3id.org/security/jwk/v1",
        "https://w3id.org/security/jws/v1",
        "https://w3id.org/vc/status-list/2021/v1",
        "https://w3id.org/vc-revocation-list-2020/v1",
        "https://w3id.org/openbadges/v1",
        "https://w3id.org/openbadges/v2",
        "https://www.w3.org/ns/did/v1",
    }
    assert needed <= contexts().addresses()
    assert "https://www.w3.org/ns/credentials/examples/v2" not in contexts().addresses()


def test_the_manifest_names_every_file_its_source_and_its_licence() -> None:
    entries = json.loads((FOLDER / MANIFEST).read_text(encoding="utf-8"))["contexts"]
    assert {entry["file"] for entry in entries} == {path.name for path in FOLDER.glob("*.json")} - {MANIFEST}
    for entry in entries:
        assert entry["sha256"] == hashlib.sha256((FOLDER / entry["file"]).read_bytes()).hexdigest()
        assert all(entry[name] for name in ("addresses", "specification", "source", "licence"))


def test_pinned_contents_are_the_published_ones(vectors: Path) -> None:
    published = json.loads((vectors / "contexts/index.json").read_text())
    compared = 0
    for address in sorted(contexts().addresses() & published.keys()):
        theirs = json.loads((vectors / published[address]).read_text(encoding="utf-8"))["@context"]
        ours = [choice.document(address)["@context"] for choice in contexts().variants((address,))]
        assert theirs in ours, address
        compared += 1
    assert compared > 40


def test_one_altered_byte_stops_the_program(tmp_path: Path) -> None:
    folder = tmp_path / "contexts"
    shutil.copytree(FOLDER, folder)
    assert Contexts.pinned(folder).addresses() == contexts().addresses()
    altered = folder / "credentials-v2.json"
    altered.write_bytes(altered.read_bytes().replace(b"schema.org/name", b"schema.org/nam3", 1))
    with pytest.raises(LinkedDataError) as caught:
        Contexts.pinned(folder)
    assert caught.value.reason.code is ReasonCode.CONTEXT_ALTERED
    assert caught.value.reason["address"] == "credentials-v2.json"
    altered.unlink()
    with pytest.raises(LinkedDataError):
        Contexts.pinned(folder)
    (folder / MANIFEST).write_bytes(b"{}")
    with pytest.raises(LinkedDataError):
        Contexts.pinned(folder)


@pytest.mark.parametrize(
    "address",
    [
        "http://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/v2/",
        "https://WWW.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/%762",
        "https://w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/v2#",
    ],
)
def test_a_lookalike_is_unknown_and_named(address: str) -> None:
    with pytest.raises(LinkedDataError) as caught:
        contexts().variants((address,))
    assert caught.value.reason.code is ReasonCode.CONTEXT_UNKNOWN
    assert caught.value.reason["address"] == address
    assert caught.value.reason["lookalike"] == VC_2


def test_another_path_of_the_same_host_is_named_and_a_stranger_resembles_nothing() -> None:
    with pytest.raises(LinkedDataError) as caught:
        contexts().variants(("https://www.w3.org/2024/credentials/v2",))
    assert caught.value.reason["lookalike"] == VC_2
    for stranger in ("https://evil.example/x", "https://w3id.org/traceability/v1", "https://www.w3.org/v2"):
        with pytest.raises(LinkedDataError) as caught:
            contexts().variants((stranger,))
        assert caught.value.reason["lookalike"] == ""


def test_several_contents_of_one_address_are_tried_newest_first() -> None:
    choices = contexts().variants((OB_OLD,))
    names = [choice.document(OB_OLD)["@context"]["OpenBadgeCredential"]["@id"] for choice in choices]
    assert names[0].startswith("https://purl.imsglobal.org/")
    assert len(choices) == 3
    assert choices[0].notes == ()
    assert [note.code for note in choices[1].notes] == [ReasonCode.QUIRK_CONTEXT_VERSION]
    assert choices[1].notes[0]["found"] == "ob-v3p0-beta"
    assert len({choice.key for choice in choices}) == 3


def test_the_number_of_combinations_is_bounded() -> None:
    assert len(contexts().variants((VC_2, OB_OLD, OB_3))) == 8


def test_a_context_that_names_another_brings_it_along() -> None:
    choice = contexts().variants(("https://w3id.org/openbadges/v1",))[0]
    assert choice.document("https://w3id.org/openbadges/legacy-v1")
    with pytest.raises(LinkedDataError):
        choice.document(VC_2)


def test_a_supplied_context_stands_beside_the_pinned_ones_and_never_over_them() -> None:
    forged = document({"name": "https://evil.example/name"})
    extended = contexts().extended({VC_2: forged, MINE: document({"x": "urn:x"})})
    assert extended.variants((VC_2,))[0] == contexts().variants((VC_2,))[0]
    assert extended.variants((MINE,))[0].document(MINE) == {"@context": {"x": "urn:x"}}
    assert MINE not in contexts().addresses()
    twice = extended.extended({MINE: document({"x": "urn:newer"})})
    assert [c.document(MINE)["@context"]["x"] for c in twice.variants((MINE,))] == ["urn:newer", "urn:x"]


@pytest.mark.parametrize(
    "definitions",
    [
        {"@import": VC_2},
        {"@base": "https://evil.example/"},
        {"hidden": "@included"},
        {"hidden": {"@id": "@graph"}},
        {"back": {"@reverse": "urn:x"}},
        {"Scoped": {"@id": "urn:s", "@context": {"hidden": "@nest"}}},
        [{"x": "urn:x"}, {"hidden": "@json"}],
        "https://elsewhere.example/",
    ],
    ids=str,
)
def test_a_supplied_context_that_hides_or_merges_is_refused(definitions: Any) -> None:
    assert refusal(definitions) is ReasonCode.CONTEXT_REFUSED


def test_a_supplied_context_may_use_the_same_keywords_openly() -> None:
    open_use = {"x": {"@id": "urn:x", "@type": "@json"}, "g": {"@id": "urn:g", "@container": "@graph"}}
    assert contexts().extended({MINE: document(open_use)}).variants((MINE,))
    assert refusal_of_bytes(b"not json") is ReasonCode.CONTEXT_REFUSED
    assert refusal_of_bytes(b'{"a":1}') is ReasonCode.CONTEXT_REFUSED


def refusal_of_bytes(data: bytes) -> ReasonCode:
    with pytest.raises(LinkedDataError) as caught:
        contexts().extended({MINE: data})
    return caught.value.reason.code


def test_a_supplied_catch_all_vocabulary_is_noted() -> None:
    address = "https://vocabulary.example/v1"
    bodies = (({"@vocab": "urn:x:"}, True), ({"motto": "urn:x:motto"}, False), ({"@vocab": None}, False))
    for body, noted in bodies:
        extended = contexts().extended({address: json.dumps({"@context": body}).encode()})
        codes = [note.code for note in extended.variants((VC_2, address))[0].notes]
        assert (ReasonCode.QUIRK_NO_AGREED_MEANING in codes) is noted
