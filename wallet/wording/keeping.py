"""Sentences for keys, backups, merging and leaving: what happened, what is safe, what next. Templates only."""

from __future__ import annotations

from typing import Final

from wallet.model.reasons import ReasonCode as R

from .operating import Failure

KEEPING: Final[dict[R, Failure]] = {}
