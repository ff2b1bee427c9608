"""What regions give to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, Manifest, Role, Verb
from lumbung.core.regions.events import BlockAdded, RegionsLoaded

MANIFEST = Manifest(
    name="regions",
    title=_("Regions"),
    verbs=(Verb("regions.add_block", _("Add a block (peliuk) below a village")),),
    roles=(Role("administrator", _("Administrator"), scope="installation", verbs=("regions.add_block",)),),
    events=(
        EventType(
            RegionsLoaded, _("The list of regions was loaded: %(added)s new, %(changed)s changed, %(total)s in all")
        ),
        EventType(BlockAdded, _("Block %(name)s was added with the code %(code)s")),
    ),
)
