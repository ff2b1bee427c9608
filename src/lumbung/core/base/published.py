"""What a module declares about tables it publishes and figures worked out from them. Pure shapes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.utils.functional import Promise

from lumbung.core.base.protections import Dimension, Protection

__all__ = ["Column", "Dataset", "Dimension", "Indicator", "Label", "Protection"]

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table, declared once (convention 19). `codes` names each value of a coded column.

    reference  key of the code list its codes come from, such as "wilayah" for region codes
    combining  whether values of several rows may be added up: sum, stock (not over time), none; "" is not said
    """

    name: str
    title: Label
    kind: Literal["text", "integer", "decimal", "date", "year"] = "text"
    unit: str = ""
    source: str = ""
    description: Label = ""
    codes: Mapping[str, Label] = field(default_factory=dict)
    reference: str = ""
    combining: Literal["", "sum", "stock", "none"] = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table a module publishes.

    rows(as_of, place)  one mapping a row, keys equal to the column names, in a fixed order: same facts, same bytes
    protection          for counts of persons: then `rows` gives period, finest codes and count alone, of each period
                        that is over and complete (one row of it at least), and publishing makes the table of it
    activity, variables what MS-Keg and MS-Var ask beyond title, description, unit and codes: {field: text},
                        {column: {field: text}}, by the keys of `open_data.shape`
    places()            for which regions there is a table of its own: region code ("" for the whole installation) →
                        code of the organisation that publishes it
    disclosure          as decision 8
    period_column       the date its rows are about; "" is that of a protection, else the first date column
    """

    key: str
    title: Label
    summary: Label
    columns: tuple[Column, ...]
    rows: Callable[[datetime, str], Iterable[Mapping[str, Any]]]
    places: Callable[[], Mapping[str, str]]
    disclosure: Literal["public_records", "person_aggregates"]
    note: Label = ""
    licence: str = "CC-BY-4.0"
    frequency: Literal["daily", "monthly", "quarterly", "yearly"] = "daily"
    protection: Protection | None = None
    activity: Mapping[str, Label] = field(default_factory=dict)
    variables: Mapping[str, Mapping[str, Label]] = field(default_factory=dict)
    period_column: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number computed from a published table by a definition anyone can rerun (decision 9).

    function       a function of one stand-alone kernel module: function(rows, as_of, **parameters), whose result
                   has `value` (Decimal or None), `n` (rows it rests on) and `excluded` (rows left out, by reason)
    better         which direction is progress
    target         the level promised or required, drawn beside the figure, with the words that name it
    period_column  the date column by which rows fall into months; "" when they fall into none: then the course of
                   the figure is that of its snapshots, the last of each month
    rows_label     what a row is called where their number is told; period_label what the months are
    reasons        what `excluded` calls each reason, in words
    """

    key: str
    version: int
    title: Label
    short: Label
    definition: Label
    unit: Literal["share", "days", "count"]
    dataset_key: str
    function: Callable[..., Any]
    better: Literal["higher", "lower"]
    source: Label
    period_column: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    target: float | None = None
    target_label: Label = ""
    rows_label: Label = ""
    period_label: Label = ""
    reasons: Mapping[str, Label] = field(default_factory=dict)
