"""Loading a plan from the files beside the code, each fact with its source."""

import csv
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.links import actions as links
from lumbung.core.links.actions import End
from lumbung.core.links.models import Link
from lumbung.modules.action_plan.actions import indexing
from lumbung.modules.action_plan.events.plans import PlanLoaded
from lumbung.modules.action_plan.models import (
    Commitment,
    CommitmentFact,
    Institution,
    Milestone,
    Partner,
    Plan,
    PlanEvent,
    PlanMember,
    Term,
)
from lumbung.modules.action_plan.queries import claims

DATA = Path(__file__).parent.parent / "data"
SCALES = DATA / "scales.csv"
PLAN_2021 = DATA / "ntb-ksb-2021-2023.toml"
COMMITMENT_TEXTS = ("title_id", "title_en", "title_source", "short_id", "short_en", "measure_id", "measure_en")
OPTIONAL_TEXTS = ("public_id", "id_note_id", "id_note_en", "problem_id", "problem_en", "problem_source", "dates_source")

BEYOND_EVERY_NUMBER = 1_000

Table = Mapping[str, Any]


def load_plan(*, path: Path, now: datetime) -> Plan:
    """Bring a plan to what its file says; the same file twice changes nothing."""
    content = path.read_bytes()
    sha256 = hashlib.sha256(content + SCALES.read_bytes()).hexdigest()
    told = tomllib.loads(content.decode())
    known = Plan.objects.filter(pk=told["plan"]["key"], loaded_sha256=sha256).first()
    if known is not None and claims.has_said_record(PlanLoaded.key, known.pk):
        return known
    _refuse_too_many(told)
    with transaction.atomic():
        ensure_scales(anew=True)
        plan = _write_plan(told["plan"], sha256, now)
        _write_commitments(plan, told["commitments"])
        plan.members.exclude(organisation_id__in=[each["organisation"] for each in told["plan"]["members"]]).delete()
        for commitment in told["commitments"]:
            _tie(commitment, now)
        indexing.index_commitments(plan)
        objects = claims.loaded_objects(plan)
        event = PlanLoaded(plan=plan.pk, commitments=len(told["commitments"]), sha256=sha256, objects=objects)
        events.record(event, subject_type="plan", subject_id=plan.pk, actor=SYSTEM, now=now)
    return plan


def _refuse_too_many(told: Table) -> None:
    members = len(told["plan"]["members"])
    most = told["caps"]["one_member" if members == 1 else "consortium"]
    if len(told["commitments"]) > most:
        raise Refused(
            "too-many-commitments",
            _("A plan of %(members)s members may hold at most %(most)s commitments; this one has %(count)s."),
            members=members,
            most=most,
            count=len(told["commitments"]),
        )


def ensure_scales(*, anew: bool = False) -> None:
    """The scales of the data file stand in the database; `anew` also brings known ones to what it says."""
    if not anew and Term.objects.exists():
        return
    with SCALES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            facts: dict[str, Any] = {**row, "position": int(row["position"]), "valid_to": row["valid_to"] or None}
            Term.objects.update_or_create(scale=row["scale"], edition=row["edition"], key=row["key"], defaults=facts)


def _write_plan(told: Table, sha256: str, now: datetime) -> Plan:
    facts = {name: value for name, value in told.items() if not isinstance(value, list) and name != "key"}
    plan, _is_new = Plan.objects.update_or_create(
        key=told["key"], defaults={**facts, "loaded_sha256": sha256, "loaded_at": now}
    )
    _write_members(plan, told["members"])
    # Nothing hangs on these: what the file no longer says is gone, and the event tells which file it was.
    plan.partners.all().delete()
    plan.happenings.all().delete()
    members = {each.organisation_id: each for each in plan.members.all()}
    for position, partner in enumerate(told["partners"]):
        facts = _by_code(partner)
        Partner.objects.create(plan=plan, position=position, **facts | {"member": members.get(facts.get("member", ""))})
    for happening in told["facts"]:
        PlanEvent.objects.create(
            plan=plan, **{name: happening[name] for name in ("on", "text_id", "text_en", "source")}
        )
    return plan


def _write_members(plan: Plan, told: Sequence[Table]) -> None:
    """Members stay the same rows: seats, decrees and meetings hang on them."""
    plan.members.update(is_lead=False)
    for position, member in enumerate(told):
        facts = _by_code(member)
        PlanMember.objects.update_or_create(
            plan=plan, organisation_id=facts.pop("organisation_id"), defaults=facts | {"position": position}
        )


def _by_code(told: Table) -> dict[str, Any]:
    """The fields of a row that names an organisation by its code."""
    return {("organisation_id" if name == "organisation" else name): value for name, value in told.items()}


def _write_commitments(plan: Plan, told: Sequence[Table]) -> None:
    """Commitments stay the same rows: reports, evidence and comments hang on them. What the file dropped is gone."""
    members = {member.organisation_id: member for member in plan.members.all()}
    gone = plan.commitments.exclude(pk__in=[each["slug"] for each in told])
    indexing.forget_commitments(gone.values_list("pk", flat=True))
    gone.delete()
    # Out of the way first: two commitments may change numbers.
    plan.commitments.update(number=F("number") + BEYOND_EVERY_NUMBER)
    for commitment in told:
        _write_commitment(plan, members[commitment["member"]], commitment)


def _write_commitment(plan: Plan, member: PlanMember, told: Table) -> None:
    commitment, _is_new = Commitment.objects.update_or_create(
        slug=told["slug"],
        defaults={
            "plan": plan,
            "member": member,
            "number": told["number"],
            "starts_on": told.get("starts_on"),
            "ends_on": told.get("ends_on"),
            **{name: told[name] for name in COMMITMENT_TEXTS},
            **{name: told.get(name, "") for name in OPTIONAL_TEXTS},
            **_inception(told.get("inception", {})),
        },
    )
    commitment.values.set(_terms(Term.Scale.OGP_VALUE, told.get("values", [])))
    commitment.institutions.all().delete()
    for position, institution in enumerate(told["institutions"]):
        Institution.objects.create(commitment=commitment, position=position, **_by_code(institution))
    commitment.milestones.exclude(number__in=[each["number"] for each in told["milestones"]]).delete()
    # Of a real plan none was found in public sources; of an illustrated plan the whole is labelled.
    for milestone in told["milestones"]:
        facts = {name: value for name, value in milestone.items() if name != "number"}
        Milestone.objects.update_or_create(
            commitment=commitment,
            number=milestone["number"],
            defaults=facts | {"is_illustrative": not plan.is_illustration},
        )
    commitment.facts.all().delete()
    for position, fact in enumerate(told.get("facts", [])):
        CommitmentFact.objects.create(commitment=commitment, position=position, **fact)


def _inception(told: Table) -> dict[str, Any]:
    return {
        "is_verifiable": told.get("verifiable"),
        "is_relevant": told.get("relevant"),
        "novelty": _term(Term.Scale.NOVELTY, told.get("novelty")),
        "ambition": _term(Term.Scale.AMBITION, told.get("ambition")),
        "inception_source": told.get("source", ""),
    }


def _term(scale: str, key: str | None) -> Term | None:
    return None if key is None else _terms(scale, [key])[0]


def _terms(scale: str, keys: Sequence[str]) -> list[Term]:
    # The newest edition first: what a plan of 2021 was coded with stays what it is.
    known = Term.objects.filter(scale=scale, key__in=keys).order_by("-valid_from")
    found = {term.key: term for term in known}
    missing = [key for key in keys if key not in found]
    if missing:
        raise LookupError(f"scale {scale!r} has no {missing[0]!r}; see data/scales.csv")
    return [found[key] for key in keys]


def _tie(told: Table, now: datetime) -> None:
    """Tie a commitment to the indicators that measure it and the commitments it contributes to."""
    source = End("commitment", told["slug"])
    for position, key in enumerate(told.get("indicators", [])):
        target = End("indicator", key)
        links.link(kind=Link.Kind.MEASURED_BY, source=source, target=target, position=position, actor=SYSTEM, now=now)
    for slug in told.get("contributes_to", []):
        target = End("commitment", slug)
        links.link(kind=Link.Kind.CONTRIBUTES_TO, source=source, target=target, actor=SYSTEM, now=now)
