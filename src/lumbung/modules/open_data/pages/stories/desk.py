"""Stories on the desk: begun, written, handed in, returned, published, withdrawn."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.access.viewers import role_for
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import queries as history
from lumbung.core.organisations import queries as organisations
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import pressed, saved
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import stories as actions
from lumbung.modules.open_data.forms.drafts import SeenForm
from lumbung.modules.open_data.forms.stories import BeginStoryForm, StoryForm, StoryReasonForm
from lumbung.modules.open_data.models import Story
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.pages.stories import telling
from lumbung.modules.open_data.queries import stories


@never_cache
@needs(permissions.WRITE_STORY)
def desk(request: HttpRequest) -> HttpResponse:
    """The stories this person writes or publishes."""
    return render(
        request, "open_data/story_desk.html", {"stories": stories.on_desk(viewer_of(request), portal_of(request))}
    )


@never_cache
@needs(permissions.WRITE_STORY, "GET", "POST")
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a story."""
    speakers = _speakers(request)
    form = BeginStoryForm(request.POST or None, speakers=speakers)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            story = actions.begin_story(
                portal=portal_of(request),
                organisation=next(each for each in speakers if each.code == told["organisation"]),
                slug=told["slug"],
                title=told["title"],
                by=viewer_of(request),
                now=clock.now(),
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            return to(request, "story-write", story=story.slug)
    context = {"form": form, "speakers": speakers}
    return render(request, "open_data/story_begin.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _speakers(request: HttpRequest) -> list[Organisation]:
    """Agencies of this portal's government in whose name this person may write."""
    portal = portal_of(request)
    found = permissions.speaking_for(viewer_of(request), portal.region_id, portal.government_id)
    known = [organisations.by_code(code) for code in dict.fromkeys(found)]
    return [each for each in known if each is not None and each.region_id == portal.region_id]


def _story_here(request: HttpRequest, slug: str) -> Story:
    found = stories.story_at(portal_of(request), slug)
    if found is None or not permissions.handles_story(viewer_of(request), found):
        raise Http404("story")
    return found


@never_cache
@needs(permissions.WRITE_STORY)
def detail(request: HttpRequest, story: str) -> HttpResponse:
    """A story as readers will see it, with what can be done next."""
    return render(request, "open_data/story_draft.html", _detail(request, _story_here(request, story)))


def _detail(request: HttpRequest, story: Story, **forms: Any) -> dict[str, Any]:
    viewer = viewer_of(request)
    may_publish = role_for(viewer, permissions.PUBLISH, permissions.scope_of_story(story)) is not None
    account = str(viewer.account.pk) if viewer.account else ""
    is_handed_in = story.state == Story.State.SUBMITTED and story.withdrawn_at is None
    return {
        "story": story,
        "edition": stories.edition_of(story),
        "blocks": telling.told(request, story.body),
        "history": history.history_of(actions.KIND, str(story.pk)),
        "may_write": story.state != Story.State.SUBMITTED and story.withdrawn_at is None,
        "may_submit": story.state == Story.State.DRAFT and story.withdrawn_at is None,
        "may_return": is_handed_in and may_publish,
        "may_take_back": is_handed_in
        and account in story.writers
        and role_for(viewer, permissions.WRITE_STORY, permissions.scope_of_story(story)) is not None,
        "may_publish": is_handed_in and may_publish and account not in story.writers,
        "is_own": account in story.writers,
        "may_withdraw": role_for(viewer, permissions.WITHDRAW, permissions.scope_of_story(story)) is not None,
        "return_form": StoryReasonForm(prefix="kembali"),
        "withdraw_form": StoryReasonForm(prefix="tarik"),
        **forms,
    }


@never_cache
@needs(permissions.WRITE_STORY, "GET", "POST")
def write(request: HttpRequest, story: str) -> HttpResponse:
    """Write on a story. What was typed stays in the form until it can be kept."""
    found = _story_here(request, story)
    initial = {"title": found.title, "summary": found.summary, "body": found.body, "seen": found.version}
    form = StoryForm(request.POST or None, host=request.get_host(), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        step = partial(
            actions.save_story,
            story=found,
            title=told["title"],
            summary=told["summary"],
            body=told["body"],
            seen=told["seen"],
            by=viewer_of(request),
        )
        if saved(request, form, step, said=_("Saved.")):
            return to(request, "story-draft", story=story)
    context = {"story": found, "form": form}
    return render(request, "open_data/story_write.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@needs(permissions.WRITE_STORY, "POST")
def submit(request: HttpRequest, story: str) -> HttpResponse:
    """Hand a story in."""
    step = partial(actions.submit_story, story=_story_here(request, story), by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("Handed in. A data steward reads it before it is published."))
    return to(request, "story-draft", story=story)


@needs(permissions.WRITE_STORY, "POST")
def take_back(request: HttpRequest, story: str) -> HttpResponse:
    """Take a story back to write on."""
    step = partial(actions.take_back_story, story=_story_here(request, story), by=viewer_of(request), now=clock.now())
    pressed(request, step, said=_("The story is yours again."))
    return to(request, "story-draft", story=story)


@needs(permissions.PUBLISH, "POST")
def publish(request: HttpRequest, story: str) -> HttpResponse:
    """Publish a story."""
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else 0
    found, by = _story_here(request, story), viewer_of(request)
    step = partial(actions.publish_story, story=found, seen=seen, by=by, now=clock.now())
    pressed(request, step, said=_("Published. This edition never changes."))
    return to(request, "story-draft", story=story)


@needs(permissions.PUBLISH, "POST")
def give_back(request: HttpRequest, story: str) -> HttpResponse:
    """Return a story with a reason."""
    found, form = _story_here(request, story), StoryReasonForm(request.POST, prefix="kembali")
    if form.is_valid():
        reason, by, now = form.cleaned_data["reason"], viewer_of(request), clock.now()
        step = partial(actions.return_story, story=found, reason=reason, by=by, now=now)
        if saved(request, form, step, said=_("Returned. The writer reads your reason.")):
            return to(request, "story-draft", story=story)
    context = _detail(request, found, return_form=form)
    return render(request, "open_data/story_draft.html", context, status=UNPROCESSABLE)


@needs(permissions.WITHDRAW, "POST")
def withdraw(request: HttpRequest, story: str) -> HttpResponse:
    """Withdraw a story; everybody reads why."""
    found, form = _story_here(request, story), StoryReasonForm(request.POST, prefix="tarik")
    if form.is_valid():
        reason, by, now = form.cleaned_data["reason"], viewer_of(request), clock.now()
        step = partial(actions.withdraw_story, story=found, reason=reason, by=by, now=now)
        if saved(request, form, step, said=_("The story was withdrawn.")):
            return to(request, "story-draft", story=story)
    context = _detail(request, found, withdraw_form=form)
    return render(request, "open_data/story_draft.html", context, status=UNPROCESSABLE)
