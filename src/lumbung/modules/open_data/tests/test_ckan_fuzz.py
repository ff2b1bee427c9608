"""Whatever is sent to whichever action, with or without a key, the answer is an answer and never a fault of ours."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbung.modules.open_data.api.ckan import ACTIONS, WRITES
from lumbung.modules.open_data.tests.ckan_calls import COLUMNS, Program, key_for
from lumbung.modules.open_data.tests.publishing import published

pytestmark = pytest.mark.django_db
NAMES = sorted(
    {"id", "name", "title", "notes", "tags", "groups", "extras", "resources", "owner_org", "license_id", "maintainer"}
    | {"maintainer_email", "package_id", "resource_id", "resource", "fields", "records", "primary_key", "method"}
    | {
        "filters",
        "force",
        "dry_run",
        "q",
        "fq",
        "fq_list",
        "facet.field",
        "facet.limit",
        "rows",
        "start",
        "sort",
        "url",
    }
    | {"limit", "offset", "distinct", "records_format", "include_total", "all_fields", "note", "release_on", "upload"}
    | {"query", "page", "organizations", "callback", "full_text", "type", "key", "value", "info", "label", "state"}
)
WORDS = [
    *(
        "panjang-jalan",
        "fuzz",
        "ntb-pupr",
        "infrastruktur",
        "kode_kabupaten",
        "panjang_km",
        "upsert",
        "insert",
        "update",
    ),
    *(
        "",
        " ",
        "a\nb",
        "a,b",
        "\u0000",
        "\ud800",
        "'; --",
        "-1",
        "1e400",
        "52.10",
        "2025",
        "x" * 400,
        "{",
        "[]",
        "true",
    ),
    *("text", "int", "numeric", "float", "bool", "date", "timestamp", "title asc", "name:x", "(a OR b)", "NaN", "٣"),
]
WHOLE = st.integers(-(2**70), 2**70)
LEAF = st.none() | st.booleans() | WHOLE | st.floats() | st.sampled_from(WORDS) | st.text(max_size=20)


def bodies(known):
    """Maps of names we know to anything, some of it what an action wants."""
    leaf = LEAF | st.sampled_from(known)
    shaped = st.fixed_dictionaries({}, optional=dict.fromkeys(("id", "name", "key", "value", "type", "info"), leaf))
    rows = st.lists(
        st.dictionaries(st.sampled_from(["kode_kabupaten", "panjang_km", "x"]), leaf, max_size=3), max_size=4
    )
    value = st.recursive(
        leaf | shaped | rows | st.just(COLUMNS),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
        max_leaves=6,
    )
    return st.dictionaries(st.sampled_from(NAMES), value, max_size=6)


def attack(people, tmp_path, *, examples):
    release = published(people, tmp_path)
    table = str(release.tables.get().resource_id)
    programs = [Program(), Program(key_for(people)), Program(key_for(people), portal="ntb")]
    known = [release.dataset.name, str(release.dataset_id), table]
    likely = st.fixed_dictionaries(
        {}, optional={"id": st.just(known[0]), "resource_id": st.just(table), "package_id": st.just(known[0])}
    )

    @settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(sorted({*ACTIONS, *WRITES, "terbang"})),
        bodies(known),
        likely,
        st.sampled_from(programs),
        st.sampled_from(["json", "form", "get"]),
    )
    def answered(action, body, more, program, way):
        params = {**body, **more}
        if way == "json":
            answer = program.send(action, json.dumps(params))
        else:
            flat = {name: json.dumps(value)[:500] for name, value in params.items()}
            call = program.client.get if way == "get" else program.client.post
            answer = call(program.base + action, flat, headers=program.headers)
        assert answer.status_code < 500, (action, way, params, answer.content[:300])
        assert answer.headers["Content-Type"].startswith("application/json")

    answered()


def test_no_action_breaks_on_anything_sent(people, tmp_path):
    attack(people, tmp_path, examples=30)


@pytest.mark.heavy
def test_no_action_breaks_on_a_great_many_things_sent(people, tmp_path):
    attack(people, tmp_path, examples=600)
