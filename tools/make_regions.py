"""Write src/lumbung/core/regions/data/ntb.csv from the npm package `idn-area-data`.

    npm install --prefix <folder> idn-area-data
    python tools/make_regions.py <folder>/node_modules/idn-area-data

Same package version in, same bytes out. Names are put into Indonesian title case; the few spellings that are
typing slips in the source are corrected in CORRECTIONS, each with its reason, and printed.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PROVINCE = "52"
EXPECTED = {"province": 1, "regency": 10, "district": 117, "village": 1166}
FILES = (
    ("province", "provinces.csv"),
    ("regency", "regencies.csv"),
    ("district", "districts.csv"),
    ("village", "villages.csv"),
)
TARGET = Path(__file__).parent.parent / "src/lumbung/core/regions/data/ntb.csv"

# code -> (name in the source, name written, reason)
CORRECTIONS = {
    "52.04.13.2008": ("UPT. Prode SP.I", "UPT Prode SP I", "written like its sister village SP II"),
    "52.04.13.2009": ("UPT. Prode SP II", "UPT Prode SP II", "no full stop after an initialism"),
    "52.04.13.2010": ("UPT. Prode SP III", "UPT Prode SP III", "no full stop after an initialism"),
    "52.06.11.2006": ('Doro O"o', "Doro O'o", "a double quote typed for the apostrophe of the glottal stop"),
    "52.71.04.1004": (
        "Tanjung Karang",
        "Tanjung Karang Permai",
        "the source names two wards of one district alike; 1003 to 1005 are the wards split off later",
    ),
    "52.72.04.1003": ("PenanaE", "Penanae", "a capital inside the word"),
}


def main(package: Path) -> None:
    version = json.loads((package / "package.json").read_text())["version"]
    rows = sorted(region_rows(package))
    check(rows)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "parent", "level", "name"])
        writer.writerows(rows)
    print(f"idn-area-data {version}: {len(rows)} regions, {dict(Counter(row[2] for row in rows))} -> {TARGET.name}")


def region_rows(package: Path) -> Iterator[tuple[str, str, str, str]]:
    """(code, parent, level, name) of every region of the province."""
    for level, file_name in FILES:
        with (package / "data" / file_name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["code"] == PROVINCE or row["code"].startswith(PROVINCE + "."):
                    yield row["code"], row["code"].rpartition(".")[0], level, written_name(row["code"], row["name"])


def written_name(code: str, name: str) -> str:
    """The name as it appears on the screen: no kind in front, Indonesian capitals, slips corrected."""
    if code in CORRECTIONS:
        source, written, reason = CORRECTIONS[code]
        if name != source:
            raise SystemExit(f"{code} is now {name!r} in the source, not {source!r}: look at CORRECTIONS again")
        print(f"corrected {code}: {source!r} -> {written!r} ({reason})")
        return written
    name = " ".join(name.split())
    if name.isupper():
        name = re.sub(r"^(KABUPATEN|KOTA) ", "", name).title()
    # Both halves of a doubled word take a capital in a name (EYD V): Mas-Mas, Sayang-Sayang.
    return re.sub(r"-([a-z])", lambda match: "-" + match[1].upper(), name)


def check(rows: list[tuple[str, str, str, str]]) -> None:
    """Stop when the source no longer has the shape we publish."""
    counts = Counter(level for _, _, level, _ in rows)
    if counts != EXPECTED:
        raise SystemExit(
            f"counts are {dict(counts)}; expected {EXPECTED}: find out why and document it in data/README.md"
        )
    codes = {code for code, *_ in rows}
    orphans = [code for code, parent, level, _ in rows if level != "province" and parent not in codes]
    # Kabupaten Bima and Kota Bima share their name by right; below the regency a twin is a slip.
    pairs = Counter((parent, name) for _, parent, level, name in rows if level != "regency")
    twins = [pair for pair, count in pairs.items() if count > 1]
    odd = [code for code, _, level, _ in rows if level == "village" and code[9] not in "12"]
    if orphans or twins or odd:
        raise SystemExit(f"orphans {orphans}, twins {twins}, neither kelurahan (1…) nor desa (2…) {odd}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
