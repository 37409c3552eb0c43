"""The door: bytes of any file to a credential or a presentation, told by content and never by name.

A file is a picture, a pack, our own QR text, or text that is JSON or a token. Every bound is checked before
anything is built from the bytes; whatever is wrong ends in a named error. Nothing is opened, fetched or
believed here. A credential in JSON is read at once; what reads anything else is loaded for the first of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from wallet.codec.cose import looks_like_cose
from wallet.codec.strict_json import parse_json, starts_with_bom
from wallet.model.credential import Carrier, JsonObject, Original, Parsed, Presentation
from wallet.model.errors import FormatError
from wallet.model.limits import MAX_DATA_URI_CHARS, MAX_FILE_BYTES, MAX_JSON_NODES
from wallet.model.reasons import Reason, ReasonCode, reason

from .credential import parse_credential
from .first_bytes import looks_like_svg
from .inside import with_inside
from .pictures import PNG_MAGIC
from .vc import is_enveloped, is_presentation

__all__ = ["parse", "parse_credential"]

_ZIP_MAGIC: Final = b"PK\x03\x04"
_EMPTY_ZIP_MAGIC: Final = b"PK\x05\x06"
_BOM: Final = b"\xef\xbb\xbf"
_UTF16_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_OWN_CODES: Final = (b"LW1:", b"LW1F:")
_CBOR_LD_CODE: Final = b"VP1-"  # of other wallets for learners
_SPACE: Final = b" \t\r\n"
_MAX_NODES: Final = 20 * MAX_JSON_NODES  # of a pack or record; each credential in it is bounded on its own
_MAX_ENVELOPES: Final = 2  # a file that wraps a token that wraps a credential


def parse(data: bytes, *, name: str = "") -> Parsed:
    """Read a file, with what is inside it.

    Args:
        data: The whole file.
        name: For the reason of a refusal only.

    Raises:
        FormatError: It is none of the kinds we know, is damaged, or breaks a bound.
        CodecError: Its text is not what JSON, a token or a code must be.
    """
    return with_inside(_read_file(data, name))


def _read_file(data: bytes, name: str) -> Parsed:
    if len(data) > MAX_FILE_BYTES:
        raise FormatError(
            reason(ReasonCode.LIMIT_BYTES, what="file", limit=str(MAX_FILE_BYTES), found=str(len(data)))
        )
    if data[:1] == b"{":  # most files: nothing else starts with it
        value = parse_json(data, max_nodes=_MAX_NODES, max_string_chars=MAX_DATA_URI_CHARS)
        return _read_object(value, Original(data, "application/json", data, Carrier.JSON), "")
    if not _bare(data):
        raise FormatError(reason(ReasonCode.EMPTY_FILE))
    if data.startswith(_UTF16_BOMS):
        raise FormatError(reason(ReasonCode.NOT_UTF8, found="UTF-16"))
    if data.startswith(PNG_MAGIC):
        from .baked import read_png  # noqa: PLC0415 - as the module says

        baked = read_png(data)
        return _noted(_read_text(Original(data, "image/png", baked.payload, Carrier.PNG)), baked.notes)
    if data.startswith((_ZIP_MAGIC, _EMPTY_ZIP_MAGIC)):
        from .pack import read_pack  # noqa: PLC0415 - as the module says

        pack = read_pack(data)
        return _read_text(Original(data, "application/zip", pack.presentation, Carrier.PACK), pack.cover)
    if looks_like_svg(data):
        from .baked_svg import read_svg  # noqa: PLC0415 - as the module says

        return _read_text(Original(data, "image/svg+xml", read_svg(data).payload, Carrier.SVG))
    return _read_plain(data, name)


def _read_plain(data: bytes, name: str) -> Parsed:
    text = _bare(data)
    if text.startswith(_OWN_CODES):
        from wallet.codec.frames import join_frames  # noqa: PLC0415 - as the module says
        from wallet.codec.payload import decode_payload  # noqa: PLC0415 - as the module says

        lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines()]
        payload = decode_payload(join_frames(line for line in lines if line))
        return _read_text(Original(data, "text/plain", payload, Carrier.QR))
    if text[:1] in (b"{", b"["):
        return _read_text(Original(data, "application/json", data, Carrier.JSON))
    if text[:1] == b'"' or _is_compact(text):
        return _read_text(Original(data, "application/jwt", data, Carrier.JWS))
    if looks_like_cose(data) or looks_like_cose(text):
        from .presentation import read_cose  # noqa: PLC0415 - as the module says

        return read_cose(data, Original(data, "application/cose", data, Carrier.JWS))
    if text.startswith(_CBOR_LD_CODE):
        raise FormatError(reason(ReasonCode.FORMAT_UNSUPPORTED, what="VP1"))
    raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, name=name[:200]))


def _read_text(original: Original, cover: str = "") -> Parsed:
    """Read the text of a credential or presentation, wherever it was found."""
    text = _bare(original.payload)
    notes = (reason(ReasonCode.QUIRK_BOM),) if starts_with_bom(original.payload) else ()
    if text[:1] in (b"{", b"[", b'"'):
        # A byte order mark was skipped here and noted; the kept bytes keep it.
        value = parse_json(text, max_nodes=_MAX_NODES, max_string_chars=MAX_DATA_URI_CHARS)
        return _noted(_read_value(value, original, cover, _MAX_ENVELOPES), notes)
    if _is_compact(text):
        return _noted(_read_compact(text.decode("ascii"), original, cover), notes)
    if original.carrier in (Carrier.PNG, Carrier.SVG) and text[:8].lower().startswith(
        (b"https://", b"http://")
    ):
        from .openbadges2 import read_link  # noqa: PLC0415 - as the module says

        return read_link(text.decode("utf-8", "replace"), original)
    raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what=original.carrier.value))


def _read_value(value: Any, original: Original, cover: str, envelopes: int) -> Parsed:
    if isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], dict) and envelopes:
            return _read_value(value[0], original, cover, envelopes - 1)
        from .presentation import read_collection  # noqa: PLC0415 - as the module says

        return read_collection(value, original)
    if isinstance(value, str):
        return _read_inner(value.strip(), original, cover)
    if isinstance(value, dict):
        return _read_object(value, original, cover)
    raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="JSON"))


def _read_object(value: JsonObject, original: Original, cover: str) -> Parsed:
    if is_enveloped(value):
        from .presentation import open_envelope  # noqa: PLC0415 - as the module says

        return _read_inner(open_envelope(value).data.decode("utf-8", "replace"), original, cover)
    if _is_serialised_jws(value):
        from .jades import is_jades, read_jades  # noqa: PLC0415 - as the module says

        if is_jades(value):
            return read_jades(value, original)
        from .jwt import compact_form  # noqa: PLC0415 - as the module says

        return _read_compact(compact_form(value), original, cover)
    if is_presentation(value):
        from .presentation import read_presentation  # noqa: PLC0415 - as the module says

        return read_presentation(value, original, cover)
    if "version" in value:  # every entry of ours says so
        from .entries import is_entry, read_entry  # noqa: PLC0415 - as the module says

        if is_entry(value):
            return read_entry(value, original)
    return _read_badges(value, original) if "badges" in value else parse_credential(value, original)


def _read_badges(value: JsonObject, original: Original) -> Parsed:
    """Read what may be a saved collection of badges."""
    from .backpack import awards_in  # noqa: PLC0415 - as the module says
    from .presentation import read_collection  # noqa: PLC0415 - as the module says

    awards = awards_in(value)
    return read_collection(awards, original) if awards else parse_credential(value, original)


def _read_inner(text: str, original: Original, cover: str) -> Parsed:
    """Read what a wrapper holds: a token, or something we can only name."""
    data = text.encode("utf-8", "replace")
    if _is_compact(data):
        return _read_compact(text, original, cover)
    if looks_like_cose(data):
        from .presentation import read_cose  # noqa: PLC0415 - as the module says

        return read_cose(data, original, cover)
    raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="JSON"))


def _read_compact(text: str, original: Original, cover: str) -> Parsed:
    from . import presentation  # noqa: PLC0415 - as the module says

    if "~" in text:  # SD-JWT
        return presentation.read_sd_jwt(text, original, cover)
    if text.count(".") == 4:  # RFC 7516 §7.1: encrypted
        raise FormatError(reason(ReasonCode.FORMAT_UNSUPPORTED, what="JWE"))
    if presentation.token_holds_presentation(text):
        return presentation.read_presentation_token(text, original, cover)
    return presentation.read_compact(text, original)


def _is_compact(text: bytes) -> bool:
    """Return whether a text means to be a token: strictness comes when it is taken apart."""
    # Every header is a JSON object in base64url: `{"` comes out as `ey`, a brace and a new line as `ew`.
    return (
        text.startswith((b"ey", b"ew"))
        and text.count(b".") >= 2
        and text.isascii()
        and not any(space in text for space in _SPACE)
    )


def _is_serialised_jws(value: JsonObject) -> bool:
    return "payload" in value and ("signatures" in value or "signature" in value)


def _bare(data: bytes) -> bytes:
    return data.removeprefix(_BOM).strip(_SPACE)


def _noted(parsed: Parsed, notes: tuple[Reason, ...]) -> Parsed:
    if not notes:
        return parsed
    if isinstance(parsed, Presentation):
        return replace(parsed, notes=parsed.notes + notes)
    return replace(parsed, notes=parsed.notes + notes)
