"""What Satu Data gives to the house."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import (
    EventType,
    JobType,
    Manifest,
    NavigationItem,
    NoticeTopic,
    Reaction,
    Role,
    SearchKind,
    TablePages,
    Verb,
)
from lumbung.core.datasets.permissions import PUBLISH, WITHDRAW
from lumbung.modules.open_data import events, jobs, list_sentences, permissions, states, telling
from lumbung.modules.open_data.actions import held
from lumbung.modules.open_data.datasets import DATASETS
from lumbung.modules.open_data.events import harvest
from lumbung.modules.open_data.events import stories as story_events
from lumbung.modules.open_data.events.keys import ApiKeyMade, ApiKeyRevoked
from lumbung.modules.open_data.indicators import INDICATORS
from lumbung.modules.open_data.models import Check, HarvestRun, HarvestSource, PersonalDecision
from lumbung.modules.open_data.queries.gates.declared import stop_unless_open

# Whose turn it is after a step: a history says where the draft went, not twice that it moved.
TURNS = {
    states.DraftState.SUBMITTED: _("the check by the supporting data steward"),
    states.DraftState.CHECKED: _("the check by the data steward"),
    states.DraftState.SECOND_CHECK: _("the second check by the data supervisor"),
    states.DraftState.READY: _("publishing by the data steward"),
}
STATES = {"to": lambda key: TURNS[states.DraftState(key)]}
KINDS = {"kind": lambda key: HarvestSource.Kind(key).label}
OUTCOMES = {"outcome": lambda key: HarvestRun.State(key).label}
LEVELS = {"level": lambda key: Check.Level(key).label}

NIGHT = time(2, 30)
MORNING = time(6, 0)  # release days come before offices open

MANIFEST = Manifest(
    name="open_data",
    title=_("Open data"),
    verbs=(
        Verb(permissions.DESK, _("See the desk of open data")),
        Verb(permissions.PRODUCE, _("Produce data")),
        Verb(permissions.PRECHECK, _("Check data of one's own agency")),
        Verb(permissions.CHECK, _("Check data and metadata")),
        Verb(permissions.SECOND_CHECK, _("Check priority data a second time")),
        Verb(permissions.PUBLISH, _("Publish data")),
        Verb(permissions.WITHDRAW, _("Withdraw what was published")),
        Verb(permissions.PLAN, _("Keep the data list of the year")),
        Verb(permissions.KEYS, _("Make and revoke keys for programs")),
        Verb(permissions.ALL_KEYS, _("See and revoke keys of every agency")),
        Verb(permissions.WRITE_STORY, _("Write stories with data")),
        Verb(permissions.HARVEST, _("Keep the portals that are harvested")),
        Verb(permissions.ANSWER, _("Answer what people ask about data")),
    ),
    roles=(
        Role(
            "data_producer",
            _("Data producer"),
            "organisation",
            (permissions.DESK, permissions.PRODUCE, permissions.KEYS, permissions.WRITE_STORY, permissions.ANSWER),
        ),
        Role(
            "supporting_steward",
            _("Supporting data steward"),
            "organisation",
            (permissions.DESK, permissions.PRECHECK, permissions.KEYS, permissions.WRITE_STORY),
        ),
        Role(
            "data_steward",
            _("Data steward"),
            "portal",
            (
                *(permissions.DESK, permissions.CHECK, permissions.PUBLISH, permissions.WITHDRAW, PUBLISH, WITHDRAW),
                permissions.WRITE_STORY,
                permissions.HARVEST,
                permissions.ANSWER,
            ),
        ),
        Role(
            "administrator",
            _("Administrator"),
            "installation",
            (permissions.WITHDRAW, permissions.KEYS, permissions.ALL_KEYS),
        ),
        Role("data_supervisor", _("Data supervisor"), "portal", (permissions.DESK, permissions.SECOND_CHECK)),
        Role("data_forum", _("Secretariat of the Satu Data Forum"), "portal", (permissions.DESK, permissions.PLAN)),
    ),
    events=(
        EventType(events.DatasetBegun, _("The dataset %(dataset)s was begun")),
        EventType(events.DraftBegun, _("The draft of a release was begun")),
        EventType(events.DraftSubmitted, _("The draft was handed in. Next: %(to)s"), words=STATES),
        EventType(events.DraftTakenBack, _("The producer took the draft back")),
        EventType(events.DraftPassed, _("%(level)s: passed. Next: %(to)s"), words=STATES | LEVELS),
        EventType(events.DraftReturned, _("%(level)s: returned with remarks (%(remarks)s)"), words=LEVELS),
        EventType(events.DraftDiscarded, _("The draft was discarded")),
        EventType(
            events.PersonalColumnDecided,
            _("Column %(column)s of table %(table)s looked like personal data. Decision: %(choice)s"),
            words={"choice": lambda key: PersonalDecision.Choice(key).label},
        ),
        EventType(events.ReleasePublished, _("Release %(number)s was published")),
        EventType(events.ReleaseWithdrawn, _("Release %(number)s was withdrawn")),
        EventType(events.DatasetWithdrawn, _("The dataset was withdrawn")),
        EventType(ApiKeyMade, _("A key for programs was made, valid until %(expires_on)s")),
        EventType(ApiKeyRevoked, _("A key for programs was revoked")),
        EventType(story_events.StoryBegun, _("The story %(story)s was begun")),
        EventType(story_events.StorySubmitted, _("The story was handed in")),
        EventType(story_events.StoryReturned, _("The story was returned with a reason")),
        EventType(story_events.StoryTakenBack, _("The story was taken back to write on")),
        EventType(story_events.StoryPublished, _("Edition %(number)s of the story was published")),
        EventType(story_events.StoryWithdrawn, _("The story was withdrawn")),
        EventType(
            harvest.HarvestSourceBegun, _("The portal %(source)s is harvested from now on (%(kind)s)"), words=KINDS
        ),
        EventType(harvest.HarvestSourcePaused, _("Harvesting the portal %(source)s was paused")),
        EventType(harvest.HarvestSourceResumed, _("Harvesting the portal %(source)s was resumed")),
        EventType(harvest.HarvestSourceEnded, _("The portal %(source)s is harvested no more (datasets: %(datasets)s)")),
        EventType(harvest.HarvestGoneConfirmed, _("What run %(run)s of %(source)s missed was confirmed as gone")),
        EventType(
            harvest.HarvestRunEnded,
            _(
                "Run %(run)s over %(source)s ended (%(outcome)s): %(new)s new, %(changed)s changed, "
                "%(unchanged)s unchanged, %(refused)s not taken, %(gone)s taken out"
            ),
            words=OUTCOMES,
        ),
        EventType(harvest.HarvestedDatasetTold, _("Taken over from the portal %(source)s (release %(number)s)")),
        EventType(harvest.HarvestedDatasetGone, _("No longer taken over from the portal %(source)s")),
        *list_sentences.EVENTS,
        *telling.EVENTS,
    ),
    navigation=(
        NavigationItem(_("Data"), "open_data:list", position=80),
        NavigationItem(_("Data desk"), "open_data:desk", audience=permissions.DESK),
        NavigationItem(_("Keys for programs"), "open_data:keys", audience=permissions.ALL_KEYS, position=95),
    ),
    table_pages=TablePages("open_data:list", "open_data:dataset", "open_data:file"),
    jobs=(
        JobType("open_data.take_in_version", jobs.take_in_version),
        JobType("open_data.take_in_all", jobs.take_in_all, every_seconds=3600),
        JobType("open_data.follow_withdrawal", jobs.follow_withdrawal),
        JobType("open_data.tell_held", jobs.tell_held),
        JobType("open_data.fetch", jobs.fetch_table),
        JobType("open_data.list_again", jobs.list_again, every_seconds=3600),
        JobType("open_data.look", jobs.look_at_table),
        JobType("open_data.read", jobs.read_table),
        JobType("open_data.check", jobs.check_table),
        JobType("open_data.check_sent", jobs.check_sent_table),
        JobType("open_data.sweep_drafts", jobs.sweep_drafts, daily_at=NIGHT),
        JobType("open_data.harvest_due", jobs.harvest_due, every_seconds=300),
        JobType("open_data.harvest_step", jobs.harvest_step),
        JobType("open_data.publish_due", jobs.publish_due, daily_at=MORNING),
        JobType("open_data.ask_for_copies", jobs.ask_for_copies),
        JobType("open_data.make_copies", jobs.make_copies, daily_at=NIGHT),
        JobType("open_data.remove_copies", jobs.remove_copies),
        JobType("open_data.ask_for_workbooks", jobs.ask_for_workbooks),
        JobType("open_data.make_workbooks", jobs.make_workbooks),
        JobType("open_data.make_workbook", jobs.make_workbook),
        JobType("open_data.try_workbooks_again", jobs.try_workbooks_again, daily_at=NIGHT),
        JobType("open_data.profile_tables", jobs.profile_tables, daily_at=NIGHT),
        JobType("open_data.profile_table", jobs.profile_table),
        JobType("open_data.follow_priorities", jobs.follow_priorities, daily_at=NIGHT),
        *telling.JOBS,
    ),
    reactions=(
        Reaction("datasets.version_published", "open_data.take_in_version"),
        Reaction("datasets.version_withdrawn", "open_data.follow_withdrawal"),
        Reaction("open_data.release_published", "open_data.ask_for_copies"),
        Reaction("open_data.release_published", "open_data.ask_for_workbooks"),
        Reaction("open_data.release_withdrawn", "open_data.remove_copies"),
        Reaction("open_data.dataset_withdrawn", "open_data.remove_copies"),
        Reaction("datasets.version_withdrawn", "open_data.remove_copies"),
        Reaction("datasets.publication_held", "open_data.tell_held"),
        *telling.REACTIONS,
    ),
    search_kinds=(
        SearchKind("dataset", _("Dataset"), "open_data:dataset", "open_data:dataset", permissions.DESK),
        SearchKind("story", _("Data story"), "open_data:story", "open_data:story", permissions.WRITE_STORY),
    ),
    notices=(NoticeTopic(held.TOPIC, _("tables that could not be published")), *telling.NOTICES),
    datasets=DATASETS,
    indicators=INDICATORS,
    publish_policy=stop_unless_open,
)
