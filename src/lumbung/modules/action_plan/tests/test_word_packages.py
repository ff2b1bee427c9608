"""Every DOCX we write keeps the rules of ECMA-376, read without the library that wrote it."""

import io
import zipfile

import docx
import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.modules.action_plan.actions import submission
from lumbung.modules.action_plan.models import Export
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk, word_package

pytestmark = pytest.mark.django_db
PUBLIC = "/ntb/rencana-aksi"


def fetched(address: str) -> bytes:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.getvalue()


def test_every_document_for_word_is_a_sound_package(people):
    for code, slug in (("ntb", "jalan-terbuka"), ("ksb", "posyandu-gr")):
        given.enacted(people, code, slug)
    submission.make_exports(plan=here.plan(), by=people.viewer("sekretariat.ntb"), now=NOW)
    exported = [bytes(each.content) for each in Export.objects.filter(plan=here.plan(), kind="docx")]
    meeting = here.held_meeting("plan_workshop")
    papers = [fetched(f"{PUBLIC}/susun/{here.KEY}/pertemuan/{meeting.pk}/cetak/berita-acara.docx")]
    papers.append(fetched(f"{PUBLIC}/rencana.docx"))
    assert len(exported) > 0
    assert {paper: found for paper, found in enumerate(map(word_package.faults, [*exported, *papers])) if found} == {}
    assert all(
        "Isi problem." in word_package.words(each) or "Words of problem." in word_package.words(each)
        for each in exported
    )


def test_the_papers_of_a_public_test_are_sound_packages(people):
    test = talk.public_test(people)
    talk.comment(people, test, "Jadwal & tarif <angkutan> desa.")
    for name in ("matriks", "berita-acara"):
        paper = fetched(f"{PUBLIC}/susun/{here.KEY}/uji-publik/{test.pk}/{name}.docx")
        assert word_package.faults(paper) == []
        assert "Jadwal & tarif <angkutan> desa." in word_package.words(paper)


@pytest.mark.parametrize(
    ("part", "change", "fault"),
    [
        ("word/document.xml", lambda text: text.replace(b"</w:body>", b""), "not well-formed"),
        ("[Content_Types].xml", lambda text: text.replace(b'Extension="xml"', b'Extension="xyz"'), "no content type"),
        ("word/_rels/document.xml.rels", lambda text: text.replace(b"styles.xml", b"nowhere.xml"), "is not there"),
    ],
)
def test_a_broken_package_is_told(part, change, fault):
    sound, broken = io.BytesIO(), io.BytesIO()
    docx.Document().save(sound)
    assert word_package.faults(sound.getvalue()) == []
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    assert any(fault in each for each in word_package.faults(broken.getvalue()))
