"""Quality is a list of rules, each with what to do; never one number."""

import json

import pytest

from lumbung.core.tables import checks, quality
from lumbung.core.tables.personal import PersonalColumn
from lumbung.core.tables.quality_words import RULES
from lumbung.core.tables.schemas import REGION_CODE, Constraints, Schema, SchemaField, Words
from lumbung.core.tables.tests.plain_files import plain_of

TITLE = {"title": Words("Judul", "Title"), "description": Words("Arti")}
GOOD = Schema(
    (
        SchemaField("kode_wilayah", rdf_type=REGION_CODE, code_list="wilayah", **TITLE),
        SchemaField("tahun", "year", **TITLE),
        SchemaField("jumlah", "integer", unit="jiwa", marks={"*": "angka sementara"}, **TITLE),
        SchemaField("jumlah__tanda"),
    ),
    primary_key=("kode_wilayah", "tahun"),
)
ROWS = [["52.07", "2024", "1", "*"], ["52.10", "2024", "2", ""]]


def judged(folder, schema, rows, findings=()):
    plain = plain_of(folder, schema.names, rows)
    report = checks.check(plain, schema, code_lists={"wilayah": {"52.07", "52.10"}}, temporary=folder / "t")
    return {rule.key: rule for rule in quality.judge(schema, report, findings=findings).rules}


def test_a_good_table_fails_no_rule(tmp_path):
    assert {key for key, rule in judged(tmp_path, GOOD, ROWS).items() if rule.outcome == "failed"} == set()


def test_a_poor_table_is_told_rule_by_rule_with_its_columns_and_how_to_mend_them(tmp_path):
    names = ["nama_kabupaten", "2022", "2023", "2024", "catatan", "n__tanda"]
    schema = Schema(tuple(SchemaField(name, "integer" if name.isdigit() else "string") for name in names))
    told = judged(
        tmp_path,
        schema,
        [["KSB", "1", "x", "3", "=1+1", "*"], ["Sumbawa", "1", "2", "3", "", "*"], ["Dompu", "", "", "", "", ""]],
        [PersonalColumn("catatan", "phone", "cells", 1, 0, 0.3)],
    )
    failed = {key: rule.columns for key, rule in told.items() if rule.outcome == "failed"}
    assert failed.pop("titles") == failed.pop("titles_en") == failed.pop("descriptions") == tuple(names[:5])
    assert failed == {
        "checked": ("2023",),
        "units": ("2022", "2023", "2024"),
        "key": (),
        "regions": ("nama_kabupaten",),
        "period": (),
        "filled": ("catatan",),
        "marks": ("n__tanda",),
        "long_form": ("2022", "2023", "2024"),
        "formulas": ("catatan",),
        "personal": ("catatan",),
    }
    assert all(rule.mend and rule.title for rule in told.values() if rule.outcome == "failed")
    assert told["codes"].outcome == "not_applicable"


def test_codes_without_a_list_are_named(tmp_path):
    schema = Schema((SchemaField("kode_opd"), SchemaField("kode_jenis", constraints=Constraints(enum=("a",)))))
    assert judged(tmp_path, schema, [["x", "a"]])["codes"].columns == ("kode_opd",)


def test_quality_goes_to_json_and_back_unchanged(tmp_path):
    told = quality.Quality(tuple(judged(tmp_path, GOOD, ROWS).values()))
    assert quality.Quality.from_json(json.loads(json.dumps(told.to_json()))) == told


@pytest.mark.parametrize("key", list(RULES))
def test_every_rule_is_judged_and_has_words(key):
    assert key in quality.JUDGES
    assert str(RULES[key].title)
