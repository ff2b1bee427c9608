"""Finding things of one kind by a question in ordinary words: which rows belong to the answer, and in which order.

The set is the same on every database: rows that hold everything asked for; where these are fewer than a page, also
rows that hold a good part of what the question tells. The index gives the best few hundred, `relevance` orders them.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from django.db.models import Q, QuerySet

from lumbung.core.search import asking, marks, matching, relevance
from lumbung.core.search.asking import SLIP, Group, Way
from lumbung.core.search.matching import AllOf, AnyOf, Node
from lumbung.core.search.models import IndexRow, IndexWord
from lumbung.core.search.relevance import Texts
from lumbung.core.texts import typos

TERMS = ("title_terms", "key_terms", "terms", "rest_terms")
COUNTED = 2000
ENOUGH = 20
ENOUGH_TOLD = 0.35
MOST_JUDGED = 6
HOME_TOLD, PLACE_TOLD, SLIP_TOLD = 0.5, 1.5, 0.6
MOST_UNKNOWN = 3
SHORTEST_SLIP = 4
# Of the rows the index thinks best, so many are ordered by relevance; so many can be paged through.
WEIGHED, RANKED = 200, 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood: what to match, how it was read, and what of it nobody knows.

    corrected  words read as another one: (as typed, as read)
    unknown    words no row holds, left out
    is_partly  few rows hold everything, so the answer has rows that hold a part
    """

    groups: tuple[Group, ...] = ()
    expression: Node | None = None
    corrected: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    is_partly: bool = False


def ask(kind: str, typed: str, *, portal: str = "", home: str = "", exact: bool = False) -> Asked:
    """Take a question apart, and settle with the index what its words are worth.

    portal  only what this portal shows
    home    code of its region; where no place is named, what covers all of it comes first
    """
    stand = (marks.of_kind(kind), *([marks.of_portal(portal)] if portal else []))
    groups = asking.groups_of(typed, exact=exact)
    if not groups:
        return Asked()
    corrected: list[tuple[str, str]] = []
    whole, found = _counted(kind, stand, groups)
    if not exact and any(not count for _group, count in found):
        read = [group if count else _read_as(group, corrected) for group, count in found]
        whole, found = _counted(kind, stand, read)
    known = [_told(group, count, whole) for group, count in found if count]
    unknown = tuple(group.typed for group, count in found if not count and not _is_place(group))
    needed = [group for group in known if not group.is_wish] or (known if not unknown else [])
    if not needed:
        return Asked(unknown=unknown)
    expression, is_partly = _expression(stand, needed)
    said = tuple((typed, read) for typed, read in corrected if typed not in unknown)
    if home and not any(_is_place(group) for group in groups):
        known.append(replace(asking.home(home), told=HOME_TOLD))
    return Asked(tuple(known), expression, said, unknown, is_partly)


def ranked(asked: Asked, *, within: QuerySet[Any, Any] | None = None, most: int = RANKED) -> list[int]:
    """Numbers of the rows of an answer, best first. `within` narrows them: a query of one column of such numbers."""
    if asked.expression is None:
        return []
    found = matching.best(asked.expression, within=within, most=most)
    return [*_weighed(found[:WEIGHED], asked.groups), *found[WEIGHED:]]


def _weighed(found: Sequence[int], groups: Sequence[Group]) -> list[int]:
    rows = IndexRow.objects.filter(pk__in=found).values_list(
        "pk", "on", "title_terms", "key_terms", "terms", "rest_terms"
    )
    scored = [
        (relevance.score(Texts(*(tuple(text.split()) for text in texts)), groups), on, pk) for pk, on, *texts in rows
    ]
    return [pk for _score, _on, pk in sorted(scored, reverse=True)]


def _counted(kind: str, stand: tuple[str, ...], groups: Sequence[Group]) -> tuple[int, list[tuple[Group, int]]]:
    """How many rows of the kind there are at all, and how many hold each group."""
    found = matching.counts([AllOf((*stand, group.node)) for group in groups], most=COUNTED)
    whole = IndexRow.objects.filter(index=IndexRow.PUBLIC, kind=kind)[:COUNTED].count()
    return whole, list(zip(groups, found, strict=True))


def _told(group: Group, count: int, whole: int) -> Group:
    told = math.log(1 + max(whole, 1) / count)
    # That half a catalogue lies in a place does not make it matter less to whoever names it.
    if _is_place(group):
        return replace(group, told=max(told, PLACE_TOLD))
    return replace(group, told=told * SLIP_TOLD if group.ways[0].why == "slip" else told)


def _is_place(group: Group) -> bool:
    return any(way.why == "place" for way in group.ways)


def _expression(stand: tuple[str, ...], needed: Sequence[Group]) -> tuple[Node, bool]:
    """All that is needed; where that is less than a page, a good part of what it tells."""
    strict = AllOf((*stand, *(group.node for group in needed)))
    if len(needed) == 1:
        return strict, False
    judged = sorted(needed, key=lambda group: -group.told)[:MOST_JUDGED]
    parts = tuple(AllOf(tuple(group.node for group in chosen)) for chosen in _halves(judged))
    wider = AllOf((*stand, AnyOf(parts)))
    whole, widened = matching.counts([strict, wider], most=ENOUGH)
    return (strict, False) if whole == widened else (wider, True)


def _halves(groups: Sequence[Group]) -> Iterator[tuple[Group, ...]]:
    """The smallest choices of groups that tell enough."""
    whole = sum(group.told for group in groups)
    kept: list[tuple[Group, ...]] = []
    for size in range(1, len(groups) + 1):
        for chosen in combinations(groups, size):
            is_wider = any(set(smaller) <= set(chosen) for smaller in kept)
            if not is_wider and sum(group.told for group in chosen) >= ENOUGH_TOLD * whole:
                kept.append(chosen)
    yield from kept


def _read_as(group: Group, corrected: list[tuple[str, str]]) -> Group:
    """A word nobody knows, read as the nearest ones the index knows."""
    term = group.ways[0].terms[0]
    is_word = len(group.ways[0].terms) == 1 and term.isalpha() and len(term) >= SHORTEST_SLIP
    if not is_word or len(corrected) >= MOST_UNKNOWN:
        return group
    near = {word: shown for read in dict.fromkeys(way.terms[0] for way in group.ways) for word, shown in _near(read)}
    if not near:
        return group
    corrected.append((group.typed, next(iter(near.values()))))
    meant = [_meant(word, shown) for word, shown in near.items()]
    return replace(group, ways=tuple(way for ways in meant for way in ways), is_wish=False)


def _meant(word: str, shown: str) -> list[Way]:
    others = asking.synonyms().get((word,), ())
    return [Way((word,), SLIP, "slip", shown), *(replace(way, weight=way.weight * SLIP) for way in others)]


def _begins_alike(term: str) -> Q:
    """A slip seldom touches both the first letters and the last ones; so few words need to be compared."""
    return Q(word__startswith=term[0]) | Q(word__startswith=term[1]) | Q(word__endswith=term[-3:])


def _near(term: str) -> list[tuple[str, str]]:
    """Words of the index one or two slips away, as texts write them, the nearest first."""
    if len(term) < SHORTEST_SLIP - 1:
        return []
    by_length = [len(term) + slip for slip in range(-2, 3)]
    candidates = IndexWord.objects.filter(index=IndexRow.PUBLIC, word__length__in=by_length)
    shown = dict(candidates.filter(_begins_alike(term)).values_list("word", "shown"))
    return [(word, shown[word] or word) for word in typos.nearest(term, shown)]
