"""What people ask: sealed until looked through, answered by the law's clock, told to whoever asked."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.calendar import actions as calendar
from lumbung.core.events import queries as history
from lumbung.core.events.models import EventRecord
from lumbung.core.jobs import runner
from lumbung.core.notices.models import Message
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.actions import asking, asking_answers, asking_clearing, asking_telling
from lumbung.modules.open_data.actions.asking import Sender
from lumbung.modules.open_data.actions.asking_answers import Answer
from lumbung.modules.open_data.models import Asking, Dataset, Release
from lumbung.modules.open_data.queries import asking_clocks, askings
from lumbung.modules.open_data.queries.askings import Words
from lumbung.modules.open_data.tests.asking_people import TEXT, asked, cleared

pytestmark = pytest.mark.django_db
OUT, KIND = Asking.Outcome, Asking.Kind
NIK = "5207017001001001"


@pytest.fixture
def steward(people):
    return people.viewer("walidata.ntb")


@pytest.fixture
def dataset(publish):
    publish()
    return Dataset.objects.get(key="wells", portal="ntb")


def code_of(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def answer(found, by, outcome=OUT.NOT_HELD, text="Data ini tidak dikumpulkan.", **more):
    return asking_answers.give_answer(found=found, answer=Answer(outcome, text, **more), by=by, now=NOW)


def test_the_same_key_twice_is_one_request_with_one_code(people):
    told = {"portal": people.ntb, "kind": KIND.DATA, "dataset": None, "words": Words(TEXT), "sender": Sender()}
    key = uuid.uuid4()
    first, second = (asking.send(draft_key=key, now=NOW, **told) for _press in range(2))
    assert (first.asking.pk, first.code, second.is_new) == (second.asking.pk, second.code, False)
    assert askings.by_code(people.ntb, first.code.lower()) == first.asking
    assert askings.by_code(people.ksb, first.code) is None


def test_nothing_somebody_wrote_is_public_or_in_the_log_before_it_was_looked_through(people, steward):
    found = asked(people, text=f"NIK saya {NIK}, saya mencari data bansos.", email="warga@contoh.id")
    assert found not in askings.public_askings(people.ntb)
    assert not any(b"bansos" in bytes(each.body) for each in EventRecord.objects.all())
    assert code_of(lambda: cleared(people, found, text=f"NIK saya {NIK}, saya mencari data bansos.")) == (
        "personal-data-for-the-public"
    )
    assert code_of(lambda: cleared(people, found, text="Saya memuji data bansos.")) == "words-of-somebody-else"
    cleared(people, found, text="•••, saya mencari data bansos.")
    assert askings.public_askings(people.ntb).get().public_text == "•••, saya mencari data bansos."


def test_a_request_is_due_after_ten_working_days_and_once_seven_more(people, steward):
    received = datetime(2026, 3, 13, 2, tzinfo=UTC)
    found = cleared(people, asked(people, now=received), now=received)
    # domain: golden date of Friday 2026-03-13, collective leave not counted
    assert found.due_on == date(2026, 4, 6)
    late = found.due_on + timedelta(days=1)
    too_late = datetime(late.year, late.month, late.day, 2, tzinfo=UTC)
    extend = {"found": found, "reason": "Data tersebar di empat bidang.", "by": steward}
    assert code_of(lambda: asking_answers.extend(**extend, now=too_late)) == "asking-overdue"
    assert asking_answers.extend(**extend, now=NOW).due_on == date(2026, 4, 15)
    assert code_of(lambda: asking_answers.extend(**extend, now=NOW)) == "asking-not-to-be-extended"


def test_a_new_holiday_moves_open_time_limits_and_says_so(people):
    found = asked(people)
    before = found.due_on
    calendar.add_day(
        on=date(2026, 3, 31),
        kind="public_holiday",
        name_id="Libur contoh",
        name_en="Sample holiday",
        is_estimated=False,
        source="SK contoh",
        by=people.viewer("kalender"),
        now=NOW,
    )
    runner.run_due()
    found.refresh_from_db()
    assert found.due_on > before
    assert "open_data.asking_due_moved" in [each.key for each in history.history_of("data_asking", str(found.pk))]


def test_an_answer_needs_what_its_kind_needs(people, steward, dataset):
    found = asked(people)
    assert code_of(lambda: answer(found, steward)) == "asking-not-cleared"
    found = cleared(people, found)
    assert code_of(lambda: answer(found, steward, OUT.ACCEPTED)) == "answer-not-of-this-kind"
    assert code_of(lambda: answer(found, steward, OUT.REFUSED)) == "refusal-names-no-law"
    assert code_of(lambda: answer(found, steward, OUT.GIVEN)) == "nothing-was-given"
    assert code_of(lambda: answer(found, steward, text="Hubungi 0819 7700 1001")) == "personal-data-for-the-public"
    done = answer(found, steward, OUT.GIVEN, given=dataset)
    assert (done.given, done.is_open) == (dataset, False)
    assert code_of(lambda: answer(found, steward)) == "asking-answered-already"
    told = askings.statistics(people.ntb, 2026)
    assert (told.received, told.answered, told.on_time, told.open) == (1, 1, 1, 0)


def test_a_refusal_tells_until_when_one_may_object(people, steward):
    done = answer(cleared(people, asked(people)), steward, OUT.REFUSED, legal_basis="UU 14/2008 Pasal 17 huruf h")
    assert asking_clocks.objection_until(done) == date(2026, 5, 11)


def test_another_agency_answers_only_what_was_handed_to_it_and_looked_through(people, steward):
    producer = people.viewer("produsen.ntb")
    found = asked(people)
    agency = Organisation.objects.get(code="ntb-pupr")
    hand = {"found": found, "agency": agency, "now": NOW}
    assert code_of(lambda: asking_answers.hand_to(**hand, by=steward)) == "asking-not-cleared"
    with pytest.raises(NotPermitted):
        answer(cleared(people, found), producer)
    assert found not in askings.waiting_for(producer, people.ntb)
    with pytest.raises(NotPermitted):
        asking_answers.hand_to(**hand, by=producer)
    handed = asking_answers.hand_to(**hand, by=steward)
    assert askings.waiting_for(producer, people.ntb) == [handed]
    with pytest.raises(NotPermitted):
        asking_clearing.open_words(found=handed, by=producer, now=NOW)
    assert answer(handed, producer).answered_by == producer.account


def test_whoever_left_an_address_is_told_of_each_step_and_the_address_is_forgotten(people, steward):
    found = cleared(people, asked(people, email="warga@contoh.id"))
    done = answer(found, steward)
    told = Message.objects.filter(kind=asking_telling.MOVED)
    assert [each.occasion for each in told] == [f"{done.number}:answered:"]
    assert asking_telling.forget_contacts(now=NOW + timedelta(days=60)) == 0
    assert asking_telling.forget_contacts(now=NOW + timedelta(days=62)) == 1
    done.refresh_from_db()
    assert askings.contact_of(done) is None


def test_hidden_words_leave_number_answer_and_reason(people, steward):
    done = answer(cleared(people, asked(people)), steward)
    hidden = asking_clearing.hide(found=done, reason="Memuat fitnah", by=steward, now=NOW)
    assert (hidden.public_text, hidden.answer) == ("", "Data ini tidak dikumpulkan.")
    assert hidden not in askings.public_askings(people.ntb)
    assert askings.words_of(hidden).text == TEXT


def test_what_harms_somebody_comes_first_and_stays_unseen_until_it_is_answered(people, steward, dataset):
    asked(people, kind=KIND.QUESTION, dataset=dataset)
    harm = asked(people, kind=KIND.TAKEDOWN, dataset=dataset, where="baris 12")
    assert askings.waiting_for(steward, people.ntb)[0] == harm
    cleared(people, harm)
    assert harm not in askings.public_askings(people.ntb)
    told = history.history_of("data_asking", str(harm.pk))
    assert [each.data.get("dataset", "") for each in told] == ["", ""]


def test_a_release_is_withdrawn_and_its_request_answered_in_one_step(people, steward, dataset):
    harm = asked(people, kind=KIND.TAKEDOWN, dataset=dataset)
    release = Release.objects.get(dataset=dataset)
    step = {"found": harm, "release": release, "reason": "Satu orang dapat dikenali", "now": NOW}
    with pytest.raises(NotPermitted):
        asking_answers.withdraw_and_answer(**step, by=people.viewer("produsen.ntb"))
    done = asking_answers.withdraw_and_answer(**step, by=steward)
    release.refresh_from_db()
    assert (done.outcome, release.withdrawn_reason) == (OUT.ACCEPTED, "Satu orang dapat dikenali")


def test_an_accepted_correction_names_the_release_that_mends_it_once(people, steward, dataset):
    wrong = cleared(people, asked(people, kind=KIND.CORRECTION, dataset=dataset))
    release = Release.objects.get(dataset=dataset)
    mend = {"found": wrong, "release": release, "by": steward, "now": NOW}
    assert code_of(lambda: asking_answers.mark_mended(**mend)) == "nothing-to-mend"
    answer(wrong, steward, OUT.ACCEPTED)
    assert asking_answers.mark_mended(**mend).mended_in == release
    assert code_of(lambda: asking_answers.mark_mended(**mend)) == "nothing-to-mend"
    assert [each.mended_in for each in askings.about(dataset)] == [release]


@pytest.mark.parametrize(
    "broken",
    [
        {"outcome": OUT.NOT_HELD},
        {"outcome": OUT.NOT_HELD, "answered_on": date(2026, 3, 26)},
        {"outcome": OUT.REFUSED, "answered_on": date(2026, 3, 26), "answer": "Tidak"},
        {"clearing": Asking.Clearing.PUBLIC},
        {"clearing": Asking.Clearing.HIDDEN},
        {"extended_on": date(2026, 3, 26)},
        {"kind": KIND.CORRECTION},
    ],
)
def test_the_database_refuses_half_an_answer(people, broken):
    found = asked(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Asking.objects.filter(pk=found.pk).update(**broken)
