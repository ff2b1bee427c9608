"""Results of Decidim's accountability, exported as CSV: results become commitments, those below them milestones."""

import csv
import html
import io
import itertools
import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.reading import matrix
from lumbung.modules.action_plan.reading.days import day_of
from lumbung.modules.action_plan.reading.outcome import Known, Note, Row, slug_of

MOST_ROWS = 400
BREAKS = re.compile(r"<(?:/p|br\s*/?|/li)>", re.IGNORECASE)
TAGS = re.compile(r"<[^>]+>")
# What Decidim tells and a draft does not keep: progress is measured here, not typed.
NOT_KEPT = ("status/key", "progress")


def rows_of(text: str, known: Known) -> list[Row]:
    """Commitments with their milestones, in the order of the file."""
    lines = _read(text)
    top = {line["id"]: _result(at, line, known) for at, line in lines if not line.get("parent/id")}
    for _at, line in lines:
        parent = top.get(line.get("parent/id") or "")
        if parent is not None:
            _below(parent, line, known)
    return list(top.values())


def _read(text: str) -> list[tuple[int, Mapping[str, str]]]:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    reader = csv.DictReader(
        io.StringIO(text.lstrip("\ufeff")), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    if "id" not in (reader.fieldnames or ()) or not any(name.startswith("title") for name in reader.fieldnames or ()):
        raise Refused(
            "import-not-decidim",
            _("This CSV has no columns “id” and “title/…”. Export the results from Decidim once more as CSV."),
            field="files",
        )
    lines: list[tuple[int, Mapping[str, str]]] = []
    for at, line in enumerate(itertools.islice(reader, MOST_ROWS), start=2):
        lines.append((at, {key: value for key, value in line.items() if key and isinstance(value, str)}))
    return lines


def text_in(line: Mapping[str, str], column: str, language: str) -> str:
    """A translated column in the language of the import, else in any, as plain text."""
    columns = [f"{column}/{language}", column, *(name for name in line if name.startswith(f"{column}/"))]
    told = next((line[name] for name in columns if line.get(name)), "")
    return html.unescape(TAGS.sub("", BREAKS.sub("\n", told))).strip()


def _result(at: int, line: Mapping[str, str], known: Known) -> Row:
    row = Row(f"1:{at}", "commitment", shape.empty_body("commitment"))
    title = text_in(line, "title", known.language)
    told = {"title": title, "short": title[:60], "action": text_in(line, "description", known.language)}
    told["policy_area"] = text_in(line, "category/name", known.language)[:80]
    for field in shape.COMMITMENT:
        if field.is_text:
            matrix.put_text(row, field, told.get(field.key, ""), known)
    matrix.put_day(row, "starts_on", line.get("start_date", ""), end=False)
    matrix.put_day(row, "ends_on", line.get("end_date", ""), end=True)
    for name in NOT_KEPT:
        if line.get(name):
            params = {"column": name, "value": line[name][:60]}
            row.notes.append(Note(_("%(column)s “%(value)s” was left out: progress is measured here."), params))
    row.slug = slug_of(title)
    if not title:
        row.errors.append(Note(_("This row has no title.")))
    return row


def _below(row: Row, line: Mapping[str, str], known: Known) -> None:
    texts = {"title": text_in(line, "title", known.language), "output": text_in(line, "description", known.language)}
    due_on = day_of(line.get("end_date", ""), end=True)
    number = len(row.body["milestones"]) + 1
    row.body["milestones"].append(matrix.milestone(number, texts, due_on, known, owner=""))
