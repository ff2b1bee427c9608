"""What to put into each parameter of an address: something one's own, another's, hidden, or not there at all.

A parameter is looked up as "namespace:name" first, then by its name. A part may bring its own samples in
`<part>/tests/samples.py`: a function `samples(world) -> dict[str, dict[str, object]]`, and if wanted `POSTED`.
"""

import importlib
import uuid
from functools import cache
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.db.models import Model

from lumbung.core.calendar.models import CalendarDay
from lumbung.core.files.models import StoredFile
from lumbung.core.notices.models import Message, Notice
from lumbung.modules.reports.models import Report
from tests.world import World

OWN, OTHER, HIDDEN, MISSING = "own", "other", "hidden", "missing"
KINDS = (OWN, OTHER, HIDDEN, MISSING)
Samples = dict[str, dict[str, object]]

# What is posted to the routes of a namespace: enough for a form to be valid, so that permission and rule are reached.
WORDS = "Sudah ditinjau bersama warga pada hari Senin."
POSTED: dict[str, dict[str, str]] = {
    "reports": {
        "text": WORDS,
        "reason": WORDS,
        "note": WORDS,
        "title": "Saluran tersumbat",
        "urgency": "important",
        "agency": "ksb-pupr",
        "kind": "final",
        "year": "2027",
        "document": "RKPD 2027",
        "score": "4",
        "category": "road",
        "code": "0000000000000000",
    },
    "calendar": {
        "on": "2026-12-30",
        "kind": "public_holiday",
        "name_id": "Libur contoh",
        "name_en": "Sample holiday",
        "source": "SK contoh",
    },
}


NOWHERE = uuid.UUID(int=0)


def all_samples(world: World) -> Samples:
    """Every sample, those of parts included."""
    found: Samples = {
        "portal_slug": {OWN: "ksb", OTHER: "ntb", MISSING: "tidak-ada"},
        "number": {
            OWN: world.own.number,
            OTHER: world.other.number,
            HIDDEN: world.hidden.number,
            MISSING: "KSB-2026-999999",
        },
        "reports:code": {OWN: world.code, MISSING: "0000000000000000"},
        "regions:code": {OWN: "52.07", MISSING: "99"},
        "code": {OWN: "ksb-pupr", OTHER: "ntb-pupr", MISSING: "tidak-ada"},
        "slug": {OWN: "ksb", OTHER: "ntb", MISSING: "tidak-ada"},
        "level": {OWN: "district", MISSING: "planet"},
        "year": {OWN: 2026, MISSING: 1800},
        "secret": {
            OWN: world.secrets[world.own.number],
            HIDDEN: world.secrets[world.hidden.number],
            MISSING: "tidak-ada",
        },
        "token": {MISSING: "tidak-ada"},
        "key": {MISSING: "tidak-ada"},
        "uidb36": {MISSING: "zzz"},
        "indicators:key": {OWN: "reports.on_time_share", MISSING: "tidak-ada"},
        "action_plan:slug": {OWN: "ntb-care", MISSING: "tidak-ada"},
        **_rows(world),
    }
    for module in _of_parts():
        found |= module.samples(world)
    return found


def _rows(world: World) -> Samples:
    """Rows of the database: this agency's own, another one's, and none."""
    own, other = world.people.account("pupr.ksb"), world.people.account("pupr.ntb")
    notices = Notice.objects.order_by("pk")
    return {
        "day_id": _known(999_999, own=CalendarDay.objects.order_by("pk").first()),
        "account_id": _known(NOWHERE, own=own, other=other),
        "grant_id": _known(999_999, own=own.grants.first(), other=other.grants.first()),
        "notice_id": _known(
            999_999, own=notices.filter(account=own).first(), other=notices.filter(account=other).first()
        ),
        "stop_id": _known(999_999),
        "message_id": _known(NOWHERE, own=Message.objects.order_by("made_at", "occasion").first()),
        "file_id": _known(NOWHERE, own=_file_of(world.own), hidden=_file_of(world.hidden)),
        "photo_id": _known(NOWHERE, own=world.own.photos.first(), hidden=world.hidden.photos.first()),
        "evidence_id": _known(NOWHERE),
    }


def _file_of(report: Report) -> StoredFile | None:
    return StoredFile.objects.filter(pk__in=report.photos.values("file_id")).first()


def _known(missing: object, **rows: Model | None) -> dict[str, object]:
    """The keys of the rows that are there, beside one that is not."""
    return {kind: row.pk for kind, row in rows.items() if row is not None} | {MISSING: missing}


def posted_to(name: str) -> dict[str, str]:
    """What a route is sent by POST."""
    known = POSTED | {key: data for module in _of_parts() for key, data in getattr(module, "POSTED", {}).items()}
    return known.get(name.rpartition(":")[0], {})


@cache
def _of_parts() -> list[ModuleType]:
    named = [config for config in apps.get_app_configs() if config.name.startswith("lumbung.")]
    found = [config.name for config in named if (Path(config.path) / "tests" / "samples.py").exists()]
    return [importlib.import_module(f"{name}.tests.samples") for name in found]


def arguments_of(name: str, parameters: tuple[str, ...], samples: Samples) -> dict[str, dict[str, object]]:
    """The arguments of a route by kind of object; raises LookupError naming a parameter without sample."""
    if not parameters:
        return {"-": {}}
    namespace = name.rpartition(":")[0]
    chosen = {}
    for parameter in parameters:
        values = samples.get(f"{namespace}:{parameter}") or samples.get(parameter)
        if values is None:
            raise LookupError(f"parameter {parameter!r} of {name} has no sample; add one to tests/guards/samples.py")
        chosen[parameter] = values
    last = parameters[-1]
    return {
        kind: {parameter: _value(values, kind, is_last=parameter == last) for parameter, values in chosen.items()}
        for kind in KINDS
        if kind in chosen[last]
    }


def _value(values: dict[str, object], kind: str, *, is_last: bool) -> object:
    # A missing thing is looked for in a place that exists: only the last parameter is missing.
    wanted = kind if is_last or kind != MISSING else OWN
    return values.get(wanted, next(iter(values.values())))
