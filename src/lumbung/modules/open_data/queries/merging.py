"""What a table holds after a call: rows inserted, updated or deleted by their key. Rows pass by one at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.tables.schemas import Schema
from lumbung.modules.open_data.queries.sent_rows import canon, places_of

Method = Literal["insert", "update", "upsert"]
Key = tuple[str, ...]
Row = list[str]


@dataclass
class Merge:
    """Rows sent to a table of this schema; `rows` gives what the table holds afterwards.

    sent  cells by column; a column that was not sent keeps what it has, or is empty in a new row
    """

    schema: Schema
    sent: Sequence[Mapping[str, str]]
    method: Method
    inserted: int = 0
    updated: int = 0
    _by_key: dict[Key, dict[str, str]] = field(default_factory=dict)
    _numbers: dict[Key, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = self.schema.names
        self._key = places_of(self.schema, self.schema.primary_key)
        if self.method != "insert" and not self._key:
            raise Refused(
                "table-without-key",
                _("This table has no primary key, so rows cannot be updated. Send primary_key with datastore_create."),
                field="resource_id",
            )
        if self._key:
            for number, cells in enumerate(self.sent, start=1):
                self._take(number, cells)

    def _take(self, number: int, cells: Mapping[str, str]) -> None:
        key = tuple(canon(column, cells.get(column.name, "")) for _place, column in self._key)
        if not all(key):
            raise Refused(
                "row-without-key",
                _("Row %(row)s: every column of the primary key has to say something (%(key)s)."),
                field="records",
                row=number,
                key=", ".join(self.schema.primary_key),
            )
        if key in self._by_key and self.method == "insert":
            raise self._twice(number, key)
        self._by_key.setdefault(key, {}).update(cells)
        self._numbers[key] = number

    def rows(self, base: Iterable[Row]) -> Iterator[Row]:
        """Every row of the table after the call, the new ones last."""
        width, found = len(self._names), set[Key]()
        for old in base:
            row = old + [""] * (width - len(old))
            if self._key:
                key = tuple(canon(column, row[place]) for place, column in self._key)
                if key in self._by_key:
                    found.add(key)
                    row = self._changed(row, key)
            yield row
        yield from self._new(found)

    def _changed(self, row: Row, key: Key) -> Row:
        if self.method == "insert":
            raise self._twice(self._numbers[key], key)
        self.updated += 1
        cells = self._by_key[key]
        return [cells.get(name, cell) for name, cell in zip(self._names, row, strict=True)]

    def _new(self, found: set[Key]) -> Iterator[Row]:
        sent = [cells for key, cells in self._by_key.items() if key not in found] if self._key else self.sent
        if sent and self.method == "update":
            key = next(key for key in self._by_key if key not in found)
            raise Refused(
                "no-such-row",
                _("Row %(row)s: no row has the key %(key)s. Use the method upsert to add it."),
                field="records",
                row=self._numbers[key],
                key=", ".join(key)[:200],
            )
        for cells in sent:
            self.inserted += 1
            yield [cells.get(name, "") for name in self._names]

    def _twice(self, number: int, key: Key) -> Refused:
        return Refused(
            "row-is-there",
            _("Row %(row)s: a row with the key %(key)s is there already. Use the method upsert to change it."),
            field="records",
            row=number,
            key=", ".join(key)[:200],
        )


@dataclass
class Deletion:
    """Rows that meet every filter go; `rows` gives what stays.

    filters  by column the values of which one has to stand there, in their one form
    """

    schema: Schema
    filters: Mapping[str, frozenset[str]]
    deleted: int = 0

    def rows(self, base: Iterable[Row]) -> Iterator[Row]:
        """Every row that stays."""
        places = places_of(self.schema, tuple(self.filters))
        for row in base:
            if all(canon(column, row[place]) in self.filters[column.name] for place, column in places):
                self.deleted += 1
            else:
                yield row
