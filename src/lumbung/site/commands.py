"""What the command line can do. Each command is thin: it calls an action or a part of the site."""

import sys

import django
import typer
from django.core.management import call_command, execute_from_command_line
from rich.console import Console

from lumbung.site import serving

django.setup()

application = typer.Typer(name="lumbung", help="Lumbung: open government, from promise to proof.", no_args_is_help=True)
console = Console(stderr=True)


@application.command()
def prepare() -> None:
    """Collect static files and compile translations (run by `make`)."""
    from lumbung.site import translations  # noqa: PLC0415

    translations.compile_all()
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


@application.command()
def migrate() -> None:
    """Bring the database to the current structure."""
    call_command("migrate", interactive=False, verbosity=0)


@application.command()
def worker() -> None:
    """Run background jobs until stopped."""
    from lumbung.core.jobs import worker as jobs_worker  # noqa: PLC0415

    jobs_worker.run_forever()


@application.command()
def serve(port: int = typer.Option(8000, envvar="PORT", help="port on 127.0.0.1")) -> None:
    """Serve the site and run one worker; Ctrl-C stops both."""
    sys.exit(serving.serve(port=port))


@application.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context) -> None:
    """Run one of Django's own commands, for engineers."""
    execute_from_command_line(["lumbung manage", *context.args])
