"""What the log tells of this module's rows, fact by fact: `lumbung verify` and the pages compare."""

from lumbung.modules.action_plan.queries.testimonies import (
    amendments,
    answers,
    endorsements,
    filed,
    forum,
    hidings,
    intake,
    meetings,
    members,
    monitoring,
    registers,
    stages,
    submission,
)

TESTIMONIES = (
    amendments.AMENDMENTS,
    answers.RESPONSES,
    endorsements.ENDORSEMENTS,
    forum.SEATS,
    hidings.HIDINGS,
    meetings.MEETINGS,
    *filed.TESTIMONIES,
    *intake.TESTIMONIES,
    *members.TESTIMONIES,
    *monitoring.TESTIMONIES,
    *registers.TESTIMONIES,
    *stages.TESTIMONIES,
    *submission.TESTIMONIES,
)

__all__ = ["TESTIMONIES"]
