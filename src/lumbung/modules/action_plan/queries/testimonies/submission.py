"""The files made for OGP, byte for byte, and the submission."""

import hashlib
from collections.abc import Iterable, Iterator

from lumbung.core.base import clock
from lumbung.core.base.testimonies import Facts, Said, Testimony, Told, one_by_one, picked
from lumbung.modules.action_plan.events.submission import PlanExported, PlanSubmitted
from lumbung.modules.action_plan.models import Export, Submission


def _exported(events: Iterable[Said]) -> Iterator[Told]:
    """One event tells of every file of a making."""
    for said in events:
        making = f"export:{said.data['plan']}.{said.data['number']}"
        for file, sha256 in said.data["files"].items():
            facts = {"content": sha256, "sha256": sha256, "made_on": said.on}
            yield said, f"{making}.{file}", facts | picked(said.data, plan_sha256="sha256")


def name_of(export: Export) -> str:
    """How a file is called in the log: "pdf.id", "json"."""
    return f"{export.kind}.{export.language}".strip(".")


def _exports(plan: str | None) -> Iterator[tuple[str, Facts]]:
    rows = Export.objects.order_by("plan", "number", "kind", "language")
    for each in (rows if plan is None else rows.filter(plan=plan)).iterator(chunk_size=20):
        yield (
            f"export:{each.plan_id}.{each.number}.{name_of(each)}",
            {
                "content": hashlib.sha256(bytes(each.content)).hexdigest(),
                "sha256": each.sha256,
                "plan_sha256": each.plan_sha256,
                "made_on": clock.local_day(each.made_at).isoformat(),
            },
        )


def _submitted(said: Said) -> tuple[str, Facts]:
    facts = picked(said.data, on="submitted_on", clocks_from="submitted_on", plan_sha256="sha256")
    return f"submission:{said.data['plan']}", {**facts, "entered_on": said.on}


def _submissions(plan: str | None) -> Iterator[tuple[str, Facts]]:
    rows = Submission.objects.select_related("plan")
    for each in rows if plan is None else rows.filter(plan=plan):
        counted = each.plan.submitted_on
        yield (
            f"submission:{each.plan_id}",
            {
                "on": each.on.isoformat(),
                "clocks_from": counted.isoformat() if counted else "",
                "plan_sha256": each.plan_sha256,
                "entered_on": clock.local_day(each.entered_at).isoformat(),
            },
        )


TESTIMONIES = (
    Testimony("export", (PlanExported.key,), _exported, _exports),
    Testimony("submission", (PlanSubmitted.key,), one_by_one({PlanSubmitted.key: _submitted}), _submissions),
)
