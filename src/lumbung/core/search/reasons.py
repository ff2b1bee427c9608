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
    shown = tuple(words.terms(f"{titles.get('id', '')} {row.excerpt}"))
    return list(dict.fromkeys(_reasons(row, groups, shown, titles.get("en", ""))))


def _reasons(row: IndexRow, groups: Sequence[Group], shown: Terms, english: str) -> Iterator[Reason]:
    for group in groups:
        own = [way for way in group.ways if not way.why]
        others = [way for way in group.ways if way.why in {"synonym", "slip"}]
        if group.is_wish or not (own or others) or _way_in(own, shown):
            continue
        named = _way_in(others, shown)
        if named is not None:
            if named.why == "synonym":
                yield Reason(SYNONYM, named.shown, group.typed)
            continue
        yield from _elsewhere(row, group, (*own, *others), english)


def _elsewhere(row: IndexRow, group: Group, ways: Sequence[Way], english: str) -> Iterator[Reason]:
    if _way_in(ways, tuple(words.terms(english, words.EN))):
        yield Reason(ENGLISH, english, group.typed)
        return
    for part in row.parts:
        if _way_in(ways, tuple(words.terms(part["text"], part["language"]))):
            yield Reason(part["kind"], part["text"], group.typed)
            return


def _way_in(ways: Sequence[Way], terms: Terms) -> Way | None:
    return next((way for way in ways if all(term in terms for term in way.terms)), None)
