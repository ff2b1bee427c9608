"""Everything the description for programs allows is asked of a served demonstration: no fault, nothing undescribed."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

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
"path.datastore_id" = "{table}"
"query.resource_id" = "{table}"
"""


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


def test_who_knows_names_and_holds_a_key_finds_none_either(served, tmp_path):
    name = told(served.port, "package_list")[0]
    table = told(served.port, "package_show", id=name)["resources"][0]["id"]
    (tmp_path / "schemathesis.toml").write_text(KNOWN.format(name=name, table=table))
    key = next(keys_made_on_the_desk(served.port, "drafts:write"))
    code, said = asked(served.port, tmp_path, "-H", f"Authorization: {key}", "--exclude-checks", "ignored_auth")
    assert code == 0, said
