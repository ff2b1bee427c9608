"""Following a plan or a commitment: by mail, or with a feed reader."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.core.events.queries import HistoryEntry
from lumbung.core.limits import actions as limits
from lumbung.core.limits import visitors
from lumbung.core.limits.actions import Limit
from lumbung.core.portals.middleware import portal_of
from lumbung.core.portals.models import Portal
from lumbung.core.web import formatting
from lumbung.modules.action_plan import queries
from lumbung.modules.action_plan.actions import following
from lumbung.modules.action_plan.events.enactment import PlanEnacted
from lumbung.modules.action_plan.events.plans import PlanLoaded
from lumbung.modules.action_plan.events.submission import PlanSubmitted
from lumbung.modules.action_plan.forms.monitoring import PlanFollowForm
from lumbung.modules.action_plan.letters import followers as letters
from lumbung.modules.action_plan.models import Commitment, Plan
from lumbung.modules.action_plan.pages.places import written_plan_here
from lumbung.modules.action_plan.queries import followers

FOLLOW = Limit("plan-follow", count=30, per_seconds=3600)
ENTRIES = 50


def _asked_for(request: HttpRequest, slug: str) -> tuple[Plan, Commitment | None]:
    """The plan of the portal, or one of its commitments."""
    commitment = queries.public_commitment(portal_of(request), slug) if slug else None
    plan = commitment.plan if commitment else queries.plan_in(portal_of(request))
    if plan is None or (slug and commitment is None):
        raise Http404("plan")
    return plan, commitment


@never_cache
@public("GET", "POST")
def follow(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Type an address; its owner confirms by mail. The answer is the same for an address that follows already."""
    plan, commitment = _asked_for(request, slug)
    return _follow(request, plan, commitment)


@never_cache
@public("GET", "POST")
def follow_making(request: HttpRequest, plan_key: str) -> HttpResponse:
    """The same for a plan that is drawn up here, from its first stage on."""
    return _follow(request, written_plan_here(request, plan_key), None)


def _follow(request: HttpRequest, plan: Plan, commitment: Commitment | None) -> HttpResponse:
    form = PlanFollowForm(request.POST or None)
    asked = form.is_valid()
    if asked:
        limits.take(FOLLOW, visitors.visitor_of(request), now=clock.now())
        following.ask_to_follow(
            plan=plan,
            commitment=commitment,
            portal=portal_of(request).slug,
            email=form.cleaned_data["email"],
            language=formatting.language_now(),
            now=clock.now(),
        )
    context = {"plan": plan, "commitment": commitment, "form": None if asked else form}
    status = 422 if form.is_bound and not asked else 200
    return render(request, "action_plan/follow.html", context, status=status)


@never_cache
@public("GET", "POST")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: a page asks once more, since mail scanners open links; a post confirms."""
    follower = followers.follower_by_token(token)
    if follower is None:
        return render(request, "action_plan/follow_confirm.html", {"follower": None}, status=404)
    if request.method == "POST":
        following.confirm(token=token, now=clock.now())
        messages.success(request, _("You follow it now. Each message has a link to stop."))
        return HttpResponseRedirect(letters.page_of(follower, follower.commitment))
    return render(request, "action_plan/follow_confirm.html", {"follower": follower})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the feed is of."""

    portal: Portal
    plan: Plan
    commitments: dict[str, Commitment]
    slug: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: what it is about, what happened, and the page."""

    about: str
    entry: HistoryEntry
    address: str


BEGINNINGS = frozenset({PlanLoaded.key, PlanEnacted.key, PlanSubmitted.key})


def _is_beginning(found: events.FoundEvent) -> bool:
    return found.entry.key in BEGINNINGS


class PlanFeed(Feed):  # type: ignore[type-arg]
    """What happened to a plan and its commitments, the newest first, by day."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *_args: Any, slug: str = "", **_kwargs: Any) -> Asked:
        plan, commitment = _asked_for(request, slug)
        chosen = [commitment] if commitment else list(plan.commitments.all())
        return Asked(portal_of(request), plan, {each.pk: each for each in chosen}, slug)

    def title(self, asked: Asked) -> str:
        return f"{asked.portal.name}: {asked.commitments[asked.slug].short if asked.slug else asked.plan.title}"

    def link(self, asked: Asked) -> str:
        return self._page(asked, asked.slug)

    def author_name(self, asked: Asked) -> str:
        return asked.portal.name

    def items(self, asked: Asked) -> list[Item]:
        subjects = [*(("commitment", slug) for slug in asked.commitments), ("plan", asked.plan.pk)]
        found = events.newest_about(subjects, of_part="action_plan", most=ENTRIES)
        # Of the plan a commitment tells only how it came to be: its feed is never empty, so it has a day of its own.
        mine = [each for each in found if not asked.slug or each.subject_type == "commitment" or _is_beginning(each)]
        return [self._item(asked, each) for each in mine]

    def _item(self, asked: Asked, found: events.FoundEvent) -> Item:
        slug = found.subject_id if found.subject_type == "commitment" else ""
        about = asked.commitments[slug].short if slug else asked.plan.title
        return Item(about, found.entry, self._page(asked, slug))

    def item_title(self, item: Item) -> str:
        return f"{item.about}: {item.entry.sentence}"

    def item_description(self, item: Item) -> str:
        return item.entry.sentence

    def item_updateddate(self, item: Item) -> datetime:
        return datetime.combine(item.entry.on, time(), tzinfo=UTC)

    def item_guid(self, item: Item) -> str:
        return f"urn:uuid:{item.entry.uid}"

    def item_link(self, item: Item) -> str:
        return item.address

    def _page(self, asked: Asked, slug: str) -> str:
        kwargs = {"portal_slug": asked.portal.slug} | ({"slug": slug} if slug else {})
        return reverse("action_plan:commitment" if slug else "action_plan:plan", kwargs=kwargs)


@public()
def feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Atom feed of a plan, or of one commitment."""
    return PlanFeed()(request, slug=slug)
