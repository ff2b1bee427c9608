"""Stories are written by those who bring data and published by a steward who did not write them."""

import hashlib
import re
from datetime import datetime

import rfc8785
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import HeldRole, Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.events.types import Event
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.core.search import actions as search
from lumbung.core.search.actions import Findable
from lumbung.modules.open_data import permissions, prose
from lumbung.modules.open_data.events.stories import (
    StoryBegun,
    StoryPublished,
    StoryReturned,
    StorySubmitted,
    StoryTakenBack,
    StoryWithdrawn,
)
from lumbung.modules.open_data.models import Story, StoryEdition
from lumbung.modules.open_data.queries import stories as known

KIND = "story"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SHORTEST, LONGEST = 3, 60
RESERVED = frozenset({"kelola", "baru"})
MOST_VIEWS = 12


def begin_story(
    *, portal: Portal, organisation: Organisation, slug: str, title: str, by: Viewer, now: datetime
) -> Story:
    """A new story in the name of an agency. Its address never changes."""
    held = permissions.required_at(
        by, permissions.WRITE_STORY, region_code=portal.region_id, organisation_code=organisation.code
    )
    _refuse_slug(portal, slug)
    with transaction.atomic():
        story = Story.objects.create(
            portal=portal,
            organisation=organisation,
            slug=slug,
            title=title.strip(),
            writers=[str(permissions.account_id_of(by))],
            begun_at=now,
        )
        _record(story, StoryBegun(portal=portal.pk, story=slug), by, held, now)
        return story


def _refuse_slug(portal: Portal, slug: str) -> None:
    if not (SHORTEST <= len(slug) <= LONGEST and SLUG.match(slug)):
        raise Refused(
            "story-address-malformed",
            _("Use 3 to 60 small letters, digits and hyphens, such as jalan-mulus."),
            field="slug",
        )
    if slug in RESERVED or Story.objects.filter(portal=portal, slug=slug).exists():
        raise Refused("story-address-taken", _("Another story has this address. Choose another one."), field="slug")


def save_story(*, story: Story, title: str, summary: str, body: str, seen: int, by: Viewer) -> Story:
    """Keep what was written. Writing on after an edition begins the next one; the edition stays public."""
    permissions.story_role(by, permissions.WRITE_STORY, story)
    _refuse_views(body)
    with transaction.atomic():
        current = known.locked(story)
        _require_writable(current, seen)
        account, writers = str(permissions.account_id_of(by)), list(current.writers)
        if current.state == Story.State.PUBLISHED:
            writers = []
        current.title, current.summary, current.body = title.strip(), summary.strip(), body
        current.state, current.version = Story.State.DRAFT, current.version + 1
        current.writers = [*writers, *([account] if account not in writers else [])]
        current.save(update_fields=["title", "summary", "body", "state", "version", "writers"])
        return current


def _require_writable(story: Story, seen: int) -> None:
    if story.version != seen:
        raise Refused(
            "story-was-saved-meanwhile",
            _("Somebody saved this story meanwhile. Copy what you wrote, reload the page and look again."),
        )
    if story.state == Story.State.SUBMITTED:
        raise Refused("story-is-handed-in", _("This story is being looked at. It can be changed once it comes back."))
    if story.withdrawn_at is not None:
        raise Refused("story-withdrawn", _("This story was withdrawn. Begin another one."))


def _refuse_views(body: str) -> None:
    """Addresses that stand alone have to be charts or tables everybody may see."""
    found = prose.views_of(body)
    if len(found) > MOST_VIEWS:
        raise Refused(
            "too-many-views", _("A story holds at most %(most)s charts and tables."), field="body", most=MOST_VIEWS
        )
    shelves = known.Shelves()
    for block in found:
        pointed = shelves.pointed_at(block.address)
        if pointed is None or not pointed.is_open:
            raise Refused(
                "no-such-view",
                _(
                    "Line %(line)s: this address is no chart and no table of open data here. "
                    "Copy it from “Share this view” of a chart or a table."
                ),
                field="body",
                line=block.line,
            )


def submit_story(*, story: Story, by: Viewer, now: datetime) -> Story:
    """Hand a story to the steward."""
    held = permissions.story_role(by, permissions.WRITE_STORY, story)
    with transaction.atomic():
        current = known.locked(story)
        if current.state != Story.State.DRAFT or current.withdrawn_at is not None:
            raise Refused("story-is-no-draft", _("There is nothing new to hand in. Change the story first."))
        if not (current.summary and current.body.strip()):
            raise Refused("story-says-nothing", _("Write a summary and the story itself first."))
        current.state, current.submitted_at = Story.State.SUBMITTED, now
        current.submitted_by_id, current.returned_reason = permissions.account_id_of(by), ""
        current.save(update_fields=["state", "submitted_at", "submitted_by", "returned_reason"])
        _record(current, StorySubmitted(portal=current.portal_id, story=current.slug), by, held, now)
        return current


def return_story(*, story: Story, reason: str, by: Viewer, now: datetime) -> Story:
    """Give a story back to its writers."""
    held = permissions.story_role(by, permissions.PUBLISH, story)
    if not reason.strip():
        raise Refused("return-needs-a-reason", _("Say what has to be changed. The writer reads it."), field="reason")
    with transaction.atomic():
        current = _handed_in(story)
        current.state, current.returned_reason = Story.State.DRAFT, reason.strip()
        current.save(update_fields=["state", "returned_reason"])
        _record(current, StoryReturned(portal=current.portal_id, story=current.slug), by, held, now)
        return current


def take_back_story(*, story: Story, by: Viewer, now: datetime) -> Story:
    """Take a story back from the steward's desk to write on."""
    held = permissions.story_role(by, permissions.WRITE_STORY, story)
    with transaction.atomic():
        current = _handed_in(story)
        current.state = Story.State.DRAFT
        current.save(update_fields=["state"])
        _record(current, StoryTakenBack(portal=current.portal_id, story=current.slug), by, held, now)
        return current


def publish_story(*, story: Story, seen: int, by: Viewer, now: datetime) -> StoryEdition:
    """The next edition of a story, as the steward saw it; by one who wrote nothing of it."""
    held = permissions.story_role(by, permissions.PUBLISH, story)
    with transaction.atomic():
        current = _handed_in(story)
        if current.version != seen:
            raise Refused(
                "story-was-saved-meanwhile", _("Somebody saved this story meanwhile. Reload the page and look again.")
            )
        if str(permissions.account_id_of(by)) in current.writers:
            raise Refused("own-story", _("You wrote on this story yourself. Somebody else has to publish it."))
        _refuse_views(current.body)
        edition = _edition(current, by, now)
        current.state = Story.State.PUBLISHED
        current.save(update_fields=["state"])
        search.index_public(_findable(current, edition))
        event = StoryPublished(
            portal=current.portal_id, story=current.slug, number=edition.number, sha256=edition.sha256
        )
        _record(current, event, by, held, now)
        return edition


def _handed_in(story: Story) -> Story:
    current = known.locked(story)
    if current.state != Story.State.SUBMITTED:
        raise Refused("story-is-not-handed-in", _("This story is not handed in any more. Reload the page."))
    return current


def _edition(story: Story, by: Viewer, now: datetime) -> StoryEdition:
    last = known.edition_of(story)
    told = {"title": story.title, "summary": story.summary, "body": story.body}
    return StoryEdition.objects.create(
        story=story,
        number=last.number + 1 if last else 1,
        sha256=hashlib.sha256(rfc8785.dumps(told)).hexdigest(),
        published_at=now,
        published_by_id=permissions.account_id_of(by),
        **told,
    )


def _findable(story: Story, edition: StoryEdition) -> Findable:
    words = " ".join(span.words for block in prose.blocks_of(edition.body) for line in block.lines for span in line)
    return Findable(
        kind=KIND,
        object_id=str(story.pk),
        title=edition.title,
        text=edition.summary,
        place_code=story.portal.region_id,
        on=clock.local_day(edition.published_at),
        address={"portal_slug": story.portal_id, "story": story.slug},
        also=(words[:5000], story.organisation.name_id),
    )


def withdraw_story(*, story: Story, reason: str, by: Viewer, now: datetime) -> Story:
    """Take a story from the public with a reason everybody reads; its address stays."""
    held = permissions.story_role(by, permissions.WITHDRAW, story)
    if not reason.strip():
        raise Refused("withdrawal-needs-a-reason", _("Say why it is withdrawn. The reason is public."), field="reason")
    with transaction.atomic():
        current = known.locked(story)
        if current.withdrawn_at is not None:
            raise Refused("story-withdrawn", _("This story was withdrawn. Begin another one."))
        current.withdrawn_at, current.withdrawn_reason = now, reason.strip()
        current.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        search.remove_public(KIND, str(current.pk))
        _record(current, StoryWithdrawn(portal=current.portal_id, story=current.slug), by, held, now)
        return current


def _record(story: Story, event: Event, by: Viewer, held: HeldRole, now: datetime) -> None:
    events.record(event, subject_type=KIND, subject_id=str(story.pk), actor=by.acting_as(held), now=now)
