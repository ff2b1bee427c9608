"""How well a row of the index answers a question: the same figure on every database. Pure.

A group counts by how much it tells (a rare word more than a common one) and by where it stands: title, then keywords
and names of columns, then the summary, then the rest. Words that stand together as they were typed count more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.core.search.asking import Group, Terms

TITLE, KEYS, TEXT, REST = 10.0, 5.0, 2.0, 1.0
FIELDS = (TITLE, KEYS, TEXT, REST)
# A second mention adds little; words of one way that stand apart count less than together.
HALF = 3.0
APART, SCATTERED = 0.6, 0.35
TOGETHER_IN_TITLE, TITLE_SAID = 0.3, 0.35


@dataclass(frozen=True, slots=True)
class Texts:
    """The terms of a row, field by field."""

    title: Terms
    keys: Terms
    text: Terms
    rest: Terms

    @property
    def fields(self) -> tuple[Terms, Terms, Terms, Terms]:
        return (self.title, self.keys, self.text, self.rest)


def score(texts: Texts, groups: Sequence[Group]) -> float:
    """The figure; larger is better, 0 where nothing was found."""
    whole = sum(group.told for group in groups) or 1.0
    found = [(group, max(way.weight * strength(texts, way.terms) for way in group.ways)) for group in groups]
    points = sum(group.told * value for group, value in found)
    covered = sum(group.told for group, value in found if value) / whole
    said = TITLE_SAID * whole * _title_said(texts.title, groups)
    together = TOGETHER_IN_TITLE * whole if len(groups) > 1 and _stands(texts.title, _typed(groups)) else 0.0
    return (points + said + together) * covered


def strength(texts: Texts, terms: Terms) -> float:
    """0–1: how strongly a row speaks of one way to say it."""
    weights = [field_weight * _presence(field, terms) for field, field_weight in zip(texts.fields, FIELDS, strict=True)]
    total = sum(weights)
    if not total and all(any(term in field for field in texts.fields) for term in terms):
        total = SCATTERED * REST
    return total / (total + HALF)


def _presence(field: Terms, terms: Terms) -> float:
    if len(terms) == 1:
        return 1.0 if terms[0] in field else 0.0
    if any(term not in field for term in terms):
        return 0.0
    return 1.0 if _stands(field, terms) else APART


def _stands(field: Terms, terms: Terms) -> bool:
    size = len(terms)
    return any(field[at : at + size] == terms for at in range(len(field) - size + 1))


def _typed(groups: Sequence[Group]) -> Terms:
    return tuple(term for group in groups for term in group.ways[0].terms)


def _title_said(title: Terms, groups: Sequence[Group]) -> float:
    """Which part of the title the question says: "Jumlah sapi" says more of "Populasi sapi" than of a long title."""
    said = {term for group in groups for way in group.ways if _presence(title, way.terms) for term in way.terms}
    return sum(term in said for term in title) / len(title) if title else 0.0
