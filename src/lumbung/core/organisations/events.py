"""What can happen to an organisation."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class OrganisationEnded(Event):
    key: ClassVar[str] = "organisations.organisation_ended"
    code: str
    ended_on: str


@dataclass(frozen=True, slots=True)
class OrganisationsLoaded(Event):
    key: ClassVar[str] = "organisations.organisations_loaded"
    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OrganisationAdded(Event):
    key: ClassVar[str] = "organisations.organisation_added"
    code: str
    name: str
    kind: str
    region: str
    since: str


@dataclass(frozen=True, slots=True)
class OrganisationChanged(Event):
    key: ClassVar[str] = "organisations.organisation_changed"
    code: str
    name: str
    kind: str
    agency_kind: str
    parent: str
