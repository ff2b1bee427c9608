"""What a program of an agency reads of the agency's drafts: what it wrote, before anybody else sees it."""

from collections.abc import Callable, Mapping
from typing import Any

from lumbung.modules.open_data.models import Dataset, Draft
from lumbung.modules.open_data.queries import draft_packages, resource_ids
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries.keys import Holder
from lumbung.modules.open_data.queries.packages import Scope, uuid_of
from lumbung.modules.open_data.schemas import ckan as read
from lumbung.modules.open_data.schemas.ckan import Params


def package_show(params: Params, scope: Scope, holder: Holder) -> Any:
    """The open draft of a dataset of the agency; None where there is none to show."""
    wanted = read.name_or_id(params)
    pk = uuid_of(wanted)
    rows = Dataset.objects.filter(producer=holder.key.organisation)
    found = rows.filter(name=wanted).first() or (rows.filter(pk=pk).first() if pk else None)
    draft = _draft_of(found, scope, holder)
    return draft_packages.package(draft, scope) if draft else None


def resource_show(params: Params, scope: Scope, holder: Holder) -> Any:
    """A table of an open draft of the agency; None where there is none to show."""
    pk = uuid_of(read.needed(params, "id"))
    found = resource_ids.place_of(pk) if pk else None
    draft = _draft_of(found[0], scope, holder) if found else None
    if found is None or draft is None:
        return None
    table = draft.tables.select_related("kept_version").filter(slug=found[1]).first()
    return draft_packages.resource(draft, table, scope) if table else None


def _draft_of(dataset: Dataset | None, scope: Scope, holder: Holder) -> Draft | None:
    if dataset is None or dataset.producer_id != holder.key.organisation_id:
        return None
    if scope.portal is not None and dataset.portal_id != scope.portal.pk:
        return None
    return known.open_draft_of(dataset)


SHOWN: Mapping[str, Callable[[Params, Scope, Holder], Any]] = {
    "package_show": package_show,
    "resource_show": resource_show,
}
