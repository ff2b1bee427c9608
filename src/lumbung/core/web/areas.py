"""The ground every map is drawn on: coastline and regencies of NTB, as indicative areas (batas indikatif)."""

from functools import cache
from pathlib import Path

from lumbung.core import regions

_FILE = Path(regions.__path__[0]) / "data" / "ntb-regencies-indicative.geojson"


@cache
def regencies() -> bytes:
    """GeoJSON of the ten regencies and cities."""
    return _FILE.read_bytes()
