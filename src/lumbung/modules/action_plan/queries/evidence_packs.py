"""The evidence of a commitment for OGP's form: at most so many files of so many bytes, or why it does not fit.

Beside the evidence named for it go the reports its monitoring body filed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.core.files.kinds import KINDS
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.models import Commitment, FiledReport
from lumbung.modules.action_plan.queries import filed
from lumbung.modules.action_plan.queries.evidence import Proof, proofs_of

# What the list of contents and the frame of a zip add, generously.
LIST_BYTES, FRAME_BYTES = 100_000, 500


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the list; `kind` is that of the document we keep, empty where there is only an address."""

    title: str
    url: str
    named_by: str
    standing: str
    sha256: str = ""
    bytes: int = 0
    mime: str = ""
    kept_on: str = ""
    kind: str = ""
    licence: str = ""
    has_personal_data: bool = False


def pieces_of(commitment: Commitment) -> list[Piece]:
    """Everything the pack of a commitment holds or lists: evidence, then the reports that were filed."""
    evidence = [piece_of(proof) for proof in proofs_of(commitment)]
    return evidence + [_report(each) for each in filed.filed_about(commitment)]


def piece_of(proof: Proof) -> Piece:
    """A piece of evidence with what was kept of it."""
    evidence, kept = proof.evidence, proof.kept
    return Piece(
        title=evidence.title,
        url=evidence.url,
        named_by=evidence.organisation_id,
        standing=proof.standing,
        sha256=kept.sha256 if kept else "",
        bytes=(kept.bytes or 0) if kept else 0,
        mime=kept.mime if kept else "",
        kept_on=kept.captured_at.isoformat() if kept else "",
        kind=kept.document.kind if kept and kept.document else "",
        licence=evidence.licence,
        has_personal_data=evidence.is_closed,
    )


def _report(report: FiledReport) -> Piece:
    document = report.document
    return Piece(
        title=report.title,
        url=report.url,
        named_by=report.organisation_id,
        standing="filed",
        sha256=document.sha256 if document else "",
        bytes=document.bytes if document else 0,
        mime=KINDS[document.kind].mime if document else "",
        kept_on=report.filed_on.isoformat(),
        kind=document.kind if document else "",
    )


@dataclass(frozen=True, slots=True)
class Pack:
    """Files of the form, each a tuple of documents; what stays outside, and what does not fit."""

    parts: tuple[tuple[Piece, ...], ...]
    listed: tuple[Piece, ...]
    too_large: tuple[Piece, ...]

    @property
    def fits(self) -> bool:
        """Whether everything kept goes into the form."""
        return not self.too_large

    @property
    def is_empty(self) -> bool:
        """Whether there is no evidence at all, neither kept nor listed."""
        return self.fits and not self.listed and not any(self.parts)


def pack_of(pieces: Sequence[Piece]) -> Pack:
    """Documents we keep, packed first-fit by size, the largest first; addresses are listed with their hash."""
    rules = states.monitoring_rules()
    kept = [piece for piece in pieces if piece.kind]
    room = [rules.pack_bytes - LIST_BYTES] * rules.pack_files
    parts: list[list[Piece]] = [[] for _part in room]
    too_large = []
    for piece in sorted(kept, key=lambda each: each.bytes, reverse=True):
        place = next((index for index, left in enumerate(room) if piece.bytes + FRAME_BYTES <= left), None)
        if place is None:
            too_large.append(piece)
            continue
        parts[place].append(piece)
        room[place] -= piece.bytes + FRAME_BYTES
    filled = tuple(tuple(part) for part in parts if part) or ((),)
    return Pack(filled, tuple(piece for piece in pieces if not piece.kind), tuple(too_large))


def bytes_in(part: Sequence[Piece]) -> int:
    """How large the documents of a part are together."""
    return sum(piece.bytes for piece in part)
