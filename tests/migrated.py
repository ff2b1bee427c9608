"""The empty migrated SQLite database, made once for a whole run: workers begin with a copy instead of 150 migrations.

`tools/test.sh` has it written on the way to the demonstration and names it in TEST_MIGRATED; where it is not there yet,
or on PostgreSQL, migrations run as ever. They are asked in any case: what the file lacks is applied.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection


def keep(database: Path, target: Path) -> None:
    """Write a copy of a database nobody is writing to; whole, or not at all."""
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as source:
        source.execute("VACUUM INTO ?", [str(part)])
    part.rename(target)


@contextmanager
def begun_with() -> Iterator[None]:
    """While this lasts, the test database in memory is a copy of that file; Django has to connect meanwhile."""
    ready = Path(os.environ.get("TEST_MIGRATED", ""))
    if connection.vendor != "sqlite" or not ready.is_file():
        yield
        return
    name = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(name, uri=True)) as memory:
        with closing(sqlite3.connect(ready)) as source:
            source.backup(memory)
        yield
