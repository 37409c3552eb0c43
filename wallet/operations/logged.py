"""Log lines about what a learner did: which wish, how long, how much, and with what code it ended.

For whoever helps her to find out where it stopped. A line holds names of our own functions, codes, numbers
and yes or no; never a text or a path that came from anywhere, so that a whole log can be shown to a stranger.
"""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import ParamSpec, TypeVar

from wallet.model.errors import WalletError

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def logged(operation: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Say when an operation begins and how it ends."""
    log, name = logging.getLogger(operation.__module__), operation.__qualname__

    @functools.wraps(operation)
    def told(*given: _Given.args, **named: _Given.kwargs) -> _Result:
        if not log.isEnabledFor(logging.DEBUG):
            return operation(*given, **named)
        log.debug("%s begun", name)
        started = time.monotonic()
        try:
            done = operation(*given, **named)
        except BaseException as error:
            why = error.reason.code.value if isinstance(error, WalletError) else type(error).__name__
            log.debug("%s ended after %.3f s: %s", name, time.monotonic() - started, why)
            raise
        log.debug("%s ended after %.3f s: %s", name, time.monotonic() - started, counted(done) or "done")
        return done

    return told


def counted(result: object) -> str:
    """Return what can be said of a result without a word of it: how many there are of what."""
    return ", ".join(_numbers(result))


def _numbers(result: object) -> Iterator[str]:
    if isinstance(result, tuple | list | frozenset):
        yield f"{len(result)} items"
    if not is_dataclass(result):
        return
    for field in fields(result):
        value = getattr(result, field.name)
        if isinstance(value, bool):
            yield f"{field.name} {'yes' if value else 'no'}"
        elif isinstance(value, int):
            yield f"{field.name} {value}"
        elif isinstance(value, tuple | list | frozenset):
            yield f"{field.name} {len(value)}"
        elif value is None:
            yield f"{field.name} none"
