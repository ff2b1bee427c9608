"""An enacted plan in words, for paper, for OGP's web form and for the screen: each field with its label."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lumbung.core.indicators import registry as indicators
from lumbung.core.log import queries as log
from lumbung.core.web import formatting
from lumbung.modules.action_plan import shape
from lumbung.modules.action_plan.models import Amendment, Commitment, Enactment, Milestone, Plan
from lumbung.modules.action_plan.queries import (
    amendments,
    changes,
    drafted_record,
    enactment,
    ogp_facts,
    plans,
    standing_behind,
)
from lumbung.modules.action_plan.queries.changes import Changed
from lumbung.modules.action_plan.queries.plan_names import PlanNames

Body = Mapping[str, Any]
# The sources of a plan that was loaded do not tell these; they are this site's words for what it measures.
WRITTEN_HERE: Final = frozenset({"short", "measure", "indicators"})


@dataclass(frozen=True, slots=True)
class Line:
    """One field in words. `is_indonesian` where a file in English has to say it in Indonesian; its label says so."""

    key: str
    label: str
    text: str
    is_indonesian: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone in words."""

    number: int
    title: str
    output: str
    verification: str
    period: str
    owner: str
    is_indonesian: bool = False

    @property
    def whole(self) -> str:
        """Everything in one text, as OGP's form takes it."""
        told = ((_("Output"), self.output), (_("Verification"), self.verification), (_("Responsible"), self.owner))
        more = ". ".join(f"{label}: {text}" for label, text in told if text)
        return f"{self.title}. {self.period}. {more}"


@dataclass(frozen=True, slots=True)
class Part:
    """One commitment in words."""

    slug: str
    member: str
    number: int
    public_id: str
    title: str
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the files of one making share."""

    record: drafted_record.Record
    sha256: str
    checkpoint_size: int
    checkpoint_root: str
    address: str
    enactments: tuple[Enactment, ...]
    amendments: tuple[Amendment, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Words:
    """The plan in one language."""

    language: str
    title: str
    publisher: str
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    proof: tuple[tuple[str, str], ...]
    address: str
    # Stages that were left although something was missing, each in one paragraph.
    exceptions: tuple[str, ...] = ()


def facts_of(plan: Plan, *, now: datetime) -> Facts:
    """The record as it stands, its hash, the newest checkpoint, and where to verify."""
    told = amendments.current_record(plan)
    checkpoint = log.newest_checkpoint()
    return Facts(
        record=told,
        sha256=drafted_record.record_sha256(told),
        checkpoint_size=checkpoint.size if checkpoint else 0,
        checkpoint_root=bytes(checkpoint.root).hex() if checkpoint else "",
        address=address_of(plan),
        enactments=tuple(enactment.enactments_of(plan)),
        amendments=tuple(amendments.approved().filter(commitment__plan=plan)),
        made_at=now,
    )


@dataclass(frozen=True, slots=True)
class InWords:
    """One place of an enacted commitment: what it says now, and every amendment of it."""

    label: str
    text: str
    changes: tuple[Changed, ...]
    # Of a plan taken from public sources: "written" here, or an "example" where the sources tell nothing.
    added: Literal["", "written", "example"] = ""


def places_in_words(commitment: Commitment) -> list[InWords]:
    """An enacted commitment in the language active now, place by place, each amendment beside its place."""
    names, is_loaded = PlanNames(formatting.language_now()), commitment.plan.origin == Plan.Origin.LOADED
    body, found = amendments.current_body(commitment), amendments.by_place(commitment)
    told = [
        InWords(
            line.label,
            line.text,
            tuple(changes.changed(each, names) for each in found.get(line.key, ())),
            "written" if is_loaded and line.key in WRITTEN_HERE else "",
        )
        for line in _lines("commitment", body, names, also=found)
    ]
    examples = {step.number for step in commitment.milestones.all() if step.is_illustrative}
    for each in body["milestones"]:
        start = f"milestones/{each['number']}/"
        of_step = [one for place, rows in found.items() if f"{place}/".startswith(start) for one in rows]
        label = _("Milestone %(number)s") % {"number": each["number"]}
        added: Literal["", "example"] = "example" if each["number"] in examples else ""
        told.append(
            InWords(label, _step(each, names).whole, tuple(changes.changed(one, names) for one in of_step), added)
        )
    return told + [_closed(step, found, names) for step in commitment.closed_milestones]


def _closed(step: Milestone, found: Mapping[str, list[Amendment]], names: PlanNames) -> InWords:
    """A milestone an amendment closed: what it said and why stays."""
    place = f"milestones/{step.number}"
    label = _("Milestone %(number)s") % {"number": step.number}
    told = [one for key, rows in found.items() if f"{key}/".startswith(f"{place}/") for one in rows]
    return InWords(label, _("Closed by an amendment."), tuple(changes.changed(one, names) for one in told))


def words_to_enact(record: drafted_record.Record) -> tuple[list[Line], list[Part]]:
    """What the head of region reads before enacting: the narrative if it is among it, and each commitment."""
    names = PlanNames(formatting.language_now())
    narrative = record["narrative"]
    parts = [_part(each, "", names, ()) for each in record["commitments"]]
    return (_lines("plan", narrative, names) if narrative is not None else []), parts


def address_of(plan: Plan) -> str:
    """Where anybody compares a printed hash with the public log."""
    slug = plans.canonical_slug(plan)
    path = reverse("action_plan:enactment", kwargs={"portal_slug": slug, "plan_key": plan.pk}) if slug else ""
    return f"{settings.LUMBUNG_URL}{path}"


def words_of(plan: Plan, facts: Facts, language: str) -> Words:
    """The plan in one language."""
    with translation.override(language):
        names = PlanNames(language)
        commitments = Commitment.objects.filter(plan=plan).select_related("member__organisation").in_bulk()
        amended = changes.by_commitment(plan, names)
        narrative = facts.record["narrative"] or {}
        return Words(
            language=language,
            title=shape.words(narrative, "title", language) or plan.title,
            publisher=", ".join(each.member.organisation.name for each in facts.enactments),
            lines=(*_lines("plan", narrative, names), *(Line(*told) for told in ogp_facts.facts_of(plan).lines())),
            parts=tuple(
                _part(each, commitments[each["slug"]].public_id, names, amended.get(each["slug"], ()))
                for each in facts.record["commitments"]
            ),
            proof=tuple(_proof(facts)),
            address=facts.address,
            exceptions=tuple(standing_behind.granted_exceptions(plan)),
        )


def _lines(kind: str, body: Body, names: PlanNames, also: Collection[str] = ()) -> list[Line]:
    """Every field that says something, and those named in `also`."""
    only_indonesian = names.untranslated(kind, body)
    told = [
        Line(
            field.key,
            in_indonesian(str(field.label)) if field.label in only_indonesian else str(field.label),
            _text(field, body.get(field.key), names),
            field.label in only_indonesian,
        )
        for field in shape.fields_of(kind)
        if field.kind != "milestones"
    ]
    return [line for line in told if line.text or line.key in also]


def in_indonesian(label: str) -> str:
    """The label of what has no English yet."""
    return _("%(part)s [in Indonesian only]") % {"part": label}


def _text(field: shape.Field, value: Any, names: PlanNames) -> str:
    if field.is_text:
        return names.words(value)
    if field.kind == "date":
        return formatting.date_medium(date.fromisoformat(value)) if value else ""
    if field.kind == "values":
        return ", ".join(str(names.terms.get(each, each)) for each in value)
    if field.kind == "institutions":
        return "; ".join(f"{names.organisation(each['code'])} ({names.roles[each['role']]})" for each in value)
    if field.kind == "indicators":
        return "; ".join(_indicator(each, names) for each in value)
    return ", ".join(str(each) for each in value or ())


def _indicator(told: Any, names: PlanNames) -> str:
    if isinstance(told, str):
        return str(indicators.get(told).title) if indicators.is_registered(told) else told
    return names.words(told["title"])


def _part(told: Body, public_id: str, names: PlanNames, changes: tuple[Changed, ...]) -> Part:
    body = told["body"]
    return Part(
        slug=told["slug"],
        member=names.organisation(told["member"]),
        number=told["number"],
        public_id=public_id,
        title=names.words(body["short"]) or names.words(body["title"]),
        lines=tuple(_lines("commitment", body, names)),
        steps=tuple(_step(each, names) for each in body["milestones"]),
        changes=changes,
    )


def _step(told: Body, names: PlanNames) -> Step:
    days = [formatting.date_medium(date.fromisoformat(told[key])) for key in ("starts_on", "due_on") if told[key]]
    return Step(
        number=told["number"],
        title=names.words(told["title"]),
        output=names.words(told["output"]),
        verification=names.words(told["verification"]),
        period=" – ".join(days),
        owner=names.organisation(told["owner"]),
        is_indonesian=bool(names.untranslated("commitment", {"milestones": [told]})),
    )


def _proof(facts: Facts) -> list[tuple[str, str]]:
    told = [(_("Fingerprint (SHA-256) of the plan"), facts.sha256)]
    for each in facts.enactments:
        told.append((_("Enacted by %(member)s") % {"member": each.member.organisation.name}, each.decree_words))
        told.append((_("Fingerprint of its part in the public log"), each.sha256))
    if facts.checkpoint_size:
        size = formatting.number(facts.checkpoint_size)
        told.append((_("Checkpoint of the public log"), f"#{size} {facts.checkpoint_root}"))
    told.append((_("Check it at"), facts.address))
    told.append((_("Made on"), formatting.date_medium(facts.made_at)))
    return told
