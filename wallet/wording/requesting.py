"""Sentences for what did not come over the network: what happened, what is safe, what to do. Templates only.

A host that does not answer says nothing about a credential, and no sentence here does.
"""

from __future__ import annotations

from typing import Final

from wallet.model.reasons import ReasonCode as R

from .operating import UNCHANGED, Failure

REQUESTING: Final[dict[R, Failure]] = {
    R.NETWORK_OFF: Failure(
        "This program is offline, so nothing was asked of {host}.",
        UNCHANGED,
        "Allow the request when it is shown to you, or add --online.",
    ),
}
