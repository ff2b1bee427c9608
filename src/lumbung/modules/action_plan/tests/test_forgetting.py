"""Whoever asked for a seat and was never answered is forgotten; the request and its event stay."""

from datetime import timedelta

import pytest
from tests.cast import NOW

from lumbung.core.events.models import EventRecord
from lumbung.core.notices.models import Message
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import seats
from lumbung.modules.action_plan.manifest import MANIFEST
from lumbung.modules.action_plan.models import Plan, Seat
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=states.rules().contact_days)


@pytest.fixture
def asked(people):
    return here.application()


def contacts():
    return Seat.objects.filter(contact__isnull=False).count()


def test_the_address_goes_after_as_many_days_as_the_data_say_and_no_sooner(asked):
    assert seats.forget_contacts(now=NOW + DAYS) == 0
    assert seats.forget_contacts(now=NOW + DAYS + timedelta(minutes=1)) == 1
    seat = Seat.objects.get(pk=asked.pk)
    assert (seat.contact, seat.contact_language, seat.state) == (None, "", "applied")
    assert EventRecord.objects.filter(key="action_plan.seat_asked", subject_id=str(asked.pk)).exists()
    assert seats.forget_contacts(now=NOW + DAYS * 2) == 0


def test_it_goes_at_once_when_the_period_of_the_plan_is_over(asked):
    Plan.objects.filter(pk=here.KEY).update(starts_on="2025-01-01", ends_on="2026-03-25")
    assert seats.forget_contacts(now=NOW) == 1
    assert contacts() == 0


def test_a_decision_after_that_is_still_made_and_nobody_is_mailed(people, asked):
    seats.forget_contacts(now=NOW + DAYS * 2)
    current = Seat.objects.select_related("member__organisation").get(pk=asked.pk)
    by = people.viewer("sekretariat.ntb")
    assert seats.decline_seat(seat=current, reason="Penuh.", by=by, now=NOW + DAYS * 2).state == "declined"
    assert not Message.objects.filter(kind=seats.DECIDED).exists()


def test_the_schedule_forgets_without_anybody_asking():
    [job] = [each for each in MANIFEST.jobs if each.name == "action_plan.forget_contacts"]
    assert job.is_scheduled
    assert states.rules().contact_days == 180
