"""The way in: no arguments open the window, a verb goes to the command line.

The tour is the one wish that needs both shells: the command line walks through it, the window paints the
pictures. They are strangers to each other, so they are introduced here.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections import namedtuple
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # loaded by the shell that needs it
    from wallet.operations.tour import Tour

_INTERRUPTED: Final = 130  # as the command line has it


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit code."""
    if arguments is not None:  # a call from inside another program, whose process is not ours to change
        return _run(arguments)
    gc.disable()  # what is loaded stays; whoever has loaded it says so to `assemble.collect_garbage`
    try:
        from wallet.assemble import harden_process, open_streams  # noqa: PLC0415 - as below

        open_streams()
        harden_process()
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # while it still loads, or has ended
        code = _INTERRUPTED
    if code == _INTERRUPTED:  # whoever asks once more gets no trace of how a program ends
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # An interruption inside a text that Python evaluates, as for a tuple with names, counts as one that
        # nobody took until it evaluates the next; it would end the program by a signal and not by its code.
        namedtuple("_Taken", ())  # noqa: PYI024 - and nothing else of it is wanted
    if len(sys.argv) > 1:  # Qt ends in its own order; of the rest, nothing is gained by one more look
        gc.freeze()
    return code


def _run(given: list[str]) -> int:
    if not given:
        from wallet.ui.application import run  # noqa: PLC0415 - Qt is loaded only for the window

        return run()
    from wallet.cli.commands import main as command_line  # noqa: PLC0415 - and the command line only for it

    return command_line(given, pictures=_pictures)


def _pictures(tour: Tour) -> tuple[Path, ...]:
    from wallet.ui.tour import take_pictures  # noqa: PLC0415 - as above

    return take_pictures(tour)


if __name__ == "__main__":
    sys.exit(main())
