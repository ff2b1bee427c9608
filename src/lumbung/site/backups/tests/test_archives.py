"""An archive is written whole or not at all, and read only when nothing in it is altered or points outside."""

import dataclasses
import io
import tarfile
from pathlib import Path

import pytest

from lumbung.site.backups import archives, inventory
from lumbung.site.backups.inventory import BackupRefused, Inventory

QUIET = lambda _count: None  # noqa: E731


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.webp"
    path.write_bytes(b"webp" * 1000)
    return path


def _archive(path: Path, photo: Path, name: str = "files/ab/photo.webp") -> Inventory:
    with archives.fresh_archive(path) as tar:
        member = archives.add_file(tar, photo, name, QUIET)
        held = Inventory("0.1.0", "2026-11-25T10:00:00+00:00", "sqlite", "", (member,))
        archives.add_inventory(tar, held)
    return held


def _unpack(path: Path, into: Path) -> None:
    archives.unpack(path, archives.read_inventory(path), into, QUIET)


def _with_member(path: Path, held: Inventory, entry: tarfile.TarInfo, content: bytes = b"") -> None:
    """An archive whose inventory says `held` and which holds `entry`."""
    with tarfile.open(path, "w:gz") as tar:
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
        archives.add_inventory(tar, held)


def test_what_went_in_comes_out(tmp_path, photo):
    held = _archive(tmp_path / "a.tar.gz", photo)

    _unpack(tmp_path / "a.tar.gz", tmp_path / "out")

    assert (tmp_path / "out/files/ab/photo.webp").read_bytes() == photo.read_bytes()
    assert archives.read_inventory(tmp_path / "a.tar.gz") == held


def test_an_existing_archive_is_never_overwritten(tmp_path, photo):
    (tmp_path / "a.tar.gz").write_text("last year")

    with pytest.raises(BackupRefused, match="exists already") as refused:
        _archive(tmp_path / "a.tar.gz", photo)

    assert refused.value.exit_code == 2
    assert (tmp_path / "a.tar.gz").read_text() == "last year"


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path):
    (tmp_path / "to").mkdir()

    with pytest.raises(FileNotFoundError), archives.fresh_archive(tmp_path / "to" / "a.tar.gz") as tar:
        archives.add_file(tar, tmp_path / "no such photo", "files/photo.webp", QUIET)

    assert list((tmp_path / "to").iterdir()) == []


def test_only_its_owner_may_read_an_archive(tmp_path, photo):
    _archive(tmp_path / "a.tar.gz", photo)

    assert (tmp_path / "a.tar.gz").stat().st_mode & 0o777 == 0o600


def test_an_altered_member_is_refused(tmp_path, photo):
    held = _archive(tmp_path / "a.tar.gz", photo)
    _with_member(tmp_path / "b.tar.gz", held, tarfile.TarInfo("files/ab/photo.webp"), b"webq" * 1000)

    with pytest.raises(BackupRefused, match="was altered"):
        _unpack(tmp_path / "b.tar.gz", tmp_path / "out")


def test_a_missing_member_is_refused(tmp_path, photo):
    held = _archive(tmp_path / "a.tar.gz", photo)
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
        archives.add_inventory(tar, held)

    with pytest.raises(BackupRefused, match="is missing"):
        _unpack(tmp_path / "b.tar.gz", tmp_path / "out")


def test_a_member_nobody_listed_is_refused(tmp_path, photo):
    held = dataclasses.replace(_archive(tmp_path / "a.tar.gz", photo), members=())
    _with_member(tmp_path / "b.tar.gz", held, tarfile.TarInfo("files/ab/photo.webp"), b"x")

    with pytest.raises(BackupRefused, match="not in the inventory"):
        _unpack(tmp_path / "b.tar.gz", tmp_path / "out")


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/outside", "files/../../outside", "files\\..\\outside", "keys/sealing.key", "files/./a"]
)
def test_a_name_that_leads_outside_is_refused(tmp_path, name):
    held = Inventory("0.1.0", "", "sqlite", "", (inventory.Member(name, 1, "0" * 64),))
    _with_member(tmp_path / "a.tar.gz", held, tarfile.TarInfo(name), b"x")
    (tmp_path / "out").mkdir()

    with pytest.raises(BackupRefused, match="points outside"):
        _unpack(tmp_path / "a.tar.gz", tmp_path / "out")

    assert not (tmp_path / "outside").exists()
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(tmp_path, kind):
    entry = tarfile.TarInfo("files/a")
    entry.type, entry.linkname = kind, "/etc/passwd"
    held = Inventory("0.1.0", "", "sqlite", "", (inventory.Member("files/a", 0, "0" * 64),))
    _with_member(tmp_path / "a.tar.gz", held, entry)

    with pytest.raises(BackupRefused, match="points outside"):
        _unpack(tmp_path / "a.tar.gz", tmp_path / "out")


@pytest.mark.parametrize("cut", [0.2, 0.6, 0.95])
def test_a_cut_off_archive_is_refused(tmp_path, photo, cut):
    photo.write_bytes(bytes(range(256)) * 4000)
    _archive(tmp_path / "a.tar.gz", photo)
    whole = (tmp_path / "a.tar.gz").read_bytes()
    (tmp_path / "a.tar.gz").write_bytes(whole[: int(len(whole) * cut)])

    with pytest.raises(BackupRefused):
        _unpack(tmp_path / "a.tar.gz", tmp_path / "out")


def test_a_flipped_bit_is_refused_wherever_it_is(tmp_path, photo):
    _archive(tmp_path / "a.tar.gz", photo)
    whole = (tmp_path / "a.tar.gz").read_bytes()
    for place in range(60, len(whole), 7):  # the first bytes hold only a file name
        altered = bytearray(whole)
        altered[place] ^= 0x10
        (tmp_path / "b.tar.gz").write_bytes(altered)

        with pytest.raises(BackupRefused):
            _unpack(tmp_path / "b.tar.gz", tmp_path / f"out{place}")


def test_something_else_is_not_taken_for_a_backup(tmp_path):
    (tmp_path / "a.tar.gz").write_text("hello")
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz"):
        pass

    with pytest.raises(BackupRefused, match="damaged or is not"):
        archives.read_inventory(tmp_path / "a.tar.gz")
    with pytest.raises(BackupRefused, match="not a backup of Lumbung"):
        archives.read_inventory(tmp_path / "b.tar.gz")


def test_the_fingerprint_of_a_key_is_not_the_key(tmp_path):
    key = bytes(range(32))

    assert key.hex()[:16] != inventory.fingerprint(key)
    assert inventory.fingerprint(key) != inventory.fingerprint(key[::-1])
    assert inventory.fingerprint_in(tmp_path) == ""
