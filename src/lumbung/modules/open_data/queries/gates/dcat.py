"""Whether other catalogues could list the dataset: the mandatory properties of DCAT-AP (`dcat_rules`)."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lumbung.modules.open_data import shape
from lumbung.modules.open_data.models import Draft, DraftTable
from lumbung.modules.open_data.queries import dcat, dcat_rules, descriptions
from lumbung.modules.open_data.queries.gates.gaps import Gap

MISSING = _("Other catalogues ask for %(property)s and would find none. Fill in “%(field)s”.")
MISSING_ELSEWHERE = _("Other catalogues ask for %(property)s and would find none. Ask the data steward.")
ILL_TYPED = _("Other catalogues cannot read “%(value)s” in %(property)s. Correct it in the description of the dataset.")
PLACE = "dataset"


def gaps(draft: Draft, tables: list[DraftTable]) -> Iterator[Gap]:
    """One gap a property, of the description as it would be published now; the metadata gate asks for its own."""
    asked_already = _asked_already(draft)
    graph = dcat.dataset_graph(descriptions.of_draft(draft, tables))
    fields = {field.dcat: str(field.label) for field in shape.fields_of("dataset") if field.dcat}
    for fault in dict.fromkeys(dcat_rules.faults(graph)):
        name = fault.property.n3(graph.namespace_manager)
        if name in asked_already and not fault.value:
            continue
        if fault.value:
            yield Gap(PLACE, ILL_TYPED, (("property", name), ("value", fault.value)))
        elif name in fields:
            yield Gap(PLACE, MISSING, (("property", name), ("field", fields[name])))
        else:
            yield Gap(PLACE, MISSING_ELSEWHERE, (("property", name),))


def is_judged(draft: Draft) -> bool:
    """Whether the fields other catalogues ask for are filled in; until then the metadata gate speaks."""
    return not _asked_already(draft)


def _asked_already(draft: Draft) -> set[str]:
    missing = shape.missing(draft.metadata | {"variables": {}})
    return {field.dcat for field, place in missing if place == PLACE and field.dcat}
