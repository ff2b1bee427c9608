"""What stored files are for. Filled once at start by `site.manifests`."""

from lumbung.core.base.declarations import FilePurpose

_purposes: dict[str, FilePurpose] = {}


def register(purpose: FilePurpose) -> None:
    """Add a purpose; a key belongs to one declaration."""
    known = _purposes.get(purpose.key)
    if known is not None and known != purpose:
        raise ValueError(f"file purpose {purpose.key!r} is registered twice (files.purpose)")
    _purposes[purpose.key] = purpose


def get(key: str) -> FilePurpose:
    """The purpose of that key."""
    if key not in _purposes:
        raise LookupError(f"file purpose {key!r} is unknown; registered: {sorted(_purposes)}")
    return _purposes[key]


def find(key: str) -> FilePurpose | None:
    """The purpose of that key, or None when its module is no longer installed."""
    return _purposes.get(key)


def all_purposes() -> list[FilePurpose]:
    """Every purpose, by key."""
    return [_purposes[key] for key in sorted(_purposes)]
