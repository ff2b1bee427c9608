"""The front of the action plan leads to every plan that is drawn up, and says so when there is none."""

import pytest
from django.test import Client

from lumbung.modules.action_plan.models import Meeting, Plan
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests.test_open_plans import begun

pytestmark = pytest.mark.django_db
FRONT = "/ntb/rencana-aksi/"


def text(address: str) -> str:
    return Client().get(address).content.decode()


def test_every_open_plan_is_linked_with_its_stage_and_what_one_can_do(people):
    begun(people)
    for page in (text(FRONT), text("/ntb/")):
        assert "2 rencana aksi sedang disusun" in page
        for key in (here.KEY, "ntb-sungguhan"):
            assert f"{FRONT}susun/{key}/" in page
            assert f"{FRONT}susun/{key}/usulan/kirim/" in page
    assert "tahap 1 dari 7" in text(FRONT)


def test_without_one_the_plan_says_so_and_leads_to_the_lessons_and_the_home_says_nothing(people):
    Plan.objects.filter(submitted_on__isnull=True).update(submitted_on="2026-03-01")
    page = text(FRONT)
    assert "Saat ini tidak ada rencana aksi yang sedang disusun" in page
    assert f"{FRONT}pembelajaran/ntb-ksb-2021-2023/" in page
    assert "sedang disusun" not in text("/ntb/")


def test_indonesian_words_in_an_english_page_are_marked(people):
    Plan.objects.filter(pk=here.KEY).update(title_en="")
    here.held_meeting()
    Meeting.objects.filter(plan=here.KEY).update(title="Lokakarya <draf>")
    page = text(f"/en/ntb/rencana-aksi/susun/{here.KEY}/")
    assert f'<span lang="id">{here.plan().title_id}</span>' in page
    forum = text(f"/en/ntb/rencana-aksi/susun/{here.KEY}/forum/")
    assert '<span lang="id">Lokakarya &lt;draf&gt;</span>' in forum
    assert '<span lang="id">' not in text(f"{FRONT}susun/{here.KEY}/forum/")
