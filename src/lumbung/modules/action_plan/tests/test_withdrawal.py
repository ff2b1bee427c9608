"""A plan of which nothing was enacted is given up by two people, and its address says why for ever."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as events
from lumbung.core.events.models import EventRecord
from lumbung.modules.action_plan import queries
from lumbung.modules.action_plan.actions import hiding, seats, stages, withdrawing
from lumbung.modules.action_plan.models import PlanWithdrawal
from lumbung.modules.action_plan.models.words import MARK
from lumbung.modules.action_plan.queries import consultations, hidden
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk

pytestmark = pytest.mark.django_db
WHY = "Anggaran penyusunan ditiadakan; forum sepakat memulai lagi tahun depan."


def ask(people, by="sekretariat.ntb"):
    return withdrawing.ask_withdrawal(plan=here.plan(), reason=WHY, by=people.viewer(by), now=NOW)


def decide(people, asked, by="ketua.ksb", *, granted=True):
    return withdrawing.decide_withdrawal(withdrawal=asked, granted=granted, by=people.viewer(by), now=NOW)


def drawn_up(portal):
    return [each.plan.pk for each in queries.open_plans(portal, now=NOW)]


def test_a_withdrawn_plan_leaves_the_lists_and_its_address_tells_who_and_why(people):
    idea = talk.idea(people, "Jadwal angkutan desa diumumkan di balai.")
    asked = ask(people)
    assert here.KEY in drawn_up(people.ntb)
    decide(people, asked)
    for portal in (people.ntb, people.ksb):
        assert here.KEY not in drawn_up(portal)
    visitor, address = Client(), f"/ntb/rencana-aksi/susun/{here.KEY}/"
    for front in ("/ntb/", "/ntb/rencana-aksi/"):
        assert address not in visitor.get(front).content.decode()
    tombstone = visitor.get(address).content.decode()
    assert WHY in tombstone
    assert f"{address}usulan/kirim/" not in tombstone
    assert "balai" in visitor.get(f"{address}usulan/{idea.number}/").content.decode()
    told = [entry.sentence for entry in events.history_of("plan", here.KEY)]
    assert any(sentence.startswith("Rencana aksi ditarik") for sentence in told)
    assert not any(WHY in bytes(row.body).decode() for row in EventRecord.objects.all())


@pytest.mark.parametrize("by", ["sekretariat.ntb", "ketua.ntb", "gubernur.ntb", "sekretariat.ksb", "oms.ntb"])
def test_only_the_chair_of_another_government_agrees_to_withdraw_a_joint_plan(people, by):
    asked = ask(people)
    with pytest.raises(NotPermitted):
        decide(people, asked, by)
    assert here.plan().withdrawn_at is None


def test_whoever_asked_does_not_agree_even_with_both_roles(people):
    asked = ask(people)
    PlanWithdrawal.objects.update(asked_by=people.account("ketua.ksb"))
    with pytest.raises(NotPermitted, match="withdrawal-needs-a-second-person"):
        decide(people, asked)


def test_a_declined_withdrawal_changes_nothing_and_stays_told(people):
    decide(people, ask(people), granted=False)
    assert here.KEY in drawn_up(people.ntb)
    assert WHY in Client().get(f"/ntb/rencana-aksi/susun/{here.KEY}/").content.decode()
    ask(people)


def test_once_a_part_is_enacted_the_plan_stays(people):
    asked = ask(people)
    given.enacted(people)
    with pytest.raises(Refused, match="enacted-plan-stays"):
        decide(people, asked)
    decide(people, asked, granted=False)
    with pytest.raises(Refused, match="enacted-plan-stays"):
        ask(people)


def test_nothing_is_added_to_a_withdrawn_plan(people):
    test = talk.public_test(people)
    decide(people, ask(people))
    test = consultations.consultation_by_id(here.plan(), test.pk)
    steps = (
        talk.send_idea,
        lambda: talk.send_comment(test),
        lambda: here.commitment(people, "jalan-baru"),
        here.application,
        lambda: ask(people),
        lambda: stages.pass_stage(
            plan=here.plan(), member=here.member(), stage="orientation", by=people.viewer("sekretariat.ntb"), now=NOW
        ),
    )
    for step in steps:
        with pytest.raises(Refused, match="plan-withdrawn"):
            step()


def test_words_of_a_withdrawn_plan_are_still_cleared_hidden_and_forgotten(people):
    waiting = talk.send_idea("Usulan yang menunggu diperiksa.").item
    seat = here.application()
    decide(people, ask(people))
    assert talk.clear(people, waiting).clearing == "public"
    words = hidden.words_at(here.plan(), "withdrawal", str(PlanWithdrawal.objects.get().pk))
    by = people.viewer("sekretariat.ntb")
    hiding.hide_text(words=words, reason="Memuat nama seseorang.", by=by, now=NOW)
    assert PlanWithdrawal.objects.get().reason == MARK
    seats.forget_contacts(now=NOW + timedelta(hours=1))
    seat.refresh_from_db()
    assert seat.contact is None
