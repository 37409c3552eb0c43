from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import ASSETS, AT, REPOSITORY
from wallet.assemble import WebOnDemand, assets_folder, services
from wallet.model.network import Order, Purpose
from wallet.net.fetch import FetchError, Offline
from wallet.net.https import Https


def test_the_real_clock_is_utc_and_can_be_pinned() -> None:
    assert services().clock().tzinfo is UTC
    assert abs((services().clock() - datetime.now(UTC)).total_seconds()) < 5
    assert services(at=AT).clock() == AT


def test_the_folders_are_the_platforms_unless_given(tmp_path: Path) -> None:
    assert services(vault_folder=tmp_path).vault_folder == tmp_path
    assert services().vault_folder.parent.name == "learner-wallet"


def test_assets_are_found_beside_the_sources() -> None:
    assert assets_folder() == ASSETS


@pytest.mark.skipif(sys.platform != "linux", reason="what the system keeps of a process is asked of Linux")
def test_a_run_of_its_own_leaves_no_memory_behind() -> None:
    """In a process of its own: what is given up cannot be taken back."""
    program = """
import os, resource, sys
from wallet.assemble import harden_process
print(harden_process(), resource.getrlimit(resource.RLIMIT_CORE))
print(open("/proc/self/status").read().count("CoreDumping:\t0"), os.stat("/proc/self/mem").st_uid)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True,
                          cwd=REPOSITORY)
    first, second = done.stdout.splitlines()
    assert first == "True (0, 0)"
    assert second.endswith(" 0")  # its memory belongs to the system, not to this user


def test_a_debugger_that_is_attached_stays() -> None:
    program = ("import sys; sys.settrace(lambda *_: None); from wallet.assemble import harden_process; "
               "sys.exit(harden_process())")
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=REPOSITORY).returncode == 0


def test_garbage_is_looked_for_once_everything_is_loaded() -> None:
    program = """
import gc
from wallet.assemble import collect_garbage
collect_garbage()
print(gc.isenabled(), gc.get_freeze_count())
gc.disable()
collect_garbage()
print(gc.isenabled(), gc.get_freeze_count() > 0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True,
                          cwd=REPOSITORY)
    assert done.stdout.splitlines() == ["True 0", "True True"]


def test_a_verb_runs_with_garbage_looked_for_and_all_of_its_lines_come_out() -> None:
    """Into a pipe, so that what is printed lies in a buffer until the very end."""
    program = """
import gc, sys
from wallet import __main__, assemble
before = assemble.services
def asked(**given):
    print(gc.isenabled(), gc.get_freeze_count() > 0, file=sys.stderr)
    return before(**given)
assemble.services = asked
sys.argv = ["wallet", "verify", "-"]
sys.exit(__main__.main())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False,
                          cwd=REPOSITORY, input="{}")
    assert done.returncode == 4
    assert "standard input" in done.stdout
    assert done.stderr.split() == ["True", "True"]


def test_the_web_is_asked_only_by_who_was_told_to() -> None:
    assert isinstance(services().fetcher, Offline)
    assert isinstance(services(online=True).fetcher, Https)


def test_a_window_loads_the_web_with_the_first_wish_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    program = """
import sys
from wallet.assemble import WebOnDemand
web = WebOnDemand()
print("wallet.net.https" in sys.modules)
print(web.proxy_for("https://uni.example/"))
print("wallet.net.https" in sys.modules)
"""
    monkeypatch.setenv("https_proxy", "http://user:secret@proxy.example:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True,
                          cwd=REPOSITORY)
    assert done.stdout.split() == ["False", "http://proxy.example:3128", "True"]


def test_a_window_refuses_what_the_web_refuses() -> None:
    with pytest.raises(FetchError) as refused:
        WebOnDemand().fetch(Order("https://127.0.0.1/", Purpose.CREDENTIAL))
    assert not refused.value.sent
