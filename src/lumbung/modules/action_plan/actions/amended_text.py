"""What amended text must still be: complete, known here, in order, and never carried by whoever monitors it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.indicators import registry
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan import goals, permissions, shape
from lumbung.modules.action_plan.models import Commitment, Institution, PlanMember, Term
from lumbung.modules.action_plan.queries import amendments
from lumbung.modules.action_plan.queries.amendments import Place
from lumbung.modules.action_plan.shape import Field

Body = Mapping[str, Any]


def require_fit(commitment: Commitment, place: Place, new: Any) -> None:
    """Refuse a change after which nobody could have enacted the commitment."""
    _refuse_length(place.field, new)
    _refuse_unknown(place.field, new)
    if place.field.kind == "institutions":
        _refuse_carriers(commitment.member, [each["code"] for each in new], [each["role"] for each in new])
    if place.field.kind == "institution":
        _refuse_monitor(commitment.member, {new} if new else set())
    if place.field.kind == "milestone":
        _refuse_monitor(commitment.member, {new["owner"]} if new and new["owner"] else set())
    body = amendments.changed(amendments.current_body(commitment), place.key, new)
    for field, part in shape.missing("commitment", body):
        raise Refused(
            "amendment-leaves-a-gap",
            _("The commitment would lack this: %(part)s. Fill it in."),
            field="new",
            part=part or field,
        )
    _refuse_days(body)


def _refuse_length(field: Field, new: Any) -> None:
    if field.kind == "milestone" and new:
        longest = max(len(text) for key in shape.MILESTONE_TEXTS for text in new[key].values())
        _refuse_longer(longest, shape.SHORT_LINE)
    if field.is_text:
        _refuse_longer(max(map(len, new.values())), field.most)


def _refuse_longer(length: int, limit: int) -> None:
    if length > limit:
        raise Refused("amended-text-too-long", _("Shorten this to %(limit)s characters."), field="new_id", limit=limit)


def _refuse_days(body: Body) -> None:
    if any(shape.disordered(body)):
        raise Refused("amended-days-in-wrong-order", _("It ends after it begins. Correct the dates."), field="new")


def _refuse_unknown(field: Field, new: Any) -> None:
    """Refuse keys of nothing: the form offers none of them."""
    wanted = set(_keys_in(field, new))
    if wanted - _known(field, wanted):
        raise Refused("amendment-names-something-unknown", _("Choose what is in the list."), field="new")


def _keys_in(field: Field, new: Any) -> Iterable[Any]:
    if field.kind == "institutions":
        return [each["code"] for each in new]
    if field.kind == "institution":
        return [new] if new else []
    if field.kind == "milestone":
        return [new["owner"]] if new and new["owner"] else []
    return [each for each in new if not isinstance(each, Mapping)] if isinstance(new, list) else []


def _known(field: Field, wanted: set[Any]) -> set[Any]:
    if field.kind in {"institution", "institutions", "milestone"}:
        return set(Organisation.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if field.kind == "values":
        return set(Term.objects.filter(scale=Term.Scale.OGP_VALUE, key__in=wanted).values_list("key", flat=True))
    if field.kind == "goals":
        return {number for number, _name in goals.GOALS}
    return {key for key in wanted if registry.is_registered(key)}


def _refuse_carriers(member: PlanMember, codes: list[str], roles: list[str]) -> None:
    if len(set(codes)) < len(codes):
        raise Refused(
            "institution-named-twice",
            _("An institution is named twice. Name each once, in one part."),
            field="lead",
        )
    if roles.count(Institution.Role.LEAD) > 1 or set(roles) - set(Institution.Role.values):
        raise Refused("one-institution-in-charge", _("Name one institution in charge."), field="lead")
    _refuse_monitor(member, set(codes))


def _refuse_monitor(member: PlanMember, codes: set[str]) -> None:
    """Whoever monitors carries neither the commitment nor one of its milestones."""
    monitors = Organisation.objects.filter(pk__in=permissions.monitors_of(member.plan, member) & codes).first()
    if monitors is not None:
        raise Refused(
            "institution-monitors-this-part",
            _("%(institution)s monitors this part of the plan, so it cannot carry a commitment. Name another one."),
            field="lead",
            institution=monitors.name,
        )
