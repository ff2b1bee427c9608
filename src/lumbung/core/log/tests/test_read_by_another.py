"""Whoever knows the C2SP texts and none of our code reads the log and computes the root that was signed."""

import ast
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature

from lumbung.core.log import signing
from lumbung.core.log.tests import spec_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetch(client):
    def asked(path):
        answer = client.get(f"/log/{path}")
        assert answer.status_code == 200, path
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer.headers["Content-Type"], body

    return asked


@pytest.mark.parametrize("size", [256, 300])
def test_a_reader_made_from_the_specification_alone_computes_the_signed_root(grow, fetch, size):
    grow(size)
    head = spec_reader.checkpoint(fetch, signing.log_key().text)
    levels = spec_reader.tiles(fetch, head.size)
    assert (head.origin, head.size) == (signing.origin(), size)
    assert [spec_reader.leaf(entry) for entry in spec_reader.entries(fetch, head.size)] == levels[0]
    assert spec_reader.root(levels[0]) == head.root
    for below, above in pairwise(levels):
        full = [below[start : start + 256] for start in range(0, len(below) - 255, 256)]
        assert [spec_reader.root(tile) for tile in full] == above


def test_that_reader_is_not_deceived_by_a_changed_byte_or_another_key(grow, fetch, laptop):
    grow(120)
    kind, note = fetch("checkpoint")
    with pytest.raises(InvalidSignature):
        spec_reader.checkpoint(lambda _path: (kind, note.replace(b"\n120\n", b"\n121\n")), signing.log_key().text)
    other = spec_reader.checkpoint
    with pytest.raises(AssertionError):
        other(
            lambda _path: (kind, note.replace(signing.origin().encode(), b"log.lain.example")), signing.log_key().text
        )


def test_that_reader_shares_no_line_with_our_code():
    tree = ast.parse(Path(spec_reader.__file__).read_text(encoding="utf-8"))
    named = {name for node in ast.walk(tree) for name in _imported(node)}
    assert {name.split(".")[0] for name in named} <= {
        "base64",
        "hashlib",
        "re",
        "collections",
        "dataclasses",
        "cryptography",
    }


def _imported(node):
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [each.name for each in node.names] if isinstance(node, ast.Import) else []
