"""One file of the evidence pack: the kept documents, and a list of all evidence with its hashes."""

import csv
import io
import zipfile
from collections.abc import Sequence

from lumbung.core.files import documents, store
from lumbung.modules.action_plan.queries.evidence_packs import Piece

COLUMNS = ("file", "title", "address", "sha256", "bytes", "mime", "captured_at", "named_by", "licence", "standing")
LIST = "bukti.csv"
# Zip knows no time before; the same evidence gives the same bytes.
FIXED = (1980, 1, 1, 0, 0, 0)


def pack(part: Sequence[Piece], everything: Sequence[Piece]) -> bytes:
    """A zip of the documents of one part; each document is stored as it is, so that its hash can be computed again."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(LIST, FIXED), _list(everything))
        for piece in part:
            content = store.read(piece.sha256)
            if content is not None:
                archive.writestr(zipfile.ZipInfo(_name(piece), FIXED), content)
    return made.getvalue()


def _name(piece: Piece) -> str:
    # The start of the hash keeps two documents of one title apart.
    return f"{piece.sha256[:8]}-{documents.download_name(piece.title, piece.kind)}" if piece.kind else ""


def _list(pieces: Sequence[Piece]) -> str:
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    rows.writerows(_row(piece) for piece in pieces)
    return written.getvalue()


def _row(piece: Piece) -> list[str]:
    facts = [piece.sha256, str(piece.bytes), piece.mime, piece.kept_on] if piece.sha256 else ["", "", "", ""]
    told = [_name(piece), _plain(piece.title), piece.url, *facts]
    return [*told, piece.named_by, piece.licence, piece.standing]


def _plain(text: str) -> str:
    """Words a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t" else text
