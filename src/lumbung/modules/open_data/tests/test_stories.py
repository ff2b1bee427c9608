"""Stories: written by one person, published by another; text stays text; charts live or frozen as the writer chose."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.test import Client
from tests.cast import NOW

from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.events import queries as history
from lumbung.core.jobs import runner
from lumbung.core.notices.models import Notice
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data import prose
from lumbung.modules.open_data.actions import stories as actions
from lumbung.modules.open_data.actions import withdrawing
from lumbung.modules.open_data.models import Story, StoryEdition
from lumbung.modules.open_data.tests import charting

pytestmark = pytest.mark.django_db
LIVE = f"/ntb/data/{charting.KEY}/grafik/?kind=line&x=tahun&y=penduduk"
FROZEN = f"/ntb/data/{charting.KEY}/v1/grafik/?kind=bar&x=jenis_kelamin&y=penduduk&where=tahun%3Aeq%3A2025"
ROWS = f"/ntb/data/{charting.KEY}/v1/?column=tahun&op=eq&value=2025"


def begun(people, *, by="produsen.ntb", slug="warga-kita"):
    organisation = Organisation.objects.get(code="ntb-pupr" if by == "produsen.ntb" else "ntb")
    return actions.begin_story(
        portal=people.ntb, organisation=organisation, slug=slug, title="Warga kita", by=people.viewer(by), now=NOW
    )


def written(people, body="Halo.", *, by="produsen.ntb", **more):
    story = begun(people, by=by, **more)
    return save(people, story, body, by=by)


def publish(people, story, *, by="walidata.ntb"):
    return actions.publish_story(story=story, seen=story.version, by=people.viewer(by), now=NOW)


def save(people, story, body, *, by="produsen.ntb"):
    return actions.save_story(
        story=story, title="Warga kita", summary="Ringkas.", body=body, seen=story.version, by=people.viewer(by)
    )


def handed_in(people, *args, by="produsen.ntb", **more):
    return actions.submit_story(story=written(people, *args, by=by, **more), by=people.viewer(by), now=NOW)


def published(people, body):
    story = handed_in(people, body)
    return publish(people, story)


def test_nobody_publishes_what_they_wrote_and_no_producer_publishes(people):
    own = handed_in(people, by="walidata.ntb", slug="cerita-sendiri")
    with pytest.raises(Refused) as refused:
        publish(people, own, by="walidata.ntb")
    assert refused.value.code == "own-story"
    other = handed_in(people)
    with pytest.raises(NotPermitted):
        publish(people, other, by="produsen.ntb")
    with pytest.raises(NotPermitted):
        publish(people, other, by="walidata.ksb")
    edition = publish(people, other, by="walidata.ntb")
    told = [each.sentence for each in history.history_of("story", str(other.pk))]
    assert edition.number == 1
    assert len(told) == 3


def test_an_edition_is_never_altered_and_writing_on_makes_the_next_one(people):
    edition = published(people, "Pertama.")
    for attempt in (lambda: StoryEdition.objects.update(body="x"), edition.delete):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            attempt()
    story = save(people, Story.objects.get(), "Kedua.")
    assert "Pertama." in Client().get("/ntb/data/cerita/warga-kita/").content.decode()
    actions.submit_story(story=story, by=people.viewer("produsen.ntb"), now=NOW)
    assert publish(people, story, by="walidata.ntb").number == 2
    assert "Kedua." in Client().get("/ntb/data/cerita/warga-kita/").content.decode()
    assert "Pertama." in Client().get("/ntb/data/cerita/warga-kita/v1/").content.decode()


def test_a_returned_story_says_why_and_a_second_tab_writes_over_nothing(people):
    story = handed_in(people)
    returned = actions.return_story(story=story, reason="Sebut sumbernya.", by=people.viewer("walidata.ntb"), now=NOW)
    assert (returned.state, returned.returned_reason) == ("draft", "Sebut sumbernya.")
    save(people, returned, "Lebih baik.")
    with pytest.raises(Refused) as refused:
        save(people, returned, "Dari tab lama.")
    assert refused.value.code == "story-was-saved-meanwhile"


def test_a_steward_publishes_only_what_was_on_the_screen_and_both_sides_are_told(people):
    story = handed_in(people)
    runner.run_due()
    taken = actions.take_back_story(story=story, by=people.viewer("produsen.ntb"), now=NOW)
    again = save(people, taken, "Lain sekali.")
    actions.submit_story(story=again, by=people.viewer("produsen.ntb"), now=NOW + timedelta(minutes=5))
    with pytest.raises(Refused) as refused:
        publish(people, story)
    assert refused.value.code == "story-was-saved-meanwhile"
    publish(people, again)
    runner.run_due()
    told = Notice.objects.filter(kind__startswith="open_data.story").order_by("made_at", "pk")
    assert [(each.account.email.split("@")[0], each.kind) for each in told] == [
        ("walidata.ntb", "open_data.story_waits"),
        ("produsen.ntb", "open_data.story_moved"),
    ]


def test_a_story_draws_live_and_frozen_charts_and_rows_and_shows_words_as_words(people, tmp_path):
    release = charting.published(people, tmp_path)
    body = f"<script>alert(1)</script> **tebal** [jahat](javascript:x)\n\n{LIVE}\n\n{FROZEN}\n\n{ROWS}\n"
    published(people, body)
    page = Client().get("/ntb/data/cerita/warga-kita/").content.decode()
    assert page.count('class="chart"') == 2
    assert "<script>alert" not in page
    assert "<strong>tebal</strong>" in page
    assert 'href="javascript' not in page
    assert "16 baris" in page
    assert page.count(release.tables.get().version.csv_sha256) == 2
    withdrawing.withdraw_release(
        release=release, reason="Satu orang dikenali", by=people.viewer("walidata.ntb"), now=NOW
    )
    gone = Client().get("/ntb/data/cerita/warga-kita/").content.decode()
    assert 'class="chart"' not in gone
    assert gone.count("ditarik") >= 3


@pytest.mark.parametrize(
    "address",
    ["/ntb/data/tidak-ada/grafik/?kind=bar", "https://lain.contoh.id/ntb/data/x/", "/akun/", "/ntb/data/wells/v9/"],
)
def test_an_address_alone_that_is_no_open_chart_is_refused_with_its_line(people, publish, address):
    publish()
    story = begun(people)
    with pytest.raises(Refused) as refused:
        save(people, story, f"Kalimat.\n\n{address}")
    assert refused.value.params["line"] == 3


def test_a_withdrawn_story_keeps_its_address_and_says_why(people):
    story = published(people, "Isi rahasia.").story
    actions.withdraw_story(story=story, reason="Angkanya keliru", by=people.viewer("walidata.ntb"), now=NOW)
    answer = Client().get("/ntb/data/cerita/warga-kita/")
    assert answer.status_code == 410
    assert "Angkanya keliru" in answer.content.decode()
    assert "Isi rahasia" not in answer.content.decode()
    assert "warga-kita" not in Client().get("/ntb/data/cerita/").content.decode()
    assert "warga-kita" not in Client().get("/ntb/cari/?q=warga").content.decode()


def test_prose_knows_headings_lists_quotes_links_and_views():
    text = "## Judul\nSatu *dua*\ntiga\n\n- a\n- b\n> kata\n/ntb/data/x/\nhttps://contoh.id/a b"
    found = [(block.kind, block.line) for block in prose.blocks_of(text)]
    assert found == [("heading", 1), ("paragraph", 2), ("list", 5), ("quote", 7), ("view", 8), ("paragraph", 9)]
    link = prose.spans_of("[a](https://contoh.id) [b](//jahat.id) [c](/ntb/)")
    assert [span.address for span in link if span.kind == "link"] == ["https://contoh.id", "/ntb/"]
