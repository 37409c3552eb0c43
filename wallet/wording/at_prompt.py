"""What to do next, for somebody who types commands: the verb is named. Everybody else is told the act.

A window shows the sentence of the tables by kind, which names what a person sees there. Only where a command
helps more does one stand here.
"""

from __future__ import annotations

from typing import Final

from wallet.model.reasons import ReasonCode as R

AT_PROMPT: Final[dict[R, str]] = {
    R.EVIDENCE_CONTEXT: "If you trust its source, add --trust-contexts.",
    R.REQUEST_VOCABULARY: "If you trust its source, save it and add it with --trust-contexts.",
    R.VAULT_MISSING: "Make one with “wallet create”, or name its folder.",
    R.NETWORK_OFF: "Allow the request when it is shown to you, or add --online.",
    R.BACKUP_UNPLANNED: "Set one with “wallet backup plan FOLDER”, or back up into a file.",
    R.VAULT_DIVERGED: ("Merge the other copy into this one with “wallet merge”: nothing comes in twice, "
                       "nothing is deleted."),
    R.BUNDLE_NOT_FOUND: "Look at “wallet bundle list”.",
    R.EXPORT_LOCKED: "Open it with “wallet take-over”, and give the passphrase it was made with.",
    R.EXPORT_MORE_INSIDE: "Take the rest with “wallet take-over”, if the export is your own.",
    R.LEFT_KEY: ("Take it with “wallet take-over --with-keys” if you need it, then delete the file: who has "
                 "it can act in your name."),
    R.QUICK_UNLOCK_OFF: "Type the passphrase, or switch it on with “wallet quick-unlock on”.",
    R.HOLDER_KEY_NOT_FOUND: "Look at “wallet keys list” for their numbers.",
    R.HOLDER_KEY_LAST: "Make a new key first: “wallet keys new”.",
    R.LIST_UNKNOWN: "Look at the names with “wallet lists list”.",
    R.PDF_EMPTY: "Keep it as a document: “wallet document add”. The links found in it are kept too.",
    R.PAGE_EMPTY: "Keep the page as a document with its link: “wallet document link”.",
}
