"""What happens to keys of agencies. Neither name nor prefix: the first is free text, the second nobody's business."""

from dataclasses import dataclass
from typing import ClassVar

from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class ApiKeyMade(Event):
    key: ClassVar[str] = "open_data.api_key_made"
    organisation: str
    scopes: list[str]
    expires_on: str


@dataclass(frozen=True, slots=True)
class ApiKeyRevoked(Event):
    key: ClassVar[str] = "open_data.api_key_revoked"
    organisation: str
