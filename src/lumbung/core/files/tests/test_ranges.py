"""A download that broke off goes on: one range of a file that never changes, or the whole of it (RFC 9110, 14)."""

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import RequestFactory

from lumbung.core.files import ranges
from lumbung.core.files.ranges import Made, OnDisk, Served

CONTENT = bytes(range(256)) * 600
SIZE = len(CONTENT)
MARK = '"3f786850e387550f"'


def in_pieces():
    return (CONTENT[start : start + 7_001] for start in range(0, SIZE, 7_001))


@pytest.fixture(autouse=True)
def connections_stay_open():
    """The end of an answer looks after connections other tests of this process have; Django's client does the same."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture(params=["on disk", "made"])
def ask(request, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(CONTENT)
    held = OnDisk(path) if request.param == "on disk" else Made(lambda: SIZE, in_pieces)

    def asked(method="get", *, is_empty=False, **headers):
        content = Made(lambda: 0, lambda: iter(())) if is_empty else held
        request = getattr(RequestFactory(), method)("/file", headers=headers)
        answer = ranges.answer(
            request, Served(content, MARK, "text/csv; charset=utf-8", "data.csv", "public, max-age=60")
        )
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        return answer, body

    return asked


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=70000-", 70_000, SIZE - 1),
        ("bytes=-5", SIZE - 5, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
        (f"BYTES=10-{SIZE * 2}", 10, SIZE - 1),
    ],
)
def test_one_range_is_answered_by_its_bytes(ask, asked, first, last):
    answer, body = ask(range=asked)
    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{last}/{SIZE}")
    assert (body, answer["Content-Length"]) == (CONTENT[first : last + 1], str(last - first + 1))
    assert (answer["ETag"], answer["Accept-Ranges"]) == (MARK, "bytes")


@pytest.mark.parametrize("asked", ["", "bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=x-", "bytes=-", "bytes=٣-"])
def test_what_is_no_single_range_is_answered_by_the_whole(ask, asked):
    answer, body = ask(**({"range": asked} if asked else {}))
    assert (answer.status_code, body, answer["Content-Length"]) == (200, CONTENT, str(SIZE))
    assert answer["Content-Disposition"] == 'attachment; filename="data.csv"'
    assert "Content-Range" not in answer


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=-0", f"bytes={SIZE + 5}-{SIZE + 9}"])
def test_a_range_behind_the_end_says_how_long_the_file_is_and_is_kept_by_nobody(ask, asked):
    answer, body = ask(range=asked)
    assert (answer.status_code, answer["Content-Range"], body) == (416, f"bytes */{SIZE}", b"")
    assert "Cache-Control" not in answer


@pytest.mark.parametrize(
    ("sent", "status"),
    [(MARK, 206), ('"another"', 200), (f"W/{MARK}", 200), ("Thu, 26 Nov 2026 01:00:00 GMT", 200)],
)
def test_a_part_is_only_added_to_the_same_file(ask, sent, status):
    assert ask(range="bytes=7-", **{"if-range": sent})[0].status_code == status


def test_who_has_the_file_is_told_so_and_who_wants_another_one_too(ask):
    assert ask(range="bytes=7-", **{"if-none-match": MARK})[0].status_code == 304
    assert ask(range="bytes=7-", **{"if-match": '"another"'})[0].status_code == 412


def test_a_question_for_the_head_opens_no_file_and_tells_the_whole_length(ask):
    answer, body = ask("head", range="bytes=7-")
    assert (answer.status_code, body, answer["Content-Length"]) == (200, b"", str(SIZE))
    assert (answer["Accept-Ranges"], answer.streaming) == ("bytes", False)


def test_an_empty_file_has_no_part(ask):
    answer, body = ask(is_empty=True, range="bytes=0-")
    assert (answer.status_code, body) == (200, b"")
