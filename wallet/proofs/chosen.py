"""Which statements of a part its holder chose to show: those that the issuer let be hidden.

What is sealed as mandatory nobody can leave out. Of anything else there may have been more than is shown, a
second withdrawal list among it. Specifications: VC-DI-ECDSA §3.6.7, VC-DI-BBS §3.4.7 (mandatory indexes).
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

from wallet.model.credential import JsonObject
from wallet.model.errors import ProofError, WalletError

from .prepared import Prepared
from .suites import suite_name

_MODULES: Final = MappingProxyType({"ecdsa-sd-2023": "ecdsa_sd", "bbs-2023": "bbs_2023"})


def chosen_statements(prepared: Prepared, proof: JsonObject) -> tuple[str, ...]:
    """Return the statements that could have been hidden; none if the proof cannot be read.

    Under which content of its contexts it was sealed is not known here: whatever one of them tells counts.
    """
    from .grouping import part, relabel  # noqa: PLC0415 - loaded for the first part

    found: list[str] = []
    with suppress(WalletError):  # what was told before counts, whatever another content comes to
        module: Any = import_module(f".{_MODULES[suite_name(proof)]}", __package__)
        derived = module.read_derived(proof["proofValue"])
        for _, form in prepared.variants(distinct=True):
            with suppress(ProofError):  # under this content other things have no name
                found += part(relabel(form.nquads, derived.labels), derived.mandatory)[1]
    return tuple(dict.fromkeys(found))
