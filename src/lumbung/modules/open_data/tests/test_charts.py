"""What charts are drawn from: nothing is added up that may not be, nothing is left out unsaid."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from lumbung.core.regions import queries as regions
from lumbung.core.tables.schemas import SchemaField
from lumbung.modules.open_data.forms import charts as asking
from lumbung.modules.open_data.queries import rows
from lumbung.modules.open_data.queries.charts import figures, proposals, timelines
from lumbung.modules.open_data.queries.charts.columns import ChartColumn, ChartColumns, chart_columns
from lumbung.modules.open_data.tests import charting

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(people, tmp_path):
    return charting.published(people, tmp_path)


def ask(table, address):
    columns = chart_columns(table)
    view = asking.view_of(QueryDict(address), rows.columns_of(table), columns, table=table.slug)
    return figures.figures_of(table, columns, view)


def test_charts_are_proposed_from_the_confirmed_columns(release):
    table = charting.table_of(release)
    found = [(each.kind, each.x, each.y, each.where) for each in proposals.proposals_of(release, table, "52")]
    newest = ("tahun:eq:2025",)
    assert found == [
        ("line", "tahun", "penduduk", ()),
        ("map", "kode_kabupaten", "penduduk", newest),
        ("bar", "jenis_kelamin", "penduduk", newest),
    ]


def test_bars_go_by_kinds_before_names_of_regions(people, tmp_path):
    called = regions.short_names_of(f"52.{number:02d}" for number in range(1, 9))
    head, *lines = charting.PEOPLE.splitlines()
    cells = [line.split(",", 2) for line in lines]
    named = [f"{year},{code},{called[code]},{rest}" for year, code, rest in cells]
    text = "\n".join([head.replace("jenis", "kabupaten,jenis"), *named])
    found = charting.published(people, tmp_path, text=text)
    proposed = proposals.proposals_of(found, charting.table_of(found), "52")
    assert [each.x for each in proposed if each.kind == "bar"] == ["jenis_kelamin"]


def test_values_are_added_up_only_where_their_description_allows_it(release):
    table = charting.table_of(release)
    by_year = ask(table, "kind=line&x=tahun&y=penduduk")
    assert by_year.keys == ("2022", "2023", "2024", "2025")
    assert by_year.cells["2022"].value == sum(2 * (number * 100 + 2) for number in range(1, 9))
    assert by_year.cells["2024"].value is None
    with pytest.raises(rows.BadQuestion) as refused:
        ask(table, "kind=bar&x=kode_kabupaten&y=ipm&where=tahun:eq:2025")
    assert refused.value.code == "may-not-be-added"
    with pytest.raises(rows.BadQuestion) as refused:
        ask(table, "kind=bar&x=kode_kabupaten&y=penduduk")
    assert refused.value.code == "not-over-time"
    chosen = ask(table, "kind=bar&x=kode_kabupaten&y=penduduk&where=tahun:eq:2025&region=52.07&region=52.03")
    assert {code: cell.value for code, cell in chosen.cells.items()} == {"52.07": 1410, "52.03": 610}
    one = ask(table, "kind=bar&x=kode_kabupaten&y=ipm&where=tahun:eq:2025&where=jenis_kelamin:eq:L")
    assert one.cells["52.07"].value == Decimal("77.5")


def test_a_figure_keeps_the_marks_of_its_rows(release):
    table = charting.table_of(release)
    cells = ask(table, "kind=line&x=tahun&y=penduduk&region=52.07&region=52.01").series["52.07"]
    assert cells["2025"].marks == ("*",)
    assert cells["2023"].marks == ()
    assert chart_columns(table).named("penduduk").marks == {"*": "angka sementara"}


# Refusals that name a column: by what people call it.
NAMING = {"x-is-no-time", "x-is-no-region", "x-is-no-kind", "y-is-no-number"}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("kind=pie&x=tahun", "unknown-choice"),
        ("kind=line&x=jenis_kelamin", "x-is-no-time"),
        ("kind=map&x=jenis_kelamin", "x-is-no-region"),
        ("kind=bar&x=penduduk", "x-is-no-kind"),
        ("kind=bar&x=jenis_kelamin&y=jenis_kelamin", "y-is-no-number"),
        ("kind=bar&x=jenis_kelamin&region=52.01", "regions-need-a-line"),
        ("kind=line&x=tahun&region=' OR 1", "unknown-region"),
        ("kind=line&x=tahun&region=" + "&region=".join(f"52.0{n}" for n in range(1, 8)), "too-many-regions"),
        ("kind=bar&x=jenis_kelamin&where=tahun:eq:dua", "bad-value"),
        ("kind=bar&x=jenis_kelamin&callback=x", "unknown-parameter"),
        ("kind=bar", "no-x"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(address, code):
    fields = (SchemaField("tahun", "year"), SchemaField("jenis_kelamin"), SchemaField("penduduk", "integer"))
    columns = ChartColumns(
        tuple(
            ChartColumn(each.name, place, each.type, {"id": f"Arti {each.name}"}) for place, each in enumerate(fields)
        )
    )
    with pytest.raises(rows.BadQuestion) as refused:
        asking.view_of(QueryDict(address), fields, columns, table="data")
    assert refused.value.code == code
    assert "%(" not in refused.value.sentence
    assert code not in NAMING or "Arti " in refused.value.sentence


def test_a_region_and_its_parts_are_not_counted_twice(people, tmp_path):
    text = charting.HEAD + "2025,52.01,L,36,1\n2025,52.01.01,L,12,1\n2025,52.01.02,L,24,1\n"
    release = charting.published(people, tmp_path, text=text)
    table = charting.table_of(release)
    with pytest.raises(rows.BadQuestion) as refused:
        ask(table, "kind=bar&x=jenis_kelamin&y=penduduk")
    assert refused.value.code == "regions-nested"
    by_region = ask(table, "kind=bar&x=kode_kabupaten&y=penduduk")
    assert by_region.keys == ("52.01.01", "52.01.02")
    assert by_region.left_out == ("52.01",)


def test_finer_regions_are_put_together_where_that_is_allowed(people, tmp_path):
    lines = [f"2025,52.{place}.0{part},L,{part},1" for place in ("01", "07") for part in (1, 2, 3)]
    release = charting.published(people, tmp_path, text=charting.HEAD + "\n".join(lines) + "\n")
    table = charting.table_of(release)
    by_regency = ask(table, "kind=map&x=kode_kabupaten&y=penduduk&level=regency")
    assert {code: cell.value for code, cell in by_regency.cells.items()} == {"52.01": 6, "52.07": 6}
    assert not by_regency.left_out
    assert ask(table, "kind=map&x=kode_kabupaten&y=ipm&level=regency").keys == ()
    one = ask(table, "kind=line&x=tahun&y=penduduk&region=52.07")
    assert one.series["52.07"]["2025"].value == 6


def test_a_figure_with_rows_that_say_nothing_is_partial(people, tmp_path):
    text = charting.HEAD + "2025,52.01,L,12,1\n2025,52.01,P,,1\n2024,52.01,L,,1\n2024,52.02,L,,1\n"
    table = charting.table_of(charting.published(people, tmp_path, text=text))
    cells = ask(table, "kind=line&x=tahun&y=penduduk").cells
    assert (cells["2025"].value, cells["2025"].is_partial) == (12, True)
    assert cells["2024"].value is None


def test_a_year_or_month_nobody_measured_is_a_gap():
    assert timelines.filled({"2025-11", "2026-02"}) == ("2025-11", "2025-12", "2026-01", "2026-02")
    assert timelines.filled({"2020", "2022"}) == ("2020", "2021", "2022")
    assert timelines.filled({"2026-01-05", "2026-01-01"}) == ("2026-01-01", "2026-01-05")
