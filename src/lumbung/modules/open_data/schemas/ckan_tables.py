"""Columns and rows as clients of CKAN send them: types by declaration, cells as text, nothing rounded."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from lumbung.core.tables.schemas import REGION_CODE, Kind, SchemaField, Words
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.ckan import invalid
from lumbung.modules.open_data.queries import code_lists
from lumbung.modules.open_data.schemas import ckan as read
from lumbung.modules.open_data.schemas.ckan import Params
from lumbung.modules.open_data.schemas.ckan_bodies import Number

TYPES: Mapping[str, Kind] = {
    "text": "string", "varchar": "string", "string": "string",
    "int": "integer", "int4": "integer", "int8": "integer", "integer": "integer", "bigint": "integer",
    "numeric": "number", "float": "number", "float8": "number", "double precision": "number", "number": "number",
    "bool": "boolean", "boolean": "boolean",
    "date": "date",
    "timestamp": "datetime", "timestamptz": "datetime",
}  # fmt: skip
TOLD_TYPES = "text, int, numeric, float, bool, date, timestamp"
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
# As long as the desk takes them.
LENGTHS = {"label": 120, "label_en": 120, "notes": 1000, "notes_en": 1000, "unit": 40}
MOST_FIELDS, MOST_ROWS = 500, 32_000
# Places beside the point a number written with an exponent may take when it is written out.
WIDEST_EXPONENT = 60
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class SentColumn:
    """One column as it was sent, and what was said about its meaning."""

    column: SchemaField
    variable: Mapping[str, Any]


def columns_of(params: Params) -> list[SentColumn]:
    """The columns of `fields`, in order; empty where none were sent."""
    sent = read.structured(params, "fields")
    if sent is None or sent == "":
        return []
    if not isinstance(sent, list) or not all(isinstance(each, Mapping) for each in sent):
        raise invalid("fields", _("This takes a list of maps with id and type."))
    if len(sent) > MOST_FIELDS:
        raise invalid("fields", _("At most %(most)s columns.") % {"most": MOST_FIELDS})
    found = [_column(each) for each in sent]
    _refuse_twice([each.column.name for each in found])
    return found


def text_columns(rows: Sequence[Mapping[str, Any]]) -> list[SentColumn]:
    """Columns nobody declared: the keys of the rows, all text, because a guess would change codes."""
    names = list(dict.fromkeys(name for row in rows for name in row))[: MOST_FIELDS + 1]
    return columns_of({"fields": [{"id": name, "type": "text"} for name in names]})


def _column(each: Mapping[str, Any]) -> SentColumn:
    name, kind = read.needed(each, "id"), (read.text(each, "type") or "text").lower()
    if not NAME.match(name):
        raise invalid(
            "fields",
            _("“%(name)s” is no name of a column here. Use small letters, digits and _, such as kode_wilayah.")
            % {"name": name[:100]},
        )
    if kind not in TYPES:
        raise invalid(
            "fields",
            _("Column %(name)s: the type “%(type)s” is not known. Use one of: %(known)s")
            % {"name": name, "type": kind[:100], "known": TOLD_TYPES},
        )
    return _described(name, TYPES[kind], _info(each))


def _info(each: Mapping[str, Any]) -> Mapping[str, Any]:
    info = each.get("info")
    if info is not None and not isinstance(info, Mapping):
        raise invalid("fields", _("“info” takes a map with label, notes, unit and classification."))
    return info or {}


def _described(name: str, kind: Kind, info: Mapping[str, Any]) -> SentColumn:
    told = {word: _text(name, info, word, most) for word, most in LENGTHS.items()}
    unit, listed = told["unit"], read.text(info, "classification")
    if listed and (kind != "string" or not code_lists.is_known(listed)):
        known = ", ".join([*(choice.key for choice in shape.choices("code_lists")), *dict(code_lists.offered())])
        raise invalid(
            "fields",
            _("Column %(name)s: only columns of text hold codes, of one of: %(known)s")
            % {"name": name, "known": known},
        )
    column = SchemaField(
        name=name,
        type=kind,
        title=Words(told["label"], told["label_en"]),
        description=Words(told["notes"], told["notes_en"]),
        unit=unit,
        code_list=listed,
        rdf_type=REGION_CODE if listed == "wilayah" else "",
    )
    variable = {
        "label": {"id": told["label"], "en": told["label_en"]},
        "definition": {"id": told["notes"], "en": told["notes_en"]},
        "unit": unit,
        "classification": listed,
    }
    return SentColumn(column, variable if info else {})


def _text(name: str, info: Mapping[str, Any], word: str, most: int) -> str:
    text = read.text(info, word)
    if len(text) > most:
        raise invalid(
            "fields",
            _("Column %(name)s: shorten “%(word)s” to %(most)s characters.")
            % {"name": name, "word": word, "most": most},
        )
    return text


def key_of(params: Params, names: Sequence[str]) -> tuple[str, ...] | None:
    """The columns of `primary_key`; None where it was not sent."""
    if "primary_key" not in params or params["primary_key"] is None:
        return None
    key = tuple(read.names(params, "primary_key"))
    unknown = [name for name in key if name not in names]
    if unknown:
        raise invalid("primary_key", _("There is no column %(name)s.") % {"name": unknown[0][:100]})
    _refuse_twice(key)
    return key


def _refuse_twice(names: Sequence[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise invalid("fields", _("Column %(name)s stands here twice.") % {"name": twice})


def rows_of(params: Params) -> list[Mapping[str, Any]]:
    """The rows of `records`, each a map; empty where none were sent."""
    sent = read.structured(params, "records")
    if sent is None or sent == "":
        return []
    if not isinstance(sent, list) or not all(isinstance(each, Mapping) for each in sent):
        raise invalid("records", _("This takes a list of maps, one for each row."))
    if len(sent) > MOST_ROWS:
        raise invalid(
            "records",
            _("A call takes at most %(most)s rows; this one has %(count)s. Send them in several calls.")
            % {"most": MOST_ROWS, "count": len(sent)},
        )
    return sent


def cells_of(rows: Sequence[Mapping[str, Any]], columns: Sequence[SchemaField]) -> list[Cells]:
    """Rows as text, column by column; a row tells only the columns it was sent with."""
    known = {column.name: column for column in columns}
    return [_cells(number, row, known) for number, row in enumerate(rows, start=1)]


def _cells(number: int, row: Mapping[str, Any], known: Mapping[str, SchemaField]) -> Cells:
    for name in row:
        if name not in known:
            raise invalid(
                "records",
                _("Row %(row)s: there is no column %(name)s.") % {"row": number, "name": str(name)[:100]},
            )
    return {name: cell(known[name], value, row=number) for name, value in row.items()}


def cell(column: SchemaField, value: Any, *, row: int, field: str = "records") -> str:
    """A value as the text of a cell; None is the empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        if column.type == "boolean":
            return (column.true_values if value else column.false_values)[0]
        return "true" if value else "false"
    if isinstance(value, (Mapping, list)):
        raise invalid(
            field,
            _("Row %(row)s, column %(name)s: a cell holds one value, no list and no map.")
            % {"row": row, "name": column.name},
        )
    if isinstance(value, Number) and column.type in {"number", "integer"}:
        return _digits(column, value, row=row, field=field)
    return str(value)


def _digits(column: SchemaField, value: Number, *, row: int, field: str) -> str:
    if "e" not in value.lower():
        return value.replace(".", column.decimal_char) if column.type == "number" else str(value)
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = None
    if number is None or abs(number.adjusted()) > WIDEST_EXPONENT:
        raise invalid(
            field,
            _("Row %(row)s, column %(name)s: this number is too large or too small.")
            % {"row": row, "name": column.name},
        )
    return format(number, "f").replace(".", column.decimal_char)
