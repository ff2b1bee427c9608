"""Results of Decidim's accountability, exported as CSV: results become commitments, those below them milestones."""

import csv
import html
import io
import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.modules.action_plan.reading import cells
from lumbung.modules.action_plan.reading.outcome import Known, Note, Row, slug_of
from lumbung.modules.action_plan.shape import COMMITMENT, empty_body

MOST_ROWS = 400
LONGEST_FIELD = 131_072
BREAKS = re.compile(r"<(?:/p|br\s*/?|/li)>", re.IGNORECASE)
TAGS = re.compile(r"<[^>]+>")
# What Decidim tells and a draft does not keep: progress is measured here, not typed.
NOT_KEPT = ("status/key", "progress")


def rows_of(text: str, known: Known) -> list[Row]:
    """Commitments with their milestones, in the order of the file."""
    lines = _read(text)
    above = {line["id"]: line.get("parent/id", "") for _at, line in lines}
    top = {line["id"]: _result(at, line, known) for at, line in lines if not line.get("parent/id")}
    orphans = []
    for at, line in lines:
        if not line.get("parent/id"):
            continue
        if parent := top.get(_top_of(line["id"], above)):
            _below(parent, line, known)
        else:
            orphan = _result(at, line, known)
            orphan.errors.append(Note(_("The result it belongs to is not in the file. Export all of them together.")))
            orphans.append(orphan)
    return [*top.values(), *orphans]


def _top_of(key: str, above: Mapping[str, str]) -> str:
    """The result at the top of a branch; milestones have nothing below them here."""
    for _step in above:
        if not above.get(key):
            break
        key = above[key]
    return key


def _read(text: str) -> list[tuple[int, Mapping[str, str]]]:
    try:
        return _lines(text)
    except csv.Error as error:
        raise Refused(
            "import-broken-csv",
            _("This CSV is broken or holds a text that is far too long. Export it once more, then try again."),
            field="files",
        ) from error


def _lines(text: str) -> list[tuple[int, Mapping[str, str]]]:
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
    for at, line in enumerate(reader, start=2):
        # The limit of the csv module is one of the whole process; a library may have raised it.
        if any(len(str(cell)) > LONGEST_FIELD for cell in line.values()):
            raise csv.Error("field larger than field limit")
        if len(lines) == MOST_ROWS:
            raise Refused(
                "import-too-long",
                _("The file has more than %(count)s rows. Split it, then take over one part after the other."),
                field="files",
                count=MOST_ROWS,
            )
        lines.append((at, {key: value for key, value in line.items() if key and isinstance(value, str)}))
    return lines


def text_in(line: Mapping[str, str], column: str, language: str) -> str:
    """A translated column in the language of the import, else in any, as plain text."""
    columns = [f"{column}/{language}", column, *(name for name in line if name.startswith(f"{column}/"))]
    told = next((line[name] for name in columns if line.get(name)), "")
    return html.unescape(TAGS.sub("", BREAKS.sub("\n", told))).strip()


def _result(at: int, line: Mapping[str, str], known: Known) -> Row:
    row = Row(f"1:{at}", "commitment", empty_body("commitment"))
    title = text_in(line, "title", known.language)
    told = {"title": title, "short": title[:60], "action": text_in(line, "description", known.language)}
    told["policy_area"] = text_in(line, "category/name", known.language)
    for field in COMMITMENT:
        if field.is_text:
            cells.put_text(row, field, told.get(field.key, ""), known)
    cells.put_day(row, "starts_on", line.get("start_date", ""), end=False)
    cells.put_day(row, "ends_on", line.get("end_date", ""), end=True)
    tell_left_out(row, line)
    row.slug = slug_of(title)
    if not title:
        row.errors.append(Note(_("This row has no title.")))
    return row


def tell_left_out(row: Row, line: Mapping[str, str]) -> None:
    """Progress and status of a result."""
    for name in NOT_KEPT:
        if line.get(name):
            row.note(
                _("%(column)s “%(value)s” was left out: progress is measured here."),
                column=name,
                value=line[name][:60],
            )


def _below(row: Row, line: Mapping[str, str], known: Known) -> None:
    texts = {"title": text_in(line, "title", known.language), "output": text_in(line, "description", known.language)}
    cells.add_milestone(row, texts, line.get("end_date", ""), known)
    tell_left_out(row, line)
