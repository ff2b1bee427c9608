"""A catalogue of texts only, and questions to it: see README.md beside this."""

import csv
import hashlib
import json
import math
import re
from datetime import date
from pathlib import Path

from tests.cast import NOW

from lumbung.core.datasets.models import DatasetVersion
from lumbung.core.organisations.models import Organisation
from lumbung.modules.open_data.actions import listing
from lumbung.modules.open_data.models import Dataset, Release, ReleaseTable, Resource
from lumbung.modules.open_data.queries import catalogue_search
from lumbung.modules.open_data.queries.catalogue_search import Wanted

HERE = Path(__file__).parent
PLACES = {"Kabupaten Sumbawa Barat": "52.07"}
TOP = 10


def rows_of(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def publish_all(portal):
    """List every text of the corpus on a portal, through the action that lists what is published."""
    producers = {}
    for row in rows_of("corpus"):
        name = row["producer"]
        code = producers.setdefault(name, f"judged-{len(producers) + 1}")
        producer, _new = Organisation.objects.get_or_create(
            code=code,
            defaults={
                "name_id": name,
                "name_en": name,
                "kind": "agency",
                "region_id": PLACES.get(row["region"], "52"),
                "valid_from": date(2017, 1, 1),
            },
        )
        _publish(portal, producer, row)


def _publish(portal, producer, row):
    key = f"judged-{row['id']}"[:60]
    dataset = Dataset.objects.create(portal=portal, key=key, name=key, producer=producer, begun_at=NOW)
    columns = [column.partition(":") for column in row["columns"].split("; ")]
    labels = [re.sub(r"\s*\([^)]*\)$", "", label) for label, _sign, _values in columns]
    told = {
        "dataset": {
            "title": {"id": row["title"], "en": row["title_en"]},
            "summary": {"id": row["summary"], "en": ""},
            "topic": row["topic"],
            "keywords": row["keywords"].split(", "),
            "place": PLACES.get(row["region"], "52"),
            "period": dict(zip(("from", "to"), (row["period"].split("–") * 2)[:2], strict=True)),
            "licence": "CC-BY-4.0",
            "frequency": "yearly",
        },
        "variables": {"data": {f"c{place}": {"label": {"id": label}} for place, label in enumerate(labels)}},
    }
    release = Release.objects.create(
        dataset=dataset, number=1, metadata=json.dumps(told), metadata_sha256="0" * 64, as_of=NOW, published_at=NOW
    )
    _table(release, dataset, key, [values.strip() for _label, _sign, values in columns])
    listing.refresh(dataset, release)


def _table(release, dataset, key, values):
    version = DatasetVersion.objects.create(
        dataset_key=key, number=1, as_of=NOW, published_at=NOW, publisher_code="ntb", row_count=1, csv_bytes=1,
        parquet_bytes=1, **dict.fromkeys(("content_sha256", "csv_sha256", "parquet_sha256"), "0" * 64),
    )  # fmt: skip
    resource = Resource.objects.create(dataset=dataset, slug="data", table_key=key)
    fields = [
        {"name": f"c{place}", **({"constraints": {"enum": listed.split(", ")}} if listed else {})}
        for place, listed in enumerate(values)
    ]
    schema = json.dumps({"fields": fields})
    ReleaseTable.objects.create(release=release, resource=resource, version=version, title="Data", schema=schema)


def found(portal, query, *, most=TOP):
    """What the catalogue answers, as ids of the corpus."""
    got = catalogue_search.answer(portal, Wanted(query), most=most)
    return [row.dataset.key.removeprefix("judged-") for row in got.rows]


def is_held_out(query_id):
    """Half of the questions, chosen by nobody: those whose name has an even hash."""
    return hashlib.sha256(query_id.encode()).digest()[0] % 2 == 0


def judgments():
    """Question → dataset → grade 0–3, from a reader who saw the texts and no ranking."""
    graded = {}
    for row in rows_of("judgments"):
        graded.setdefault(row["query_id"], {})[row["dataset_id"][:53]] = int(row["grade"])
    return graded


def ndcg(hits, grades):
    """Gain 2^grade - 1, discounted by the logarithm of the place, over the best there can be (Järvelin, Kekäläinen)."""
    gain = sum((2 ** grades.get(name, 0) - 1) / math.log2(place + 2) for place, name in enumerate(hits[:TOP]))
    ideal = sorted(grades.values(), reverse=True)[:TOP]
    best = sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(ideal))
    return gain / best if best else None


def figures(portal):
    """nDCG@10 of every question with something to find, by its name."""
    graded = judgments()
    scores = {each["id"]: ndcg(found(portal, each["query"]), graded.get(each["id"], {})) for each in rows_of("queries")}
    return {name: value for name, value in scores.items() if value is not None}
