"""The indicative areas (batas indikatif) in memory: read once a process, answered in pure Python."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from lumbung.core.regions import codes
from lumbung.kernels import geometry

FOLDER = Path(__file__).parent / "data"
AreaLevel = Literal["district", "regency"]
FILES: Mapping[AreaLevel, str] = {
    "district": "ntb-indicative.geojson",
    "regency": "ntb-regencies-indicative.geojson",
}

# The coastline is smoothed by up to about 2 km and leaves islets out; a jetty or a boat near the shore is a place too.
OFFSHORE_KM = 5.0


@dataclass(frozen=True, slots=True)
class Area:
    """One region's approximate area; `feature` is its line of GeoJSON, ready to be sent."""

    code: str
    box: geometry.Box
    polygons: tuple[geometry.Polygon, ...]
    feature: str

    def distance_km(self, latitude: float, longitude: float) -> float:
        return min(geometry.polygon_distance_km(polygon, latitude, longitude) for polygon in self.polygons)


@lru_cache(maxsize=2)
def areas(level: AreaLevel) -> tuple[Area, ...]:
    """All areas of a level, by code."""
    features = json.loads((FOLDER / FILES[level]).read_text(encoding="utf-8"))["features"]
    return tuple(_area(feature) for feature in features)


def _area(feature: dict) -> Area:  # type: ignore[type-arg]
    shape = feature["geometry"]
    nested = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    polygons = tuple([[(lon, lat) for lon, lat in ring] for ring in polygon] for polygon in nested)
    text = json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
    return Area(feature["id"], geometry.bounds(polygons), polygons, text)


@lru_cache(maxsize=1)
def box() -> geometry.Box:
    """Around all areas, with the waters that still count as near."""
    everything = [polygon for area in areas("regency") for polygon in area.polygons]
    return geometry.bounds(everything).widened(OFFSHORE_KM / geometry.KM_PER_DEGREE)


def district_code_at(latitude: float, longitude: float) -> str | None:
    """The district whose indicative area holds the point, or the nearest one within OFFSHORE_KM; None elsewhere."""
    margin = OFFSHORE_KM / geometry.KM_PER_DEGREE * 1.02
    near = [area for area in areas("district") if area.box.widened(margin).contains(latitude, longitude)]
    for area in near:
        if any(geometry.polygon_contains(polygon, latitude, longitude) for polygon in area.polygons):
            return area.code
    distances = [(area.distance_km(latitude, longitude), area.code) for area in near]
    return min(distances)[1] if distances and min(distances)[0] <= OFFSHORE_KM else None


def is_near(scope: str, latitude: float, longitude: float) -> bool:
    """Whether a point lies in the regencies of a scope, or so near that indicative borders cannot tell."""
    inside = [area for area in areas("regency") if codes.is_under(area.code, scope)]
    return any(area.distance_km(latitude, longitude) <= OFFSHORE_KM for area in inside)


@lru_cache(maxsize=64)
def collection(level: AreaLevel, under: str) -> tuple[bytes, str]:
    """GeoJSON of the areas of a level below a region, and its fingerprint for caches."""
    chosen = [area.feature for area in areas(level) if codes.is_under(area.code, under)]
    body = ('{"type":"FeatureCollection","features":[' + ",\n".join(chosen) + "]}").encode()
    return body, hashlib.sha256(body).hexdigest()[:32]
