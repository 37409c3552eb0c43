"""The appendices of the selective suites from the shared vectors: documents, keys, intermediate values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.codec.samples import contexts
from wallet.codec.linked_data.canonical import canonicalise, context_addresses
from wallet.codec.linked_data.contexts import Contexts, ContextSet
from wallet.codec.linked_data.vocabulary import with_vocabulary

Json = dict[str, Any]


@dataclass(frozen=True)
class Appendix:
    """One worked example of a specification."""

    root: Path
    folder: str
    mandatory: str
    selective: str

    def read(self, name: str) -> Any:
        path = self.root / self.folder / name
        text = path.read_text(encoding="utf-8")
        return json.loads(text) if path.suffix == ".json" else text

    @cached_property
    def known(self) -> Contexts:
        index = json.loads((self.root / "contexts/index.json").read_text())
        staged = {address: (self.root / name).read_bytes() for address, name in index.items()}
        return contexts().extended(staged)

    def opened(self, name: str) -> tuple[Json, Json, ContextSet]:
        """A document without its proof, the proof, and the contexts."""
        whole = self.read(name)
        document = {member: value for member, value in whole.items() if member != "proof"}
        document, known, _ = with_vocabulary(document, self.known)
        return document, whole["proof"], known.variants(context_addresses(document))[0]

    @cached_property
    def pointers(self) -> tuple[list[str], list[str]]:
        return self.read(self.mandatory), self.read(self.selective)

    def options(self, name: str) -> bytes:
        document, proof, known = self.opened(name)
        stated = {member: value for member, value in proof.items() if member != "proofValue"}
        return canonicalise({"@context": document["@context"]} | stated, known)


def indexes(groups: Any) -> list[int]:
    """The places in a published map of statements."""
    return [place for place, _ in groups["value"]]
