"""Evidence and what was found where it stands; who may open it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.models import Capture, Commitment, Evidence
from lumbung.modules.action_plan.models.words import MARK

# What stored documents of evidence are for.
EVIDENCE = "action_plan.evidence"
UNREACHABLE_BEFORE_GONE = 3


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence with what was found at its address."""

    evidence: Evidence
    captures: tuple[Capture, ...]

    @property
    def kept(self) -> Capture | None:
        """The capture whose hash stays."""
        return next((each for each in self.captures if each.outcome == Capture.Outcome.KEPT), None)

    @property
    def standing(self) -> str:
        """waiting, kept, changed, gone, unreachable or refused."""
        if not self.captures:
            return "waiting"
        last = self.captures[-1]
        if last.outcome in {Capture.Outcome.KEPT, Capture.Outcome.SAME}:
            return "kept"
        if last.outcome == Capture.Outcome.UNREACHABLE and self.kept is not None:
            tries = self.captures[-UNREACHABLE_BEFORE_GONE:]
            lost = len(tries) == UNREACHABLE_BEFORE_GONE and all(each.outcome == last.outcome for each in tries)
            return "gone" if lost else "kept"
        return str(last.outcome)

    @property
    def checked_at(self) -> Any:
        """When somebody last looked."""
        return self.captures[-1].captured_at if self.captures else None


def proofs_of(commitment: Commitment) -> list[Proof]:
    """The evidence of one commitment, in the order in which it was named."""
    rows = Evidence.objects.filter(commitment=commitment).select_related("organisation").prefetch_related("captures")
    return [Proof(row, tuple(row.captures.all())) for row in rows]


def proof_by_id(evidence_id: str) -> Proof | None:
    """One piece of evidence."""
    found = Evidence.objects.select_related("commitment").prefetch_related("captures").filter(pk=evidence_id).first()
    return Proof(found, tuple(found.captures.all())) if found else None


def evidence_of_document(file_id: UUID) -> Evidence | None:
    """The evidence a stored document belongs to."""
    known = Evidence.objects.select_related("commitment__plan", "commitment__member")
    return known.filter(captures__document=file_id).first()


def role_to_see(viewer: Viewer, evidence: Evidence) -> HeldRole | None:
    """The role in which somebody may open evidence with personal data: the agency in charge, or its monitor."""
    commitment = evidence.commitment
    in_charge = permissions.role_in_charge(viewer, permissions.DESK, commitment)
    return in_charge or permissions.role_as_monitor(viewer, commitment.plan, commitment.member)


def may_see_document(viewer: Viewer, file_id: UUID, _day: date) -> Literal["everyone", "viewer", "nobody"]:
    """Evidence is for everybody; with personal data in it, for those who report and assess."""
    found = evidence_of_document(file_id)
    if found is None:
        return "nobody"
    if not found.is_closed:
        return "everyone"
    return "viewer" if role_to_see(viewer, found) else "nobody"


def documents_in_use(file_ids: Collection[UUID]) -> Collection[UUID]:
    """Which stored documents some capture names."""
    return set(Capture.objects.filter(document__in=file_ids).values_list("document_id", flat=True))


def evidence_to_look_at(*, before: datetime, soon: datetime, lately: datetime, most: int) -> list[UUID]:
    """Evidence nobody looked at since a moment, and what was named lately and not captured yet; longest ago first."""
    kept = Capture.objects.filter(evidence=OuterRef("pk"), outcome=Capture.Outcome.KEPT)
    addresses = Evidence.objects.filter(kind=Evidence.Kind.ADDRESS).exclude(title=MARK)
    looked = addresses.annotate(last=Coalesce(Max("captures__captured_at"), F("named_at")), was_kept=Exists(kept))
    due = looked.filter(Q(last__lt=before) | Q(was_kept=False, last__lt=soon, named_at__gte=lately))
    return list(due.order_by("last").values_list("pk", flat=True)[:most])
