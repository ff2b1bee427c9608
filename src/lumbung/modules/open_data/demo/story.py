"""Every dataset of the demonstration that has a story of its own: figures by subject, and reference tables.

Each dataset is one transaction, so that an interrupted demonstration goes on with the next one.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction

from lumbung.core.base import clock
from lumbung.core.events import registry as events
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.core.regions import queries as regions
from lumbung.core.regions.models import Region
from lumbung.modules.open_data.demo import bringing, columns, descriptions, figures, playing, references, subjects
from lumbung.modules.open_data.demo.figures import Made, Place
from lumbung.modules.open_data.demo.playing import Desks, Told
from lumbung.modules.open_data.demo.references import Reference
from lumbung.modules.open_data.demo.subjects import Subject
from lumbung.modules.open_data.models import Dataset

OFFICE_HOURS = time(9, 30)
LEVEL_OF = {
    "province": {"level": "province"},
    "regencies": {"level": "regency"},
    "regency": {"level": "regency"},
    "districts": {"level": "district"},
    "villages": {"level": "village"},
    "desa": {"level": "village", "kind": "desa"},
}


def stories(most: int | None = None) -> list[Reference | Subject]:
    """What is to be published: figures, then reference tables; of a small demonstration some of each portal."""
    told: list[Reference | Subject] = [*subjects.every_subject(), *references.every_reference()]
    return told if most is None else _spread(told, most)


def play(*, most: int | None = None, desks: Desks, progress: Callable[[int], None]) -> None:
    """Publish what is not published yet."""
    portals = {portal.slug: portal for portal in Portal.objects.all()}
    for story in stories(most):
        # An installation of one government plays its own.
        if story.portal in portals and not Dataset.objects.filter(name=story.key).exists():
            with transaction.atomic(), events.telling_history():
                playing.publish(_told(story, portals[story.portal]), desks, _moment(story.published))
        progress(1)


def _spread(told: Sequence[Reference | Subject], most: int) -> list[Reference | Subject]:
    """The first of each portal in turn."""
    by_portal = [[story for story in reversed(told) if story.portal == slug] for slug in subjects.PORTALS]
    found: list[Reference | Subject] = []
    while len(found) < most and any(by_portal):
        found += [rest.pop() for rest in by_portal if rest]
    return found[:most]


def _told(story: Reference | Subject, portal: Portal) -> Told:
    made, variables = _made(story, portal), columns.variables_of(story)

    def written(folder: Path) -> Path:
        return bringing.write(story, made, folder, place=portal.region.name)

    return Told(
        portal=portal,
        office=Organisation.objects.get(code=story.producer),
        key=story.key,
        title=story.title[0],
        file=written,
        confirmed=lambda proposed: columns.confirmed(proposed, story),
        variables=lambda names: {name: variables[name] for name in names},
        values=_metadata(story, made, portal),
        activity=descriptions.of(story.key).activity,
        indicators=descriptions.of(story.key).indicators,
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, OFFICE_HOURS, tzinfo=clock.WITA)


def _made(story: Reference | Subject, portal: Portal) -> Made:
    if isinstance(story, Reference):
        return references.made(story, portal.region_id)
    places = Region.objects.filter(code__under=portal.region_id, **LEVEL_OF[story.rows]).order_by("code")
    # Bima is a regency and a city: a column of bare names would put both into one bar.
    names = regions.short_names_of(region.code for region in places)
    return figures.make(story, [Place(region.code, names[region.code]) for region in places])


def _metadata(story: Reference | Subject, made: Made, portal: Portal) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": _both(story.title),
        "summary": _both(story.summary),
        "topic": story.topic,
        "keywords": list(story.keywords),
        "place": portal.region_id,
        "period": {"from": made.period[0], "to": made.period[1]},
        "licence": "CC-BY-4.0",
        "frequency": story.frequency,
        "contact": story.contact,
        "made_by": descriptions.of(story.key).made_by,
        "standard": story.standard,
    }
    if isinstance(story, Reference):
        return {**told, "made_by": "reference", "licence": story.licence, "note": _both(story.note)}
    return told


def _both(words: subjects.Words) -> dict[str, str]:
    return {"id": words[0], "en": words[1]}
