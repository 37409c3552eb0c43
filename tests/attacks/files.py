"""D9: archives and files as such, F12 to F20, but for F17 (`bulk`) and F19 (`reports`).

Read by content and under bounds; nothing in them is opened.
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import qrcode

from tests.attacks.cases import (
    FINE,
    TWIN,
    VALID,
    Act,
    File,
    Input,
    Severity,
    case,
    malformed,
    refused,
)
from tests.attacks.learner import demand_import, kept, learner, new_folder
from tests.attacks.scene import university
from tests.conftest import AT
from tests.simulators.pictures import badge_png, baked_png
from tests.simulators.signing import pinned_contexts
from wallet.codec.frames import to_text
from wallet.formats.pack import COVER, MANIFEST, PRESENTATION_JSON, manifest
from wallet.model.limits import MAX_PACK_MEMBERS
from wallet.model.reasons import ReasonCode as R
from wallet.model.sharing import ShareTerms
from wallet.operations.checking import Desk, check_paths
from wallet.operations.files import read_file
from wallet.operations.intake import ImportOutcome, import_bytes, import_paths
from wallet.operations.library import credentials, export
from wallet.operations.sharing import present
from wallet.trust.evidence_store import MemoryEvidence
from wallet.ui.untrusted_text import shown_text
from wallet.wording.text import tidy

H, M = Severity.HIGH, Severity.MEDIUM


def _zip(members: dict[str, bytes], *infos: zipfile.ZipInfo, packed: bool = True) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        for info in infos:
            archive.writestr(info, b"/etc/hostname")
    return target.getvalue()


def _presented() -> bytes:
    issuer = university("did:key")
    with learner() as session:
        ident = kept(session, issuer.badge())
        return present(session, [ident], ShareTerms()).presentation


def _pack(members: dict[str, bytes], *infos: zipfile.ZipInfo) -> bytes:
    named = {info.filename: b"/etc/hostname" for info in infos}
    return _zip({MANIFEST: manifest({**members, **named}), **members}, *infos)


_NAMES = {"parents": "../../evil.txt", "absolute": "/etc/evil", "a drive": "C:\\evil",
          "a drive, forward": "C:/evil",
          "backslashes": "..\\evil", "a device": "NUL.txt", "another device": "con", "a dot": "./evil",
          "a control character": "ev\x01il", "another case": "COVER.TXT", "a trailing dot": "cover.txt.",
          "a stream": "cover.txt:evil"}
_MEMBER = malformed(R.PACK_MEMBER_REFUSED)


def _twice(shown: bytes) -> bytes:
    second = "cover.txx"
    data = _pack({PRESENTATION_JSON: shown, COVER: b"a", second: b"b"})
    return data.replace(second.encode(), COVER.encode())


@case("F12", H, "an archive whose names lead elsewhere",
      attacks={**dict.fromkeys(_NAMES, _MEMBER), "a symbolic link": _MEMBER, "a device file": _MEMBER,
               "the same name twice": _MEMBER, "a name with a NUL": _MEMBER, "encrypted": _MEMBER})
def _names(variant: str) -> Input:
    shown = _presented()
    members = {PRESENTATION_JSON: shown, COVER: b"for people"}
    data = _pack(members)
    if variant in _NAMES:
        data = _pack({**members, _NAMES[variant]: b"evil"})
    elif variant in ("a symbolic link", "a device file"):
        special = zipfile.ZipInfo("more")
        special.external_attr = (0o120777 if "link" in variant else 0o020666) << 16
        data = _pack(members, special)
    elif variant == "the same name twice":
        data = _twice(shown)
    elif variant == "a name with a NUL":
        data = data.replace(COVER.encode(), b"cover\0txt")
    elif variant == "encrypted":
        changed = bytearray(data)
        changed[changed.rindex(b"PK\x01\x02") + 8] |= 1
        data = bytes(changed)
    return File(data)


def _lying(shown: bytes) -> bytes:
    """Say in the directory that three million bytes are ten."""
    data = bytearray(_pack({PRESENTATION_JSON: shown, COVER: bytes(3_000_000)}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24:entry + 28] = struct.pack("<I", 10)
    return bytes(data)


def _overlapping(shown: bytes) -> bytes:
    """Let the directory point twice to the same bytes."""
    data = bytearray(_pack({PRESENTATION_JSON: shown, COVER: b"a", "more1": b"a" * 9}))
    entry, other = data.rindex(b"PK\x01\x02"), data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x01\x02"))
    data[entry + 42:entry + 46] = data[other + 42:other + 46]
    return bytes(data)


def _reads_without_zip64_sizes() -> bool:
    """Ask this Python itself: its releases differ."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("a", b"a")
    data = bytearray(archive.getvalue())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 20:entry + 28] = b"\xff" * 8
    try:
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as reading:
            reading.open("a").close()
    except zipfile.BadZipFile:
        return False
    return True


#: Pythons that look for overlapping entries refuse it themselves; the others leave it to our bounds.
_LENIENT = "ZIP64 sizes that are not there"
_READS_ZIP64 = _reads_without_zip64_sizes()
_ZIP64_ATTACKS = {"a bomb with ZIP64 sizes": malformed(R.LIMIT_BYTES if _READS_ZIP64 else R.PACK_DAMAGED),
                  **({} if _READS_ZIP64 else {_LENIENT: malformed(R.PACK_DAMAGED)})}
_ZIP64_TWINS = {_LENIENT: VALID} if _READS_ZIP64 else {}


@case("F13", H, "an archive that becomes a thousand times as large, or says that it does not",
      attacks={"100 MB": malformed(R.LIMIT_RATIO), "100 MB as the presentation": malformed(R.LIMIT_RATIO),
               "a size that lies": malformed(R.PACK_DAMAGED), "overlapping": malformed(R.PACK_DAMAGED),
               "10,001 members": malformed(R.LIMIT_ITEMS),
               "an archive in the archive": malformed(R.FORMAT_UNKNOWN),
               **_ZIP64_ATTACKS},
      twins={TWIN: VALID, **_ZIP64_TWINS})
def _zip_bomb(variant: str) -> Input:
    shown = _presented()
    made: dict[str, Callable[[], bytes]] = {
        TWIN: lambda: _pack({PRESENTATION_JSON: shown, COVER: b"a"}),
        "100 MB": lambda: _pack({PRESENTATION_JSON: shown, COVER: bytes(100_000_000)}),
        "100 MB as the presentation": lambda: _pack({PRESENTATION_JSON: bytes(100_000_000)}),
        "a size that lies": lambda: _lying(shown), "overlapping": lambda: _overlapping(shown),
        "10,001 members": lambda: _zip(
            {MANIFEST: b"{}", **{f"m{number}": b"" for number in range(MAX_PACK_MEMBERS)}}),
        "an archive in the archive": lambda: _pack({PRESENTATION_JSON: _pack({PRESENTATION_JSON: shown})}),
        "ZIP64 sizes that are not there": lambda: _zip64(shown, b"a"),
        "a bomb with ZIP64 sizes": lambda: _zip64(shown, bytes(100_000_000))}
    return File(made[variant]())


def _zip64(shown: bytes, cover: bytes) -> bytes:
    """Say that the sizes are in an extra field that is not there: only what comes out is counted."""
    data = bytearray(_pack({PRESENTATION_JSON: shown, COVER: cover}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 20:entry + 28] = b"\xff" * 8
    return bytes(data)


# --- files as such ---


def _special_file(variant: str) -> Path:
    folder = new_folder()
    path = folder / "badge.json"
    if variant == "a pipe":
        os.mkfifo(path)
    elif variant in ("a device", "a link to a device"):
        path.symlink_to("/dev/zero")
        return path if "link" in variant else Path("/dev/zero")
    elif variant == "a link to nothing":
        path.symlink_to(folder / "nothing")
    elif variant == "10 GB, sparse":
        with path.open("wb") as file:
            file.truncate(10 * 1024 ** 3)
    else:
        good = university("did:key").badge()
        path.write_bytes({"a picture": badge_png(), "empty": b"", "blank": b" \n\t", "zeroes": bytes(100),
                          "a badge in a picture": baked_png(good)}.get(variant, good))
    if variant == "a link to a badge":
        (folder / "link.json").symlink_to(path)
        return folder / "link.json"
    return path


@case("F15", M, "files that are none: empty, pipe, device, sparse, another kind than the name says",
      attacks={"a picture": refused(R.PICTURE_EMPTY), "empty": refused(R.EMPTY_FILE),
               "blank": refused(R.EMPTY_FILE),
               "zeroes": refused(R.FORMAT_UNKNOWN), "a pipe": refused(R.FILE_NOT_REGULAR),
               "a device": refused(R.FILE_NOT_REGULAR), "a link to a device": refused(R.FILE_NOT_REGULAR),
               "a link to nothing": refused(R.FILE_MISSING), "a folder": refused(R.FILE_NOT_REGULAR),
               "10 GB, sparse": refused(R.LIMIT_BYTES)},
      twins={TWIN: FINE, "a link to a badge": FINE, "a badge in a picture": FINE})
def _no_files(variant: str) -> Input:
    if variant == "a folder":
        folder = new_folder()
        return Act(lambda: read_file(folder))
    path = _special_file(variant)
    return Act(lambda: demand_import(path))


_FILE_NAMES = {"right to left": "badge\u202egnp.json", "a line end": "badge\n\nGenuine and current.json",
               "255 bytes": "b" * 250 + ".json", "not UTF-8": os.fsdecode(b"badge\xff\xfe.json"),
               "markup": "<img src=x>.json", "an option": "--help.json", "an escape": "badge\x1b[31m.json"}


@case("F16", M, "file names that mislead or are no text",
      attacks=dict.fromkeys(_FILE_NAMES, FINE), twins={TWIN: FINE})
def _file_names(variant: str) -> Input:
    data = university("did:key").badge()

    def run() -> None:
        folder = new_folder()
        path = folder / _FILE_NAMES.get(variant, "badge.json")
        path.write_bytes(data)
        (checked,) = check_paths(Desk(pinned_contexts(), MemoryEvidence(())), [path], at=AT)
        assert checked.report.verdict.value == "valid", checked.report.verdict
        with learner() as session:
            (row,) = import_paths(session, [path]).rows
            assert row.outcome is ImportOutcome.ADDED, row.reason
            (written,) = export(session, [row.credential_id], folder / "out")
            assert written.name.isascii(), written.name
            assert path.stem not in written.name or variant == TWIN
            assert written.read_bytes() == data
        _demand_plain_lines(checked.name)

    return Act(run)


def _demand_plain_lines(name: str) -> None:
    """The name is shown in one line, without anything that turns or hides."""
    for shown in (shown_text(name, single_line=True).text, tidy(name)):
        assert not set(shown) & set("\n\r\x1b\u202e"), shown
        shown.encode("utf-8")


@case("F18", M, "the same again, the same id with another content, the same content with another id",
      attacks={"the same bytes": FINE, "the same in a picture": FINE, "the same id, another content": FINE,
               "another id, the same content": FINE, "the same id, by somebody else": FINE,
               "the same id, forged, with a later date": FINE},
      twins={TWIN: FINE})
def _again(variant: str) -> Input:
    issuer, other = university("did:key"), university("did:key", seed="elsewhere")
    good = issuer.badge()
    forged = issuer.badge(valid_from=AT).replace(b"Two marked projects", b"Ten marked projects")
    arriving = {TWIN: issuer.badge(title="Statistics", number=2), "the same bytes": good,
                "the same in a picture": baked_png(good),
                "the same id, another content": issuer.badge(description="More of it.", valid_from=AT),
                "another id, the same content": issuer.badge(number=2),
                "the same id, by somebody else": other.badge(),
                "the same id, forged, with a later date": forged}
    outcome, count = {
        TWIN: (ImportOutcome.ADDED, 2), "the same bytes": (ImportOutcome.KNOWN, 1),
        "the same in a picture": (ImportOutcome.KNOWN, 1),
        "the same id, another content": (ImportOutcome.REPLACES, 2),
        "another id, the same content": (ImportOutcome.ADDED, 2),
        "the same id, by somebody else": (ImportOutcome.ADDED, 2),
        "the same id, forged, with a later date": (ImportOutcome.ADDED, 2)}[variant]

    def run() -> None:
        with learner() as session:
            first = kept(session, good)
            (row,) = import_bytes(session, arriving[variant], "again").rows
            assert (row.outcome, len(credentials(session))) == (outcome, count), row
            replaced = row.credential_id if outcome is ImportOutcome.REPLACES else ""
            assert session.vault.get(first).replaced_by == replaced
            assert session.vault.original(first).data == good

    return Act(run)


def _code(text: str) -> bytes:
    code = qrcode.QRCode(border=4, box_size=3)
    code.add_data(text)
    target = io.BytesIO()
    code.make_image().get_image().convert("L").save(target, "PNG")
    return target.getvalue()


_UNKNOWN, _FOREIGN = malformed(R.FORMAT_UNKNOWN), malformed(R.QR_FOREIGN)
_CODES = {"file:": "file:///etc/passwd", "smb:": "smb://mallory.example/share",
          "script": "javascript:alert(1)", "3 kB of file:": "file:///" + "a" * 2_000,
          "wifi": "WIFI:S:cafe;T:WPA;P:secret;;",
          "control characters": "\x01\x02\x1b[31mGenuine\x07", "a path": "/etc/passwd",
          "a UNC path": "\\\\mallory\\x"}


@case("F20", M, "a code that says something else than a credential",
      attacks={**dict.fromkeys(_CODES, _UNKNOWN), "http": _FOREIGN, "https with a query": _FOREIGN,
               "https, and nonsense behind the #": malformed(R.BAD_ENCODING),
               "an address with nobody": malformed(R.QR_FOREIGN)})
def _codes(variant: str) -> Input:
    issuer = university("did:key")
    texts = {**_CODES, "http": "http://mallory.example/open-me", "an address with nobody": "https://[/#x",
             "https with a query": "https://mallory.example/?credential_offer=x",
             "https, and nonsense behind the #": "https://mallory.example/#%%%"}
    if variant == TWIN:
        with learner() as session:
            shown = present(session, [kept(session, issuer.credential())], ShareTerms())
        return File(_code(to_text(shown.payload)))
    return File(_code(texts[variant]))
