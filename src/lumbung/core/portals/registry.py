"""What each module calls itself. Filled once at start by `site.manifests`."""

from lumbung.core.base.declarations import Label

_titles: dict[str, Label] = {}


def register_title(name: str, title: Label) -> None:
    """Remember a part's title by its name."""
    _titles[name] = title


def module_titles() -> dict[str, Label]:
    """Title by name, of every part that has a manifest."""
    return dict(_titles)
