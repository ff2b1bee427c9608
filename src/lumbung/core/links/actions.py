"""Tying two things together, and untying them. The caller's action holds the permission."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lumbung.core.base.actors import Actor
from lumbung.core.events import actions as events
from lumbung.core.links.events import Linked, Unlinked
from lumbung.core.links.models import Link


@dataclass(frozen=True, slots=True)
class End:
    """One end of a tie: "commitment" and its id."""

    type: str
    id: str

    def __str__(self) -> str:
        return f"{self.type}:{self.id}"


def link(*, kind: str, source: End, target: End, actor: Actor, now: datetime, position: int = 0) -> Link:
    """Tie source to target; the same tie twice is one tie."""
    with transaction.atomic():
        made, is_new = Link.objects.get_or_create(
            kind=kind,
            source_type=source.type,
            source_id=source.id,
            target_type=target.type,
            target_id=target.id,
            defaults={"position": position, "made_at": now},
        )
        if is_new:
            _tell(Linked(kind, str(source), str(target)), source, actor, now)
    return made


def unlink(*, kind: str, source: End, target: End, actor: Actor, now: datetime) -> bool:
    """Undo a tie; returns whether there was one."""
    with transaction.atomic():
        gone, _ = Link.objects.filter(
            kind=kind, source_type=source.type, source_id=source.id, target_type=target.type, target_id=target.id
        ).delete()
        if gone:
            _tell(Unlinked(kind, str(source), str(target)), source, actor, now)
    return bool(gone)


def _tell(event: Linked | Unlinked, source: End, actor: Actor, now: datetime) -> None:
    events.record(event, subject_type=source.type, subject_id=source.id, actor=actor, now=now)
