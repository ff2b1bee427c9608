"""People sending ideas and comments, for tests: one sentence each."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tests.cast import NOW, Cast

from lumbung.core.access.viewers import NOBODY
from lumbung.core.base import clock
from lumbung.modules.action_plan.actions import clearing, consultation, drafting, ideas, responses
from lumbung.modules.action_plan.actions.intake import Sent
from lumbung.modules.action_plan.models import Comment, Consultation, Draft, Idea, Response
from lumbung.modules.action_plan.queries import intake
from lumbung.modules.action_plan.queries.intake import Words
from lumbung.modules.action_plan.tests import stage as here

TODAY = clock.local_day(NOW)
CLOSES_ON = TODAY + timedelta(days=13)
AFTER = NOW + timedelta(days=14)
WHOLE = consultation.About()
REASON = "Forum sepakat karena keduanya meminta hal yang sama."


def send_idea(
    text: str = "Jadwal angkutan desa diumumkan.", *, of: str = "", key: uuid.UUID | None = None, now: datetime = NOW
) -> Sent:
    """An idea from anybody, waiting to be cleared."""
    origin = ideas.Origin(member=here.member(of) if of else None)
    words = Words(text, title="Angkutan desa")
    return ideas.send_idea(
        plan=here.plan(), words=words, origin=origin, draft_key=key or uuid.uuid4(), by=NOBODY, now=now
    )


def clear(people: Cast, item: Idea | Comment, text: str = "", *, by: str = "sekretariat.ntb") -> Idea | Comment:
    """Make it public as it was written, or with parts of it left out."""
    sent = intake.words_of(item)
    words = Words(text or (sent.text if sent else item.public_text))
    return clearing.clear_words(item=item, words=words, by=people.viewer(by), now=NOW)


def idea(people: Cast, text: str = "Jadwal angkutan desa diumumkan.", *, of: str = "") -> Idea:
    """An idea that everybody may read."""
    item = clear(people, send_idea(text, of=of).item, text)
    assert isinstance(item, Idea)
    return item


def public_test(people: Cast, *, of: str = "ntb", closes_on: date = CLOSES_ON) -> Consultation:
    """A public test of one frozen commitment, open from today on."""
    here.commitment(people, slug=f"jalan-terbuka-{of}", of=of)
    by = people.viewer(f"sekretariat.{of}")
    frozen = drafting.freeze(member=here.member(of), note="", by=by, now=NOW)
    return consultation.open_consultation(
        member=here.member(of), freeze=frozen, opens_on=TODAY, closes_on=closes_on, question="", by=by, now=NOW
    )


def draft_in_test(of: str = "ntb") -> Draft:
    """The commitment that is asked about."""
    return Draft.objects.get(slug=f"jalan-terbuka-{of}")


def reword(people: Cast, *, of: str = "ntb", **more: object) -> None:
    """The commitment that was asked about says something else."""
    draft = draft_in_test(of)
    newest = draft.versions.order_by("-number")[0]
    body = newest.body | {"action": {"id": "Jadwal juga diumumkan di terminal.", "en": ""}} | more
    by = people.viewer(f"sekretariat.{of}")
    drafting.save_version(draft=draft, body=body, seen=newest.number, note="", by=by, now=NOW)


def send_comment(
    test: Consultation,
    text: str = "Jadwalnya perlu dua bahasa.",
    *,
    about: consultation.About = WHOLE,
    key: uuid.UUID | None = None,
    now: datetime = NOW,
) -> Sent:
    """A comment from anybody, waiting to be cleared."""
    return consultation.send_comment(
        consultation=test,
        words=Words(text),
        about=about,
        origin=consultation.Origin(),
        draft_key=key or uuid.uuid4(),
        by=NOBODY,
        now=now,
    )


def comment(people: Cast, test: Consultation, text: str = "Jadwalnya perlu dua bahasa.") -> Comment:
    """A comment that everybody may read."""
    by = f"sekretariat.{test.member.organisation_id}"
    item = clear(people, send_comment(test, text).item, text, by=by)
    assert isinstance(item, Comment)
    return item


def answer(
    people: Cast, test: Consultation, *comments: Comment, verdict: str = "rejected", rewords: Sequence[str] = ()
) -> Response:
    """An answer that waits to be published."""
    change = "Kalimat kedua diubah." if verdict in {"accepted", "partly"} else ""
    told = responses.Answer(verdict, "Jadwal sudah diatur dalam peraturan daerah.", change, rewords=tuple(rewords))
    by = people.viewer(f"sekretariat.{test.member.organisation_id}")
    return responses.write_response(consultation=test, comments=comments, answer=told, by=by, now=NOW)


def publish(people: Cast, of: str = "ntb", *, now: datetime = NOW) -> int:
    """Publish every answer that waits."""
    return responses.publish_responses(member=here.member(of), by=people.viewer(f"sekretariat.{of}"), now=now)
