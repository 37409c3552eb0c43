"""Promises of reading: the bytes are kept, and no input ends in anything but a named error."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.documents import badge, data, first_version, presentation, status_list, token, without
from tests.simulators.pictures import badge_png, badge_svg
from wallet.codec.frames import to_frames, to_text
from wallet.codec.payload import encode_payload
from wallet.formats.baked import bake_png, bake_svg
from wallet.formats.pack import MANIFEST, PRESENTATION_JSON, manifest
from wallet.formats.parse import parse
from wallet.formats.statuslist import decode_status_list, parse_status_entry
from wallet.model.credential import Credential, JsonObject, Parsed
from wallet.model.errors import WalletError

ENTRY = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "5",
    "statusListCredential": "https://a.example/l",
}
DOCUMENTS: tuple[JsonObject, ...] = (
    badge(credentialStatus=[ENTRY], evidence=[{"id": "urn:e", "type": ["Evidence"]}]),
    first_version(),
    presentation(badge(), token(badge())),
    status_list("uH4sIAAAAAAAAA2NgAAAA"),
    without(badge(), "proof") | {"iss": "did:web:harbor.example", "nbf": 1767312000, "exp": 1862006400},
    badge(
        type=["VerifiableCredential", "ClrCredential"],
        credentialSubject={"type": ["ClrSubject"], "verifiableCredential": [badge()], "achievement": []},
    ),
    {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "recipient": {"identity": "a"},
        "badge": {},
    },
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-5, max_value=2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.builds(list),
    st.builds(dict),
    st.builds(lambda: [[]]),
    st.builds(lambda: [{}, 1]),
    st.sampled_from(
        (
            "https://a.example",
            "did:web:x",
            "2026-01-01T00:00:00Z",
            "data:image/png;base64,AA",
            "data:application/vc+jwt,ey.e.e",
            "ey.ey.ey",
            "VerifiablePresentation",
            "EnvelopedVerifiableCredential",
        )
    ),
)
quick = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a document with each of its keys."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


def _mutated(document: JsonObject, draw: st.DataObject) -> JsonObject:
    changed = copy.deepcopy(document)
    for _ in range(draw.draw(st.integers(min_value=1, max_value=3))):
        places = list(_places(changed))
        if not places:
            break
        container, key = places[draw.draw(st.integers(min_value=0, max_value=len(places) - 1))]
        deed = draw.draw(st.sampled_from(["delete", "retype", "rename", "wrap", "insert"]))
        if deed == "delete":
            del container[key]
        elif deed == "retype":
            container[key] = draw.draw(VALUES)
        elif deed == "wrap":
            container[key] = [container[key], draw.draw(VALUES)]
        elif isinstance(container, dict):
            name = draw.draw(
                st.sampled_from(["type", "id", "vp", "vc", "proof", "payload", "signatures", "@context", "x"])
            )
            container[name] = container.pop(key) if deed == "rename" else draw.draw(VALUES)
    return changed


def _read(file: bytes) -> Parsed | None:
    """Read a file in every way the program reads one; only a named error is no answer."""
    try:
        found = parse(file)
    except WalletError:
        return None
    if isinstance(found, Credential):
        assert found.title
        assert all(
            isinstance(one, str) for one in (found.id, found.issuer.id, found.issuer.name, found.subject.id)
        )
        for entry in found.statuses:
            _survives(parse_status_entry, entry)
        _survives(decode_status_list, found.document)
    return found


def _survives(read: Any, value: Any) -> None:
    with suppress(WalletError):
        read(value)


@quick
@given(st.sampled_from(DOCUMENTS), st.data())
def test_mutated_documents_never_end_in_a_crash(document: JsonObject, draw: st.DataObject) -> None:
    changed = _mutated(document, draw)
    file = data(changed)
    found = _read(file)
    if found is not None:
        assert found.original.data == file
    _read(token(changed).encode())
    _read(data([changed, token(changed)]))


@quick
@given(st.sampled_from(DOCUMENTS), st.data())
def test_mutated_token_headers_never_end_in_a_crash(document: JsonObject, draw: st.DataObject) -> None:
    header = _mutated({"alg": "ES256", "typ": "JWT", "kid": "x"}, draw)
    _read(token(document, **header).encode())
    _read(token({"vc": document, "vp": draw.draw(VALUES), "iss": draw.draw(VALUES)}, **header).encode())


def _pack() -> bytes:
    target = io.BytesIO()
    shown = data(presentation(badge()))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, manifest({PRESENTATION_JSON: shown}))
        archive.writestr(PRESENTATION_JSON, shown)
    return target.getvalue()


PAYLOAD = encode_payload(data(presentation(badge())))
FILES = (
    data(badge()),
    token(badge()).encode(),
    bake_png(badge_png(), data(badge())),
    bake_svg(badge_svg(), data(badge())),
    _pack(),
    to_text(PAYLOAD).encode(),
    "\n".join(to_frames(PAYLOAD, 150)).encode(),
    b"\xef\xbb\xbf" + data([badge(), badge()]),
)


@quick
@given(st.sampled_from(FILES), st.data())
def test_damaged_files_never_end_in_a_crash(file: bytes, draw: st.DataObject) -> None:
    changed = bytearray(file)
    for _ in range(draw.draw(st.integers(min_value=1, max_value=4))):
        at = draw.draw(st.integers(min_value=0, max_value=len(changed)))
        deed = draw.draw(st.sampled_from(["flip", "cut", "insert", "repeat"]))
        if deed == "flip" and at < len(changed):
            changed[at] ^= 1 << draw.draw(st.integers(min_value=0, max_value=7))
        elif deed == "cut":
            del changed[at : at + draw.draw(st.integers(min_value=1, max_value=40))]
        elif deed == "insert":
            changed[at:at] = draw.draw(st.binary(min_size=1, max_size=8))
        else:
            changed[at:at] = changed[max(0, at - 60) : at]
    _read(bytes(changed))


@quick
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(str.encode),
        VALUES.map(data),
        st.binary(max_size=200).map(lambda tail: b"\x89PNG\r\n\x1a\n" + tail),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
        st.text(max_size=100).map(lambda tail: f"<svg>{tail}".encode()),
    )
)
def test_random_bytes_never_end_in_a_crash(file: bytes) -> None:
    _read(file)


@pytest.mark.parametrize("file", FILES, ids=range(len(FILES)))
def test_what_was_imported_can_leave_as_the_same_bytes(file: bytes) -> None:
    found = parse(file)
    assert found.original.data == file
    again = parse(found.original.data)
    assert again == found
    # The payload alone reads as the same credential, wherever it was found.
    inner = parse(found.original.payload)
    assert type(inner) is type(found)
    assert inner.document == found.document


def test_every_published_file_is_read_or_refused_with_a_reason(vectors: Path) -> None:
    entries = json.loads((vectors / "expected.json").read_bytes())
    for path in sorted({one["path"] for one in entries}):
        file = (vectors / path).read_bytes()
        found = _read(file)
        if found is not None:
            assert found.original.data == file


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_mutated_published_credentials_never_end_in_a_crash(vectors: Path, draw: st.DataObject) -> None:
    name = draw.draw(
        st.sampled_from(
            [
                "1edtech/digital-credentials-public-validator/inspector-clr/src/test/resources/clr20/complex.json",
                "blockcerts/cert-verifier-js/test/fixtures/v3/mocknet-verifiable-presentation.json",
                "dcc/verifier-core/src/test-fixtures/verifiableCredentials/v1/testVC.json",
                "spruceid/ssi/tests/statusList.json",
            ]
        )
    )
    _read(data(_mutated(json.loads((vectors / name).read_bytes()), draw)))
