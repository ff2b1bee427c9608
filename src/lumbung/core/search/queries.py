"""Finding things. Synonyms and typing mistakes are settled here; the database only matches and ranks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from lumbung.core.access.viewers import Viewer
from lumbung.core.search import registry
from lumbung.core.search.matching import Expression, rank_of
from lumbung.core.search.models import IndexRow, IndexWord
from lumbung.core.texts import typos, words

MOST_TERMS = 12
MOST_UNKNOWN = 3
MOST_RANKED = 1000
LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart: what to match, and which mistyped words were read as others."""

    expression: Expression
    corrected: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.expression


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    kind: str
    object_id: str
    title: str
    excerpt: str
    on: date
    url: str
    kind_title: str


def question(typed: str, *, index: str = IndexRow.PUBLIC) -> Question:
    """What somebody typed, as terms; a word the index does not know is read as the nearest ones it knows."""
    asked = words.query_words(typed[:LONGEST_QUESTION].replace("\x00", ""))
    # A question does not tell its language: a word may stand in the index as either of its stems.
    read = {words.stem(word): words.stem(word, words.EN) for word in reversed(asked)}
    terms = list(read)[::-1][:MOST_TERMS]
    either = {form for term in terms for form in (term, read[term])}
    known = set(IndexWord.objects.filter(index=index, word__in=either).values_list("word", flat=True))
    unknown = [term for term in terms if not {term, read[term]} & known and term.isalpha() and len(term) > 2]
    meant = {term: _nearest(term, index) for term in unknown[:MOST_UNKNOWN]}
    groups = [list(dict.fromkeys([term, read[term], *meant.get(term, [])])) for term in terms]
    return Question(groups, tuple(term for term in meant if meant[term]))


def _nearest(term: str, index: str) -> list[str]:
    by_length = [len(term) + slip for slip in range(-2, 3)]
    candidates = IndexWord.objects.filter(index=index, word__length__in=by_length)
    return typos.nearest(term, candidates.values_list("word", flat=True).iterator())


def matching_public(kind: str, asked: Question) -> QuerySet[IndexRow]:
    """Public rows of a kind that match; for lists that filter by words."""
    rows = IndexRow.objects.filter(index=IndexRow.PUBLIC, kind=kind)
    return rows.none() if asked.is_empty else rows.filter(terms__matches=asked.expression)


def ranked_ids(kind: str, typed: str, *, most: int) -> list[str]:
    """Ids of public things of one kind that match, best first, newer first among equals."""
    asked = question(typed)
    rows = matching_public(kind, asked)
    if asked.is_empty:
        return []
    ranked: QuerySet[Any] = rows.annotate(rank=rank_of(asked.expression)).order_by("rank", "-on", "pk")
    return list(ranked.values_list("object_id", flat=True)[:most])


def search(region_code: str, typed: str, *, limit: int = 20, offset: int = 0) -> tuple[int, list[Hit]]:
    """What anyone finds in a region's subtree: how many, and one page, best first, newer first among equals."""
    asked = question(typed)
    if asked.is_empty:
        return 0, []
    rows = IndexRow.objects.filter(
        Q(place_code=region_code) | Q(place_code__startswith=f"{region_code}."),
        index=IndexRow.PUBLIC,
        terms__matches=asked.expression,
    )
    return _page(rows, asked, limit, offset)


def search_as_staff(viewer: Viewer, typed: str, *, limit: int = 20) -> tuple[int, list[Hit]]:
    """What the viewer finds among the things their roles handle."""
    asked = question(typed, index=IndexRow.STAFF)
    mine = _handled_by(viewer)
    if asked.is_empty or mine is None:
        return 0, []
    rows = IndexRow.objects.filter(mine, index=IndexRow.STAFF, terms__matches=asked.expression)
    return _page(rows, asked, limit, 0)


def _handled_by(viewer: Viewer) -> Q | None:
    handled: Q | None = None
    for kind in registry.all_kinds():
        for held in viewer.roles_with(kind.staff_verb):
            place = Q(handling_region=held.region_code) if held.region_code else Q(pk__in=[])
            if held.organisation_code:
                place = Q(handling_organisation=held.organisation_code)
            mine = Q(kind=kind.key) & place
            handled = mine if handled is None else handled | mine
    return handled


def _page(rows: QuerySet[IndexRow], asked: Question, limit: int, offset: int) -> tuple[int, list[Hit]]:
    # Ranking costs by the row: of a word that thousands share, the newest thousand are ranked and paged through.
    newest = rows.order_by("-on", "pk").values("pk")[:MOST_RANKED]
    candidates = IndexRow.objects.filter(pk__in=newest, terms__matches=asked.expression)
    ranked: QuerySet[Any] = candidates.annotate(rank=rank_of(asked.expression)).order_by("rank", "-on", "pk")
    return rows.count(), [_hit(row) for row in ranked[offset : offset + limit]]


def _hit(row: IndexRow) -> Hit:
    kind = registry.get(row.kind)
    route = kind.staff_route if row.index == IndexRow.STAFF else kind.route
    url = reverse(route, kwargs=row.address)
    return Hit(row.kind, row.object_id, row.title, row.excerpt, row.on, url, str(kind.title))
