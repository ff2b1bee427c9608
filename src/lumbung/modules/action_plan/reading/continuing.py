"""A row that continues the one above it: what it says more is added, what it says again (merged cells) is not."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.reading import cells as one_cell
from lumbung.modules.action_plan.reading.cells import Cells
from lumbung.modules.action_plan.reading.days import day_of
from lumbung.modules.action_plan.reading.outcome import Known, Row
from lumbung.modules.action_plan.shape import COMMITMENT, MILESTONE_TEXTS, empty_body


def add(row: Row, cells: Cells, known: Known) -> None:
    """Texts go on in a line of their own; lists grow."""
    for field in COMMITMENT:
        text = cells.get(field.key, "").strip()
        if field.is_text and field.key != "title" and text:
            one_cell.put_text(row, field, _more(row.body[field.key][known.language], text), known)
    _add_days(row, cells)
    values = [*row.body["values"], *one_cell.values_in(row, cells.get("values", ""), known)]
    row.body["values"] = list(dict.fromkeys(values))
    row.body["goals"] = sorted({*row.body["goals"], *one_cell.goals_in(cells)})
    for column, role in one_cell.CARRIERS:
        one_cell.put_institutions(row, cells.get(column, ""), role, known)
    more = one_cell.awaited_in(row, cells, known)
    row.body["indicators"] += [each for each in more if each not in row.body["indicators"]]


def add_to_step(row: Row, cells: Cells, texts: Mapping[str, str], known: Known) -> None:
    """What a row says more of the milestone above it."""
    step = row.body["milestones"][-1]
    for key in MILESTONE_TEXTS:
        if texts[key]:
            told = _more(step[key][known.language], texts[key])
            step[key] = one_cell.line_in(row, _("Milestones"), told, known)
    due_on, owner = cells.get("milestone_due_on", "").strip(), cells.get("milestone_owner", "").strip()
    day, code = day_of(due_on, end=True), known.institution(owner)
    step["due_on"] = step["due_on"] or (day.isoformat() if day else None)
    step["owner"] = step["owner"] or code or ""
    if due_on and day is None:
        row.note(_("The date “%(text)s” cannot be read and was left out."), text=due_on[:60])
    if day and step["due_on"] != day.isoformat():
        row.note(_("The date “%(text)s” was left out: the row above names another one."), text=due_on[:60])
    if owner and step["owner"] != code:
        row.note(_("“%(name)s” was left out: a milestone has one institution that answers for it."), name=owner[:120])


def _add_days(row: Row, cells: Cells) -> None:
    told = Row(row.place, row.kind, empty_body("commitment"))
    one_cell.put_period(told, cells)
    for note in told.notes:
        row.note(note.sentence, **note.params)
    for key in ("starts_on", "ends_on"):
        day = told.body[key]
        row.body[key] = row.body[key] or day
        if day and row.body[key] != day:
            row.note(_("The date “%(text)s” was left out: the row above names another one."), text=day)


def _more(before: str, text: str) -> str:
    if text in before.split("\n") or text in before:
        return before
    return f"{before}\n{text}" if before else text
