"""Every check a stage may ask for. A name in data/stages.toml that is not here stops the start (`test_stages`)."""

import dataclasses
from collections.abc import Mapping

from lumbung.modules.action_plan.queries.requirements import (
    bodies,
    consultation,
    drafts,
    enactment,
    forum,
    ideas,
    members,
    submission,
)
from lumbung.modules.action_plan.queries.requirements.cases import Case, Check, Missing, track_of

CHECKS: Mapping[str, Check] = {
    **bodies.CHECKS,
    **consultation.CHECKS,
    **drafts.CHECKS,
    **enactment.CHECKS,
    **forum.CHECKS,
    **ideas.CHECKS,
    **members.CHECKS,
    **submission.CHECKS,
}

__all__ = ["CHECKS", "Case", "Check", "Missing", "missing_in", "track_of"]


def missing_in(case: Case) -> list[Missing]:
    """What this requirement lacks, each with who owes it."""
    return [dataclasses.replace(each, owes=case.requirement.owes) for each in CHECKS[case.requirement.check](case)]
