"""What organisations give to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, Manifest
from lumbung.core.organisations.events import OrganisationEnded, OrganisationsLoaded

MANIFEST = Manifest(
    name="organisations",
    title=_("Organisations"),
    events=(
        EventType(OrganisationEnded, _("Organisation %(code)s ended on %(ended_on)s")),
        EventType(OrganisationsLoaded, _("%(count)s organisations were loaded")),
    ),
)
