"""Commands about the public log."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from lumbung.core.log import signing, verification
from lumbung.core.log.verification import Report
from lumbung.kernels import signed_notes
from lumbung.kernels.signed_notes import Note, NoteRejected

console = Console(stderr=True, soft_wrap=True)
SHOWN_FAULTS = 20


def register(application: typer.Typer) -> None:
    """Add the commands."""
    application.command()(verify)


def verify(
    checkpoint: Annotated[
        list[Path] | None, typer.Option(help="a checkpoint somebody outside kept; may be given more than once")
    ] = None,
) -> None:
    """Compute the whole public log from the stored bytes and compare. Exit code 1 when something does not fit."""
    report = verification.verify([_read(path) for path in checkpoint or ()])
    for fault in report.faults[:SHOWN_FAULTS]:
        console.print(f"[red]✗[/red] {fault}", highlight=False)
    if len(report.faults) > SHOWN_FAULTS:
        console.print(f"… {len(report.faults) - SHOWN_FAULTS} lagi / more")
    _tell(report)
    raise typer.Exit(1 if report.faults else 0)


def _read(path: Path) -> Note:
    try:
        return signed_notes.read_note(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, NoteRejected) as error:
        console.print(f"{path}: bukan titik periksa / not a checkpoint ({error})", markup=False)
        raise typer.Exit(2) from error


def _tell(report: Report) -> None:
    console.print(f"Catatan / entries: {report.size}; akar / root: {report.root.hex()}")
    if report.objects:
        console.print(
            f"Objek yang sidik digitalnya tercatat / objects whose fingerprints are recorded: {report.objects}"
        )
    if signing.has_key():
        console.print(f"Kunci catatan / log key: {signing.log_key().text}")
    if report.held_size:
        console.print(
            f"Setelah titik periksa {report.held_size}: {report.not_covered} catatan belum dijamin dari luar. / "
            f"After checkpoint {report.held_size}: {report.not_covered} entries are not covered from outside."
        )
    else:
        console.print(
            "Diuji terhadap titik periksa sendiri saja: beri --checkpoint milik pihak luar untuk pembuktian. / "
            "Compared with our own checkpoints only: give --checkpoint kept outside for proof."
        )
    fits = "Semua cocok. / Everything fits."
    console.print(f"[bold]{fits if not report.faults else 'Tidak cocok. / Does not fit.'}[/bold]")
