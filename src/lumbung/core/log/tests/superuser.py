"""Whoever owns the database and holds the signing key, and rewrites the log as well as it can be rewritten."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from lumbung.core.events.models import EventRecord, LogLeaf
from lumbung.core.log import memory, signing
from lumbung.core.log.models import Checkpoint, Tile
from lumbung.core.log.tests.conftest import without_triggers
from lumbung.kernels import merkle, signed_notes
from lumbung.kernels.merkle_tiles import WIDTH

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
TABLES = ("events_eventrecord", "events_logleaf", "log_tile", "log_checkpoint")

Row = tuple[int, bytes]  # event, leaf hash


@dataclass(frozen=True)
class Attack:
    """One rewriting of what a held checkpoint covers, as a seed chooses it."""

    seed: int
    covered: int

    @property
    def chance(self) -> random.Random:
        return random.Random(self.seed)

    @property
    def kind(self) -> str:
        return KINDS[self.seed % len(KINDS)]

    @property
    def hides_traces(self) -> bool:
        """Half of them also compute every tile anew and sign every checkpoint anew."""
        return self.kind == "sign anew" or self.seed // len(KINDS) % 2 == 0


def rewrite(attack: Attack) -> None:
    """Do it, with every trigger out of the way, in the caller's transaction."""
    with without_triggers(*TABLES):
        rows = list(LogLeaf.objects.order_by("index").values_list("event_id", "leaf_hash"))
        changed = WAYS[attack.kind](attack, [(event, bytes(leaf)) for event, leaf in rows])
        LogLeaf.objects.all().delete()
        LogLeaf.objects.bulk_create(
            LogLeaf(index=index, event_id=event, leaf_hash=leaf) for index, (event, leaf) in enumerate(changed)
        )
        kept = {event for event, _leaf in changed}
        EventRecord.objects.filter(waiting__isnull=True).exclude(pk__in=kept).delete()
        if attack.hides_traces:
            hide_traces([leaf for _event, leaf in changed])


def edit(attack: Attack, rows: list[Row]) -> list[Row]:
    """Change one byte of one entry, its hash and its place to match."""
    index = attack.chance.randrange(attack.covered)
    event = EventRecord.objects.get(pk=rows[index][0])
    body = bytearray(event.body)
    body[attack.chance.randrange(len(body))] ^= 1 << attack.chance.randrange(8)
    leaf = merkle.leaf_hash(bytes(body))
    EventRecord.objects.filter(pk=event.pk).update(body=bytes(body), leaf_hash=leaf)
    rows[index] = (event.pk, leaf)
    return rows


def delete(attack: Attack, rows: list[Row]) -> list[Row]:
    """Take one entry out and close the gap."""
    del rows[attack.chance.randrange(attack.covered)]
    return rows


def insert(attack: Attack, rows: list[Row]) -> list[Row]:
    """Put an entry of today among the old ones."""
    body = f'{{"forged":{attack.seed}}}'.encode()
    forged = EventRecord.objects.create(
        uid=f"00000000-0000-7000-8000-{attack.seed:012x}",
        key="tests.stone_laid",
        subject_type="wall",
        subject_id="w1",
        on=NOW.date(),
        body=body,
        leaf_hash=merkle.leaf_hash(body),
    )
    rows.insert(attack.chance.randrange(attack.covered), (forged.pk, merkle.leaf_hash(body)))
    return rows


def reorder(attack: Attack, rows: list[Row]) -> list[Row]:
    """Let two entries change places."""
    one, other = attack.chance.sample(range(attack.covered), 2)
    rows[one], rows[other] = rows[other], rows[one]
    return rows


def truncate(attack: Attack, rows: list[Row]) -> list[Row]:
    """Cut the log off."""
    return rows[: attack.chance.randrange(attack.covered)]


WAYS: dict[str, Callable[[Attack, list[Row]], list[Row]]] = {
    "edit": edit,
    "delete": delete,
    "insert": insert,
    "reorder": reorder,
    "truncate": truncate,
    "sign anew": edit,
}
KINDS = tuple(WAYS)


def hide_traces(leaves: Sequence[bytes]) -> None:
    """Compute every tile anew sign a checkpoint of every size there was, and clear the key's memory."""
    sizes = [size for size in Checkpoint.objects.values_list("size", flat=True) if size <= len(leaves)]
    Checkpoint.objects.all().delete()
    Tile.objects.all().delete()
    memory.forget()
    below = list(leaves)
    level = 0
    while len(below) >= WIDTH:
        parts = [below[start : start + WIDTH] for start in range(0, len(below) - WIDTH + 1, WIDTH)]
        roots = [merkle.root_of(part) for part in parts]
        for number, (part, root) in enumerate(zip(parts, roots, strict=True)):
            Tile.objects.create(level=level, number=number, hashes=b"".join(part), root=root)
        below, level = roots, level + 1
    for size in sizes:
        root = merkle.root_of(leaves[:size])
        note = signing.signed(signed_notes.Checkpoint(signing.origin(), size, root))
        Checkpoint.objects.create(size=size, root=root, signed_at=NOW, note=str(note))


def found_by(attack: Attack, verify: Callable[[], bool]) -> bool:
    """Whether a verification notices the attack; the log is whole again afterwards."""
    with transaction.atomic():
        rewrite(attack)
        noticed = verify()
        transaction.set_rollback(True)
    return noticed
