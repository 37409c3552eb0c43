"""The bytes that are named are the bytes that were sealed: recomputed here from the outside."""

from __future__ import annotations

import hashlib
import json

from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.linked_data.contexts import Contexts
from wallet.formats.parse import parse
from wallet.keys.keypair import public_key_from_multibase
from wallet.model.credential import Credential
from wallet.operations.argument import PartKind, contents_of, is_shown_in_part, parts_of, statements_of
from wallet.proofs.suite import read_signature


def test_hashes_of_document_and_options_are_what_the_signature_covers(contexts: Contexts) -> None:
    badge = SimulatedIssuer("did:key").badge()
    content = parse(badge)
    parts = {part.kind: part for part in parts_of(content, contexts)}
    assert parts[PartKind.FILE].size == len(badge)
    assert parts[PartKind.FILE].sha256 == hashlib.sha256(badge).hexdigest()
    proof = json.loads(badge)["proof"]
    sealed = bytes.fromhex(parts[PartKind.OPTIONS].sha256 + parts[PartKind.STATEMENTS].sha256)
    key = public_key_from_multibase(proof["verificationMethod"].partition("#")[2])
    key.verify("EdDSA", read_signature(proof["proofValue"], {64}), sealed)
    said = statements_of(content, contexts).encode()
    assert hashlib.sha256(said).hexdigest() == parts[PartKind.STATEMENTS].sha256


def test_token_names_its_signed_text(contexts: Contexts) -> None:
    token = SimulatedIssuer("did:key").badge_jwt()
    (part,) = [one for one in parts_of(parse(token), contexts) if one.kind is PartKind.SIGNED_TEXT]
    signed = token.strip().rpartition(b".")[0]
    assert (part.size, part.sha256) == (len(signed), hashlib.sha256(signed).hexdigest())


def test_what_cannot_be_written_out_is_left_out(contexts: Contexts) -> None:
    document = json.loads(SimulatedIssuer("did:key").badge())
    document["unknownWord"] = "x"
    content = parse(json.dumps(document).encode())
    kinds = {part.kind for part in parts_of(content, contexts)}
    assert PartKind.FILE in kinds
    assert PartKind.STATEMENTS not in kinds
    assert isinstance(content, Credential)
    assert contents_of(content) == (content,)
    assert not is_shown_in_part(content)
