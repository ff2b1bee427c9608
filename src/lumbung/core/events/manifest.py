"""What the log gives to the house: the place of an event is given by `core/log`, which also signs it."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import Manifest

MANIFEST = Manifest(name="events", title=_("Public log"))
