"""Who may do which verb to which dataset: producers for their agency, stewards for their portal."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Scope, Viewer, role_for
from lumbung.core.base.errors import NotPermitted
from lumbung.core.organisations import queries as organisations
from lumbung.modules.open_data.models import Dataset, Story

DESK = "open_data.desk"
PRODUCE = "open_data.produce"
PRECHECK = "open_data.precheck"
CHECK = "open_data.check"
SECOND_CHECK = "open_data.second_check"
PUBLISH = "open_data.publish"
WITHDRAW = "open_data.withdraw"
PLAN = "open_data.plan"
KEYS = "open_data.keys"
ALL_KEYS = "open_data.all_keys"

# What a key of an agency may be for, and the verb its maker has to hold there. Every key reads the agency's drafts.
READ_DRAFTS, WRITE_DRAFTS, WRITE_ROWS, SUBMIT_DRAFTS = "drafts:read", "drafts:write", "datastore:write", "submit"
SCOPES = {READ_DRAFTS: DESK, WRITE_DRAFTS: PRODUCE, WRITE_ROWS: PRODUCE, SUBMIT_DRAFTS: PRODUCE}
SCOPE_TITLES = {
    READ_DRAFTS: _("See drafts of the agency"),
    WRITE_DRAFTS: _("Write drafts: descriptions and files"),
    WRITE_ROWS: _("Write rows of tables in drafts"),
    SUBMIT_DRAFTS: _("Hand drafts in for checking"),
}
WRITE_STORY = "open_data.write_story"
HARVEST = "open_data.harvest"
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


def role_for_rows(viewer: Viewer, *, region_code: str, organisation_code: str) -> HeldRole | None:
    """The role that lets this viewer write a row of the data list: of the secretariat first, else of its producer."""
    scope = Scope(region_code=region_code, organisation_code=organisation_code)
    return role_for(viewer, PLAN, scope) or role_for(viewer, PRODUCE, scope)


def required_for_rows(viewer: Viewer, *, region_code: str, organisation_code: str) -> HeldRole:
    """That role, or a refusal."""
    return _required(role_for_rows(viewer, region_code=region_code, organisation_code=organisation_code))


def plans_in(viewer: Viewer, region_code: str) -> bool:
    """Whether this viewer keeps the data list of that government."""
    return role_for(viewer, PLAN, Scope(region_code=region_code)) is not None


def is_agency_of(organisation_code: str, region_code: str) -> bool:
    """Whether an agency belongs to that government."""
    if not organisation_code:
        return False
    found = organisations.by_code(organisation_code)
    return found is not None and found.region_id == region_code


def account_id_of(viewer: Viewer) -> UUID:
    """The account of somebody a verb was granted to; guests never get this far."""
    if viewer.account is None:
        raise NotPermitted("sign-in-first", _("Sign in first."))
    return viewer.account.pk


def scope_of_story(story: Story) -> Scope:
    """Where a story belongs: its portal, and the agency that speaks in it."""
    return Scope(region_code=story.portal.region_id, organisation_code=story.organisation_id)


def story_role(viewer: Viewer, verb: str, story: Story) -> HeldRole:
    """The role that allows it for that story, or a refusal."""
    held = role_for(viewer, verb, scope_of_story(story))
    if held is None:
        raise NotPermitted(
            "story-not-yours", _("Your role may not do this to this story. Ask the data steward of your government.")
        )
    return held


def handles_story(viewer: Viewer, story: Story) -> bool:
    """Whether this viewer writes or publishes that story."""
    return any(role_for(viewer, verb, scope_of_story(story)) for verb in (WRITE_STORY, PUBLISH))


def speaking_for(viewer: Viewer, portal_region: str, government: str) -> list[str]:
    """Codes of the agencies in whose name this viewer may write: their own; stewards for the government itself."""
    held = viewer.roles_with(WRITE_STORY)
    own = sorted({each.organisation_code for each in held if each.organisation_code})
    return [*([government] if any(each.region_code == portal_region for each in held) else []), *own]


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
