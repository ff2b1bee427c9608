"""Rows that all tests of a file read: written once, taken back when the file ends.

    @pytest.fixture(scope="module")
    def published(django_db_setup, django_db_blocker, tmp_path_factory):
        with shared_rows.written(django_db_blocker, play, LUMBUNG_DATASETS=tmp_path_factory.mktemp("datasets")) as made:
            yield made

What a test itself writes is taken back when it ends, as ever: its transaction stands inside this one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker


@contextmanager
def written(blocker: DjangoDbBlocker, by: Callable[[], Any], **settings: Any) -> Iterator[Any]:
    """Calls `by` with these settings, which stay until the end of the file; gives what it returned."""
    with override_settings(**settings):
        block = transaction.atomic()
        block._from_testcase = True  # as Django's TestCase says of its own: what may stand in no other may stand in it
        with blocker.unblock():
            block.__enter__()
            made = by()
        try:
            yield made
        finally:
            with blocker.unblock():
                transaction.set_rollback(True)
                block.__exit__(None, None, None)
