"""The folder of files, and the sweep that keeps it equal to the rows."""

import errno
import hashlib
import os
import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from lumbung.core.base import clock
from lumbung.core.base.declarations import FilePurpose
from lumbung.core.files import actions, registry, store
from lumbung.core.files.models import StoredFile
from lumbung.core.files.tests import corpus

PURPOSE = "files.test"
used: set = set()


@pytest.fixture(autouse=True)
def purpose(monkeypatch):
    used.clear()
    monkeypatch.setattr(registry, "_purposes", {})
    registry.register(FilePurpose(PURPOSE, lambda _viewer, _id, _day: "everyone", lambda ids: used & set(ids)))


def later():
    return clock.now() + timedelta(hours=1)


def keep(data: bytes = b"") -> StoredFile:
    written = actions.write_photo(data or corpus.jpeg(400, 300))
    return actions.keep_photo(written=written, purpose=PURPOSE, now=clock.now())


def stored(folder) -> list[str]:
    return sorted(path.name for path in folder.glob("??/??/*"))


def test_content_lies_under_its_own_hash_and_nothing_else_is_left(files_folder):
    address = store.put(b"content")
    assert store.read(address) == b"content"
    assert stored(files_folder) == [address]
    assert store.path_of(address).stat().st_mode & 0o077 == 0


def test_the_same_content_twice_is_one_file(files_folder):
    assert store.put(b"content") == store.put(b"content")
    assert len(stored(files_folder)) == 1


def test_what_was_acknowledged_before_a_kill_is_there_and_whole(files_folder):
    code = (
        "import os; from django.conf import settings; settings.configure(LUMBUNG_FILES=os.environ['FOLDER']);"
        "from lumbung.core.files import store\n"
        "while True: print(store.put(os.urandom(300_000)), flush=True)"
    )
    environment = {**os.environ, "FOLDER": str(files_folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    for _kill in range(3):
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment, text=True)
        acknowledged = [child.stdout.readline().strip() for _ in range(5)]
        child.kill()
        acknowledged += [line.strip() for line in child.stdout if len(line) == 65]
        child.wait()
        for address in acknowledged:
            assert hashlib.sha256(store.read(address)).hexdigest() == address
        assert all(name.startswith(store.HALF_WRITTEN) or len(name) == 64 for name in stored(files_folder))


@pytest.mark.parametrize("address", ["", "../../etc/passwd", "A" * 64, "a" * 63, "/" * 64])
def test_only_a_hash_is_an_address(address):
    with pytest.raises(ValueError, match="SHA-256"):
        store.path_of(address)


def test_a_full_disk_is_said_with_507_and_leaves_nothing_behind(files_folder, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(store.StorageFull) as refused:
        store.put(b"content")
    assert refused.value.status == 507
    assert stored(files_folder) == []


@pytest.mark.django_db
def test_a_file_written_before_the_server_was_killed_is_swept(files_folder):
    actions.write_photo(corpus.jpeg(400, 300))
    assert len(stored(files_folder)) == 2
    assert actions.sweep_orphans(now=later()) == actions.Swept(rows=0, files=2, lost=0)
    assert stored(files_folder) == []


@pytest.mark.django_db
def test_a_half_written_file_is_swept(files_folder):
    path = store.path_of(store.put(b"content"))
    path.rename(path.with_name(f"{store.HALF_WRITTEN}0011"))
    assert actions.sweep_orphans(now=later()).files == 1
    assert stored(files_folder) == []


@pytest.mark.django_db
def test_a_used_photo_stays(files_folder):
    file = keep()
    used.add(file.pk)
    assert actions.sweep_orphans(now=later()) == actions.Swept(0, 0, 0)
    assert stored(files_folder) == sorted({file.sha256, file.thumbnail_sha256})


@pytest.mark.django_db
def test_a_row_nothing_uses_goes_with_its_files(files_folder):
    keep()
    assert actions.sweep_orphans(now=later()) == actions.Swept(rows=1, files=2, lost=0)
    assert not StoredFile.objects.exists()
    assert stored(files_folder) == []


@pytest.mark.django_db
def test_what_was_written_a_moment_ago_is_left_in_peace(files_folder):
    keep()
    store.put(b"on its way")
    assert actions.sweep_orphans(now=clock.now()) == actions.Swept(0, 0, 0)
    assert len(stored(files_folder)) == 3


@pytest.mark.django_db
def test_two_rows_of_the_same_picture_share_a_file_until_both_are_gone(files_folder):
    first, second = keep(), keep()
    assert first.sha256 == second.sha256
    used.add(second.pk)
    assert actions.sweep_orphans(now=later()) == actions.Swept(rows=1, files=0, lost=0)
    assert store.read(second.sha256) is not None


@pytest.mark.django_db
def test_an_upload_of_the_same_picture_during_the_sweep_survives_it():
    address = store.put(b"content")
    moment = later().timestamp()
    found = list(store.older_than(moment))
    os.utime(store.path_of(address), (moment + 1, moment + 1))  # what writing it again would do
    assert store.remove_unneeded(found, moment=moment, needed=lambda _address: False) == 0
    assert store.read(address) == b"content"


@pytest.mark.django_db
def test_a_sweep_killed_between_two_steps_is_mended_by_the_next(files_folder):
    file = keep()
    used.add(file.pk)
    path = store.path_of(file.sha256)
    path.rename(path.with_name(f"{store.TAKEN_OUT}{file.sha256}"))
    assert actions.sweep_orphans(now=later()).lost == 0
    assert store.read(file.sha256) is not None


@pytest.mark.django_db
def test_a_file_that_is_lost_is_counted():
    file = keep()
    used.add(file.pk)
    store.path_of(file.sha256).unlink()
    assert actions.sweep_orphans(now=later()).lost == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("mime", "image/svg+xml", "of_a_kind_we_encode"),
        ("bytes", 0, "content_and_size"),
        ("width", 0, "content_and_size"),
    ],
)
def test_the_database_refuses_a_file_that_cannot_be(field, value, rule):
    fields = {"mime": "image/jpeg", "bytes": 1, "width": 1, "height": 1, "thumbnail_bytes": 1} | {field: value}
    fields |= {"thumbnail_width": 1, "thumbnail_height": 1, "sha256": "0" * 64, "thumbnail_sha256": "0" * 64}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        StoredFile.objects.create(purpose=PURPOSE, created_at=clock.now(), **fields)


def test_a_purpose_nobody_declared_is_refused():
    with pytest.raises(LookupError, match="unknown"):
        registry.get("files.nothing")


def test_a_purpose_is_declared_once():
    with pytest.raises(ValueError, match="twice"):
        registry.register(FilePurpose(PURPOSE, lambda _viewer, _id, _day: "nobody", set))


@pytest.mark.django_db
def test_an_unknown_address_is_not_found(client):
    assert client.get(f"/media/{uuid4()}/besar").status_code == 404


@pytest.mark.django_db
def test_a_public_file_is_kept_a_day_by_caches_and_asked_for_by_its_tag(client):
    file = keep()
    answer = client.get(f"/media/{file.pk}/kecil")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == "inline"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert "sandbox" in answer["Content-Security-Policy"]
    again = client.get(f"/media/{file.pk}/kecil", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_a_private_file_is_never_kept_by_a_cache(client, monkeypatch):
    monkeypatch.setattr(registry, "_purposes", {})
    registry.register(FilePurpose(PURPOSE, lambda _viewer, _id, _day: "viewer", set))
    answer = client.get(f"/media/{keep().pk}/besar")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer


@pytest.mark.django_db
def test_a_file_nobody_may_see_is_not_found(client, monkeypatch):
    monkeypatch.setattr(registry, "_purposes", {})
    registry.register(FilePurpose(PURPOSE, lambda _viewer, _id, _day: "nobody", set))
    file = keep()
    assert client.get(f"/media/{file.pk}/besar").status_code == 404
    assert client.post(f"/media/{file.pk}/besar").status_code in {403, 405}


@pytest.mark.django_db
def test_files_of_a_module_no_longer_installed_are_not_shown_and_not_swept(client, monkeypatch):
    file = keep()
    monkeypatch.setattr(registry, "_purposes", {})
    assert client.get(f"/media/{file.pk}/besar").status_code == 404
    assert actions.sweep_orphans(now=later()) == actions.Swept(0, 0, 0)


@pytest.mark.django_db
def test_a_row_whose_bytes_are_lost_is_not_found_rather_than_an_error(client):
    file = keep()
    store.path_of(file.sha256).unlink()
    assert client.get(f"/media/{file.pk}/besar").status_code == 404
