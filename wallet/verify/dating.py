"""What a thing says of its own age: its seal's date, and its own. Self-asserted, all of it.

What a date that nobody proved may still decide is in `checks`; here it is only read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from wallet.codec.dates import parse_datetime
from wallet.codec.strict_json import parse_object
from wallet.model.credential import CompactJws, CoseSign1, Credential, Parsed
from wallet.model.errors import CodecError

_LAST_SECOND: Final = 253_402_300_799  # 9999-12-31T23:59:59Z
_SEALED_AT: Final = frozenset({"sigT", "iat"})
_ISSUED_AT: Final = 6  # of the registry of CBOR Web Token claims


def issued_at(jws: CompactJws) -> datetime | None:
    """Return when a token says it was issued, None if it does not.

    An electronic seal says in its header when it was made (ETSI TS 119 182-1 §5.1.11 and §5.2.1).

    Raises:
        CodecError: Its claims cannot be read.
    """
    stated = _moment(parse_object(jws.payload).get("iat"))
    if stated is not None or _SEALED_AT.isdisjoint(jws.header):
        return stated
    from wallet.formats.jades import signing_time  # noqa: PLC0415 - few tokens are such seals

    return signing_time(jws.header)


def message_issued_at(message: CoseSign1) -> datetime | None:
    """Return when a COSE message says it was issued, None if it does not (RFC 9597 §2, RFC 8392 §3.1.6).

    Raises:
        CodecError: Its claims cannot be read.
    """
    stated = message.protected.get("claims")
    if isinstance(stated, dict):
        return _moment(stated.get(_ISSUED_AT))
    if message.payload[:1] == b"{":
        return None  # a credential, which dates itself
    from wallet.codec.cwt import cwt_claims  # noqa: PLC0415 - few messages are claims themselves

    return _moment(cwt_claims(message.payload).get("iat"))


def _moment(stated: object) -> datetime | None:
    if isinstance(stated, bool) or not isinstance(stated, int | float) or not 0 <= stated <= _LAST_SECOND:
        return None
    return datetime.fromtimestamp(stated, UTC)


def latest_date(thing: Parsed) -> datetime | None:
    """Return the latest beginning that a thing or its seals state, None if they state none. Never raises."""
    found = [thing.valid_from if isinstance(thing, Credential) else thing.created]
    try:
        found += [parse_datetime(one["created"])[0] for one in thing.proofs
                  if isinstance(one.get("created"), str)]
        found += [issued_at(thing.jws)] if thing.jws is not None else []
        found += [message_issued_at(thing.cose)] if thing.cose is not None else []
    except CodecError:
        pass  # what cannot be read is named where it is checked
    return max((one for one in found if one is not None), default=None)


def sealed_at(thing: Credential) -> datetime | None:
    """Return when a thing's one seal says it was made, None if it does not. Never raises.

    Of several proofs none covers the date of another, so that anybody could add a late one.
    """
    try:
        if thing.jws is not None:
            return issued_at(thing.jws)
        if thing.cose is not None:
            return message_issued_at(thing.cose)
        created = thing.proofs[0].get("created") if len(thing.proofs) == 1 else None
        return parse_datetime(created)[0] if isinstance(created, str) else None
    except CodecError:
        return None


def made_at(thing: Credential) -> datetime | None:
    """Return when a thing was sealed last, by its own word: its beginning, or its seal's later date."""
    return max((one for one in (thing.valid_from, sealed_at(thing)) if one is not None), default=None)
