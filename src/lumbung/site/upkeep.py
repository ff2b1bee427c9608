"""Commands that keep an installation alive: backup, restore, doctor, a new key."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from lumbung.core.base import clock
from lumbung.core.jobs import actions as jobs
from lumbung.site import reference, secret
from lumbung.site.backups import archives, checking, restoring, taking
from lumbung.site.backups.inventory import BackupRefused

console = Console(stderr=True, soft_wrap=True)
RESTORED_WITHOUT_KEYS = 4
SIGNS = {"good": "[green]✓[/]", "warning": "[yellow]![/]", "bad": "[red]✗[/]"}


def add_to(application: typer.Typer) -> None:
    """Give these commands to the command line."""
    application.command()(backup)
    application.command()(restore)
    application.command()(doctor)
    application.command(name="retry-jobs")(retry_jobs)
    application.command(name="new-key")(new_key)

    @application.command()
    def docs(verb: str = typer.Argument("write", help="write or check")) -> None:
        """Write docs/reference from what every part declares, or check that it is current."""
        names = reference.outdated(application) if verb == "check" else reference.write(application)
        for name in names:
            console.print(f"docs/reference/{name}")
        sys.exit(1 if names and verb == "check" else 0)


def backup(
    archive: Path | None = typer.Argument(None, help="file to write, or a folder; default: a dated name here"),  # noqa: B008
) -> None:
    """Write database, files and datasets into one archive, while the site is in use. Keys are not in it.

    Exit codes: 0 written; 1 failed, nothing written; 2 the file exists already.
    """
    now = clock.now()
    path = taking.archive_path(archive, now=clock.now().astimezone(clock.WITA))
    with _refusals(), _bar("Mencadangkan / backing up", taking.size_estimate()) as advance:
        taken = taking.take(path, now=now, advance=advance)
    held = taken.inventory
    console.print(
        f"{path} · {len(held.members)} berkas / files · {held.size_bytes / 2**20:.1f} MiB → "
        f"{path.stat().st_size / 2**20:.1f} MiB",
        soft_wrap=True,
    )
    console.print(
        f"[bold]Kunci TIDAK ada di dalamnya.[/] Salin {settings.LUMBUNG_KEYS} ke tempat lain; tanpa kunci, teks "
        f"tersegel tidak dapat dibuka.\n[bold]The keys are NOT in it.[/] Copy {settings.LUMBUNG_KEYS} to another "
        "place; without them sealed texts cannot be opened.",
        soft_wrap=True,
    )


def restore(archive: Path = typer.Argument(help="an archive made by `lumbung backup`")) -> None:  # noqa: B008
    """Bring an archive back into an empty LUMBUNG_HOME. Every hash and the public log are checked.

    Exit codes: 0 restored; 1 refused or failed; 2 home or database not empty, or no such file; 4 restored, but the
    keys it was sealed with are not in LUMBUNG_KEYS.
    """
    with _refusals():
        held = archives.read_inventory(archive)
        with _bar("Memulihkan / restoring", held.size_bytes) as advance:
            restored = restoring.restore(archive, say=lambda text: console.print(f"  {text}"), advance=advance)
    console.print(
        f"Pulih / restored: {restored.inventory.made_at}, {restored.events} peristiwa, catatan publik utuh / "
        "events, the public log adds up."
    )
    console.print(_about_the_log(restored), soft_wrap=True)
    if restored.keys in {"same", "none"}:
        return
    console.print(_about_keys(restored.keys), soft_wrap=True)
    sys.exit(RESTORED_WITHOUT_KEYS)


def _about_the_log(restored: restoring.Restored) -> str:
    lost = restored.signed - restored.covered
    if lost > 0:
        return (
            f"[bold]{lost} catatan publik yang sudah ditandatangani tidak ada di cadangan ini.[/] Log tidak akan "
            "menandatangani lagi. Pulihkan cadangan yang lebih baru; bila tidak ada: `lumbung new-log`.\n"
            f"[bold]{lost} entries of the public log that were signed are not in this backup.[/] The log will sign no "
            "more. Restore a newer backup; if there is none: `lumbung new-log`."
        )
    return (
        f"Titik periksa terakhir: {restored.covered} catatan. Sebelum melayani, mintalah titik periksa terakhir setiap "
        "saksi, lalu jalankan `lumbung verify --checkpoint BERKAS`.\n"
        f"Newest checkpoint: {restored.covered} entries. Before serving, ask every witness for its newest checkpoint "
        "and run `lumbung verify --checkpoint FILE`."
    )


def _about_keys(state: str) -> str:
    folder = settings.LUMBUNG_KEYS
    if state == "other":
        return (
            f"[bold]Kunci di {folder} bukan kunci cadangan ini.[/] Ganti dengan kunci yang benar sebelum menjalankan "
            f"server.\n[bold]The keys in {folder} are not those of this backup.[/] Replace them before serving."
        )
    return (
        f"[bold]Kunci belum ada.[/] Salin kunci lama ke {folder} (izin 0700, berkas 0600) sebelum menjalankan server; "
        "tanpa kunci, teks tersegel tidak dapat dibuka.\n"
        f"[bold]The keys are missing.[/] Copy the old ones to {folder} (mode 0700, files 0600) before serving; "
        "without them sealed texts cannot be opened."
    )


def doctor() -> None:
    """Look at disk, keys, database, public log, worker and jobs. Exit code 1 when something is bad."""
    table = Table("", "", "", "", show_header=False, box=None)
    states = set()
    for finding in checking.examine(now=clock.now()):
        states.add(finding.state)
        table.add_row(SIGNS[finding.state], finding.name, finding.found, finding.advice)
    Console(soft_wrap=True).print(table)
    sys.exit(1 if "bad" in states else 0)


def retry_jobs() -> None:
    """Put every job that gave up back on the queue, once the cause is gone."""
    count = jobs.try_again(now=clock.now())
    console.print(f"Dicoba lagi / tried again: {count}")


def new_key() -> None:
    """Print a new random value for LUMBUNG_SECRET_KEY."""
    print(secret.new_secret())


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except BackupRefused as refused:
        console.print(str(refused), markup=False, soft_wrap=True)
        sys.exit(refused.exit_code)
    except OSError as error:
        console.print(f"Gagal / failed: {error.strerror} ({error.filename or ''})", markup=False, soft_wrap=True)
        sys.exit(1)


@contextmanager
def _bar(title: str, total_bytes: int) -> Iterator[Callable[[int], None]]:
    columns = TextColumn("  {task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=total_bytes)
        yield lambda count: bar.advance(task, count)
