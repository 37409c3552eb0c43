"""D10: what surrounds the program, U10. Variables, folders and files that would bring other code into it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case
from tests.attacks.learner import new_folder
from tests.attacks.scene import university
from tests.attacks.window import application
from wallet.ui.application import make_application

_VARIABLES = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML_IMPORT_PATH", "QML2_IMPORT_PATH",
              "QT_STYLE_OVERRIDE")
#: Names that the program, its libraries or Python itself would import from a folder that comes first.
_SHADOWS = ("json.py", "click.py", "sitecustomize.py", "usercustomize.py", "wallet.py", "ctypes.py",
            "PySide6.py")
_TRAPS = ("modules in the current folder", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONHOME",
          "PYTHONUSERBASE", "PYTHONBREAKPOINT", "PYTHONWARNINGS", "Qt told to be talkative", "--debug")


@case("U10", Severity.MEDIUM, "an environment that would bring other code into the program",
      attacks=dict.fromkeys((*_VARIABLES, *_TRAPS), FINE), twins={TWIN: FINE, "a clean start": FINE})
def _environment(variant: str) -> Input:
    if variant in _TRAPS or variant == "a clean start":
        return _started(variant)

    def run() -> None:
        application()
        name = variant if variant in _VARIABLES else "WALLET_ATTACKS_HARMLESS"
        os.environ[name] = "/mallory"
        try:
            running = make_application()
            assert (name in os.environ) is (variant == TWIN)
            assert not any("mallory" in path for path in running.libraryPaths())
        finally:
            os.environ.pop(name, None)

    return Act(run)


def _started(variant: str) -> Input:
    """Start the program as its start script does, with a trap laid; what sprang is looked at afterwards."""
    folder = new_folder()
    sprung = folder / "sprung"
    code = f"open({str(sprung)!r}, 'w').close()\n"
    (folder / "badge.json").write_bytes(university("did:key").badge())
    for name in _SHADOWS:
        (folder / name).write_text(code, "utf-8")
    site = folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    site.mkdir(parents=True)
    (site / "trap.pth").write_text(f"import os; open({str(sprung)!r}, 'w').close()\n", "utf-8")
    laid = {"PYTHONPATH": str(folder), "PYTHONSTARTUP": str(folder / "json.py"), "PYTHONINSPECT": "1",
            "PYTHONHOME": str(folder), "PYTHONUSERBASE": str(folder), "PYTHONBREAKPOINT": "json.x",
            "PYTHONWARNINGS": "error::json.x", "QT_DEBUG_PLUGINS": "1", "QT_LOGGING_RULES": "*=true"}
    chosen = {name: text for name, text in laid.items()
              if name == variant or (name.startswith("QT_") and variant.startswith("Qt"))}
    more = ["--debug"] if variant == "--debug" else []
    place = new_folder() if variant == "a clean start" else folder
    done = subprocess.run(  # isolated, as the start script hands over: see the tests of packaging
        [sys.executable, "-I", "-m", "wallet", *more, "verify", str(folder / "badge.json")], cwd=place,
        env={**os.environ, **chosen}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return Act(lambda: _demand_ours(done, sprung, known=variant != "--debug"))


def _demand_ours(done: subprocess.CompletedProcess[str], sprung: Path, *, known: bool) -> None:
    """Only our code ran: the answer, its code, and no prompt, no trace, no talk about plug-ins."""
    assert not sprung.exists()
    assert "Traceback" not in done.stderr, done.stderr
    assert ">>>" not in done.stderr, done.stderr
    assert "qt." not in done.stderr.lower(), done.stderr
    if known:
        assert done.stdout.startswith("\u2713 Genuine"), done.stdout + done.stderr
        assert done.returncode == 0
    else:  # there is no such wish, and it says so
        assert (done.stdout, done.returncode) == ("", 2), done.stderr
