"""D11: this computer's keychain, W09. Whatever it does, the passphrase opens, and an answer comes soon."""

from __future__ import annotations

import base64
from datetime import timedelta

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case, refused
from tests.attacks.learner import new_folder
from tests.vault.keychains import (
    Broken,
    Cancelled,
    Computer,
    Forgetting,
    Keeping,
    Locked,
    Missing,
    Slow,
)
from tests.vault.vaults import NOW, PASSPHRASE, demand_nothing_plain, make_template
from wallet.model.reasons import ReasonCode as R
from wallet.vault.container import Passphrase, open_vault
from wallet.vault.keychain import fetch, new_entry, slot_fields
from wallet.vault.slots import add_keychain_slot, unlocked
from wallet.vault.unlocking import read_vault_header

_SILENT, _LOST = refused(R.KEYCHAIN_SILENT), refused(R.KEYCHAIN_LOST)


def _computers(kept: Computer) -> dict[str, Computer]:
    """What the keychain has become since quick unlock was switched on."""
    other = Keeping()
    for service, name in getattr(kept.entries, "kept", {}):
        other.set_password(service, name, base64.b64encode(b"x" * 32).decode())
    return {
        "absent": Computer(Missing()), "locked, and nobody answers": Computer(Locked()),
        "the question is closed": Computer(Cancelled()), "raises anything": Computer(Broken()),
        "the entry is gone": Computer(Keeping()), "another value": Computer(other),
        "null": Computer(Forgetting()), "another backend": Computer(kept.entries, "another.Backend"),
        "slow": Computer(_slow(kept)), TWIN: kept}


def _slow(kept: Computer) -> Slow:
    slow = Slow()
    slow.kept = dict(getattr(kept.entries, "kept", {}))
    return slow


@case("W09", Severity.HIGH, "a keyring that is absent, locked, slow, another one, or gives another value",
      attacks={"absent": _SILENT, "locked, and nobody answers": _SILENT, "the question is closed": _SILENT,
               "raises anything": _SILENT, "the entry is gone": _LOST, "another value": _LOST, "null": _LOST,
               "another backend": refused(R.KEYCHAIN_NONE), "its time is over": refused(R.QUICK_UNLOCK_ENDED),
               "the clock set back before it": refused(R.QUICK_UNLOCK_ENDED)},
      twins={TWIN: FINE, "slow": FINE})
def _keychain(variant: str) -> Input:
    template = make_template(new_folder() / "vault")
    computer, entry = Computer(), new_entry()
    with unlocked(template.folder, template.secret, now=NOW) as found:
        backend = computer.keychain.keep(found.vault.id, entry)
        add_keychain_slot(found, entry, slot_fields(backend, now=NOW, days=14))
    later = {"its time is over": timedelta(days=15), "the clock set back before it": timedelta(days=-30)}
    asked = _computers(computer).get(variant, computer)

    def run() -> None:
        try:
            secret, _ = fetch(read_vault_header(template.folder).header, asked.keychain,
                              now=NOW + later.get(variant, timedelta()))
            open_vault(template.folder, secret, now=NOW).close()
        finally:
            if isinstance(asked.entries, Locked):
                asked.entries.let_go.set()
            open_vault(template.folder, Passphrase(PASSPHRASE), now=NOW).close()
            demand_nothing_plain(template.folder.parent)

    return Act(run)
