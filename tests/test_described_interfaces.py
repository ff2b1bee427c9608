"""Everything the description for programs allows is asked of a served demonstration: no fault, nothing undescribed."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import ckanapi
import pytest

from lumbung.modules.open_data import permissions
from tests.faults.test_scripts_bring_data import keys_made_on_the_desk
from tests.faults.test_two_governments import until
from tests.http_client import Browser

pytestmark = pytest.mark.heavy
# GET on a writing action is answered as CKAN does (400), so what a method gets is tested beside the description.
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "ignored_auth",
)
EXAMPLES, SECONDS = 12, 1500
# So that the deep questions are reached: with made-up names nearly every answer is "there is no such dataset".
KNOWN = """[parameters]
"path.dataset_name" = "{name}"
"path.portal_slug" = "ntb"
"path.key" = "{key}"
"path.number" = 1
"path.resource" = "data"
"path.datastore_id" = "{table}"
"query.resource_id" = "{table}"
"""
# What is written to: a table of a draft, and the draft itself.
WRITTEN = """
[[operations]]
include-name-regex = "^POST /api/3/action/datastore_(create|upsert|delete)$"
parameters = {{ "body.resource_id" = "{table}" }}

[[operations]]
include-name = "POST /api/3/action/draft_submit"
parameters = {{ "body.id" = "{name}" }}
"""
DRAFT = {"name": "jumlah-jembatan", "title": "Jumlah jembatan"}


def asked(port, folder, *more):
    """What schemathesis says of the description and the server behind it, once its log has been signed.

    Until then the feed answers 503, as described, which schemathesis takes for a fault.
    """
    until(lambda: is_signed(port), "the first checkpoint of the log")
    program = Path(sys.executable).parent / "schemathesis"
    where = ["run", f"http://127.0.0.1:{port}/api/v1/openapi.json", "--url", f"http://127.0.0.1:{port}"]
    how = ["--phases", "examples,coverage,fuzzing", "--max-examples", str(EXAMPLES), "--seed", "52", "--no-shrink"]
    told = [program, *where, *how, "--checks", ",".join(CHECKS), "--continue-on-failure", "--warnings", "off", *more]
    done = subprocess.run(told, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=folder)
    return done.returncode, done.stdout[-20_000:] + done.stderr[-2_000:]


def is_signed(port):
    return Browser(port).get("/ntb/data/umpan.json").status == 200


def told(port, action, **params):
    query = "&".join(f"{name}={value}" for name, value in params.items())
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/3/action/{action}?{query}") as answer:
        return json.load(answer)["result"]


def test_a_stranger_finds_no_fault_and_no_undescribed_answer(served, tmp_path):
    code, said = asked(served.port, tmp_path)
    assert code == 0, said


def test_who_knows_names_and_holds_a_key_for_everything_finds_none_either(served, tmp_path):
    key = next(keys_made_on_the_desk(served.port, [*permissions.SCOPES]))
    (tmp_path / "schemathesis.toml").write_text(known(served.port) + written(served.port, key))
    code, said = asked(served.port, tmp_path, "-H", f"Authorization: {key}", "--exclude-checks", "ignored_auth")
    assert code == 0, said


def known(port):
    """A dataset of NTB with rows, by all its names."""
    found = told(port, "package_search", fq="res_format:CSV", rows=100)["results"]
    package = next(each for each in found if f"/ntb/data/{each['name']}/" in each["url"])
    return KNOWN.format(name=package["name"], key=package["name"], table=package["resources"][0]["id"])


def written(port, key):
    """A draft of the agency with a table to write rows to."""
    with ckanapi.RemoteCKAN(f"http://127.0.0.1:{port}", apikey=key) as client:
        client.action.package_create(**DRAFT)
        about = {"resource": {"package_id": DRAFT["name"], "name": "Jembatan"}, "primary_key": "kode"}
        columns = [{"id": "kode", "type": "text"}, {"id": "jumlah", "type": "int"}]
        made = client.action.datastore_create(**about, fields=columns, records=[{"kode": "52.01", "jumlah": 3}])
    return WRITTEN.format(name=DRAFT["name"], table=made["resource_id"])
