"""Two versions of a table as SQL: how their cells become comparable, and what is asked of both at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lumbung.core.base.errors import Refused
from lumbung.core.tables.checking_words import SENTENCES
from lumbung.core.tables.connections import ask, name, text

# No column of ours can be called so.
HERE = '"in this version"'
BOTH = f"o.{HERE} AND n.{HERE}"
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions under comparison: which columns both have, and how their cells become comparable."""

    old: str
    new: str
    types: Mapping[str, tuple[str, str]]
    # Signs of a cell that are told.
    shown: int = SHOWN

    def cell(self, column: str, side: str) -> str:
        """SQL of a cell, in a form equal cells of both versions share."""
        old, new = self.types[column]
        quoted = f"{side}.{name(column)}"
        if old == new:
            return quoted
        if kind_of(old) == kind_of(new) == "DECIMAL":
            return f"CAST({quoted} AS {_wider(old, new)})"
        return f"CAST({quoted} AS VARCHAR)"


def types_of(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """SQL types of the columns of a Parquet file, in order."""
    try:
        told = ask(connection, f"DESCRIBE SELECT * FROM read_parquet({text(str(path))})")  # noqa: S608 - quoted
    except (duckdb.IOException, Refused) as error:
        raise Refused("compare-not-parquet", SENTENCES["compare-not-parquet"]) from error
    return {row[0]: row[1] for row in told}


def kind_of(sql_type: str) -> str:
    """What kind of value a type holds; how many digits it has room for is no difference people care about."""
    return sql_type.partition("(")[0]


def _wider(old: str, new: str) -> str:
    """The least decimal that has room for both; at 38 digits the scale yields last."""
    parts = [tuple(map(int, each.partition("(")[2].rstrip(")").split(","))) for each in (old, new)]
    scale = max(part[1] for part in parts)
    whole = max(part[0] - part[1] for part in parts)
    return f"DECIMAL({whole + scale},{scale})" if whole + scale <= 38 else "VARCHAR"


def differing(pair: Pair, key: tuple[str, ...]) -> dict[str, str]:
    """SQL of whether a cell differs, by column, for rows that both versions have."""
    others = [column for column in pair.types if column not in key]
    return {each: f"{pair.cell(each, 'o')} IS DISTINCT FROM {pair.cell(each, 'n')}" for each in others}


def joined_by(pair: Pair, key: tuple[str, ...]) -> str:
    """SQL of the rows of both versions, side by side where the key is the same."""
    same_key = " AND ".join(f"{pair.cell(each, 'o')} IS NOT DISTINCT FROM {pair.cell(each, 'n')}" for each in key)
    sides = [f"(SELECT *, true AS {HERE} FROM {source}) {side}" for side, source in (("o", pair.old), ("n", pair.new))]  # noqa: S608
    return f"{sides[0]} FULL JOIN {sides[1]} ON {same_key}"


def changed_where(pair: Pair, key: tuple[str, ...]) -> str:
    """SQL of whether a row stands in both versions with another cell."""
    return f"({BOTH} AND ({' OR '.join(differing(pair, key).values()) or 'false'}))"


def gather_rest(connection: duckdb.DuckDBPyConnection, pair: Pair) -> list[str]:
    """Make the table `rest` of the rows that stand more often in one version; returns its columns of cells.

    Rows are first told apart by fingerprint (64 bits); only those whose fingerprints do not cancel out are looked at
    cell by cell.
    """
    sides = {side: ", ".join(pair.cell(column, side) for column in pair.types) for side in ("o", "n")}
    prints = (
        f"SELECT hash({sides['o']}) AS print, -1 AS sign FROM {pair.old} o UNION ALL "  # noqa: S608 - quoted parts
        f"SELECT hash({sides['n']}), 1 FROM {pair.new} n"
    )
    ask(
        connection,
        f"CREATE OR REPLACE TEMP TABLE odd AS SELECT print FROM ({prints}) GROUP BY print HAVING sum(sign) <> 0",  # noqa: S608
    )
    alias = [f"k{place}" for place in range(len(pair.types))]
    left = " UNION ALL ".join(
        f"SELECT {_named(pair, side, alias)}, {sign} AS sign FROM {source} {side} "  # noqa: S608 - quoted parts
        f"WHERE hash({sides[side]}) IN (FROM odd)"
        for side, sign, source in (("o", -1, pair.old), ("n", 1, pair.new))
    )
    columns = ", ".join(alias)
    ask(
        connection,
        f"CREATE OR REPLACE TEMP TABLE rest AS SELECT {columns}, sum(sign)::BIGINT AS times FROM ({left}) "  # noqa: S608
        f"GROUP BY {columns} HAVING sum(sign) <> 0",
    )
    return alias


def _named(pair: Pair, side: str, alias: Sequence[str]) -> str:
    return ", ".join(f"{pair.cell(column, side)} AS {each}" for column, each in zip(pair.types, alias, strict=True))
