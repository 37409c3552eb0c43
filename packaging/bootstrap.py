#!/usr/bin/env python3
"""Set up and start the wallet with nothing but Python 3.11 or newer.

    python3 packaging/bootstrap.py run [ARGUMENTS…]    the window, or the command line
    python3 packaging/bootstrap.py test [ARGUMENTS…]   everything the checks of this project run
    python3 packaging/bootstrap.py bench [verify|vault]  the benchmark table; only checking; the vault at size
    python3 packaging/bootstrap.py lock                new lock files (for maintainers; needs uv)

Standard library only. All chatter goes to standard error, so that `run verify --json` stays pure. The
program is used from this very folder: the environment holds a `.pth` file that points here, and Python
runs isolated (`-I`), so neither the current folder nor PYTHON* variables can shadow a module.

This file must still parse on older Pythons, so that they get a sentence instead of a traceback.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "requirements"
NEEDED = (3, 11)
COMMANDS = ("run", "test", "bench", "lock")
POINTER = "wallet-source.pth"

#: What Qt loads at run time: (library, Debian, Fedora, Arch). A Debian name may have variants, newest first.
QT_LIBRARIES = (
    ("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    ("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    ("libglib-2.0.so.0", "libglib2.0-0t64|libglib2.0-0", "glib2", "glib2"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
)
#: Needed in addition as soon as there is a screen (X11).
SCREEN_LIBRARIES = (
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
)
FONTS = ("a font", "fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


class SetupError(Exception):
    """Set-up cannot go on; the message says what to do."""


def say(text: str) -> None:
    """Print one line of chatter, never to standard output."""
    print(text, file=sys.stderr, flush=True)


def python_problem(version: tuple[int, int]) -> str:
    """Return why this Python will not do, or an empty text."""
    if version >= NEEDED:
        return ""
    return (
        f"The wallet needs Python 3.11 or newer; this is Python {version[0]}.{version[1]}.\n"
        "Start it with a newer one, for example:  python3.12 packaging/bootstrap.py run"
    )


# --- the environment ---


def stamp_of(lock: bytes, version: str) -> str:
    """Return what identifies an installation: the lock's hash and the Python it is for."""
    return f"{hashlib.sha256(lock).hexdigest()} python{version}"


def version_text() -> str:
    """Return this Python's version as far as wheels care: 3.11."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def python_in(venv: Path) -> Path:
    """Return the path of the environment's own interpreter."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def site_packages(venv: Path) -> Path:
    """Return the folder in which the environment keeps its packages."""
    if os.name == "nt":
        return venv / "Lib" / "site-packages"
    return venv / "lib" / f"python{version_text()}" / "site-packages"


def text_of(path: Path) -> str:
    """Return a file's text, or nothing where there is none."""
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def stamp_for(kind: str) -> str:
    """Return the stamp that an environment for that lock must carry."""
    return stamp_of((LOCKS / f"{kind}.txt").read_bytes(), version_text())


def is_ready(venv: Path, kind: str) -> bool:
    """Tell whether the environment holds exactly what that lock asks for."""
    return text_of(venv / f"stamp-{kind}") == stamp_for(kind) and python_in(venv).exists()


def environment_version(config: str) -> str:
    """Return the Python version (as `version_text`) that a `pyvenv.cfg` names, or an empty text."""
    for line in config.splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "version":
            return ".".join(value.strip().split(".")[:2])
    return ""


def prepare(venv: Path, kind: str) -> None:
    """Make the environment hold what the lock of that kind asks for.

    Raises:
        SetupError: The environment could not be made or filled.
    """
    if is_ready(venv, kind):
        return
    if environment_version(text_of(venv / "pyvenv.cfg")) != version_text() or not python_in(venv).exists():
        create_environment(venv)
    say("Installing what the wallet needs (only this once; it may take a minute)…")
    pip = [str(python_in(venv)), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    lock_file = str(LOCKS / f"{kind}.txt")
    if call([*pip, "--disable-pip-version-check", "--no-input", "--quiet", "-r", lock_file]):
        raise SetupError(
            "The packages could not be installed. Is this computer online? Nothing else was changed;\n"
            "run the same command again to go on where it stopped."
        )
    point_to_source(venv)
    for done in ("run", "test") if kind == "test" else (kind,):  # the test lock contains the other one
        (venv / f"stamp-{done}").write_text(stamp_for(done), encoding="ascii")


def create_environment(venv: Path) -> None:
    """Make an empty environment with pip, installing Debian's missing half of Python where allowed.

    Raises:
        SetupError: Python's venv module is missing, or the folder cannot be written.
    """
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        debian = f"python{version_text()}-venv|python3-venv"
        install_packages("Python's venv module", [("venv", debian, "python3-pip", "python")])
    say(f"Making a private Python environment in {venv}")
    if call([sys.executable, "-m", "venv", "--clear", str(venv)]):
        raise SetupError(f"The Python environment could not be made in {venv}.")


def point_to_source(venv: Path) -> None:
    """Let the environment's Python find the program in this folder, wherever it is started.

    Inside the project the path is relative to the file itself: the folder can be moved, and no encoding
    of a folder's name can be misread.
    """
    packages = site_packages(venv)
    inside = ROOT in venv.resolve().parents
    pointer = os.path.relpath(ROOT, packages) if inside else str(ROOT)
    (packages / POINTER).write_text(pointer + "\n", encoding="utf-8")


# --- the operating system ---


def missing_libraries(*, screen: bool) -> list[tuple[str, str, str, str]]:
    """Return the rows of libraries that Qt will want and this system cannot load."""
    if not sys.platform.startswith("linux"):
        return []
    missing = []
    for row in QT_LIBRARIES + (SCREEN_LIBRARIES if screen else ()):
        try:
            ctypes.CDLL(row[0])
        except OSError:
            missing.append(row)
    if not has_fonts(FONT_FOLDERS):
        missing.append(FONTS)
    return missing


def has_fonts(folders: tuple[str, ...]) -> bool:
    """Tell whether any font is installed; without one Qt paints empty boxes."""
    for folder in folders:
        for _, _, names in os.walk(Path(folder).expanduser()):
            if any(name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb")) for name in names):
                return True
    return False


def commands_for(rows: list[tuple[str, str, str, str]]) -> list[str]:
    """Return the commands that install these rows by hand: apt, dnf, pacman."""

    def names(column: int) -> str:
        return " ".join(dict.fromkeys(row[column].split("|")[-1] for row in rows))

    return [
        "Debian, Ubuntu:  sudo apt-get install " + names(1),
        "Fedora:          sudo dnf install " + names(2),
        "Arch:            sudo pacman -S " + names(3),
    ]


def privilege() -> list[str] | None:
    """Return the words that make a command run as root without a question, None if there are none."""
    if not shutil.which("apt-get"):
        return None
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    return [sudo, "-n"] if sudo and call([sudo, "-n", "true"], quiet=True) == 0 else None


def install_packages(what: str, rows: list[tuple[str, str, str, str]]) -> None:
    """Install Debian packages where that is allowed.

    Raises:
        SetupError: It is not allowed or did not work; the message has the commands.
    """
    root = privilege()
    if root is not None:
        say(f"Installing {what} with apt-get…")
        apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
        if apt_install(apt, rows) or (call([*apt, "update"]) == 0 and apt_install(apt, rows)):
            return
    commands = "\n  ".join(commands_for(rows))
    raise SetupError(f"{what[0].upper()}{what[1:]} is missing. Install it with one of:\n  {commands}")


def apt_install(apt: list[str], rows: list[tuple[str, str, str, str]]) -> bool:
    """Install each row under the first of its names that this release of Debian knows."""
    chosen = []
    for row in rows:
        variants = row[1].split("|")
        known = [name for name in variants if call(["apt-cache", "show", name], quiet=True) == 0]
        chosen.append((known or variants[-1:])[0])
    return call([*apt, "install", "-y", "--no-install-recommends", *dict.fromkeys(chosen)]) == 0


def check_libraries(*, screen: bool, window: bool) -> None:
    """See that Qt will load; install what is missing where that is allowed.

    Raises:
        SetupError: A window is wanted and cannot open; the message has the commands.
    """
    missing = missing_libraries(screen=screen)
    if not missing:
        return
    try:
        install_packages("what the window needs from the system", missing)
    except SetupError:
        if window:
            raise
        say("Some system libraries for windows are missing:\n  " + "\n  ".join(commands_for(missing)))


def has_display(environment: dict[str, str], platform: str) -> bool:
    """Tell whether a window would be seen by anybody."""
    if environment.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return False
    if platform.startswith(("win", "darwin")):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def call(command: list[str], *, quiet: bool = False) -> int:
    """Run a command with its output on standard error; return its exit code."""
    sys.stderr.flush()
    output = subprocess.DEVNULL if quiet else sys.stderr
    try:
        return subprocess.call(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    except OSError:
        return 127


# --- the commands ---


def run(venv: Path, arguments: list[str]) -> int:
    """Start the wallet; without a screen and without arguments, its tour."""
    screen = has_display(dict(os.environ), sys.platform)
    first = not is_ready(venv, "run")
    prepare(venv, "run")
    if not arguments and not screen:
        say("No display here: running the tour instead of the window.")
        arguments = ["tour"]
    window = not arguments
    if first or window or arguments[0] == "tour":
        check_libraries(screen=screen, window=window)
    return hand_over([str(python_in(venv)), "-I", "-m", "wallet", *arguments])


def hand_over(command: list[str]) -> int:
    """Become that program, where the system can; else run it and pass its exit code on."""
    if os.name != "nt":
        sys.stderr.flush()
        os.execv(command[0], command)  # noqa: S606 - our own interpreter, no shell wanted
    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the program got it too and ends by itself
            continue


def test(venv: Path, arguments: list[str]) -> int:
    """Run every check of the project; all of them, even if one fails, the tests last."""
    prepare(venv, "test")
    check_libraries(screen=False, window=True)
    python = str(python_in(venv))
    lint_imports = "from importlinter.cli import lint_imports_command as run; run()"
    steps = (
        ("ruff", [python, "-m", "ruff", "check", "."]),
        ("mypy", [python, "-m", "mypy"]),
        ("import contracts", [python, "-c", lint_imports]),
        ("pytest", [python, "-m", "pytest", "-n", "2", *arguments]),
    )
    failed = False
    for name, command in steps:
        say(f"── {name}")
        if subprocess.call(command, cwd=ROOT):
            failed = True
            if name != "pytest":  # whose own summary shall stand last
                say(f"── {name}: FAILED")
    return int(failed)


def bench(venv: Path, arguments: list[str]) -> int:
    """Print the benchmark table."""
    prepare(venv, "test")
    return subprocess.call([str(python_in(venv)), "-m", "tests.benchmarks", *arguments], cwd=ROOT)


def lock(_venv: Path, _arguments: list[str]) -> int:
    """Write new lock files: hashes for every platform, and no address of any package index."""
    compile_ = ["uv", "pip", "compile", "--quiet", "--upgrade", "--universal", "--generate-hashes"]
    compile_ += ["--python-version", "3.11", "--no-header", "--no-annotate"]
    compile_ += ["--no-emit-index-url", "--no-emit-find-links", str(ROOT / "pyproject.toml")]
    run_lock, test_lock = str(LOCKS / "run.txt"), str(LOCKS / "test.txt")
    failed = call([*compile_, "-c", str(LOCKS / "platforms.in"), "-o", run_lock])
    return failed or call([*compile_, "--extra", "test", "-c", run_lock, "-o", test_lock])


def main(argv: list[str]) -> int:
    """Read the command, prepare what it needs, run it; return the exit code."""
    problem = python_problem(sys.version_info[:2])
    if problem:
        say(problem)
        return 1
    venv = ROOT / ".venv"
    if len(argv) >= 2 and argv[0] == "--venv":
        venv, argv = Path(argv[1]).absolute(), argv[2:]
    if not argv or argv[0] not in COMMANDS:
        say((__doc__ or "").split("Standard library")[0].rstrip())
        return 0 if argv in (["-h"], ["--help"]) else 2
    actions = {"run": run, "test": test, "bench": bench, "lock": lock}
    try:
        return actions[argv[0]](venv, argv[1:])
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped. Run the same command again to go on.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
