"""A year that is not over yet looks like a fall: what is to be known of the last time of a line of sums."""

from django.utils.translation import gettext as _

from lumbung.core.web import formatting
from lumbung.modules.open_data.pages.charts import naming
from lumbung.modules.open_data.queries.charts.figures import Figures

# One time before says nothing about what is usual.
FEWEST_TIMES = 3


def note(found: Figures) -> str:
    """Says that the last time rests on fewer rows than every one before; empty where it does not."""
    if found.view.kind != "line" or found.y is None or not found.y.is_added:
        return ""
    held = [rows for key in found.keys if (rows := _rows(found, key))]
    if len(held) < FEWEST_TIMES or held[-1] >= min(held[:-1]):
        return ""
    return _("%(time)s holds %(rows)s rows, each time before at least %(usual)s: it may not be complete yet.") % {
        "time": naming.time_names(found.keys[-1:])[found.keys[-1]],
        "rows": formatting.number(held[-1]),
        "usual": formatting.number(min(held[:-1])),
    }


def _rows(found: Figures, key: str) -> int:
    return sum(cells[key].rows for cells in found.series.values() if key in cells)
