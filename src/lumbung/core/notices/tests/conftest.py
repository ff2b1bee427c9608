"""A topic and a transport for the tests of notices."""

import pytest

from lumbung.core.base.declarations import NoticeTopic
from lumbung.core.notices import registry

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def topic():
    registry.register(NoticeTopic("testing.barn", "the barn"))
    yield
    registry._topics.pop("testing.barn")


@pytest.fixture
def mail_leaves(settings):
    settings.LUMBUNG_MAIL_TRANSPORT = LOCMEM
