"""A reader on a weak line gets a published file in pieces, from real processes, and has what was published."""

import hashlib
import http.client
import json

import pytest

pytestmark = pytest.mark.heavy


def ask(port, method, path, headers=None, *, at_most=None):
    """One question on a connection of its own; with `at_most`, the line breaks after so many bytes."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request(method, path, headers=headers or {})
    answer = line.getresponse()
    body = answer.read() if at_most is None else answer.read(at_most)
    line.close()
    return answer, body


def test_a_download_that_broke_off_goes_on_and_is_what_was_published(served):
    told = json.loads(ask(served.port, "GET", "/api/v1/datasets?portal=ntb")[1])
    dataset = max(told["datasets"], key=lambda each: each["row_count"] or 0)
    release = "/ntb/" + dataset["description"].split("/ntb/")[1].removesuffix("datapackage.json")
    table = json.loads(ask(served.port, "GET", f"{release}datapackage.json")[1])["resources"][0]
    path = release + table["path"]
    whole, nothing = ask(served.port, "HEAD", path)
    assert (int(whole.headers["Content-Length"]), nothing) == (table["bytes"], b"")
    first, begun = ask(served.port, "GET", path, at_most=table["bytes"] // 3)
    go_on = {"Range": f"bytes={len(begun)}-", "If-Range": first.headers["ETag"]}
    second, rest = ask(served.port, "GET", path, go_on)
    assert (second.status, int(second.headers["Content-Length"])) == (206, len(rest))
    assert f"sha256:{hashlib.sha256(begun + rest).hexdigest()}" == table["hash"]
    behind = ask(served.port, "GET", path, {"Range": f"bytes={table['bytes']}-"})[0]
    assert (behind.status, behind.headers["Content-Range"]) == (416, f"bytes */{table['bytes']}")
