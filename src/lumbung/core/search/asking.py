"""What somebody typed, taken apart: groups of words that say one thing, each with the other ways to say it.

A question does not tell its language, so every word is read as Indonesian and as English. Places, years and words
like "jumlah" or "data" are wishes: they lift what fits them and leave out nothing. Pure but for the list of regions.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lumbung.core.regions import codes
from lumbung.core.regions import queries as regions
from lumbung.core.search import marks
from lumbung.core.search.matching import AllOf, AnyOf, Node
from lumbung.core.texts import lexicon, words

MOST_WORDS = 12
LONGEST_QUESTION = 200
LONGEST_PHRASE = 4
YEAR = re.compile(r"(19|20)\d\d")
CODE = re.compile(r"\d{2}(?:\.\d{2,4})+")
KINDS_OF_PLACES = frozenset({"kabupaten", "kota", "provinsi", "kecamatan", "regency", "province", "district"})
# How much another way to say it counts beside the words that were typed.
SAME, SYNONYM, SLIP, BELOW, ABOVE = 1.0, 0.85, 0.8, 0.5, 0.35

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say it: words that must all be there, how much they count, and why they stand for what was typed."""

    terms: Terms
    weight: float = SAME
    why: str = ""
    shown: str = ""

    @property
    def node(self) -> Node:
        return self.terms[0] if len(self.terms) == 1 else AllOf(self.terms)


@dataclass(frozen=True, slots=True)
class Group:
    """Words that say one thing. `told` says how much finding it tells: a rare word more than a common one."""

    typed: str
    ways: tuple[Way, ...]
    is_wish: bool = False
    told: float = 1.0

    @property
    def node(self) -> Node:
        return self.ways[0].node if len(self.ways) == 1 else AnyOf(tuple(way.node for way in self.ways))


def groups_of(typed: str, *, exact: bool = False) -> list[Group]:
    """The groups of a question. `exact` reads the words as they stand: no synonyms, no places."""
    text = typed[:LONGEST_QUESTION].replace("\x00", "")
    if exact:
        return [_word(word) for word in _telling(words.words_in(text))[:MOST_WORDS]]
    by_code = [_coded(code) for code in CODE.findall(text) if codes.is_code(code)]
    found = _telling(words.written_out(words.words_in(CODE.sub(" ", text))))[:MOST_WORDS]
    groups = list(dict.fromkeys([*by_code, *_walk(found)]))
    if all(group.is_wish for group in groups):
        return [replace(group, is_wish=False, ways=_without_above(group.ways)) for group in groups]
    return groups


def _telling(found: Sequence[str]) -> list[str]:
    stop = lexicon.stop_words(words.TITLES) | lexicon.stop_words(words.EN)
    return [word for word in found if word not in stop] or list(found)


def _walk(found: list[str]) -> Iterator[Group]:
    """The longest phrase that is known first: a place, a synonym; else the single word."""
    known = synonyms()
    places = regions.codes_by_name(_names(found, known))
    at = 0
    while at < len(found):
        if found[at] in KINDS_OF_PLACES and _codes(found[at + 1 : at + 3], places, known):
            at += 1
            continue
        for size in range(min(LONGEST_PHRASE, len(found) - at), 0, -1):
            phrase = tuple(found[at : at + size])
            group = _known(phrase, places, known)
            if group is not None:
                yield group
                at += size
                break
        else:
            yield _word(found[at])
            at += 1


def _known(phrase: Terms, places: Mapping[str, list[str]], known: Mapping[Terms, tuple[Way, ...]]) -> Group | None:
    same = known.get(_stems(phrase, words.ID)) or known.get(_stems(phrase, words.EN)) or ()
    code = places.get(" ".join(phrase)) or [each for way in same for each in places.get(way.shown.lower(), [])]
    if code:
        return _place(" ".join(phrase), code, list(phrase), same)
    return Group(" ".join(phrase), _unlike(_ways(phrase), same)) if same else None


def _codes(phrase: list[str], places: Mapping[str, list[str]], known: Mapping[Terms, tuple[Way, ...]]) -> bool:
    return any(
        (group := _known(tuple(phrase[:size]), places, known)) is not None and group.is_wish
        for size in (1, 2)
        if len(phrase) >= size
    )


def _names(found: list[str], known: Mapping[Terms, tuple[Way, ...]]) -> set[str]:
    phrases = [tuple(found[at : at + size]) for size in range(1, LONGEST_PHRASE) for at in range(len(found) - size + 1)]
    others = (way.shown.lower() for phrase in phrases for way in known.get(_stems(phrase, words.ID), ()))
    english = (way.shown.lower() for phrase in phrases for way in known.get(_stems(phrase, words.EN), ()))
    return {*(" ".join(phrase) for phrase in phrases), *others, *english}


def _word(word: str) -> Group:
    if YEAR.fullmatch(word):
        return Group(word, (Way((word,)),), is_wish=True)
    return Group(word, _ways((word,)), is_wish=word in lexicon.weak_words())


def _ways(phrase: Terms) -> tuple[Way, ...]:
    readings = dict.fromkeys((_stems(phrase, words.ID), _stems(phrase, words.EN)))
    return tuple(Way(terms, shown=" ".join(phrase)) for terms in readings if terms)


def _place(typed: str, found: Sequence[str], spoken: list[str], same: tuple[Way, ...] = ()) -> Group:
    ways = [] if typed in found else list(_ways(tuple(spoken)))
    for code in found:
        ways += [Way((marks.of_place(code),), SAME, "place"), Way((marks.under_place(code),), BELOW, "place")]
        ways += [Way((marks.of_place(above),), ABOVE, "above") for above in marks.above_of(code)]
    return Group(typed, _unlike(tuple(ways), same), is_wish=True)


def _coded(code: str) -> Group:
    """A code of a region: what is about it, and what bears its name."""
    named = (way for name in regions.names_of(code) for way in _ways(_spoken(name)))
    return _place(code, [code], [], tuple(replace(way, why="place") for way in named))


def _spoken(name: str) -> Terms:
    return tuple(word for word in words.words_in(name) if word not in KINDS_OF_PLACES)


def home(code: str) -> Group:
    """The region of whoever is asked, where a question names none: what covers all of it comes before its parts."""
    return Group("", (Way((marks.of_place(code),), why="place"),), is_wish=True)


def _without_above(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """Where a place is all that is asked for, what covers the province says too little."""
    return tuple(way for way in ways if way.why != "above")


def _unlike(own: tuple[Way, ...], others: tuple[Way, ...]) -> tuple[Way, ...]:
    """Ways to say it, each once, what was typed first."""
    return tuple({way.terms: way for way in reversed((*own, *others))}.values())[::-1]


def _stems(phrase: Sequence[str], language: str) -> Terms:
    return tuple(words.stem(word, language) for word in phrase)


def synonyms() -> Mapping[Terms, tuple[Way, ...]]:
    """Stems of a word or phrase → the other ways to say it."""
    return _synonyms(lexicon.synonyms())


@lru_cache(maxsize=4)
def _synonyms(sets: tuple[tuple[str, ...], ...]) -> dict[Terms, tuple[Way, ...]]:
    known: dict[Terms, tuple[Way, ...]] = {}
    for each in sets:
        forms = [(phrase, form) for phrase in each for form in _forms(phrase)]
        ways = {form: Way(form, SYNONYM, "synonym", phrase) for phrase, form in reversed(forms)}
        for form in ways:
            others = tuple(way for way in reversed(ways.values()) if way.terms != form)
            known[form] = _unlike(known.get(form, ()), others)
    return known


def _forms(phrase: str) -> set[Terms]:
    """A phrase as an index of either language holds it, and as a question holds it."""
    found = words.telling(phrase, words.TITLES) or words.words_in(phrase)
    english = words.telling(phrase, words.EN) or words.words_in(phrase)
    return {_stems(found, words.ID), _stems(english, words.EN), _stems(english, words.ID)}
