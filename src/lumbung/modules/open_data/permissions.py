"""Who may do which verb to which dataset: producers for their agency, stewards for their portal."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Scope, Viewer, role_for
from lumbung.core.base.errors import NotPermitted
from lumbung.modules.open_data.models import Dataset

DESK = "open_data.desk"
PRODUCE = "open_data.produce"
PRECHECK = "open_data.precheck"
CHECK = "open_data.check"
SECOND_CHECK = "open_data.second_check"
PUBLISH = "open_data.publish"
WITHDRAW = "open_data.withdraw"
PLAN = "open_data.plan"
ANSWER = "open_data.answer"


def scope_of(dataset: Dataset) -> Scope:
    """Where a dataset belongs: the region of its portal, the agency that produces it."""
    return Scope(region_code=dataset.portal.region_id, organisation_code=dataset.producer_id)


def role_in(viewer: Viewer, verb: str, dataset: Dataset) -> HeldRole | None:
    """The role that lets this viewer do it to that dataset."""
    return role_for(viewer, verb, scope_of(dataset))


def required_in(viewer: Viewer, verb: str, dataset: Dataset) -> HeldRole:
    """That role, or a refusal."""
    return _required(role_in(viewer, verb, dataset))


def required_at(viewer: Viewer, verb: str, *, region_code: str, organisation_code: str = "") -> HeldRole:
    """The role that allows it in a region or an agency, or a refusal."""
    return _required(role_for(viewer, verb, Scope(region_code=region_code, organisation_code=organisation_code)))


def producing_for(viewer: Viewer) -> list[str]:
    """Codes of the agencies this viewer brings data for."""
    return sorted({held.organisation_code for held in viewer.roles_with(PRODUCE) if held.organisation_code})


def account_id_of(viewer: Viewer) -> UUID:
    """The account of somebody a verb was granted to; guests never get this far."""
    if viewer.account is None:
        raise NotPermitted("sign-in-first", _("Sign in first."))
    return viewer.account.pk


def _required(held: HeldRole | None) -> HeldRole:
    if held is None:
        raise NotPermitted(
            "dataset-not-yours",
            _("Your role may not do this to this dataset. Ask the data steward of your government."),
        )
    return held


def sees_whole_desk(viewer: Viewer, region_code: str) -> bool:
    """Whether everything people ask of a portal comes to this viewer: its stewards, not one agency."""
    return any(held.region_code == region_code for held in viewer.roles_with(ANSWER))
