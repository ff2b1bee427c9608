"""A public test: open for some days, commented by anybody, answered to the last one; its papers equal the database."""

import csv
import io
import random
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from docx import Document
from openpyxl.reader.excel import load_workbook
from tests.cast import NOW

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as events
from lumbung.core.events.models import EventRecord
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.actions import clearing, consultation, drafting, responses
from lumbung.modules.action_plan.documents import matrix_table, sheets, spreadsheets, test_papers
from lumbung.modules.action_plan.models import Channel, Clearing, Comment, CommentPlace, Response, Seat
from lumbung.modules.action_plan.pages.comment_sheet import HEADS
from lumbung.modules.action_plan.queries import consultations, intake, matrix, stages
from lumbung.modules.action_plan.queries.intake import Words
from lumbung.modules.action_plan.tests import stage as here
from lumbung.modules.action_plan.tests import talk

pytestmark = pytest.mark.django_db
WORDS = Words("Jadwal perlu diumumkan di kantor desa.", institution="Forum Kepala Desa")


@pytest.fixture
def test(people):
    return talk.public_test(people)


def entered(people, test, *, by="sekretariat.ntb", words=WORDS, now=NOW, **origin):
    made = consultation.Origin(**({"channel": "letter"} | origin))
    return consultation.send_comment(
        consultation=test,
        words=words,
        about=talk.WHOLE,
        origin=made,
        draft_key=uuid.uuid4(),
        by=people.viewer(by),
        now=now,
    ).item


def codes(of="ntb", *, today):
    member = here.member(of)
    template = states.templates()[member.template]
    found = stages.missing_of(here.plan(), member, template.stage("public_test"), today=today)
    return {each.code for each in found}


def refreeze(people, *, now):
    by = people.viewer("sekretariat.ntb")
    draft = talk.draft_in_test()
    body = here.full_body(budget={"id": "Rp1 miliar", "en": "Rp1 billion"})
    drafting.save_version(draft=draft, body=body, seen=1, note="", by=by, now=now)
    return drafting.freeze(member=here.member("ntb"), note="", by=by, now=now)


def test_a_comment_gets_a_number_and_waits_unread_and_the_log_holds_a_hash(people, test):
    sent = talk.send_comment(test, "Telepon saya 0812 3450 9876.")
    assert (sent.item.number, sent.item.clearing) == ("M-2026-0001", "waiting")
    assert intake.item_by_code(here.plan(), sent.code) == sent.item
    bodies = b"".join(bytes(body) for body in EventRecord.objects.values_list("body", flat=True))
    assert b"0812" not in bodies
    assert [entry.data["words_hash"] for entry in events.history_of("comment", str(sent.item.pk))] == [
        sent.item.words_hash
    ]


def test_the_same_comment_sent_twice_is_one(test):
    key = uuid.uuid4()
    assert talk.send_comment(test, key=key).item == talk.send_comment(test, key=key).item
    assert Comment.objects.count() == 1


def test_a_quotation_is_kept_with_what_stands_around_it(test):
    about = consultation.About(talk.draft_in_test(), "", "Isi\n problem")
    comment = talk.send_comment(test, about=about).item
    assert (comment.field, comment.quote, comment.after) == ("problem", "Isi problem", ".")
    place = CommentPlace.objects.get(comment=comment)
    assert (place.start, place.end, place.version) == (0, 11, comment.version)


@pytest.mark.parametrize(
    ("about", "code"),
    [
        (lambda: consultation.About(talk.draft_in_test(), "", "Kata yang tidak ada."), "quote-not-found"),
        (lambda: consultation.About(None, "", "Isi problem"), "quote-needs-draft"),
        (lambda: consultation.About(talk.draft_in_test(), "budget.id", "(.*)"), "quote-not-found"),
    ],
)
def test_words_that_do_not_stand_in_the_draft_are_not_quoted(test, about, code):
    with pytest.raises(Refused) as refused:
        talk.send_comment(test, about=about())
    assert refused.value.code == code


def test_a_draft_that_is_not_asked_about_takes_no_comment(people, test):
    other = here.commitment(people, slug="lain-waktu").draft
    with pytest.raises(Refused) as refused:
        talk.send_comment(test, about=consultation.About(other))
    assert refused.value.code == "draft-not-tested"


@pytest.mark.parametrize(("days", "code"), [(-1, "public-test-not-open"), (14, "public-test-closed")])
def test_nobody_comments_before_or_after_the_days_of_the_public_test(test, days, code):
    with pytest.raises(Refused) as refused:
        talk.send_comment(test, now=NOW + timedelta(days=days))
    assert refused.value.code == code


def test_a_letter_that_came_in_time_is_still_entered_by_the_secretariat_alone(people, test):
    late = entered(people, test, received_on=talk.CLOSES_ON, now=talk.AFTER)
    assert late.received_on == talk.CLOSES_ON
    with pytest.raises(Refused) as refused:
        entered(people, test, received_on=talk.CLOSES_ON + timedelta(days=1), now=talk.AFTER)
    assert refused.value.code == "public-test-closed"
    for by in ("sekretariat.ksb", "oms.ntb"):
        with pytest.raises(NotPermitted):
            entered(people, test, by=by, received_on=talk.TODAY)


def test_what_an_officer_enters_is_public_at_once_unless_something_is_flagged(people, test):
    assert entered(people, test).public_text == WORDS.text
    for flagged in ("Hubungi 0812 3450 9876.", "Kata Pak Budi Santoso jalan rusak."):
        assert entered(people, test, words=Words(flagged)).clearing == Clearing.WAITING


@pytest.mark.parametrize(
    ("opens", "closes", "code"),
    [(-1, 20, "public-test-in-the-past"), (0, 12, "public-test-too-short"), (5, 30, "public-tests-overlap")],
)
def test_a_public_test_is_long_enough_ahead_and_alone(people, test, opens, closes, code):
    with pytest.raises(Refused) as refused:
        consultation.open_consultation(
            member=here.member("ntb"),
            freeze=test.freeze,
            opens_on=talk.TODAY + timedelta(days=opens),
            closes_on=talk.TODAY + timedelta(days=closes),
            question="",
            by=people.viewer("sekretariat.ntb"),
            now=NOW,
        )
    assert refused.value.code == code


def test_a_public_test_is_about_the_governments_own_drafts(people, test):
    with pytest.raises(Refused) as refused:
        consultation.open_consultation(
            member=here.member("ksb"),
            freeze=test.freeze,
            opens_on=talk.TODAY,
            closes_on=talk.CLOSES_ON,
            question="",
            by=people.viewer("sekretariat.ksb"),
            now=NOW,
        )
    assert refused.value.code == "freeze-of-another"


def test_similar_comments_share_an_answer_that_nobody_reads_before_it_is_published(people, test):
    first, second = talk.comment(people, test), talk.comment(people, test, "Jadwal dua bahasa.")
    talk.answer(people, test, first, second, verdict="partly")
    assert consultations.counts_of(test).answered == 0
    assert matrix.matrix_of(test).by_verdict["unanswered"] == 2
    assert talk.publish(people) == 1
    assert consultations.counts_of(test).unanswered == 0
    told = EventRecord.objects.filter(key="action_plan.comments_answered")
    assert [bytes(record.body).count(b"M-2026-") for record in told] == [2]
    assert b"peraturan" not in bytes(told[0].body)


def test_all_drafts_of_answers_are_published_with_one_press_once(people, test):
    for text in ("Satu.", "Dua.", "Tiga."):
        talk.answer(people, test, talk.comment(people, test, text))
    assert talk.publish(people) == 3
    with pytest.raises(Refused) as refused:
        talk.publish(people)
    assert refused.value.code == "no-response-waits"


def test_a_published_answer_stays_as_it_is(people, test):
    comment = talk.comment(people, test)
    response = talk.answer(people, test, comment)
    talk.publish(people)
    with pytest.raises(Refused):
        talk.answer(people, test, comment)
    with pytest.raises(Refused):
        responses.discard_response(response=response, member=test.member, by=people.viewer("sekretariat.ntb"))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (responses.Answer("rejected", "Tidak."), "response-without-reason"),
        (responses.Answer("accepted", "Usulan ini memang diperlukan warga."), "response-without-change"),
        (responses.Answer("rejected", "Hubungi kami di 0812 3450 9876 saja."), "personal-data-for-the-public"),
    ],
)
def test_an_answer_gives_a_reason_and_the_change(people, test, answer, code):
    comment = talk.comment(people, test)
    with pytest.raises(Refused) as refused:
        responses.write_response(
            consultation=test, comments=[comment], answer=answer, by=people.viewer("sekretariat.ntb"), now=NOW
        )
    assert refused.value.code == code


def test_a_hidden_comment_needs_no_answer_and_stays_counted(people, test):
    comment = talk.comment(people, test)
    by = people.viewer("sekretariat.ntb")
    clearing.hide_words(item=comment, reason="Menghina orang lain.", by=by, now=NOW)
    counts = consultations.counts_of(test)
    assert (counts.total, counts.hidden, counts.unanswered) == (1, 1, 0)
    with pytest.raises(Refused) as refused:
        talk.answer(people, test, comment)
    assert refused.value.code == "comment-is-hidden"


def test_comments_of_another_public_test_are_not_answered_here(people, test):
    other = talk.comment(people, talk.public_test(people, of="ksb"))
    with pytest.raises(Refused) as refused:
        talk.answer(people, test, other)
    assert refused.value.code == "comments-not-here"


def test_the_stage_waits_for_the_end_for_every_answer_and_for_the_new_version(people):
    today, after = talk.TODAY, clock.local_day(talk.AFTER)
    assert codes(today=today) == {"consultation_held.none", "difference_published"}
    test = talk.public_test(people)
    comment = talk.comment(people, test)
    assert codes(today=today) == {"consultation_held.open", "every_comment_answered"}
    talk.answer(people, test, comment, verdict="accepted")
    assert codes(today=after) == {"every_comment_answered", "difference_published"}
    talk.publish(people)
    assert codes(today=after) == {"difference_published"}
    refreeze(people, now=talk.AFTER)
    # What it said anew is named by no answer: `test_what_is_enacted`.
    assert {code.split(".")[0] for code in codes(today=after)} == {"rewording_answered"}


def test_a_public_test_shorter_than_the_rule_does_not_count(people):
    test = talk.public_test(people)
    type(test).objects.filter(pk=test.pk).update(closes_on=talk.TODAY + timedelta(days=12))
    assert "consultation_held.none" in codes(today=clock.local_day(talk.AFTER))


def test_a_version_frozen_while_people_still_comment_is_not_the_difference(people, test):
    talk.answer(people, test, talk.comment(people, test), verdict="accepted")
    refreeze(people, now=NOW + timedelta(days=2))
    assert "difference_published" in codes(today=clock.local_day(talk.AFTER))


def test_comments_that_wait_too_long_are_listed(people, test):
    talk.comment(people, test)
    late = talk.TODAY + timedelta(days=states.rules().answer_days)
    assert len(consultations.overdue_comments(test, today=late)) == 1
    assert consultations.overdue_comments(test, today=late - timedelta(days=1)) == []


@pytest.mark.parametrize("seed", range(3))
def test_the_totals_of_every_paper_equal_the_database(people, test, seed):
    chance = random.Random(seed)
    by = people.viewer("sekretariat.ntb")
    for count in range(12):
        channel = chance.choice([value for value in Channel.values if value != "online"])
        sector = chance.choice(["", *Seat.Sector.values])
        comment = entered(people, test, words=Words(f"=Masukan {count}"), channel=channel, sector=sector)
        fate = chance.choice(["nothing", "hidden", *Response.Verdict.values])
        if fate == "hidden":
            clearing.hide_words(item=comment, reason="Bukan tentang rencana.", by=by, now=NOW)
        elif fate != "nothing":
            talk.answer(people, test, comment, verdict=fate)
    if consultations.draft_responses(here.plan(), here.member("ntb")).exists():
        talk.publish(people)
    found = matrix.matrix_of(test)
    stored = list(Comment.objects.filter(consultation=test).select_related("response"))
    verdicts = Counter(
        "hidden" if each.clearing == "hidden" else each.response.verdict if each.response else "unanswered"
        for each in stored
    )
    assert {key: count for key, count in found.by_verdict.items() if count} == verdicts
    assert {key: count for key, count in found.by_channel.items() if count} == Counter(each.channel for each in stored)
    assert {key: count for key, count in found.by_sector.items() if count} == Counter(each.sector for each in stored)
    assert {sum(count for _label, count in rows) for _title, rows in matrix_table.totals(found)} == {len(stored)}
    assert_papers_hold(found, len(stored))


def assert_papers_hold(found, count):
    rows = [matrix_table.cells(row) for row in found.rows]
    table = spreadsheets.csv_bytes(matrix_table.heads(), rows).decode("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(table)))
    assert len(told) == count
    assert not any(cell.startswith("=") for row in told for cell in row.values())
    book = load_workbook(io.BytesIO(spreadsheets.xlsx_bytes("x", matrix_table.heads(), rows, [1.0] * 10)))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    assert len(cells) == count * len(matrix_table.COLUMNS)
    assert "f" not in {cell.data_type for cell in cells}
    paper = Document(io.BytesIO(test_papers.matrix_docx(found, address="https://contoh.id/")))
    assert len(paper.tables[0].rows) == count + 1


def test_a_sheet_is_read_by_its_heads_in_either_language(test):
    data = b"Lembaga;Masukan;No\nFKD;Jadwal dua bahasa.;1\n;;\n"
    rows = sheets.read(data, len(data), HEADS)
    assert [(row.number, row.cells["institution"], row.cells["text"]) for row in rows] == [
        (2, "FKD", "Jadwal dua bahasa.")
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 bukan lembar",
        b"\xff\xfe\x00bukan utf-8",
        b"PK\x03\x04 bukan lembar",
        b"Lembaga\nFKD",
        b"Masukan\n",
        b"Masukan\n" + b"x\n" * 501,
        b"x" * (2 * 1024 * 1024 + 1),
    ],
)
def test_a_file_that_is_no_sheet_of_ours_is_refused_with_what_to_do(data):
    with pytest.raises(Refused) as refused:
        sheets.read(data, len(data), HEADS)
    assert refused.value.field == "sheet"


def test_rows_entered_together_are_all_kept_or_none(people, test):
    good = consultation.Row(WORDS, talk.WHOLE, consultation.Origin("meeting"), uuid.uuid4())
    bad = consultation.Row(WORDS, consultation.About(None, "", "Kutipan"), good.origin, uuid.uuid4())
    by = people.viewer("sekretariat.ntb")
    with pytest.raises(Refused):
        consultation.enter_rows(consultation=test, rows=[good, bad], by=by, now=NOW)
    assert Comment.objects.count() == 0
    consultation.enter_rows(consultation=test, rows=[good, good], by=by, now=NOW)
    assert Comment.objects.count() == 1
    with pytest.raises(NotPermitted):
        consultation.enter_rows(consultation=test, rows=[good], by=NOBODY, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"clearing": "public", "public_text": ""},
        {"clearing": "hidden", "hidden_reason": ""},
        {"quote": "Kutipan", "field": ""},
        {"field": "problem", "draft": None},
    ],
)
def test_the_database_refuses_a_comment_without_what_it_needs(people, test, change):
    comment = talk.send_comment(test).item
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**change)


@pytest.mark.parametrize("change", [{"reason": ""}, {"verdict": "accepted", "change": ""}])
def test_the_database_refuses_an_answer_without_reason_or_change(people, test, change):
    response = talk.answer(people, test, talk.comment(people, test))
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(**change)


def test_the_database_refuses_a_public_test_that_closes_before_it_opens(test):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(test).objects.filter(pk=test.pk).update(closes_on=talk.TODAY - timedelta(days=1))
