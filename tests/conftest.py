"""Real installations for tests that start real processes."""

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import demonstration
from tests.installation import Installation, new_database


@pytest.fixture(scope="session")
def prepared_installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A small demonstration, loaded once; tests take copies of it."""
    home = tmp_path_factory.mktemp("prepared")
    url = os.environ.get("DATABASE_URL", "")
    made = Installation(home, new_database(url) if url else "")
    demonstration.brought_to(home, made.environment)
    return made


@pytest.fixture
def installation(prepared_installation: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A demonstration of one's own, not served yet; whatever it started is ended afterwards."""
    made = prepared_installation.copy(tmp_path / "home")
    yield made
    for pid in made.processes():
        with contextlib.suppress(ProcessLookupError):  # it may end by itself between the two lines
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def served(installation: Installation) -> Installation:
    """The same, served by real processes."""
    installation.start()
    return installation
