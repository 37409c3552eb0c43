"""The reference path in a process of its own, which is ended when it takes too much time or memory.

PyLD was not written for hostile documents, so what compiled contexts cannot express is never expanded in
the program itself. One worker serves one process of ours: it is started for the first document that needs
it, kept for the next, and started anew after it was ended. It talks through two pipes, opens no socket, and
answers in JSON, so that nothing it says is more than data. Where no process can be started the answer is an
error that says so: not knowing is never an answer.
"""

from __future__ import annotations

import atexit
import gc
import json
import math
import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Never

from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_CANONICALISATION_S, MIB
from wallet.model.reasons import Reason, ReasonCode, reason

from .contexts import ContextDocument, ContextSet

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Iterator

_MEMORY: Final = 512 * MIB
_SECONDS_OF_WORK: Final = 10
_SECONDS_TO_START: Final = 60.0
_LENGTH_BYTES: Final = 8
_KILLED: Final = -9  # by somebody else: for want of memory, as a rule
_MAX_ANSWER_BYTES: Final = 64 * MIB
_MAX_KNOWN_SETS: Final = 32
_MAX_SAID: Final = 64
_SHORT_CHARS: Final = 640
#: All that the process runs: by this it is told from any other.
PROGRAM: Final = (
    "import gc, sys; gc.disable(); sys.path[:] = sys.argv[1:]; "
    "from wallet.codec.linked_data.worker import serve; serve()"
)


def ask(document: JsonObject, contexts: ContextSet, algorithm: str) -> tuple[bytes, tuple[Reason, ...]]:
    """Return the canonical N-Quads by the reference path, and what they do not cover.

    Raises:
        LinkedDataError: As the reference path; LIMIT_CANONICALISATION where it was ended for what it took,
            CHECK_STOPPED where it could not be begun or the system ended it.
    """
    try:
        text = json.dumps(document)
    except ValueError:  # a number that is too long to be written
        _refuse("memory", limit=_MEMORY / MIB)
    asked = text, contexts, algorithm
    with _LOCK:
        answer = _SAID.get(asked)
        if answer is None:
            answer = _WORKER.answer(*asked)
            if len(text) <= _SHORT_CHARS and "nquads" in answer:
                if len(_SAID) >= _MAX_SAID:
                    del _SAID[next(iter(_SAID))]
                _SAID[asked] = answer
    notes = tuple(map(_reason, answer["notes"]))
    if "refused" in answer:
        raise LinkedDataError(_reason(answer["refused"]))
    return answer["nquads"].encode(), notes


class _Watch:
    """Does something when a time is over, unless it is ended before: a timer whose thread is begun once.

    The thread waits for the earliest end it knows of. A watch that ends in time is not told to it, and of the
    next one it hears when that wait is over, which is never later than the next one's end.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._action: Callable[[], None] | None = None
        self._due = 0.0
        self._wakes = 0.0  # when the thread looks again; infinity while there is nothing to wait for
        self._is_over = False

    def begin(self, action: Callable[[], None], seconds: float) -> None:
        """Do something in so many seconds."""
        with self._changed:
            self._action, self._due, self._is_over = action, time.monotonic() + seconds, False
            if self._thread is None or not self._thread.is_alive():  # a copy of a process has no threads
                self._wakes = self._due
                self._thread = threading.Thread(target=self._wait, daemon=True)
                self._thread.start()
            elif self._wakes > self._due:
                self._changed.notify()

    def end(self) -> bool:
        """Do nothing any more; return whether it was done."""
        with self._changed:
            self._action = None
            return self._is_over

    def _wait(self) -> None:
        with self._changed:
            while True:
                left = self._due - time.monotonic()
                if self._action is not None and left <= 0:
                    self._is_over = True
                    self._action()
                    self._action = None
                self._wakes = self._due if self._action is not None else math.inf
                self._changed.wait(left if self._action is not None else None)


class _Worker:
    """The process, as it is seen from ours."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._known: set[ContextSet] = set()
        self._watch = _Watch()

    def answer(self, text: str, contexts: ContextSet, algorithm: str) -> Any:
        process = self._process or self._start()
        told = None if contexts in self._known else contexts
        if told is not None and len(self._known) >= _MAX_KNOWN_SETS:
            self.end()
            process = self._start()
        self._watch.begin(process.kill, MAX_CANONICALISATION_S)
        try:
            others = str(contexts.key), told and _told(told), algorithm
            _write(process.stdin, f"[{text},{json.dumps(others)[1:]}".encode())
            found = json.loads(_read(process.stdout))
        except (OSError, EOFError, ValueError) as error:  # ended: by the watch, its own limits, or the system
            slow = self._watch.end()
            ended = self.end()
            if ended == _KILLED and not slow and not isinstance(error, ValueError):  # none of its own bounds
                raise LinkedDataError(reason(ReasonCode.CHECK_STOPPED)) from None
            _refuse("seconds" if slow else "memory", limit=MAX_CANONICALISATION_S if slow else _MEMORY / MIB)
        except BaseException:
            # Whoever was interrupted has not read the answer: the next document must not get it.
            self.end()
            raise
        finally:
            self._watch.end()
        self._known.add(contexts)
        return found

    def _start(self) -> subprocess.Popen[bytes]:
        import subprocess  # noqa: PLC0415 - few documents need another process
        command = [sys.executable, "-I", "-c", PROGRAM, *(one for one in sys.path if one)]
        none = LinkedDataError(reason(ReasonCode.CHECK_STOPPED))
        if not sys.executable or getattr(sys, "frozen", False):  # then what would be started is no Python
            raise none
        try:
            with interrupts_later():
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
        except (OSError, ValueError):
            raise none from None
        self._known = set()
        # How long a busy computer takes to start it says nothing about the document.
        self._watch.begin(self._process.kill, _SECONDS_TO_START)
        try:
            _read(self._process.stdout)
        except (OSError, EOFError, ValueError):
            self.end()
            raise none from None
        finally:
            self._watch.end()
        return self._process

    def end(self) -> int:
        """End the process, if there is one; the next document starts another. Return what it ended with."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()  # what ends already ends as it would have
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)
        return process.wait()


@contextmanager
def interrupts_later() -> Iterator[None]:
    """Begin a process that never hears an interruption, not even while it loads; this one hears it later.

    A terminal interrupts everybody who was begun in it. A process of ours that ended by that would be taken
    for one that a document was too much for, or leave a trace of its own on the screen.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def says_nothing(why: Reason) -> bool:
    """Return whether a refusal is about this computer and not about the document."""
    return why.code is ReasonCode.CHECK_STOPPED


_WORKER: Final = _Worker()
_LOCK: Final = threading.Lock()
#: What it said last of short documents, as proofs' options are: an issuer's are often the same for many.
_SAID: Final[dict[tuple[str, ContextSet, str], Any]] = {}
atexit.register(_WORKER.end)


def serve() -> None:
    """Answer until the other side has gone. Runs in the process of its own."""
    sys.addaudithook(_no_network)
    known: dict[str, ContextSet] = {}
    source, drain = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not stand in an answer
    import pyld.jsonld  # noqa: F401, PLC0415 - what takes long is done before it is ready

    from .canonical import reference_form  # noqa: F401, PLC0415 - as above
    gc.freeze()  # what was loaded stays, and was not looked through while it loaded
    gc.enable()
    _write(drain, b"")
    while True:
        try:
            document, key, told, algorithm = json.loads(_read(source))
        except EOFError:
            return
        if told:
            known[key] = ContextSet(tuple(ContextDocument(*one) for one in told))
        _limit()
        try:
            answer = json.dumps(_answer(document, known[key], algorithm))
        except MemoryError:
            return
        _write(drain, answer.encode())


def _told(contexts: ContextSet) -> list[list[Any]]:
    """Write down what the other side makes the same contexts of."""
    return [[one.address, one.sha256, one.document, one.name, one.shipped] for one in contexts.documents]


def _answer(document: JsonObject, contexts: ContextSet, algorithm: str) -> JsonObject:
    from .canonical import reference_form  # noqa: PLC0415 - it asks this module, from the other side

    try:
        form = reference_form(document, contexts, algorithm=algorithm)
    except LinkedDataError as error:
        return {"notes": [], "refused": _written(error.reason)}
    return {"notes": [_written(note) for note in form.notes], "nquads": form.nquads.decode()}


def _no_network(event: str, _arguments: Iterable[object]) -> None:
    if event.startswith("socket."):
        raise PermissionError(event)


def _limit() -> None:
    """Bound memory, and the work for one document, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    work = int(used.ru_utime + used.ru_stime) + _SECONDS_OF_WORK
    for what, bound in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, work)):
        _, hard = resource.getrlimit(what)
        allowed = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(what, (allowed, hard))


def _write(pipe: BinaryIO | Any, data: bytes) -> None:
    pipe.write(len(data).to_bytes(_LENGTH_BYTES))
    pipe.write(data)
    pipe.flush()


def _read(pipe: BinaryIO | Any) -> bytes:
    length = int.from_bytes(_exactly(pipe, _LENGTH_BYTES))
    if length > _MAX_ANSWER_BYTES:
        raise ValueError(length)
    return _exactly(pipe, length)


def _exactly(pipe: BinaryIO | Any, length: int) -> bytes:
    data: bytes = pipe.read(length)
    if len(data) != length:
        raise EOFError
    return data


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:  # it may still hold what nobody read
        return


def _written(why: Reason) -> list[Any]:
    return [why.code.value, list(map(list, why.params))]


def _reason(body: Any) -> Reason:
    code, params = body
    return Reason(ReasonCode(code), tuple((str(name), str(value)) for name, value in params))


def _refuse(what: str, *, limit: float) -> Never:
    why = reason(ReasonCode.LIMIT_CANONICALISATION, what=what, limit=str(int(limit)))
    raise LinkedDataError(why) from None
