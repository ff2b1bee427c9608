"""Looking for datasets among 50,000: the page itself over HTTP, with words, filters and every number beside them.

Run: python -m benchmarks.catalogue [datasets]            (SQLite)
     python tools/with_postgres.py .venv/bin/python -m benchmarks.catalogue [datasets]
Prints the median and the 95th percentile of each kind of question, and how the database answers the count.
"""

import http.client
import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

DATASETS = 50_000
LIMIT_MS = 150.0
SEED = 4
BATCH = 1_000
# So many datasets after one another are a series of one producer and place, each with its own number and years.
SERIES = 10
NUMBER = "00000"
TIMES = 240
SUBJECTS = (
    "Jumlah penduduk|Population|penduduk, demografi|kependudukan",
    "Panjang jalan|Length of roads|jalan, aspal|infrastruktur",
    "Produksi padi|Rice production|padi, panen, sawah|pertanian",
    "Prevalensi stunting balita|Stunting among children|stunting, gizi, posyandu|kesehatan",
    "Jumlah sekolah|Schools|sekolah, SD, SMP|pendidikan",
    "Realisasi anggaran|Budget spent|anggaran, belanja, APBD|ekonomi",
    "Timbulan sampah|Waste generated|sampah, TPA|lingkungan",
    "Kasus demam berdarah|Dengue cases|DBD, dengue, nyamuk|kesehatan",
    "Kunjungan wisatawan|Tourist arrivals|pariwisata, turis|ekonomi",
    "Pelanggan air minum|Drinking-water customers|PDAM, air bersih|infrastruktur",
    "Tingkat pengangguran terbuka|Unemployment rate|TPT, tenaga kerja|kependudukan",
    "Kejadian bencana|Disasters|banjir, gempa, longsor|lingkungan",
    "Kendaraan bermotor|Motor vehicles|kendaraan, pajak|infrastruktur",
    "Izin usaha terbit|Business licences|izin, UMKM, NIB|ekonomi",
    "Tenaga kesehatan|Health workers|dokter, bidan, perawat|kesehatan",
    "Rasio elektrifikasi|Electrification|listrik, energi|energi",
)
SORTS = ("jenis kelamin|sex", "kondisi|condition", "bulan|month", "jenis|kind", "desa|village", "status|status")
SYLLABLES = ("ka", "lo", "me", "ri", "sa", "tu", "be", "ga", "pi", "no", "wa", "du")
QUESTIONS = {
    "no words": [{}, {"sort": "title"}],
    "one common word": [{"q": "jumlah penduduk"}, {"q": "jalan"}, {"q": "sekolah"}, {"q": "sampah"}],
    "words": [{"q": "stunting balita lombok timur"}, {"q": "produksi padi 2023"}, {"q": "izin usaha UMKM mataram"}],
    "English": [{"q": "unemployment rate"}, {"q": "roads by condition"}, {"q": "drinking water customers"}],
    "a slip": [{"q": "prevalnsi stuntng"}, {"q": "kendaran bermotr"}],
    "filters": [
        {"topic": "kesehatan", "year": "2023"},
        {"format": "XLSX", "place": "52.07"},
        {"q": "jumlah", "topic": "pendidikan"},
        {"q": "jalan", "year": "2022", "sort": "newest"},
    ],
    "a late page": [{"q": "jalan", "page": "40"}, {"page": "500"}],
    "nothing": [{"q": "zzyzx qwrt"}, {"q": "stunting", "topic": "energi"}],
}


def told(series: int, chance: random.Random, places: list[str]) -> dict[str, Any]:
    """Metadata of a series as its releases hold them; every third one has a word nobody else has."""
    subject = chance.choice(SUBJECTS).split("|")
    by = chance.choice(SORTS).split("|")
    own = " " + "".join(chance.choice(SYLLABLES) for _each in range(4)) if series % 3 == 0 else ""
    first = chance.randint(2010, 2024)
    return {
        "dataset": {
            "title": {"id": f"{subject[0]}{own} menurut {by[0]} {NUMBER}", "en": f"{subject[1]} by {by[1]}"},
            "summary": {
                "id": f"{subject[0]} yang dicatat perangkat daerah menurut {by[0]}, setiap tahun sejak {first}.",
                "en": f"{subject[1]} recorded by the agency by {by[1]}, every year since {first}.",
            },
            "topic": subject[3],
            "keywords": subject[2].split(", "),
            "place": chance.choice(places),
            "licence": chance.choice(["CC-BY-4.0", "CC-BY-4.0", "CC0-1.0", "ODbL-1.0"]),
            "frequency": chance.choice(["yearly", "monthly", "quarterly"]),
        },
        "variables": {
            "data": {f"c{at}": {"label": {"id": word, "en": ""}} for at, word in enumerate((by[0], "Tahun"))}
        },
    }


def build(count: int) -> None:
    """A demonstration's reference data, and the datasets as the action that lists them would write them."""
    from django.core.management import call_command  # noqa: PLC0415

    from lumbung.core.base import clock  # noqa: PLC0415
    from lumbung.site import demo  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    demo.load(now=clock.now(), say=lambda _text: None)
    made = _datasets(count)
    while batch := list(islice(made, BATCH)):
        _store(batch)
    _analyse()


def _analyse() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _datasets(count: int) -> Iterator[tuple[Any, Any]]:
    from lumbung.core.base import clock  # noqa: PLC0415
    from lumbung.core.organisations.models import Organisation  # noqa: PLC0415
    from lumbung.core.portals.models import Portal  # noqa: PLC0415
    from lumbung.core.regions.models import Region  # noqa: PLC0415
    from lumbung.modules.open_data.models import Dataset, Release  # noqa: PLC0415

    chance, now = random.Random(SEED), clock.now()
    portal = Portal.objects.get(pk="ntb")
    producers = list(Organisation.objects.exclude(agency_kind=""))
    places = list(Region.objects.filter(level__in=["province", "regency", "district"]).values_list("pk", flat=True))
    for number in range(1, count + 1):
        if number % SERIES == 1:
            metadata, producer = told(number // SERIES, chance, places), chance.choice(producers)
        at = now - timedelta(minutes=7 * (count - number))
        key, first = f"dataset-{number}", chance.randint(2010, 2024)
        dataset = Dataset(
            id=uuid.UUID(int=chance.getrandbits(128)),
            portal=portal,
            key=key,
            name=key,
            producer=producer,
            begun_at=at,
        )
        period = {"from": str(first), "to": str(min(first + chance.randint(0, 8), 2026))}
        held = json.dumps({**metadata, "dataset": {**metadata["dataset"], "period": period}})
        yield (
            dataset,
            Release(
                dataset=dataset,
                number=1,
                metadata=held.replace(NUMBER, str(number)),
                metadata_sha256="0" * 64,
                as_of=at.date(),
                published_at=at,
            ),
        )


def _store(made: list[tuple[Any, Any]]) -> None:
    """In bulk, for time's sake; what the rows of a series hold is worked out by the functions of the site."""
    from django.db import transaction  # noqa: PLC0415

    from lumbung.core.search.models import IndexRow, IndexWord  # noqa: PLC0415
    from lumbung.modules.open_data.models import Dataset, FacetSet, Listing, Release  # noqa: PLC0415

    with transaction.atomic():
        Dataset.objects.bulk_create([dataset for dataset, _release in made])
        Release.objects.bulk_create([release for _dataset, release in made])
        rows: list[tuple[Any, Any]] = []
        sets: dict[int, Any] = {}
        shown: dict[str, str] = {}
        for start in range(0, len(made), SERIES):
            rows += _series(made[start : start + SERIES], sets, shown)
        FacetSet.objects.bulk_create(sets.values(), ignore_conflicts=True)
        indexed = IndexRow.objects.bulk_create([entry for _row, entry in rows])
        for (row, _entry), entry in zip(rows, indexed, strict=True):
            row.found_as = entry.pk
        Listing.objects.bulk_create([row for row, _entry in rows])
        new = [IndexWord(index="public", word=word, shown=shown[word]) for word in sorted(shown) if word.isalpha()]
        IndexWord.objects.bulk_create(new, ignore_conflicts=True)


def _series(series: list[tuple[Any, Any]], sets: dict[int, Any], shown: dict[str, str]) -> Iterator[tuple[Any, Any]]:
    from lumbung.core.search import actions as search  # noqa: PLC0415
    from lumbung.core.search.models import IndexRow  # noqa: PLC0415
    from lumbung.modules.open_data.actions import listing  # noqa: PLC0415
    from lumbung.modules.open_data.models import Listing  # noqa: PLC0415
    from lumbung.modules.open_data.queries import facets  # noqa: PLC0415

    dataset, release = series[0]
    first = Listing(dataset=dataset, **listing.row_of(dataset, release))
    thing = listing.findable_of(dataset, release, first)
    fields, words = search.read(replace(thing, marks=tuple(mark for mark in thing.marks if not mark.isdecimal())))
    shown |= words
    number = dataset.key.rpartition("-")[2]
    for place, (dataset, release) in enumerate(series):
        title = json.loads(release.metadata)["dataset"]
        own = dataset.key.rpartition("-")[2]
        row = copy(first)
        row.dataset, row.release, row.published_at = dataset, release, release.published_at
        row.title_id = title["title"]["id"]
        row.period_from, row.period_to = title["period"]["from"], title["period"]["to"]
        # Formats as tables and files of other portals would give them.
        row.formats = (["CSV", "Parquet"], ["CSV"], ["XLSX"], ["CSV", "XLSX", "PDF"])[place % 4]
        held = facets.of(row, title)
        sets[held.pk], row.facets_id = held, held.pk
        years = " ".join(str(year) for year in facets.years_of(title))
        told_here = {
            **fields,
            "title": row.title_id,
            "address": {"portal_slug": dataset.portal_id, "key": dataset.key},
            "title_terms": fields["title_terms"].replace(number, own),
            "rest_terms": f"{fields['rest_terms']} {years}",
        }
        yield row, IndexRow(index="public", kind=thing.kind, object_id=str(dataset.pk), **told_here)


def measure(port: int) -> Iterator[tuple[str, list[float]]]:
    """Milliseconds of each kind of question, asked one after another over one connection, in turns."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    asked = [(kind, question) for kind, questions in QUESTIONS.items() for question in questions]
    for _kind, question in asked * 2:
        _ask(connection, question)
    found: dict[str, list[float]] = {kind: [] for kind in QUESTIONS}
    for turn in range(max(TIMES // len(asked), 1)):
        for kind, question in random.Random(turn).sample(asked, len(asked)):
            found[kind].append(_ask(connection, question))
    yield from found.items()


def _ask(connection: http.client.HTTPConnection, question: dict[str, str]) -> float:
    begun = time.perf_counter()
    connection.request("GET", f"/ntb/data/?{urlencode(question)}")
    answer = connection.getresponse()
    answer.read()
    taken = (time.perf_counter() - begun) * 1000
    if answer.status != 200:
        raise RuntimeError(f"{question}: {answer.status}")
    return taken


def plans() -> Iterator[str]:
    """The one statement every number beside a filter comes from, without words and with them, and its plan."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from lumbung.core.portals.models import Portal  # noqa: PLC0415
    from lumbung.modules.open_data.queries import catalogue, catalogue_search, facets  # noqa: PLC0415
    from lumbung.modules.open_data.queries.catalogue_search import Wanted  # noqa: PLC0415

    portal = Portal.objects.get(pk="ntb")
    for wanted in (Wanted(), Wanted("jalan aspal")):
        asked = catalogue_search.understood(portal, wanted)
        rows = catalogue_search.matching(catalogue.listed(portal), wanted, asked)
        facets.count(rows, {})
        with CaptureQueriesContext(connection) as captured:
            facets.count(rows, {})
        (sql,) = (query["sql"] for query in captured.captured_queries)
        prefix = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        with connection.cursor() as cursor:
            cursor.execute((prefix + sql).replace("%", "%%"))
            steps = "\n".join(f"    {row[-1]}" for row in cursor.fetchall())
        yield f"{wanted.words or 'no words'}: {sql}\n{steps}"


def main(count: int) -> int:
    """Build, serve, ask, print; 1 when the 95th percentile of all questions is over the limit."""
    from tests.installation import Installation  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as home:
        url = os.environ.get("DATABASE_URL", "")
        os.environ.update(LUMBUNG_HOME=home, LUMBUNG_ENV="demo", DJANGO_SETTINGS_MODULE="lumbung.site.settings")
        import django  # noqa: PLC0415 - the home must be chosen first

        django.setup()
        print(f"Listing {count:,} datasets on {'PostgreSQL' if url else 'SQLite'} …", flush=True)
        build(count)
        for plan in plans():
            print(plan, flush=True)
        served = Installation(Path(home), url, settings={"LUMBUNG_ENV": "demo"})
        served.start()
        try:
            found = dict(measure(served.port))
        finally:
            served.stop()
    return _tell({**found, "all questions": [each for times in found.values() for each in times]})


def _tell(found: dict[str, list[float]]) -> int:
    late = 0.0
    for kind, times in found.items():
        late = statistics.quantiles(times, n=20)[-1]
        print(
            f"{kind:<20} median {statistics.median(times):6.1f} ms   p95 {late:6.1f} ms   of {len(times)}", flush=True
        )
    print(f"limit {LIMIT_MS:.0f} ms: {'held' if late <= LIMIT_MS else 'EXCEEDED'}")
    return int(late > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else DATASETS))
