"""One file of the evidence pack: the kept documents, and a list of all evidence with its hashes."""

import csv
import io
import zipfile
from collections.abc import Sequence

from lumbung.core.files import documents, store
from lumbung.modules.action_plan.queries.evidence import Proof

COLUMNS = ("file", "title", "address", "sha256", "bytes", "mime", "captured_at", "named_by", "licence", "standing")
LIST = "bukti.csv"
# Zip knows no time before; the same evidence gives the same bytes.
FIXED = (1980, 1, 1, 0, 0, 0)


def pack(part: Sequence[Proof], everything: Sequence[Proof]) -> bytes:
    """A zip of the documents of one part; each document is stored as it is, so that its hash can be computed again."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(LIST, FIXED), _list(everything))
        for proof in part:
            content = store.read(proof.kept.sha256) if proof.kept else None
            if content is not None:
                archive.writestr(zipfile.ZipInfo(_name(proof), FIXED), content)
    return made.getvalue()


def _name(proof: Proof) -> str:
    kept = proof.kept
    if kept is None or kept.document is None:
        return ""
    # The start of the hash keeps two documents of one title apart.
    return f"{kept.sha256[:8]}-{documents.download_name(proof.evidence.title, kept.document.kind)}"


def _list(proofs: Sequence[Proof]) -> str:
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    rows.writerows(_row(proof) for proof in proofs)
    return written.getvalue()


def _row(proof: Proof) -> list[str]:
    evidence, kept = proof.evidence, proof.kept
    facts = [kept.sha256, str(kept.bytes), kept.mime, kept.captured_at.isoformat()] if kept else ["", "", "", ""]
    told = [_name(proof), _plain(evidence.title), evidence.url, *facts]
    return [*told, evidence.organisation_id, evidence.licence, proof.standing]


def _plain(text: str) -> str:
    """Words a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t" else text
