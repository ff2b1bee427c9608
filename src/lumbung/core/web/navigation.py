"""Menu entries declared by manifests."""

from dataclasses import dataclass

from django.urls import reverse

from lumbung.core.base.declarations import NavigationItem

_items: list[tuple[str, NavigationItem]] = []


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry as the template prints it."""

    label: str
    url: str
    current: bool


def register(module: str, item: NavigationItem) -> None:
    """Add a menu entry of a module."""
    if (module, item) not in _items:
        _items.append((module, item))


def items() -> list[tuple[str, NavigationItem]]:
    """Every menu entry with the module it belongs to, by position, then in order of declaration."""
    return sorted(_items, key=lambda entry: entry[1].position)


def url_of(item: NavigationItem, portal_slug: str) -> str:
    """The entry's address in a portal."""
    return reverse(item.url_name, kwargs={"portal_slug": portal_slug})
