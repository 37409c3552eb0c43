"""Every bound of a file, one below, at it and one above: the last is refused, by its own reason.

One row of the table per bound of `model/limits` that an unknown file meets on its way into the engine. Bounds
of the vault, of the network and of other wallets' files are tested beside what they bound.
"""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.formats.documents import badge, data
from tests.simulators.certificates import Sealer, european, jades
from tests.simulators.signing import base64url, pinned_contexts
from wallet.codec.dates import parse_datetime
from wallet.codec.frames import join_frames, to_frames
from wallet.codec.linked_data import rdfc
from wallet.codec.linked_data.document import own_contexts
from wallet.codec.linked_data.rdfc import canonical_nquads
from wallet.codec.payload import decode_payload, encode_payload
from wallet.codec.sdjwt import split_sd_jwt
from wallet.codec.strict_json import check_credential, parse_json
from wallet.formats.baked import read_png
from wallet.formats.parse import parse
from wallet.formats.pictures import PNG_MAGIC, inline_picture
from wallet.formats.statuslist import inflate
from wallet.formats.zip_members import ArchiveBounds, demand_bytes, demand_density, demand_members
from wallet.keys.controller import controller_document
from wallet.model import limits
from wallet.model.credential import Credential, Presentation
from wallet.model.errors import FormatError, WalletError
from wallet.model.evidence import Grade
from wallet.model.reasons import ReasonCode, reason
from wallet.proofs.members import check_proof_members
from wallet.proofs.prepared import prepare
from wallet.trust.evidence_store import evidence_document

VC_2, OB_3 = badge()["@context"][:2]
PROOF = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod",
         "verificationMethod": "did:example:a#1", "proofValue": "z1"}  # fmt: skip
TOKEN = ".".join(map(base64url, (b'{"alg":"ES256"}', b"{}", b"s")))


@dataclass(frozen=True)
class Edge:
    """How to meet one bound.

    Attributes:
        bound: Its name.
        meet: Does what is bounded, so many times or with so many bytes; raises what it is refused with.
        code: The reason above the bound.
    """

    bound: str
    meet: Callable[[int], object]
    code: ReasonCode


def nested(depth: int) -> object:
    return parse_json(b"[" * depth + b"]" * depth)


def picture(pixels: int) -> None:
    header = struct.pack(">IIBBBBB", pixels, 1, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    if not inline_picture("data:image/png;base64," + base64.b64encode(PNG_MAGIC + chunk).decode()):
        raise FormatError(reason(ReasonCode.LIMIT_PIXELS))


def png(size: int) -> None:
    try:
        read_png(PNG_MAGIC + bytes(size - len(PNG_MAGIC)))
    except FormatError as error:
        if error.reason.code is not ReasonCode.PICTURE_DAMAGED:  # only its size is asked here
            raise


def read(document: dict[str, Any]) -> Credential | Presentation:
    """Read a document; the first thing that breaks its shape is raised."""
    found = parse(data(document))
    if found.problems:
        raise FormatError(found.problems[0])
    return found


def statuses(count: int) -> object:
    entry = {"id": "https://s.example/1#1", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
             "statusListIndex": "1", "statusListCredential": "https://s.example/1"}  # fmt: skip
    return read(badge() | {"credentialStatus": [entry] * count})


def pack(count: int) -> object:
    return parse(data({"@context": [VC_2], "type": ["VerifiablePresentation"],
                       "verifiableCredential": ["x"] * count}))  # fmt: skip


def controller(count: int) -> object:
    return controller_document({"keys": [{"kid": str(number)} for number in range(count)]},
                               address="https://uni.example/jwks")  # fmt: skip


def fan(count: int) -> object:
    return canonical_nquads([("<urn:s>", "<urn:p>", f"_:b{index}", "") for index in range(count)]
                            + [(f"_:b{index}", "<urn:q>", f'"{index}"', "") for index in range(count)])


def dated(length: int) -> object:
    return parse_datetime("2026-01-01T00:00:00." + "0" * (length - 21) + "Z")


def key_document(size: int) -> object:
    text = b'{"id":"did:web:uni.example","verificationMethod":[]}'
    return evidence_document("did:web:uni.example", text + b" " * (size - len(text)), grade=Grade.SUPPLIED,
                             source="test")  # fmt: skip


def vocabulary(size: int) -> object:
    text = b'{"@context":{"a":"https://a.example/a"}}'
    return evidence_document("https://a.example/v1", text + b" " * (size - len(text)), grade=Grade.SUPPLIED,
                             source="test")  # fmt: skip


def displayed(size: int) -> object:
    looks = {"displayParameter": {"id": "urn:epass:display:1", "content": "a" * size}}
    return parse(data(jades(Sealer(), european(**looks))))


def proofs(count: int) -> object:
    return prepare(badge() | {"proof": [PROOF] * count}, pinned_contexts())


R = ReasonCode
EDGES = (
    Edge("MAX_JSON_BYTES", lambda n: parse_json(b"[]" + b" " * (n - 2)), R.LIMIT_BYTES),
    Edge("MAX_CREDENTIAL_BYTES", lambda n: check_credential({"a": ["b" * (n - 13)]}), R.LIMIT_BYTES),
    Edge("MAX_PICTURE_BYTES", png, R.LIMIT_BYTES),
    Edge("MAX_PICTURE_PIXELS", picture, R.LIMIT_PIXELS),
    Edge("MAX_EVIDENCE_BYTES", vocabulary, R.EVIDENCE_UNREADABLE),
    Edge("MAX_DID_DOCUMENT_BYTES", key_document, R.EVIDENCE_UNREADABLE),
    Edge("MAX_JSON_DEPTH", nested, R.LIMIT_DEPTH),
    Edge("MAX_JSON_NODES", lambda n: parse_json(json.dumps([0] * n).encode()), R.LIMIT_NODES),
    Edge("MAX_STRING_CHARS", lambda n: parse_json(json.dumps("a" * n).encode()), R.LIMIT_STRING),
    Edge("MAX_DISPLAY_CHARS", displayed, R.LIMIT_STRING),
    Edge("MAX_DATA_URI_CHARS", lambda n: parse_json(json.dumps(
        "data:image/png;base64,".ljust(n, "A")).encode()), R.LIMIT_STRING),
    Edge("MAX_CONTEXTS", lambda n: own_contexts({"@context": [VC_2] + [OB_3] * (n - 1)}), R.LIMIT_CONTEXTS),
    Edge("MAX_PROOFS", proofs, R.LIMIT_PROOFS),
    Edge("MAX_QUADS", lambda n: canonical_nquads(
        [("<urn:s>", "<urn:p>", f"<urn:o:{index}>", "") for index in range(n)]), R.LIMIT_CANONICALISATION),
    Edge("MAX_BLANK_NODES", fan, R.LIMIT_CANONICALISATION),
    Edge("MAX_STATUS_LIST_BYTES", lambda n: inflate(zlib.compress(bytes(n), wbits=31), 31), R.LIMIT_BYTES),
    Edge("MAX_STATUS_ENTRIES", statuses, R.LIMIT_ITEMS),
    Edge("MAX_PACK_BYTES", lambda n: demand_bytes(n, ArchiveBounds().max_bytes), R.LIMIT_BYTES),
    Edge("MAX_FILE_BYTES", lambda n: demand_bytes(n, ArchiveBounds().max_file_bytes), R.LIMIT_BYTES),
    Edge("MAX_PACK_MEMBERS", lambda n: demand_members(n, ArchiveBounds()), R.LIMIT_ITEMS),
    Edge("MAX_PACK_RATIO", lambda n: demand_density(n * 1_000_000, 1_000_000), R.LIMIT_RATIO),
    Edge("MAX_PACK_CREDENTIALS", pack, R.LIMIT_ITEMS),
    Edge("MAX_QR_FRAMES", lambda n: join_frames(to_frames(bytes(n), 1)), R.LIMIT_FRAMES),
    Edge("MAX_PAYLOAD_BYTES", lambda n: decode_payload(encode_payload(bytes(n))), R.LIMIT_BYTES),
    Edge("MAX_DISCLOSURES", lambda n: split_sd_jwt(f"{TOKEN}~" + "a~" * n), R.LIMIT_ITEMS),
    Edge("MAX_URL_CHARS", lambda n: check_proof_members(
        PROOF | {"verificationMethod": "did:example:a#".ljust(n, "1")}), R.PROOF_MALFORMED),
    Edge("MAX_DATE_CHARS", dated, R.DATE_UNREADABLE),
    Edge("MAX_DID_METHODS", controller, R.LIMIT_ITEMS),
)  # fmt: skip


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.bound)
def test_a_bound_lets_through_what_is_at_it_and_nothing_more(edge: Edge) -> None:
    bound = getattr(limits, edge.bound)
    for below in (bound - 1, bound):
        edge.meet(below)
    with pytest.raises(WalletError) as caught:
        edge.meet(bound + 1)
    assert caught.value.reason.code is edge.code


#: Above these nothing is refused: it is counted, named, or stopped in time; tested beside what they bound.
NO_REFUSAL = {"MAX_RECORD_DEPTH", "MAX_ENDORSEMENTS", "MIN_STATUS_LIST_BITS", "MAX_CANONICALISATION_S"}
#: Not of a file: of an address that is to be asked, and of work (below).
ELSEWHERE = {"MAX_HOST_CHARS", "MAX_N_DEGREE_CALLS"}


def test_every_bound_of_a_file_has_its_row() -> None:
    named = [name for name in vars(limits) if name.startswith(("MAX_", "MIN_"))]
    of_files = set(named[: named.index("MAX_LISTS")])
    assert of_files == {edge.bound for edge in EDGES} | NO_REFUSAL | ELSEWHERE


def test_work_is_bounded_to_the_step(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = [(f"_:b{index}", "<urn:p>", f"_:b{(index + 1) % 6}", "") for index in range(6)]
    refused = []
    for steps in range(limits.MAX_N_DEGREE_CALLS):
        monkeypatch.setattr(rdfc, "MAX_N_DEGREE_CALLS", steps)
        try:
            assert canonical_nquads(ring)
            break
        except WalletError as error:
            refused.append((error.reason.code, error.reason["what"]))
    assert len(refused) > 1
    assert set(refused) == {(R.LIMIT_CANONICALISATION, "steps")}
    monkeypatch.setattr(rdfc, "MAX_N_DEGREE_CALLS", len(refused) + 1)
    assert canonical_nquads(ring)
