"""What Satu Data gives to the house."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import (
    EventType,
    JobType,
    Manifest,
    NavigationItem,
    Reaction,
    Role,
    SearchKind,
    TablePages,
    Verb,
)
from lumbung.core.datasets.permissions import PUBLISH, WITHDRAW
from lumbung.modules.open_data import events, jobs, permissions, states, telling
from lumbung.modules.open_data.models import Check, PersonalDecision

STATES = {"to": lambda key: states.DraftState(key).label}
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
        Verb(permissions.ANSWER, _("Answer what people ask about data")),
    ),
    roles=(
        Role(
            "data_producer",
            _("Data producer"),
            "organisation",
            (permissions.DESK, permissions.PRODUCE, permissions.ANSWER),
        ),
        Role(
            "supporting_steward", _("Supporting data steward"), "organisation", (permissions.DESK, permissions.PRECHECK)
        ),
        Role(
            "data_steward",
            _("Data steward"),
            "portal",
            (
                *(permissions.DESK, permissions.CHECK, permissions.PUBLISH, permissions.WITHDRAW, PUBLISH, WITHDRAW),
                permissions.ANSWER,
            ),
        ),
        Role("administrator", _("Administrator"), "installation", (permissions.WITHDRAW,)),
        Role("data_supervisor", _("Data supervisor"), "portal", (permissions.DESK, permissions.SECOND_CHECK)),
        Role("data_forum", _("Secretariat of the Satu Data Forum"), "portal", (permissions.DESK, permissions.PLAN)),
    ),
    events=(
        EventType(events.DatasetBegun, _("The dataset %(dataset)s was begun")),
        EventType(events.DraftBegun, _("A draft of the next release was begun")),
        EventType(events.DraftSubmitted, _("The draft was submitted; it is now: %(to)s"), words=STATES),
        EventType(events.DraftTakenBack, _("The producer took the draft back")),
        EventType(events.DraftPassed, _("%(level)s: passed; it is now: %(to)s"), words=STATES | LEVELS),
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
        *telling.EVENTS,
    ),
    navigation=(
        NavigationItem(_("Data"), "open_data:list", position=80),
        NavigationItem(_("Data desk"), "open_data:desk", audience=permissions.DESK),
    ),
    table_pages=TablePages("open_data:list", "open_data:dataset", "open_data:file"),
    jobs=(
        JobType("open_data.take_in_version", jobs.take_in_version),
        JobType("open_data.take_in_all", jobs.take_in_all, every_seconds=3600),
        JobType("open_data.follow_withdrawal", jobs.follow_withdrawal),
        JobType("open_data.look", jobs.look_at_table),
        JobType("open_data.read", jobs.read_table),
        JobType("open_data.check", jobs.check_table),
        JobType("open_data.sweep_drafts", jobs.sweep_drafts, daily_at=NIGHT),
        JobType("open_data.publish_due", jobs.publish_due, daily_at=MORNING),
        *telling.JOBS,
    ),
    reactions=(
        Reaction("datasets.version_published", "open_data.take_in_version"),
        Reaction("datasets.version_withdrawn", "open_data.follow_withdrawal"),
        *telling.REACTIONS,
    ),
    notices=telling.NOTICES,
    search_kinds=(SearchKind("dataset", _("Dataset"), "open_data:dataset", "open_data:dataset", permissions.DESK),),
)
