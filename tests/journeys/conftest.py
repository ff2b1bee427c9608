"""A served demonstration, one Chromium for all stories, and visitors that close behind themselves."""

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.server import Server, serving, serving_a_copy
from tests.journeys.visitor import Visitor

ARGUMENTS = ["--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-gpu"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demonstration with a few reports, served by real processes."""
    with serving(tmp_path_factory.mktemp("journeys")) as started:
        yield started


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; CHROMIUM=/path chooses another."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Journeys need Chromium: install the package chromium, or pass CHROMIUM=/path/to/chromium."
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def turning(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A copy of the demonstration whose calendar a story may turn."""
    with serving_a_copy(server, tmp_path_factory.mktemp("turning") / "home") as started:
        yield started


@pytest.fixture(scope="session")
def looked_at() -> dict[tuple[object, ...], set[str]]:
    """What was looked at on each kind of screen: a page built the same is not looked at in every story again."""
    return defaultdict(set)


@pytest.fixture
def visitor(
    chromium: Browser, server: Server, looked_at: dict[tuple[object, ...], set[str]]
) -> Iterator[Callable[..., Visitor]]:
    """`visitor(screen=PHONE, name="wati")` opens a browser window; all are closed at the end.

    The heavy run (JOURNEY_LOOKS=every) looks at every page of every story and keeps pictures for people to look at.
    """
    opened: list[Visitor] = []
    looks_at_all = os.environ.get("JOURNEY_LOOKS") == "every"

    def visit(*, at: Server = server, **chosen: object) -> Visitor:
        kind = tuple(chosen.get(name) for name in ("screen", "scheme", "language", "javascript"))
        usual = {"pictures": looks_at_all, "seen": None if looks_at_all else looked_at[kind]}
        opened.append(partial(Visitor, chromium, at)(**{**usual, **chosen}))
        return opened[-1]

    yield visit
    for one in opened:
        one.leaves()
