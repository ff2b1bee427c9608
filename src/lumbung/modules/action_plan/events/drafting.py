"""What happens to drafts."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class DraftBegun(Event):
    key: ClassVar[str] = "action_plan.draft_begun"
    plan: str
    draft: str
    kind: str
    member: str


@dataclass(frozen=True, slots=True)
class DraftSaved(Event):
    key: ClassVar[str] = "action_plan.draft_saved"
    plan: str
    draft: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DraftsFrozen(Event):
    """`versions` holds "draft:version" for each draft that was frozen."""

    key: ClassVar[str] = "action_plan.drafts_frozen"
    plan: str
    member: str
    number: int
    versions: list[str]
    sha256: str


@dataclass(frozen=True, slots=True)
class DraftWithdrawn(Event):
    key: ClassVar[str] = "action_plan.draft_withdrawn"
    plan: str
    draft: str
    member: str


@dataclass(frozen=True, slots=True)
class DraftsReordered(Event):
    """`order` holds the short names of a member's drafts, the first one first."""

    key: ClassVar[str] = "action_plan.drafts_reordered"
    plan: str
    member: str
    order: list[str]


@dataclass(frozen=True, slots=True)
class DraftsImported(Event):
    """`sha256` is that of the file; `source` its kind: record, matrix, decidim, markdown."""

    key: ClassVar[str] = "action_plan.drafts_imported"
    plan: str
    source: str
    drafts: list[str]
    sha256: str
