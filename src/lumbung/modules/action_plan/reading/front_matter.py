"""Commitments kept as Markdown with YAML front matter, one file each, as in the United States federal tracker.

source: GSA/open.usa.gov, _commitments/*.md (title, commitment_id, commitment_theme_name, commitment_detail_sub,
commitment_status, commitment_narrative, commitment_agency)
"""

import re
from collections.abc import Mapping
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.reading import matrix
from lumbung.modules.action_plan.reading.outcome import Known, Note, Row, slug_of

MOST_CHARACTERS = 200_000
DOCUMENT = re.compile(r"\A\ufeff?---\s*\n(.*?)\n---\s*(?:\n|\Z)(.*)\Z", re.DOTALL)
TRACKER = {
    "commitment_theme_name": "policy_area",
    "commitment_detail_sub": "action",
    "commitment_narrative": "status_quo",
}
# Kept by a website about itself.
IGNORED = frozenset({"layout", "permalink", "commitment_link", "commitment_theme_slug", "title", "commitment_id"})
PLACEHOLDER = "placeholder"


class PlainLoader(yaml.SafeLoader):
    """Safe, and without aliases: a few lines of them unfold to gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)


def row_of(text: str, known: Known, *, place: str) -> Row:
    """One commitment."""
    found = DOCUMENT.match(text)
    if found is None or len(text) > MOST_CHARACTERS:
        raise _unreadable()
    try:
        told = yaml.load(found[1], Loader=PlainLoader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise _unreadable() from error
    if not isinstance(told, dict):
        raise _unreadable()
    return _row({str(key): value for key, value in told.items()}, found[2].strip(), known, place)


def _row(told: Mapping[str, Any], prose: str, known: Known, place: str) -> Row:
    row = Row(place, "commitment", shape.empty_body("commitment"))
    texts = {own: _words(told.get(name)) for name, own in TRACKER.items()}
    texts |= {key: _words(value) for key, value in told.items() if shape.field_of("commitment", key)}
    texts["action"] = texts.get("action") or prose
    texts["short"] = texts.get("short") or texts.get("title", "")[:60]
    for field in shape.COMMITMENT:
        if field.is_text:
            matrix.put_text(row, field, texts.get(field.key, ""), known)
        elif field.kind == "date":
            matrix.put_day(row, field.key, texts.get(field.key, ""), end=field.key == "ends_on")
    matrix.put_institutions(row, _words(told.get("commitment_agency")), "lead", known)
    row.slug = slug_of(_words(told.get("commitment_id")) or texts["short"])
    taken = {*TRACKER, *IGNORED, "commitment_agency"}
    for key in told:
        if key not in taken and not shape.field_of("commitment", key):
            row.notes.append(Note(_("“%(name)s” is not part of a draft and was left out."), {"name": key[:60]}))
    if not texts.get("title"):
        row.errors.append(Note(_("This row has no title.")))
    return row


def _words(value: Any) -> str:
    told = "" if value is None else str(value).strip()
    return "" if told.casefold() == PLACEHOLDER else told


def _unreadable() -> Refused:
    return Refused(
        "import-not-front-matter",
        _("The Markdown has no front matter between two lines of “---” that can be read. Mend it, then try again."),
        field="files",
    )
