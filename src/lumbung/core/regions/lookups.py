"""`code__under="52.07"`: the region and everything below it, by an index on both databases.

Works through foreign keys without a join: `Report.objects.filter(region__code__under=portal.region_id)`.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler


@CharField.register_lookup
class Under(Lookup[str]):
    """Equal to the code, or beginning with it and a dot."""

    lookup_name = "under"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]
        """LIKE: Django's `_like` index (varchar_pattern_ops) serves it on PostgreSQL, whatever the collation."""
        column, params = self.process_lhs(compiler, connection)
        return f"({column} = %s OR {column} LIKE %s)", [*params, self.rhs, *params, f"{self.rhs}.%"]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[Any]]:
        """A range: SQLite compares bytes, and "/" follows "." there; LIKE would read the whole table."""
        column, params = self.process_lhs(compiler, connection)
        bounds = [f"{self.rhs}.", f"{self.rhs}/"]
        return f"({column} = %s OR ({column} >= %s AND {column} < %s))", [
            *params, self.rhs, *params, bounds[0], *params, bounds[1],
        ]  # fmt: skip
