"""What the action plan gives to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, Manifest, NavigationItem
from lumbung.modules.action_plan.events import PlanLoaded

MANIFEST = Manifest(
    name="action_plan",
    title=_("Action plan"),
    navigation=(NavigationItem(_("Action plan"), "action_plan:plan", position=70),),
    events=(EventType(PlanLoaded, _("The action plan was loaded with %(commitments)s commitments")),),
)
