"""What organisations give to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, Manifest, Role, Verb
from lumbung.core.organisations.events import (
    OrganisationAdded,
    OrganisationChanged,
    OrganisationEnded,
    OrganisationsLoaded,
)
from lumbung.core.organisations.permissions import EDIT

MANIFEST = Manifest(
    name="organisations",
    title=_("Organisations"),
    verbs=(Verb(EDIT, _("Change organisations")),),
    roles=(Role("administrator", _("Administrator"), scope="installation", verbs=(EDIT,)),),
    events=(
        EventType(OrganisationAdded, _("“%(name)s” was added, valid from %(since)s")),
        EventType(OrganisationChanged, _("The entry of “%(name)s” was changed")),
        EventType(OrganisationEnded, _("Organisation %(code)s ended on %(ended_on)s")),
        EventType(OrganisationsLoaded, _("%(count)s organisations were loaded")),
    ),
)
