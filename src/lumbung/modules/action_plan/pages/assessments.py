"""The three assessments in words: what each says, and, first, where they disagree."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from lumbung.core.web import charts, formatting
from lumbung.modules.action_plan.actions.reporting import period_of
from lumbung.modules.action_plan.models import Commitment, SelfReport, Term
from lumbung.modules.action_plan.pages import figures
from lumbung.modules.action_plan.queries import Card, monitoring
from lumbung.modules.action_plan.queries.monitoring import Gap, Trio

# When the independent body assessed the plan of 2021 as written.
ASSESSED_IN = 2021
EXAMPLE_GAP = Decimal("0.41")
TONES = {"no_evidence": "plain", "not_started": "plain", "limited": "warn", "substantial": "info", "complete": "good"}


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the three: a word with its tone, and a sentence that says where it comes from."""

    label: str
    tone: str = "plain"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownTrio:
    """The three side by side; `disagreement` is empty while they agree."""

    self_reported: Panel
    computed: Panel
    independent: Panel
    disagreement: str = ""


def shown_trio(card: Card) -> ShownTrio:
    """What the page of a commitment prints on top."""
    trio = card.trio
    return ShownTrio(
        _self_reported(card, trio),
        _computed(card, trio.gap),
        _independent(card.commitment, trio),
        disagreement(trio),
    )


def disagreement(trio: Trio) -> str:
    """ "The three assessments disagree: the agency says substantial, the data are 41% short of the target, …"."""
    if not trio.disagrees:
        return ""
    parts = [_claim(trio), _distance(trio.gap), _finding(trio)]
    return _("The assessments disagree: %(parts)s.") % {"parts": ", ".join(part for part in parts if part)}


def _claim(trio: Trio) -> str:
    if trio.self_report is None:
        return ""
    said = {"said": trio.self_report.completion.label.lower()}
    if trio.lacks_evidence:
        return _("the agency says %(said)s and names no evidence") % said
    return _("the agency says %(said)s") % said


def _finding(trio: Trio) -> str:
    if trio.assessment is None or trio.assessment.completion is None:
        return ""
    return _("the monitoring body finds %(said)s") % {"said": trio.assessment.completion.label.lower()}


def _distance(gap: Gap | None) -> str:
    if gap is None:
        return ""
    if gap.share <= 0:
        return _("the data reach the target")
    indicator = gap.figure.indicator
    told = {
        "value": figures.value_words(gap.figure, gap.figure.newest),
        "target": figures.in_words(Decimal(str(indicator.target)), indicator.unit),
        "distance": _how_far(gap),
    }
    if indicator.better == "higher":
        return _("the data say %(value)s, target %(target)s (%(distance)s below)") % told
    return _("the data say %(value)s, limit %(target)s (%(distance)s above)") % told


def _how_far(gap: Gap) -> str:
    """Two shares lie points apart, never percent of each other."""
    if gap.figure.indicator.unit != "share":
        return formatting.percent(gap.share)
    points = round(gap.share * Decimal(str(gap.figure.indicator.target)) * 100)
    return ngettext("%(num)s percentage point", "%(num)s percentage points", points) % {"num": points}


def _self_reported(card: Card, trio: Trio) -> Panel:
    report, waiting = trio.self_report, card.sayings.waiting
    if report is None:
        if waiting is not None:
            note = _("The report for %(period)s waits for the head of the agency.") % {"period": period_of(waiting)}
            return Panel(_("No report yet"), note=note)
        return Panel(_("No report yet"), note=_("The institution in charge has not reported here."))
    told = {"period": period_of(report), "day": formatting.date_medium(report.decision.decided_at)}
    if trio.lacks_evidence:
        note = _("The agency says “%(said)s” for %(period)s and names no evidence.") % {
            "said": report.completion.label,
            **told,
        }
        return Panel(_no_evidence(), "warn", note)
    note = _("Report for %(period)s, approved by the head of the agency on %(day)s.") % told
    return Panel(report.completion.label, TONES.get(report.completion.key, "plain"), note)


def _no_evidence() -> str:
    return _("No evidence available")


def _computed(card: Card, gap: Gap | None) -> Panel:
    first = card.headline
    if first is None:
        return Panel(_("Awaiting service"), note=_("No service here publishes the data for it yet."))
    note = _("Worked out from %(count)s rows of published data as of %(day)s.") % {
        "count": formatting.number(first.newest.n),
        "day": formatting.date_medium(first.newest.as_of),
    }
    label = f"{figures.value_words(first, first.newest)} {first.indicator.short}"
    if gap is not None and gap.figure is first:
        note = f"{note} {formatting.capitalised(_distance(gap))}."
    return Panel(label, "info" if gap is None or gap.is_met else "warn", note)


def _independent(commitment: Commitment, trio: Trio) -> Panel:
    if trio.assessment is not None and trio.assessment.completion is not None:
        completion = trio.assessment.completion
        note = _("%(body)s, at the end of the commitment, on %(day)s.") % {
            "body": trio.assessment.organisation.name,
            "day": formatting.date_medium(trio.assessment.written_at),
        }
        return Panel(completion.label, TONES.get(completion.key, "plain"), note)
    return _at_the_start(commitment, trio)


def _at_the_start(commitment: Commitment, trio: Trio) -> Panel:
    if trio.inception is not None and trio.inception.ambition is not None:
        note = _("%(body)s, at the start: the commitment as written; it does not speak of results.") % {
            "body": trio.inception.organisation.name
        }
        return Panel(_ambition(trio.inception.ambition, trio.inception.written_at.year), note=note)
    if commitment.ambition is not None:
        note = _("First assessment, 2021, of the commitment as written; it does not speak of results.")
        return Panel(_ambition(commitment.ambition, ASSESSED_IN), note=note)
    return Panel(_("Not found"), note=_("No assessment of this commitment was found in public sources."))


def _ambition(term: Term, year: int) -> str:
    """Ambition is what the wording aims at: told as such, and in no colour of a result."""
    return _("Ambition in %(year)s: %(term)s") % {"year": year, "term": term.label}


@dataclass(frozen=True, slots=True)
class Drawn:
    """The milestones as a picture with its table."""

    chart: charts.Chart
    finding: str
    rows: list[Any] = field(default_factory=list)


def drawn_milestones(card: Card, today: date) -> Drawn | None:
    """The milestones on one line of time each; None where there is none."""
    commitment, done = card.commitment, card.sayings.done_on()
    milestones = commitment.open_milestones
    if not milestones:
        return None
    steps = tuple(
        charts.Step(
            f"{each.number}. {each.title}",
            each.due_on,
            done.get(each.pk),
            _standing(each.due_on, done.get(each.pk), each.due_on if each.is_illustrative else today),
            is_example=each.is_illustrative,
        )
        for each in milestones
    )
    finding = _finding_of(steps, today)
    data = charts.Schedule(
        title=_("Milestones: planned and reached"),
        finding=finding,
        steps=steps,
        starts_on=commitment.starts_on or commitment.plan.starts_on,
        ends_on=commitment.ends_on or commitment.plan.ends_on,
        today=today,
        step_label=_("Milestone"),
        due_label=_("Planned"),
        done_label=_("Reached"),
        today_label=_("today"),
        state_label=_("Situation"),
    )
    return Drawn(charts.schedule_chart(data, formatting.language_now()), finding, milestones)


def _finding_of(steps: tuple[charts.Step, ...], today: date) -> str:
    """How many were reached, how many are late; of examples neither, since nobody promised them."""
    real = [step for step in steps if not step.is_example]
    if not real:
        told = ngettext("%(num)s example of a milestone", "%(num)s examples of milestones", len(steps))
        return _("%(examples)s: nobody promised them, so none is late.") % {"examples": told % {"num": len(steps)}}
    return _("%(reached)s of %(all)s milestones reported as reached; %(late)s past their date without a report.") % {
        "reached": sum(step.done_on is not None for step in real),
        "all": len(real),
        "late": sum(step.done_on is None and step.due_on < today for step in real),
    }


def _standing(due_on: date, done_on: date | None, today: date) -> str:
    days = {"due": formatting.date_short(due_on), "done": formatting.date_short(done_on) if done_on else ""}
    if done_on is None:
        return _("Planned %(due)s, no report") % days if due_on < today else _("Planned %(due)s") % days
    if done_on > due_on:
        return _("Planned %(due)s, reached %(done)s: %(days)s days late") % {
            **days,
            "days": formatting.number((done_on - due_on).days),
        }
    return _("Planned %(due)s, reached %(done)s") % days


def course(card: Card) -> Markup | None:
    """The completion the agency reported, quarter by quarter, as a small line; None below two reports."""
    told: list[SelfReport] = list(reversed(card.sayings.approved))
    if len(told) < 2:
        return None
    values = tuple(float(report.completion.position) for report in told)
    title = _("Completion as reported, %(first)s to %(last)s") % {
        "first": period_of(told[0]),
        "last": period_of(told[-1]),
    }
    return charts.spark_line(values, title)


def example(today: date) -> ShownTrio:
    """A made-up commitment whose three assessments disagree, told by the same sentences."""
    said = {term.key: term for term in monitoring.terms_in_force(Term.Scale.COMPLETION, on=today)}
    claimed, found = said[monitoring.SUBSTANTIAL], said[monitoring.LIMITED]
    share = {
        "value": formatting.percent(1 - EXAMPLE_GAP),
        "target": formatting.percent(Decimal(1)),
        "distance": ngettext("%(num)s percentage point", "%(num)s percentage points", 41) % {"num": 41},
    }
    parts = [
        _("the agency says %(said)s") % {"said": claimed.label.lower()},
        _("the data say %(value)s, target %(target)s (%(distance)s below)") % share,
        _("the monitoring body finds %(said)s") % {"said": found.label.lower()},
    ]
    return ShownTrio(
        Panel(claimed.label, TONES[claimed.key], _("What the institution in charge claims.")),
        Panel(formatting.percent(1 - EXAMPLE_GAP), "warn", _("What the published tables give.")),
        Panel(found.label, TONES[found.key], _("What the monitoring body saw.")),
        _("The assessments disagree: %(parts)s.") % {"parts": ", ".join(parts)},
    )
