"""The enacted plan as a document to edit: real headings, real tables, its language and title set."""

import io
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _
from docx.shared import Cm

from lumbung.modules.action_plan.documents import office
from lumbung.modules.action_plan.queries.changes import Changed
from lumbung.modules.action_plan.queries.printed import Line, Part, Step, Words


def document(words: Words) -> bytes:
    """The DOCX of a plan in one language."""
    with translation.override(words.language):
        paper = office.begun(words.title, author=words.publisher, language=words.language)
        paper.add_heading(words.title, level=0)
        paper.add_paragraph(words.publisher)
        paper.add_heading(_("The plan"), level=1)
        _put_lines(paper, words.lines)
        for part in words.parts:
            _put_part(paper, part)
        if words.exceptions:
            paper.add_heading(exceptions_title(), level=1)
            for each in words.exceptions:
                paper.add_paragraph(each, style="List Bullet")
        _put_proof(paper, words)
    return office.content(paper)


def _put_lines(paper: Any, lines: tuple[Line, ...]) -> None:
    for line in lines:
        paper.add_heading(line.label, level=2)
        for paragraph in line.text.splitlines():
            paper.add_paragraph(paragraph)


def _put_part(paper: Any, part: Part) -> None:
    number = _("Commitment %(number)s of %(member)s") % {"number": part.number, "member": part.member}
    paper.add_heading(f"{number}: {part.title}", level=1)
    if part.public_id:
        paper.add_paragraph(part.public_id)
    _put_lines(paper, part.lines)
    if part.steps:
        paper.add_heading(_("Milestones"), level=2)
        _put_steps(paper, part.steps)
    if part.changes:
        paper.add_heading(_("Amendments"), level=2)
        for change in part.changes:
            paper.add_paragraph(told(change), style="List Bullet")


def told(change: Changed) -> str:
    """One amendment as a sentence of its parts."""
    parts = (
        f"{change.place}.",
        _("Before: %(text)s.") % {"text": _in_line(change.old)},
        _("Now: %(text)s.") % {"text": _in_line(change.new)},
        _("Reason: %(text)s") % {"text": change.reason},
        f"{change.decree}.",
        change.by,
    )
    return " ".join(parts)


def _in_line(text: str) -> str:
    return "; ".join(text.splitlines()) or _("nothing")


def exceptions_title() -> str:
    """The heading over what was let pass."""
    return _("Stages left with an exception")


def heads() -> list[str]:
    """The heads of a table of milestones."""
    return ["#", _("Milestone"), _("Period"), _("Output"), _("Verification"), _("Responsible")]


def cells(step: Step) -> list[str]:
    """One row of it."""
    return [str(step.number), step.title, step.period, step.output, step.verification, step.owner]


def _put_steps(paper: Any, steps: tuple[Step, ...]) -> None:
    office.put_table(paper, heads(), [cells(step) for step in steps])


def _put_proof(paper: Any, words: Words) -> None:
    paper.add_heading(_("How to check this document"), level=1)
    for label, text in words.proof:
        paragraph = paper.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(text)
    picture = io.BytesIO()
    segno.make(words.address, error="m").save(picture, kind="png", scale=6, border=3)
    picture.seek(0)
    shape = paper.add_picture(picture, width=Cm(3.5))
    alternative = shape._inline.docPr  # noqa: SLF001 - python-docx has no other way to say what a picture shows
    alternative.set("descr", _("QR code that leads to %(address)s") % {"address": words.address})
