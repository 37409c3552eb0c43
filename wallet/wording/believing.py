"""Sentences for checks about issuers: lists, own beliefs, changed keys, look-alike names. Templates only."""

from __future__ import annotations

from typing import Final

from wallet.model.beliefs import Stance
from wallet.model.evidence import Verified
from wallet.model.reasons import ReasonCode as R

VERIFIED_WORDS: Final[dict[Verified, str]] = {
    Verified.SHIPPED: "came with this program",
    Verified.TLS: "by the secure connection to its own address",
    Verified.OWN_SEAL: "by its own seal",
    Verified.BY_HAND: "by nothing but your own word",
}
STANCE_WORDS: Final[dict[Stance, str]] = {
    Stance.NONE: "named",
    Stance.PINNED: "key compared by you",
    Stance.DISTRUSTED: "not trusted by you",
}

BELIEVING: Final[dict[R, str]] = {
    # --- keys that changed ---
    R.KEY_WAS_LISTED: "The issuer's document of {date} listed the key of this seal[[, and you had this very "
    "file on {from}]], before a change of keys was seen[[ on {until}]].",
    R.KEY_DATE_UNPROVEN: "When it was sealed is not shown: the date inside is the word of whoever used the "
    "old key, and a thief of that key could write any date.",
    R.ISSUER_KEY_CHANGED: "The keys of {issuer} changed[[; this was seen on {date}]].",
    # --- what the learner believes ---
    R.ISSUER_PINNED: "Its key is the one that you compared with the issuer[[ on {date}]]"
    "[[; you call it “{name}”]].",
    R.ISSUER_PIN_DIFFERS: "Sealed with another key than the one that you compared with {issuer}"
    "[[ on {date}]]. Ask the issuer whether it has a new key.",
    R.ISSUER_DISTRUSTED: "You marked {issuer} as not to be trusted[[ on {date}]].",
    R.ISSUER_OWN_NAME: "You call it “{name}”.",
    # --- names and addresses ---
    R.ISSUER_BELOW_HOST: "Its address is a place at {host}[[ ({address})]], which need not be {host} itself.",
    R.HOST_MIXED_SCRIPTS: "Its address mixes letters of several scripts[[, as in “{found}”]]. In the network "
    "it is {host}: look twice.",
    R.HOST_PUNYCODE: "Its address is {host} in the network[[; some programs show it as “{found}”]].",
    R.HOST_TRAILING_DOT: "Its address {host} is written with a dot at the end, unlike usual ones.",
    R.HOST_CAPITALS: "Its address {host} is written with capital letters, unlike usual ones.",
    R.HOST_RESEMBLES: "Its address {host} is not {party}[[ ({name})]], which is on your lists: it only looks "
    "like it.",
    R.NAME_OF_LISTED: "Your lists give the name “{name}” to another address: {party}.",
    # --- the clock ---
    R.CLOCK_FAR_AHEAD: "The clock of this computer says {date}[[; the last thing saved here is of {from}]]. "
    "If the clock is wrong, so is what is said about dates. Nothing was removed.",
    # --- issuer lists ---
    R.ISSUER_DOMAIN_KNOWN: "Its web address[[ {host}]] belongs to {name}[[ (as {domain})]][[, per “{list}”]]"
    "[[ of {date}]]. None of your lists names the issuer itself[[; it calls itself “{claimed}”]].",
    R.ISSUER_DOMAIN_SHARED: "Its address is a place inside {host}[[, which belongs to {name}]]. Such places "
    "are given to members too, so this does not show that it is the institution.",
    R.ISSUER_NAME_MISMATCH: "It calls itself “{name}”, but the seal belongs to {host}[[, known as {known}]].",
    R.ISSUER_LIST_ENDED: "It was on your list[[ “{list}”]][[ as {name}]][[, dated {date}]]. What the list "
    "says has passed its own end[[ ({until})]].",
    R.ISSUER_LISTS_UNCHECKED: "Not looked up in all of your lists[[; left out: {lists}]][[. {because}]]",
}
