"""The evidence of a commitment for OGP's form: at most so many files of so many bytes, or why it does not fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.queries.evidence import Proof

# What the list of contents and the frame of a zip add, generously.
LIST_BYTES, FRAME_BYTES = 100_000, 500


@dataclass(frozen=True, slots=True)
class Pack:
    """Files of the form, each a tuple of documents; what stays outside, and what does not fit."""

    parts: tuple[tuple[Proof, ...], ...]
    listed: tuple[Proof, ...]
    too_large: tuple[Proof, ...]

    @property
    def fits(self) -> bool:
        """Whether everything kept goes into the form."""
        return not self.too_large

    @property
    def is_empty(self) -> bool:
        """Whether there is no evidence at all, neither kept nor listed."""
        return self.fits and not self.listed and not any(self.parts)


def pack_of(proofs: Sequence[Proof]) -> Pack:
    """Documents we keep, packed first-fit by size, the largest first; addresses are listed with their hash."""
    rules = states.monitoring_rules()
    kept = [proof for proof in proofs if proof.kept is not None and proof.kept.document_id is not None]
    room = [rules.pack_bytes - LIST_BYTES] * rules.pack_files
    parts: list[list[Proof]] = [[] for _part in room]
    too_large = []
    for proof in sorted(kept, key=_bytes_of, reverse=True):
        place = next((index for index, left in enumerate(room) if _bytes_of(proof) + FRAME_BYTES <= left), None)
        if place is None:
            too_large.append(proof)
            continue
        parts[place].append(proof)
        room[place] -= _bytes_of(proof) + FRAME_BYTES
    filled = tuple(tuple(part) for part in parts if part) or ((),)
    return Pack(filled, tuple(proof for proof in proofs if proof not in kept), tuple(too_large))


def bytes_in(part: Sequence[Proof]) -> int:
    """How large the documents of a part are together."""
    return sum(_bytes_of(proof) for proof in part)


def _bytes_of(proof: Proof) -> int:
    return (proof.kept.bytes or 0) if proof.kept else 0
