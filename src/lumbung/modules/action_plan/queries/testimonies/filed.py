"""Reports the monitoring body filed, what OGP answered, and the days announced for the stages."""

from collections.abc import Iterable, Iterator

from lumbung.core.base import clock
from lumbung.core.base.testimonies import Facts, Said, Testimony, Told, one_by_one, picked
from lumbung.modules.action_plan.events.monitoring import ReportFiled
from lumbung.modules.action_plan.events.stages import RoadmapPublished
from lumbung.modules.action_plan.events.submission import OgpAnswered
from lumbung.modules.action_plan.models import FiledReport, OgpAnswer, StageDate
from lumbung.modules.action_plan.queries import told_words
from lumbung.modules.action_plan.queries.testimonies import words

REPORT, ANSWER, ROADMAP = "filed_report", "ogp_answer", "roadmap"


def _filed(said: Said) -> tuple[str, Facts]:
    facts = picked(said.data, "plan", "commitment", "kind", "due_on", "member", by="organisation")
    told = picked(said.data, document="sha256", named="named_hash")
    return f"{REPORT}:{said.data['report']}", {**facts, **told, "filed_on": said.on}


def _reports(about: str | None) -> Iterator[tuple[str, Facts]]:
    rows = FiledReport.objects.select_related("member", "document")
    if about is not None:  # a commitment, or a plan
        rows = rows.filter(commitment=about) | rows.filter(plan=about, commitment=None)
    for each in rows:
        yield (
            f"{REPORT}:{each.pk}",
            {
                "plan": each.plan_id,
                "commitment": each.commitment_id or "",
                "kind": each.kind,
                "by": each.organisation_id,
                "due_on": each.due_on.isoformat(),
                "filed_on": each.filed_on.isoformat(),
                "member": each.member.organisation_id,
                "document": each.document.sha256 if each.document else "",
                **dict(words.fact("named", told_words.named(each), each.salt, is_hidden=False)),
            },
        )


def _answered(said: Said) -> tuple[str, Facts]:
    facts = picked(said.data, "plan", "received_on", document="sha256", named="named_hash")
    return f"{ANSWER}:{said.data['record']}", {**facts, "entered_on": said.on}


def _answers(plan: str | None) -> Iterator[tuple[str, Facts]]:
    rows = OgpAnswer.objects.select_related("document")
    for each in rows if plan is None else rows.filter(plan=plan):
        yield (
            f"{ANSWER}:{each.pk}",
            {
                "plan": each.plan_id,
                "received_on": each.received_on.isoformat(),
                "entered_on": clock.local_day(each.entered_at).isoformat(),
                "document": each.document.sha256 if each.document else "",
                **dict(words.fact("named", told_words.named(each), each.salt, is_hidden=False)),
            },
        )


def _announced(events: Iterable[Said]) -> Iterator[Told]:
    """A later announcement of a stage replaces the one before."""
    for said in events:
        track = f"{ROADMAP}:{said.data['plan']}.{said.data['track']}"
        for stage, (starts_on, ends_on) in said.data["stages"].items():
            yield said, f"{track}.{stage}", {"starts_on": starts_on, "ends_on": ends_on}


def _stage_dates(plan: str | None) -> Iterator[tuple[str, Facts]]:
    rows = StageDate.objects.all()
    for each in rows if plan is None else rows.filter(plan=plan):
        facts = {"starts_on": each.starts_on.isoformat(), "ends_on": each.ends_on.isoformat()}
        yield f"{ROADMAP}:{each.plan_id}.{each.track}.{each.stage}", facts


TESTIMONIES = (
    Testimony(REPORT, (ReportFiled.key,), one_by_one({ReportFiled.key: _filed}), _reports),
    Testimony(ANSWER, (OgpAnswered.key,), one_by_one({OgpAnswered.key: _answered}), _answers),
    Testimony(
        ROADMAP,
        (RoadmapPublished.key,),
        _announced,
        _stage_dates,
        again=frozenset({RoadmapPublished.key}),
    ),
)
