import dataclasses
import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

import pytest

from lumbung.core.web import charts
from lumbung.core.web.charts import canvas, places

SVG = "{http://www.w3.org/2000/svg}"


def bars(*values, direction="lying", unit="count"):
    return charts.BarChart(
        title="T",
        finding="F",
        bars=tuple(charts.Bar(f"b{index}", value) for index, value in enumerate(values)),
        category="Agency",
        measure="Reports",
        unit=unit,
        direction=direction,
    )


def line(*values, rules=()):
    points = tuple(charts.Point(date(2026, index + 1, 1), value) for index, value in enumerate(values))
    return charts.LineChart(title="T", finding="F", lines=(charts.Line("KSB", points, main=True),), rules=rules)


def place(name, value):
    return charts.Place(name, (((0, 0), (1, 0), (1, 1), (0, 0)),), value)


def choropleth(*values):
    areas = tuple(place(f"p{index}", value) for index, value in enumerate(values))
    return charts.Choropleth("T", "F", areas, category="Area", measure="Reports", missing="none")


def panels(*series):
    lines = tuple(line(*values).lines[0] for values in series)
    named = tuple(dataclasses.replace(each, label=f"r{index}", main=False) for index, each in enumerate(lines))
    return charts.PanelChart("T", "F", named, "Month", time_unit="month")


STEPS = charts.StepChart("T", "F", (charts.StepPoint(0, 1), charts.StepPoint(5, 0.4)), "Days", "Open", "Median", 5)
SCHEDULE = charts.Schedule(
    "T",
    "F",
    (
        charts.Step("Regulation", date(2026, 3, 31), date(2026, 5, 2), "32 days late"),
        charts.Step("A title so long that a phone cannot show it in one line and hardly in two", date(2026, 6, 30)),
        charts.Step("Data", date(2026, 12, 31), date(2026, 12, 1)),
    ),
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    today=date(2026, 8, 1),
    step_label="Step",
    due_label="Planned",
    done_label="Reached",
    today_label="today",
    state_label="State",
)
SHARES = charts.ShareBar("T", "F", (charts.Share("a", 3), charts.Share("b", 1)), "State", "Reports", "Share")
ALL = [
    charts.panel_chart(panels((1, 2, 3), (3, None, 1))),
    charts.bar_chart(bars(3, 1)),
    charts.schedule_chart(SCHEDULE),
    charts.bar_chart(bars(3, None, direction="standing")),
    charts.line_chart(line(1, None, 3)),
    charts.step_chart(STEPS),
    charts.share_bar(SHARES),
    charts.choropleth(choropleth(1, 2, None)),
]


@pytest.mark.parametrize("chart", ALL)
def test_every_chart_is_well_formed_and_says_its_name_and_finding(chart):
    root = ET.fromstring(chart.svg)
    assert [root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text] == ["T", "F"]


@pytest.mark.parametrize("chart", ALL)
def test_no_chart_carries_a_style_attribute(chart):
    assert not re.search(r"\bstyle=", chart.svg)


@pytest.mark.parametrize("chart", ALL)
def test_every_chart_has_its_table(chart):
    keys = {column["key"] for column in chart.columns}
    assert chart.rows
    assert all(set(row) == keys for row in chart.rows)


def test_words_in_a_chart_are_escaped():
    chart = charts.bar_chart(charts.BarChart("<b>", "F", (charts.Bar('"><script>', 1),), category="A", measure="B"))
    assert "<script>" not in chart.svg
    ET.fromstring(chart.svg)


def test_bars_start_at_zero_so_that_lengths_compare():
    root = ET.fromstring(charts.bar_chart(bars(40, 20)).svg)
    widths = [float(rect.get("width")) for rect in root.iter(f"{SVG}rect")]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.2)


def test_a_bar_below_zero_lies_left_of_the_line_and_cannot_stand():
    svg = ET.fromstring(charts.bar_chart(bars(4, -4)).svg)
    above, below = svg.findall(f"{SVG}rect")
    assert float(below.get("x")) == 0
    assert float(below.get("x")) + float(below.get("width")) == float(above.get("x"))
    with pytest.raises(ValueError, match="b0"):
        charts.bar_chart(bars(-1, direction="standing"))


def test_a_bar_without_a_value_says_so_and_draws_nothing():
    chart = charts.bar_chart(bars(None))
    assert "tidak tersedia" in chart.svg
    assert "<rect" not in chart.svg


def test_all_zero_bars_are_drawn_without_failing():
    assert "0" in charts.bar_chart(bars(0, 0)).svg


def test_numbers_follow_the_language():
    data = bars(1234)
    assert "1.234" in charts.bar_chart(data, "id").svg
    assert "1,234" in charts.bar_chart(data, "en").svg


def test_a_gap_in_the_data_is_a_gap_in_the_line():
    path = ET.fromstring(charts.line_chart(line(1, 2, None, 3, 4)).svg).find(f"{SVG}path[@class='line main']")
    assert path.get("d").count("M") == 2


def test_a_value_alone_between_gaps_is_a_dot():
    assert ET.fromstring(charts.line_chart(line(1, None, 3, None, 2)).svg).findall(f"{SVG}circle")


def test_baseline_and_target_are_named_with_their_values():
    rules = (charts.Rule("Target", 8), charts.Rule("Baseline", 2, "baseline"))
    drawn = charts.line_chart(line(1, 3, rules=rules)).svg
    assert "Target 8" in drawn
    assert "Baseline 2" in drawn


def test_a_line_may_be_named_shorter_at_its_end_than_in_the_table():
    points = (charts.Point(date(2026, 1, 1), 3), charts.Point(date(2026, 2, 1), 4))
    data = charts.LineChart("T", "F", (charts.Line("answered in time", points, main=True, end_label="Newest"),))
    chart = charts.line_chart(data)
    assert "Newest 4" in chart.svg
    assert chart.columns[1]["label"] == "answered in time"


def test_an_empty_line_chart_is_drawn_without_failing():
    assert charts.line_chart(charts.LineChart("T", "F", ())).rows == ()


def test_labels_at_the_end_of_lines_keep_apart_and_within_the_drawing():
    rules = (charts.Rule("Disepakati dalam Forum Satu Data", 10, "target"), charts.Rule("Keseluruhan", 9))
    names = re.findall(r'<text x="328" y="([\d.]+)"[^>]*>([^<]+)<', charts.line_chart(line(8, 9, rules=rules)).svg)
    assert [words for _, words in names[:3]] == ["Disepakati dalam", "Forum Satu Data", "10"]
    assert all(len(words) <= 17 for _, words in names)
    places = [float(y) for y, _ in names]
    assert all(after - before >= 17 for before, after in pairwise(places))


@pytest.mark.parametrize("most", [9, 900, 54_000, 99_000_000])
def test_numbers_of_the_axis_lie_within_the_drawing(most):
    drawn = ET.fromstring(str(charts.line_chart(line(1, most)).svg))
    ends = [each for each in drawn.iter(f"{SVG}text") if each.get("text-anchor") == "end"]
    assert all(float(each.get("x")) >= 7 * len(each.text) for each in ends)


def test_the_value_of_the_longest_bar_lies_within_the_drawing():
    drawn = ET.fromstring(str(charts.bar_chart(bars(99_999, 12)).svg))
    said = next(each for each in drawn.iter(f"{SVG}text") if each.text == "99.999")
    assert float(said.get("x")) + 10 * len(said.text) <= canvas.WIDTH


def test_ticks_are_round_and_cover_the_values():
    assert canvas.ticks(0, 0.62) == [0.0, 0.2, 0.4, 0.6, 0.8]
    assert canvas.ticks(0, 37) == [0, 10, 20, 30, 40]


def test_the_survival_curve_moves_in_steps_only():
    path = ET.fromstring(charts.step_chart(STEPS).svg).find(f"{SVG}path[@class='line main']").get("d")
    assert set(re.findall(r"[A-Za-z]", path)) == {"M", "H", "V"}


WATCHED = charts.StepChart(
    "T",
    "F",
    (charts.StepPoint(0, 1, at_risk=9), charts.StepPoint(5, 0.4, at_risk=8), charts.StepPoint(40, 0.1, at_risk=1)),
    "Days",
    "Open",
    at_risk_label="Watched",
    days_shown=20,
    days_marked=(0, 10, 20, 30),
)


def test_the_numbers_at_risk_stand_below_the_days_and_in_the_table():
    chart = charts.step_chart(WATCHED)
    assert [(row["days"], row["share"], row["at_risk"]) for row in chart.rows] == [
        ("0", "100%", "9"),
        ("10", "40%", "1"),
        ("20", "40%", "1"),
    ]
    assert "Watched" in chart.svg


def test_a_survival_curve_cut_off_ends_at_the_edge_and_not_before():
    path = ET.fromstring(charts.step_chart(WATCHED).svg).find(f"{SVG}path[@class='line main']").get("d")
    assert path.count("H") == 2


def test_without_a_median_none_is_drawn():
    data = charts.StepChart("T", "F", (charts.StepPoint(0, 1),), "Days", "Open")
    assert 'class="target"' not in charts.step_chart(data).svg


def test_shares_fill_the_whole_bar():
    root = ET.fromstring(charts.share_bar(SHARES).svg)
    widths = [float(rect.get("width")) for rect in root.iter(f"{SVG}rect")]
    assert sum(widths[::2]) == pytest.approx(canvas.WIDTH)


def test_more_parts_than_shades_are_refused():
    with pytest.raises(ValueError, match="7 parts"):
        charts.ShareBar("T", "F", tuple(charts.Share(str(n), 1) for n in range(7)), "a", "b", "c")


def test_classes_hold_about_as_many_areas_each():
    assert places.class_edges([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == [2, 4, 6, 8, 10]


def test_equal_values_share_one_class():
    assert places.class_edges([3, 3, 3]) == [3]


def test_the_key_of_a_map_is_in_words_and_names_are_written_where_there_is_room():
    beside = dataclasses.replace(place("p1", 2), rings=(((1, 0), (2, 0), (2, 1), (1, 1), (1, 0)),))
    narrow = dataclasses.replace(choropleth(1), places=(place("p0", 1), beside))
    chart = charts.choropleth(dataclasses.replace(narrow, wide=charts.DESK))
    assert ">sampai 1</text>" in chart.svg
    assert ">1–2</text>" in chart.svg
    assert 'class="place"' in chart.svg
    assert 'class="place"' not in charts.choropleth(narrow).svg


def test_an_area_without_a_value_is_hatched_and_says_so():
    chart = charts.choropleth(choropleth(1, None))
    hatch = re.search(r'<pattern id="([^"]+)"', chart.svg)[1]
    assert chart.svg.count(f'fill="url(#{hatch})"') == 2
    assert "p1: none" in chart.svg
    assert 'class="area k0"' in chart.svg
    assert chart.rows[-1] == {"label": "p1", "value": "none"}


def test_a_spark_line_survives_one_value_and_none():
    assert "polyline" in charts.spark_line((0.5,), "T")
    assert "polyline" in charts.spark_line((), "T")


def test_a_schedule_draws_delay_from_the_planned_day_to_the_day_it_was_reached_or_to_today():
    root = ET.fromstring(charts.schedule_chart(SCHEDULE, "en").svg)
    assert len(root.findall(f".//{SVG}path[@class='late']")) == 2
    assert len(root.findall(f".//{SVG}circle[@class='ring']")) == 3
    assert len(root.findall(f".//{SVG}circle[@class='dot']")) == 2


def test_a_schedule_long_over_is_drawn_as_long_as_it_was():
    over = dataclasses.replace(SCHEDULE, today=date(2030, 1, 1))
    assert "today" not in charts.schedule_chart(over).svg
    assert charts.schedule_chart(over).rows[1]["done"] == "–"


def test_words_beside_the_median_stand_where_there_is_room():
    early = charts.step_chart(STEPS).svg
    late = charts.step_chart(charts.StepChart("T", "F", STEPS.points, "Days", "Open", "Median", 1)).svg
    assert 'text-anchor="end"' in next(part for part in early.split("<text") if "Median 5" in part)
    assert 'text-anchor="end"' not in next(part for part in late.split("<text") if "Median 1" in part)


def test_each_row_of_a_line_tells_its_n_where_the_chart_has_one():
    points = (charts.Point(date(2026, 1, 1), 3, n=2), charts.Point(date(2026, 2, 1), None, n=0))
    chart = charts.line_chart(charts.LineChart("T", "F", (charts.Line("late", points),), count_label="n"))
    assert [row["n"] for row in chart.rows] == ["2", "0"]
    assert [column["key"] for column in charts.line_chart(line(1)).columns] == ["day", "v0"]


def test_each_picture_shows_one_line_with_the_others_grey_behind_it():
    svg = ET.fromstring(charts.panel_chart(panels((1, 2), (2, 1), (3, 3))).svg)
    pictures = svg.findall(f"{SVG}g")
    assert [sum("main" in path.get("class") for path in each.iter(f"{SVG}path")) for each in pictures] == [1, 1, 1]
    assert [sum(path.get("class") == "line" for path in each.iter(f"{SVG}path")) for each in pictures] == [2, 2, 2]
    with pytest.raises(ValueError, match="7 lines"):
        panels(*[(1, 2)] * 7)


def test_a_value_that_may_change_is_a_hollow_point():
    points = (charts.Point(date(2025, 1, 1), 1), charts.Point(date(2026, 1, 1), 2, is_marked=True))
    data = charts.LineChart("T", "F", (charts.Line("KSB", points),), time_unit="year")
    svg = charts.line_chart(data).svg
    assert svg.count('class="ring"') == 1
    assert ">2026<" in svg
