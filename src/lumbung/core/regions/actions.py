"""Writing the tree of regions."""

import csv
import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.actors import SYSTEM, Actor
from lumbung.core.base.errors import NotFound, Refused
from lumbung.core.events import actions as events
from lumbung.core.regions import codes
from lumbung.core.regions.events import BlockAdded, RegionsLoaded
from lumbung.core.regions.models import Region

FOLDER = Path(__file__).parent / "data"
BATCH = 400
MOST_BLOCKS = 99
LONGEST_NAME = 120
WRITTEN = ("parent_id", "level", "name", "other_names", "kind", "latitude", "longitude")

Progress = Callable[[int, int], None]


def load_regions(*, now: datetime, by: Actor = SYSTEM, folder: Path = FOLDER, progress: Progress | None = None) -> int:
    """Bring the tree in line with the committed files; returns how many regions were added or changed.

    Loading twice changes nothing and records nothing. Regions that left the file stay: others point to them.
    progress(done, total) is called after each batch.
    """
    wanted = list(_regions_in(folder))
    known = Region.objects.in_bulk()
    added = [region for region in wanted if region.code not in known]
    changed = [region for region in wanted if region.code in known and _differs(region, known[region.code])]
    with transaction.atomic():
        done = 0
        for start in range(0, len(added), BATCH):
            batch = Region.objects.bulk_create(added[start : start + BATCH])
            done += len(batch)
            if progress is not None:
                progress(done, len(added) + len(changed))
        Region.objects.bulk_update(changed, WRITTEN, batch_size=BATCH)
        if added or changed:
            _record_load(added=len(added), changed=len(changed), folder=folder, by=by, now=now)
    if progress is not None:
        progress(len(added) + len(changed), len(added) + len(changed))
    return len(added) + len(changed)


def _regions_in(folder: Path) -> Iterator[Region]:
    """The regions of the files, parents before children."""
    points = {
        row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in _rows(folder / "ntb-points.csv")
    }
    names = {row["code"]: row["other_names"] for row in _rows(folder / "ntb-other-names.csv")}
    for row in _rows(folder / "ntb.csv"):
        latitude, longitude = points.get(row["code"], (None, None))
        yield Region(
            code=row["code"],
            parent_id=codes.parent_of(row["code"]),
            level=codes.level_of(row["code"]),
            name=row["name"],
            other_names=names.get(row["code"], ""),
            kind=codes.kind_of(row["code"]),
            latitude=latitude,
            longitude=longitude,
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _differs(one: Region, other: Region) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in WRITTEN)


def _record_load(*, added: int, changed: int, folder: Path, by: Actor, now: datetime) -> None:
    events.record(
        RegionsLoaded(
            added=added,
            changed=changed,
            total=Region.objects.count(),
            sha256=hashlib.sha256((folder / "ntb.csv").read_bytes()).hexdigest(),
        ),
        subject_type="regions",
        subject_id="ntb",
        actor=by,
        now=now,
    )


def add_block(*, village_code: str, name: str, by: Actor, now: datetime) -> Region:
    """Add a block (peliuk) below a village; its code is the village's with the next free number: `….P01`."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise Refused("block-name-unusable", _("Write a block name of 1 to 120 characters."), field="name")
    with transaction.atomic():
        village = Region.objects.select_for_update().filter(code=village_code, level=Region.Level.VILLAGE).first()
        if village is None:
            raise NotFound(
                "village-unknown", _("This village is not in the list. Choose one from the list."), field="village"
            )
        if Region.objects.filter(parent=village, name__iexact=tidy).exists():
            raise Refused(
                "block-exists",
                _("%(village)s already has a block named %(name)s."),
                field="name",
                village=village.name,
                name=tidy,
            )
        block = Region.objects.create(
            code=_next_block_code(village), parent=village, level=Region.Level.BLOCK, name=tidy, kind=Region.Kind.PELIUK
        )
        events.record(
            BlockAdded(code=block.code, name=block.name),
            subject_type="region",
            subject_id=block.code,
            actor=by,
            now=now,
        )
    return block


def _next_block_code(village: Region) -> str:
    last = Region.objects.filter(parent=village).order_by("-code").values_list("code", flat=True).first()
    number = 1 if last is None else int(last[-2:]) + 1
    if number > MOST_BLOCKS:
        raise Refused(
            "village-has-all-blocks",
            _("%(village)s already has 99 blocks; there is no code left."),
            village=village.name,
        )
    return f"{village.code}.P{number:02d}"
