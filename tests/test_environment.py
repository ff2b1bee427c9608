"""The tests run in an environment of their own, and never in the folder of the demonstration."""

import tempfile

from django.conf import settings


def test_settings_are_those_of_the_test_environment():
    assert settings.LUMBUNG_ENV == "test"
    assert str(settings.LUMBUNG_HOME).startswith(tempfile.gettempdir())
