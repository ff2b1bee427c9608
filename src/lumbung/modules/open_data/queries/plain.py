"""The first rows of what reading a file gave, for those who write and check a draft."""

import csv
import itertools

from lumbung.core.tables.shapes import PlainTable

ROWS = 10


def first_rows(plain: PlainTable, *, most: int = ROWS) -> list[dict[str, str]]:
    """As text; nothing where the file was cleared away after its draft was closed."""
    if not plain.path.exists():
        return []
    with plain.path.open(encoding="utf-8", newline="") as file:
        return list(itertools.islice(csv.DictReader(file), most))
