"""Stories for everybody: the list, a story, each of its editions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lumbung.core.access.policies import public, viewer_of
from lumbung.core.access.viewers import may
from lumbung.core.base import clock
from lumbung.core.limits import actions as limits
from lumbung.core.limits.visitors import address_of
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.models import Story, StoryEdition
from lumbung.modules.open_data.pages.rows import VIEWS
from lumbung.modules.open_data.pages.stories import telling
from lumbung.modules.open_data.queries import stories

GONE = 410


@public()
def story_list(request: HttpRequest) -> HttpResponse:
    """Every story of this portal, newest first."""
    portal = portal_of(request)
    context = {
        "editions": list(stories.published(portal)[:100]),
        "may_write": may(viewer_of(request), permissions.WRITE_STORY),
    }
    return render(request, "open_data/story_list.html", context)


@public()
def story(request: HttpRequest, story: str) -> HttpResponse:
    """The newest edition of a story."""
    found = story_here(request, story)
    return _page(request, found, stories.edition_of(found))


@public()
def edition(request: HttpRequest, story: str, number: int) -> HttpResponse:
    """One edition for ever; charts that follow the newest release follow it here, too."""
    found = story_here(request, story)
    return _page(request, found, stories.edition_of(found, number))


def story_here(request: HttpRequest, slug: str) -> Story:
    """The story of that address; one never published is not found."""
    found = stories.story_at(portal_of(request), slug)
    if found is None:
        raise Http404("story")
    return found


def _page(request: HttpRequest, found: Story, shown: StoryEdition | None) -> HttpResponse:
    if shown is None:
        raise Http404("edition")
    if found.withdrawn_at is not None:
        return render(request, "open_data/story_withdrawn.html", {"story": found, "edition": shown}, status=GONE)
    limits.take(VIEWS, address_of(request), now=clock.now())
    newest = stories.edition_of(found)
    context = {
        "story": found,
        "edition": shown,
        "is_newest": newest is not None and newest.pk == shown.pk,
        "editions": list(found.editions.all()),
        "blocks": telling.told(request, shown.body),
        "handles": permissions.handles_story(viewer_of(request), found),
        "now": clock.now(),
    }
    return render(request, "open_data/story.html", context)
