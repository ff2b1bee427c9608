"""From an enacted record to rows: commitments, institutions, milestones, texts and ties to indicators."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import Refused
from lumbung.core.links import actions as links
from lumbung.core.links.actions import End
from lumbung.core.links.models import Link
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.actions import loading
from lumbung.modules.action_plan.models import (
    Commitment,
    CommitmentFact,
    CommitmentText,
    Institution,
    Milestone,
    Plan,
    PlanMember,
    PlanText,
    Term,
)
from lumbung.modules.action_plan.queries import enacted_record, enactment
from lumbung.modules.action_plan.queries.drafted_record import Record

Body = Mapping[str, Any]
# Until OGP has given the commitment its public id.
ID_NOTE = (
    "Nomor OGP diberikan setelah rencana aksi disampaikan.",
    "OGP gives its id after the plan is submitted.",
)


def require_fit(record: Record) -> None:
    """Refuse what could not be kept word for word: gaps, texts that are too long, institutions unknown here."""
    gaps = enactment.gaps_of(record)
    if gaps:
        name, field, part = gaps[0]
        raise Refused(
            "text-incomplete",
            _("“%(object)s” lacks: %(field)s. Complete the draft and freeze it anew."),
            object=name,
            field=f"{field} ({part})" if part else field,
        )
    for name, field, count, most in _too_long(record):
        raise Refused(
            "text-too-long",
            _("“%(object)s”, %(field)s: %(count)s characters; at most %(most)s. Shorten it and freeze it anew."),
            object=name,
            field=field,
            count=count,
            most=most,
        )
    _refuse_twice(record)
    _refuse_disorder(record)
    unknown = sorted(_institutions(record) - set(Organisation.objects.values_list("pk", flat=True)))
    if unknown:
        raise Refused(
            "institution-unknown",
            _("%(institution)s is not registered here. Ask the administrator to add it, then enact."),
            institution=unknown[0],
        )


def _refuse_twice(record: Record) -> None:
    for told in record["commitments"]:
        numbers = [each["number"] for each in told["body"]["milestones"]]
        codes = [each["code"] for each in told["body"]["institutions"]]
        leads = [each for each in told["body"]["institutions"] if each["role"] == Institution.Role.LEAD]
        if len(set(numbers)) < len(numbers) or len(set(codes)) < len(codes) or len(leads) > 1:
            raise Refused(
                "named-twice",
                _("“%(object)s” names a milestone number or an institution twice. Correct the draft, freeze it anew."),
                object=told["slug"],
            )


def _refuse_disorder(record: Record) -> None:
    for _kind, name, body in _told(record):
        for part in shape.disordered(body):
            raise Refused(
                "days-in-wrong-order",
                _("“%(object)s”, %(part)s: the end lies before the beginning. Correct the draft, freeze it anew."),
                object=name,
                part=part,
            )


def _told(record: Record) -> list[tuple[str, str, Body]]:
    narrative = [("plan", str(record["plan"]), record["narrative"])] if record["narrative"] is not None else []
    return [*narrative, *(("commitment", each["slug"], each["body"]) for each in record["commitments"])]


def _too_long(record: Record) -> list[tuple[str, Any, int, int]]:
    return [
        (name, field.label, longest, field.most if field.kind == "text" else min(field.most, shape.LINE))
        for kind, name, body in _told(record)
        for field in shape.fields_of(kind)
        if field.is_text
        and (longest := max(map(len, body[field.key].values())))
        > (field.most if field.kind == "text" else min(field.most, shape.LINE))
    ]


def _institutions(record: Record) -> set[str]:
    named = {each["code"] for told in record["commitments"] for each in told["body"]["institutions"]}
    owners = {each["owner"] for told in record["commitments"] for each in told["body"]["milestones"]}
    return (named | owners) - {""}


def write(*, member: PlanMember, record: Record, source: str, actor: Actor, now: datetime) -> None:
    """Write the rows of a member's part, in the transaction of its enactment. `source` is the decree."""
    loading.ensure_scales()
    if record["narrative"] is not None:
        _write_narrative(member.plan, record["narrative"], source)
    for told in record["commitments"]:
        _write_commitment(member, told, source, actor, now)


def _write_narrative(plan: Plan, body: Body, source: str) -> None:
    columns = _columns(body, enacted_record.PLAN_COLUMNS)
    # Named one by one: what another member changed on the plan meanwhile stays.
    Plan.objects.filter(pk=plan.pk).update(**columns, **_span(body), source=source)
    plan.refresh_from_db()
    PlanText.objects.bulk_create(PlanText(plan=plan, **text) for text in _texts("plan", body))


def _write_commitment(member: PlanMember, told: Body, source: str, actor: Actor, now: datetime) -> None:
    body = told["body"]
    made = Commitment.objects.create(
        slug=told["slug"],
        plan_id=member.plan_id,
        member=member,
        number=told["number"],
        id_note_id=ID_NOTE[0],
        id_note_en=ID_NOTE[1],
        title_source=source,
        problem_source=source,
        dates_source=source,
        goals=body["goals"],
        awaited_indicators=shape.awaited_indicators(body),
        **_columns(body, enacted_record.COMMITMENT_COLUMNS),
        **_span(body),
    )
    made.values.set(Term.objects.filter(scale=Term.Scale.OGP_VALUE, key__in=body["values"]))
    CommitmentText.objects.bulk_create(CommitmentText(commitment=made, **text) for text in _texts("commitment", body))
    CommitmentFact.objects.create(
        commitment=made,
        kind=CommitmentFact.Kind.BASELINE,
        text_id=body["baseline"]["id"],
        text_en=body["baseline"]["en"],
        source=source,
        position=0,
    )
    _write_institutions(made, body)
    _write_milestones(made, body)
    source_end = End("commitment", made.pk)
    for place, key in enumerate(shape.indicator_keys(body)):
        target = End("indicator", key)
        links.link(kind=Link.Kind.MEASURED_BY, source=source_end, target=target, position=place, actor=actor, now=now)


def _write_institutions(commitment: Commitment, body: Body) -> None:
    Institution.objects.bulk_create(
        Institution(commitment=commitment, organisation_id=each["code"], role=each["role"], position=place)
        for place, each in enumerate(body["institutions"])
    )


def _write_milestones(commitment: Commitment, body: Body) -> None:
    Milestone.objects.bulk_create(
        Milestone(
            commitment=commitment,
            number=each["number"],
            owner_id=each["owner"] or None,
            starts_on=_day(each["starts_on"]),
            due_on=date.fromisoformat(each["due_on"]),
            is_illustrative=False,
            **_columns(each, shape.MILESTONE_TEXTS),
        )
        for each in body["milestones"]
    )


def _columns(body: Body, keys: tuple[str, ...]) -> dict[str, str]:
    return {f"{key}_{language}": body[key][language] for key in keys for language in ("id", "en")}


def _span(body: Body) -> dict[str, date | None]:
    return {name: _day(body[name]) for name in ("starts_on", "ends_on")}


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _texts(kind: str, body: Body) -> list[dict[str, str]]:
    """The texts without a column that say something."""
    return [
        {"field": key, "text_id": body[key]["id"], "text_en": body[key]["en"]}
        for key in enacted_record.texts_apart(kind)
        if any(body[key].values())
    ]
