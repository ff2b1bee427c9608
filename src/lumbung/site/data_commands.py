"""Commands about published tables."""

import typer
from rich.console import Console

from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.datasets import actions, queries, registry
from lumbung.core.indicators import actions as indicators
from lumbung.modules.open_data.actions import harvesting, row_copies, workbooks
from lumbung.modules.open_data.models import HarvestRun, HarvestSource
from lumbung.modules.open_data.queries import harvest_words, harvests

console = Console(stderr=True)


def register(application: typer.Typer) -> None:
    """Add the commands."""
    application.command()(publish)
    application.command()(withdraw)
    application.command()(harvest)
    application.command()(copies)


def publish(
    dataset: str = typer.Argument("", help="key of one table; empty: all"),
    place: str = typer.Option("", help="region code, e.g. 52.07; empty: all"),
) -> None:
    """Publish tables that changed and compute their indicators; also the way on after a withdrawal."""
    keys = [dataset] if dataset else [each.key for each in registry.all_datasets()]
    if dataset and not registry.is_registered(dataset):
        console.print(f"Dataset {dataset} tidak dikenal / unknown; {', '.join(d.key for d in registry.all_datasets())}")
        raise typer.Exit(2)
    for key in keys:
        for code in registry.get(key).places():
            if place in {"", code}:
                _publish_one(key, code)


def _publish_one(key: str, place: str) -> None:
    now = clock.now()
    version = actions.publish_at_the_console(dataset_key=key, place=place, now=now)
    indicators.compute_for_version(version=version, now=now)
    console.print(f"{key} {place}: versi / version {version.number}, {version.row_count} baris / rows")


def withdraw(
    dataset: str = typer.Argument(help="key of the table"),
    place: str = typer.Argument(help="region code, e.g. 52.07"),
    number: int = typer.Argument(help="number of the version"),
    reason: str = typer.Option(help="public reason, without the data itself"),
) -> None:
    """Withdraw a version to protect privacy: the bytes go, hashes and reason stay."""
    version = queries.version(dataset, place, number)
    if version is None:
        console.print("Versi tidak ditemukan / no such version")
        raise typer.Exit(2)
    try:
        actions.withdraw_at_the_console(version=version, reason=reason, now=clock.now())
    except Refused as refused:
        console.print(refused.sentence)
        raise typer.Exit(1) from refused
    console.print(f"{version}: ditarik / withdrawn")


def harvest(source: str = typer.Argument("", help="short name of one portal that is harvested; empty: all")) -> None:
    """Harvest other portals now and tell what was found. A run that was killed goes on where it was.

    Exit codes: 0 every run finished; 1 one broke off or waits for a steward; 2 no such portal.
    """
    found = list(harvests.sources_by_key(source))
    if source and not found:
        console.print(f"Sumber {source} tidak dikenal atau dijeda / unknown or paused")
        raise typer.Exit(2)
    states = [_harvest_one(each) for each in found]
    if any(state != HarvestRun.State.DONE for state in states):
        raise typer.Exit(1)


def _harvest_one(source: HarvestSource) -> str:
    run = harvesting.begin_run(source=source, by=None, now=clock.now())
    number = 0
    while run.state == HarvestRun.State.OPEN and run.step != number:
        number = run.step
        run = harvesting.step(run_id=str(run.pk), number=number, now=clock.now()) or run
        if run.attempts:  # tried again later, by the worker
            break
    console.print(f"{source.key}: {' '.join(harvest_words.report(run))}")
    return str(run.state)


def copies() -> None:
    """Make the copies of open tables that are missing (fast pages, SQL, Excel), and take needless ones away.

    Exit codes: 0 every copy is there; 1 some could not be made.
    """
    now = clock.now()
    made = [*row_copies.make_missing(now=now), *workbooks.make_missing(now=now)]
    failed = [each for each in made if each.failed]
    for each in failed:
        console.print(f"{each.target.name}: gagal / failed ({each.failed})")
    console.print(f"{len(made) - len(failed)} salinan dibuat / copies made")
    if failed:
        raise typer.Exit(1)
