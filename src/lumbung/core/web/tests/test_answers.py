"""What every answer keeps to itself: caches between us and the reader, and our own log."""

import logging

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

CODE = "ABCDEFGHJKLMNPQR"


@pytest.mark.parametrize("address", ["/akun/login/", "/ksb/laporan/lacak/"])
def test_an_answer_that_hands_out_a_cookie_is_kept_by_no_shared_cache(people, address):
    answer = Client().get(address)
    assert answer.cookies
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        (f"/ksb/laporan/buka/{CODE}/", {"data": {"a": "b"}}),
        (f"/ksb/laporan/buka/{CODE}/", {"data": b"x" * 3_000_000, "content_type": "text/plain"}),
        (f"/ksb/laporan/tautan/{CODE}/", {"data": {"a": "b"}, "headers": {"host": f"{CODE}.jahat"}}),
    ],
)
def test_a_refused_request_leaves_no_secret_code_in_the_log(people, caplog, address, sent):
    caplog.set_level(logging.INFO)
    answer = Client(enforce_csrf_checks=True).post(address, **sent)
    assert answer.status_code in {400, 403}
    assert CODE not in caplog.text
    assert "Traceback" not in caplog.text
