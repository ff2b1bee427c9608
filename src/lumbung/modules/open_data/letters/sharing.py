"""About restricted data between agencies."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.notices.letters import Letter
from lumbung.core.web import formatting
from lumbung.modules.open_data.letters.followers import name_of
from lumbung.modules.open_data.models import Sharing


def waits(sharing: Sharing) -> Letter:
    """To the producer's agency."""
    address = reverse("open_data:sharing-desk", kwargs={"portal_slug": sharing.dataset.portal_id})
    told = {"agency": sharing.agency.name, "title": name_of(sharing.dataset)}
    return Letter(
        _("Another agency asks for data of yours"),
        (_("%(agency)s asks for access to “%(title)s”.") % told,),
        ((_("Decide"), address),),
    )


def decided(sharing: Sharing) -> Letter:
    """To the officer who asked."""
    kwargs = {"portal_slug": sharing.dataset.portal_id, "key": sharing.dataset.key}
    told = {"title": name_of(sharing.dataset), "state": sharing.get_state_display()}
    said = [_("Access to “%(title)s”: %(state)s.") % told]
    if sharing.state == Sharing.State.GRANTED and sharing.until is not None:
        said.append(_("It ends by itself on %(day)s.") % {"day": formatting.date_long(sharing.until)})
    said += [text for text in (sharing.conditions, sharing.reason) if text]
    links = ((_("Open the dataset"), reverse("open_data:sharing", kwargs=kwargs)),)
    return Letter(_("Access to restricted data: %(state)s") % told, tuple(said), links)
