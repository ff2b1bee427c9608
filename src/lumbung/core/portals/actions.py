"""Opening a portal."""

from collections.abc import Mapping
from typing import Any

from lumbung.core.portals.models import Portal


def open_portal(*, slug: str, fields: Mapping[str, Any]) -> Portal:
    """Create a portal, or bring an existing one to these settings."""
    portal, _is_new = Portal.objects.update_or_create(slug=slug, defaults=dict(fields))
    return portal
