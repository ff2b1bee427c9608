"""Documents are kept as they came, or refused for what they are."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from lumbung.core.base import clock
from lumbung.core.base.declarations import FilePurpose
from lumbung.core.base.errors import Refused
from lumbung.core.files import actions, documents, registry, store
from lumbung.core.files.kinds import EVIDENCE
from lumbung.core.files.models import StoredDocument
from lumbung.core.files.tests import corpus, papers

PURPOSE = "files.test"
used: set = set()
opened: list = []
audience = "everyone"


@pytest.fixture(autouse=True)
def purpose(monkeypatch):
    used.clear()
    opened.clear()
    monkeypatch.setattr(registry, "_purposes", {})
    register("everyone")


def register(who):
    registry._purposes.clear()
    registry.register(
        FilePurpose(
            PURPOSE, lambda _viewer, _id, _day: who, lambda ids: used & set(ids), lambda *told: opened.append(told)
        )
    )


def keep(data: bytes = b"", title: str = "SK Sekretariat: Nomor 050/12") -> StoredDocument:
    written = actions.write_document(data or papers.pdf(), accepted=EVIDENCE)
    return actions.keep_document(written=written, purpose=PURPOSE, title=title, now=clock.now())


@pytest.mark.parametrize("name", sorted(papers.GOOD))
def test_a_document_is_known_by_its_content(name):
    make, kind = papers.GOOD[name]
    data = make()
    assert documents.recognise(data, size=len(data), accepted=EVIDENCE) == kind


@pytest.mark.parametrize(
    ("data", "name", "is_kept"),
    [
        (b"MZ123", "laporan.pdf", False),
        (b"satu,dua\n", "rapor.xlsx", False),
        (b"satu,dua\n", "rapor.txt", True),
        (papers.pdf(), "Rapor.PDF", True),
        (papers.pdf(), "rapor", True),
    ],
)
def test_a_document_is_what_the_ending_of_its_name_says(data, name, is_kept, files_folder):
    if is_kept:
        assert actions.write_document(data, accepted=EVIDENCE, name=name).bytes == len(data)
        return
    with pytest.raises(Refused) as refused:
        actions.write_document(data, accepted=EVIDENCE, name=name)
    assert refused.value.code == "document-is-not-what-its-name-says"


@pytest.mark.parametrize("name", sorted(papers.HOSTILE))
def test_a_hostile_document_is_refused_for_what_it_is(name, files_folder):
    make, code = papers.HOSTILE[name]
    with pytest.raises(Refused) as refused:
        actions.write_document(make(), accepted=EVIDENCE)
    assert (refused.value.code, refused.value.field) == (code, "document")
    with translation.override("en"):
        assert refused.value.sentence.endswith(".")
    assert not files_folder.exists()


def test_a_place_takes_only_the_kinds_it_names():
    with pytest.raises(Refused) as refused:
        actions.write_document(papers.docx())
    assert refused.value.code == "document-kind-not-accepted"
    with translation.override("id"):
        assert "PDF" in refused.value.sentence
        assert "Word" not in refused.value.sentence


def test_a_photo_is_no_document():
    with pytest.raises(Refused):
        actions.write_document(corpus.jpeg(), accepted=EVIDENCE)
    assert documents.is_photo(corpus.jpeg())
    assert not documents.is_photo(papers.pdf())


def test_an_upload_of_which_only_a_part_was_kept_is_too_large():
    with pytest.raises(Refused) as refused:
        actions.write_document(papers.pdf(), size=20_000_000)
    assert refused.value.code == "document-too-large"


def test_what_closes_no_stream_is_read_once_and_not_again_for_each_stream():
    data = papers.pdf(trailer=b"stream\n" * 1_000_000)
    assert documents.recognise(data, size=len(data), accepted=EVIDENCE) == "pdf"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("SK Sekretariat: Nomor 050/12", "sk-sekretariat-nomor-05012.pdf"),
        ('../../etc/"passwd"\r\nX: 1', "etcpasswd-x-1.pdf"),
        ("…", "dokumen.pdf"),
        ("a" * 300, "a" * 80 + ".pdf"),
    ],
)
def test_it_is_saved_under_a_name_made_from_its_title(title, name):
    assert documents.download_name(title, "pdf") == name


@pytest.mark.django_db
def test_the_hash_in_the_row_is_that_of_the_bytes_as_uploaded(client):
    data = papers.pdf()
    document = keep(data)
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert b"".join(client.get(f"/media/{document.pk}/dokumen").streaming_content) == data
    part = client.get(f"/media/{document.pk}/dokumen", headers={"range": "bytes=0-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, data[:4])


@pytest.mark.django_db
def test_a_document_is_saved_and_never_opened_inside_our_pages(client):
    answer = client.get(f"/media/{keep().pk}/dokumen")
    assert answer["Content-Disposition"] == 'attachment; filename="sk-sekretariat-nomor-05012.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "public, max-age=86400"


@pytest.mark.django_db
def test_a_document_not_for_everyone_leaves_a_trace_and_no_copy_in_a_cache(client):
    register("viewer")
    document = keep()
    answer = client.get(f"/media/{document.pk}/dokumen")
    assert answer["Cache-Control"] == "private, no-store"
    assert [told[1:3] for told in opened] == [(document.pk, "document")]


@pytest.mark.django_db
def test_a_document_nobody_may_see_is_not_found(client):
    register("nobody")
    assert client.get(f"/media/{keep().pk}/dokumen").status_code == 404


@pytest.mark.django_db
def test_a_document_is_no_photo_and_a_photo_is_no_document(client):
    photo = actions.keep_photo(written=actions.write_photo(corpus.jpeg()), purpose=PURPOSE, now=clock.now())
    assert client.get(f"/media/{keep().pk}/besar").status_code == 404
    assert client.get(f"/media/{photo.pk}/dokumen").status_code == 404


@pytest.mark.django_db
def test_the_sweep_removes_what_nothing_uses_and_leaves_what_is_used():
    kept, unused = keep(), keep(papers.xlsx())
    used.add(kept.pk)
    later = clock.now() + timedelta(hours=1)
    assert actions.sweep_orphans(now=later) == actions.Swept(rows=1, files=1, lost=0)
    assert store.read(kept.sha256) is not None
    assert store.read(unused.sha256) is None
    store.path_of(kept.sha256).unlink()
    assert actions.sweep_orphans(now=later).lost == 1


@pytest.mark.django_db
def test_a_forgotten_document_is_gone_at_once(client):
    document = keep()
    actions.forget_document(document_id=document.pk)
    assert client.get(f"/media/{document.pk}/dokumen").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [("kind", "svg", "of_a_known_kind"), ("bytes", 0, "has_content"), ("title", "", "has_a_title")],
)
def test_the_database_refuses_a_document_that_cannot_be(field, value, rule):
    fields = {"kind": "pdf", "bytes": 1, "title": "SK", "sha256": "0" * 64} | {field: value}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        StoredDocument.objects.create(purpose=PURPOSE, created_at=clock.now(), **fields)
