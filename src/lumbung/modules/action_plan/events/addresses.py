"""What was found at an address that was filed. `about` is what kind of thing it belongs to, `record` its key."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType
from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class FiledAddressCaptured(Event):
    key: ClassVar[str] = "action_plan.filed_address_captured"
    plan: str
    about: str
    record: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class FiledAddressChanged(Event):
    key: ClassVar[str] = "action_plan.filed_address_changed"
    plan: str
    about: str
    record: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FiledAddressFailed(Event):
    """`failure` is the code of why it could not be fetched; told when it fails first, and when it is lost later."""

    key: ClassVar[str] = "action_plan.filed_address_failed"
    plan: str
    about: str
    record: str
    failure: str


TYPES = (
    EventType(FiledAddressCaptured, _("What stands at a filed address was captured, with its fingerprint")),
    EventType(FiledAddressChanged, _("What stands at a filed address has changed")),
    EventType(FiledAddressFailed, _("A filed address could not be fetched")),
)
