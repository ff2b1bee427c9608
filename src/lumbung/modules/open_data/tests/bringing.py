"""A dataset on its way: a file brought, read, confirmed, described; each step as a person would press it."""

import shutil
from dataclasses import replace
from pathlib import Path

from tests.cast import NOW

from lumbung.core.jobs import runner
from lumbung.core.tables import descriptors
from lumbung.core.tables.shapes import Look
from lumbung.modules.open_data import shape
from lumbung.modules.open_data.actions import datasets, drafting, tables
from lumbung.modules.open_data.models import DraftTable
from lumbung.modules.open_data.queries import drafts as known

ROADS = """Panjang jalan kabupaten menurut kondisi
Provinsi NTB, 2025

kode_kabupaten,kabupaten,panjang_km,kondisi_baik_km
52.01,Lombok Barat,812.5,601.25
52.07,Sumbawa Barat,640.0,498.5
52.10,Bayangan,12.5,12.5
Jumlah,,1465.0,1112.25
Sumber: Dinas PUPR
"""
CLEAN = ROADS.replace("52.10,Bayangan", "52.08,Lombok Utara")
KEY = "panjang-jalan"


def begin(people, *, key=KEY, title="Panjang jalan menurut kondisi"):
    """The first draft of a dataset of the province's public works agency."""
    from lumbung.core.organisations.models import Organisation  # noqa: PLC0415 - models only when the database is there

    producer = Organisation.objects.get(code="ntb-pupr")
    return datasets.begin_dataset(
        portal=people.ntb, producer=producer, key=key, title=title, by=people.viewer("produsen.ntb"), now=NOW
    )


def bring(people, draft, tmp_path: Path, *, text=CLEAN, name="jalan.csv", slug="", title="Panjang jalan"):
    """A file, looked at."""
    source = tmp_path / "kiriman"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    kept = tmp_path / ".incoming"
    kept.mkdir(exist_ok=True)
    moved = shutil.move(source, kept / "kiriman")
    table = tables.bring_file(
        draft=draft,
        source=Path(moved),
        name=name,
        title=title,
        slug=slug,
        by=people.viewer("produsen.ntb"),
        now=NOW,
    )
    runner.run_due()
    return fresh(table)


def read(people, table):
    """Its proposed reading confirmed, and read."""
    reading = Look.from_json(table.look).reading
    tables.choose_reading(table=table, reading=reading, by=people.viewer("produsen.ntb"), now=NOW)
    runner.run_due()
    return fresh(table)


def confirm(people, table, *, schema=None, variables=None):
    """Its columns confirmed as proposed and described, and every cell checked."""
    told = schema or table.schema
    names = [field["name"] for field in told["fields"]]
    described = variables or {name: variable(name, is_code=name.startswith("kode")) for name in names}
    confirmed = descriptors.read(told)
    fields = tuple(replace(each, code_list=described[each.name]["classification"]) for each in confirmed.fields)
    tables.confirm_columns(
        table=table,
        schema=descriptors.write(replace(confirmed, fields=fields)),
        variables=described,
        seen=known.open_draft_of(table.draft.dataset).version,
        by=people.viewer("produsen.ntb"),
        now=NOW,
    )
    runner.run_due()
    return fresh(table)


def variable(name, *, is_code=False):
    """What a column means."""
    words = {"id": name.replace("_", " "), "en": name}
    return {"label": words, "definition": words, "unit": "km", "classification": "wilayah" if is_code else ""}


def describe(people, draft):
    """The metadata every dataset needs."""
    current = known.open_draft_of(draft.dataset)
    values = {
        "title": {"id": "Panjang jalan menurut kondisi", "en": "Length of roads by condition"},
        "summary": {"id": "Panjang jalan kabupaten menurut kondisi, dalam kilometer.", "en": ""},
        "topic": "infrastruktur",
        "keywords": ["jalan", "kondisi"],
        "place": "52",
        "period": {"from": "2025", "to": "2025"},
        "licence": "CC-BY-4.0",
        "frequency": "yearly",
        "contact": "Bidang Bina Marga",
        "made_by": "administration",
        "standard": "Permen PU 13/PRT/M/2011",
    }
    assert set(values) <= {field.key for field in shape.fields_of("dataset")}
    return drafting.save_part(
        draft=current, part="dataset", values=values, seen=current.version, by=people.viewer("produsen.ntb")
    )


def ready(people, tmp_path, *, key=KEY, text=CLEAN):
    """A draft whose every gate is open."""
    draft = begin(people, key=key)
    confirm(people, read(people, bring(people, draft, tmp_path, text=text)))
    return describe(people, draft)


def fresh(table):
    return DraftTable.objects.select_related("draft__dataset__portal").get(pk=table.pk)
