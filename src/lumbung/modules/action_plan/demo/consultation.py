"""The public tests of the illustrated plan, in the days its roadmap announces: one answered, one still open."""

import tomllib
import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from lumbung.core.access.viewers import NOBODY, Viewer
from lumbung.core.base import clock
from lumbung.modules.action_plan import shape, states
from lumbung.modules.action_plan.actions import clearing, consultation, drafting, hiding, responses
from lumbung.modules.action_plan.demo.plan import KEY
from lumbung.modules.action_plan.models import (
    Channel,
    Comment,
    Consultation,
    DraftVersion,
    Freeze,
    PlanMember,
    StageDate,
)
from lumbung.modules.action_plan.queries import consultations, drafts, hidden, rewordings
from lumbung.modules.action_plan.queries.intake import Words

TEXTS = Path(__file__).parent / "texts" / "comments.toml"
NAMES = uuid.UUID("0d2b7f6e-5a0c-4a55-8c6e-2f1d9b3e4c11")
# Where the roadmap announces no days that have come: NTB's is still open, Sumbawa Barat's is over and answered.
AGO = {"ntb": timedelta(days=11), "ksb": timedelta(days=40)}
MORNING = time(8)
ANSWERING = timedelta(days=6)
BETWEEN = timedelta(hours=7)
AFTER = "Sesudah uji publik"
Told = Mapping[str, Any]
ViewerOf = Callable[[str], Viewer]


def play(viewer_of: ViewerOf, now: datetime) -> None:
    """Both public tests, once, in the days announced for them; a government without frozen drafts has none."""
    told = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    if Consultation.objects.filter(member__plan_id=KEY).exists():
        return
    for code, ago in AGO.items():
        member = PlanMember.objects.select_related("organisation", "plan").get(plan_id=KEY, organisation_id=code)
        frozen = Freeze.objects.filter(member=member, number=1).first()
        if frozen is None:
            continue
        by, began = viewer_of(f"sekretariat.{code}"), _began(code, now, ago)
        test = _opened(member, frozen, by, began, _last_day(code, began, now))
        _commented(test, told[code], by, began)
        if test.closes_on < clock.local_day(now):
            _confirmed(test, viewer_of(f"ketua.{code}"), began + timedelta(days=consultations.days_open(test) + 1))
            _answered(test, told, told[code], by, began + timedelta(days=consultations.days_open(test) + 2))


def _announced(code: str) -> StageDate | None:
    return StageDate.objects.filter(plan_id=KEY, track=code, stage="public_test").first()


def _began(code: str, now: datetime, ago: timedelta) -> datetime:
    """The morning of the first day announced, if that has come."""
    announced = _announced(code)
    if announced is None or announced.starts_on >= clock.local_day(now):
        return now - ago
    return datetime.combine(announced.starts_on, MORNING, tzinfo=clock.WITA)


def _last_day(code: str, began: datetime, now: datetime) -> date:
    """As short as the rules allow where that leaves time to answer before today; else as long as announced."""
    least = clock.local_day(began) + timedelta(days=states.rules().public_test_days - 1)
    announced = _announced(code)
    is_over = least + ANSWERING < clock.local_day(now)
    return least if is_over or announced is None else max(least, announced.ends_on)


def _opened(member: PlanMember, frozen: Freeze, by: Viewer, began: datetime, closes_on: date) -> Consultation:
    return consultation.open_consultation(
        member=member,
        freeze=frozen,
        opens_on=clock.local_day(began),
        closes_on=closes_on,
        question="Apa yang belum ada dalam draf ini, dan apa yang sulit dipahami?",
        by=by,
        now=began,
    )


def _commented(test: Consultation, rows: list[Told], by: Viewer, began: datetime) -> None:
    for place, each in enumerate(rows):
        at = began + BETWEEN * place
        sent = _sent(test, each, by, at)
        fate, later = each.get("fate", "public"), at + timedelta(hours=5)
        if fate == "hidden":
            clearing.hide_words(item=sent, reason=each["reason"], by=by, now=later)
        elif fate != "waiting" and sent.public_text == "":
            words = Words(each["text"], institution=each.get("institution", ""))
            clearing.clear_words(item=sent, words=words, by=by, now=later)


def _confirmed(test: Consultation, chair: Viewer, at: datetime) -> None:
    """The chair is the second person for what the secretariat hid."""
    for comment in consultations.comments_of(test):
        waiting = hidden.waiting_for("comment", comment.pk)
        if waiting is not None:
            hiding.decide_hiding(hiding=waiting, upheld=True, by=chair, now=at)


def _sent(test: Consultation, told: Told, by: Viewer, at: datetime) -> Comment:
    channel = told.get("channel", Channel.ONLINE)
    origin = consultation.Origin(channel=channel, sector=told.get("sector", ""))
    done = consultation.send_comment(
        consultation=test,
        words=Words(told["text"], institution=told.get("institution", "")),
        about=_about(test, told),
        origin=origin,
        draft_key=uuid.uuid5(NAMES, f"{test.member.organisation_id}:{told['text']}"),
        by=NOBODY if channel == Channel.ONLINE else by,
        now=at,
    ).item
    if not isinstance(done, Comment):
        raise TypeError(f"{told['text']}: not a comment")
    return done


def _about(test: Consultation, told: Told) -> consultation.About:
    """The commitment whose title holds one of the words, and the first sentence of the field it quotes."""
    version = _version_about(test, told["on"].split())
    if version is None:
        return consultation.About()
    field = told.get("field", "")
    sentence = shape.words(version.body, field).split(". ")[0].strip() if field else ""
    return consultation.About(version.draft, field, sentence[:300])


def _version_about(test: Consultation, words: list[str]) -> DraftVersion | None:
    for version in consultations.frozen_versions(test):
        if any(word in drafts.title_of(version).lower() for word in words):
            return version
    return None


def _answered(test: Consultation, told: Told, rows: list[Told], by: Viewer, at: datetime) -> None:
    """The drafts are changed as the answers say, all answers published together, then the drafts frozen anew."""
    answers = {row["text"]: _answer_of(row, told["same"]) for row in rows if "verdict" in row or "same" in row}
    changed = _changed(test, list(answers.values()), by, at)
    alike: dict[str, list[Comment]] = {}
    for comment in consultations.unanswered(test):
        if comment.public_text in answers:
            alike.setdefault(answers[comment.public_text]["reason"], []).append(comment)
    for comments in alike.values():
        said = answers[comments[0].public_text]
        version = changed.get(said["adds_on"]) if "adds" in said else None
        rewords = (rewordings.place_of(version.draft.slug, said["adds"][0]),) if version else ()
        answer = responses.Answer(said["verdict"], said["reason"], said.get("change", ""), version, rewords)
        responses.write_response(consultation=test, comments=comments, answer=answer, by=by, now=at)
    responses.publish_responses(member=test.member, by=by, now=at + timedelta(days=2))
    if not Freeze.objects.filter(member=test.member, number__gt=test.freeze.number).exists():
        drafting.freeze(member=test.member, note=AFTER, by=by, now=at + timedelta(days=3))


def _answer_of(row: Told, same: Told) -> dict[str, Any]:
    """The answer to one comment with the commitment its change goes to; comments alike share one."""
    said = same[row["same"]] if "same" in row else row
    return {"adds_on": row["on"], **said}


def _changed(test: Consultation, answers: list[Told], by: Viewer, at: datetime) -> dict[str, DraftVersion]:
    """Each draft with the sentences the answers add to it, as one new version, by the word that names it."""
    added: dict[str, dict[tuple[str, str], None]] = {}
    for said in answers:
        if "adds" in said:
            added.setdefault(said["adds_on"], {})[tuple(said["adds"])] = None
    return {word: _with_sentences(test, word, list(pairs), by, at) for word, pairs in added.items()}


def _with_sentences(
    test: Consultation, word: str, pairs: list[tuple[str, str]], by: Viewer, at: datetime
) -> DraftVersion:
    frozen = _version_about(test, [word])
    newest = drafts.newest_version(frozen.draft) if frozen else None
    if newest is None:
        raise LookupError(f"no commitment is called {word!r} (texts/comments.toml)")
    body = dict(newest.body)
    for field, sentence in pairs:
        said = body.get(field) or {}
        body[field] = {**said, "id": f"{said.get('id', '')} {sentence}".strip()}
    return drafting.save_version(draft=newest.draft, body=body, seen=newest.number, note=AFTER, by=by, now=at)
