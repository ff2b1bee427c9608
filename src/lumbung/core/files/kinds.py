"""The kinds of document that are kept as they came: how each is called, served and named. Pure."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["pdf", "docx", "xlsx", "csv", "txt"]
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind: its short name is also the ending of its file name."""

    key: Kind
    word: str
    mime: str


KINDS: dict[str, DocumentKind] = {
    kind.key: kind
    for kind in (
        DocumentKind("pdf", "PDF", "application/pdf"),
        DocumentKind("docx", "Word (DOCX)", f"{OFFICE}.wordprocessingml.document"),
        DocumentKind("xlsx", "Excel (XLSX)", f"{OFFICE}.spreadsheetml.sheet"),
        DocumentKind("csv", "CSV (UTF-8)", "text/csv; charset=utf-8"),
        DocumentKind("txt", "TXT (UTF-8)", "text/plain; charset=utf-8"),
    )
}
PDF_ONLY: tuple[Kind, ...] = ("pdf",)
EVIDENCE: tuple[Kind, ...] = ("pdf", "docx", "xlsx", "csv", "txt")
