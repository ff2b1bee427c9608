"""What the log tells of this module's rows, fact by fact: `lumbung verify` and the pages compare."""

from lumbung.modules.action_plan.queries.testimonies import (
    amendments,
    answers,
    hidings,
    monitoring,
    stages,
    submission,
)

TESTIMONIES = (
    amendments.AMENDMENTS,
    answers.RESPONSES,
    hidings.HIDINGS,
    *monitoring.TESTIMONIES,
    *stages.TESTIMONIES,
    *submission.TESTIMONIES,
)

__all__ = ["TESTIMONIES"]
