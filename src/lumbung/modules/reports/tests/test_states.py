"""The table of states: nothing leaves it, whatever anyone tries in whatever order."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import NOW

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.events.models import EventRecord
from lumbung.modules.reports import states
from lumbung.modules.reports.actions import agency, conflicts, reporter, responses, routing, triage
from lumbung.modules.reports.manifest import MANIFEST
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.states import ALLOWED, STEPS, State
from lumbung.modules.reports.tests import stage

pytestmark = pytest.mark.django_db
README = Path(__file__).parents[1] / "README.md"


def attempts(people) -> dict[str, Callable[[Report, datetime], object]]:
    """Every action that changes a report, by whoever may do it."""
    desk, officer, head = (people.viewer(name) for name in ("koordinator.ksb", "pupr.ksb", "kepala.pupr.ksb"))
    unit = people.viewer("inspektorat.ksb")
    offices = ("ksb-dlh", "ksb-inspektorat")
    dlh = Viewer(held=(*officer.held, *(HeldRole("agency_officer", code, "") for code in offices)))

    def decide(verb: Callable[..., object], **more: str) -> Callable[[Report, datetime], object]:
        def run(report: Report, now: datetime) -> object:
            waiting = report.responses.filter(standing="waiting").first()
            if waiting is None:
                raise Refused("nothing-to-decide", "nothing waits")
            return verb(response=waiting, by=head, now=now, **more)

        return run

    def citizen(verb: Callable[..., object], **more: object) -> Callable[[Report, datetime], object]:
        return lambda report, now: verb(report=report, by=stage.reporter_of(report), now=now, **more)

    version = {**stage.VERSION, "hides_person": "", "hides_text": ""}
    pupr, dlh_office = stage.office("ksb-pupr"), stage.office("ksb-dlh")
    return {
        "verify": lambda r, now: triage.verify_report(report=r, by=desk, urgency="ordinary", now=now, **version),
        "correct": lambda r, now: triage.correct_public_version(report=r, by=desk, now=now, **version),
        "ask": lambda r, now: triage.ask_for_more(report=r, by=desk, question="Di mana?", now=now),
        "archive": lambda r, now: triage.archive_report(report=r, by=desk, reason="Tidak jelas", now=now),
        "sp4n": lambda r, now: triage.note_sp4n_number(report=r, by=desk, number="1234567", now=now),
        "hand_out": lambda r, now: routing.hand_out_report(
            report=r, by=desk, handed_to="PT PLN", contact="123", now=now
        ),
        "assign": lambda r, now: routing.assign_report(report=r, by=desk, agency=pupr, now=now),
        "route": lambda r, now: routing.route_report(
            report=r, by=desk, agency=stage.office("ksb-inspektorat"), reported_office=None, now=now
        ),
        "write": lambda r, now: routing.write_to_reporter(report=r, by=dlh, text="Kapan?", now=now),
        "take_back": lambda r, now: routing.take_back_report(report=r, by=desk, reason="Diam", now=now),
        "pass": lambda r, now: routing.pass_to_portal(report=r, by=desk, portal=people.ntb, reason="Provinsi", now=now),
        "accept": lambda r, now: agency.accept_report(report=r, by=dlh, now=now),
        "give_back": lambda r, now: agency.return_to_coordinator(report=r, by=dlh, reason="Bukan kami", now=now),
        "hand_on": lambda r, now: agency.hand_on_report(report=r, by=dlh, agency=dlh_office, reason="DLH", now=now),
        "plan": lambda r, now: agency.plan_report(report=r, by=dlh, year=2027, document="RKPD 2027", now=now),
        "resume": lambda r, now: agency.resume_report(report=r, by=dlh, now=now),
        "respond": lambda r, now: responses.write_response(report=r, by=dlh, kind="final", text="Selesai.", now=now),
        "progress": lambda r, now: responses.write_response(report=r, by=dlh, kind="progress", text="Maju.", now=now),
        "approve": decide(responses.approve_response),
        "return": decide(responses.return_response, note="Perbaiki"),
        "add": citizen(reporter.add_to_report, text="Tambahan"),
        "confirm": citizen(reporter.confirm_finished, score=3),
        "reopen": citizen(reporter.reopen_report, text="Belum"),
        "withdraw": citizen(reporter.withdraw_report),
        "press": citizen(conflicts.report_pressure, text="Saya didatangi"),
        "recuse": lambda r, now: conflicts.recuse(report=r, by=unit, reason="Ipar", now=now),
    }


NAMES = [
    *("verify", "correct", "ask", "archive", "sp4n", "hand_out", "assign", "route", "write", "take_back", "pass"),
    *("accept", "give_back", "hand_on", "plan", "resume", "respond", "progress", "approve", "return"),
    *("add", "confirm", "reopen", "withdraw", "press", "recuse"),
]


def _everything(report: Report) -> tuple[object, ...]:
    row = Report.objects.filter(pk=report.pk).values().get()
    sizes = (report.additions.count(), report.responses.count(), report.handovers.count(), report.pauses.count())
    return (*sorted(row.items(), key=lambda item: item[0]), sizes, report.recusals.count())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tried=st.lists(st.sampled_from(NAMES), min_size=1, max_size=14), is_levy=st.booleans())
def test_no_sequence_of_actions_leaves_the_table_and_each_change_is_told_once(people, tried, is_levy):
    with transaction.atomic():
        report = stage.file(people, category=people.levy if is_levy else people.road)
        run = attempts(people)
        for minute, name in enumerate(tried, start=1):
            before, told = _everything(report), EventRecord.objects.count()
            state = Report.objects.get(pk=report.pk).state
            try:
                with transaction.atomic():
                    run[name](stage.again(report), NOW + timedelta(minutes=minute))
            except Refused:
                assert _everything(report) == before, name
                assert EventRecord.objects.count() == told, name
            else:
                after = Report.objects.get(pk=report.pk).state
                assert after == state or after in ALLOWED[state], f"{name}: {state} → {after}"
                assert EventRecord.objects.count() == told + 1, name
        transaction.set_rollback(True)


def test_every_attempt_of_the_property_stands_in_the_list(people):
    assert set(NAMES) == set(attempts(people))


# A walk through the table that reaches every state, so that the property above is known to have ground under it.
WALKS = {
    State.NEEDS_MORE: ["ask"],
    State.VERIFIED: ["verify"],
    State.ASSIGNED: ["verify", "assign"],
    State.IN_PROGRESS: ["verify", "assign", "accept"],
    State.PLANNED: ["verify", "assign", "accept", "plan"],
    State.FINISHED: ["verify", "assign", "accept", "respond", "approve"],
    State.CONFIRMED: ["verify", "assign", "accept", "respond", "approve", "confirm"],
    State.ARCHIVED: ["archive"],
    State.HANDED_OUT: ["hand_out"],
    State.WITHDRAWN: ["withdraw"],
}


@pytest.mark.parametrize("state", WALKS)
def test_each_state_can_be_reached(people, state):
    report = stage.file(people)
    for name in WALKS[state]:
        attempts(people)[name](stage.again(report), stage.LATER)
    assert stage.again(report).state == state


@pytest.mark.parametrize("state", list(State))
def test_a_step_outside_the_table_is_refused_and_changes_nothing(people, state):
    run = attempts(people)
    report = stage.file(people)
    for walked in WALKS.get(state, []):
        run[walked](stage.again(report), stage.LATER)
    before = _everything(report)
    step_of = {"pass": "hand_on_to_portal", "progress": "respond", "approve": "finish", "return": "decide"}
    for name in NAMES:
        step = step_of.get(name, name)
        if step in {"sp4n", "recuse"} or states.may_begin(step, state) or (step == "add" and state == State.NEEDS_MORE):
            continue
        with pytest.raises(Refused), transaction.atomic():
            run[name](stage.again(report), stage.LATER)
        assert _everything(report) == before, name


def test_a_second_click_on_any_step_changes_nothing_more(people):
    for state in (State.VERIFIED, State.ASSIGNED, State.FINISHED, State.CONFIRMED, State.WITHDRAWN, State.ARCHIVED):
        report = stage.file(people)
        for name in WALKS[state]:
            attempts(people)[name](stage.again(report), stage.LATER)
        before = _everything(report)
        with pytest.raises(Refused), transaction.atomic():
            attempts(people)[WALKS[state][-1]](stage.again(report), stage.LATER)
        assert _everything(report) == before


def test_two_officers_at_once_the_second_learns_that_it_is_done(people):
    """Both read the report before either acted; the second acts on what is there now, not on what was read."""
    report = stage.assigned(people)
    first, second = stage.again(report), stage.again(report)
    agency.return_to_coordinator(report=first, by=people.viewer("pupr.ksb"), reason="Bukan kami", now=stage.LATER)
    with pytest.raises(Refused) as refused:
        agency.accept_report(report=second, by=people.viewer("pupr.ksb"), now=stage.LATER)
    assert refused.value.code == "not-your-report"
    assert stage.again(report).state == State.VERIFIED


def test_the_drawing_in_the_readme_is_the_table():
    assert states.drawing() in README.read_text(encoding="utf-8")


def test_the_table_of_roles_in_the_readme_is_the_manifest():
    text = README.read_text(encoding="utf-8")
    for role in MANIFEST.roles:
        verbs = " · ".join(verb.removeprefix("reports.") for verb in role.verbs)
        assert f"| {role.key} | {role.scope} | {verbs} |" in text


def test_every_step_of_the_table_is_taken_by_some_action():
    actions = "".join(path.read_text() for path in (Path(__file__).parents[1] / "actions").glob("*.py"))
    assert [name for name in STEPS if f'"{name}"' not in actions] == []
