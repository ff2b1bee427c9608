"""Answers that take long: places for them, so that one thread stays for pages."""

import pytest
from django.http import StreamingHttpResponse

from lumbung.core.base.errors import TooMany
from lumbung.core.files import sending

pytestmark = pytest.mark.django_db  # whoever closes an answer looks after the connections too


def sent():
    with sending.place() as place:
        return StreamingHttpResponse(place.until_sent(iter([b"a", b"b"])))


def free():
    """How many places could be had now."""
    taken = 0
    while sending.PLACES.acquire(blocking=False):
        taken += 1
    for _each in range(taken):
        sending.PLACES.release()
    return taken


def test_a_place_is_held_until_the_answer_is_sent():
    answers = [sent() for _each in range(sending.THREADS - 1)]
    with pytest.raises(TooMany) as refused:
        sent()
    assert refused.value.retry_after_seconds == sending.RETRY_SECONDS
    assert str(sending.RETRY_SECONDS) in refused.value.sentence
    assert b"".join(answers[0].streaming_content) == b"ab"
    answers[0].close()
    answers[0].close()
    assert free() == 1
    for answer in answers:
        answer.close()


def test_a_reader_who_goes_gives_the_place_back():
    answer = sent()
    next(iter(answer.streaming_content))
    assert free() == sending.THREADS - 2
    answer.close()
    assert free() == sending.THREADS - 1


def test_an_answer_that_could_not_be_made_holds_nothing():
    with pytest.raises(ValueError, match="broken"), sending.place():
        raise ValueError("broken")
    assert free() == sending.THREADS - 1


def test_an_answer_dropped_before_it_is_sent_holds_nothing():
    sent()
    assert free() == sending.THREADS - 1
