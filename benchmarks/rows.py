"""Rows of an open table of a million rows and twelve columns, asked through the whole stack: by index and by scan.

Run: python -m benchmarks.rows [rows]
Builds one installation in a temporary home with one published table and its copy, then asks as programs do and prints
medians in milliseconds. `ours_page`, `ours_group`, `ours_facet` and `ours_export` are what other benchmarks call beside
their peers: each answers from the world `build` made in this process.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROWS = 1_000_000
TIMES = 7
ADDRESS = "/api/v1/datasets/tolok-ukur/rows"
SQL_ADDRESS = "/api/v1/sql"
PLACE = "52"
SELECT = """
SELECT printf('%02d.%02d.%02d', 52, 1 + hash(i) % 10, 1 + hash(i * 3) % 12) AS kode_wilayah,
  2010 + (hash(i * 5) % 15)::INT AS tahun, 'sektor ' || (hash(i * 7) % 20) AS sektor,
  'OPD-' || lpad((hash(i * 11) % 60)::VARCHAR, 3, '0') AS kode_opd,
  ['baik', 'sedang', 'rusak'][1 + (hash(i * 13) % 3)::INT] AS kondisi, (hash(i * 17) % 1000)::BIGINT AS jumlah,
  CAST((hash(i * 19) % 100000000) / 100.0 AS DECIMAL(18, 2)) AS nilai,
  DATE '2010-01-01' + (hash(i * 23) % 5475)::INT AS tanggal, hash(i * 29) % 2 = 0 AS aktif,
  printf('%08d', i) AS id_baris, 'Kegiatan nomor ' || i || ', lengkap' AS uraian,
  CASE WHEN hash(i * 31) % 20 = 0 THEN NULL ELSE 'catatan ' || (hash(i * 37) % 977) END AS catatan
FROM range(ROWS) t(i)
"""
KINDS = {"tahun": "year", "jumlah": "integer", "nilai": "number", "tanggal": "date", "aktif": "boolean"}
PAGE = {"where": ["sektor:eq:sektor 7", "tahun:eq:2020"], "order": "-nilai", "limit": "100"}
Asked = dict[str, Any]


def files(folder: Path, rows: int) -> tuple[Path, Path, list[str]]:
    """The table as CSV and as Parquet, and the names of its columns."""
    import duckdb  # noqa: PLC0415

    select = SELECT.replace("ROWS", str(rows))
    csv_file, parquet_file = folder / "tabel.csv", folder / "tabel.parquet"
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            f"COPY ({select}) TO '{parquet_file}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 40960)"
        )
        connection.execute(f"COPY (FROM '{parquet_file}') TO '{csv_file}' (FORMAT csv, HEADER true)")
        names = [str(row[0]) for row in connection.execute(f"DESCRIBE FROM '{parquet_file}'").fetchall()]
    return csv_file, parquet_file, names


def build(rows: int = ROWS) -> float:
    """One open dataset in the installation of this process; returns the seconds its copy took.

    Needs LUMBUNG_HOME and DJANGO_SETTINGS_MODULE set, and Django set up, as `main` does.
    """
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from lumbung.core.base import clock  # noqa: PLC0415
    from lumbung.modules.open_data.actions import row_copies  # noqa: PLC0415
    from lumbung.site import demo  # noqa: PLC0415

    settings.LUMBUNG_LIMIT_FACTOR = 1_000_000
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", interactive=False, verbosity=0)
    demo.load(now=clock.now(), say=lambda _text: None)
    publish(rows)
    begun = time.perf_counter()
    made = row_copies.make_missing(now=clock.now())
    if any(each.failed for each in made):
        raise RuntimeError(f"copies: {made}")
    return time.perf_counter() - begun


def publish(rows: int) -> None:
    """The table as a release of its own, past the desk: only here, where the number matters and the story does not."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from lumbung.core.base import clock  # noqa: PLC0415
    from lumbung.core.base.actors import SYSTEM  # noqa: PLC0415
    from lumbung.core.datasets import actions as versions  # noqa: PLC0415
    from lumbung.core.datasets import snapshots  # noqa: PLC0415
    from lumbung.core.organisations.models import Organisation  # noqa: PLC0415
    from lumbung.core.portals.models import Portal  # noqa: PLC0415
    from lumbung.modules.open_data.actions import publishing  # noqa: PLC0415
    from lumbung.modules.open_data.models import Dataset  # noqa: PLC0415

    now = clock.now()
    folder = Path(settings.LUMBUNG_DATASETS)
    folder.mkdir(parents=True, exist_ok=True)
    csv_file, parquet_file, names = files(folder, rows)
    written = snapshots.Written(
        row_count=rows,
        content_sha256=snapshots.sha256_of(csv_file),
        csv_sha256=snapshots.sha256_of(csv_file),
        csv_bytes=csv_file.stat().st_size,
        parquet_sha256=snapshots.sha256_of(parquet_file),
        parquet_bytes=parquet_file.stat().st_size,
    )
    producer = Organisation.objects.get(code="ntb-pupr")
    with transaction.atomic():
        version = versions.publish_prepared(
            table_key="tolok-ukur",
            place=PLACE,
            publisher_code=producer.pk,
            column_names=names,
            written=written,
            files=(csv_file, parquet_file),
            as_of=clock.local_day(now),
            actor=SYSTEM,
            now=now,
        )
        dataset = Dataset.objects.create(
            portal=Portal.objects.get(pk="ntb"), key="tolok-ukur", name="tolok-ukur", producer=producer, begun_at=now
        )
        schema = {"fields": [{"name": name, "type": KINDS.get(name, "string")} for name in names]}
        table = ("data", "Tabel tolok ukur", 1, version, schema)
        publishing.make_release(
            dataset, metadata(names), [table], note="", as_of=clock.local_day(now), actor=SYSTEM, now=now
        )


def metadata(names: list[str]) -> dict[str, Any]:
    """What other catalogues ask for, and no more."""
    words = {"id": "Tabel tolok ukur", "en": "A table to measure with"}
    variables = {name: {"label": {"id": name, "en": name}, "definition": {"id": name, "en": name}} for name in names}
    variables["kode_wilayah"]["classification"] = "wilayah"  # type: ignore[assignment]
    told = {"title": words, "summary": words, "topic": "infrastruktur", "keywords": ["tolok ukur"], "place": PLACE}
    told |= {"period": {"from": "2010", "to": "2024"}, "licence": "CC-BY-4.0", "frequency": "yearly"}
    told |= {"contact": "Bidang Bina Marga", "made_by": "administration", "standard": "-"}
    return {"dataset": told, "activity": {}, "variables": {"data": variables}, "indicators": []}


def asked(address: str, **parameters: Any) -> Any:
    """An answer of the whole stack; anything but an answer is an error here."""
    from django.test import Client  # noqa: PLC0415

    answer = Client().get(address, parameters)
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code}: {answer.content[:300]!r}")
    return answer


def forget() -> None:
    """What answers were kept: the next one is worked out anew."""
    from lumbung.modules.open_data.queries import rows  # noqa: PLC0415

    rows._kept.cache_clear()  # noqa: SLF001
    rows.TOTALS.clear()


def ours_page(**more: Any) -> dict[str, Any]:
    """A filtered page of a hundred rows in order, with its exact total."""
    forget()
    told: dict[str, Any] = asked(ADDRESS, **{**PAGE, **more}).json()
    return told


def ours_group() -> dict[str, Any]:
    """Rows and sum by two columns."""
    forget()
    told: dict[str, Any] = asked(
        ADDRESS, group_by="sektor,tahun", aggregate="count,sum:nilai", order="sektor,tahun", limit="1000"
    ).json()
    return told


def ours_facet() -> dict[str, Any]:
    """How many rows each value of a column has, largest first."""
    forget()
    told: dict[str, Any] = asked(ADDRESS, group_by="kode_opd", order="-count", limit="100").json()
    return told


def ours_export() -> int:
    """The whole table as CSV through the interface that asks for rows; returns its bytes."""
    return sum(len(block) for block in asked(ADDRESS, format="csv").streaming_content)


def ours_sql() -> dict[str, Any]:
    """The same page asked in SQL, in a process of its own."""
    q = "SELECT * FROM data WHERE sektor = 'sektor 7' AND tahun = 2020 ORDER BY nilai DESC LIMIT 100"
    told: dict[str, Any] = asked(SQL_ADDRESS, dataset="tolok-ukur", q=q).json()
    return told


def deep(order: str, page: int) -> Asked:
    """What asks for a page far in, as somebody would who followed `next` until there."""
    from lumbung.modules.open_data.forms import row_frames, rows  # noqa: PLC0415
    from lumbung.modules.open_data.queries import public_tables  # noqa: PLC0415
    from lumbung.modules.open_data.queries import rows as tables  # noqa: PLC0415

    table = public_tables.public_table("tolok-ukur")
    told = {"order": order, "limit": "100"}
    querydict = _querydict(told)
    frame, question = row_frames.frame_of(querydict), rows.question_of(querydict, table.columns)
    before = tables.ask(table.shown, question, limit=1, offset=100 * (page - 1) - 1)
    cursor = frame.cursor(release=table.release.number, behind=100 * (page - 1), place=before.place)
    return {**told, "cursor": cursor}


def _querydict(told: Asked) -> Any:
    from django.http import QueryDict  # noqa: PLC0415

    made = QueryDict(mutable=True)
    made.update(told)
    return made


def median_ms(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock and of this process's processor time, medians; the first call warms up."""
    call()
    clocks, works = [], []
    for _time in range(TIMES):
        begun, used = time.perf_counter(), time.process_time()
        call()
        clocks.append((time.perf_counter() - begun) * 1000)
        works.append((time.process_time() - used) * 1000)
    return statistics.median(clocks), statistics.median(works)


def measure() -> None:
    """Every figure, by index and, the copy put away, by scan."""
    from lumbung.modules.open_data.queries import public_tables, row_copies  # noqa: PLC0415

    copy = row_copies.path_of(public_tables.public_table("tolok-ukur").shown.version)
    print(f"copy {copy.stat().st_size / 1e6:.0f} MB, total of the page {ours_page()['total']:,}", flush=True)
    first, far = {"order": "-nilai", "limit": "100"}, deep("-nilai", 5_000)
    by_year, far_by_year = {"order": "tahun", "limit": "100"}, deep("tahun", 5_000)
    cases: list[tuple[str, Callable[[], object]]] = [
        ("filtered page in order, exact total", ours_page),
        ("the same of one year, 66,000 rows fit", lambda: ours_page(where="tahun:eq:2020")),
        ("page 1 by value", lambda: (forget(), asked(ADDRESS, **first))),
        ("page 5,000 by value", lambda: (forget(), asked(ADDRESS, **far))),
        ("page 1 by year", lambda: (forget(), asked(ADDRESS, **by_year))),
        ("page 5,000 by year", lambda: (forget(), asked(ADDRESS, **far_by_year))),
        ("group by two columns", ours_group),
        ("facet", ours_facet),
        ("export of everything as CSV", ours_export),
        ("the filtered page in SQL, own process", ours_sql),
    ]
    by_index = {name: median_ms(call) for name, call in cases}
    away = copy.with_suffix(".away")
    copy.rename(away)
    by_scan = {name: median_ms(call) for name, call in cases[:-1]}
    away.rename(copy)
    print(f"{'milliseconds: on the clock (of the processor)':<48} {'with the copy':>18} {'Parquet alone':>18}")
    for name, _call in cases:
        told = [f"{pair[0]:,.1f} ({pair[1]:,.1f})" if pair else "-" for pair in (by_index[name], by_scan.get(name))]
        print(f"{name:<48} {told[0]:>18} {told[1]:>18}", flush=True)


def main(rows: int) -> int:
    """Build and measure in a temporary home."""
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as home:
        os.environ.update(
            LUMBUNG_HOME=home, LUMBUNG_ENV="demo", DJANGO_SETTINGS_MODULE="lumbung.site.settings", DATABASE_URL=""
        )
        import django  # noqa: PLC0415 - the home must be chosen first

        django.setup()
        seconds = build(rows)
        print(f"{rows:,} rows copied with their indexes in {seconds:.1f} s", flush=True)
        measure()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
