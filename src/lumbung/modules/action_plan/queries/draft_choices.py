"""What the form of a draft lets people choose from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lumbung.core.indicators import registry
from lumbung.core.organisations import queries as organisations
from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan import goals
from lumbung.modules.action_plan.models import Plan, Term

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DraftChoices:
    """Values of every list in the form; organisations stand under the kind of organisation they are."""

    organisations: list[tuple[str, Choices]]
    values: Choices
    indicators: Choices
    goals: Choices

    @property
    def codes(self) -> set[str]:
        """Every organisation that may be chosen."""
        return {code for _kind, choices in self.organisations for code, _name in choices}


def choices_for(plan: Plan, *, day: date) -> DraftChoices:
    """Organisations in the regions of the plan's members, OGP values, registered indicators, goals."""
    lead = plan.members.select_related("organisation").get(is_lead=True)
    known = organisations.listed_in(lead.organisation.region_id, day=day)
    by_kind: dict[str, Choices] = defaultdict(list)
    for each in known:
        by_kind[each.get_kind_display()].append((each.pk, each.name))
    values = Term.objects.filter(scale=Term.Scale.OGP_VALUE)
    return DraftChoices(
        organisations=list(by_kind.items()),
        values=[(term.key, term.label) for term in values],
        indicators=[(each.key, str(each.title)) for each in registry.all_indicators()],
        goals=[(str(number), f"{number}. {name}") for number, name in goals.GOALS],
    )


def names_of(codes: Iterable[str]) -> Mapping[str, str]:
    """How organisations are called, by code; those that ended too."""
    return {each.pk: each.name for each in Organisation.objects.filter(pk__in=set(codes))}
