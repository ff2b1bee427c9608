"""Matching and ranking, the only place that knows which database stands below.

`IndexRow.objects.filter(terms__matches=expression)` and `.annotate(rank=rank_of(expression))`; a smaller rank is
better on both. Another table that keeps the number of its row in the index asks `found_as__is_found_by=expression`.

An expression is a word, all of several expressions, or any of them; a list of groups means that every group must
match, by any of its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import FloatField, Func, Lookup, QuerySet, Value

# A word in the title weighs four times a word in the text; keywords and columns stand between.
SQLITE_WEIGHTS = "4.0, 2.5, 1.0, 0.5"
POSTGRESQL_WEIGHTS = "'{0.1, 0.25, 0.6, 1.0}'"
SQLITE_MATCH = "{row} IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)"
SQLITE_RANK = (
    f"(SELECT bm25(search_fts, {SQLITE_WEIGHTS}) FROM search_fts"  # noqa: S608 - constants of this file
    " WHERE search_fts MATCH %s AND rowid = search_indexrow.id)"
)
POSTGRESQL_MATCH = "{vector} @@ to_tsquery('simple', %s)"
POSTGRESQL_FOUND = "{row} IN (SELECT id FROM search_indexrow WHERE vector @@ to_tsquery('simple', %s))"
POSTGRESQL_RANK = f"-ts_rank_cd({POSTGRESQL_WEIGHTS}, search_indexrow.vector, to_tsquery('simple', %s))"

# The best rows of many: SQLite sorts while it reads the index, PostgreSQL ranks what the index gave it.
SQLITE_BEST = (
    "SELECT rowid FROM search_fts WHERE search_fts MATCH %s{within}"  # noqa: S608 - constants of this file
    f" ORDER BY bm25(search_fts, {SQLITE_WEIGHTS}), rowid DESC LIMIT %s"
)
POSTGRESQL_BEST = (
    "SELECT id FROM search_indexrow WHERE vector @@ to_tsquery('simple', %s){within}"
    " ORDER BY ts_rank({weights}, vector, to_tsquery('simple', %s)) DESC, id DESC LIMIT %s"
)
SQLITE_COUNT = "(SELECT COUNT(*) FROM (SELECT 1 FROM search_fts WHERE search_fts MATCH %s LIMIT {most}))"
# Counted whole: told of a limit, PostgreSQL reads the table from its beginning instead of asking the index.
POSTGRESQL_COUNT = "(SELECT LEAST(COUNT(*), {most}) FROM search_indexrow WHERE vector @@ to_tsquery('simple', %s))"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must match."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part must match."""

    parts: tuple["Node", ...]


Node = str | AllOf | AnyOf
Expression = Node | Sequence[Sequence[str]]


def as_text(expression: Expression, vendor: str) -> str:
    """The expression in the database's own writing; words are letters and digits, so nothing is smuggled in."""
    return _written(_node(expression), vendor)


def _node(expression: Expression) -> Node:
    if isinstance(expression, str | AllOf | AnyOf):
        return expression
    return AllOf(tuple(AnyOf(tuple(group)) for group in expression))


def _written(node: Node, vendor: str) -> str:
    either, both, form = (" | ", " & ", "'{}'") if vendor == "postgresql" else (" OR ", " AND ", '"{}"')
    if isinstance(node, str):
        return form.format(_plain(node))
    sign = both if isinstance(node, AllOf) else either
    return f"({sign.join(_written(part, vendor) for part in node.parts)})"


def _plain(word: str) -> str:
    if not word.isalnum():
        raise ValueError(f"search word {word!r} has signs in it; expected letters and digits (texts.words)")
    return word


class Matches(Lookup):
    """`terms__matches`: the row matches an expression."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        column, _params = self.process_lhs(compiler, connection)
        table = column.rpartition(".")[0]
        text = as_text(self.rhs, connection.vendor)
        if connection.vendor == "postgresql":
            return POSTGRESQL_MATCH.format(vector=f"{table}.vector"), (text,)
        return SQLITE_MATCH.format(row=f"{table}.id"), (text,)


class IsFoundBy(Lookup):
    """`found_as__is_found_by`: the row of the index whose number stands in this column matches an expression."""

    lookup_name = "is_found_by"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        column, _params = self.process_lhs(compiler, connection)
        form = POSTGRESQL_FOUND if connection.vendor == "postgresql" else SQLITE_MATCH
        return form.format(row=column), (as_text(self.rhs, connection.vendor),)


class _Rank(Func):
    output_field = FloatField()

    def __init__(self, expression: Expression) -> None:
        super().__init__(Value(""))
        self.expression = expression

    def as_sql(self, compiler: Any, connection: Any, *_args: Any, **_kwargs: Any) -> tuple[str, tuple[str | int, ...]]:
        sql = POSTGRESQL_RANK if connection.vendor == "postgresql" else SQLITE_RANK
        return sql, (as_text(self.expression, connection.vendor),)


def rank_of(expression: Expression) -> Func:
    """How well a row of IndexRow fits: smaller is better."""
    return _Rank(expression)


def best(expression: Expression, *, within: QuerySet[Any, Any] | None, most: int) -> list[int]:
    """Numbers of the rows that fit best, the later row first among equals.

    within  a query of one column: the numbers that may be among them; None for all
    """
    text = as_text(expression, connection.vendor)
    inner, params = ("", ()) if within is None else within.query.sql_with_params()
    is_server = connection.vendor == "postgresql"
    # The plus keeps SQLite from asking the full-text index anew for each number that is allowed.
    form, column, twice = (POSTGRESQL_BEST, "id", (text,)) if is_server else (SQLITE_BEST, "+rowid", ())
    sql = form.format(within=f" AND {column} IN ({inner})" if inner else "", weights=POSTGRESQL_WEIGHTS)
    with connection.cursor() as cursor:
        cursor.execute(sql, [text, *params, *twice, most])
        return [row[0] for row in cursor.fetchall()]


def counts(expressions: Sequence[Expression], *, most: int) -> list[int]:
    """How many rows match each of several expressions, none counted beyond `most`; one statement."""
    if not expressions:
        return []
    form = POSTGRESQL_COUNT if connection.vendor == "postgresql" else SQLITE_COUNT
    sql = "SELECT " + ", ".join(form.format(most=int(most)) for _each in expressions)
    with connection.cursor() as cursor:
        cursor.execute(sql, [as_text(each, connection.vendor) for each in expressions])
        return list(cursor.fetchone())
