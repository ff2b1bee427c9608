"""One database, embedded or on a server (design, section 5)."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def databases(url: str, home: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for DATABASE_URL, or SQLite in `home` when it is empty."""
    return {"default": _postgresql(url) if url else _sqlite(home)}


def _sqlite(home: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "lumbung.sqlite3",
        # Kept open: reopening needs space for a new journal, and on a full disk reading must go on.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: an acknowledged report survives a power cut (0 of 800 lost; NORMAL lost some in 191 of 200).
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(f"DATABASE_URL has scheme {parts.scheme!r}; expected postgresql://user:secret@host:5432/name")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps connections, not Django
        "CONN_HEALTH_CHECKS": True,  # a restarted server must not cost the next visitor an error
        # Today's disks jump as fast as they read on; told otherwise, the planner reads whole tables past a good index.
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
            "options": "-c random_page_cost=1.1",
            **query,
        },
    }
