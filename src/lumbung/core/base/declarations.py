"""What a core part or a module declares about itself. Pure shapes; the registries live with their parts.

`site.manifests` collects every `manifest.MANIFEST` and hands each piece to the part that owns it, so that core
never imports a module.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal
from uuid import UUID

from lumbung.core.base.published import Column, Dataset, Dimension, Indicator, Label, Protection
from lumbung.core.base.testimonies import Testimony

__all__ = [
    "Claim",
    "Column",
    "Dataset",
    "Dimension",
    "EventType",
    "Feed",
    "FeedItem",
    "FilePurpose",
    "Indicator",
    "JobType",
    "Label",
    "Manifest",
    "NavigationItem",
    "NoticeTopic",
    "Protection",
    "Reaction",
    "Role",
    "ScopeKind",
    "SearchKind",
    "TablePages",
    "Testimony",
    "Verb",
]

ScopeKind = Literal["installation", "portal", "organisation"]


@dataclass(frozen=True, slots=True)
class Verb:
    """Something a role may do: "reports.verify"."""

    key: str
    title: Label


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of verbs, granted to an account within a scope."""

    key: str
    title: Label
    scope: ScopeKind
    verbs: tuple[str, ...]
    personal_data: Literal["none", "sees"] = "none"


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of a portal's menu. `audience` is a verb key, or "public"; a higher `position` stands further back."""

    label: Label
    url_name: str
    audience: str = "public"
    position: int = 50


@dataclass(frozen=True, slots=True)
class EventType:
    """An event class with its sentence. `sentence` takes the event's own fields as named placeholders.

    words    how a field that holds a key is said to people: {"stage": title_of_stage}
    derived  words worked out from several fields together: {"result": value_with_its_unit}
    """

    event_class: type
    sentence: Label
    words: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    derived: Mapping[str, Callable[[Mapping[str, Any]], Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobType:
    """A retryable entry point. `every_seconds` or `daily_at`, one of them, puts it on the schedule.

    daily_at  time of day in WITA; a machine that was off then does it at its next start
    """

    name: str
    run: Callable[..., None]
    every_seconds: int | None = None
    max_attempts: int = 8
    daily_at: time | None = None

    def __post_init__(self) -> None:
        if self.every_seconds is not None and self.daily_at is not None:
            raise ValueError(f"job {self.name!r} has every_seconds and daily_at; one of them makes its schedule")

    @property
    def is_scheduled(self) -> bool:
        """Whether the clock starts it."""
        return self.every_seconds is not None or self.daily_at is not None


@dataclass(frozen=True, slots=True)
class Reaction:
    """When `event_key` is recorded, enqueue `job_name` in the same transaction.

    passes  what the job is given: `subject_id` of what the event is about, or `event_id` of the event itself
    """

    event_key: str
    job_name: str
    passes: Literal["subject", "event"] = "subject"


@dataclass(frozen=True, slots=True)
class NoticeTopic:
    """Something people are told about by mail and may stop. `title` finishes the sentence "messages about …"."""

    key: str
    title: Label


@dataclass(frozen=True, slots=True)
class FilePurpose:
    """What some stored files are for, and who may see them.

    may_see(viewer, file_id, day)         "everyone", "viewer" (this one, no cache) or "nobody", on that day
    used(file_ids)                        which of them are still in use; the sweeper removes the others
    note_opening(viewer, file_id, size, now)  called before a file for "viewer" is served: personal data leaves a trace
    """

    key: str
    may_see: Callable[[Any, UUID, date], Literal["everyone", "viewer", "nobody"]]
    used: Callable[[Collection[UUID]], Collection[UUID]]
    note_opening: Callable[[Any, UUID, str, datetime], None] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An event that says the fingerprints of objects in a module's tables; `lumbung verify` works them out anew.

    event_key   its field `objects` maps the name of each object ("commitment:ntb-care") to a SHA-256 in hex
    about       fields of the event that name what it speaks of
    recompute   from the event's data to the fingerprints the tables give now, by the same names
    renewed     a later event about the same replaces the earlier one; otherwise it may be said once only
    there       what the tables hold, each by the same fields as `about`: what no event speaks of was added past us
    """

    event_key: str
    about: tuple[str, ...]
    recompute: Callable[[Mapping[str, Any]], Mapping[str, str]]
    renewed: bool = False
    there: Callable[[], Iterable[tuple[Any, ...]]] | None = None


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One thing as other installations are told of it.

    path  where it stands here, without the host: the reader puts the address it knows before it
    body  JSON without anything a citizen wrote; the same facts give the same body
    """

    id: str
    title: Mapping[str, str]
    government: str
    path: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Feed:
    """What a part publishes for other installations, and what of theirs it can show (`core/federation`).

    items(now)     everything that is published, as it stands now; what no longer is among it is withdrawn
    is_readable    whether a body another installation published can be shown here; one that cannot is refused
    why_gone(id)   why something that was published is not any more, in both languages
    title          what people call it; "": what its part is called
    called(id)     what people call one thing of it
    """

    key: str
    items: Callable[[datetime], Iterable[FeedItem]]
    is_readable: Callable[[Any], bool]
    why_gone: Callable[[str], Mapping[str, str]]
    title: Label = ""
    called: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class SearchKind:
    """A kind of thing that can be found, the routes that show it, and the verb of those who handle it."""

    key: str
    title: Label
    route: str
    staff_route: str
    staff_verb: str


@dataclass(frozen=True, slots=True)
class TablePages:
    """Routes of whoever shows tables to people.

    catalogue  every table of a portal: address(portal)
    table      one table: address(portal, key)
    file       the bytes of a version: address(portal, key, number, kind)
    """

    catalogue: str
    table: str
    file: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a part gives to the rest of the house."""

    name: str
    title: Label
    roles: tuple[Role, ...] = ()
    verbs: tuple[Verb, ...] = ()
    navigation: tuple[NavigationItem, ...] = ()
    events: tuple[EventType, ...] = ()
    jobs: tuple[JobType, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    notices: tuple[NoticeTopic, ...] = ()
    file_purposes: tuple[FilePurpose, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    search_kinds: tuple[SearchKind, ...] = ()
    claims: tuple[Claim, ...] = ()
    testimonies: tuple[Testimony, ...] = ()
    feeds: tuple[Feed, ...] = ()
    table_pages: TablePages | None = None
    publish_policy: Callable[..., None] | None = None
    demo: Callable[..., None] | None = None
