"""Matching and ranking, the only place that knows which database stands below.

`IndexRow.objects.filter(terms__matches=expression)` and `.annotate(rank=rank_of(expression))`; a smaller rank is
better on both. An expression is a list of groups: every group must match, by any of its words.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import FloatField, Func, Lookup, Value

Expression = Sequence[Sequence[str]]

SQLITE_MATCH = "{row} IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)"
# A word in the title weighs four times a word in the text.
SQLITE_RANK = (
    "(SELECT bm25(search_fts, 4.0, 1.0) FROM search_fts WHERE search_fts MATCH %s AND rowid = search_indexrow.id)"
)
POSTGRESQL_MATCH = "{vector} @@ to_tsquery('simple', %s)"
POSTGRESQL_RANK = "-ts_rank_cd('{0, 0, 0.25, 1.0}', search_indexrow.vector, to_tsquery('simple', %s))"


def as_text(expression: Expression, vendor: str) -> str:
    """The expression in the database's own writing; words are letters and digits, so nothing is smuggled in."""
    either, both, form = (" | ", " & ", "'{}'") if vendor == "postgresql" else (" OR ", " AND ", '"{}"')
    groups = [either.join(form.format(_plain(word)) for word in group) for group in expression]
    return both.join(f"({group})" for group in groups)


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
