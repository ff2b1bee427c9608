"""Whoever decides as the second person is told that something waits, and whoever asked what was decided."""

import io
from datetime import date

import docx
import pytest
from tests.cast import NOW

from lumbung.core.notices.models import Notice
from lumbung.modules.action_plan.actions import amendments, stages, withdrawing
from lumbung.modules.action_plan.actions.amendments import Change
from lumbung.modules.action_plan.documents import pdf, word
from lumbung.modules.action_plan.models import Commitment, Plan
from lumbung.modules.action_plan.queries import printed
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
REASON = "Lokakarya ditunda karena gempa; forum sepakat melanjutkan lebih dahulu."


@pytest.fixture
def real():
    """No illustration: those ask nobody."""
    Plan.objects.filter(pk=here.KEY).update(is_illustration=False)


def told(*kinds):
    found = Notice.objects.filter(kind__in=[f"action_plan.{kind}" for kind in kinds]).order_by("made_at", "pk")
    return [(each.account.email.split("@")[0], each.path) for each in found]


def ask(people, member, stage, *, granted):
    facts = {"plan": here.plan(), "member": member, "stage": stage, "reason": REASON}
    asked = stages.ask_exception(**facts, by=people.viewer("sekretariat.ntb"), now=NOW)
    chair = "ketua.ntb" if member else "ketua.ksb"
    stages.decide_exception(exception=asked, granted=granted, by=people.viewer(chair), now=NOW)
    return told("exception_asked", "exception_decided")


@pytest.mark.usefixtures("real")
def test_an_exception_is_told_to_its_chair_and_the_decision_to_whoever_asked(people):
    desk = f"/ntb/rencana-aksi/kelola/{here.KEY}/"
    assert ask(people, here.member(), "orientation", granted=True) == [("ketua.ntb", desk), ("sekretariat.ntb", desk)]
    subjects = set(Notice.objects.filter(kind="action_plan.exception_asked").values_list("title", flat=True))
    assert subjects == {"Pengecualian untuk tahap “Orientasi dan pembekalan” menunggu keputusan Anda"}


@pytest.mark.usefixtures("real")
def test_what_all_pass_together_is_told_to_the_chair_of_the_other_government(people):
    asked, decided = ask(people, None, "submission", granted=False)
    assert asked == ("ketua.ksb", f"/ksb/rencana-aksi/kelola/{here.KEY}/")
    assert decided[0] == "sekretariat.ntb"


@pytest.mark.usefixtures("real")
def test_a_withdrawal_is_told_to_both_the_same_way(people):
    by = people.viewer("sekretariat.ntb")
    asked = withdrawing.ask_withdrawal(plan=here.plan(), reason=REASON, by=by, now=NOW)
    withdrawing.decide_withdrawal(withdrawal=asked, granted=True, by=people.viewer("ketua.ksb"), now=NOW)
    assert [each for each, _path in told("withdrawal_asked", "plan_withdrawn")] == ["ketua.ksb", "sekretariat.ntb"]


@pytest.mark.usefixtures("real")
def test_an_amendment_is_told_to_the_chair_and_back(people):
    given.enacted(people)
    decree = given.decree(number="050-31 Tahun 2027", dated_on=date(2027, 2, 1), about="other")
    change = Change("ends_on", "2029-06-30", "Anggaran baru tersedia pada semester kedua.", decree)
    facts = {"commitment": Commitment.objects.get(pk="jalan-terbuka"), "change": change}
    proposed = amendments.propose_amendment(**facts, by=people.viewer("sekretariat.ntb"), now=NOW)
    amendments.decide_amendment(amendment=proposed, approved=True, by=people.viewer("ketua.ntb"), now=NOW)
    desk = f"/ntb/rencana-aksi/kelola/{here.KEY}/perubahan/"
    assert told("amendment_proposed", "commitment_amended") == [("ketua.ntb", desk), ("sekretariat.ntb", desk)]


def test_an_illustration_asks_nobody(people):
    assert ask(people, here.member(), "orientation", granted=False) == []


def test_papers_for_ogp_tell_what_was_let_pass_why_and_by_whom(people):
    given.enacted(people)
    ask(people, here.member(), "enactment", granted=True)
    words = printed.words_of(here.plan(), printed.facts_of(here.plan(), now=NOW), "id")
    [told_there] = words.exceptions
    assert told_there.startswith("Penetapan dokumen rencana aksi (Pemerintah Provinsi Nusa Tenggara Barat).")
    assert REASON in told_there
    assert "orang kedua: Ketua forum" in told_there
    paragraphs = [each.text for each in docx.Document(io.BytesIO(word.document(words))).paragraphs]
    assert told_there in paragraphs
    assert paragraphs[paragraphs.index(told_there) - 1] == "Tahap yang dilanjutkan dengan pengecualian"
    assert pdf.document(words).startswith(b"%PDF")
