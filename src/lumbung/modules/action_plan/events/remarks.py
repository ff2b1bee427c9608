"""What happens to remarks on commitments. Words stand here as salted hashes."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType
from lumbung.core.events.types import Event, JoinsLog


@dataclass(frozen=True, slots=True)
class RemarkSent(Event):
    key: ClassVar[str] = "action_plan.remark_sent"
    joins_log: ClassVar[JoinsLog] = "the day after"
    plan: str
    commitment: str
    number: str
    channel: str
    words_hash: str


@dataclass(frozen=True, slots=True)
class RemarkAnswered(Event):
    key: ClassVar[str] = "action_plan.remark_answered"
    plan: str
    commitment: str
    number: str
    organisation: str
    words_hash: str


TYPES = (
    EventType(RemarkSent, _("The remark %(number)s on a commitment was received")),
    EventType(RemarkAnswered, _("The institution in charge answered the remark %(number)s")),
)
