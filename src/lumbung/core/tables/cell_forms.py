"""How a cell of each type is written: what is well formed, what its value is, as DuckDB reads it.

A cell is well formed or it is not: nothing is mended, nothing guessed. Numbers are decimals, never floats.
"""

import re
from dataclasses import dataclass

from lumbung.core.tables.connections import text
from lumbung.core.tables.schemas import Kind, SchemaField

# What Python strips, so that a number padded in a spreadsheet is read as Frictionless reads it.
BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
BLANKS += "\u2028\u2029\u202f\u205f\u3000"
MOST_DIGITS = 38
SHORT_DIGITS = 18
# There is no year 0.
YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
DAY = r"(3[01]|[12][0-9]|0?[1-9])"
MONTH = r"(1[0-2]|0?[1-9])"
PIECES = {
    "Y": YEAR,
    "y": "[0-9]{2}",
    "m": MONTH,
    "d": DAY,
    "H": "(2[0-3]|[01]?[0-9])",
    "M": "[0-5]?[0-9]",
    "S": "[0-5]?[0-9]",
    "f": "[0-9]{1,6}",
    "%": "%",
}
# Where nothing stands between two parts, each has its full width; 1122024 would be two dates otherwise.
FULL = {"m": "(1[0-2]|0[1-9])", "d": "(3[01]|[12][0-9]|0[1-9])", "H": "(2[0-3]|[01][0-9])", "f": "[0-9]{6}"}
FULL |= {"M": "[0-5][0-9]", "S": "[0-5][0-9]"}
CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
ZONE = "[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?"
ISO_DATETIME = rf"{YEAR}-[0-9]{{2}}-[0-9]{{2}}[T ]{CLOCK}(Z|{ZONE})?"
ISO_DATE = rf"{YEAR}-{MONTH}-{DAY}"
SHAPES: dict[Kind, str] = {
    "year": "[0-9]{4}",
    "yearmonth": f"[0-9]{{4}}-{MONTH}",
}
TYPES: dict[Kind, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "year": "SMALLINT",
    "yearmonth": "VARCHAR",
}


@dataclass(frozen=True, slots=True, order=True)
class Digits:
    """Room a column of numbers has: digits before the point, digits behind it.

    is_cut  whether some number of the column needs more than that
    """

    whole: int
    scale: int
    is_cut: bool = False

    @property
    def sql_type(self) -> str:
        digits = SHORT_DIGITS if self.whole + self.scale <= SHORT_DIGITS else MOST_DIGITS
        return f"DECIMAL({digits},{self.scale})"

    def fitted(self) -> "Digits":
        """The room given: all that is needed, or, beyond 38 digits, at most 18 behind the point."""
        if self.whole + self.scale <= MOST_DIGITS:
            return self
        scale = min(self.scale, SHORT_DIGITS)
        return Digits(min(self.whole, MOST_DIGITS - scale), scale, is_cut=True)


def shape(column: SchemaField) -> str | None:
    """The regular expression (RE2, whole cell) of a well-formed cell; None for any text and for lists of texts."""
    if column.type == "number":
        return number_shape(column.decimal_char, column.group_char)
    if column.type == "integer":
        return f"[+-]?{_whole(column.group_char)}"
    if column.type in {"date", "datetime"} and column.format != "default":
        return format_shape(column.format)
    return {"date": ISO_DATE, "datetime": ISO_DATETIME, **SHAPES}.get(column.type)


EXPONENT = "([eE][+-]?[0-9]{1,4})?"


def number_shape(decimal_char: str, group_char: str) -> str:
    """Digits, in groups of three if grouped at all, and a fraction: `12.34` is no number where the dot groups."""
    return plain_number_shape(decimal_char, group_char) + EXPONENT


def plain_number_shape(decimal_char: str, group_char: str) -> str:
    """A number without an exponent, as nearly all are."""
    point = re.escape(decimal_char)
    return rf"[+-]?({_whole(group_char)}({point}[0-9]*)?|{point}[0-9]+)"


def _whole(group_char: str) -> str:
    group = re.escape(group_char)
    return rf"([0-9]+|[0-9]{{1,3}}({group}[0-9]{{3}})+)" if group else "[0-9]+"


def format_shape(pattern: str) -> str:
    """The regular expression of a strptime format."""
    parts = re.findall(r"%.|[^%]", pattern, re.DOTALL)
    around = ["", *parts, ""]
    return "".join(
        _piece(part, touches=_is_part(before) or _is_part(after))
        for before, part, after in zip(around, parts, around[2:], strict=False)
    )


def _is_part(part: str) -> bool:
    return part.startswith("%") and part != "%%"


def _piece(part: str, *, touches: bool) -> str:
    if not part.startswith("%"):
        return re.escape(part)
    return FULL[part[1]] if touches and part[1] in FULL else PIECES[part[1]]


def well_formed(column: SchemaField, cell: str) -> str | None:
    """SQL of the cell in the form DuckDB casts, NULL where it is not well formed; None where the cell needs none.

    cell  SQL of the text of the cell, NULL where a value is missing
    """
    expected = shape(column)
    if expected is None:
        return None
    if column.type not in {"integer", "number"}:
        return f"CASE WHEN regexp_full_match({cell}, {text(expected)}) THEN {cell} END"
    # Taking blanks away costs more than all else: only cells that are not well formed as they stand pay for it.
    stripped = f"trim({cell}, {text(BLANKS)})"
    usual = plain_number_shape(column.decimal_char, column.group_char) if column.type == "number" else expected
    rare = _clear(column, stripped)
    rare = f"replace({rare}, 'e', 'E')" if column.type == "number" else rare
    bare = ""
    if column.type == "number" and column.group_char:  # most numbers have no groups, and are told with less
        point = re.escape(column.decimal_char)
        told = f"regexp_full_match({cell}, {text(f'[+-]?[0-9]+({point}[0-9]*)?')})"
        bare = f"WHEN {told} THEN replace({cell}, {text(column.decimal_char)}, '.') "
    return (
        f"CASE {bare}WHEN regexp_full_match({cell}, {text(usual)}) THEN {_clear(column, cell)} "
        f"WHEN regexp_full_match({stripped}, {text(expected)}) THEN {rare} END"
    )


def _clear(column: SchemaField, cell: str) -> str:
    """A number without its groups, its decimals behind a point."""
    if column.group_char:
        cell = f"replace({cell}, {text(column.group_char)}, '')"
    return (
        f"replace({cell}, {text(column.decimal_char)}, '.')"
        if column.type == "number" and column.decimal_char != "."
        else cell
    )


def value(column: SchemaField, cell: str, formed: str, digits: Digits) -> str:
    """SQL of the typed value of a cell, NULL where it has none.

    cell    SQL of its text
    formed  SQL of what `well_formed` gave
    """
    if column.type == "string":
        return cell
    if column.type == "boolean":
        true, false = _list(column.true_values), _list(column.false_values)
        return f"CASE WHEN {cell} IN {true} THEN true WHEN {cell} IN {false} THEN false END"
    if column.type == "number":
        return f"TRY_CAST({formed} AS {digits.sql_type})"
    if column.type == "yearmonth":
        return f"(left({formed}, 5) || lpad(substr({formed}, 6), 2, '0'))"
    return _moment(column, formed) if column.type in {"date", "datetime"} else _cast(formed, TYPES[column.type])


def sql_type(column: SchemaField, digits: Digits) -> str:
    """The type a column has in Parquet."""
    return digits.sql_type if column.type == "number" else TYPES[column.type]


def scale_of(formed: str) -> str:
    """SQL of how many digits stand behind the point; an exponent moves it."""
    point = f"strpos({formed}, '.')"
    plain = f"CASE WHEN {point} > 0 THEN strlen({formed}) - {point} ELSE 0 END"
    return f"CASE WHEN {_has_exponent(formed)} THEN {_moved(formed, sign='-', part=3)} ELSE {plain} END"


def whole_of(formed: str) -> str:
    """SQL of how many digits stand before the point at most: a sign and leading zeros may be counted along."""
    point = f"strpos({formed}, '.')"
    plain = f"CASE WHEN {point} > 0 THEN {point} - 1 ELSE strlen({formed}) END"
    return f"CASE WHEN {_has_exponent(formed)} THEN {_moved(formed, sign='+', part=1)} ELSE {plain} END"


def _has_exponent(formed: str) -> str:
    return f"contains({formed}, 'E')"


def _moved(formed: str, *, sign: str, part: int) -> str:
    pieces = r"[+-]?0*([0-9]*)(\.([0-9]*))?E([+-]?[0-9]+)"
    kept, power = (f"regexp_extract({formed}, {text(pieces)}, {number})" for number in (part, 4))
    return f"greatest(0, length({kept}) {sign} CAST({power} AS INTEGER))"


def _list(values: tuple[str, ...]) -> str:
    return "(" + ", ".join(text(each) for each in values) + ")"


def _cast(formed: str, kind: str) -> str:
    return f"TRY_CAST({formed} AS {kind})"


def _moment(column: SchemaField, formed: str) -> str:
    """A day or a moment; a moment without a zone is UTC, as the standard says."""
    if column.format != "default":
        read = f"try_strptime({formed}, {text(column.format)})"
    elif column.type == "datetime":
        read = _utc(formed)
    else:
        read = _cast(formed, "DATE")
    return f"CAST({read} AS DATE)" if column.type == "date" and column.format != "default" else read


def _utc(formed: str) -> str:
    """Its offset taken away. By hand: DuckDB's own moments with a zone depend on the zone of the machine."""
    bare = f"TRY_CAST(regexp_replace({formed}, {text(f'(Z|{ZONE})$')}, '') AS TIMESTAMP)"
    pieces = "([+-])([0-9]{2}):?([0-9]{2})?$"
    sign, hours, minutes = (f"regexp_extract({formed}, {text(pieces)}, {number})" for number in (1, 2, 3))
    ahead = f"CAST({hours} AS INTEGER) * 60 + coalesce(TRY_CAST({minutes} AS INTEGER), 0)"
    moved = f"{bare} - to_minutes(CASE {sign} WHEN '-' THEN -1 ELSE 1 END * ({ahead}))"
    has_zone = f"regexp_matches({formed}, {text(pieces)})"
    return f"CASE WHEN {has_zone} THEN {moved} ELSE {bare} END"
