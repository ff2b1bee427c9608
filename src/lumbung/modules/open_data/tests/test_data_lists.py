"""The Daftar Data of a year: proposed by producers, gathered and agreed by the Forum, amended with reasons."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as history
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.actions import agreeing, connecting, data_lists, datasets, priorities, workflow
from lumbung.modules.open_data.demo import planning as demo
from lumbung.modules.open_data.models import Agreement, Amendment, Attendance, DataList, Dataset, ListRow
from lumbung.modules.open_data.queries import data_lists as known
from lumbung.modules.open_data.queries import drafts
from lumbung.modules.open_data.tests import bringing, planning

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum(people):
    return people.viewer("forum.data.ntb")


@pytest.fixture
def data_list(people):
    return planning.opened(people)


def test_a_producer_proposes_for_their_own_agency_only(people, data_list):
    row = planning.proposed(people, data_list)
    assert (row.state, row.number) == ("proposed", 1)
    with pytest.raises(NotPermitted):
        planning.proposed(people, data_list, producer="ntb-dinkes")
    with pytest.raises(NotPermitted):
        planning.proposed(people, data_list, by="walidata.ntb")


def test_a_producer_changes_a_proposal_until_the_secretariat_has_it(people, data_list, forum):
    row, producer = planning.proposed(people, data_list), people.viewer("produsen.ntb")
    data_lists.change_row(row=row, facts=planning.facts(title="Panjang jalan"), by=producer, now=NOW)
    data_lists.take_row(row=row, by=forum, now=NOW)
    with pytest.raises(Refused, match="row-is-with-the-secretariat"):
        data_lists.change_row(row=row, facts=planning.facts(), by=producer, now=NOW)
    told = [entry.key for entry in history.history_of(data_lists.LIST, str(data_list.pk))]
    assert told == [
        f"open_data.{word}" for word in ("data_list_opened", "list_row_proposed", "list_row_changed", "list_row_taken")
    ]


def test_days_of_another_year_and_producers_of_another_government_are_refused(people, data_list, forum):
    for wrong in ({"days": (date(2027, 1, 1),)}, {"days": ()}, {"producer": "ksb-pupr"}, {"is_priority": True}):
        with pytest.raises(Refused):
            data_lists.propose_row(data_list=data_list, facts=planning.facts(**wrong), by=forum, now=NOW)
    assert not ListRow.objects.exists()


def test_the_forum_agrees_only_once_every_proposal_is_decided(people, data_list, forum):
    row = planning.proposed(people, data_list)
    with pytest.raises(Refused):
        agreeing.agree_list(data_list=data_list, meeting=planning.meeting(), by=forum, now=NOW)
    data_lists.leave_out_row(row=row, reason="Sudah ada dalam data lain.", by=forum, now=NOW)
    with pytest.raises(Refused):  # nothing is left on it
        agreeing.agree_list(data_list=data_list, meeting=planning.meeting(), by=forum, now=NOW)
    data_lists.take_row(row=row, by=forum, now=NOW)
    agreement = agreeing.agree_list(data_list=data_list, meeting=planning.meeting(), by=forum, now=NOW)
    listed = json.loads(agreement.listed)
    assert agreement.listed_sha256 == workflow.sha256_of(listed)
    assert listed["rows"][0]["days"] == ["2026-01-31", "2026-07-31"]


def test_an_agreed_list_changes_by_amendments_that_keep_old_new_and_reason(people, data_list, forum):
    row = planning.proposed(people, data_list)
    planning.agreed(people, data_list)
    moved = planning.facts(days=(date(2026, 2, 28), date(2026, 7, 31)))
    with pytest.raises(Refused):
        data_lists.change_row(row=known.row_at(data_list, 1), facts=moved, by=forum, now=NOW)
    with pytest.raises(Refused):
        agreeing.amend_row(row=known.row_at(data_list, 1), facts=moved, reason=" ", by=forum, now=NOW)
    with pytest.raises(NotPermitted):
        agreeing.amend_row(
            row=known.row_at(data_list, 1), facts=moved, reason="x", by=people.viewer("produsen.ntb"), now=NOW
        )
    made = agreeing.amend_row(
        row=known.row_at(data_list, 1), facts=moved, reason="Survei mundur sebulan.", by=forum, now=NOW
    )
    assert made.changes == [{"field": "days", "old": ["2026-01-31", "2026-07-31"], "new": ["2026-02-28", "2026-07-31"]}]
    added = agreeing.add_by_amendment(
        data_list=data_list, facts=planning.facts(title="Jembatan"), reason="Diminta gubernur.", by=forum, now=NOW
    )
    dropped = agreeing.drop_by_amendment(row=row, reason="Digabung.", by=forum, now=NOW)
    assert [added.number, added.row.number, dropped.kind] == [2, 2, "left_out"]
    assert json.loads(data_list.agreement.listed)["rows"][0]["days"][0] == "2026-01-31"


@pytest.mark.parametrize(("model", "field"), [(Agreement, "place"), (Attendance, "office"), (Amendment, "reason")])
def test_what_the_forum_agreed_on_is_never_altered_or_deleted(people, data_list, forum, model, field):
    planning.proposed(people, data_list)
    planning.agreed(people, data_list)
    agreeing.amend_row(
        row=known.row_at(data_list, 1), facts=planning.facts(title="Jalan"), reason="Nama.", by=forum, now=NOW
    )
    with pytest.raises(DatabaseError, match="never altered"), transaction.atomic():
        model.objects.update(**{field: getattr(model.objects.first(), field)})
    with pytest.raises(DatabaseError, match="never altered"), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk)._raw_delete("default")


def test_an_agreed_list_is_carried_over_a_year_on_as_proposals(people, data_list, forum):
    dataset = bringing.begin(people).dataset
    row = planning.proposed(people, data_list, days=(date(2026, 1, 31), date(2026, 7, 31)))
    connecting.connect(row=row, dataset=dataset, by=people.viewer("produsen.ntb"), now=NOW)
    with pytest.raises(Refused):
        planning.opened(people, year=2027, carried=data_list)
    planning.agreed(people, data_list)
    following = planning.opened(people, year=2027, carried=data_list)
    new = known.row_at(following, 1)
    assert (new.state, new.dataset, new.carried_from_id) == ("proposed", dataset, row.pk)
    assert [day.on for day in new.days.all()] == [date(2027, 1, 31), date(2027, 7, 31)]


def test_priority_chosen_in_the_list_sends_a_draft_to_a_second_check(people, data_list, forum, tmp_path):
    draft = bringing.ready(people, tmp_path)
    row = planning.proposed(people, data_list, is_priority=True, priority_reason="Dasar RKPD.")
    connecting.connect(row=row, dataset=draft.dataset, by=people.viewer("produsen.ntb"), now=NOW)
    assert not Dataset.objects.get().is_priority  # a proposal chooses nothing
    planning.agreed(people, data_list)
    workflow.submit(
        draft=draft, seen=draft.version, note="", release_on=None, by=people.viewer("produsen.ntb"), now=NOW
    )
    for name, state in (("pendukung.ntb", "checked"), ("walidata.ntb", "second_check")):
        current = drafts.open_draft_of(draft.dataset)
        workflow.pass_draft(draft=current, seen=current.version, by=people.viewer(name), now=NOW)
        assert drafts.open_draft_of(draft.dataset).state == state
    plain = replace(known.facts_of(known.row_at(data_list, 1)), is_priority=False, priority_reason="")
    agreeing.amend_row(row=known.row_at(data_list, 1), facts=plain, reason="Sudah lengkap.", by=forum, now=NOW)
    assert not Dataset.objects.get().is_priority
    keys = [entry.key for entry in history.history_of(datasets.DATASET, str(draft.dataset_id))]
    assert keys[-2:] == ["open_data.priority_began", "open_data.priority_ended"]


def test_the_list_of_next_year_chooses_nothing_before_that_year(people, data_list, forum):
    dataset = bringing.begin(people).dataset
    planning.proposed(people, data_list)
    planning.agreed(people, data_list)
    following = planning.opened(people, year=2027)
    row = planning.proposed(people, following, is_priority=True, priority_reason="RPJMD.", days=(date(2027, 3, 1),))
    connecting.connect(row=row, dataset=dataset, by=forum, now=NOW)
    planning.agreed(people, following)
    assert not Dataset.objects.get().is_priority
    priorities.follow_all(now=datetime(2027, 1, 1, 2, tzinfo=NOW.tzinfo))
    assert Dataset.objects.get().is_priority


def test_a_row_is_tied_to_a_dataset_of_its_own_agency_that_no_other_row_has(people, data_list, forum):
    dataset, producer = bringing.begin(people).dataset, people.viewer("produsen.ntb")
    first, second = planning.proposed(people, data_list), planning.proposed(people, data_list, title="Jembatan")
    connecting.connect(row=first, dataset=dataset, by=producer, now=NOW)
    with pytest.raises(Refused):
        connecting.connect(row=second, dataset=dataset, by=producer, now=NOW)
    Dataset.objects.update(producer=Organisation.objects.get(code="ntb-dinkes"))
    connecting.connect(row=first, dataset=None, by=producer, now=NOW)
    with pytest.raises(Refused):
        connecting.connect(row=second, dataset=Dataset.objects.get(), by=producer, now=NOW)
    assert connecting.connect(row=second, dataset=Dataset.objects.get(), by=forum, now=NOW).dataset == dataset


def tied_priority_row(people, data_list):
    dataset, producer = bringing.begin(people).dataset, people.viewer("produsen.ntb")
    row = planning.proposed(people, data_list, is_priority=True, priority_reason="Dasar RKPD.")
    connecting.connect(row=row, dataset=dataset, by=producer, now=NOW)
    planning.agreed(people, data_list)
    return known.row_at(data_list, 1), dataset


def test_a_producer_does_not_end_the_priority_of_their_own_data(people, data_list):
    row, dataset = tied_priority_row(people, data_list)
    other = bringing.begin(people, key="panjang-jembatan").dataset
    for who in ("produsen.ntb", "forum.data.ntb"):
        for chosen in (None, other):
            with pytest.raises(Refused, match="row-is-tied-by-the-list"):
                connecting.connect(row=row, dataset=chosen, by=people.viewer(who), now=NOW)
    with pytest.raises(NotPermitted):
        agreeing.tie_by_amendment(row=row, dataset=None, reason="Keliru.", by=people.viewer("produsen.ntb"), now=NOW)
    assert Dataset.objects.get(pk=dataset.pk).is_priority


def test_the_secretariat_ties_a_row_of_an_agreed_list_anew_with_a_reason(people, data_list, forum):
    row, dataset = tied_priority_row(people, data_list)
    other = bringing.begin(people, key="panjang-jembatan").dataset
    with pytest.raises(Refused, match="row-needs-a-reason"):
        agreeing.tie_by_amendment(row=row, dataset=other, reason=" ", by=forum, now=NOW)
    with pytest.raises(Refused, match="nothing-was-changed"):
        agreeing.tie_by_amendment(row=row, dataset=dataset, reason="Keliru.", by=forum, now=NOW)
    made = agreeing.tie_by_amendment(row=row, dataset=other, reason="Dataset keliru dipilih.", by=forum, now=NOW)
    assert made.changes == [{"field": "dataset", "old": "panjang-jalan", "new": "panjang-jembatan"}]
    assert [each.name for each in Dataset.objects.filter(is_priority=True)] == ["panjang-jembatan"]


def test_a_producer_ties_a_row_of_an_agreed_list_that_has_no_dataset(people, data_list):
    row = planning.proposed(people, data_list, is_priority=True, priority_reason="Dasar RKPD.")
    planning.agreed(people, data_list)
    dataset = bringing.begin(people).dataset
    connecting.connect(row=row, dataset=dataset, by=people.viewer("produsen.ntb"), now=NOW)
    assert Dataset.objects.get().is_priority


def test_a_dataset_begun_from_its_row_takes_over_what_the_row_says(people, data_list):
    row = planning.proposed(people, data_list, bps_number="V-24.5200.001", ewalidata_code="1.03.01.01")
    draft = connecting.begin_from_row(row=row, key="panjang-jalan", by=people.viewer("produsen.ntb"), now=NOW)
    told = drafts.open_draft_of(draft.dataset).metadata["dataset"]
    assert (told["title"]["id"], told["frequency"]) == (row.title, "semiannual")
    assert (told["recommendation"], told["e_walidata"]) == ("V-24.5200.001", "1.03.01.01")
    assert known.row_at(data_list, 1).dataset == draft.dataset


def broken(people, **wrong):
    """A row or a list written past every action."""
    data_list = wrong.pop("data_list", None) or DataList.objects.get()
    told = {"title": "Jalan", "purpose": "Program", "frequency": "yearly", "producer_id": "ntb-pupr", "number": 9}
    return ListRow.objects.create(data_list=data_list, proposed_at=NOW, **told | wrong)


@pytest.mark.parametrize(
    "write",
    [
        lambda people: DataList.objects.create(portal=people.ntb, year=2026, opened_at=NOW),
        lambda people: DataList.objects.create(portal=people.ntb, year=1999, opened_at=NOW),
        lambda people: broken(people, number=1),
        lambda people: broken(people, title=""),
        lambda people: broken(people, is_priority=True),
        lambda people: broken(people, state="left_out"),
        lambda people: broken(people, dataset=ListRow.objects.get().dataset),
        lambda _people: ListRow.objects.get().days.create(on=date(2026, 1, 31)),
        lambda _people: Agreement.objects.get().attendance.create(position=1, role="guest", office="Bappeda"),
        lambda _people: Agreement.objects.get().attendance.create(position=9, role="guest", office=""),
        lambda people: Agreement.objects.create(
            data_list=planning.opened(people, year=2027), number="", held_on=NOW.date(), recorded_at=NOW
        ),
        lambda _people: ListRow.objects.get().amendments.create(
            data_list=DataList.objects.get(), number=1, kind="changed", made_at=NOW
        ),
    ],
)
def test_the_database_keeps_the_rules_of_a_list(people, data_list, forum, write):
    row = planning.proposed(people, data_list)
    connecting.connect(row=row, dataset=bringing.begin(people).dataset, by=forum, now=NOW)
    planning.agreed(people, data_list)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(people)


@pytest.mark.heavy  # seventy rows through the log
def test_the_lists_of_the_demonstration_are_agreed_carried_over_and_loaded_once(people):
    for _time in range(2):
        demo.play(viewer_of=people.viewer, now=NOW)
    told = {(each.portal_id, each.year): (each.is_agreed, each.rows.count()) for each in DataList.objects.all()}
    assert told == {
        ("ntb", 2026): (True, 25),
        ("ntb", 2027): (True, 25),
        ("ksb", 2026): (True, 12),
        ("ksb", 2027): (False, 12),
    }
    assert Amendment.objects.count() == 1
