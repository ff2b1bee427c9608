"""Opening a portal, and changing its settings."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.portals import permissions, queries
from lumbung.core.portals.events import PortalChanged
from lumbung.core.portals.models import Portal

CHANGED_MEANWHILE = _(
    "Somebody changed this after you opened the page. Read the history, then save again if yours is right."
)


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """What may change about a portal; address, region and number prefix stay, since receipts carry them."""

    name_id: str
    name_en: str
    report_service_id: str
    report_service_en: str
    accent: str
    modules: list[str]


def open_portal(*, slug: str, fields: Mapping[str, Any]) -> Portal:
    """Create a portal, or bring an existing one to these settings."""
    portal, _is_new = Portal.objects.update_or_create(slug=slug, defaults=dict(fields))
    return portal


def change_portal(*, portal: Portal, wanted: PortalSettings, by: Viewer, now: datetime, seen: str = "") -> Portal:
    """Change names, colour and modules; a module switched off answers 404 and keeps its records.

    seen  the mark of the settings the editor had before them; none: whatever is stored is replaced
    """
    actor = permissions.editor(by)
    with transaction.atomic():
        current = Portal.objects.select_for_update().get(pk=portal.pk)
        if seen and seen != queries.mark_of(current):
            raise Refused("changed-meanwhile", CHANGED_MEANWHILE)
        for field in fields(wanted):
            setattr(current, field.name, getattr(wanted, field.name))
        current.save()
        event = PortalChanged(current.pk, current.name_id, current.accent, ", ".join(sorted(current.modules)))
        events.record(event, subject_type="portal", subject_id=current.pk, actor=actor, now=now)
    return current
