"""How the log tells of figures: the indicator by its title, the place by its name, the value with its unit."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lumbung.core.indicators import registry
from lumbung.core.regions.models import Region

# Places of figures are few and keep their names; a page of the log has many lines.
_names: dict[str, str] = {}


def said_indicator(key: str) -> Any:
    """The title of an indicator; one that is not registered any more by its key."""
    return registry.get(key).title if registry.is_registered(key) else key


def said_place(code: str) -> str:
    """The name of a region; a code nobody knows as it is."""
    if code not in _names:
        found = Region.objects.filter(pk=code).values_list("name", flat=True).first()
        if found is None:
            return code
        _names[code] = found
    return _names[code]


def said_result(told: Mapping[str, Any]) -> str:
    """ "58%", "21 days", or that there is none."""
    value, key = str(told.get("value", "")), str(told.get("indicator", ""))
    if not value:
        return _("no figure")
    unit = registry.get(key).unit if registry.is_registered(key) else ""
    if unit == "share":
        return f"{Decimal(value) * 100:.0f}%"
    number = number_format(Decimal(value).normalize() + 0, use_l10n=True)
    return _("%(days)s days") % {"days": number} if unit == "days" else number
