"""An idea gets a number, is never lost, and can be followed to the commitment it lives on in."""

import random
import uuid

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as events
from lumbung.core.events.models import AccessEvent, EventRecord
from lumbung.core.notices.models import Notice
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import clearing, ideas
from lumbung.modules.action_plan.models import Idea, IdeaTie, StagePassage
from lumbung.modules.action_plan.queries import ideas as known
from lumbung.modules.action_plan.queries import intake, stages, trails
from lumbung.modules.action_plan.queries.intake import Words
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk

pytestmark = pytest.mark.django_db
PLANTED = "Hubungi saya di 0812 3450 9876, NIK 5207011203459876."


def merge(people, idea, into, by="sekretariat.ntb"):
    return ideas.merge_idea(idea=idea, into=into, reason=talk.REASON, by=people.viewer(by), now=NOW)


def split(people, idea, *texts):
    parts = [Words(text, title=text[:20]) for text in texts]
    by = people.viewer("sekretariat.ntb")
    return ideas.split_idea(idea=idea, parts=parts, reason="Berisi beberapa hal.", by=by, now=NOW)


def adopt(people, idea, draft):
    by = people.viewer("sekretariat.ntb")
    return ideas.adopt_idea(idea=idea, draft=draft, reason="Menjadi langkah pertama.", by=by, now=NOW)


def decline(people, idea):
    return ideas.decline_idea(idea=idea, reason="Kewenangan pusat.", by=people.viewer("sekretariat.ntb"), now=NOW)


def codes(stage="drafting_workshop"):
    member = here.member("ntb")
    template = states.templates()[member.template]
    found = stages.missing_of(here.plan(), member, template.stage(stage), today=clock.local_day(NOW))
    return [each.code for each in found if each.code.startswith("ideas_numbered")]


def test_an_idea_gets_a_number_and_waits_unread(people):
    sent = talk.send_idea(PLANTED)
    idea = sent.item
    assert (idea.number, idea.clearing, idea.public_text) == ("U-2026-0001", "waiting", "")
    assert intake.words_of(idea).text == PLANTED
    assert list(known.public_ideas(here.plan())) == []
    assert intake.item_by_code(here.plan(), sent.code) == idea


def test_the_log_holds_a_hash_and_no_word_of_it(people):
    idea = talk.send_idea(PLANTED).item
    bodies = b"".join(bytes(body) for body in EventRecord.objects.values_list("body", flat=True))
    assert b"5207011203459876" not in bodies
    assert b"0812" not in bodies
    told = events.history_of("idea", str(idea.pk))
    assert [entry.data["words_hash"] for entry in told] == [idea.words_hash]
    assert told[0].role == "reporter"


def test_the_same_key_sent_twice_is_one_idea_with_one_code(people):
    key = uuid.uuid4()
    first, second = talk.send_idea(key=key), talk.send_idea(key=key)
    assert (first.item.pk, first.code, second.is_new) == (second.item.pk, second.code, False)
    assert Idea.objects.count() == 1


def test_an_idea_with_personal_data_is_not_cleared_until_it_is_left_out(people):
    idea = talk.send_idea(PLANTED).item
    with pytest.raises(Refused) as refused:
        talk.clear(people, idea, PLANTED)
    assert refused.value.code == "personal-data-for-the-public"
    assert talk.clear(people, idea, "Hubungi saya di •••, NIK •••.").public_text.count("•••") == 2


def test_reading_the_words_as_sent_leaves_a_trace(people):
    idea = talk.send_idea(PLANTED).item
    clearing.open_words(item=idea, by=people.viewer("sekretariat.ntb"), now=NOW)
    assert AccessEvent.objects.filter(subject_type="idea", subject_id=str(idea.pk)).count() == 1


def test_a_hidden_idea_says_why_and_stays_counted(people):
    idea = talk.idea(people)
    by = people.viewer("sekretariat.ntb")
    hidden = clearing.hide_words(item=idea, reason="Menghina orang lain.", by=by, now=NOW)
    assert (hidden.public_text, hidden.words_hash) == ("", idea.words_hash)
    counts = known.idea_counts(here.plan())
    assert (counts.total, counts.public, counts.hidden) == (1, 0, 1)


@pytest.mark.parametrize("by", ["sekretariat.ksb", "oms.ntb", "fasilitator.ntb", "admin"])
def test_only_the_secretariat_it_speaks_to_clears_merges_and_declines(people, by):
    idea, other = talk.idea(people, of="ntb"), talk.idea(people, "Pasar buka lebih pagi.", of="ntb")
    with pytest.raises(NotPermitted):
        talk.clear(people, idea, by=by)
    with pytest.raises(NotPermitted):
        merge(people, idea, other, by)


def test_what_officers_enter_for_others_is_not_for_everybody_to_enter(people):
    with pytest.raises(NotPermitted):
        ideas.send_idea(
            plan=here.plan(),
            words=Words("Usulan dari lokakarya."),
            origin=ideas.Origin(channel="meeting"),
            draft_key=uuid.uuid4(),
            by=NOBODY,
            now=NOW,
        )


def test_an_idea_is_followed_through_a_split_and_a_merge_to_the_commitment(people):
    whole = talk.idea(people, "Jadwal angkutan dan lampu jalan.")
    other = talk.idea(people, "Jadwal bus desa.")
    first, second = split(people, whole, "Jadwal angkutan.", "Lampu jalan.")
    merge(people, first, other)
    draft = here.commitment(people).draft
    adopt(people, other, draft)
    decline(people, second)
    drawn = trails.trails_of(here.plan())
    whole.refresh_from_db()
    assert [step.draft.slug for step in trails.ends_of(whole, drawn)] == ["jalan-terbuka"]
    assert {step.idea.number for step in trails.onward_from(whole, drawn)} == {first.number, second.number}
    behind = trails.behind_draft(draft, drawn)
    assert [step.idea.number for step in behind] == [other.number]
    assert behind[0].following[0].following[0].idea.number == whole.number


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_merged_and_split_there_is_no_circle_and_nothing_is_lost(people, seed):
    chance = random.Random(seed)
    every = [talk.idea(people, f"Usulan nomor {count}.") for count in range(6)]
    draft = here.commitment(people).draft
    for _step in range(14):
        idea, target = chance.sample(list(Idea.objects.order_by("number")), 2)
        try:
            chance.choice(
                [
                    lambda: merge(people, idea, target),  # noqa: B023 - called at once
                    lambda: split(people, idea, "Bagian satu.", "Bagian dua."),  # noqa: B023
                    lambda: adopt(people, idea, draft),  # noqa: B023
                ]
            )()
        except Refused:
            continue
    drawn = trails.trails_of(here.plan())
    for idea in Idea.objects.all():
        assert str(idea.pk) not in reached(idea, drawn)
        is_settled = idea.state in {Idea.State.MERGED, Idea.State.SPLIT, Idea.State.ADOPTED}
        assert bool(drawn.onward.get(str(idea.pk))) == is_settled
    assert Idea.objects.filter(pk__in=[idea.pk for idea in every]).count() == len(every)


def reached(idea, drawn):
    found, waiting = set(), list(trails.onward_from(idea, drawn))
    while waiting:
        step = waiting.pop()
        found |= {str(step.idea.pk)} if step.idea else set()
        waiting += step.following
    return found


def test_two_ideas_are_not_merged_into_each_other(people):
    one, other = talk.idea(people), talk.idea(people, "Jadwal bus desa.")
    merge(people, one, other)
    with pytest.raises(Refused) as refused:
        merge(people, other, one)
    assert refused.value.code == "idea-is-settled"


def test_an_idea_is_not_adopted_in_the_draft_of_another_plan(people):
    idea, draft = talk.idea(people), here.commitment(people).draft
    draft.plan_id = "ntb-ksb-2021-2023"
    with pytest.raises(Refused) as refused:
        adopt(people, idea, draft)
    assert refused.value.code == "draft-not-of-this-plan"


def test_the_drafting_workshop_waits_for_ideas_and_for_each_to_be_read(people):
    assert codes() == ["ideas_numbered.none"]
    sent = talk.send_idea(of="ntb")
    assert codes() == ["ideas_numbered.waiting"]
    talk.clear(people, sent.item)
    assert codes() == []


def test_ideas_are_no_longer_taken_after_the_public_test(people):
    member = here.member("ntb")
    account = people.account("sekretariat.ntb")
    StagePassage.objects.create(plan=here.plan(), track="ntb", stage="public_test", passed_at=NOW, passed_by=account)
    assert not known.takes_ideas(here.plan(), member)
    assert known.takes_ideas(here.plan())
    with pytest.raises(Refused) as refused:
        talk.send_idea(of="ntb")
    assert refused.value.code == "ideas-closed"


def test_the_secretariat_is_told_once_a_day_that_ideas_wait(people):
    for count in range(3):
        talk.send_idea(f"Usulan {count}", of="ntb")
    told = Notice.objects.filter(kind="action_plan.words_wait")
    assert [notice.account.email for notice in told] == ["sekretariat.ntb@contoh.id"]


@pytest.mark.parametrize(
    "change",
    [
        {"clearing": "public", "public_text": ""},
        {"clearing": "hidden", "hidden_reason": ""},
        {"state": "declined", "declined_reason": ""},
    ],
)
def test_the_database_refuses_an_idea_without_what_its_state_needs(people, change):
    idea = talk.send_idea().item
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(**change)


@pytest.mark.parametrize("broken", ["itself", "nowhere", "without reason"])
def test_the_database_refuses_a_tie_to_itself_to_nowhere_or_without_reason(people, broken):
    idea, other = talk.idea(people), talk.idea(people, "Jadwal bus desa.")
    ends = {"itself": idea, "nowhere": None, "without reason": other}
    reason = "" if broken == "without reason" else talk.REASON
    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaTie.objects.create(idea=idea, kind="merged", into_idea=ends[broken], reason=reason, made_at=NOW)
