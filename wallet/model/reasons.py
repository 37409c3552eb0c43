"""Reasons: why a check, an import or an operation ended as it did.

A code and its parameters only; the codes are in `codes`, the sentences in `wallet.wording`. A code's value
is stable: it goes to JSON output and into stored reports. Parameters are short strings; text from a file
inside them is untrusted and stays plain text everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from .codes import ReasonCode

__all__ = ["Reason", "ReasonCode", "reason"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a stable code and the short strings its sentence needs.

    Attributes:
        code: What happened.
        params: Name and value pairs, sorted by name. Values may hold untrusted text.
    """

    code: ReasonCode
    params: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> str:
        """Return the parameter of that name, or an empty text."""
        for key, value in self.params:
            if key == name:
                return value
        return ""


def reason(code: ReasonCode, **params: str) -> Reason:
    """Build a `Reason` from keyword parameters."""
    return Reason(code, tuple(sorted(params.items()) if len(params) > 1 else params.items()))
