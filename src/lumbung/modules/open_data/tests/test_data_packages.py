"""The Data Package of a release: valid by the standard's own program, and the same bytes in the zip."""

import io
import json
import zipfile

import pytest
from django.test import Client

from lumbung.core.datasets import queries as versions
from lumbung.modules.open_data.tests import bringing
from lumbung.modules.open_data.tests.publishing import published

pytestmark = pytest.mark.django_db
COMMAS = bringing.CLEAN.replace(",", ";").replace(".5;", ",5;").replace(".25", ",25").replace("640.0", "1.640,0")


def package(key=bringing.KEY):
    answer = Client().get(f"/ntb/data/{key}/v1/paket.zip")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def unpacked(tmp_path):
    folder = tmp_path / "paket"
    package().extractall(folder)
    return folder


@pytest.mark.parametrize("text", [bringing.CLEAN, COMMAS], ids=["points", "commas"])
def test_the_package_is_valid_by_the_program_of_the_standard(people, tmp_path, text):
    import frictionless  # noqa: PLC0415 - slow to import

    published(people, tmp_path, text=text)
    report = frictionless.validate(str(unpacked(tmp_path) / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["tasks"] == 1


def test_a_changed_cell_is_found_by_the_fingerprint_in_the_descriptor(people, tmp_path):
    import frictionless  # noqa: PLC0415 - slow to import

    published(people, tmp_path)
    data = unpacked(tmp_path) / "data.csv"
    data.write_text(data.read_text().replace("812.5", "812.6"))
    report = frictionless.validate(str(data.parent / "datapackage.json"))
    assert {kind for (kind,) in report.flatten(["type"])} == {"hash-count"}


def test_the_zip_holds_the_published_bytes_and_the_descriptor_of_its_address(people, tmp_path):
    version = published(people, tmp_path).tables.get().version
    held = package()
    assert held.namelist() == ["datapackage.json", "data.csv"]
    assert held.read("data.csv") == versions.path_of(version, "csv").read_bytes()
    assert held.read("datapackage.json") == Client().get(f"/ntb/data/{bringing.KEY}/v1/datapackage.json").content


def test_the_descriptor_names_licence_source_and_fingerprint(people, tmp_path):
    version = published(people, tmp_path).tables.get().version
    told = json.loads(package().read("datapackage.json"))
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    assert told["sources"][0]["title"] == told["contributors"][0]["title"]
    assert told["resources"][0]["hash"] == f"sha256:{version.csv_sha256}"
    assert told["resources"][0]["path"] == "data.csv"
    assert told["resources"][0]["schema"]["fields"][0]["name"] == "kode_kabupaten"


def test_the_same_release_gives_the_same_zip(people, tmp_path):
    published(people, tmp_path)
    first, second = (b"".join(Client().get(f"/ntb/data/{bringing.KEY}/v1/paket.zip").streaming_content) for _ in "ab")
    assert first == second
    rest = Client().get(f"/ntb/data/{bringing.KEY}/v1/paket.zip", headers={"range": "bytes=100-"})
    assert (rest.status_code, rest["Content-Range"]) == (206, f"bytes 100-{len(first) - 1}/{len(first)}")
    assert first[:100] + b"".join(rest.streaming_content) == first
