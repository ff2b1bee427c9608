"""Why a thing was found, where its title does not show it: the column, the keyword, the other word for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lumbung.core.search.asking import Group, Terms, Way
from lumbung.core.search.models import IndexRow
from lumbung.core.texts import words

SYNONYM, ENGLISH = "synonym", "english"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. `kind` is that of the part it stands in, or says that only the word differs.

    text   where it stands, as people read it
    typed  what was asked for
    """

    kind: str
    text: str
    typed: str


def reasons_for(row: IndexRow, groups: Sequence[Group], *, titles: Mapping[str, str]) -> list[Reason]:
    """A reason for every group that the title and summary people read do not show; `titles` by language."""
    shown = tuple(words.terms(f"{titles.get('id', '')} {row.excerpt}", row.language))
    return list(dict.fromkeys(_reasons(row, groups, shown, titles.get("en", ""))))


def _reasons(row: IndexRow, groups: Sequence[Group], shown: Terms, english: str) -> Iterator[Reason]:
    hidden: list[tuple[Group, tuple[Way, ...]]] = []
    for group in groups:
        own = tuple(way for way in group.ways if not way.why)
        others = tuple(way for way in group.ways if way.why in {"synonym", "slip"})
        if group.is_wish or not (own or others) or _way_in(own, shown):
            continue
        named = _way_in(others, shown)
        if named is None:
            hidden.append((group, (*own, *others)))
        elif named.why == "synonym":
            yield Reason(SYNONYM, named.shown, group.typed)
    yield from _elsewhere(row, hidden, english)


def _elsewhere(row: IndexRow, hidden: Sequence[tuple[Group, tuple[Way, ...]]], english: str) -> Iterator[Reason]:
    """Where the other groups stand: together in one part if there is one, else each where it comes first."""
    places = [(ENGLISH, english, tuple(words.terms(english, words.EN)))]
    places += [(part["kind"], part["text"], tuple(words.terms(part["text"], part["language"]))) for part in row.parts]
    together = next((each for each in places if all(_way_in(ways, each[2]) for _group, ways in hidden)), None)
    for group, ways in hidden:
        found = together or next((each for each in places if _way_in(ways, each[2])), None)
        if found is not None:
            kind, text, _terms = found
            yield Reason(kind, text, " ".join(group.typed for group, _ways in hidden) if together else group.typed)


def _way_in(ways: Sequence[Way], terms: Terms) -> Way | None:
    return next((way for way in ways if all(term in terms for term in way.terms)), None)
