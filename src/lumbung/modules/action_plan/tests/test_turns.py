"""Two presses at once become two turns, and the same form sent twice makes one thing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW

from lumbung.core.base.errors import Refused
from lumbung.modules.action_plan.actions import responses
from lumbung.modules.action_plan.models import Response
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk

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
