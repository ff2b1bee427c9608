"""Carrying comments from one version of a draft to the next: a place or an orphan, none is lost."""

from collections.abc import Iterable

from lumbung.kernels import anchoring
from lumbung.kernels.anchoring import Anchor
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import Comment, CommentPlace, DraftVersion


def carry(*, version: DraftVersion, before: DraftVersion) -> list[CommentPlace]:
    """Find the words of every quoting comment in a new version, in the caller's transaction."""
    comments = Comment.objects.filter(draft=version.draft_id).exclude(quote="")
    return _carry(comments, version, before)


def place_comment(*, comment: Comment) -> list[CommentPlace]:
    """Find a new comment in the version it was made on and in every later one, in the caller's transaction."""
    if not comment.quote or comment.version is None:
        return []
    later = DraftVersion.objects.filter(draft=comment.draft_id, number__gte=comment.version.number).order_by("number")
    places, before = [], comment.version
    for version in later:
        places += _carry([comment], version, before)
        before = version
    return places


def _carry(comments: Iterable[Comment], version: DraftVersion, before: DraftVersion) -> list[CommentPlace]:
    known = CommentPlace.objects.filter(version=before)
    last = {place.comment_id: place for place in known}
    places = []
    for comment in comments:
        old, new = (shape.anchored_text(each.body, comment.field) for each in (before, version))
        first = Anchor(comment.quote, comment.before, comment.after)
        held = last.get(comment.pk)
        carried = (
            anchoring.anchor_at(old, held.start, held.end) if held and held.start is not None and held.end else None
        )
        place = anchoring.find(new, first, old=old, last=carried)
        span = (place.start, place.end) if place else (None, None)
        places.append(CommentPlace(comment=comment, version=version, start=span[0], end=span[1]))
    return CommentPlace.objects.bulk_create(places)


def _anchor_in(text: str, place: CommentPlace | None) -> Anchor | None:
    """What the words had become in the version before, if they were carried there."""
    if place is None or place.start is None or place.end is None:
        return None
    return anchoring.anchor_at(text, place.start, place.end)
