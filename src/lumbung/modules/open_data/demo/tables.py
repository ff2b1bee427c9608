"""Two invented tables with time, regions and value marks, so that charts have something to show."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.demo import playing
from lumbung.modules.open_data.demo.playing import Desks, Told
from lumbung.modules.open_data.models import Dataset

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DemoTable:
    """One dataset of the demonstration: who brings it, what it says."""

    key: str
    portal: str
    producer: str
    title: Texts
    summary: Texts
    topic: str
    keywords: tuple[str, ...]
    period: tuple[str, str]
    file: Callable[[], str]
    columns: Mapping[str, Mapping[str, Any]]


def _roads() -> str:
    """Length of provincial roads by regency, condition and year; the newest year is preliminary."""
    lines = ["Panjang jalan provinsi menurut kondisi (data contoh)", "", "tahun,kode_kabupaten,kondisi,panjang_km"]
    for year in range(2019, 2026):
        for place, code in enumerate(REGENCIES):
            whole = (90 + (place * 37) % 140) * (1 + 0.012 * (year - 2019))
            good = whole * (0.52 + 0.035 * (year - 2019) + 0.012 * (place % 4))
            fair = (whole - good) * 0.6
            sign = "*" if year == 2025 else ""
            parts = {"baik": good, "sedang": fair, "rusak": whole - good - fair}
            lines += [f"{year},{code},{kind},{length:.1f}{sign}" for kind, length in parts.items()]
    return "\n".join([*lines, "Keterangan: * angka sementara", "Sumber: data contoh"]) + "\n"


def _water() -> str:
    """Households with piped water by district and year; one district was not counted in one year."""
    lines = ["Sambungan air minum menurut kecamatan (data contoh)", "", "tahun,kode_kecamatan,sambungan,cakupan_persen"]
    for year in range(2021, 2026):
        for place, code in enumerate(DISTRICTS):
            homes = 900 + (place * 613) % 2400
            share = 38 + 4.5 * (year - 2021) + (place * 7) % 19
            sign = "*" if year == 2025 else ""
            told = f"{round(homes * share / 100)}{sign},{share:.1f}{sign}"
            lines.append(f"{year},{code},{',' if (year, place) == (2023, 4) else told}")
    return "\n".join([*lines, "Keterangan: * angka sementara", "Sumber: data contoh"]) + "\n"


def _bridges() -> str:
    """Bridges along provincial roads, twelve near the middle of each regency; two were never surveyed."""
    lines = ["Jembatan provinsi menurut lokasi (data contoh)", "", "jembatan,lintang,bujur,panjang_m,kondisi"]
    for place, (latitude, longitude) in enumerate(MIDDLES):
        for number in range(BRIDGES):
            turn, far = place + number * 2.4, 0.008 + 0.011 * (number % 5)
            where = f"{latitude + far * math.sin(turn):.4f},{longitude + far * math.cos(turn):.4f}"
            if (place, number) in {(2, 5), (7, 9)}:
                where = ","
            length = 6 + (place * 31 + number * 17) % 74
            kind = ("baik", "baik", "sedang", "rusak")[(place + number) % 4]
            lines.append(f"J-{place * BRIDGES + number + 1:03d},{where},{length},{kind}")
    return "\n".join([*lines, "Sumber: data contoh"]) + "\n"


BRIDGES = 12
# Somewhere on land in each regency and city, by region code.
MIDDLES = (
    *((-8.66, 116.12), (-8.72, 116.28), (-8.60, 116.52), (-8.66, 117.42), (-8.54, 118.40)),
    *((-8.58, 118.70), (-8.78, 116.92), (-8.36, 116.30), (-8.59, 116.11), (-8.47, 118.75)),
)
REGENCIES = tuple(f"52.{number:02d}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 71, 72))
DISTRICTS = tuple(f"52.07.{number:02d}" for number in (1, 2, 3, 4, 5, 6, 7, 8))


def _column(title: str, english: str, **more: Any) -> dict[str, Any]:
    words = {"id": title, "en": english}
    return {"label": words, "definition": words, "unit": "", "combining": "", "classification": "", **more}


TABLES = (
    DemoTable(
        key="panjang-jalan-kondisi",
        portal="ntb",
        producer="ntb-pupr",
        title={
            "id": "Panjang jalan provinsi menurut kondisi (data contoh)",
            "en": "Provincial roads by condition (invented)",
        },
        summary={
            "id": "Panjang jalan provinsi menurut kabupaten/kota dan kondisi, 2019–2025. Semua angka karangan.",
            "en": "Length of provincial roads by regency and condition, 2019–2025. All figures are invented.",
        },
        topic="infrastruktur",
        keywords=("jalan", "kondisi jalan", "data contoh"),
        period=("2019", "2025"),
        file=_roads,
        columns={
            "tahun": _column("Tahun", "Year"),
            "kode_kabupaten": _column("Kabupaten/kota", "Regency or city", classification="wilayah"),
            "kondisi": _column("Kondisi jalan", "Condition of the road"),
            "panjang_km": _column("Panjang jalan", "Length of roads", unit="km", combining="stock"),
        },
    ),
    DemoTable(
        key="jembatan-provinsi",
        portal="ntb",
        producer="ntb-pupr",
        title={"id": "Jembatan provinsi menurut lokasi (data contoh)", "en": "Provincial bridges by place (invented)"},
        summary={
            "id": "Letak, panjang, dan kondisi jembatan di ruas jalan provinsi, 2025. Semua angka karangan.",
            "en": "Place, length and condition of bridges along provincial roads, 2025. All figures are invented.",
        },
        topic="infrastruktur",
        keywords=("jembatan", "peta", "data contoh"),
        period=("2025", "2025"),
        file=_bridges,
        columns={
            "jembatan": _column("Nomor jembatan", "Number of the bridge"),
            "lintang": _column("Lintang", "Latitude", unit="derajat"),
            "bujur": _column("Bujur", "Longitude", unit="derajat"),
            "panjang_m": _column("Panjang", "Length", unit="m", combining="stock"),
            "kondisi": _column("Kondisi", "Condition"),
        },
    ),
    DemoTable(
        key="sambungan-air-minum",
        portal="ksb",
        producer="ksb-pupr",
        title={"id": "Sambungan air minum menurut kecamatan (data contoh)", "en": "Piped water by district (invented)"},
        summary={
            "id": "Sambungan air minum rumah tangga dan cakupannya menurut kecamatan, 2021–2025. Semua angka karangan.",
            "en": "Households with piped water by district, 2021–2025. All figures are invented.",
        },
        topic="infrastruktur",
        keywords=("air minum", "sambungan rumah", "data contoh"),
        period=("2021", "2025"),
        file=_water,
        columns={
            "tahun": _column("Tahun", "Year"),
            "kode_kecamatan": _column("Kecamatan", "District", classification="wilayah"),
            "sambungan": _column("Sambungan rumah", "House connections", unit="sambungan", combining="stock"),
            "cakupan_persen": _column("Cakupan air minum", "Share of households", unit="persen", combining="none"),
        },
    ),
)


def publish(*, desks: Desks, now: datetime) -> None:
    """Bring, describe, check and publish each table that is not there yet."""
    for told in TABLES:
        if not Dataset.objects.filter(name=told.key).exists():
            # All of it or nothing: a load that is broken off begins this table anew.
            with transaction.atomic():
                playing.publish(_told(told), desks, now)


def _told(table: DemoTable) -> Told:
    def written(folder: Path) -> Path:
        file = folder / f"{table.key}.csv"
        file.write_text(table.file(), encoding="utf-8")
        return file

    portal = Portal.objects.get(pk=table.portal)
    return Told(
        portal=portal,
        office=Organisation.objects.get(code=table.producer),
        key=table.key,
        title=table.title["id"],
        file=written,
        confirmed=lambda proposed: proposed,
        variables=lambda names: {name: table.columns.get(name, _column("Tanda nilai", "Value mark")) for name in names},
        values=_metadata(table, portal),
    )


def _metadata(table: DemoTable, portal: Portal) -> dict[str, Any]:
    return {
        "title": dict(table.title),
        "summary": dict(table.summary),
        "topic": table.topic,
        "keywords": list(table.keywords),
        "place": portal.region_id,
        "period": {"from": table.period[0], "to": table.period[1]},
        "licence": "CC-BY-4.0",
        "frequency": "yearly",
        "contact": "Bidang Bina Marga (contoh)" if table.portal == "ntb" else "Bidang Cipta Karya (contoh)",
        "made_by": "administration",
        "standard": "Standar contoh",
    }
