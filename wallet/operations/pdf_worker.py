"""Looking into a PDF in a process of its own, which is ended when it takes too long or too much.

A PDF is the one thing we open with a library that was not written for hostile files. What it finds comes
back as plain values; whatever happens in there, this program goes on.
"""

from __future__ import annotations

import logging
import signal
from typing import TYPE_CHECKING, Final

from wallet.formats.pdf import PdfContents, read_pdf
from wallet.model.errors import FormatError, OperationError, WalletError
from wallet.model.limits import MAX_FILE_BYTES, MIB
from wallet.model.reasons import Reason, ReasonCode, reason

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MAX_PDF_SECONDS: Final = 20.0
_MEMORY: Final = 768 * MIB
_SECONDS_OF_WORK: Final = 15
_SECONDS_TO_END: Final = 1.0
_KILLED: Final = -9  # by somebody else, for want of memory as a rule; its own limits end it otherwise


def look_into_pdf(data: bytes, *, seconds: float = MAX_PDF_SECONDS) -> PdfContents:
    """Return what is in a PDF.

    Args:
        data: The file.
        seconds: How long it may take.

    Raises:
        FormatError: PDF_DAMAGED, LIMIT_BYTES.
        OperationError: PDF_SLOW; CHECK_STOPPED where the system let no process begin, or ended it.
    """
    if len(data) > MAX_FILE_BYTES:
        raise FormatError(reason(ReasonCode.LIMIT_BYTES, what="PDF", limit=str(MAX_FILE_BYTES)))
    import multiprocessing  # noqa: PLC0415 - loaded for the first PDF only

    from .spawned import begin  # noqa: PLC0415 - as above

    fresh = multiprocessing.get_context("spawn")
    # Two pipes of one direction each: a pipe of both would be a socket, and nothing here opens one.
    questions, ask = fresh.Pipe(duplex=False)
    answers, reply = fresh.Pipe(duplex=False)
    worker = fresh.Process(target=_work, args=(questions, reply), daemon=True)
    try:
        begin(worker)
    except OSError:
        ask.close()
        answers.close()
        raise OperationError(reason(ReasonCode.CHECK_STOPPED)) from None
    finally:
        questions.close()
        reply.close()
    try:
        ask.send_bytes(data)
        if not answers.poll(seconds):
            raise OperationError(reason(ReasonCode.PDF_SLOW, limit=str(round(seconds))))
        answer: PdfContents | Reason = answers.recv()
    except (EOFError, OSError):  # it was ended: by its own limits, or by the system
        worker.join(_SECONDS_TO_END)
        if worker.exitcode == _KILLED:
            raise OperationError(reason(ReasonCode.CHECK_STOPPED)) from None
        raise FormatError(reason(ReasonCode.PDF_DAMAGED)) from None
    finally:
        ask.close()
        answers.close()
        worker.kill()
        worker.join()
    if isinstance(answer, Reason):
        raise FormatError(answer)
    return answer


def _work(questions: Connection, reply: Connection) -> None:
    """Look into one PDF and end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()  # what the library thinks of a file is nothing for anybody's screen
    _limit()
    data = questions.recv_bytes(MAX_FILE_BYTES)
    try:
        answer: PdfContents | Reason = read_pdf(data)
    except WalletError as error:
        answer = error.reason
    except RecursionError:
        answer = reason(ReasonCode.PDF_DAMAGED)
    reply.send(answer)


def _limit() -> None:
    """Bound memory and work, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    for what, bound in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS_OF_WORK)):
        _, hard = resource.getrlimit(what)
        allowed = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(what, (allowed, hard))
