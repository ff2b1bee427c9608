"""What an event is: a frozen class of ids and public facts.

@dataclass(frozen=True, slots=True)
class ReportVerified(Event):
    key: ClassVar[str] = "reports.report_verified"
    report_id: str
    due_on: str
"""

import dataclasses
from typing import Any, ClassVar, Literal

Precision = Literal["day", "week"]
# A citizen's act waits for the day after: the moment at which the log grows would name whoever was seen at that moment.
JoinsLog = Literal["at once", "the day after"]

MAX_BODY_BYTES = 65_535
MAX_INTEGER = 2**53


class Event:
    """Base of every event class. Subclasses are frozen dataclasses with a `key` and a version `v`."""

    key: ClassVar[str]
    v: ClassVar[int] = 1
    joins_log: ClassVar[JoinsLog] = "at once"

    def as_payload(self) -> dict[str, Any]:
        """The declared fields, checked to be of the kinds canonical JSON can carry."""
        payload = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}  # type: ignore[arg-type]
        _check(payload, self.key)
        return payload


def _check(value: Any, where: str) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) >= MAX_INTEGER:
            raise ValueError(f"{where}: {value} is not below 2^53")
        return
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _check(item, f"{where}[{index}]")
        return
    if isinstance(value, dict):
        for name, item in value.items():
            _check(item, f"{where}.{name}")
        return
    raise ValueError(f"{where}: {type(value).__name__} cannot be in an event; use str, bool, None, list, map or int")
