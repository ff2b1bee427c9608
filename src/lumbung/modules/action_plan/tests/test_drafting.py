"""Drafts: saved as versions, ordered, withdrawn, frozen, closed once enacted; comments follow their words."""

import uuid

import pytest
from tests.cast import NOW

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events.models import EventRecord
from lumbung.core.organisations.queries import by_code
from lumbung.modules.action_plan import names, shape
from lumbung.modules.action_plan.actions import carrying, commenting, drafting
from lumbung.modules.action_plan.actions.commenting import Words
from lumbung.modules.action_plan.demo import drafts as written
from lumbung.modules.action_plan.models import Comment, CommentPlace, Draft, StagePassage
from lumbung.modules.action_plan.queries import drafted_record, drafts
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
PROBLEM = (
    "Warga di 64 desa menunggu jawaban lebih dari sepekan. Petugas belum tahu siapa yang menjawab. "
    "Rapor perangkat daerah hanya dibaca di dalam kantor."
)


def save(people, version, *, by="sekretariat.ntb", seen=None, **changed):
    body = version.body | {key: {"id": text, "en": ""} for key, text in changed.items()}
    seen = version.number if seen is None else seen
    return drafting.save_version(draft=version.draft, body=body, seen=seen, note="", by=people.viewer(by), now=NOW)


def say(people, version, quote="", *, field="problem", text="Tolong diperjelas.", by="oms.ntb", key=None):
    words = Words(text=text, draft_key=key or uuid.uuid4(), field=field if quote else "", quote=quote)
    return commenting.comment_on_draft(version=version, words=words, by=people.viewer(by), now=NOW)


@pytest.fixture
def forum(people):
    here.seat("somasi-ntb", "civil_society")


@pytest.fixture
def first(people):
    return here.commitment(people, problem={"id": PROBLEM, "en": ""})


def orders(member):
    return [(each.slug, each.number) for each in drafts.commitments_of(member)]


def test_commitments_change_places_and_their_numbers_follow(people):
    for slug in ("satu", "dua", "tiga"):
        here.commitment(people, slug)
    draft, by = Draft.objects.get(slug="tiga"), people.viewer("sekretariat.ntb")
    drafting.move(draft=draft, step=-1, by=by, now=NOW)
    assert orders(here.member()) == [("satu", 1), ("tiga", 2), ("dua", 3)]
    with pytest.raises(Refused) as refused:
        drafting.move(draft=Draft.objects.get(slug="satu"), step=-1, by=by, now=NOW)
    assert refused.value.code == "no-place-there"


def test_a_withdrawn_draft_leaves_the_plan_and_keeps_its_versions(people, first):
    by = people.viewer("sekretariat.ntb")
    drafting.withdraw(draft=first.draft, reason="Digabung dengan komitmen lain.", by=by, now=NOW)
    assert drafts.count_commitments(here.plan()) == 0
    assert first.draft.versions.count() == 1
    with pytest.raises(Refused) as refused:
        drafting.withdraw(draft=first.draft, reason="Lagi.", by=by, now=NOW)
    assert refused.value.code == "draft-withdrawn-already"


def test_a_withdrawn_draft_is_neither_written_on_nor_commented(people, forum, first):
    by = people.viewer("sekretariat.ntb")
    drafting.withdraw(draft=first.draft, reason="Digabung dengan komitmen lain.", by=by, now=NOW)
    for step in (lambda: save(people, first, problem="Lain."), lambda: say(people, first, "64 desa")):
        with pytest.raises(Refused) as refused:
            step()
        assert refused.value.code == "draft-withdrawn-already"


def test_the_narrative_is_never_withdrawn(people):
    narrative = drafts.draft_called(here.plan(), names.NARRATIVE)
    with pytest.raises(Refused) as refused:
        drafting.withdraw(draft=narrative, reason="Tidak perlu.", by=people.viewer("sekretariat.ntb"), now=NOW)
    assert refused.value.code == "narrative-stays"


@pytest.mark.parametrize("slug", ["jalan-terbuka", "ntb-care"])
def test_a_short_name_is_given_once_among_drafts_and_commitments(people, first, slug):
    with pytest.raises(Refused) as refused:
        here.commitment(people, slug)
    assert refused.value.code == "draft-slug-taken"


@pytest.mark.parametrize("stage", ["enactment", "plan_input"])
def test_enacted_text_is_closed_to_every_change(people, forum, first, stage):
    StagePassage.objects.create(
        plan=here.plan(), track="ntb", stage=stage, passed_at=NOW, passed_by=people.account("sekretariat.ntb")
    )
    by, narrative = people.viewer("sekretariat.ntb"), drafts.draft_called(here.plan(), names.NARRATIVE)
    steps = (
        lambda: save(people, first, problem="Lain."),
        lambda: drafting.withdraw(draft=first.draft, reason="Tidak jadi.", by=by, now=NOW),
        lambda: drafting.move(draft=first.draft, step=1, by=by, now=NOW),
        lambda: drafting.freeze(member=here.member(), note="", by=by, now=NOW),
        lambda: here.commitment(people, "baru"),
        lambda: say(people, first, "64 desa"),
        lambda: save(people, drafts.newest_version(narrative), title="Lain"),
    )
    for step in steps:
        with pytest.raises(Refused) as refused:
            step()
        assert refused.value.code == "draft-is-enacted"
    assert here.commitment(people, "ksb-baru", of="ksb").number == 1


@pytest.mark.parametrize("by", ["sekretariat.ksb", "fasilitator.ntb", "oms.ntb", "ketua.ntb"])
def test_only_the_members_own_secretariat_withdraws_and_freezes(people, first, by):
    with pytest.raises(NotPermitted):
        drafting.withdraw(draft=first.draft, reason="Tidak jadi.", by=people.viewer(by), now=NOW)
    with pytest.raises(NotPermitted):
        drafting.freeze(member=here.member(), note="", by=people.viewer(by), now=NOW)


def test_a_comment_of_the_forum_is_public_at_once_and_sealed_in_the_log(people, forum, first):
    comment = say(people, first, "menunggu jawaban lebih dari sepekan")
    assert comment.clearing == "public"
    assert comment.institution == by_code("somasi-ntb").name_id
    [place] = comment.places.all()
    assert PROBLEM[place.start : place.end] == comment.quote
    assert not any(comment.public_text in bytes(row.body).decode() for row in EventRecord.objects.all())


def test_the_same_comment_sent_twice_is_one(people, forum, first):
    key = uuid.uuid4()
    assert say(people, first, key=key) == say(people, first, key=key)
    assert Comment.objects.count() == 1


def test_a_quotation_that_does_not_stand_in_the_text_is_refused(people, forum, first):
    with pytest.raises(Refused) as refused:
        say(people, first, "kata yang tidak pernah ditulis")
    assert refused.value.code == "quotation-not-in-text"


def test_an_institution_without_a_seat_does_not_comment(people, first):
    with pytest.raises(NotPermitted) as refused:
        say(people, first)
    assert refused.value.code == "no-seat-in-this-forum"


def test_a_comment_on_an_older_version_gets_its_place_in_every_later_one(people, forum, first):
    second = save(people, first, problem=f"Pembukaan. {PROBLEM}")
    comment = say(people, first, "menunggu jawaban lebih dari sepekan")
    assert {place.version_id for place in comment.places.all()} == {first.pk, second.pk}
    assert PROBLEM[slice(*span(comment, first))] == shape.words(second.body, "problem")[slice(*span(comment, second))]


def span(comment, version):
    place = CommentPlace.objects.get(comment=comment, version=version)
    return place.start, place.end


def test_an_orphan_comes_back_when_its_words_do(people, forum, first):
    comment = say(people, first, "Petugas belum tahu siapa yang menjawab.")
    second = save(people, first, problem="Sama sekali lain dan jauh lebih pendek.")
    assert span(comment, second) == (None, None)
    third = save(people, second, problem=PROBLEM)
    assert PROBLEM[slice(*span(comment, third))] == comment.quote


FIELDS = ("problem", "status_quo", "baseline", "action", "contribution")
FIELDS += ("long_term_goal", "measure", "title", "budget", "sector")


def sentence(field, number):
    return f"Kalimat {number} pada bagian {field} menyebut {number * 7} desa dan {number * 3} petugas yang bekerja."


def test_fifty_comments_survive_ten_edited_paragraphs_and_cover_the_words_they_meant(people, forum):
    texts = {field: " ".join(sentence(field, number) for number in range(1, 6)) for field in FIELDS}
    first = here.commitment(people, **{field: {"id": text, "en": ""} for field, text in texts.items()})
    meant = {
        say(people, first, sentence(field, number), field=field): number for field in FIELDS for number in range(1, 6)
    }
    edited = {field: " ".join(edit(field, number) for number in (4, 1, 2, 5)) for field in FIELDS}
    second = save(people, first, **edited)
    assert CommentPlace.objects.filter(version=second).count() == 50
    for comment, number in meant.items():
        start, end = span(comment, second)
        if number == 3:
            assert start is None
            assert comment.quote in shape.words(first.body, comment.field)
        else:
            assert edited[comment.field][start:end].rstrip(".") == edit(comment.field, number).rstrip(".")


def edit(field, number):
    """1 is left alone, 2 loses a word, 3 is deleted, 4 moves to the front, 5 gets other figures."""
    text = sentence(field, number)
    if number == 2:
        return text.replace(" petugas yang bekerja", " petugas bekerja")
    return text.replace("35 desa", "40 desa") if number == 5 else text


def test_no_comment_is_left_without_a_place_by_any_later_version(people, forum, first):
    for quote in ("64 desa", "Rapor perangkat daerah", ""):
        say(people, first, quote)
    version = first
    for problem in (PROBLEM[:60], "", f"{PROBLEM} {PROBLEM}"):
        version = save(people, version, problem=problem)
        assert CommentPlace.objects.filter(version=version).count() == 2


def test_a_comment_taken_in_elsewhere_is_placed_by_the_same_rule(people, forum, first):
    comment = say(people, first, "64 desa")
    comment.places.all().delete()
    [place] = carrying.place_comment(comment=comment)
    assert PROBLEM[place.start : place.end] == "64 desa"


def test_the_record_of_the_same_drafts_has_the_same_hash_whenever_they_were_saved(people, first):
    record = drafted_record.drafted_record(here.plan())
    sha256 = drafted_record.record_sha256(record)
    assert record["commitments"][0]["number"] == 1
    assert [member["code"] for member in record["members"]] == ["ntb", "ksb"]
    save(people, save(people, first, problem="Lain."), problem=PROBLEM)
    again = drafted_record.drafted_record(here.plan())
    assert drafted_record.record_sha256(again) == sha256


def test_the_record_of_one_member_holds_only_its_commitments(people, first):
    here.commitment(people, "ksb-satu", of="ksb")
    record = drafted_record.record_of(here.member("ksb"), drafts.newest_versions(here.member("ksb")))
    assert [each["slug"] for each in record["commitments"]] == ["ksb-satu"]
    assert record["narrative"] is None


def test_the_illustrated_drafts_are_complete_and_monitored_by_nobody_who_carries_them_out(people, forum):
    written.write(people.viewer, NOW)
    versions = drafts.newest_of_plan(here.plan())
    assert [len([each for each in versions if each.draft.member == here.member(code)]) for code in ("ntb", "ksb")] == [
        3,
        6,
    ]
    assert {drafts.title_of(each): drafts.gaps_of(each) for each in versions if drafts.gaps_of(each)} == {}
    assert Comment.objects.count() == 5
    assert not drafts.institutions_in(here.member()) & {"fitra-ntb", "lrp2m-cordova"}
