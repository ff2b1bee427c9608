"""Every file of one making of an enacted plan."""

from dataclasses import dataclass

from lumbung.modules.action_plan.documents import pdf, table, word
from lumbung.modules.action_plan.models import Plan
from lumbung.modules.action_plan.queries import printed
from lumbung.modules.action_plan.queries.printed import Facts

LANGUAGES = ("id", "en")
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Made:
    """One file."""

    kind: str
    language: str
    content: bytes


def make_all(plan: Plan, facts: Facts) -> list[Made]:
    """Document and PDF in both languages, the record, and OGP's table."""
    made = []
    for language in LANGUAGES:
        words = printed.words_of(plan, facts, language)
        made += [Made("docx", language, word.document(words)), Made("pdf", language, pdf.document(words))]
    made.append(Made("json", "", printed.as_json(facts)))
    made.append(Made("csv", "", table.ogp_table(plan, facts)))
    return made
