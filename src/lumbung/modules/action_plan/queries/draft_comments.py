"""Comments beside the text of one version: on the words they are about, on the whole, or loose from the text."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from lumbung.modules.action_plan.models import Clearing, Comment, CommentPlace, Draft, DraftVersion


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text, the numbers of the comments on it, and of those that end with it."""

    text: str
    numbers: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The public comments of one version."""

    placed: Sequence[tuple[Comment, CommentPlace]]
    whole: Sequence[Comment]
    orphans: Sequence[Comment]

    def on(self, field: str) -> list[Comment]:
        """The comments on one field, in the order of its words."""
        mine = [(place.start or 0, comment) for comment, place in self.placed if comment.field == field]
        return [comment for _start, comment in sorted(mine, key=lambda each: each[0])]

    def segments(self, field: str, text: str) -> list[Segment]:
        """The field's text, cut wherever a comment begins or ends."""
        spans = [(place.start, place.end, comment.number) for comment, place in self.placed if comment.field == field]
        return cut(text, [(start, end, number) for start, end, number in spans if start is not None and end])


def cut(text: str, spans: Iterable[tuple[int, int, str]]) -> list[Segment]:
    """A text in segments that joined are the text; each knows which spans cover it."""
    known = list(spans)
    edges = sorted({0, len(text), *(edge for start, end, _number in known for edge in (start, end))})
    found = []
    for start, end in itertools.pairwise(edges):
        numbers = tuple(number for first, last, number in known if first <= start and end <= last)
        ends = tuple(number for _first, last, number in known if last == end)
        found.append(Segment(text[start:end], numbers, ends))
    return found


def public_comments(draft: Draft) -> QuerySet[Comment]:
    """What everybody may read of the comments on a draft, in the forum and in a public test."""
    known = Comment.objects.filter(draft=draft, clearing=Clearing.PUBLIC)
    return known.select_related("response", "version", "consultation").order_by("number")


def beside(version: DraftVersion) -> Beside:
    """The comments made on this version or an earlier one, by where they stand in this one."""
    comments = list(public_comments(version.draft).filter(version__number__lte=version.number))
    places = {place.comment_id: place for place in CommentPlace.objects.filter(version=version)}
    carried = {key: place for key, place in places.items() if place.start is not None}
    return Beside(
        placed=[(each, carried[each.pk]) for each in comments if each.pk in carried],
        whole=[each for each in comments if not each.quote],
        orphans=[each for each in comments if each.quote and each.pk not in carried],
    )
