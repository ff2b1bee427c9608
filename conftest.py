"""Where tests keep their things, and which database they run on."""

import os
import shutil
import tempfile
import uuid
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="lumbung-test-"))
os.environ.update(LUMBUNG_ENV="test", LUMBUNG_HOME=str(HOME), DJANGO_SETTINGS_MODULE="lumbung.site.settings")
os.environ.pop("PORT", None)


import django  # noqa: E402 - settings must be chosen before Django is imported
import hypothesis  # noqa: E402
import pytest  # noqa: E402
from django.conf import settings  # noqa: E402
from django.utils import translation  # noqa: E402

# The same examples in every quick run, so that nobody's change fails by another's luck; the heavy run draws new ones.
hypothesis.settings.register_profile("alike", deadline=None, derandomize="TEST_NEW_EXAMPLES" not in os.environ)
hypothesis.settings.load_profile("alike")

# Named in pyproject.toml instead, the settings would be read before this file has chosen the environment.
django.setup()
settings.PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]


@pytest.hookimpl(tryfirst=True)  # before -m looks at the markers
def pytest_collection_modifyitems(items):
    """Says by folder and file name which tests `make test` asks of which database (CONTRIBUTING.md)."""
    for item in items:
        part = next((name for name in ("core", "modules") if f"/lumbung/{name}/" in str(item.path)), "")
        if part and item.get_closest_marker("django_db") and not _stays_on_sqlite(item.path.stem):
            item.add_marker("core_rule" if part == "core" else "module_rule")


def _stays_on_sqlite(stem):
    """Pages stand on the actions and queries; the two others play whole stages and weeks through the same actions."""
    return stem == "test_pages" or stem.endswith("_pages") or stem in {"test_requirements", "test_the_week"}


def pytest_unconfigure():
    """Leave nothing behind in the temporary folder; each process of pytest-xdist has a home of its own."""
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Called before the test databases are made and left when they are gone."""
    from tests import migrated  # noqa: PLC0415

    with migrated.begun_with():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """One database for the session, with the demonstration's regions, agencies, portals and accounts in it."""
    from tests import cast, houses  # noqa: PLC0415

    from lumbung.core.jobs import runner  # noqa: PLC0415

    with django_db_blocker.unblock():
        houses.keep_empty(HOME)
        cast.assemble()
        runner.run_due()  # else every test that runs what is due would first recount seven years of calendar


@pytest.fixture(autouse=True)
def a_key_that_has_signed_nothing(settings):
    """Each test's database begins anew, and what was signed is remembered outside it: in a file of the test's own."""
    settings.LUMBUNG_LOG_MEMORY = HOME / f"log-signed-{uuid.uuid4().hex}.json"


@pytest.fixture(autouse=True)
def a_language_that_ends_with_its_test():
    """A page in English leaves English behind in its thread; the next test begins in Indonesian again."""
    yield
    translation.deactivate()


@pytest.fixture
def people(db):
    """The cast, by name; it has been there since the session began."""
    from tests import cast  # noqa: PLC0415

    return cast.named()


@pytest.fixture(scope="session")
def house(tmp_path_factory, django_db_setup):
    """A second installation with a real database; its tests leave rows behind, so each uses names of its own."""
    from tests import houses  # noqa: PLC0415

    return houses.build(tmp_path_factory.mktemp("house"), kept_in=HOME)
