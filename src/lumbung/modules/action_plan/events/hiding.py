"""What happens to words that were hidden. `about` is how people call them: a number, a short name, a day.

`hiding` is the id of the trace and `subject` of the row whose words they are; since version 2.
"""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType
from lumbung.core.events.types import Event


@dataclass(frozen=True, slots=True)
class TextHidden(Event):
    key: ClassVar[str] = "action_plan.text_hidden"
    v: ClassVar[int] = 2
    plan: str
    kind: str
    about: str
    reason_hash: str
    hiding: str
    subject: str


@dataclass(frozen=True, slots=True)
class HidingDecided(Event):
    key: ClassVar[str] = "action_plan.hiding_decided"
    v: ClassVar[int] = 2
    plan: str
    kind: str
    about: str
    upheld: bool
    hiding: str


@dataclass(frozen=True, slots=True)
class HiddenTextErased(Event):
    """Text and salt are gone; row, hash and earlier events stay."""

    key: ClassVar[str] = "action_plan.hidden_text_erased"
    v: ClassVar[int] = 2
    plan: str
    kind: str
    about: str
    hiding: str


TYPES = (
    EventType(TextHidden, _("Words were hidden, with a reason (%(about)s)")),
    EventType(HidingDecided, _("A second person decided on the words that were hidden (%(about)s)")),
    EventType(HiddenTextErased, _("Hidden words were erased for good (%(about)s)")),
)
