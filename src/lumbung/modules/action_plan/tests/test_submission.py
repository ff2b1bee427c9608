"""Before submission: reviewed and answered, exported as enacted; with it the clocks begin."""

import csv
import hashlib
import io
import json
import re
from datetime import date

import docx
import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW

from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.core.log import actions as log
from lumbung.core.log import queries as checkpoints
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import amendments as amending
from lumbung.modules.action_plan.actions import drafting, enactment, review, seats, submission
from lumbung.modules.action_plan.actions.enactment import EndorsementFacts
from lumbung.modules.action_plan.actions.stages import StageIncomplete
from lumbung.modules.action_plan.documents import table
from lumbung.modules.action_plan.models import (
    Commitment,
    Export,
    Plan,
    Review,
    ReviewNote,
    Submission,
    WebFormEntry,
)
from lumbung.modules.action_plan.queries import drafted_record, enacted_record, printed, web_form
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.queries import submission as submissions
from lumbung.modules.action_plan.tests import enacted as given
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests.test_enactment import signed
from lumbung.modules.action_plan.tests.test_importing import take

pytestmark = pytest.mark.django_db
TODAY = clock.local_day(NOW)


@pytest.fixture
def both(people):
    """Both members have enacted, and left every stage of their own."""
    given.enacted(people, "ntb")
    given.enacted(people, "ksb", "posyandu-gr")
    for member in here.plan().members.all():
        for stage in states.templates()[member.template].stages:
            given.pass_by_hand(member.organisation_id, stage.key, people.account("sekretariat.ntb"))
    return here.plan()


def codes():
    """What the submission lacks, apart from the words of the two governments: `test_consortium` asks for these."""
    stage = states.templates()["joint"].stage("submission")
    missing = standings.missing_of(here.plan(), None, stage, today=TODAY)
    return [each.code for each in standings.apart_from_words(missing)]


def note(people, text="Perjelas data awal komitmen pertama."):
    return review.write_note(plan=here.plan(), about="", text=text, by=people.viewer("nasional"), now=NOW)


def answer(people, written, by="sekretariat.ntb"):
    return review.answer_note(note=written, answer="Data awal sudah diperinci.", by=people.viewer(by), now=NOW)


def finish(people, by="nasional"):
    return review.finish_review(plan=here.plan(), by=people.viewer(by), now=NOW)


def export(people):
    return submission.make_exports(plan=here.plan(), by=people.viewer("sekretariat.ntb"), now=NOW)


def enter(people):
    """Everything stands in OGP's web form."""
    for part in web_form.parts_of(here.plan()):
        fields, by = [field.key for field in part.fields], people.viewer("sekretariat.ntb")
        submission.mark_entered(plan=here.plan(), about=part.about, fields=fields, by=by, now=NOW)


def submit(people, on=TODAY, by="sekretariat.ntb"):
    return submission.submit_plan(plan=here.plan(), on=on, note="", by=people.viewer(by), now=NOW)


# --- review -----------------------------------------------------------------------------------------------------


def test_each_note_of_the_national_secretariat_is_asked_for_by_its_number(people, both):
    first = note(people)
    note(people, "Sebutkan instansi pendukung.")
    assert [code for code in codes() if code.startswith("review")] == [
        "review_answered.review",
        "review_answered.1",
        "review_answered.2",
    ]
    finish(people)
    answer(people, first)
    assert [code for code in codes() if code.startswith("review")] == ["review_answered.2"]


def test_notes_and_answers_enter_the_log_as_hashes(people):
    answer(people, note(people))
    words = [bytes(row.body).decode() for row in EventRecord.objects.filter(key__startswith="action_plan.review")]
    assert len(words) == 2
    assert not any("data awal" in each.lower() for each in words)


@pytest.mark.parametrize("by", ["sekretariat.ntb", "ketua.ntb", "oms.ntb"])
def test_only_the_national_secretariat_reviews(people, by):
    with pytest.raises(NotPermitted):
        finish(people, by)
    with pytest.raises(NotPermitted):
        review.write_note(plan=here.plan(), about="", text="x", by=people.viewer(by), now=NOW)


def test_only_a_secretariat_of_the_plan_answers_and_only_once(people):
    written = note(people)
    with pytest.raises(NotPermitted):
        answer(people, written, "nasional")
    answer(people, written)
    with pytest.raises(Refused, match="note-answered-already"):
        answer(people, written)


def test_after_the_review_no_note_is_added(people, both):
    finish(people)
    with pytest.raises(Refused, match="review-finished"):
        note(people)
    with pytest.raises(Refused, match="review-finished"):
        finish(people)


@pytest.mark.parametrize("change", [{"text": ""}, {"answer": "Sudah."}, {"number": 2}])
def test_the_database_refuses_empty_half_answered_and_doubled_notes(people, change):
    first = note(people)
    note(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewNote.objects.filter(pk=first.pk).update(**change)


# --- files ------------------------------------------------------------------------------------------------------


@pytest.fixture
def made(people, both):
    log.extend(now=NOW)
    return {f"{each.kind}.{each.language}".strip("."): each for each in export(people)}


def test_the_gate_asks_for_files_of_the_text_as_it_is_enacted_now(people, both):
    assert "export_generated" in codes()
    export(people)
    assert "export_generated" not in codes()
    decree = given.decree(number="050-31 Tahun 2027", about="other")
    change = amending.Change("ends_on", "2029-06-30", "Anggaran baru tersedia kemudian.", decree)
    commitment = Commitment.objects.select_related("member__organisation").get(pk="jalan-terbuka")
    by = people.viewer("sekretariat.ntb")
    proposed = amending.propose_amendment(commitment=commitment, change=change, by=by, now=NOW)
    amending.decide_amendment(amendment=proposed, approved=True, by=people.viewer("ketua.ntb"), now=NOW)
    assert "export_generated" in codes()


def test_no_files_are_made_before_every_member_has_enacted(people):
    given.enacted(people)
    with pytest.raises(Refused, match="not-enacted-whole"):
        export(people)


def test_the_record_taken_in_again_gives_the_same_hash(made):
    told = json.loads(bytes(made["json"].content))
    proof = told.pop("proof")
    assert drafted_record.record_sha256(told) == proof["sha256"] == made["json"].plan_sha256
    assert drafted_record.record_sha256(enacted_record.settled_record(told)) == proof["sha256"]
    assert proof["checkpoint"]["size"] == checkpoints.newest_checkpoint().size


def test_the_exported_record_imported_into_an_empty_plan_gives_the_same_hash(people):
    with transaction.atomic():
        given.enacted(people, "ntb")
        given.enacted(people, "ksb", "posyandu-gr")
        [record] = [each for each in export(people) if each.kind == "json"]
        transaction.set_rollback(True)
    for by in ("sekretariat.ntb", "sekretariat.ksb"):
        take(people, [bytes(record.content)], by=by)
    assert drafted_record.record_sha256(drafted_record.drafted_record(here.plan())) == record.plan_sha256


def test_the_document_has_headings_language_title_and_the_hash(made):
    paper = docx.Document(io.BytesIO(bytes(made["docx.id"].content)))
    assert paper.core_properties.title.startswith("Rencana Aksi Daerah")
    assert {"Heading 1", "Heading 2"} <= {each.style.name for each in paper.paragraphs}
    assert made["docx.id"].plan_sha256 in "\n".join(each.text for each in paper.paragraphs)
    assert paper.tables[0].rows[1].cells[1].text == "Tahap satu"
    assert 'w:val="id-ID"' in paper.styles["Normal"].element.xml
    assert 'w:val="en-GB"' in docx.Document(io.BytesIO(bytes(made["docx.en"].content))).styles["Normal"].element.xml


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pdf_is_tagged_and_has_language_and_title(made, language):
    content = bytes(made[f"pdf.{language}"].content)
    assert b"/StructTreeRoot" in content
    assert b"pdfuaid" in content
    assert re.search(rb"/Lang\s*\(" + language.encode(), content)
    assert b"/DisplayDocTitle true" in content


def test_the_table_has_ogps_columns_and_a_row_a_commitment(made):
    rows = list(csv.DictReader(io.StringIO(bytes(made["csv"].content).decode())))
    assert [row["Short Title"] for row in rows] == ["Words of short.", "Words of short."]
    assert tuple(rows[0]) == table.HEADS
    assert rows[0]["OGP Value: Public Accountability"] == "Yes"
    assert rows[0]["OGP Value: Technology"] == "No"
    assert rows[0]["Plan SHA-256"] == made["csv"].plan_sha256
    assert rows[0]["Year Of Submission"] == "2026", "before the submission the year in which the file is made"


def test_what_ogp_asks_of_the_plan_as_a_whole_stands_in_the_sheet_and_in_every_file(people):
    seat = here.seat("fitra-ntb", "civil_society", "monitor")
    told = {"seat": seat, "contact": "Jalan Contoh 1, Mataram · kantor@lembaga.example", "now": NOW}
    with pytest.raises(NotPermitted):
        seats.say_contact(**told, by=people.viewer("sekretariat.ntb"))
    seats.say_contact(**told, by=people.viewer("ketua.ntb"))
    freeze = given.frozen(people)
    facts = EndorsementFacts("Forum Warga Pesisir", "community", TODAY)
    by = people.viewer("sekretariat.ntb")
    enactment.register_endorsement(freeze=freeze, facts=facts, upload=signed(), by=by, now=NOW)
    given.at_enactment(people)
    given.enact(people, freeze, given.decree())
    given.enacted(people, "ksb", "posyandu-gr")
    export(people)

    wanted = {
        "endorsed_by": "Forum Warga Pesisir",
        "monitor_contact": "Fitra NTB: Jalan Contoh 1, Mataram · kantor@lembaga.example",
    }
    made = {f"{each.kind}.{each.language}": bytes(each.content) for each in Export.objects.all()}
    [row, _second] = csv.DictReader(io.StringIO(made["csv."].decode()))
    paper = "\n".join(each.text for each in docx.Document(io.BytesIO(made["docx.id"])).paragraphs)
    sheet = {field.key: field.text for field in web_form.parts_of(here.plan())[0].fields}
    for key, text in wanted.items():
        assert (row[table.PLAN_HEADS[key]], sheet[key]) == (text, text)
        assert text in paper
    ogp = json.loads(made["json."])["proof"]["ogp"]
    assert ogp["lead_institutions"] == ["ntb-diskominfotik"]
    assert [(each["code"], each["member"], each["contact"]) for each in ogp["monitors"]] == [
        ("fitra-ntb", "ntb", told["contact"])
    ]


def test_what_has_no_english_is_named_in_the_sheet_the_table_and_the_gate(people):
    here.commitment(people, "dua", problem={"id": "Antre lama.", "en": ""})
    given.enacted(people, "ntb")
    given.enacted(people, "ksb", "posyandu-gr")
    [part] = [each for each in web_form.parts_of(here.plan()) if each.about == "dua"]
    [told] = [field for field in part.fields if field.is_indonesian]
    assert (told.label, told.text) == ("Problem [in Indonesian only]", "Antre lama.")
    facts = printed.facts_of(here.plan(), now=NOW)
    rows = list(csv.DictReader(io.StringIO(table.ogp_table(here.plan(), facts).decode())))
    assert sorted(row["In Indonesian Only"] for row in rows) == ["", "", "Problem"]
    assert "english_complete.dua" in codes()
    decree = given.decree(number="050-31 Tahun 2026", about="other")
    english = {"id": "Antre lama.", "en": "Long queues."}
    by = people.viewer("sekretariat.ntb")
    mine = Commitment.objects.select_related("member__organisation", "plan").get(pk="dua")
    change = amending.Change("problem", english, "Naskah bahasa Inggris ditambahkan.", decree)
    proposed = amending.propose_amendment(commitment=mine, change=change, by=by, now=NOW)
    amending.decide_amendment(amendment=proposed, approved=True, by=people.viewer("ketua.ntb"), now=NOW)
    assert "english_complete.dua" not in codes()


def test_a_cell_that_looks_like_a_formula_is_text_in_the_table():
    assert table.safe("=1+1") == "'=1+1"


def test_each_file_is_kept_as_its_hash_in_the_log_says(made):
    event = EventRecord.objects.get(key="action_plan.plan_exported")
    files = json.loads(bytes(event.body))["data"]["files"]
    assert files == {name: hashlib.sha256(bytes(each.content)).hexdigest() for name, each in made.items()}


def test_the_database_keeps_each_file_of_a_making_once(made):
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.filter(kind="pdf").update(language="id")


# --- OGP's web form ---------------------------------------------------------------------------------------------


def test_ticks_of_the_web_form_are_kept_by_field_and_taken_back(people, both):
    by = people.viewer("sekretariat.ntb")

    def tick(fields):
        submission.mark_entered(plan=both, about="jalan-terbuka", fields=fields, by=by, now=NOW)
        [part] = [each for each in web_form.parts_of(both) if each.about == "jalan-terbuka"]
        return sorted(field.key for field in part.fields if field.entered_on)

    assert tick(["title", "milestone-1"]) == ["milestone-1", "title"]
    assert tick(["title"]) == ["title"]
    with pytest.raises(Refused, match="no-such-field"):
        tick(["budget-line"])


def test_the_web_form_is_in_english_and_counts_characters(both):
    part = web_form.parts_of(both)[1]
    problem = next(field for field in part.fields if field.key == "problem")
    assert (problem.text, problem.length) == ("Words of problem.", 17)


def test_the_id_ogp_gave_stands_on_the_commitment_and_is_given_once(people, both):
    by = people.viewer("sekretariat.ntb")
    mine = Commitment.objects.select_related("member__organisation", "plan").get(pk="jalan-terbuka")
    kept = submission.keep_public_id(commitment=mine, public_id="IDWNT0009", url="", by=by, now=NOW)
    assert kept.public_id == "IDWNT0009"
    other = Commitment.objects.select_related("member__organisation", "plan").get(pk="posyandu-gr")
    with pytest.raises(Refused, match="public-id-taken"):
        submission.keep_public_id(
            commitment=other, public_id="IDWNT0009", url="", by=people.viewer("sekretariat.ksb"), now=NOW
        )


# --- submission -------------------------------------------------------------------------------------------------


def test_the_day_of_submission_starts_the_clocks_and_the_stage_can_be_left(people, both):
    finish(people)
    export(people)
    enter(people)
    assert codes() == ["submission_recorded"]
    submit(people)
    assert codes() == []
    assert Plan.objects.get(pk=here.KEY).submitted_on == TODAY


def test_a_plan_with_something_missing_is_not_submitted_and_all_of_it_is_named(people, both):
    with pytest.raises(StageIncomplete) as refused:
        submit(people)
    assert [each.code for each in refused.value.missing] == [
        "review_answered.review",
        "export_generated",
        "web_form_entered.plan",
        "web_form_entered.jalan-terbuka",
        "web_form_entered.posyandu-gr",
    ]
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("on", "code"),
    [(date(2026, 3, 27), "submission-in-the-future"), (date(2026, 3, 25), "submitted-before-enactment")],
)
def test_a_day_that_cannot_be_is_refused(people, both, on, code):
    with pytest.raises(Refused, match=code):
        submit(people, on)


def test_a_plan_is_submitted_once_and_by_a_secretariat(people, both):
    finish(people)
    export(people)
    enter(people)
    with pytest.raises(NotPermitted):
        submit(people, by="ketua.ntb")
    submit(people)
    with pytest.raises(Refused, match="submitted-already"):
        submit(people)


def test_there_is_nothing_to_review_before_every_member_froze_its_drafts(people):
    with pytest.raises(Refused, match="nothing-to-review"):
        finish(people)
    given.frozen(people)
    with pytest.raises(Refused, match="nothing-to-review"):
        finish(people)


def test_the_review_of_a_frozen_text_holds_when_it_is_enacted_and_opens_when_it_changes(people):
    first = given.frozen(people)
    given.frozen(people, "ksb", "data-terbuka")
    finish(people)
    given.at_enactment(people)
    given.enact(people, first, given.decree())
    assert submissions.review_of(here.plan()) is not None
    here.commitment(people, "lain-lagi", of="ksb")
    drafting.freeze(member=here.member("ksb"), note="", by=people.viewer("sekretariat.ksb"), now=NOW)
    assert submissions.review_of(here.plan()) is None
    assert "review_answered.review" in codes()
    finish(people)
    with pytest.raises(Refused, match="review-finished"):
        finish(people)


def test_the_database_keeps_one_review_one_submission_and_one_tick_a_field(people, both):
    finish(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(
            plan=both,
            text_sha256=submissions.reviewed_sha256(both),
            finished_at=NOW,
            finished_by=people.account("nasional"),
        )
    for field in ("title", "problem"):
        WebFormEntry.objects.create(plan=both, about="jalan-terbuka", field=field, entered_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        WebFormEntry.objects.update(field="title")


def test_the_newest_files_are_listed(people, made):
    export(people)
    assert {each.number for each in submissions.exports_of(here.plan())} == {2}
