"""Files made to hurt their reader, by code. Each is small on disk; what it becomes is the point."""

import json
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from lumbung.core.tables.tests import makers

Maker = Callable[[Path], bytes]
BOMB = 70_000_000
SECRET = "rahasia-server"
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 20}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
ROW = f'<row r="1">{makers.text_cell("A1", "a")}</row>'


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


def lying_zip() -> bytes:
    """A package whose list says that its bomb is small."""
    data = makers.raw_xlsx(ROW, strings=" " * 80_000_000)
    size = struct.pack("<I", 80_000_000)
    return data.replace(size, struct.pack("<I", 100))


def encrypted_zip() -> bytes:
    data = bytearray(makers.raw_xlsx(ROW))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    return bytes(data)


def deep_xml() -> str:
    return "<row>" * 200_000


def outside(folder: Path) -> str:
    secret = folder / "secret.txt"
    secret.write_text(SECRET)
    return str(secret)


def package_of(path: object) -> bytes:
    return makers.packed(
        {"datapackage.json": json.dumps({"resources": [{"name": "x", "path": path}]}), "a.csv": "a,b\n"}
    )


def external_entity(folder: Path) -> bytes:
    head = f'<!DOCTYPE sst [<!ENTITY x SYSTEM "file://{outside(folder)}">]>'
    strings = f'{head}<sst xmlns="{makers.SPREADSHEET}"><si><t>&x;</t></si></sst>'
    return makers.raw_xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings)


def bent_parquet(folder: Path, seed: int) -> bytes:
    data = bytearray(makers.parquet("SELECT range a, range::VARCHAR b FROM range(5000)", folder))
    chance = random.Random(seed)
    for _ in range(60):
        data[chance.randrange(4, len(data) - 8)] = chance.randrange(256)
    return bytes(data)


def false_footer(folder: Path) -> bytes:
    data = makers.parquet("SELECT 1 a", folder)
    return data[:-8] + struct.pack("<I", 0x7FFFFFFF) + b"PAR1"


TEXT: dict[str, Maker] = {
    "nothing": lambda _: b"",
    "a byte order mark alone": lambda _: b"\xef\xbb\xbf",
    "zeros": lambda _: bytes(200_000),
    "noise": lambda _: noise(200_000),
    "noise after a good start": lambda _: b"a,b\n1,2\n" * 20_000 + noise(50_000),
    "a NUL deep inside": lambda _: b"a,b\n" + b"1,2\n" * 50_000 + b"3,\x00\n",
    "a quotation mark never closed": lambda _: b'a,b\n"' + b"x,y\n" * 600_000,
    "a cell of five million signs": lambda _: b"a,b\n" + b"x" * 5_000_000 + b",1\n",
    "a line without end": lambda _: b"x" * 30_000_000,
    "half a million columns": lambda _: b"," * 500_000 + b"\n1\n",
    "wide and deep": lambda _: (b",".join([b"1"] * 9_000) + b"\n") * 20,
    "rows that grow": lambda _: b"".join(b"," * width + b"\n" for width in range(1, 2_500)),
    "only quotation marks": lambda _: b'"' * 3_000_001,
    "a million blank lines": lambda _: b"\n" * 1_000_000 + b"a,b\n1,2\n",
    "a million totals": lambda _: b"nama,n\n" + b"Jumlah,1\n" * 300_000,
    "half a character at the end": lambda _: b"a,b\n1,\xe2\x82",
    "half a pair in UTF-16": lambda _: b"\xff\xfe" + "a,b\n1,2\n".encode("utf-16-le") + b"\x00\xd8\x41",
    "a program for a spreadsheet": lambda _: b'a,b\n=cmd|\' /C calc\'!A0,=HYPERLINK(""x"")\n',
    "a regular expression's nightmare": lambda _: b"a,b\n" + (b"1.111" * 20_000 + b"x,1*\n") * 20,
    "a legend without end": lambda _: b"a,b\n1,2*\n\n" + b"Catatan: " + b"* angka " * 100_000 + b"\n",
    "a web page called a spreadsheet": lambda _: b"<html><table><tr><td>1</td></tr></table></html>",
    "entities of XML": lambda _: (ENTITIES + "<x>&i;</x>").encode(),
    "a PDF": lambda _: b"%PDF-1.7\n" + noise(1_000),
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n" + noise(1_000),
    "compressed zeros": lambda _: b"\x1f\x8b" + zlib.compress(bytes(1_000_000)),
}

PACKAGES: dict[str, Maker] = {
    "an empty ZIP": lambda _: b"PK\x03\x04PK\x05\x06" + bytes(18),
    "half a ZIP": lambda _: makers.raw_xlsx(ROW)[:300],
    "a ZIP of nothing known": lambda _: makers.packed({"a.txt": "x"}),
    "ten thousand members": lambda _: makers.packed(
        {f"{number}": "" for number in range(10_000)} | {"xl/workbook.xml": ""}
    ),
    "a locked ZIP": lambda _: encrypted_zip(),
    "a bomb of strings": lambda _: makers.raw_xlsx(ROW, strings=" " * BOMB),
    "a bomb with a lying list": lambda _: lying_zip(),
    "a bomb of cells": lambda _: makers.raw_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>' * 150_000),
    "a row without end": lambda _: makers.raw_xlsx('<row r="1">' + "<c><v>1</v></c>" * 700_000),
    "a cell at the far corner": lambda _: makers.raw_xlsx(
        ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a cell beyond the corner": lambda _: makers.raw_xlsx(
        '<row r="99999999999"><c r="ZZZZZ99999999999"><v>1</v></c></row>'
    ),
    "XML that never closes": lambda _: makers.raw_xlsx(deep_xml()),
    "a billion laughs in a sheet": lambda _: makers.raw_xlsx(
        '<row r="1"><c r="A1" t="str"><v>&i;</v></c></row>', head=ENTITIES
    ),
    "a file of the server as entity": external_entity,
    "a string that is not there": lambda _: makers.raw_xlsx('<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>'),
    "numbers that are none": lambda _: makers.raw_xlsx(
        '<row r="1"><c r="A1"><v>1e999999</v></c><c r="B1"><v>x</v></c></row>'
    ),
    "a workbook without sheets": lambda _: makers.packed({"xl/workbook.xml": "<workbook/>", "[Content_Types].xml": ""}),
    "formulas without end": lambda _: makers.raw_xlsx(
        "".join(f'<row r="{n}"><c r="A{n}"><f>1</f></c></row>' for n in range(1, 40_000))
    ),
    "an ODS as large as may be": lambda _: makers.ods(
        [],
        raw='<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated='
        '"16384" office:value-type="float" office:value="1"/></table:table-row>',
    ),
    "a billion laughs in an ODS": lambda _: makers.ods([["&i;"]], head=ENTITIES),
    "an ODS without content": lambda _: makers.packed(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": ""}
    ),
    "a package that points outside": lambda folder: package_of(outside(folder)),
    "a package that climbs": lambda _: package_of("../../../../../../etc/hostname"),
    "a package that calls out": lambda _: package_of("http://192.0.2.1/a.csv"),
    "a package of a package": lambda _: package_of("datapackage.json"),
    "a package with no path": lambda _: package_of(None),
    "noise in the shape of XLS": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(20_000),
    "an XLS whose sectors go round": lambda _: makers.ole("Workbook", bytes(8_000), looped=True),
    "an XLS of noise": lambda _: makers.ole("Workbook", noise(9_000)),
    "a locked workbook": lambda _: makers.ole("EncryptedPackage", noise(9_000)),
}

JSON: dict[str, Maker] = {
    "brackets without end": lambda _: b"[" * 2_000_000,
    "objects without end": lambda _: b'[{"a":' * 500_000,
    "a nested cell": lambda _: b'[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
    "the same key twice": lambda _: b'[{"a": 1, "a": 2}]',
    "a number of a million digits": lambda _: b'[{"a": ' + b"9" * 1_200_000 + b"}]",
    "no number": lambda _: b'[{"a": NaN}, {"a": Infinity}]',
    "half a character": lambda _: b'[{"a": "\\ud800"}]',
    "a NUL in text": lambda _: b'[{"a": "x\\u0000"}]',
    "JSON cut off": lambda _: b'[{"a": 1}, {"a": ',
    "things that are no objects": lambda _: b'[{"a": 1}, 2, "x", null]',
    "a new key in every record": lambda _: json.dumps([{f"k{number}": 1} for number in range(20_000)]).encode(),
    "a bad line": lambda _: b'{"a": 1}\n{"a": \n{"a": 3}\n',
    "one long text": lambda _: b'[{"a": "' + b"x" * 20_000_000 + b'"}]',
    "features that are none": lambda _: b'{"type": "FeatureCollection", "features": [1, {"properties": 5}]}',
    "a geometry without end": lambda _: b'{"type":"FeatureCollection","features":[{"geometry":' + b"[" * 200_000,
    "a descriptor of nothing": lambda _: b'{"resources": [1, 2]}',
    "rows of two kinds": lambda _: b'{"resources": [{"name": "x", "data": [{"a": 1}, [1, 2]]}]}',
}

PARQUET: dict[str, Maker] = {
    "four letters": lambda _: b"PAR1",
    "noise between letters": lambda _: b"PAR1" + noise(5_000) + b"PAR1",
    "half a Parquet": lambda folder: makers.parquet("SELECT range a FROM range(9000)", folder)[:2_000],
    "a footer longer than the file": false_footer,
    **{f"a bent Parquet {seed}": (lambda folder, seed=seed: bent_parquet(folder, seed)) for seed in range(4)},
    "a million values in one byte": lambda folder: makers.parquet(
        "SELECT repeat('x', 900000) a FROM range(300)", folder
    ),
}

CORPUS: dict[str, Maker] = {**TEXT, **PACKAGES, **JSON, **PARQUET}
