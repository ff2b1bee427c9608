"""What is asked of both: of us and of a real CKAN. `{roads}`, `{kinds}` and `{package}` stand for ids."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

READ = "/api/3/action/"


@dataclass(frozen=True, slots=True)
class Request:
    """One request; by POST when it has a body. Where no order is asked for, rows may come in any."""

    path: str
    query: str = ""
    body: bytes | None = None
    content_type: str = "application/json"
    any_order: bool = False

    @property
    def action(self) -> str:
        return "dump" if self.path.startswith("/datastore/dump/") else self.path.removeprefix(READ)

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    def __str__(self) -> str:
        return f"{self.address} {self.body.decode()}" if self.body is not None else self.address


def asked(path: str, *, any_order: bool = False, **params: Any) -> Request:
    """By GET, as people write addresses: lists and maps as JSON."""
    told = {key: json.dumps(value) if isinstance(value, (dict, list)) else value for key, value in params.items()}
    return Request(path, urlencode(told), any_order=any_order)


def sent(action: str, *, any_order: bool = False, **params: Any) -> Request:
    """By POST, as programs send JSON."""
    return Request(READ + action, body=json.dumps(params).encode(), any_order=any_order)


FILTERS: tuple[Any, ...] = (
    {"kode": "52.07"},
    {"kode": ["52.07", "52.01"]},
    {"kode": []},
    {"kode": "tidak ada"},
    {"kabupaten": "x' OR 1=1 --"},
    {"kabupaten": "Lombok, Timur"},
    {"panjang_km": 640},
    {"panjang_km": "640.00"},
    {"panjang_km": 640.0},
    {"panjang_km": [12.5, 640]},
    {"panjang_km": {"lt": 100}},
    {"panjang_km": {"lte": 12.5}},
    {"panjang_km": {"gt": 640}},
    {"panjang_km": {"gte": 640, "lt": 812.5}},
    {"panjang_km": {"eq": 640}},
    {"panjang_km": [{"lt": 20}, {"gt": 800}]},
    {"panjang_km": {"gt": 12.5}, "kode": "52.07"},
    {"kondisi_baik_km": None},
    {"kode": {"gte": "52.03"}},
    {"_id": 2},
    {"_id": [1, 3]},
    {"_id": {"gt": 2}},
    {},
)
KINDS_FILTERS: tuple[Any, ...] = (
    {"tanggal": "2025-02-01"},
    {"tanggal": {"gte": "2025-02-01"}},
    {"tanggal": {"gte": "2025-01-01", "lt": "2025-03-01"}},
    {"jumlah": 3},
    {"jumlah": "3"},
    {"jumlah": {"gt": 2, "lt": 9}},
    {"berlaku": True},
    {"berlaku": "true"},
    {"berlaku": False},
    {"catatan": 'kata "dikutip" lalu'},
    {"catatan": "baris\tlain"},
    {"catatan": "é–ü"},
    {"waktu": {"gte": "2025-02-01T00:00:00"}},
    {"waktu": "2025-01-01T07:30:00"},
)
WRONG_FILTERS: tuple[Any, ...] = (
    {"warna": 1},
    {"panjang_km": "banyak"},
    {"panjang_km": {"like": 1}},
    {"panjang_km": {"lt": "banyak"}},
    {"panjang_km": [[1]]},
    {"kode": {}},
    {"_id": "x"},
    [1],
)
WORDS: tuple[Any, ...] = (
    "lombok",
    "LOMBOK",
    "lombok timur",
    "timur lombok",
    "sumbawa",
    "tidakada",
    "52.07",
    "640",
    "lom",
    "",
    {"kabupaten": "lombok"},
    {"kabupaten": "utara"},
    {"kabupaten": "lombok", "kode": "52.08"},
    {"warna": "x"},
)
SORTS = (
    "panjang_km",
    "panjang_km desc",
    "panjang_km desc, kode",
    "panjang_km asc, kode desc",
    '"panjang_km"',
    "kode",
    "_id desc",
    "kondisi_baik_km",
    "kondisi_baik_km desc",
    "kondisi_baik_km nulls first, kode",
    "kondisi_baik_km desc nulls last, kode",
    "PANJANG_KM",
    "warna",
    "panjang_km sideways",
    "panjang_km; drop table x",
    "",
)
FIELDS: tuple[Any, ...] = (
    "kode",
    "kode,panjang_km",
    "panjang_km, kode",
    ["kode", "kabupaten"],
    "_id",
    "_id,kode",
    "kode,kode",
    "warna",
    "",
)
WRONG: tuple[dict[str, Any], ...] = (
    {"limit": "semua"},
    {"limit": -1},
    {"limit": 1.5},
    {"offset": "x"},
    {"offset": -1},
    {"records_format": "xml"},
    {"include_total": "mungkin"},
    {"distinct": "mungkin"},
    {"filters": "{"},
    {"filters": "kode"},
    {"parameter_lain": 1},
)


def every() -> list[Request]:
    """All requests, each once."""
    return [*_searches(), *_infos(), *_dumps(), *_lists(), *_shows(), *_errors()]


def _searches() -> Iterator[Request]:
    for filters in FILTERS:
        yield asked(READ + "datastore_search", resource_id="{roads}", filters=filters)
    for filters in KINDS_FILTERS:
        yield sent("datastore_search", resource_id="{kinds}", filters=filters)
    for filters in WRONG_FILTERS:
        yield sent("datastore_search", resource_id="{roads}", filters=filters)
    for words in WORDS:
        yield asked(READ + "datastore_search", resource_id="{roads}", q=words, any_order=True)
    for sort in SORTS:
        yield asked(READ + "datastore_search", resource_id="{roads}", sort=sort)
    for fields in FIELDS:
        yield sent("datastore_search", resource_id="{roads}", fields=fields)
        yield sent("datastore_search", resource_id="{roads}", fields=fields, distinct=True, any_order=True)
    for wrong in WRONG:
        yield asked(READ + "datastore_search", resource_id="{roads}", **wrong)
    yield from _pages()


def _pages() -> Iterator[Request]:
    for page in ({}, {"limit": 0}, {"limit": 2}, {"limit": 2, "offset": 2}, {"offset": 3}, {"offset": 99}):
        yield asked(READ + "datastore_search", resource_id="{roads}", **page)
    for limit in (32_000, 32_001, 99_999):
        yield asked(READ + "datastore_search", resource_id="{roads}", limit=limit)
    for told in ("true", "false", "1", "0", "yes"):
        yield asked(READ + "datastore_search", resource_id="{roads}", include_total=told)
    for form in ("objects", "lists", "csv", "tsv"):
        yield asked(READ + "datastore_search", resource_id="{roads}", records_format=form)
        yield asked(READ + "datastore_search", resource_id="{kinds}", records_format=form)
    yield sent("datastore_search", id="{roads}")
    yield sent("datastore_search", resource_id="{roads}", include_next_page=True, limit=2)
    yield sent("datastore_search", resource_id="{roads}", fields=["panjang_km"], distinct=True, sort="panjang_km desc")
    yield sent("datastore_search", resource_id="{roads}", filters={"panjang_km": 12.5}, sort="kode", limit=1, offset=1)
    yield sent("datastore_search", resource_id="{roads}", full_text="lombok", any_order=True)


def _infos() -> Iterator[Request]:
    yield sent("datastore_info", id="{roads}")
    yield sent("datastore_info", id="{kinds}")
    yield sent("datastore_info", resource_id="{roads}")
    yield sent("datastore_info", id="00000000-0000-0000-0000-000000000000")
    yield sent("datastore_info", id="bukan-id")
    yield sent("datastore_info")


def _dumps() -> Iterator[Request]:
    for table in ("{roads}", "{kinds}"):
        for form in ("csv", "tsv", "json", "xml"):
            yield asked(f"/datastore/dump/{table}", format=form)
    for more in (
        {"limit": 2},
        {"limit": 0},
        {"offset": 2},
        {"limit": 1, "offset": 1},
        {"bom": "true"},
        {"bom": "true", "format": "json"},
        {"fields": "kode,panjang_km"},
        {"filters": {"kode": "52.07"}},
        {"filters": {"panjang_km": {"gt": 100}}},
        {"sort": "panjang_km desc"},
        {"q": "sumbawa"},
        {"format": "xls"},
        {"limit": "x"},
        {"filters": "{"},
        {"fields": "warna"},
    ):
        yield asked("/datastore/dump/{roads}", **more)
    yield asked("/datastore/dump/00000000-0000-0000-0000-000000000000")
    yield asked("/datastore/dump/bukan-id")


def _lists() -> Iterator[Request]:
    yield asked(READ + "status_show")
    yield asked(READ + "license_list")
    for page in ({}, {"limit": 1}, {"limit": 1, "offset": 1}, {"offset": 9}, {"limit": 0}, {"limit": "x"}):
        yield asked(READ + "package_list", **page)
    for more in (
        {},
        {"all_fields": "true"},
        {"limit": 1},
        {"limit": 1, "offset": 1},
        {"sort": "name desc"},
        {"sort": "title asc"},
        {"sort": "warna"},
        {"organizations": ["ntb-pupr"]},
    ):
        yield asked(READ + "organization_list", **more)
    for more in ({}, {"all_fields": "true"}, {"limit": 1}, {"sort": "name asc"}, {"groups": ["infrastruktur"]}):
        yield asked(READ + "group_list", **more)
    for more in ({}, {"query": "jal"}, {"query": "tidakada"}, {"all_fields": "true"}, {"vocabulary_id": "x"}):
        yield asked(READ + "tag_list", **more)


def _shows() -> Iterator[Request]:
    yield asked(READ + "package_show", id="{package}")
    yield asked(READ + "package_show", id="{package_id}")
    yield sent("package_show", id="{package}")
    yield sent("package_show", name_or_id="{package}")
    yield asked(READ + "resource_show", id="{roads}")
    yield asked(READ + "resource_show", id="{kinds}")
    yield asked(READ + "organization_show", id="ntb-pupr")
    yield asked(READ + "organization_show", id="ntb-pupr", include_datasets="false")
    yield asked(READ + "group_show", id="infrastruktur")
    for action in ("package_show", "resource_show", "organization_show", "group_show"):
        yield asked(READ + action, id="tidak-ada")
        yield asked(READ + action)
    yield sent("package_show", id=["a"])
    yield sent("resource_show", id={"a": 1})


def _errors() -> Iterator[Request]:
    yield asked(READ + "terbang")
    yield sent("terbang", id=1)
    yield Request(READ + "package_show", body=b"{")
    yield Request(READ + "package_show", body=b"[1]")
    yield Request(READ + "package_show", body=b'"kata"')
    yield Request(READ + "package_list", body=b"")
    yield Request(READ + "package_show", body=b"id={package}", content_type="application/x-www-form-urlencoded")
    yield Request(READ + "datastore_search", body=b"resource_id={roads}&limit=1", content_type="text/plain")
    yield asked(READ + "package_create", name="x")
    yield asked(READ + "datastore_create", resource_id="{roads}")
    yield asked(READ + "package_delete", id="{package}")
    for action in ("package_create", "package_update", "package_patch", "package_delete", "resource_create"):
        yield sent(action, id="{package}", name="uji-coba", title="Uji", package_id="{package}")
    yield sent("datastore_upsert", resource_id="{roads}", records=[], method="insert")
    yield sent("datastore_delete", resource_id="{roads}")
    yield sent("datastore_search", resource_id="00000000-0000-0000-0000-000000000000")
    yield sent("datastore_search", resource_id="bukan-id")
    yield sent("datastore_search")
    yield sent("datastore_search_sql", sql="SELECT 1")
    yield asked(READ + "datastore_search_sql", sql="SELECT 1")
    yield asked(READ + "help_show", name="package_show")
    yield asked(READ + "help_show", name="terbang")
