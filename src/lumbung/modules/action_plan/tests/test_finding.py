"""Ideas, comments and commitments are found: by number at once, by their words once everybody may read them."""

import pytest
from tests.cast import NOW

from lumbung.core.search import queries as search
from lumbung.modules.action_plan.actions import clearing, indexing
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.tests import talk

pytestmark = pytest.mark.django_db


def found(typed, region="52"):
    return [(hit.kind, hit.title) for hit in search.search(region, typed)[1]]


def test_a_number_finds_its_idea_at_once_and_its_words_only_after_clearing(people):
    idea = talk.send_idea("Angkutan dermaga diumumkan.").item
    assert found(idea.number) == [("idea", idea.number)]
    assert found("dermaga") == []
    talk.clear(people, idea, "Angkutan dermaga diumumkan.")
    assert [kind for kind, _title in found("dermaga")] == ["idea"]
    by = people.viewer("sekretariat.ntb")
    clearing.hide_words(item=idea, reason="Menghina orang lain.", by=by, now=NOW)
    assert found("dermaga") == []
    assert found(idea.number) == [("idea", idea.number)]


def test_an_idea_for_all_governments_is_found_from_each_of_their_portals(people):
    idea = talk.send_idea().item
    assert found(idea.number, "52") == found(idea.number, "52.07") == [("idea", idea.number)]


def test_a_comment_is_found_by_its_number(people):
    test = talk.public_test(people, of="ksb")
    comment = talk.send_comment(test, "Batas waktu belum jelas.").item
    assert found(comment.number, "52.07") == [("comment", comment.number)]


def test_commitments_of_a_submitted_plan_are_found_and_leave_with_it(people):
    indexing.index_commitments(Plan.objects.get(pk="ntb-ksb-2021-2023"))
    assert ("commitment", "NTB Care") in found("NTB Care")
    indexing.forget_commitments(["ntb-care"])
    assert ("commitment", "NTB Care") not in found("NTB Care")
