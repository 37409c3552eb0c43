"""Sentences for keys, backups, merging and leaving a wallet: what is wrong, what is safe, what to do."""

from __future__ import annotations

from typing import Final

from wallet.model.reasons import ReasonCode as R

from .operating import Failure

KEEPING: Final[dict[R, Failure]] = {}
