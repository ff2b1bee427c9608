"""Whatever another portal answers, it is read in a process of its own and can do no harm there."""

import json

import pytest

from lumbung.modules.open_data.remote import parsing, records
from lumbung.modules.open_data.remote.records import Unreadable

BASE = "https://data.example/katalog"
BILLION = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&b;</rdf:RDF>"""
FILE = BILLION.replace(b'"aaaaaaaaaa"', b'SYSTEM "file:///etc/passwd"')
FAR = json.dumps({"@context": ["https://jahat.example/ctx"], "@graph": []}).encode()
IMPORTED = json.dumps({"@context": {"@import": "https://jahat.example/ctx"}}).encode()
CASES = [
    ("dcat", BILLION, "xml-entities"),
    ("dcat", FILE, "xml-entities"),
    ("dcat", b"\xef\xbb\xbf" + BILLION, "xml-entities"),
    ("dcat", b'<?xml version="1.0" encoding="utf-7"?>+ADw-!DOCTYPE', "xml-encoding"),
    ("dcat", FAR, "remote-context"),
    ("dcat", IMPORTED, "remote-context"),
    ("dcat", b"<http://a> <http://b> .", "not-dcat"),
    ("ckan", b"[" * 500_000, "json-too-deep"),
    ("ckan", b'{"success": true, "result": {"results": 7, "count": 1}}', "not-ckan"),
    ("ckan", b"\x00\x01", "not-json"),
    ("data_packages", b"[]", "not-data-package"),
    ("csv_lists", b"id,judul,berkas\na,b," + b"x" * 200_000, "not-csv-list"),
    ("lumbung", b'{"v": 1, "items": {}}', "not-lumbung"),
]


@pytest.mark.parametrize(("kind", "content", "code"), CASES)
def test_a_hostile_answer_is_refused_with_a_reason(kind, content, code):
    more = {"dcat": {"mime": "application/rdf+xml" if content[:1] != b"{" else ""}, "ckan": {"start": 0}}
    with pytest.raises(Unreadable) as refused:
        parsing.read(kind, content, base=BASE, **more.get(kind, {}))
    assert refused.value.code == code


def test_words_of_others_are_plain_text_and_their_addresses_lead_to_the_web():
    told = records.record(
        identity="a",
        title={"id": "  <script>alert(1)</script>Jalan\u202e\x00 raya "},
        page="javascript:alert(1)",
        files=[{"url": "data:text/html,x"}, {"url": "/a b<c>.csv", "bytes": "-4", "sha256": "zz", "format": ".csv"}],
        base=BASE,
    )
    assert told["title"]["id"] == "alert(1) Jalan raya"
    assert told["page"] == ""
    assert [(file["url"], file["bytes"], file["sha256"], file["format"]) for file in told["files"]] == [
        ("https://data.example/a%20b%3Cc%3E.csv", None, "", "CSV")
    ]
