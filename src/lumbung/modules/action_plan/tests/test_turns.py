"""Two presses at once become two turns, and the same form sent twice makes one thing."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW

from lumbung.core.base.errors import Refused
from lumbung.core.organisations.queries import by_code
from lumbung.modules.action_plan.actions import meetings, plans, responses, review, seats
from lumbung.modules.action_plan.actions.announcing import MeetingFacts
from lumbung.modules.action_plan.actions.plans import PlanFacts
from lumbung.modules.action_plan.actions.seat_rules import Place
from lumbung.modules.action_plan.models import Meeting, Response, ReviewNote, Seat
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk
from lumbung.modules.action_plan.tests.stage import LATER

pytestmark = pytest.mark.django_db


def takes_turns(step) -> bool:
    """Whether a step holds the member's row before it changes anything; SQLite has one writer at a time anyway."""
    with CaptureQueriesContext(connection) as told:
        step()
    sql = [each["sql"] for each in told.captured_queries]
    writes = [place for place, each in enumerate(sql) if each.startswith(("UPDATE", "DELETE", "INSERT"))]
    held = [place for place, each in enumerate(sql) if "action_plan_planmember" in each and "FOR UPDATE" in each]
    return not connection.features.has_select_for_update or min(held) < min(writes)


def test_writing_taking_back_and_publishing_answers_take_turns(people):
    test, by = talk.public_test(people), people.viewer("sekretariat.ntb")
    comment, member = talk.comment(people, test), here.member("ntb")
    assert takes_turns(lambda: talk.answer(people, test, comment))
    written = Response.objects.get()
    assert takes_turns(lambda: responses.discard_response(response=written, member=member, by=by))
    talk.answer(people, test, comment)
    assert takes_turns(lambda: talk.publish(people))


def test_an_answer_published_or_taken_back_meanwhile_is_not_taken_back(people):
    test, by = talk.public_test(people), people.viewer("sekretariat.ntb")
    member = here.member("ntb")
    gone, published = (talk.answer(people, test, talk.comment(people, test)) for _turn in range(2))
    responses.discard_response(response=gone, member=member, by=by)
    talk.publish(people)
    codes = []
    for stale in (gone, published):
        with pytest.raises(Refused) as refused:
            responses.discard_response(response=stale, member=member, by=by)
        codes.append(refused.value.code)
    assert codes == ["response-is-gone", "response-is-published"]
    assert Response.objects.get().published_at == NOW


def test_the_same_form_sent_twice_is_one_meeting_one_seat_and_one_note(people):
    plan, member, by, key = here.plan(), here.member("ntb"), people.viewer("sekretariat.ntb"), uuid.uuid4()
    facts = MeetingFacts("forum", "Rapat forum", LATER, LATER + timedelta(hours=2), place="Aula Bappeda")
    place = Place("community", "member", NOW.date(), institution="Komunitas Pesisir")
    national = people.viewer("nasional")
    for _press in range(2):
        meetings.plan_meeting(plan=plan, member=member, facts=facts, by=by, now=NOW, draft_key=key)
        seats.give_seat(member=member, place=place, by=by, now=NOW, draft_key=key)
        review.write_note(plan=plan, about="", text="Perjelas data awal.", by=national, now=NOW, draft_key=key)
    assert (Meeting.objects.count(), Seat.objects.count(), ReviewNote.objects.count()) == (1, 1, 1)


def test_a_plan_begun_twice_is_refused_and_not_an_error(people):
    facts = PlanFacts("dua-kali", "Rencana", "", date(2027, 1, 1), date(2029, 1, 1), {by_code("ntb"): "province-eight"})
    by = people.viewer("sekretariat.ntb")
    plans.begin_plan(facts=facts, by=by, now=NOW)
    with pytest.raises(Refused) as refused:
        plans.begin_plan(facts=facts, by=by, now=NOW)
    assert refused.value.code == "plan-key-taken"
