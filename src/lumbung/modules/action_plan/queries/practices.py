"""Stories of good practice, and the figures they name."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from lumbung.core.indicators import queries as indicators
from lumbung.core.indicators.queries import Figure
from lumbung.core.portals.models import Portal
from lumbung.modules.action_plan.models import GoodPractice

NAMED = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph: words, or the key of an indicator with its figure, None while there is none."""

    words: str
    key: str = ""
    figure: Figure | None = None


def figures_named_in(text: str) -> list[str]:
    """Keys of indicators a text stands on, in order, each once."""
    return list(dict.fromkeys(NAMED.findall(text)))


def practices_of(portal: Portal) -> QuerySet[GoodPractice]:
    """The stories of this portal's government and of those it made a plan with."""
    shared = GoodPractice.objects.filter(member__plan__members__organisation_id=portal.government_id)
    return shared.select_related("member__organisation", "commitment").distinct()


def practice_in(portal: Portal, slug: str) -> GoodPractice | None:
    """One of them."""
    return practices_of(portal).filter(slug=slug).first()


def pieces_of(practice: GoodPractice, text: str) -> list[list[Piece]]:
    """The text in paragraphs of pieces, each figure as it stands in the newest table."""
    keys, place = figures_named_in(text), practice.member.organisation.region_id
    found = indicators.figures((key, place) for key in keys)
    known = {key: found.get((key, place)) for key in keys}
    return [_pieces(paragraph, known) for paragraph in text.split("\n") if paragraph.strip()]


def _pieces(paragraph: str, known: dict[str, Figure | None]) -> list[Piece]:
    parts = NAMED.split(paragraph)
    return [Piece("", part, known[part]) if index % 2 else Piece(part) for index, part in enumerate(parts) if part]
