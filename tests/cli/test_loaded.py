"""What `wallet verify` loads: what the verdict needs and nothing else, since loading is most of its cost.

A credential in JSON with the suite that most use is the plain case; every other kind brings its own readers,
and is the proof that what is left out of the plain case is there when it is wanted.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

from tests.codec.samples import badge, contexts
from tests.conftest import AT, REPOSITORY
from tests.journeys.runner import environment
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.pdf import pdf_with
from tests.simulators.pictures import baked_png, baked_svg
from tests.simulators.sdjwt import claims, issue
from tests.simulators.selective import SelectiveIssuer
from tests.simulators.suites import Signer, sealed
from tests.simulators.suites import badge as unsealed
from wallet.keys.keypair import HolderKey
from wallet.proofs.data_integrity import create_proof
from wallet.proofs.disclosure import derive
from wallet.share.presentation import write_pack

PROGRAM: Final = """
import sys
own = set(sys.modules)
import json
from wallet.__main__ import main
sys.argv[0] = "wallet"
code = main()
print(json.dumps([code, sorted(set(sys.modules) - own)]), file=sys.stderr)
"""
#: Rooms of which the plain case takes nothing, and what it takes of those of which it takes a part.
CLOSED: Final = ("vault", "share", "ui")
PARTS: Final = {
    "net": "fetch",
    "cli": "commands exit_codes options output policy render report verify",
    "operations": "checking desk files inputs parallel progress session shipped_lists",
    "formats": "clr credential european first_bytes foreign inside members openbadges2 openbadges3 parse"
               " pictures qr vc",
    "proofs": "cose data_integrity disclosure_value eddsa jws known_seals members options prepared suite"
              " suites",
    "trust": "anchors badge_records beliefs candidates controllers evidence_store issuer_keys names registry",
    "verify": "believing certificate checks checks.hosted checks.informational checks.issuer checks.proof"
              " checks.recipient checks.recognition checks.schema checks.structure checks.validity dating"
              " evidence gather key_binding pipeline seal",
}
#: Everything from elsewhere that it takes; of the standard library, what it must not.
LIBRARIES: Final = {"click", "platformdirs", "cryptography", "_cffi_backend", "_openssl"}
COSTLY: Final = {
    "asyncio", "concurrent", "csv", "email", "html", "http", "multiprocessing", "select", "selectors",
    "socket", "sqlite3", "ssl", "subprocess", "xml", "zipfile", "urllib.request", "cryptography.x509",
    "cryptography.hazmat.primitives.ciphers", "cryptography.hazmat.primitives.serialization.ssh",
}
#: What no check of a file takes, whatever the file is; a PDF is read in a process of its own.
NEVER: Final = ("wallet.vault", "wallet.ui", "wallet.net.https", "PySide6", "apsw", "httpx", "keyring",
                "pypdf")
#: What only some kinds bring, by the one module that stands for it.
OWN: Final = {
    "PNG": "wallet.formats.baked", "SVG": "defusedxml", "PDF": "wallet.operations.pdf_worker",
    "pack": "wallet.formats.pack", "JWT": "wallet.formats.jwt", "SD-JWT": "wallet.codec.sdjwt",
    "bbs-2023": "wallet.proofs.bbs", "ecdsa-sd-2023": "wallet.proofs.ecdsa_sd",
    "ecdsa-rdfc-2019": "wallet.proofs.ecdsa", "status list": "wallet.verify.checks.status",
}
#: What one kind is made of besides: whoever reads a picture or a token reads it in each of its forms.
ALSO: Final = {
    "PNG": {"SVG"}, "PDF": {"pack"}, "SD-JWT": {"JWT"}, "JWT": {"SD-JWT"}, "pack": {"JWT", "SD-JWT"},
    "status list": {"pack", "JWT"},
}


def loaded(home: Path, *arguments: str | Path) -> set[str]:
    """Verify in a process of its own; return what it loaded besides what any Python there has."""
    command = [sys.executable, "-c", PROGRAM, "verify", "--at", AT.isoformat(), *map(str, arguments)]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment(home), capture_output=True, text=True,
                          check=False)
    code, modules = json.loads(done.stderr.strip().splitlines()[-1])
    assert code == 0, done.stdout + done.stderr
    return set(modules)


def is_in(module: str, names: Iterable[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def unneeded(modules: set[str]) -> list[str]:
    """What the plain case has no use for."""
    found = []
    for module in sorted(modules):
        top, _, rest = module.partition(".")
        room, _, part = rest.partition(".")
        if top == "wallet":
            fits = room not in CLOSED and (not part or part in PARTS.get(room, part).split())
        elif top in sys.stdlib_module_names:
            fits = not is_in(module, COSTLY)
        else:
            fits = top in LIBRARIES and not is_in(module, COSTLY)
        if not fits:
            found.append(module)
    return found


def selective(suite: str) -> bytes:
    base = SelectiveIssuer(suite).seal(badge())
    return json.dumps(derive(base, base["proof"], ["/credentialSubject", "/name"], contexts())).encode()


def pack() -> bytes:
    holder = HolderKey.from_seed(b"7" * 32)
    shown = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
             "holder": holder.did, "verifiableCredential": [json.loads(PLAIN)]}
    signed = create_proof(shown, key=holder, contexts=contexts(), created=AT, purpose="authentication")
    return write_pack(json.dumps(signed).encode(), "For Harbor Ltd")


def ecdsa() -> bytes:
    signer = Signer("ES256")
    return json.dumps(sealed(unsealed(signer, "ecdsa-rdfc-2019"), signer, "ecdsa-rdfc-2019")).encode()


ISSUER: Final = SimulatedIssuer("did:key")
PLAIN: Final = ISSUER.badge()
KINDS: Final[dict[str, Callable[[], bytes]]] = {
    "PNG": lambda: baked_png(PLAIN), "SVG": lambda: baked_svg(PLAIN),
    "PDF": lambda: pdf_with(attachments={"credential.json": PLAIN}), "pack": pack, "JWT": ISSUER.badge_jwt,
    "SD-JWT": lambda: issue(ISSUER, claims(ISSUER)).encode(), "bbs-2023": lambda: selective("bbs-2023"),
    "ecdsa-sd-2023": lambda: selective("ecdsa-sd-2023"), "ecdsa-rdfc-2019": ecdsa,
    "status list": lambda: ISSUER.badge(entries=(ISSUER.entry(5),)),
}


@pytest.mark.parametrize("option", ["", "--json"])
def test_a_plain_credential_loads_what_its_verdict_needs(tmp_path: Path, option: str) -> None:
    path = tmp_path / "badge.json"
    path.write_bytes(PLAIN)
    modules = loaded(tmp_path, *filter(None, [option]), path)
    assert unneeded(modules) == []
    assert "wallet.proofs.eddsa" in modules


@pytest.mark.parametrize("kind", KINDS)
def test_every_other_kind_brings_its_own_readers_and_no_others(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(KINDS[kind]())
    options: list[str | Path] = []
    if kind == "status list":
        for number, (address, data) in enumerate(ISSUER.evidence().items()):
            (tmp_path / f"{number}.json").write_bytes(data)
            (tmp_path / "map.json").write_text(json.dumps({address: f"{number}.json"}))
        options = ["--evidence", tmp_path / "map.json"]
    modules = loaded(tmp_path, *options, path)
    brought = {other for other, module in OWN.items() if module in modules}
    assert brought - ALSO.get(kind, set()) == {kind}
    assert not any(is_in(module, NEVER) for module in modules)


def test_the_tables_here_name_what_there_is() -> None:
    for room, parts in PARTS.items():
        for part in parts.split():
            assert find_spec(f"wallet.{room}.{part}") is not None, (room, part)
    assert KINDS.keys() == OWN.keys()
