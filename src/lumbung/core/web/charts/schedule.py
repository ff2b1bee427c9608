"""Steps with a planned day and the day they were reached: one row each, late ones with their delay drawn."""

import textwrap
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from lumbung.core.web import formatting
from lumbung.core.web.charts.canvas import WIDTH, Chart, Scale, element, frame, text

ROW, TOP, FOOT = 86, 8, 30
EDGE = 8
LABEL, LABEL_LINE, LINE, WORDS = 14, 20, 52, 74
CHARACTERS, LINES = 46, 2
# A plan that is long over is drawn as long as it was: today would stand far outside.
DAYS_BEYOND = 366


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `done_on` None: not reached as far as anybody told. `words` stand below it; examples are never late."""

    label: str
    due_on: date
    done_on: date | None = None
    words: str = ""
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """Steps between two days. The labels name the columns of its table and the mark of today."""

    title: str
    finding: str
    steps: tuple[Step, ...]
    starts_on: date
    ends_on: date
    today: date
    step_label: str
    due_label: str
    done_label: str
    today_label: str
    state_label: str


def schedule_chart(data: Schedule, language: str = "id") -> Chart:
    """Each step on its own line from the first to the last day: planned as a ring, reached as a dot, delay between."""
    first, last = _span(data)
    across = Scale(first.toordinal(), last.toordinal(), EDGE, WIDTH - EDGE)
    height = TOP + len(data.steps) * ROW + FOOT
    parts = [*_years(first, last, across, height), *_today(data, last, across, height)]
    for index, step in enumerate(data.steps):
        parts += _row(step, TOP + index * ROW, across, data.today, last)
    return Chart(svg=frame(data.title, data.finding, height, parts), **_table(data, language))


def _span(data: Schedule) -> tuple[date, date]:
    days = [data.starts_on, data.ends_on]
    days += [day for step in data.steps for day in (step.due_on, step.done_on) if day is not None]
    last = max(days)
    return min(days), data.today if last < data.today and (data.today - last).days <= DAYS_BEYOND else last


def _years(first: date, last: date, across: Scale, height: float) -> list[Markup]:
    parts = []
    for year in range(first.year + 1, last.year + 1):
        x = across.at(date(year, 1, 1).toordinal())
        parts.append(element("path", d=f"M{x:g} {TOP}V{height - FOOT + 6}", class_="rule"))
        parts.append(text(x, height - 8, str(year), anchor="middle", class_="quiet"))
    return parts


def _today(data: Schedule, last: date, across: Scale, height: float) -> list[Markup]:
    if not data.starts_on <= data.today <= last:
        return []
    x = across.at(data.today.toordinal())
    anchor = "end" if x > WIDTH / 2 else "start"
    line = element("path", d=f"M{x:g} {TOP}V{height - FOOT + 6}", class_="baseline")
    return [line, text(x, height - 8, data.today_label, anchor=anchor, class_="strong")]


def _row(step: Step, y: float, across: Scale, today: date, last: date) -> list[Markup]:
    due = across.at(step.due_on.toordinal())
    parts = [
        *_label(step.label, y),
        element("path", d=f"M{EDGE} {y + LINE}H{WIDTH - EDGE}", class_="axis"),
        element("path", d=f"M{EDGE} {y + LINE}H{due:g}", class_="line"),
    ]
    until = step.done_on or min(today, last)
    if until > step.due_on and not step.is_example:
        parts.append(element("path", d=f"M{due:g} {y + LINE}H{across.at(until.toordinal()):g}", class_="late"))
    parts.append(element("circle", cx=due, cy=y + LINE, r=6, class_="ring"))
    if step.done_on is not None:
        parts.append(element("circle", cx=across.at(step.done_on.toordinal()), cy=y + LINE, r=6, class_="dot"))
    parts.append(text(EDGE, y + WORDS, step.words, class_="quiet"))
    return parts


def _label(label: str, y: float) -> list[Markup]:
    """The words right above their line, however many lines they take."""
    lines = _lines(label)
    first = y + LABEL + (LINES - len(lines)) * LABEL_LINE
    return [text(EDGE, first + row * LABEL_LINE, words) for row, words in enumerate(lines)]


def _lines(label: str) -> list[str]:
    """At most two lines that a phone can show; what is longer ends in dots and stands whole in the table."""
    return textwrap.wrap(label, CHARACTERS, max_lines=LINES, placeholder=" …")


def _table(data: Schedule, language: str) -> dict[str, tuple[dict[str, object], ...]]:
    columns: tuple[dict[str, object], ...] = (
        {"key": "step", "label": data.step_label, "numeric": False},
        {"key": "due", "label": data.due_label, "numeric": False},
        {"key": "done", "label": data.done_label, "numeric": False},
        {"key": "words", "label": data.state_label, "numeric": False},
    )
    rows: tuple[dict[str, object], ...] = tuple(
        {
            "step": step.label,
            "due": formatting.date_short(step.due_on, language),
            "done": formatting.date_short(step.done_on, language) if step.done_on else "–",
            "words": step.words,
        }
        for step in data.steps
    )
    return {"columns": columns, "rows": rows}
