"""From what a person points at to bytes that can be parsed: files, baked badges, QR pictures, pasted text.

A picture may be a badge with a credential inside, or a photograph of a QR code; numbered QR frames may be
spread over several pictures in any order and are put together here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from wallet.codec.encoding import base64url_decode
from wallet.formats.first_bytes import is_pdf, may_be_archive
from wallet.formats.parse import parse
from wallet.formats.qr import is_picture, read_qr
from wallet.model.errors import CodecError, OperationError, WalletError
from wallet.model.reasons import Reason, ReasonCode, reason

from .files import is_folder, read_file, walk
from .progress import Progress, stop_if_cancelled

_CODE_PREFIX = "LW1:"


_WEB: Final = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to parse, or the reason why there is nothing to parse.

    Attributes:
        name: For people: a file's name; untrusted text.
        data: The bytes to parse; empty if `problem` is set.
        path: Where it came from, None for text and codes.
        seen_around: Whether it was taken out of something that people look at: a PDF, a picture of a code.
    """

    name: str
    data: bytes
    path: Path | None = None
    problem: Reason | None = None
    seen_around: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """What files are called for people, so that two of them are two.

    Attributes:
        folders: The parts of the folders that were named, and how many of them are left out of the path by
            which what is below is called.
        shared: Names that several of the named files have: those are called as they were given.
    """

    folders: tuple[tuple[tuple[str, ...], int], ...] = ()
    shared: frozenset[str] = frozenset()

    @classmethod
    def among(cls, paths: Iterable[Path]) -> Names:
        """Return the names of what is behind these paths; of several folders each is said, too."""
        given = tuple(paths)
        counts = Counter(path.name for path in given)
        shared = frozenset(name for name, count in counts.items() if count > 1)
        own = int(len(given) > 1)
        folders = tuple((one.parts, 0 if one.name in shared else max(0, len(one.parts) - own))
                        for one in given if is_folder(one))
        return cls(folders, shared)

    def of(self, path: Path) -> str:
        """Return what a file is called."""
        if self.folders:
            parts = path.parts
            for folder, left_out in self.folders:
                if parts[:len(folder)] == folder:
                    return ("/".join(parts[left_out:]) or path.name) if left_out else path.as_posix()
        return str(path) if path.name in self.shared else path.name


_BARE: Final = Names()


@dataclass(slots=True)
class Frames:
    """Numbered QR frames seen so far, over all pictures of one wish."""

    texts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def joined(self) -> Iterator[Input]:
        """Yield what the frames hold together, if there were any."""
        if not self.texts:
            return
        from wallet.codec.frames import join_frames  # noqa: PLC0415 - loaded for the first code
        from wallet.codec.payload import decode_payload  # noqa: PLC0415 - loaded for the first code

        name = self.names[0] if len(self.names) == 1 else f"{self.names[0]} + {len(self.names) - 1}"
        try:
            yield Input(name, decode_payload(join_frames(self.texts)))
        except CodecError as error:
            yield Input(name, b"", problem=error.reason)

    def add(self, later: Frames) -> None:
        """Take what others saw after us."""
        self.texts += later.texts
        self.names += [name for name in later.names if name not in self.names]


def is_web_address(text: str) -> bool:
    """Tell whether what a person gave is an address, and no file."""
    return text.strip().lower().startswith(_WEB)


def inputs_from_paths(paths: Iterable[Path], progress: Progress, *, into_folders: bool = True,
                      ) -> Iterator[Input]:
    """Yield everything to parse behind the paths, one file in memory at a time.

    Raises:
        CancelledError: Between two files, when the person has asked to stop.
    """
    frames, given = Frames(), tuple(paths)
    names, files = Names.among(given), list(walk(given, into_folders=into_folders))
    for number, path in enumerate(files):
        stop_if_cancelled(progress)
        progress.step(number, len(files), path.name)
        yield from inputs_from_file(path, frames, names)
    yield from frames.joined()
    progress.step(len(files), len(files), "")


def inputs_from_file(path: Path, frames: Frames, names: Names = _BARE) -> Iterator[Input]:
    """Yield everything to parse in one file; numbered QR frames are laid by, to be joined at the end."""
    try:
        data = read_file(path)
    except OperationError as error:
        yield Input(names.of(path), b"", path, error.reason)
        return
    yield from expand(names.of(path), data, path, frames)


def inputs_from_bytes(data: bytes, name: str) -> Iterator[Input]:
    """Yield everything to parse in bytes that came from standard input, the clipboard or a drop."""
    if data[:1] == b"{":  # as `expand` has it
        yield Input(name, data)
        return
    frames = Frames()
    yield from expand(name, data, None, frames)
    yield from frames.joined()


def opened(one: Input) -> Iterator[Input]:
    """Yield what an archive holds, each with both names, or what is no archive as it is."""
    if one.problem is None and may_be_archive(one.data):
        from .enclosed import enclosed  # noqa: PLC0415 - loaded for the first archive

        yield from enclosed(one)
    else:
        yield one


def expand(name: str, data: bytes, path: Path | None, frames: Frames) -> Iterator[Input]:
    """Yield everything to parse in the bytes of a file; numbered QR frames are laid by."""
    if is_pdf(data):
        yield from _inside_pdf(name, data, path)
        return
    if data[:1] == b"{":  # most files: neither picture, frame nor link starts with it
        yield Input(name, data, path)
        return
    if not is_picture(data) or _carries_credential(data):
        lines = _frame_lines(data)
        if lines:
            frames.texts.extend(lines)
            frames.names.append(name)
        else:
            yield _from_link(name, data, path)
        return
    from wallet.codec.frames import is_frame  # noqa: PLC0415 - loaded for the first code

    try:
        texts = read_qr(data)
    except WalletError as error:
        yield Input(name, b"", path, error.reason)
        return
    if not texts:
        yield Input(name, b"", path, reason(ReasonCode.PICTURE_EMPTY))
    for text in texts:
        if is_frame(text):
            frames.texts.append(text)
            if name not in frames.names:
                frames.names.append(name)
        else:
            yield replace(_from_code(name, text, path), seen_around=True)


def _inside_pdf(name: str, data: bytes, path: Path | None) -> Iterator[Input]:
    """Yield the credentials inside a PDF: of attached files, its metadata, and QR codes in its pictures."""
    from .pdf_worker import look_into_pdf  # noqa: PLC0415 - loaded for the first PDF only

    try:
        contents = look_into_pdf(data)
    except WalletError as error:
        yield Input(name, b"", path, error.reason)
        return
    attached = [Input(f"{name}: {title}", content, path) for title, content in contents.attachments]
    packets = [Input(name, content, path) for content in contents.inside]
    codes = [_from_code(name, text, path) for text in contents.codes]
    found = [one for one in (*attached, *packets, *codes) if _is_readable(one)]
    yield from {one.data: replace(one, seen_around=True) for one in found}.values()
    if not found:
        yield Input(name, b"", path, reason(ReasonCode.PDF_EMPTY))


def _carries_credential(picture: bytes) -> bool:
    from wallet.formats.baked import carries_credential  # noqa: PLC0415 - loaded for the first picture only

    return carries_credential(picture)


def _is_readable(one: Input) -> bool:
    try:
        return one.problem is None and bool(parse(one.data))
    except WalletError:
        return False


def _frame_lines(data: bytes) -> list[str]:
    """Return the lines of a text that is nothing but numbered frames (copied from a screen reader)."""
    if data.lstrip()[:5] != b"LW1F:":
        return []
    lines = data.decode("utf-8", "replace").split("\n")
    return [line.strip() for line in lines if line.strip()]


def _from_link(name: str, data: bytes, path: Path | None) -> Input:
    """Take the payload out of a pasted verifier link; leave everything else as it is."""
    start = data.lstrip()[:8].lower()
    if start.startswith((b"https://", b"http://")) and b"#" in data:
        return _from_code(name, data.decode("utf-8", "replace").strip(), path)
    return Input(name, data, path)


def _from_code(name: str, text: str, path: Path | None) -> Input:
    from wallet.codec.frames import from_text  # noqa: PLC0415 - loaded for the first code
    from wallet.codec.payload import decode_payload  # noqa: PLC0415 - loaded for the first code

    try:
        if text.startswith(_CODE_PREFIX):
            return Input(name, decode_payload(from_text(text)), path)
        if text.lower().startswith(("https://", "http://")):
            fragment = urlsplit(text).fragment
            if not fragment:
                return Input(name, b"", path, reason(ReasonCode.QR_FOREIGN, found=text[:80]))
            return Input(name, decode_payload(base64url_decode(fragment)), path)
    except CodecError as error:
        return Input(name, b"", path, error.reason)
    except ValueError:  # urlsplit refuses some addresses that are none
        return Input(name, b"", path, reason(ReasonCode.QR_FOREIGN, found=text[:80]))
    return Input(name, text.encode("utf-8"), path)
