"""Commitments kept as Markdown with YAML front matter, one file each, as in the United States federal tracker.

source: GSA/open.usa.gov, _commitments/*.md (title, commitment_id, commitment_theme_name, commitment_detail_sub,
commitment_status, commitment_narrative, commitment_agency)
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.modules.action_plan.reading import cells
from lumbung.modules.action_plan.reading.outcome import Known, Note, Row, slug_of
from lumbung.modules.action_plan.shape import COMMITMENT, empty_body, field_of

MOST_CHARACTERS = 200_000
DOCUMENT = re.compile(r"\A\ufeff?---\s*\n(.*?)\n---\s*(?:\n|\Z)(.*)\Z", re.DOTALL)
TRACKER = {
    "commitment_theme_name": "policy_area",
    "commitment_detail_sub": "action",
    "commitment_narrative": "status_quo",
}
# Kept by a website about itself.
IGNORED = frozenset({"layout", "permalink", "commitment_link", "commitment_theme_slug", "title", "commitment_id"})
NOTHING = frozenset({"placeholder", "null", "~"})


class PlainLoader(yaml.BaseLoader):
    """Lists, mappings and words, nothing else: a day is a word too, and one that does not exist is told in its row.

    No aliases (a few lines of them unfold to gigabytes) and no tags.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None) not in {None, "!"}:
            raise yaml.YAMLError("alias or tag")
        return super().compose_node(parent, index)


def row_of(text: str, known: Known, *, place: str) -> Row:
    """One commitment."""
    found = DOCUMENT.match(text)
    if found is None or len(text) > MOST_CHARACTERS:
        raise _unreadable()
    try:
        told = yaml.load(found[1], Loader=PlainLoader)  # noqa: S506 - safer than a SafeLoader
        json.dumps(told, ensure_ascii=False).encode()  # halves of characters cannot be written down again
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise _unreadable() from error
    if not isinstance(told, dict):
        raise _unreadable()
    return _row({str(key): value for key, value in told.items()}, found[2].strip(), known, place)


def _row(told: Mapping[str, Any], prose: str, known: Known, place: str) -> Row:
    row = Row(place, "commitment", empty_body("commitment"))
    texts = {own: _words(told.get(name)) for name, own in TRACKER.items()}
    texts |= {key: _words(value) for key, value in told.items() if field_of("commitment", key)}
    if prose and texts.get("action") not in {None, "", prose}:
        row.notes.append(Note(_("The text below the front matter was left out: the action is told above it.")))
    texts["action"] = texts.get("action") or prose
    texts["short"] = texts.get("short") or texts.get("title", "")[:60]
    for field in COMMITMENT:
        if field.is_text:
            cells.put_text(row, field, texts.get(field.key, ""), known)
        elif field.kind == "date":
            cells.put_day(row, field.key, texts.get(field.key, ""), end=field.key == "ends_on")
    cells.put_institutions(row, _words(told.get("commitment_agency")), "lead", known)
    row.slug = slug_of(_words(told.get("commitment_id")) or texts["short"])
    taken = {*TRACKER, *IGNORED, "commitment_agency"}
    for key in told:
        known_field = field_of("commitment", key)
        if key not in taken and not (known_field and (known_field.is_text or known_field.kind == "date")):
            row.notes.append(Note(_("“%(name)s” is not part of a draft and was left out."), {"name": key[:60]}))
    if not texts.get("title"):
        row.errors.append(Note(_("This row has no title.")))
    return row


def _words(value: Any) -> str:
    told = "" if value is None else str(value).strip()
    return "" if told.casefold() in NOTHING else told


def _unreadable() -> Refused:
    return Refused(
        "import-not-front-matter",
        _("The Markdown has no front matter between two lines of “---” that can be read. Mend it, then try again."),
        field="files",
    )
