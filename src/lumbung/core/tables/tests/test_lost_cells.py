"""A cell that stands anywhere in the file is in the table, or is told: columns without label, rows that end early."""

import dataclasses

import pytest

from lumbung.core.tables.sources.base import Unreadable
from lumbung.core.tables.tests.bringing import look, read, refused, table


@pytest.mark.parametrize("odd", ["", "A,1"], ids=["blank", "short"])
def test_a_column_filled_once_and_late_is_kept_beside_rows_that_end_early(odd: str) -> None:
    rows = ["nama,n,m,", *["A,1,2,"] * 12_000]
    rows[7_000], rows[7_100] = "B,1,2,penting", odd
    data = "\n".join(rows) + "\n"
    found = look(data)
    assert found.reading.left_out_columns == ()
    whole = table(read(data, reading=dataclasses.replace(found.reading, fill_short_rows=True)))
    assert ["B", "1", "2", "penting"] in whole


def test_a_cell_in_a_column_left_out_as_blank_is_refused_with_its_place() -> None:
    data = "nama,,n\nA,,1\nB,,2\nC,,3\nJumlah,lihat catatan,6\n"
    found = look(data)
    assert found.reading.left_out_columns == (1,)
    assert len(table(read(data))) == 4
    with pytest.raises(Unreadable) as told:
        read(data, reading=dataclasses.replace(found.reading, left_out_rows=()))
    assert refused(told.value) == ("cell-in-blank-column", 5, 2)
