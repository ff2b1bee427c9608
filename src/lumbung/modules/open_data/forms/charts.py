"""A chart as an address asks for it, read word by word; what cannot be read is refused, never left out.

?kind=line&x=tahun&y=panjang_km&where=kondisi:eq:baik&per=year&region=52.07&region=52.04
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lumbung.core.regions import codes
from lumbung.core.tables.schemas import SchemaField
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.forms import rows as asking
from lumbung.modules.open_data.forms.previews import written
from lumbung.modules.open_data.queries.charts import refusals
from lumbung.modules.open_data.queries.charts.columns import ChartColumn, ChartColumns
from lumbung.modules.open_data.queries.charts.views import CHOICES, LEVELS, MOST_REGIONS, Kind, Step, View

SINGLE = ("table", "kind", "x", "y", "per", "level")
SEVERAL = ("where", "region")
# What the form of the page sends beside them: one more condition.
TYPED = ("column", "value")
MOST_CONDITIONS = 10
KIND_WORDS = {"line": _("Line over time"), "bar": _("Bars"), "map": _("Map")}
STEP_WORDS = {"": _("as in the data"), "month": _("month"), "year": _("year")}
LEVEL_WORDS = {"": _("as in the data"), "regency": _("regency or city"), "district": _("district")}


def asks_for_chart(asked: QueryDict) -> bool:
    """Whether an address says anything about a chart."""
    return any(name in asked for name in (*SINGLE[1:], *SEVERAL))


def view_of(asked: QueryDict, fields: Sequence[SchemaField], columns: ChartColumns, *, table: str) -> View:
    """The view an address asks for.

    raises  BadQuestion with the way out
    """
    _refuse_unknown(asked)
    kind = cast(Kind, _chosen(asked, "kind", "bar"))
    where = tuple(dict.fromkeys([*filter(None, asked.getlist("where")), *_typed(asked)]))
    if len(where) > MOST_CONDITIONS:
        raise refusals.bad("too-many-conditions", "where", most=MOST_CONDITIONS)
    conditions = asking.together(asking.conditions(where, fields))
    if len(conditions) < len(where):
        where = tuple(written(fields, each) for each in conditions)
    view = View(
        table=table,
        kind=kind,
        x=asked.get("x", ""),
        y=asked.get("y", ""),
        where=where,
        conditions=conditions,
        per=cast(Step, _chosen(asked, "per", "")),
        level=_chosen(asked, "level", ""),
        regions=_regions(asked.getlist("region")),
    )
    _refuse_columns(view, columns)
    return view if columns_fit(view, columns) else replace(view, per="")


def columns_fit(view: View, columns: ChartColumns) -> bool:
    """Whether a step of time says anything about this column: years have no months."""
    x = columns.named(view.x)
    return not (x is not None and x.type == "year")


def _refuse_unknown(asked: QueryDict) -> None:
    known = (*SINGLE, *SEVERAL)
    for name in asked:
        if name not in (*known, *TYPED):
            raise refusals.bad("unknown-parameter", "address", name=name[:60], names=", ".join(known))


def _chosen(asked: QueryDict, name: str, usual: str) -> str:
    told = asked.get(name) or usual
    if told not in CHOICES[name]:
        raise refusals.bad("unknown-choice", name, name=name, names=", ".join(each for each in CHOICES[name] if each))
    return told


def _typed(asked: QueryDict) -> list[str]:
    """The condition typed into the form."""
    column, value = asked.get("column", ""), asked.get("value", "").strip()
    return [f"{column}:eq:{value}"] if column and value else []


def _regions(told: Sequence[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(code for code in told if code))
    if len(found) > MOST_REGIONS:
        raise refusals.bad("too-many-regions", "region", most=MOST_REGIONS)
    for code in found:
        if not codes.is_code(code):
            raise refusals.bad("unknown-region", "region", region=code[:20])
    return found


def _refuse_columns(view: View, columns: ChartColumns) -> None:
    """Columns that are not there, or not of the kind this chart needs."""
    if not view.x:
        raise refusals.bad("no-x", "x")
    x = columns.named(view.x)
    if x is None:
        names = ", ".join(each.name for each in columns.all[:30])
        raise refusals.bad("unknown-column", "x", name=view.x[:60], names=names)
    if not _suits(view.kind, x, columns):
        raise refusals.bad(
            {"line": "x-is-no-time", "bar": "x-is-no-kind"}.get(view.kind, "x-is-no-region"), "x", name=x.called
        )
    if view.y and view.y not in {each.name for each in columns.numbers}:
        y = columns.named(view.y)
        raise refusals.bad("y-is-no-number", "y", name=y.called if y else view.y[:60])
    if view.regions and not (view.kind == "line" or (view.kind == "bar" and x.is_region)):
        raise refusals.bad("regions-need-a-line", "region")


def _suits(kind: Kind, x: ChartColumn, columns: ChartColumns) -> bool:
    if kind == "line":
        return x in columns.times
    return x in columns.regions or (kind == "bar" and x in columns.categories)


class ChartForm(forms.Form):
    """The same for people: every field a choice, so that nobody has to know an address."""

    kind = forms.ChoiceField(label=_("Chart"), choices=list(KIND_WORDS.items()), required=False)
    x = forms.ChoiceField(label=_("Goes by"), required=False)
    y = forms.ChoiceField(label=_("Shows"), required=False)
    per = forms.ChoiceField(label=_("Step of time"), choices=list(STEP_WORDS.items()), required=False)
    level = forms.ChoiceField(
        label=_("Level of regions"), choices=[(each, LEVEL_WORDS[each]) for each in LEVELS], required=False
    )
    column = forms.ChoiceField(label=_("Only rows in which"), required=False)
    value = forms.CharField(label=_("equals"), required=False, max_length=200)
    region = forms.MultipleChoiceField(
        label=_("Compare regions (at most 6)"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, asked: Mapping[str, Any], *, columns: ChartColumns, regions: Sequence[tuple[str, str]]) -> None:
        super().__init__(initial=dict(asked))
        goes_by = [*columns.times, *columns.regions, *columns.categories]
        for name, empty, chosen in (
            ("x", None, goes_by),
            ("y", _("Number of rows"), columns.measures),
            ("column", _("No condition"), columns.all),
        ):
            self._offer(name, empty, chosen)
        self._offer_regions(regions)
        for name, needed in (("per", columns.times), ("level", columns.regions)):
            if not needed:
                del self.fields[name]

    def _offer(self, name: str, empty: Any, columns: Sequence[ChartColumn]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        named = [(each.name, shape.words(each.label) or each.name) for each in columns]
        field.choices = [*([("", empty)] if empty is not None else []), *named]

    def _offer_regions(self, regions: Sequence[tuple[str, str]]) -> None:
        field = self.fields["region"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(regions)
        if not regions:
            del self.fields["region"]
