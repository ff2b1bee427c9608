"""Reports and answers of OGP are read at an address, or kept here under their hash, or both; and nothing hostile is."""

import csv
import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.cast import NOW

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.core.files.models import StoredDocument
from lumbung.core.files.tests import papers as given
from lumbung.modules.action_plan.actions import filing, ogp_answers
from lumbung.modules.action_plan.actions.papers import Document, Upload
from lumbung.modules.action_plan.documents import evidence_packs as written_packs
from lumbung.modules.action_plan.models import FiledReport, OgpAnswer, Plan, PlanMember
from lumbung.modules.action_plan.queries import evidence_packs as packs
from lumbung.modules.action_plan.queries import filed, monitoring
from lumbung.modules.action_plan.queries import papers as keeping
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
SENT_ON = clock.local_day(NOW) - timedelta(days=3)
DATA = given.pdf(stream=b"laporan awal")
SHA256 = hashlib.sha256(DATA).hexdigest()


def upload(data=DATA, size=None):
    return Upload(data, len(data) if size is None else size)


def commitment(slug="penataan-perangkat-daerah"):
    return monitoring.commitment_for_work("ntb-ksb-2021-2023", slug)


def inception(people, url="", data=DATA, *, by="pemantau.ksb"):
    member = PlanMember.objects.get(pk=commitment().member_id)
    paper = Document("Laporan awal", url, upload(data) if data else None)
    return filing.file_inception_report(member=member, document=paper, by=people.viewer(by), now=NOW)


def told(key):
    rows = EventRecord.objects.filter(key=f"action_plan.{key}").order_by("pk")
    return [bytes(row.body).decode() for row in rows]


def test_a_report_kept_as_a_document_has_its_hash_in_the_log_and_is_for_everybody(people):
    report = inception(people)
    assert (report.url, report.document.sha256, report.document.bytes) == ("", SHA256, len(DATA))
    assert f'"sha256":"{SHA256}"' in told("report_filed")[-1]
    assert keeping.may_see_paper(NOBODY, report.document_id, NOW.date()) == "everyone"
    assert keeping.papers_in_use([report.document_id]) == {report.document_id}


def test_a_report_may_stand_at_an_address_here_or_both_and_is_filed_once(people):
    both = inception(people, "https://contoh.id/awal")
    assert inception(people, "https://contoh.id/awal") == both
    at_address, here_only = inception(people, "https://contoh.id/awal", b""), inception(people)
    assert inception(people, "https://contoh.id/awal", b"") == at_address
    assert inception(people) == here_only
    assert FiledReport.objects.count() == 3
    assert StoredDocument.objects.filter(title="Laporan awal").count() == 2
    assert set(filed.filed_about(commitment())) == {both, at_address, here_only}


def test_a_report_that_nobody_could_read_is_refused(people):
    with pytest.raises(Refused) as refused:
        inception(people, "", b"")
    assert (refused.value.code, refused.value.field) == ("nothing-to-read", "document")
    with pytest.raises(Refused) as refused:
        inception(people, "ftp://contoh.id/awal")
    assert (refused.value.code, refused.value.field) == ("report-address-not-usable", "url")
    assert not FiledReport.objects.exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (given.PAGE, "document-kind-not-accepted"),
        (given.xlsx(), "document-kind-not-accepted"),
        (given.pdf(catalog=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "document-carries-a-program"),
        (given.package({"word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}), "document-carries-a-program"),
        (given.pdf()[:200], "document-damaged"),
    ],
)
def test_a_hostile_or_broken_report_is_refused_in_words_and_leaves_nothing(people, data, code):
    with pytest.raises(Refused) as refused:
        inception(people, data=data)
    assert (refused.value.code, refused.value.field) == (code, "document")
    assert str(refused.value.sentence).endswith(".")
    assert not FiledReport.objects.exists()
    assert not StoredDocument.objects.filter(title="Laporan awal").exists()


def test_a_report_of_more_than_ten_megabytes_is_refused_with_the_limit(people):
    member = PlanMember.objects.get(pk=commitment().member_id)
    paper = Document("Laporan awal", "", upload(size=10_000_001))
    with pytest.raises(Refused) as refused:
        filing.file_inception_report(member=member, document=paper, by=people.viewer("pemantau.ksb"), now=NOW)
    assert "10 MB" in str(refused.value.sentence)


def test_filed_documents_go_into_the_evidence_pack_with_hashes_that_can_be_computed_again(people):
    inception(people)
    last = Document("Laporan akhir", "https://contoh.id/akhir")
    filing.file_end_report(commitment=commitment(), document=last, by=people.viewer("pemantau.ksb"), now=NOW)
    pieces = packs.pieces_of(commitment())
    pack = packs.pack_of(pieces)
    assert ([each.title for each in pack.parts[0]], [each.title for each in pack.listed]) == (
        ["Laporan awal"],
        ["Laporan akhir"],
    )
    archive = zipfile.ZipFile(io.BytesIO(written_packs.pack(pack.parts[0], pieces)))
    rows = list(csv.DictReader(io.StringIO(archive.read(written_packs.LIST).decode())))
    kept = next(row for row in rows if row["file"])
    assert hashlib.sha256(archive.read(kept["file"])).hexdigest() == kept["sha256"] == SHA256
    assert "https://contoh.id/akhir" in {row["address"] for row in rows}


# --- what OGP answers ----------------------------------------------------------------------------------------


@pytest.fixture
def submitted(people):
    Plan.objects.filter(pk=here.KEY).update(submitted_on=SENT_ON)
    return here.plan()


def answered(people, *, on=SENT_ON, url="", data=DATA, by="sekretariat.ntb"):
    paper = Document("Tanda terima OGP", url, upload(data) if data else None)
    return ogp_answers.keep_ogp_answer(plan=here.plan(), document=paper, received_on=on, by=people.viewer(by), now=NOW)


def test_an_answer_of_ogp_is_kept_once_with_its_hash_and_told(people, submitted):
    answer = answered(people)
    assert answered(people) == answer
    assert filed.answers_to(submitted) == [answer]
    assert len(told("ogp_answered")) == 1
    assert SHA256 in told("ogp_answered")[0]
    assert keeping.papers_in_use([answer.document_id]) == {answer.document_id}
    assert answered(people, url="https://contoh.id/ogp", data=b"").document is None


@pytest.mark.parametrize("day", [SENT_ON - timedelta(days=1), clock.local_day(NOW) + timedelta(days=1)])
def test_an_answer_comes_between_submission_and_today(people, submitted, day):
    with pytest.raises(Refused) as refused:
        answered(people, on=day)
    assert refused.value.field == "received_on"


def test_ogp_answers_only_what_was_submitted_and_the_secretariat_keeps_it(people):
    with pytest.raises(Refused, match="not-submitted"):
        answered(people)
    with pytest.raises(NotPermitted):
        answered(people, by="oms.ntb")


def test_the_database_refuses_an_answer_nobody_can_read(people, submitted):
    facts = {"plan": submitted, "received_on": SENT_ON, "entered_at": NOW}
    facts["entered_by"] = people.account("sekretariat.ntb")
    for broken in ({"title": ""}, {"url": ""}):
        row = facts | {"title": "Tanda terima", "url": "https://contoh.id"} | broken
        with pytest.raises(IntegrityError, match="answer_of_ogp_can_be_read"), transaction.atomic():
            OgpAnswer.objects.create(**row)


def test_what_was_filed_and_answered_is_neither_changed_nor_deleted(people, submitted):
    for row in (inception(people), answered(people)):
        rows = type(row).objects.filter(pk=row.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(title="Lain")
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


def test_both_tables_have_their_triggers(db):
    """SQLite builds a table anew for a constraint; a migration that does has to put its triggers back (0011)."""
    lite = connection.vendor == "sqlite"
    asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if lite else "SELECT tgname FROM pg_trigger"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        known = {name for (name,) in cursor.fetchall()}
    tables = [each._meta.db_table for each in (FiledReport, OgpAnswer)]
    assert {f"{table}_refuses_{verb}" for table in tables for verb in ("update", "delete")} <= known
