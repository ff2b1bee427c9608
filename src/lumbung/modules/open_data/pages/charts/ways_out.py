"""From a chart that cannot be drawn to the nearest one that can: one press instead of a form filled in anew."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lumbung.core.base.errors import Refused
from lumbung.core.web import periods
from lumbung.modules.open_data.forms.charts import SEVERAL, SINGLE
from lumbung.modules.open_data.pages.charts import naming
from lumbung.modules.open_data.pages.charts.chart_links import Links
from lumbung.modules.open_data.queries.charts.columns import ChartColumn, ChartColumns
from lumbung.modules.open_data.queries.charts.views import View

WayOut = tuple[str, str]


def at_last_time(refused: Refused, view: View, columns: ChartColumns, links: Links) -> WayOut | None:
    """The same chart of the last time alone, where times may not be put together."""
    when, last = next(iter(columns.times), None), refused.params.get("at")
    if when is None or not last or when.name == view.x or any(each.startswith(f"{when.name}:") for each in view.where):
        return None
    words = _("Draw it for %(time)s only") % {"time": periods.moment(last)}
    return words, links.chart([*links.told, ("where", f"{when.name}:eq:{last}")])


def of_form(refused: Refused, asked: QueryDict, columns: ChartColumns, links: Links) -> WayOut | None:
    """The same chart without regions beside each other, or by a column that suits its kind."""
    told = [(name, value) for name in (*SINGLE, *SEVERAL) for value in asked.getlist(name) if value]
    if refused.code == "regions-need-a-line":
        without = [pair for pair in told if pair[0] != "region"]
        return _("Draw it without comparing regions"), links.chart(without)
    suits = _suiting(refused.code, columns)
    if suits is None:
        return None
    words = _("Draw it by %(column)s") % {"column": naming.named_by(suits)}
    return words, links.chart([(name, suits.name if name == "x" else value) for name, value in told])


def _suiting(code: str, columns: ChartColumns) -> ChartColumn | None:
    """The first column a chart of that kind can go by."""
    fitting = {
        "x-is-no-time": columns.times,
        "x-is-no-region": columns.regions,
        "x-is-no-kind": [*columns.regions, *columns.categories],
    }
    return next(iter(fitting.get(code, [])), None)
