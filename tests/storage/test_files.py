"""The store of files: whole or not at all, found by content, no other path can be reached."""

import hashlib
import io
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.basics.errors import NotFound, TooLarge
from workbench.storage.files import CHUNK, Files

CONTENT = b"Stra\xc3\x9fe;Zustand\n1;gut\n"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """An empty store."""
    return Files(tmp_path / "files")


def test_what_is_kept_comes_back(files: Files) -> None:
    """A file is named by the SHA-256 of its bytes and comes back byte by byte."""
    assert files.put(io.BytesIO(CONTENT), 1000) == SHA256
    assert files.read(SHA256) == CONTENT
    assert files.holds(SHA256)


def test_the_same_content_is_kept_once(files: Files) -> None:
    """Twice the same bytes are one file."""
    files.put(io.BytesIO(CONTENT), 1000)
    files.put(io.BytesIO(CONTENT), 1000)
    assert [file.name for file in files.folder.iterdir()] == [SHA256]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_a_file_of_exactly_the_limit_is_kept(files: Files, size: int) -> None:
    """The limit itself is allowed, one byte more is not, and then nothing is left behind."""
    kept = files.put(io.BytesIO(b"x" * size), size)
    assert files.path(kept).stat().st_size == size
    files.drop(kept)
    with pytest.raises(TooLarge, match="larger than 0 MB" if size < 1_000_000 else "MB"):
        files.put(io.BytesIO(b"x" * (size + 1)), size)
    assert list(files.folder.iterdir()) == []


def test_a_broken_stream_leaves_nothing(files: Files) -> None:
    """When the sender goes away in the middle, no half file stays."""

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(size)

    with pytest.raises(ConnectionResetError):
        files.put(Broken(b"x" * (CHUNK + 5)), 10 * CHUNK)
    assert list(files.folder.iterdir()) == []


def test_a_file_and_its_name_outlast_a_power_cut(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes are on the disk before the name appears, the name before anybody is told."""
    order = []
    sync, rename = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "bytes")
        sync(handle)

    def replace(self: Path, target: Path) -> Path:
        order.append("name")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    files.put(io.BytesIO(CONTENT), 1000)
    assert order == ["bytes", "name", "folder"]


def test_a_damaged_file_is_not_handed_out(files: Files) -> None:
    """When the bytes no longer fit the name, the answer says so."""
    files.put(io.BytesIO(CONTENT), 1000)
    files.path(SHA256).write_bytes(CONTENT.replace(b"gut", b"GUT"))
    with pytest.raises(NotFound, match="damaged"):
        files.read(SHA256)


BAD_NAMES = ("", ".", "..", "../secret.key", "/etc/passwd", SHA256.upper(), SHA256 + "\n", "tmp-x")


@pytest.mark.parametrize("name", BAD_NAMES)
def test_no_other_path_can_be_reached(files: Files, name: str) -> None:
    """Only the name of a kept file leads to a file; dropping anything else deletes nothing."""
    files.put(io.BytesIO(CONTENT), 1000)
    outside = files.folder.parent / "secret.key"
    outside.write_text("secret")
    (files.folder / "tmp-x").touch()
    for reach in (files.path, files.read):
        with pytest.raises(NotFound):
            reach(name)
    files.drop(name)
    assert outside.exists()
    assert {file.name for file in files.folder.iterdir()} == {SHA256, "tmp-x"}


@given(st.text(max_size=80))
def test_any_text_is_no_path(name: str) -> None:
    """Whatever text is sent as a name, nothing outside the store is touched."""
    with pytest.raises(NotFound):
        Files(Path("/nonexistent")).path(name)


def test_dropping_twice_is_fine(files: Files) -> None:
    """A file that is gone can be dropped again."""
    files.put(io.BytesIO(CONTENT), 1000)
    files.drop(SHA256)
    files.drop(SHA256)
    with pytest.raises(NotFound):
        files.path(SHA256)


def test_leftovers_are_only_unfinished_files(files: Files) -> None:
    """What a dead process left unfinished is found, kept files are not among it."""
    files.put(io.BytesIO(CONTENT), 1000)
    (files.folder / "tmp-abc").touch()
    assert [file.name for file in files.leftovers()] == ["tmp-abc"]


def test_only_the_owner_can_look(files: Files) -> None:
    """Folder and files are closed to other users of the machine."""
    files.put(io.BytesIO(CONTENT), 1000)
    assert files.folder.stat().st_mode & 0o077 == 0
    assert files.path(SHA256).stat().st_mode & 0o077 == 0
