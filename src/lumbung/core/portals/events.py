"""What can happen to a portal."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class PortalChanged(Event):
    key: ClassVar[str] = "portals.portal_changed"
    slug: str
    name: str
    accent: str
    modules: str
