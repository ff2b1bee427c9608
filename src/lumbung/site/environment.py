"""Every setting Lumbung takes from its environment: name, type, default, meaning. Nothing else reads os.environ.

A malformed value, or an unknown LUMBUNG_… name, stops the start with a sentence that names it.
Each is in docs/reference/settings.md; a test proves it.
"""

import ipaddress
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lumbung.kernels import signed_notes
from lumbung.site import mail

ROOT = Path(__file__).resolve().parents[3]


class SettingError(Exception):
    """A setting is missing, malformed or unknown."""


def _flag(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
    return words[text.strip().lower()]


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _sockets(text: str) -> list[str]:
    """IP addresses with a port, as 10.20.0.5:443."""
    found = []
    for each in _list(text):
        host, _colon, port = each.rpartition(":")
        found.append(f"{ipaddress.ip_address(host.strip('[]'))}:{_port(port)}")
    return found


def _environment(text: str) -> str:
    if text not in {"demo", "production", "test"}:
        raise ValueError(text)
    return text


def _port(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError(text)
    return port


def _workers(text: str) -> int:
    workers = int(text)
    if not 1 <= workers <= 64:
        raise ValueError(text)
    return workers


def _database_url(text: str) -> str:
    if text and not text.startswith(("postgresql://", "postgres://")):
        raise ValueError(text)
    return text


def _factor(text: str) -> int:
    factor = int(text)
    if not 1 <= factor <= 1000:
        raise ValueError(text)
    return factor


def _folder(text: str) -> Path:
    return Path(text).expanduser().resolve()


def _mail_url(text: str) -> str:
    mail.transport(text)
    return text


def _root_address(text: str) -> str:
    if text and (urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).hostname):
        raise ValueError(text)
    return text.rstrip("/")


def _engine(text: str) -> str:
    address = urlsplit(text)
    if text and (address.scheme not in {"spark", "sc"} or not address.hostname or address.port is None):
        raise ValueError(text)
    return text


def _log_origin(text: str) -> str:
    if text and ("://" in text or text.endswith("/") or not signed_notes.is_name(text)):
        raise ValueError(text)
    return text


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable."""

    name: str
    parse: Callable[[str], Any]
    default: str
    meaning: str
    example: str


VARIABLES = (
    Variable("LUMBUNG_ENV", _environment, "demo", "demo, production or test", "production"),
    Variable(
        "LUMBUNG_HOME", _folder, str(ROOT / "var"), "folder for database, files, datasets and keys", "/srv/lumbung"
    ),
    Variable("LUMBUNG_KEYS", str, "", "folder for secret keys; empty: LUMBUNG_HOME/keys", "/etc/lumbung/keys"),
    Variable("LUMBUNG_SECRET_KEY", str, "", "signing key, 50 characters or more; required in production", "…"),
    Variable("LUMBUNG_HOSTS", _list, "", "host names, comma-separated; required in production", "data.ntbprov.go.id"),
    Variable("LUMBUNG_BEHIND_PROXY", _flag, "no", "trust X-Forwarded-For and -Proto of one proxy", "yes"),
    Variable(
        "LUMBUNG_URL",
        _root_address,
        "",
        "address people reach this site at, for links in mail; empty: the first of LUMBUNG_HOSTS, else 127.0.0.1:PORT",
        "https://data.ntbprov.go.id",
    ),
    Variable(
        "LUMBUNG_LOG_ORIGIN",
        _log_origin,
        "",
        "name of this installation's public log, the same for ever; empty: host of LUMBUNG_URL or LUMBUNG_HOSTS, /log",
        "data.ntbprov.go.id/log",
    ),
    Variable(
        "LUMBUNG_EMAIL_URL",
        _mail_url,
        "",
        "mail transport: smtp://, smtp+tls://, smtps://, or a provider: brevo://KEY@; empty: mail stays in the outbox",
        "smtp+tls://user:secret@mail.ntbprov.go.id:587",
    ),
    Variable(
        "LUMBUNG_EMAIL_FROM", str, "Lumbung <lumbung@localhost>", "sender of mail", "NTB Care <care@ntbprov.go.id>"
    ),
    Variable("LUMBUNG_LIMIT_FACTOR", _factor, "1", "multiplies every rate limit, 1 to 1000", "3"),
    Variable(
        "LUMBUNG_HARVEST_INSIDE",
        _sockets,
        "",
        "addresses of portals inside your own network that may be harvested, ADDRESS:PORT, comma-separated",
        "10.20.0.5:443",
    ),
    Variable(
        "LUMBUNG_ENGINE",
        _engine,
        "",
        "cluster that answers heavy questions: spark://HOST:PORT, or sc://HOST:PORT for Spark Connect; empty: none",
        "spark://10.20.0.9:7077",
    ),
    Variable("LUMBUNG_WORKERS", _workers, "2", "server processes", "4"),
    Variable(
        "LUMBUNG_NODE_MODULES",
        _folder,
        str(ROOT / "node_modules"),
        "folder of front-end parts",
        "/opt/lumbung/node_modules",
    ),
    Variable(
        "DATABASE_URL",
        _database_url,
        "",
        "postgresql://user:secret@host:5432/name; empty: SQLite in LUMBUNG_HOME",
        "postgresql://lumbung@/lumbung",
    ),
    Variable("PORT", _port, "8000", "port on 127.0.0.1", "8080"),
)


def _shown(text: str) -> str:
    # A password before the @ of an address must not end up in a start-up log.
    return f"…@{text.rsplit('@', 1)[1]}" if "@" in text else text


@dataclass(frozen=True, slots=True)
class Environment:
    """The parsed values, by variable name."""

    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def read(source: Mapping[str, str] | None = None) -> Environment:
    """Parse every variable, or raise SettingError with one sentence that says what to change."""
    given = os.environ if source is None else source
    known = {variable.name for variable in VARIABLES}
    unknown = sorted(name for name in given if name.startswith("LUMBUNG_") and name not in known)
    if unknown:
        raise SettingError(f"{unknown[0]} is not a setting of Lumbung; known: {', '.join(sorted(known))}")
    values = {}
    for variable in VARIABLES:
        text = given.get(variable.name, variable.default)
        try:
            values[variable.name] = variable.parse(text)
        except (ValueError, KeyError) as error:
            raise SettingError(
                f"{variable.name}={_shown(text)!r} is not valid: {variable.meaning}; example: {variable.example}"
            ) from error
    _check_production(values)
    return Environment(values)


def _check_production(values: Mapping[str, Any]) -> None:
    if values["LUMBUNG_ENV"] != "production":
        return
    if len(values["LUMBUNG_SECRET_KEY"]) < 50:
        raise SettingError(
            "LUMBUNG_SECRET_KEY must have 50 characters or more in production; make one with: lumbung new-key"
        )
    if not values["LUMBUNG_HOSTS"]:
        raise SettingError("LUMBUNG_HOSTS must name the host names in production, for example data.ntbprov.go.id")


def log_origin_of(url: str, hosts: Sequence[str]) -> str:
    """The name of the log where none is given: the host people know, never a port that may change tomorrow."""
    host = urlsplit(url).hostname or (hosts[0] if hosts else "lumbung.localhost")
    return f"{host}/log"
