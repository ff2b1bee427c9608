"""Why a chart cannot be drawn, each with the way out."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data.queries.rows import BadQuestion

SENTENCES: Mapping[str, Promise] = {
    "unknown-parameter": _("A chart has no parameter %(name)s. It has: %(names)s."),
    "unknown-choice": _("%(name)s is one of: %(names)s."),
    "unknown-column": _("There is no column “%(name)s” in this table. There are: %(names)s."),
    "no-x": _("Choose what the chart goes by: a time, a kind or a region."),
    "x-is-no-time": _("A line goes over time, and the column %(name)s holds none. Choose bars, or a column of time."),
    "x-is-no-kind": _("Bars go by kinds or regions, and the column %(name)s holds neither. Choose a line."),
    "x-is-no-region": _("A map goes by region codes, and the column %(name)s holds none. Choose bars."),
    "y-is-no-number": _("The column %(name)s holds no numbers. Choose another, or count rows."),
    "no-region-column": _("This table has no column of region codes, so regions cannot be compared."),
    "regions-need-a-line": _("Regions are compared over time, or as bars by region. Choose one of those."),
    "too-many-regions": _("At most %(most)s regions are compared at once. Take some out."),
    "unknown-region": _("“%(region)s” is no region code. Write it like 52.07."),
    "too-many-figures": _("This chart would rest on more than %(most)s figures. Narrow it with a condition."),
    "too-many-steps": _(
        "Regions side by side show at most %(most)s steps of time. Choose months or years as the step."
    ),
    "too-many-conditions": _("A chart takes at most %(most)s conditions. Take some away."),
    "may-not-be-added": _(
        "Values of %(name)s may not be added up, and there are several for %(key)s. "
        "Narrow to one row for each, such as one year or one region."
    ),
    "not-over-time": _(
        "Values of %(name)s may not be added up over time, and these rows go from %(first)s to %(last)s. "
        "Choose one of the times."
    ),
    "regions-nested": _(
        "This table has regions together with parts of them (%(region)s): adding all up would count twice. "
        "Choose regions to compare, or narrow to one level."
    ),
    "nothing-to-draw": _("No row fits these conditions. Take one away."),
    "no-areas": _("There are no areas to draw for these region codes. Choose bars by region."),
}


def bad(code: str, field: str, **params: Any) -> BadQuestion:
    """A refusal of a view."""
    return BadQuestion(code, SENTENCES[code], field=field, **params)
