"""About stories on the desk, to officers only."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.notices.letters import Letter
from lumbung.modules.open_data.models import Story


def waits(story: Story) -> Letter:
    """To those who publish."""
    told = {"title": story.title, "agency": story.organisation.name}
    return Letter(
        _("A data story waits for you: %(title)s") % told,
        (_("“%(title)s” of %(agency)s was handed in for publishing.") % told,),
        ((_("Open it on the data desk"), _address(story)),),
    )


def moved(story: Story) -> Letter:
    """To those who wrote it."""
    if story.state == Story.State.PUBLISHED:
        said = (_("Published: %(title)s") % {"title": story.title}, _("Everybody can read it now."))
    else:
        said = (_("Returned: %(title)s") % {"title": story.title}, story.returned_reason)
    return Letter(said[0], (said[1],), ((_("Open it"), _address(story)),))


def _address(story: Story) -> str:
    return reverse("open_data:story-draft", kwargs={"portal_slug": story.portal_id, "story": story.slug})
