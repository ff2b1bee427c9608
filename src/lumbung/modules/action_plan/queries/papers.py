"""Papers of a plan that everybody may save: decrees, materials, agreements, endorsements, reports, answers of OGP."""

from collections.abc import Collection
from datetime import date
from typing import Literal
from uuid import UUID

from lumbung.core.access.viewers import Viewer
from lumbung.modules.action_plan.models import Endorsement, FiledReport, LegalProduct, Material, OgpAnswer, Partnership

PAPER = "action_plan.paper"


def papers_in_use(file_ids: Collection[UUID]) -> set[UUID]:
    """Which of these documents some register still names."""
    found: set[UUID] = set()
    for naming in (LegalProduct, Material, Partnership, FiledReport, OgpAnswer, Endorsement):
        named = naming.objects.filter(document_id__in=file_ids).values_list("document_id", flat=True)
        found |= {file_id for file_id in named if file_id is not None}
    return found


def may_see_paper(_viewer: Viewer, file_id: UUID, _day: date) -> Literal["everyone", "viewer", "nobody"]:
    """Answer to the page that serves documents: whatever a register names is public."""
    return "everyone" if papers_in_use([file_id]) else "nobody"
