"""What is said of a commitment stays, side by side; nobody flatters without being shown beside the others."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.calendar.models import CalendarDay
from lumbung.core.events.models import EventRecord
from lumbung.core.files.fetching import NotFetched
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import assessing, evidence, filing, reporting
from lumbung.modules.action_plan.actions.assessing import Inception
from lumbung.modules.action_plan.actions.papers import Document
from lumbung.modules.action_plan.actions.reporting import ReportFacts
from lumbung.modules.action_plan.documents import evidence_packs as papers
from lumbung.modules.action_plan.models import (
    Assessment,
    Capture,
    Commitment,
    Evidence,
    FiledReport,
    Institution,
    Lesson,
    MilestoneReport,
    Note,
    Plan,
    PlanMember,
    Reply,
    ReportDecision,
    Seat,
    SelfReport,
    Term,
)
from lumbung.modules.action_plan.pages import assessments as shown
from lumbung.modules.action_plan.pages.public import monitor_clocks
from lumbung.modules.action_plan.queries import Card, monitoring
from lumbung.modules.action_plan.queries import evidence as proofs
from lumbung.modules.action_plan.queries import evidence_packs as packs
from lumbung.modules.action_plan.queries import plans as known
from lumbung.modules.action_plan.queries.clocks import Freshness, freshness_of
from lumbung.modules.action_plan.queries.monitoring import Gap, Trio
from lumbung.modules.action_plan.queries.requirements import Case, missing_in
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests.sayings import (
    TEXT,
    WORDS,
    approve,
    assess,
    ending,
    kept_document,
    look,
    monitored_by,
    named,
    note,
    proof,
    report,
    starting,
    term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def care(people):
    found = monitoring.commitment_for_work("ntb-ksb-2021-2023", "ntb-care")
    monitored_by("lrp2m-cordova", found)
    return found


# --- who says what -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["kepala.komitmen.ntb", "pemantau.ksb", "oms.ntb", "sekretariat.ntb", "pupr.ntb"])
def test_only_officers_of_the_institution_in_charge_report(people, care, by):
    facts = ReportFacts(2025, 4, term("limited"), WORDS)
    with pytest.raises(NotPermitted):
        reporting.write_self_report(commitment=care, facts=facts, by=people.viewer(by), now=NOW)


def test_a_report_counts_once_its_head_approved_it(people, care):
    written = report(people, care)
    assert monitoring.sayings_of(care).approved == []
    approve(people, written)
    assert monitoring.sayings_of(care).approved == [written]


def test_whoever_wrote_a_report_cannot_approve_it(people, care):
    written = report(people, care)
    with pytest.raises(NotPermitted):
        approve(people, written, by="komitmen.ntb")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportDecision.objects.create(
            report=written,
            is_approved=True,
            written_by=written.written_by,
            decided_by=written.written_by,
            decided_at=NOW,
        )


def test_a_report_is_decided_once_and_a_newer_one_takes_its_place(people, care):
    first = report(people, care)
    second = report(people, care, words="Rapor terbit setiap bulan.", now=NOW + timedelta(hours=1))
    with pytest.raises(Refused) as refused:
        approve(people, first)
    assert refused.value.code == "report-waits-no-more"
    approve(people, second)
    with pytest.raises(Refused):
        approve(people, second)


def test_the_same_report_pressed_twice_is_one(people, care):
    assert report(people, care) == report(people, care)
    assert note(people, care) == note(people, care)
    assert assess(people, care) == assess(people, care)


def test_a_report_or_assessment_with_more_evidence_is_a_new_one(people, care):
    made = named(people, care, content=b"<p>rapor</p>")
    assert report(people, care) != report(people, care, named=[made])
    assert assess(people, care) != assess(people, care, ending(named=[made]))


@pytest.mark.parametrize("by", ["komitmen.ntb", "oms.ntb", "sekretariat.ntb", "ketua.ntb"])
def test_only_the_monitoring_body_assesses(people, care, by):
    with pytest.raises(NotPermitted):
        assess(people, care, by=by)


def test_a_monitor_that_is_not_named_for_the_plan_does_not_assess(people, care):
    Seat.objects.filter(plan=care.plan).delete()
    with pytest.raises(NotPermitted) as refused:
        assess(people, care)
    assert refused.value.code == "not-the-monitor"


def test_the_monitor_of_one_government_does_not_assess_another_one(people):
    promises = [
        monitoring.commitment_for_work("ntb-ksb-2021-2023", slug) for slug in ("penataan-perangkat-daerah", "ntb-care")
    ]
    assert assess(people, promises[0]).organisation_id == "lrp2m-cordova"
    with pytest.raises(NotPermitted) as refused:
        assess(people, promises[1])
    assert refused.value.code == "not-the-monitor"


def test_a_monitor_never_assesses_what_it_carries_out_itself(people, care):
    Institution.objects.create(commitment=care, organisation_id="lrp2m-cordova", role="civil_society", position=9)
    with pytest.raises(Refused) as refused:
        assess(people, care)
    assert refused.value.code == "monitor-carries-it-out"


def test_notes_are_signed_by_registered_organisations_only(people, care):
    assert note(people, care).organisation_id == "somasi-ntb"
    with pytest.raises(NotPermitted):
        note(people, care, by="komitmen.ntb")


def test_the_log_holds_words_as_salted_hashes_and_names_nobody(people, care):
    approve(people, report(people, care))
    written = note(people, care)
    bodies = [bytes(row.body).decode() for row in EventRecord.objects.filter(subject_id="ntb-care")]
    assert any(written.words_hash in body for body in bodies)
    assert not any(WORDS in body or written.words in body or "contoh.id" in body for body in bodies)


# --- nothing overwrites --------------------------------------------------------------------------------------


def said(people, care):
    """One row of each kind that must stay."""
    made = named(people, care, content=b"<p>rapor</p>")
    milestone = care.milestones.first()
    written = report(people, care, named=[made], done_on={milestone: date(2026, 3, 1)})
    decision, coded = approve(people, written), assess(people, care)
    answered = assessing.reply(to=coded, words="Kami perbaiki.", by=people.viewer("kepala.komitmen.ntb"), now=NOW)
    member = PlanMember.objects.get(pk=care.member_id)
    filed = filing.file_inception_report(
        member=member, document=Document("Laporan", "https://contoh.id/l"), by=people.viewer("pemantau.ksb"), now=NOW
    )
    lesson = filing.record_lesson(
        plan=care.plan, commitment=None, words="Mulai lebih awal.", by=people.viewer("sekretariat.ntb"), now=NOW
    )
    steps = written.milestones.first()
    return [made, proof(made).kept, written, steps, decision, coded, note(people, care), answered, filed, lesson]


def test_the_database_refuses_to_change_or_delete_what_was_said(people, care):
    for row in said(people, care):
        for attempt in (_touch, _remove):
            rows = type(row).objects.filter(pk=row.pk)
            with pytest.raises(DatabaseError), transaction.atomic():
                attempt(rows)
        assert type(row).objects.filter(pk=row.pk).exists()


def _remove(rows):
    rows._raw_delete(rows.db)


def _touch(rows):
    field = next(each.name for each in rows.model._meta.concrete_fields if not each.primary_key)
    rows.update(**{field: rows.values_list(field, flat=True)[0]})


def test_the_newest_is_shown_and_the_older_ones_stay(people, care):
    first = report(people, care, "limited")
    approve(people, first)
    later = NOW + timedelta(days=90)
    second = report(people, care, "substantial", words="Rapor terbit setiap bulan.", now=later)
    approve(people, second, now=later)
    sayings = monitoring.sayings_of(care)
    assert sayings.approved == [second, first]
    assert monitoring.trio_of(sayings, ()).self_report == second


# --- evidence and “complete” ---------------------------------------------------------------------------------


def test_an_address_is_captured_once_and_its_hash_stays_when_it_changes_and_goes(people, care):
    made = named(people, care)
    assert proof(made).standing == "waiting"
    first = look(made, b"<p>rapor</p>")
    look(made, b"<p>rapor</p>")
    assert proof(made).standing == "kept"
    look(made, b"<p>lain</p>")
    assert proof(made).standing == "changed"
    look(made, NotFetched("gone", "not-there"))
    assert (proof(made).standing, proof(made).kept.sha256) == ("gone", first.sha256)
    told = EventRecord.objects.filter(subject_id="ntb-care", key__contains="evidence")
    keys = list(told.order_by("id").values_list("key", flat=True))
    assert [key.rpartition(".")[2] for key in keys] == [
        "evidence_named",
        "evidence_captured",
        "evidence_changed",
        "evidence_gone",
    ]


def test_evidence_is_gone_after_three_tries_that_reached_nothing(people, care):
    made = named(people, care, content=b"<p>rapor</p>")
    for expected in ("kept", "kept", "gone"):
        look(made, NotFetched("unreachable", "no-connection"))
        assert proof(made).standing == expected


def test_what_nobody_looked_at_for_a_week_is_looked_at_again(people, care):
    named(people, care, content=b"<p>rapor</p>")
    assert evidence.look_again(now=NOW + timedelta(days=6)) == 0
    assert evidence.look_again(now=NOW + timedelta(days=8)) == 1


def test_an_address_that_was_not_reached_is_tried_every_hour_for_three_days(people, care):
    look(named(people, care), NotFetched("unreachable", "no-connection"))
    assert evidence.look_again(now=NOW + timedelta(minutes=30)) == 0
    assert evidence.look_again(now=NOW + timedelta(hours=2)) == 1
    assert evidence.look_again(now=NOW + timedelta(days=4)) == 0


@pytest.mark.parametrize("url", ["ftp://contoh.id/x", "file:///etc/passwd", "https://a:b@contoh.id/"])
def test_an_address_that_is_not_of_the_web_is_refused(people, care, url):
    with pytest.raises(Refused) as refused:
        named(people, care, url=url)
    assert refused.value.field == "url"


def test_a_document_is_kept_as_it_came_and_the_same_one_once(people, care):
    made = kept_document(people, care)
    assert kept_document(people, care) == made
    assert proof(made).kept.sha256 == proof(made).kept.document.sha256
    assert proofs.may_see_document(people.viewer("oms.ntb"), proof(made).kept.document_id, NOW.date()) == "everyone"


def test_evidence_with_personal_data_keeps_only_its_hash(people, care):
    made = named(people, care, personal=True, content=TEXT.encode())
    assert proof(made).kept.document is None
    assert len(proof(made).kept.sha256) == 64


def test_complete_is_refused_without_captured_evidence(people, care):
    for given in ([], [named(people, care)]):
        with pytest.raises(Refused) as refused:
            report(people, care, "complete", given)
        assert refused.value.code == "complete-without-evidence"
    with pytest.raises(Refused):
        assess(people, care, ending("complete"))


def test_complete_needs_a_second_source_beside_evidence(people, care):
    made = named(people, care, content=b"<p>rapor</p>")
    with pytest.raises(Refused) as refused:
        report(people, care, "complete", [made])
    assert refused.value.code == "complete-without-second-source"
    assess(people, care)
    with pytest.raises(Refused):
        report(people, care, "complete", [made])
    assess(people, care, ending("complete", [made]), now=NOW + timedelta(hours=1))
    assert report(people, care, "complete", [made]).completion.key == "complete"


@pytest.mark.parametrize(("value", "is_enough"), [("49", False), ("99", False), ("100", True)])
def test_complete_is_refused_while_the_figure_misses_its_target(people, care, monkeypatch, value, is_enough):
    made = named(people, care, content=b"<p>rapor</p>")
    indicator = SimpleNamespace(target=100, better="higher")
    figure = SimpleNamespace(indicator=indicator, newest=SimpleNamespace(value=Decimal(value)))
    monkeypatch.setattr(known, "figures_of", lambda _commitment: (figure,))
    if is_enough:
        assert report(people, care, "complete", [made]).completion.key == "complete"
        return
    with pytest.raises(Refused) as refused:
        report(people, care, "complete", [made])
    assert refused.value.code == "complete-without-second-source"


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "10.0.0.8", "[::1]", "localhost", "0x7f.1", "server"])
def test_an_address_of_a_net_of_its_own_is_not_named_as_evidence_or_report(people, care, host):
    codes = set()
    for step in (
        lambda: named(people, care, url=f"http://{host}/rapor"),
        lambda: filing.file_inception_report(
            member=care.member,
            document=Document("Laporan", f"http://{host}/rapor"),
            by=people.viewer("pemantau.ksb"),
            now=NOW,
        ),
    ):
        with pytest.raises(Refused) as refused:
            step()
        codes.add(refused.value.field)
    assert codes == {"url"}
    assert not Evidence.objects.exists()


def test_evidence_of_another_commitment_proves_nothing_here(people, care):
    other = monitoring.commitment_for_work("ntb-ksb-2021-2023", "satu-data-ntb")
    made = named(people, other, content=b"<p>data</p>")
    with pytest.raises(Refused) as refused:
        report(people, care, named=[made])
    assert refused.value.code == "evidence-of-another-commitment"


@pytest.mark.parametrize(("year", "quarter"), [(2026, 2), (2027, 1)])
def test_nobody_reports_on_a_quarter_that_has_not_begun(people, care, year, quarter):
    facts = ReportFacts(year, quarter, term("limited"), WORDS)
    with pytest.raises(Refused) as refused:
        reporting.write_self_report(commitment=care, facts=facts, by=people.viewer("komitmen.ntb"), now=NOW)
    assert refused.value.code == "quarter-has-not-begun"


def test_the_day_a_milestone_was_reached_comes_from_the_newest_approved_report(people, care):
    milestone = care.milestones.first()
    approve(people, report(people, care, done_on={milestone: date(2025, 11, 3)}))
    assert monitoring.sayings_of(care).done_on() == {milestone.pk: date(2025, 11, 3)}


# --- disagreement --------------------------------------------------------------------------------------------


class Figure:
    """A figure of a share with a target of one."""

    class indicator:  # noqa: N801
        target, better, unit, short = 1.0, "higher", "share", "tepat waktu"

    def __init__(self, value):
        self.newest = type("Newest", (), {"value": Decimal(value)})()


def trio(people, care, claimed=None, found=None, value=None, *, proven=True):
    if claimed:
        given = [named(people, care, content=b"<p>rapor</p>")] if proven else []
        approve(people, report(people, care, claimed, given))
    if found:
        assess(people, care, ending(found))
    return monitoring.trio_of(monitoring.sayings_of(care), [Figure(value)] if value else [])


@pytest.mark.parametrize(
    ("claimed", "found", "value", "apart"),
    [
        ("substantial", "limited", None, True),
        ("substantial", "substantial", None, False),
        ("substantial", None, "0.59", True),
        ("substantial", None, "0.95", False),
        ("limited", None, "0.59", False),
        ("not_started", None, "0.95", True),
        (None, "substantial", "0.59", True),
        (None, "limited", None, False),
        (None, None, "0.59", False),
    ],
)
def test_the_three_disagree_by_a_rule_everybody_can_check(people, care, claimed, found, value, apart):
    assert trio(people, care, claimed, found, value).disagrees is apart


def test_the_disagreement_is_told_in_one_sentence(people, care):
    told = shown.disagreement(trio(people, care, "substantial", "limited", "0.59"))
    assert told == (
        "Penilaian tidak sejalan: instansi menyebut substansial, data menunjukkan 59%, target 100%"
        " (41 poin persen di bawah), pemantau menilai terbatas."
    )


def test_a_claim_without_evidence_reads_no_evidence_available(people, care):
    found = trio(people, care, "substantial", proven=False)
    card = Card(care, (), Freshness(NOW.date(), is_stale=False), monitoring.sayings_of(care))
    assert found.disagrees
    assert shown.shown_trio(card).self_reported.label == "Tidak ada bukti"


def test_a_figure_above_its_limit_counts_as_missed():
    figure = Figure("90")
    figure.indicator = type("Lower", (), {"target": 60, "better": "lower"})
    assert monitoring.gap_of([figure]).share == Decimal("0.5")
    assert not Gap(figure, Decimal("0.5")).is_met
    assert not Trio(None, None, None, None).disagrees


def test_the_figure_farthest_from_its_target_speaks_whatever_its_place_in_the_list():
    reached, missed, near = Figure("1"), Figure("0.49"), Figure("0.95")
    for order in ((reached, missed, near), (missed, near, reached), (near, reached, missed)):
        assert monitoring.gap_of(order).figure is missed
    close = monitoring.gap_of([reached, near])
    assert (close.is_met, close.is_near) == (False, True)


def test_nearly_reached_does_not_contradict_substantial_but_it_does_complete():
    close = monitoring.gap_of([Figure("0.95")])
    assert [monitoring._contradicts(said, close) for said in ("substantial", "complete")] == [False, True]


def test_a_new_edition_of_a_scale_leaves_what_was_coded_as_it_was(people, care):
    coded = assess(people, care)
    Term.objects.filter(scale="completion").update(valid_to=date(2026, 12, 31))
    Term.objects.create(
        scale="completion",
        key="limited",
        edition="2027",
        valid_from=date(2027, 1, 1),
        position=1,
        label_id="Sebagian kecil",
        label_en="Small part",
        source="contoh",
    )
    assert [each.edition for each in monitoring.terms_in_force("completion", on=date(2027, 2, 1))] == ["2027"]
    assert Assessment.objects.get(pk=coded.pk).completion.label == "Terbatas"


# --- staleness, replies, clocks ------------------------------------------------------------------------------


def test_four_months_after_the_last_word_a_commitment_is_stale_by_itself(people, care):
    approve(people, report(people, care))
    told = monitoring.sayings_of(care).reported_on
    assert told == monitoring.reported_on(["ntb-care"])["ntb-care"] == date(2026, 3, 26)
    assert not freshness_of(care, computed_on=None, reported_on=told, today=date(2026, 7, 26)).is_stale
    assert freshness_of(care, computed_on=None, reported_on=told, today=date(2026, 7, 27)).is_stale


def test_a_complaint_makes_no_commitment_fresh(people, care):
    note(people, care, "Sejak 2021 tidak ada kabar apa pun.")
    assess(people, care)
    assert monitoring.sayings_of(care).reported_on is None
    assert known.card_of(care, today=date(2026, 11, 26)).freshness.is_stale


def test_an_older_quarter_reported_later_does_not_replace_the_newer_one(people, care):
    approve(people, report(people, care, "limited"))
    approve(people, report(people, care, "substantial", quarter=(2024, 4), words="Triwulan yang tertinggal."))
    said = monitoring.sayings_of(care)
    assert monitoring.trio_of(said, []).claimed == "limited"
    assert [(each.year, each.quarter) for each in said.approved] == [(2025, 4), (2024, 4)]


def test_an_agency_with_a_seat_in_the_forum_signs_no_note(people, care):
    held = (HeldRole("forum_member", "ntb-bappeda", ""),)
    agency = Viewer(account=people.account("sekretariat.ntb"), held=held)
    with pytest.raises(NotPermitted):
        assessing.sign_note(commitment=care, words="Sangat berhasil.", by=agency, now=NOW)
    assert note(people, care).organisation_id == "somasi-ntb"


def test_figures_worked_out_at_night_do_not_end_the_silence_of_an_agency(people, care):
    today = date(2026, 11, 26)
    alone = freshness_of(care, computed_on=today, today=today)
    assert not alone.is_stale
    assert alone.silent_since == date(2021, 8, 6)
    told = freshness_of(care, computed_on=today, today=today, reported_on=date(2026, 7, 26))
    assert told.silent_since is None
    approve(people, report(people, care))
    assert monitoring.sayings_of(care).reported_on == date(2026, 3, 26)


def test_a_figure_in_days_lies_percent_and_a_share_points_away_from_its_target():
    days = Figure("90")
    days.indicator = type("Days", (), {"target": 60.0, "better": "lower", "unit": "days"})
    assert shown._distance(Gap(days, Decimal("0.5"))) == "data menunjukkan 90 hari, batas 60 hari (50% di atas)"
    share = Gap(Figure("0.49"), Decimal("0.51"))
    assert shown._distance(share) == "data menunjukkan 49%, target 100% (51 poin persen di bawah)"


def test_the_right_of_reply_is_counted_in_working_days(people, care):
    rules = states.monitoring_rules()
    off = set(CalendarDay.objects.filter(removed_at__isnull=True).values_list("on", flat=True))
    day, counted = date(2026, 3, 26), 0
    while counted < rules.reply_working_days:
        day += timedelta(days=1)
        counted += day.weekday() < 5 and day not in off
    assert note(people, care).reply_due_on == day


def test_the_agency_replies_beside_and_only_the_agency(people, care):
    written = note(people, care)
    with pytest.raises(NotPermitted):
        assessing.reply(to=written, words="Tidak benar.", by=people.viewer("oms.ntb"), now=NOW)
    answered = assessing.reply(to=written, words="Kami periksa.", by=people.viewer("kepala.komitmen.ntb"), now=NOW)
    [seen] = monitoring.sayings_of(care).notes
    assert list(seen.replies.all()) == [answered]


def clocks(slug, today=date(2026, 11, 25)):
    commitment = Commitment.objects.select_related("plan", "member").get(pk=slug)
    found = known.clocks.clocks_of(
        commitment, filed=known.filed.filed_about(commitment), was_assessed=False, today=today
    )
    return {each.kind: (each.due_on, each.standing, each.is_late) for each in found}


def test_the_clocks_of_the_monitor_run_by_the_dates_of_the_plan(people):
    """Golden: submitted 2021-08-06 → 2021-10-06; ended 2023-08-31 → 2023-09-30 (OGP Local handbook)."""
    assert clocks("penataan-perangkat-daerah") == {
        "inception": (date(2021, 10, 6), "overdue", False),
        "end": (date(2023, 9, 30), "overdue", False),
    }
    assert clocks("penataan-perangkat-daerah", date(2021, 10, 6))["inception"][1] == "running"


def test_a_first_report_on_one_members_part_is_none_on_the_others(people):
    plan = Plan.objects.get(pk="ntb-ksb-2021-2023")
    cards = known.recorded_cards(plan, today=date(2026, 11, 25))
    for card in cards:
        if card.commitment.member.organisation_id == "ksb":
            card.commitment.ambition = None
    first = {
        each["title"]: each["kind"]
        for each in monitor_clocks(plan, cards, [], date(2026, 11, 25))
        if each["at"] == date(2021, 10, 6)
    }
    assert sorted(first.values()) == ["", "late"]
    assert next(title for title, kind in first.items() if kind == "late").endswith("Kabupaten Sumbawa Barat")


def test_a_filed_report_stops_the_clock_and_says_that_it_was_late(people):
    commitment = monitoring.commitment_for_work("ntb-ksb-2021-2023", "penataan-perangkat-daerah")
    by, paper = people.viewer("pemantau.ksb"), Document("Laporan akhir", "https://contoh.id/akhir")
    filed = filing.file_end_report(commitment=commitment, document=paper, by=by, now=NOW)
    assert filing.file_end_report(commitment=commitment, document=paper, by=by, now=NOW) == filed
    assert clocks("penataan-perangkat-daerah")["end"] == (date(2023, 9, 30), "filed", True)
    with pytest.raises(NotPermitted):
        filing.file_end_report(commitment=commitment, document=paper, by=people.viewer("sekretariat.ksb"), now=NOW)


def test_a_commitment_whose_end_nobody_knows_owes_no_last_report(people):
    commitment = monitoring.commitment_for_work("ntb-ksb-2021-2023", "satu-data-ntb")
    with pytest.raises(Refused) as refused:
        filing.file_end_report(
            commitment=commitment,
            document=Document("L", "https://contoh.id"),
            by=people.viewer("pemantau.ksb"),
            now=NOW,
        )
    assert refused.value.code == "commitment-has-no-end"


# --- stages --------------------------------------------------------------------------------------------------


@pytest.fixture
def promise(people):
    """A commitment of the illustrated plan, as enactment makes one."""
    here.seat("lrp2m-cordova", "academia", "monitor")
    Plan.objects.filter(pk=here.KEY).update(submitted_on=date(2025, 10, 1))
    made = Commitment.objects.create(
        slug="jalan-terbuka",
        plan=here.plan(),
        member=here.member(),
        number=1,
        public_id="CONTOH1",
        title_id="Jalan terbuka",
        title_en="Open roads",
        title_source="contoh",
        short_id="Jalan",
        short_en="Roads",
        measure_id="-",
        measure_en="-",
        starts_on=date(2025, 10, 1),
        ends_on=date(2026, 3, 20),
        dates_source="contoh",
    )
    Institution.objects.create(commitment=made, organisation_id="ntb-diskominfotik", role="lead", position=0)
    return monitoring.commitment_for_work(here.KEY, made.pk)


LAST_DAY = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)


def missing(check, today=date(2026, 3, 27)):
    requirement = states.Requirement(check, "plan_monitor")
    return [each.code for each in missing_in(Case(here.plan(), None, requirement, today))]


def test_the_gates_after_submission_fail_by_name_until_their_item_is_there(people, promise):
    by = people.viewer("pemantau.ksb")
    paper = Document("Laporan", "https://contoh.id/laporan")
    assert missing("inception_report_filed") == ["inception_report_filed.ntb", "inception_report_filed.ksb"]
    filing.file_inception_report(member=here.member(), document=paper, by=by, now=NOW)
    assert missing("inception_report_filed") == ["inception_report_filed.ksb"]

    assert missing("self_report_approved") == ["self_report_approved.jalan-terbuka"]
    assert missing("quarters_reported") == ["quarters_reported.jalan-terbuka"]
    approve(people, report(people, promise))
    assert missing("self_report_approved") == []
    assert missing("quarters_reported") == []
    # The quarter that runs until the end of March is owed from 1 May on.
    assert missing("quarters_reported", date(2026, 4, 30)) == []
    assert missing("quarters_reported", date(2026, 5, 1)) == ["quarters_reported.jalan-terbuka"]

    assert missing("start_assessed") == ["start_assessed.jalan-terbuka"]
    first = assess(people, promise, starting())
    assert missing("start_assessed") == []

    assert missing("end_assessment_made") == ["end_assessment_made.jalan-terbuka"]
    for tell_the_end in (
        lambda at: assess(people, promise, now=at),
        lambda at: filing.file_end_report(commitment=promise, document=paper, by=by, now=at),
    ):
        with pytest.raises(Refused) as refused:
            tell_the_end(LAST_DAY)
        assert refused.value.code == "commitment-still-runs"
    coded = assess(people, promise, ending(lessons="Libatkan desa lebih awal."))
    assert missing("end_assessment_made") == []

    assert missing("replies_heard") == ["replies_heard.jalan-terbuka"]
    assert missing("replies_heard", coded.reply_due_on + timedelta(days=1)) == []
    for said_of_it in (first, coded):
        assessing.reply(to=said_of_it, words="Kami setuju.", by=people.viewer("kepala.komitmen.ntb"), now=NOW)
    assert missing("replies_heard") == []

    assert missing("end_report_filed") == ["end_report_filed.jalan-terbuka"]
    filing.file_end_report(commitment=promise, document=paper, by=by, now=NOW)
    assert missing("end_report_filed") == []

    assert missing("lessons_recorded") == ["lessons_recorded"]
    filing.record_lesson(
        plan=promise.plan, commitment=promise, words="Mulai lebih awal.", by=people.viewer("sekretariat.ntb"), now=NOW
    )
    assert missing("lessons_recorded") == []


# --- pack ----------------------------------------------------------------------------------------------------


def pieces(*sizes):
    return [packs.Piece(str(size), "", "somasi-ntb", "kept", "a" * 64, size, kind="pdf") for size in sizes]


@pytest.mark.parametrize(
    ("sizes", "parts", "left"),
    [
        ((9_000_000, 9_000_000, 9_000_000), 3, 0),
        ((4_000_000, 4_000_000, 4_000_000, 4_000_000, 4_000_000, 4_000_000), 3, 0),
        ((9_000_000, 9_000_000, 9_000_000, 2_000_000), 3, 1),
        ((9_950_000,), 1, 1),
        ((), 1, 0),
    ],
)
def test_the_pack_fits_into_three_files_of_ten_megabytes_or_says_what_does_not(sizes, parts, left):
    made = packs.pack_of(pieces(*sizes))
    assert (len(made.parts), len(made.too_large), made.fits) == (parts, left, left == 0)
    assert all(packs.bytes_in(part) <= states.monitoring_rules().pack_bytes for part in made.parts)


def test_a_file_of_the_pack_holds_documents_whose_hash_can_be_computed_again_and_lists_all(people, care):
    kept_document(people, care)
    named(people, care, content=b"<p>rapor</p>")
    found = packs.pieces_of(care)
    made = papers.pack(packs.pack_of(found).parts[0], found)
    assert made == papers.pack(packs.pack_of(found).parts[0], found)
    archive = zipfile.ZipFile(io.BytesIO(made))
    document = next(name for name in archive.namelist() if name.endswith(".csv") and name != papers.LIST)
    assert archive.read(document).decode() == TEXT
    assert "https://contoh.id/rapor" in archive.read(papers.LIST).decode()


# --- constraints ---------------------------------------------------------------------------------------------


def test_the_database_refuses_what_has_no_reason_no_kind_and_no_second_person(people, care):
    coded, written, made = assess(people, care), report(people, care), named(people, care)
    broken = [
        (Assessment, coded, {"kind": "inception"}),
        (Assessment, coded, {"words": ""}),
        (SelfReport, written, {"quarter": 5}),
        (SelfReport, written, {"words": ""}),
        (Note, note(people, care), {"words": ""}),
        (Evidence, made, {"title": ""}),
        (Evidence, made, {"url": ""}),
    ]
    for model, row, change in broken:
        _refuses(model, row, change)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportDecision.objects.create(
            report=written,
            is_approved=False,
            note="",
            written_by=written.written_by,
            decided_by=people.account("kepala.komitmen.ntb"),
            decided_at=NOW,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Capture.objects.create(evidence=made, outcome="kept", captured_at=NOW)


def _refuses(model, row, change):
    """The row, copied with one thing wrong, is refused: what stands cannot be changed to try."""
    copy = model.objects.get(pk=row.pk)
    copy.pk, copy._state.adding = None, True
    copy.id = type(row)._meta.pk.get_default()
    for name, value in change.items():
        setattr(copy, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_the_database_refuses_replies_reports_and_steps_that_hang_in_the_air(people, care):
    rows = {type(row): row for row in said(people, care)}
    _refuses(Reply, rows[Reply], {"note_id": rows[Note].pk})
    _refuses(Reply, rows[Reply], {"words": ""})
    _refuses(FiledReport, rows[FiledReport], {"kind": "end"})
    _refuses(FiledReport, rows[FiledReport], {"url": ""})
    _refuses(Lesson, rows[Lesson], {"words": ""})
    _refuses(MilestoneReport, rows[MilestoneReport], {})
    _refuses(Capture, rows[Capture], {"document_id": None})
    inception = Inception(True, True, term("new", "novelty"), term("binding", "ambition"), "Jelas dan dapat diperiksa.")
    assert assess(people, care, inception).ambition.key == "binding"
