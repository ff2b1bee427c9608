"""The public log at a million entries: what growing costs, one proof, and computing everything anew.

Run: python -m benchmarks.public_log [entries]
Prints milliseconds and seconds, each beside its peer in the same run: growing at full size beside growing at a
hundredth of it, verifying beside bare hashing of the same bytes.
"""

import hashlib
import os
import random
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime
from typing import Any

ENTRIES = 1_000_000
PIECE = 50_000
GROWS_BY = 1000
TIMES = 9
CHECKPOINTS = 500_000
PROOFS = 200
TOLD = 100_000
NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)


def body(number: int) -> bytes:
    """An entry as long as a report's: about 330 bytes."""
    identity = uuid.UUID(int=number)
    return (
        f'{{"actor":{{"id":"","kind":"guest","organisation":"","role":"reporter"}},"data":{{"number":"NTB-2026-{number:06d}",'
        f'"words_hash":"{hashlib.sha256(str(number).encode()).hexdigest()}"}},"id":"{identity}","on":"2026-03-05",'
        f'"precision":"day","subject":{{"id":"{identity}","type":"report"}},"type":"reports.report_submitted","v":1}}'
    ).encode()


def fill(first: int, beyond: int) -> None:
    """Events that wait for their place, written as fast as the database takes them."""
    from lumbung.core.events.models import EventRecord, Waiting  # noqa: PLC0415
    from lumbung.kernels import merkle  # noqa: PLC0415

    for start in range(first, beyond, PIECE):
        bodies = [(number, body(number)) for number in range(start, min(start + PIECE, beyond))]
        stored = EventRecord.objects.bulk_create(
            [
                EventRecord(
                    uid=uuid.UUID(int=number + 1),
                    key="reports.report_submitted",
                    subject_type="report",
                    subject_id=str(number),
                    on=NOW.date(),
                    body=text,
                    leaf_hash=merkle.leaf_hash(text),
                )
                for number, text in bodies
            ],
            batch_size=5000,
        )
        Waiting.objects.bulk_create([Waiting(event=event) for event in stored], batch_size=5000)


def growing(size: int) -> float:
    """Milliseconds for `log.extend` to take in, tile and sign a thousand events at this size: the median of several.

    One alone says nothing: every few writes SQLite moves its write-ahead log into the database file (about 60 ms),
    whatever the size.
    """
    from lumbung.core.log import actions  # noqa: PLC0415

    taken = []
    for number in range(TIMES):
        fill(size + number * GROWS_BY, size + (number + 1) * GROWS_BY)
        begun = time.perf_counter()
        actions.extend(now=NOW)
        taken.append((time.perf_counter() - begun) * 1000)
    print(f"grow by {GROWS_BY:,} at {size:,}: {', '.join(f'{one:.0f}' for one in taken)} ms")
    return sorted(taken)[TIMES // 2]


def main(entries: int) -> None:
    """Build the log in a temporary home and measure."""
    from lumbung.core.log import actions, queries, verification  # noqa: PLC0415

    small = entries // 100
    fill(0, small)
    actions.extend(now=NOW)
    at_small = growing(small)
    begun, there = time.perf_counter(), small + TIMES * GROWS_BY
    for start in range(there, entries, PIECE):
        fill(start, min(start + PIECE, entries))
        actions.extend(now=NOW)
    print(f"store and take in the rest, {entries - there:,}: {time.perf_counter() - begun:,.1f} s")
    at_large = growing(entries)
    print(
        f"median at {entries:,}: {at_large:,.0f} ms, {at_large / at_small:.2f} times the {at_small:,.0f} at {small:,}"
    )

    chance, size = random.Random(1), entries + TIMES * GROWS_BY
    taken = []
    for index in chance.sample(range(size), PROOFS):
        begun = time.perf_counter()
        queries.inclusion_proof(index, size)
        taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    print(f"inclusion proof at {size:,}: median {taken[PROOFS // 2]:.1f} ms, slowest of {PROOFS} {taken[-1]:.1f} ms")

    begun = time.perf_counter()
    queries.entries_naming("0" * 64)
    print(f"looking for a fingerprint no entry names, in {size:,}: {(time.perf_counter() - begun) * 1000:.0f} ms")

    begun = time.perf_counter()
    for number in range(size):
        hashlib.sha256(b"\x00" + body(number)).digest()
    bare = time.perf_counter() - begun
    begun = time.perf_counter()
    report = verification.verify()
    whole = time.perf_counter() - begun
    print(f"verify {size:,} from the stored bytes: {whole:.1f} s ({whole / bare:.1f} times making and hashing them)")
    print(f"faults: {len(report.faults)}")
    signatures(report.size)
    told_rows()  # last: what it writes into the log stays there


def told_rows() -> None:
    """What it costs to compare rows with what events tell: a hundred thousand of each, and one row nobody told."""
    from lumbung.core.base.testimonies import Testimony, one_by_one  # noqa: PLC0415
    from lumbung.core.events.models import EventRecord  # noqa: PLC0415
    from lumbung.core.log import claims, registry  # noqa: PLC0415

    key, words = "benchmark.stone_told", "Alasan yang ditulis dengan satu kalimat penuh. " * 8
    told = [hashlib.sha256(f"{number}{words}".encode()).hexdigest() for number in range(TOLD)]
    actor = '{"kind":"guest","organisation":"","role":"reporter","id":""}'
    EventRecord.objects.bulk_create(
        [
            EventRecord(
                uid=uuid.UUID(int=number + 2**64),
                key=key,
                subject_type="stone",
                subject_id=str(number),
                on=NOW.date(),
                body=f'{{"actor":{actor},"data":{{"stone":{number},"words":"{sha256}"}},"on":"2026-03-05","v":1}}'.encode(),
                leaf_hash=bytes(32),
            )
            for number, sha256 in enumerate(told)
        ],
        batch_size=5000,
    )
    says = one_by_one({key: lambda said: (f"stone:{said.data['stone']}", {"words": said.data["words"]})})
    rows = (
        (f"stone:{number}", {"words": hashlib.sha256(f"{number}{words}".encode()).hexdigest()})
        for number in range(TOLD + 1)
    )
    registry.register_testimony(Testimony("stone", (key,), says, lambda _of: rows))
    begun = time.perf_counter()
    found = [each.name for each in claims.compare_rows("stone") if not each.matches]
    print(f"compare {TOLD:,} rows with {TOLD:,} events: {time.perf_counter() - begun:.1f} s; found: {found}")


def signatures(size: int) -> None:
    """What a year of checkpoints costs: as many as the log has entries, up to half a million."""
    from lumbung.core.log import signing, verification  # noqa: PLC0415
    from lumbung.core.log.models import Checkpoint  # noqa: PLC0415
    from lumbung.kernels import signed_notes  # noqa: PLC0415

    # The roots are those of the tree as it grows, so that everything fits; the signatures are real.
    frontier, rows, taken = merkle_frontier(), [], set(Checkpoint.objects.values_list("size", flat=True))
    first = max(1, size - CHECKPOINTS)
    for number in range(size):
        frontier.add(leaf(number))
        if number + 1 >= first and number + 1 not in taken:
            root = frontier.root()
            note = str(signing.signed(signed_notes.Checkpoint(signing.origin(), number + 1, root)))
            rows.append(Checkpoint(size=number + 1, root=root, signed_at=NOW, note=note))
    Checkpoint.objects.bulk_create(rows, batch_size=5000)
    begun = time.perf_counter()
    report = verification.verify()
    told = f"{len(rows):,} checkpoints more, {report.signatures:,} signatures checked, faults: {len(report.faults)}"
    print(f"verify {size:,} with {told}: {time.perf_counter() - begun:.1f} s")


def leaf(number: int) -> bytes:
    """The leaf hash of one entry."""
    from lumbung.kernels import merkle  # noqa: PLC0415

    return merkle.leaf_hash(body(number))


def merkle_frontier() -> Any:
    """An empty growing tree."""
    from lumbung.kernels import merkle  # noqa: PLC0415

    return merkle.Frontier()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as home:
        os.environ.update(
            LUMBUNG_HOME=home, LUMBUNG_ENV="demo", DJANGO_SETTINGS_MODULE="lumbung.site.settings", DATABASE_URL=""
        )
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
