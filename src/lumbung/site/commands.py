"""What the command line can do. Each command is thin: it calls an action or a part of the site."""

import os
import sys
from datetime import datetime

import django
import typer
from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.db import DatabaseError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from lumbung.site import ports, serving

django.setup()

from lumbung.core.base import clock  # noqa: E402 - models load only after django.setup()
from lumbung.core.events import actions as log  # noqa: E402
from lumbung.core.files import actions as files  # noqa: E402
from lumbung.site import data_commands, demo, demo_calls, demo_photos, demo_story, log_commands, neighbour, upkeep  # noqa: E402

application = typer.Typer(name="lumbung", help="Lumbung: open government, from promise to proof.", no_args_is_help=True)
PORT = typer.Option(8000, envvar="PORT", min=1, max=65535, help="port on 127.0.0.1")
console = Console(stderr=True, soft_wrap=True)
upkeep.add_to(application)
data_commands.register(application)
log_commands.register(application)


@application.command()
def prepare() -> None:
    """Collect static files, compile translations and templates, make the faces of printed documents (run by `make`)."""
    from lumbung.core.web import compiled_templates, documents  # noqa: PLC0415
    from lumbung.site import translations  # noqa: PLC0415

    documents.fonts()
    translations.compile_all()
    compiled_templates.prepare()
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


@application.command()
def migrate() -> None:
    """Bring the database to the current structure."""
    call_command("migrate", interactive=False, verbosity=0)


@application.command(name="translations")
def keep_translations(verb: str = typer.Argument(help="update, check or compile")) -> None:
    """Collect, check or compile the Indonesian sentences of every part."""
    from lumbung.site import translations  # noqa: PLC0415

    if verb == "update":
        console.print(f"{translations.update_all()} kalimat belum diterjemahkan / sentences without Indonesian")
    elif verb == "compile":
        translations.compile_all()
    else:
        found = list(translations.problems())
        for problem in found:
            console.print(f"{problem.part}: {problem.msgid!r} {problem.what}")
        sys.exit(1 if found else 0)


@application.command()
def worker() -> None:
    """Run background jobs until stopped."""
    from lumbung.core.jobs import worker as jobs_worker  # noqa: PLC0415

    files.sweep_orphans(now=clock.now())
    jobs_worker.run_forever()


@application.command()
def serve(port: int = PORT) -> None:
    """Serve the site and run one worker; Ctrl-C stops both."""
    if settings.IS_PRODUCTION:
        _no_open_doors_or_stop()
    sys.exit(serving.serve(port=port))


def _no_open_doors_or_stop() -> None:
    try:
        doors = demo.open_doors()
    except DatabaseError:
        return  # the site itself says what is wrong with the database
    if doors:
        console.print(
            f"Akun contoh {doors[0]} memakai kata sandi yang diketahui umum: pakai LUMBUNG_HOME dan basis data baru. / "
            f"The demo account {doors[0]} has a password everyone knows: use a new LUMBUNG_HOME and database."
        )
        sys.exit(2)


@application.command(name="demo")
def load_demo(
    serve_after: bool = typer.Option(False, "--serve", help="serve when loaded"),  # noqa: FBT001
    port: int = PORT,
    reports: int = typer.Option(3000, help="how many synthetic reports"),
    datasets: int = typer.Option(999, help="how many of the datasets that agencies bring"),
    second: bool = typer.Option(False, "--second", help="with --serve: a second installation beside it, harvested"),  # noqa: FBT001
) -> None:
    """Load the demonstration once; with --serve, serve it."""
    if settings.LUMBUNG_ENV == "production":
        console.print("Mode contoh ditolak di LUMBUNG_ENV=production. / Demo mode is refused in production.")
        sys.exit(2)
    if serve_after and not ports.is_free(port):
        sys.exit(serving.say_port_is_taken(port))
    _writable_home_or_stop()
    call_command("migrate", interactive=False, verbosity=0)
    _load_once(reports, datasets)
    _print_accounts(port)
    if serve_after:
        sys.exit(serving.serve(port=port, guests=_guests(port) if second else ()))


def _guests(port: int) -> list[serving.Child]:
    """The second installation, and whoever introduces it to this one."""
    beside = neighbour.beside(port)
    # The server and the worker read it when they start: this one address of our own machine may be harvested.
    os.environ["LUMBUNG_HARVEST_INSIDE"] = ",".join([*settings.LUMBUNG_HARVEST_INSIDE, beside.socket])
    meeting = [sys.executable, "-m", "lumbung", "demo-meet", "--port", str(beside.port)]
    return [
        serving.Child("tetangga", beside.command, beside.port, environment=beside.environment, is_guest=True),
        serving.Child("perkenalan", meeting, port, ends_by_itself=True, is_guest=True),
    ]


@application.command(name="demo-neighbour")
def serve_neighbour(port: int = PORT) -> None:
    """Load and serve the second installation of the demonstration (run by demo --second)."""
    _writable_home_or_stop()
    call_command("migrate", interactive=False, verbosity=0)
    neighbour.load(now=clock.now(), say=console.print)
    sys.exit(serving.serve(port=port))


@application.command(name="demo-meet")
def meet_neighbour(port: int = PORT) -> None:
    """Let the demonstration harvest the second installation (run by demo --second)."""
    neighbour.meet(neighbour.Neighbour(settings.LUMBUNG_HOME / neighbour.FOLDER, port), say=console.print)


def _load_once(reports: int, datasets: int) -> None:
    loaded, begun = settings.LUMBUNG_HOME / ".demo-loaded", settings.LUMBUNG_HOME / ".demo-begun"
    if loaded.exists():
        demo.renew(now=clock.now())
        return
    if not begun.exists() or not begun.read_text():
        begun.write_text(f"{clock.now().isoformat()} {reports} {datasets}")
    # The stories hang on the moment they were begun: an interrupted load goes on with the same ones.
    # One begun by an earlier release does not say how many datasets it wants.
    moment, count, *brought = begun.read_text().split()
    _load_with_progress(int(count), int(brought[0]) if brought else datasets, datetime.fromisoformat(moment))
    loaded.touch()
    begun.unlink()


def _load_with_progress(reports: int, datasets: int, now: datetime) -> None:
    demo.load(now=now, say=lambda text: console.print(f"  {text}"))
    columns = TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Laporan contoh / synthetic reports", total=reports)
        demo_story.play(count=reports, now=now, progress=lambda done: bar.advance(task, done))
        task = bar.add_task("Dataset contoh / datasets", total=demo.count_datasets(datasets))
        demo.play_datasets(most=datasets, now=now, progress=lambda done: bar.advance(task, done))
    demo_photos.play(now=now)
    demo.play_plan(now=now, say=lambda text: console.print(f"  {text}"))
    if address := demo_calls.play(now=clock.now()):
        console.print(f"  Seorang pelapor menunggu telepon balik / a reporter waits for a call back: {address}")
    demo.publish(now=now, say=lambda text: console.print(f"  {text}"))
    while log.sequence(today=clock.local_day(clock.now())):
        pass


def _writable_home_or_stop() -> None:
    home = settings.LUMBUNG_HOME
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / ".writable").touch()
    except OSError:
        console.print(
            f"Folder {home} tidak dapat ditulisi: beri LUMBUNG_HOME=/folder/lain. / "
            f"{home} is not writable: set LUMBUNG_HOME to another folder."
        )
        sys.exit(1)


def _print_accounts(port: int) -> None:
    print(f"\nhttp://127.0.0.1:{port}/  ·  kata sandi / password: {demo.PASSWORD}")
    table = Table()
    for column in ("E-mail", "Peran / role"):
        table.add_column(column)
    for account in demo.ACCOUNTS:
        table.add_row(account.email, account.name)
    Console().print(table)


@application.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context) -> None:
    """Run one of Django's own commands, for engineers."""
    execute_from_command_line(["lumbung manage", *context.args])
