"""Published answers to comments: the verdict, the reason, which comments, and what each corrects."""

from collections.abc import Iterator
from uuid import UUID

from lumbung.core.base import clock
from lumbung.core.base.testimonies import UNKNOWN, Facts, Said, Testimony, one_by_one, picked
from lumbung.modules.action_plan.events.consultation import AnswerCorrected, CommentsAnswered
from lumbung.modules.action_plan.models import Hiding, Response
from lumbung.modules.action_plan.queries.testimonies import words
from lumbung.modules.action_plan.queries.testimonies.words import HiddenWords

KIND = "response"


def _answered(said: Said) -> tuple[str, Facts]:
    # Before the third version no answer named a part that was said anew.
    told = picked(said.data, "comments", "verdict", "changed_in", "rewords", reason="reason_hash")
    facts = {"rewords": [], **told}
    # From the second version on the salt is kept with the answer, whoever published it.
    newer = {"is_salted": True} if said.v > 1 else {}
    return f"{KIND}:{said.subject_id}", {**facts, **newer, "published_on": said.on, "corrects": ""}


def _corrected(said: Said) -> tuple[str, Facts]:
    name, facts = _answered(said)
    return name, {**facts, **picked(said.data, "corrects", why="correction_hash")}


def stand(response: str | None) -> Iterator[tuple[str, Facts]]:
    """Every published answer."""
    hidden, rows = HiddenWords(Hiding.Kind.RESPONSE), Response.objects.filter(published_at__isnull=False)
    rows = rows.prefetch_related("comments")
    known = {each.pk: each for each in (rows if response is None else rows.filter(pk=response))}
    later = {each.corrects_id: each for each in known.values() if each.corrects_id}
    for each in known.values():
        yield f"{KIND}:{each.pk}", _facts(each, _last(each, later), hidden)


def _last(response: Response, later: dict[UUID, Response]) -> Response:
    """The answer that holds now: the comments are tied to it."""
    seen = {response.pk}
    while (newer := later.get(response.pk)) is not None and newer.pk not in seen:
        response = newer
        seen.add(newer.pk)
    return response


def _facts(each: Response, holds: Response, hidden: HiddenWords) -> Facts:
    is_hidden = hidden.hides(each, each.reason) or hidden.hides(each, each.change)
    facts = {
        "comments": sorted(comment.number for comment in holds.comments.all()),
        "verdict": each.verdict,
        "changed_in": str(each.changed_in_id or ""),
        "rewords": sorted(each.rewords or ()),
        "published_on": clock.local_day(each.published_at).isoformat() if each.published_at else "",
        "corrects": str(each.corrects_id or ""),
        "is_salted": is_hidden or each.salt is not None,
    }
    if each.salt is None and not is_hidden:
        return facts | {"reason": UNKNOWN}
    reason = dict(words.fact("reason", f"{each.reason}\n{each.change}", each.salt, is_hidden=is_hidden))
    if not each.corrects_id:
        return {**facts, **reason}
    gone = hidden.hides(each, each.correction_reason)
    return {**facts, **reason, **dict(words.fact("why", each.correction_reason, each.salt, is_hidden=gone))}


RESPONSES = Testimony(
    KIND,
    (CommentsAnswered.key, AnswerCorrected.key),
    one_by_one({CommentsAnswered.key: _answered, AnswerCorrected.key: _corrected}),
    stand,
    older=frozenset({"is_salted"}),
)
