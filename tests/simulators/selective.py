"""An issuer of credentials that can be shown in part: `ecdsa-sd-2023` and `bbs-2023`, with a did:key.

Keys come from names, so that every run seals alike but for the randomness of ECDSA.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.simulators.signing import JsonObject, SigningKey, base58, pinned_contexts
from wallet.codec.linked_data.canonical import canonicalise, context_addresses
from wallet.codec.linked_data.contexts import Contexts
from wallet.keys.keypair import public_key_from_multibase
from wallet.proofs import bbs, bbs_2023, ecdsa_sd
from wallet.proofs.grouping import Labelling, Statements, hmac_labels, label_statements, shuffled_labels

CREATED = "2026-05-12T09:30:00Z"
ALWAYS = ("/issuer", "/validFrom")


@dataclass(frozen=True, slots=True)
class SelectiveIssuer:
    """One issuer.

    Attributes:
        suite: `ecdsa-sd-2023` or `bbs-2023`.
        seed: What its keys and its secrets are made from.
    """

    suite: str
    seed: str = "northbridge"

    @property
    def multibase(self) -> str:
        if self.suite == ecdsa_sd.NAME:
            return SigningKey("ES256", self.seed).multibase
        return "z" + base58(b"\xeb\x01" + bbs.public_key_of(self._number))

    @property
    def id(self) -> str:
        return f"did:key:{self.multibase}"

    @property
    def secret(self) -> bytes:
        return hashlib.sha256(f"secret: {self.seed}".encode()).digest()

    @property
    def labelling(self) -> Labelling:
        return (hmac_labels if self.suite == ecdsa_sd.NAME else shuffled_labels)(self.secret)

    def seal(
        self, document: JsonObject, always: Sequence[str] = ALWAYS, contexts: Contexts | None = None, *,
        upon: Sequence[JsonObject] = (), **more: object,
    ) -> JsonObject:
        """Return the document by this issuer, with a base proof; `upon` are proofs that it seals, too."""
        issuer = document["issuer"]
        named = issuer | {"id": self.id} if isinstance(issuer, dict) else self.id
        unsecured = {name: value for name, value in document.items() if name != "proof"} | {"issuer": named}
        proof = {
            "type": "DataIntegrityProof",
            "cryptosuite": self.suite,
            "created": CREATED,
            "verificationMethod": f"{self.id}#{self.multibase}",
            "proofPurpose": "assertionMethod",
            **more,
        }
        known = (contexts or pinned_contexts()).variants(context_addresses(unsecured))[0]
        options = canonicalise({"@context": unsecured["@context"]} | proof, known)
        covered = unsecured | ({"proof": list(upon)} if upon else {})
        statements = label_statements(covered, known, self.labelling)
        return unsecured | {"proof": proof | {"proofValue": self._value(options, statements, always)}}

    def _value(self, options: bytes, statements: Statements, always: Sequence[str]) -> str:
        if self.suite == bbs_2023.NAME:
            return bbs_2023.create_value(
                options, statements, always, issuer_secret=self._number, secret=self.secret
            )
        once = SigningKey("ES256", f"{self.seed}, once")
        sign: Callable[[bytes], bytes] = SigningKey("ES256", self.seed).sign
        return ecdsa_sd.create_value(
            options,
            statements,
            always,
            sign=sign,
            proof_key=public_key_from_multibase(once.multibase),
            proof_sign=once.sign,
            secret=self.secret,
        )

    @property
    def _number(self) -> int:
        return int.from_bytes(hashlib.sha512(self.seed.encode()).digest()) % bbs.ORDER
