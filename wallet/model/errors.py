"""Errors: one root, one base per room. Each carries a `Reason`; the sentences are in `wallet.wording`.

Leaves raise, the pipeline records: only `verify/pipeline.py` turns an exception into a check, only the
two shells turn one into words.
"""

from __future__ import annotations

from .reasons import Reason, ReasonCode, reason


class WalletError(Exception):
    """Something a person can be told about. `reason` says what, with a stable code."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why.code.value)
        self.reason = why


class CodecError(WalletError):
    """Bytes or text that are not what a public encoding demands."""


class LinkedDataError(CodecError):
    """A document that JSON-LD cannot turn into statements without losing or inventing something."""


class KeysError(WalletError):
    """A key or a DID that cannot be used. Never says anything about a signature."""


class FormatError(WalletError):
    """Not a credential, or one that breaks the shape its type promises."""


class ProofError(WalletError):
    """The proof is malformed, or was checked and is wrong."""


class ProofUnsupportedError(ProofError):
    """A kind of proof we cannot check. Never proof of a fake."""


class TrustError(WalletError):
    """Evidence or an issuer list that cannot be read."""


class VaultError(WalletError):
    """The vault could not be opened, read or written. It was not changed."""


class ShareError(WalletError):
    """Nothing was handed out."""


class OperationError(WalletError):
    """A file or an argument that the wish cannot be done with."""


class CancelledError(OperationError):
    """The person pressed cancel. What was done before stays done."""

    def __init__(self) -> None:
        super().__init__(reason(ReasonCode.CANCELLED))
