"""Figures as a drawing with its table, and what a reader has to know beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lumbung.core.regions import areas
from lumbung.core.regions import queries as regions
from lumbung.core.web import charts, formatting
from lumbung.core.web.charts.canvas import Unit
from lumbung.modules.open_data.pages.charts import naming, unfinished
from lumbung.modules.open_data.pages.charts.naming import Scaled
from lumbung.modules.open_data.queries.charts import figures, refusals, timelines
from lumbung.modules.open_data.queries.charts.columns import ChartColumns
from lumbung.modules.open_data.queries.charts.figures import Cell, Figures
from lumbung.modules.open_data.queries.charts.proposals import areas_of

STEPS: Mapping[str, Promise] = {
    "year": gettext_lazy("%(measure)s, year by year"),
    "month": gettext_lazy("%(measure)s, month by month"),
    "day": gettext_lazy("%(measure)s, day by day"),
}
MOST_BARS = 12
MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart in words and lines.

    wide  the same on a sheet with room for names
    bars  the same figures as bars, for screens too narrow for a map
    """

    title: str
    finding: str
    chart: charts.Chart
    notes: tuple[str, ...]
    bars: charts.Chart | None = None
    wide: charts.Chart | None = None

    @property
    def largest(self) -> charts.Chart:
        """The drawing that says most."""
        return self.wide or self.chart


@dataclass(frozen=True, slots=True)
class _Known:
    """What every drawing needs: figures, names, scale."""

    found: Figures
    names: Mapping[str, str]
    regions: Mapping[str, str]
    scaled: Scaled
    title: str

    @property
    def unit(self) -> Unit:
        return "count" if self.found.y is None and self.scaled.factor == 1 else "decimal"

    def say(self, key: str) -> str:
        """A figure in the first series with its unit."""
        cell, y = self.found.cells[key], self.found.y
        return " ".join([naming.said(cell, y), *([y.unit] if y and y.unit and cell.value is not None else [])])


def drawn(found: Figures, columns: ChartColumns) -> Drawn:
    """The chart of some figures.

    raises  BadQuestion when there is nothing to draw
    """
    if not any(cell.filled or cell.marks for cells in found.series.values() for cell in cells.values()):
        raise refusals.bad("nothing-to-draw", "where")
    known = _known(found, columns)
    draw = {"line": _line, "bar": _bars, "map": _map}[found.view.kind]
    result = draw(known)
    return replace(result, notes=(*result.notes, *_notes(found)))


def _known(found: Figures, columns: ChartColumns) -> _Known:
    coded = found.keys if found.x.is_region else ()
    places = regions.short_names_of([*found.view.regions, *coded, *naming.codes_in(found.view.conditions)])
    is_time = found.view.kind == "line"
    names = naming.time_names(found.keys) if is_time else naming.key_names(found.x, found.keys, places)
    scaled = naming.scaled_for(found)
    conditions = "; ".join(words for _written, words in naming.conditions(found.view, columns, places))
    pattern = STEPS[naming.unit_of_time(found.keys)] if is_time else _("%(measure)s by %(x)s")
    title = str(pattern) % {"measure": naming.measure_of(found.y, scaled), "x": _small(naming.named_by(found.x))}
    if is_time and len(found.view.regions) == 1:
        title = f"{title}, {places.get(found.view.regions[0], found.view.regions[0])}"
    return _Known(found, names, places, scaled, f"{title} ({conditions})" if conditions else title)


def _small(words: str) -> str:
    """The first letter small, unless it begins an abbreviation."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _line(known: _Known) -> Drawn:
    found, measure = known.found, naming.measure_of(known.found.y)
    lines = tuple(
        charts.Line(known.regions.get(code, code) or measure, _points(known, cells), main=len(found.series) == 1)
        for code, cells in found.series.items()
    )
    time_label, time_unit = naming.named_by(found.x), naming.unit_of_time(found.keys)
    finding = _finding_of_line(known)
    language = formatting.language_now()
    if len(lines) > 1:
        drawing = charts.panel_chart(
            charts.PanelChart(known.title, finding, lines, time_label, known.unit, time_unit), language
        )
    else:
        one = tuple(replace(line, end_label=" ") for line in lines)
        drawing = charts.line_chart(
            charts.LineChart(known.title, finding, one, known.unit, time_label=time_label, time_unit=time_unit),
            language,
        )
    return Drawn(known.title, finding, _with_table(known, drawing), ())


def _points(known: _Known, cells: Mapping[str, Cell]) -> tuple[charts.Point, ...]:
    return tuple(
        charts.Point(timelines.day_of(key), known.scaled.drawn(cell.value), is_marked=bool(naming.sign_of(cell)))
        for key, cell in cells.items()
    )


def _finding_of_line(known: _Known) -> str:
    filled = [key for key in known.found.keys if known.found.cells[key].value is not None]
    if len(known.found.series) > 1 or not filled:
        count = len(known.found.series)
        return ngettext(
            "%(count)s region over time.", "%(count)s regions side by side, each over the same time.", count
        ) % {"count": count}
    if len(filled) == 1:
        return _("%(value)s in %(time)s.") % {"value": known.say(filled[0]), "time": known.names[filled[0]]}
    return _("From %(first)s in %(start)s to %(last)s in %(end)s.") % {
        "first": known.say(filled[0]),
        "start": known.names[filled[0]],
        "last": known.say(filled[-1]),
        "end": known.names[filled[-1]],
    }


def _ranked(found: Figures) -> list[str]:
    """Keys from the largest figure to the smallest; those without one last."""
    cells = found.cells
    return sorted(found.keys, key=lambda key: (cells[key].value is None, -(cells[key].value or Decimal(0)), key))


def _finding_of_places(known: _Known) -> str:
    ranked = [key for key in _ranked(known.found) if known.found.cells[key].value is not None]
    if not ranked:
        return _("There are no figures for these rows.")
    if len(ranked) == 1:
        return f"{known.names[ranked[0]]}: {known.say(ranked[0])}."
    return _("Highest: %(highest)s, %(most)s. Lowest: %(lowest)s, %(least)s.") % {
        "highest": known.names[ranked[0]],
        "most": known.say(ranked[0]),
        "lowest": known.names[ranked[-1]],
        "least": known.say(ranked[-1]),
    }


def _bars(known: _Known) -> Drawn:
    finding = _finding_of_places(known)
    drawing, notes = _bars_of(known, finding)
    return Drawn(known.title, finding, _with_table(known, drawing), notes)


def _bars_of(known: _Known, finding: str) -> tuple[charts.Chart, tuple[str, ...]]:
    """At most twelve bars; the rest together where figures may be added up, else in the table only."""
    found, ranked = known.found, _ranked(known.found)
    shown, rest = ranked[:MOST_BARS], ranked[MOST_BARS:]
    bars = [_bar(known, known.names[key], found.cells[key], is_first=key == ranked[0]) for key in shown]
    notes: tuple[str, ...] = ()
    if rest and found.is_added:
        together = figures.merged(found.cells[key] for key in rest)
        bars.append(_bar(known, _("Others (%(count)s)") % {"count": len(rest)}, together, is_first=False))
    elif rest:
        notes = (
            _("The largest %(count)s of %(all)s; the others stand in the table.")
            % {"count": len(shown), "all": len(ranked)},
        )
    data = charts.BarChart(
        known.title,
        finding,
        tuple(bars),
        category=naming.named_by(found.x),
        measure=naming.measure_of(found.y, known.scaled),
        unit=known.unit,
    )
    return charts.bar_chart(data, formatting.language_now()), notes


def _bar(known: _Known, name: str, cell: Cell, *, is_first: bool) -> charts.Bar:
    instead = naming.instead_of(cell, known.found.y)
    return charts.Bar(name, known.scaled.drawn(cell.value), main=is_first, mark=naming.sign_of(cell), instead=instead)


def _map(known: _Known) -> Drawn:
    found = known.found
    drawn_areas = areas_of(found)
    if not drawn_areas:
        raise refusals.bad("no-areas", "x")
    names = dict(known.names) | regions.short_names_of(
        each.code for each in drawn_areas if each.code not in known.names
    )
    places = tuple(_place(known, names.get(each.code, each.code), each) for each in drawn_areas)
    finding = _finding_of_places(known)
    data = charts.Choropleth(
        known.title,
        finding,
        places,
        category=naming.named_by(found.x),
        measure=naming.measure_of(found.y, known.scaled),
        missing=_("no data"),
        unit=known.unit,
    )
    bars, notes = _bars_of(known, finding)
    missing = [place.label for place in places if place.value is None]
    notes += (_("Approximate boundaries, not a reference for administrative boundaries."),)
    notes += (_("Without data, hatched: %(names)s.") % {"names": _listed(missing)},) if missing else ()
    language = formatting.language_now()
    wide = charts.choropleth(replace(data, wide=charts.DESK), language)
    return Drawn(known.title, finding, _with_table(known, charts.choropleth(data, language)), notes, bars, wide)


def _place(known: _Known, name: str, area: areas.Area) -> charts.Place:
    cell = known.found.cells.get(area.code)
    rings = tuple(ring for polygon in area.polygons for ring in polygon)
    return charts.Place(name, rings, known.scaled.drawn(cell.value) if cell else None)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    return (
        shown
        if len(names) <= MOST_NAMED
        else _("%(names)s and %(count)s more") % {"names": shown, "count": len(names) - MOST_NAMED}
    )


def _with_table(known: _Known, drawing: charts.Chart) -> charts.Chart:
    """The same figures with every digit, their marks, and on how many rows they rest."""
    found = known.found
    measure = naming.measure_of(found.y)
    columns: list[dict[str, Any]] = [{"key": "x", "label": naming.named_by(found.x), "numeric": False}]
    columns += [
        {"key": f"v{place}", "label": known.regions.get(code, code) or measure, "numeric": True}
        for place, code in enumerate(found.series)
    ]
    has_rows = found.y is not None and any(cell.rows > 1 for cells in found.series.values() for cell in cells.values())
    columns += [{"key": "n", "label": _("Rows"), "numeric": True}] if has_rows else []
    keys = found.keys if found.view.kind == "line" else _ranked(found)
    return replace(drawing, columns=tuple(columns), rows=tuple(_row(known, key) for key in keys))


def _row(known: _Known, key: str) -> dict[str, str]:
    told = [cells[key] for cells in known.found.series.values()]
    row = {f"v{place}": naming.said(cell, known.found.y) for place, cell in enumerate(told)}
    return {"x": known.names[key], **row, "n": formatting.number(sum(cell.rows for cell in told))}


def _notes(found: Figures) -> tuple[str, ...]:
    """What the signs mean, and what is not in the picture."""
    cells = [cell for each in found.series.values() for cell in each.values()]
    marks = dict.fromkeys(mark for cell in cells for mark in cell.marks)
    unexplained = _("a mark of the source")
    notes = [f"{mark} {found.y.marks.get(mark, unexplained)}" for mark in marks] if found.y else []
    if found.view.kind == "line" and marks:
        notes.append(_("A hollow point stands for a value with such a mark."))
    if any(cell.is_partial for cell in cells):
        notes.append(f"{naming.PARTIAL} " + _("some of the rows behind this figure say nothing"))
    if found.left_out:
        notes.append(_("Not in the picture, being of another level: %(codes)s.") % {"codes": _listed(found.left_out)})
    return tuple(filter(None, (*notes, unfinished.note(found))))
