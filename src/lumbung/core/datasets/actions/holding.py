"""A publication that a gate stopped: why, told once; let go when the table is published after all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import Refused
from lumbung.core.datasets.events import PublicationHeld
from lumbung.core.datasets.models import HeldBack
from lumbung.core.events import actions as events

HELD = "held_publication"


def hold(dataset_key: str, place: str, refused: Refused, now: datetime) -> None:
    """Remember why a table is not published, and tell it once, until the reason is another one."""
    reason = {}
    for language in ("id", "en"):
        with translation.override(language):
            reason[language] = refused.sentence
    with transaction.atomic():
        current = HeldBack.objects.select_for_update().filter(dataset_key=dataset_key, place=place, released_at=None)
        if current.filter(code=refused.code, reason=reason).exists():
            return
        current.update(released_at=now)
        held = HeldBack.objects.create(
            dataset_key=dataset_key,
            place=place,
            code=refused.code,
            reason=reason,
            details=_plain(refused.params),
            held_at=now,
        )
        event = PublicationHeld(dataset=dataset_key, place=place, code=refused.code)
        events.record(event, subject_type=HELD, subject_id=str(held.pk), actor=SYSTEM, now=now)


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    """Params as JSON; words of both languages in the language active now, the sentences have them in both."""
    return {key: each if isinstance(each, (str, int, list)) else str(each) for key, each in params.items()}


def release(dataset_key: str, place: str, now: datetime) -> None:
    """The table was published, in the caller's transaction."""
    HeldBack.objects.filter(dataset_key=dataset_key, place=place, released_at=None).update(released_at=now)
