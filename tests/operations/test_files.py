from __future__ import annotations

import errno
import os
import resource
import sys
from pathlib import Path

import pytest

from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode
from wallet.operations.files import atomic_write, make_folder, read_file, walk


def code_of(error: pytest.ExceptionInfo[OperationError]) -> ReasonCode:
    return error.value.reason.code


def test_reads_a_file_up_to_the_limit_and_not_beyond(tmp_path: Path) -> None:
    path = tmp_path / "badge (2).png"
    for size, fits in ((9, True), (10, True), (11, False)):
        path.write_bytes(b"x" * size)
        if fits:
            assert read_file(path, max_bytes=10) == b"x" * size
        else:
            with pytest.raises(OperationError) as error:
                read_file(path, max_bytes=10)
            assert code_of(error) is ReasonCode.LIMIT_BYTES


def test_a_missing_file_and_a_folder_have_their_own_words(tmp_path: Path) -> None:
    with pytest.raises(OperationError) as error:
        read_file(tmp_path / "none.json")
    assert code_of(error) is ReasonCode.FILE_MISSING
    with pytest.raises(OperationError) as error:
        read_file(tmp_path)
    assert code_of(error) is ReasonCode.FILE_NOT_REGULAR


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_and_a_device_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    for path in (tmp_path / "pipe.json", Path("/dev/zero")):
        with pytest.raises(OperationError) as error:
            read_file(path)
        assert code_of(error) is ReasonCode.FILE_NOT_REGULAR


def test_a_sparse_giant_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "giant.json").open("wb") as file:
        file.truncate(10 * 1024**3)
    with pytest.raises(OperationError) as error:
        read_file(tmp_path / "giant.json")
    assert code_of(error) is ReasonCode.LIMIT_BYTES


def test_walks_folders_in_order_and_leaves_hidden_files_out(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.json", "a.json", ".hidden", "ü ä.jwt"):
        (tmp_path / name).write_text("{}")
    assert [path.name for path in walk([tmp_path])] == ["a.json", "2.json", "ü ä.jwt"]
    assert list(walk([tmp_path], into_folders=False)) == [tmp_path]


def test_does_not_follow_a_folder_that_links_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [path.name for path in walk([tmp_path])] == ["a.json", "loop"]
    with pytest.raises(OperationError) as error:
        read_file(tmp_path / "loop")
    assert code_of(error) is ReasonCode.FILE_NOT_REGULAR


def test_a_folder_that_cannot_be_looked_into_is_named_and_ends_nothing(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path.joinpath("b", *map(str, range(20)))
    deep.mkdir(parents=True)
    (deep / "far.json").write_text("{}")
    for name in ("a", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.json").write_text("{}")
    look = os.scandir

    def denied(folder: Path) -> object:
        if folder.name == "c":
            raise PermissionError(errno.EACCES, "denied")
        return look(folder)

    monkeypatch.setattr(os, "scandir", denied)
    found = [path.relative_to(tmp_path).as_posix() for path in walk([tmp_path])]
    assert found == ["a/1.json", "/".join(("b", *map(str, range(16)))), "c"]


def test_a_folder_that_nobody_may_open_is_called_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_arguments: object) -> int:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(os, "open", denied)
    for may_read, code in ((True, ReasonCode.FILE_NOT_REGULAR), (False, ReasonCode.FILE_UNREADABLE)):
        monkeypatch.setattr(os, "access", lambda *_, answer=may_read: answer)
        with pytest.raises(OperationError) as error:
            read_file(tmp_path)
        assert code_of(error) is code


def test_writes_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.bin"
    atomic_write(target, b"one")
    atomic_write(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["out.bin"]


def test_who_is_interrupted_while_writing_leaves_the_old_file_and_nothing_else(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    target = tmp_path / "out.bin"
    atomic_write(target, b"old")
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        atomic_write(target, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("out.bin", b"old")]


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.bin"
    atomic_write(target, b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    import signal

    previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        with pytest.raises(OperationError):
            atomic_write(target, b"x" * 4096)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, previous)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.bin"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OperationError) as error:
        make_folder(tmp_path / "file" / "below")
    assert code_of(error) is ReasonCode.FOLDER_UNWRITABLE
    with pytest.raises(OperationError) as error:
        atomic_write(tmp_path / "nowhere" / "a", b"")
    assert code_of(error) is ReasonCode.FOLDER_UNWRITABLE


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_new_folders_are_for_this_user_alone_and_others_keep_their_rights(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir(mode=0o755)
    before = os.umask(0)
    try:
        make_folder(tmp_path / "there" / "a" / "b")
        make_folder(tmp_path / "there")
    finally:
        os.umask(before)
    assert [(tmp_path / one).stat().st_mode & 0o777 for one in ("there/a", "there/a/b")] == [0o700, 0o700]
    assert (tmp_path / "there").stat().st_mode & 0o777 == 0o755


def test_a_link_that_leads_in_a_circle_is_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "b.json").write_bytes(b"{}")
    assert list(walk([tmp_path])) == [tmp_path / "b.json", tmp_path / "circle"]
    with pytest.raises(OperationError):
        read_file(tmp_path / "circle")
