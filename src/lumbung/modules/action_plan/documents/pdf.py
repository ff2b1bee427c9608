"""The enacted plan as a tagged PDF (PDF/UA-1)."""

import io
from dataclasses import asdict
from pathlib import Path
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from lumbung.core.web import documents
from lumbung.modules.action_plan.documents import word
from lumbung.modules.action_plan.queries.printed import Part, Words

TYPST = Path(__file__).parents[1] / "templates" / "action_plan" / "plan.typ"


def document(words: Words) -> bytes:
    """The PDF of a plan in one language."""
    with translation.override(words.language):
        return documents.pdf(TYPST, _data(words))


def _data(words: Words) -> dict[str, Any]:
    return {
        "title": words.title,
        "publisher": words.publisher,
        "language": words.language,
        "lines": [asdict(line) for line in words.lines],
        "parts": [_part(part) for part in words.parts],
        "plan_title": _("The plan"),
        "milestones": _("Milestones"),
        "heads": word.heads(),
        "amendments": _("Amendments"),
        "exceptions_title": word.exceptions_title(),
        "exceptions": list(words.exceptions),
        "proof_title": _("How to check this document"),
        "proof": [list(row) for row in words.proof],
        "qr": _svg(words.address),
        "qr_alt": _("QR code that leads to %(address)s") % {"address": words.address},
        "page_word": _("Page"),
        "contents": _("Contents"),
    }


def _part(part: Part) -> dict[str, Any]:
    number = _("Commitment %(number)s of %(member)s") % {"number": part.number, "member": part.member}
    return {
        "over": f"{number} · {part.public_id}" if part.public_id else number,
        "title": part.title,
        "lines": [asdict(line) for line in part.lines],
        "steps": [word.cells(step) for step in part.steps],
        "changes": [word.told(change) for change in part.changes],
    }


def _svg(address: str) -> str:
    buffer = io.BytesIO()
    segno.make(address, error="m").save(buffer, kind="svg", xmldecl=False, scale=4, border=3, light="#fff")
    return buffer.getvalue().decode()
