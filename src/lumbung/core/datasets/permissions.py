"""Who may publish a table out of turn, and who may withdraw a version."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Scope, Viewer, role_for
from lumbung.core.base.actors import Actor
from lumbung.core.base.errors import NotPermitted

PUBLISH = "datasets.publish"
WITHDRAW = "datasets.withdraw"


def required_actor(viewer: Viewer, verb: str, *, place: str, publisher_code: str) -> Actor:
    """The public face of whoever may do this to the table of a place, or a refusal."""
    held = role_for(viewer, verb, Scope(region_code=place, organisation_code=publisher_code))
    if held is None:
        raise NotPermitted(
            "dataset-not-yours", _("Your role may not change this table. Ask the data steward of your government.")
        )
    return viewer.acting_as(held)
