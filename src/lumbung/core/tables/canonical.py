"""Values of a schema (bounds, lists) between the form of a file and one canonical text: 1.234,50 and 1234.50."""

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from lumbung.core.tables import cell_forms
from lumbung.core.tables.cell_forms import Digits
from lumbung.core.tables.schemas import SchemaField

EXAMPLES = {"date": "2024-12-31", "datetime": "2024-12-31T23:59:00", "year": "2024"}
EXAMPLES |= {"yearmonth": "2024-12", "boolean": "true", "string": ""}
SAMPLE = datetime(2024, 12, 31, 23, 59, 0, tzinfo=UTC)


class BadValue(ValueError):  # noqa: N818 - reads as a sentence
    """The value of a bound or list is none of its column's type."""


def canonical(column: SchemaField, told: Any) -> str:
    """A value as a descriptor has it (number, text in the form of the file) as canonical text.

    raises  BadValue naming column and value
    """
    written = _as_written(column, told)
    try:
        return _canonical(column, written)
    except (ValueError, InvalidOperation, OverflowError) as error:
        raise BadValue(f"{column.name}: {told!r} is no {column.type} (constraints)") from error


def written(column: SchemaField, value: str) -> str:
    """A canonical text in the form the file has."""
    if column.type == "number":
        return value.replace(".", column.decimal_char)
    if column.type == "boolean":
        return (column.true_values if value == "true" else column.false_values)[0]
    if column.type in {"date", "datetime"} and column.format != "default":
        return _formatted(datetime.fromisoformat(value), column.format)
    return value


def example(column: SchemaField) -> str:
    """A well-formed cell of a column, for telling people how to write it."""
    if column.type == "number":
        group = column.group_char
        return f"1{group}234{column.decimal_char}5"
    if column.type == "integer":
        return f"1{column.group_char}234"
    if column.type == "boolean":
        return f"{column.true_values[0]} / {column.false_values[0]}"
    if column.format != "default":
        return _formatted(SAMPLE, column.format)
    return EXAMPLES[column.type]


def digits_of(value: str) -> Digits:
    """The room a canonical number needs."""
    whole, _, fraction = value.lstrip("+-").partition(".")
    return Digits(len(whole.lstrip("0")), len(fraction))


def _as_written(column: SchemaField, told: Any) -> str:
    if isinstance(told, bool):
        if column.type != "boolean":
            raise BadValue(f"{column.name}: {told!r} is no {column.type} (constraints)")
        return (column.true_values if told else column.false_values)[0]
    if isinstance(told, int | float | Decimal):
        return _number_as_written(column, Decimal(str(told)))
    return str(told)


def _number_as_written(column: SchemaField, told: Decimal) -> str:
    if column.type != "number":
        whole = format(told.to_integral_value() if told == told.to_integral_value() else told, "f")
        return whole.zfill(4) if column.type == "year" else whole
    return format(told, "f").replace(".", column.decimal_char)


def _canonical(column: SchemaField, cell: str) -> str:
    cell = cell.strip() if column.type in {"integer", "number"} else cell
    shape = cell_forms.shape(column)
    if shape is not None and not re.fullmatch(shape, cell, re.ASCII):
        raise BadValue(cell)
    if column.type == "boolean":
        return _truth(column, cell)
    if column.type == "integer":
        return str(int(cell.replace(column.group_char, "")))
    if column.type == "number":
        return format(Decimal(_with_point(column, cell)), "f")
    if column.type in {"date", "datetime"}:
        return _moment(column, cell)
    return f"{cell[:5]}{int(cell[5:]):02d}" if column.type == "yearmonth" else cell


def _truth(column: SchemaField, cell: str) -> str:
    if cell not in column.true_values + column.false_values:
        raise BadValue(cell)
    return "true" if cell in column.true_values else "false"


def _with_point(column: SchemaField, cell: str) -> str:
    return cell.replace(column.group_char, "").replace(column.decimal_char, ".")


def _moment(column: SchemaField, cell: str) -> str:
    if column.format != "default":
        moment = datetime.strptime(cell, column.format).replace(tzinfo=UTC)
    elif column.type == "date":
        moment = datetime.strptime(cell, "%Y-%m-%d").replace(tzinfo=UTC)
    else:
        moment = datetime.fromisoformat(cell)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.date().isoformat() if column.type == "date" else moment.replace(tzinfo=None).isoformat(" ")


def _formatted(moment: datetime, pattern: str) -> str:
    # strftime writes years before 1000 without leading zeros on some machines.
    year = f"{moment.year:04d}"
    parts = {"%Y": year, "%y": year[2:], "%m": f"{moment.month:02d}", "%d": f"{moment.day:02d}", "%%": "%"}
    parts |= {"%H": f"{moment.hour:02d}", "%M": f"{moment.minute:02d}", "%S": f"{moment.second:02d}"}
    parts["%f"] = f"{moment.microsecond:06d}"
    return re.sub(r"%.", lambda match: parts[match.group()], pattern)
