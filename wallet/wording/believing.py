"""Sentences for checks about issuers: lists, own beliefs, changed keys, look-alike names. Templates only."""

from __future__ import annotations

from typing import Final

from wallet.model.reasons import ReasonCode as R

BELIEVING: Final[dict[R, str]] = {}
