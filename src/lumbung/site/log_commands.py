"""Commands about the public log."""

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import override
from rich.console import Console

from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.log import actions, faults, queries, signing, verification
from lumbung.core.log.verification import Report
from lumbung.kernels import signed_notes
from lumbung.kernels.signed_notes import Note, NoteRejected

console = Console(stderr=True, soft_wrap=True)
SHOWN_FAULTS = 20


def register(application: typer.Typer) -> None:
    """Add the commands."""
    application.command()(verify)
    application.command(name="new-log")(new_log)


def verify(
    checkpoint: Annotated[
        list[Path] | None, typer.Option(help="a checkpoint somebody outside kept; may be given more than once")
    ] = None,
    every_signature: Annotated[  # noqa: FBT002 - typer reads a flag from the default
        bool, typer.Option("--every-signature", help="check each of our own signatures, 0.13 ms each, not a share")
    ] = False,
) -> None:
    """Compute the whole public log from the stored bytes and compare. Exit code 1 when something does not fit.

    Every root is compared. Of our own signatures the newest, those a witness cosigned, and a share that changes
    from day to day are checked, unless all are asked for.
    """
    held, turn = [_read(path) for path in checkpoint or ()], clock.local_day(clock.now()).toordinal()
    report = verification.verify(held, turn=turn, every_signature=every_signature)
    for fault in report.faults[:SHOWN_FAULTS]:
        with override("id"):
            console.print(f"[red]✗[/red] {faults.told(fault.stored)} / {fault}", highlight=False)
    for fault in report.earlier[:SHOWN_FAULTS]:
        console.print(f"[yellow]![/yellow] sejak log sebelumnya / since the old log: {fault}", highlight=False)
    if len(report.faults) > SHOWN_FAULTS:
        console.print(f"… {len(report.faults) - SHOWN_FAULTS} lagi / more")
    _tell(report)
    raise typer.Exit(1 if report.faults else 0)


def new_log(
    reason: Annotated[str, typer.Option(help="why, in one sentence: it stays in the public log for ever")],
    checkpoint: Annotated[
        Path | None, typer.Option(help="the newest checkpoint of the old log that somebody outside kept")
    ] = None,
    old_key: Annotated[str, typer.Option(help="public line of the old key, where the key itself is lost")] = "",
) -> None:
    """Begin the public log anew after signed entries or the key were lost. Stop the server first.

    Needs a new name in LUMBUNG_LOG_ORIGIN. Makes a new key and writes into the new log why it began and what the old
    one last signed; the page of the public log shows it for ever. Exit codes: 0 begun; 1 refused, nothing changed.
    """
    held = _read(checkpoint) if checkpoint else None
    try:
        begun = actions.begin_anew(reason=reason, held=held, old_key=old_key, now=clock.now())
    except Refused as refused:
        with override("id"):
            console.print(f"{refused.sentence}", markup=False)
        with override("en"):
            console.print(f"{refused.sentence}", markup=False)
        raise typer.Exit(1) from refused
    console.print(f"Log baru / new log: {begun.origin}\nKunci / key: {begun.key}", markup=False)
    console.print(
        f"Log lama / old log: {begun.previous_origin}, {begun.previous_size} catatan / entries, "
        f"{begun.previous_root_hex}",
        markup=False,
    )
    console.print("Beri tahu sekarang, dengan kunci baru / tell these now, with the new key:")
    for one in queries.witnesses_of_today():
        console.print(f"  {one.title} ({one.name})", markup=False)
    for peer in queries.peers_of_today():
        console.print(f"  {peer.title} ({peer.origin})", markup=False)


def _read(path: Path) -> Note:
    try:
        return signed_notes.read_note(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, NoteRejected) as error:
        console.print(f"{path}: bukan titik periksa / not a checkpoint ({error})", markup=False)
        raise typer.Exit(2) from error


def _tell_untold(untold: list[str]) -> None:
    """What an earlier version of the software did not write down cannot be compared. It is no fault."""
    console.print(
        "Tidak dapat dibandingkan seluruhnya, karena versi terdahulu tidak mencatatnya; bukan kesalahan / "
        f"cannot be compared in full, as an earlier version did not record it; no fault: {len(untold)}"
    )
    for each in untold[:SHOWN_FAULTS]:
        console.print(f"  {each}", markup=False, highlight=False)


def _tell(report: Report) -> None:
    console.print(f"Catatan / entries: {report.size}; akar / root: {report.root.hex()}")
    if report.objects:
        console.print(
            f"Dibandingkan dengan catatan / compared with the log: {report.texts} naskah / texts,"
            f" {report.rows} baris / rows"
        )
    if report.untold:
        _tell_untold(report.untold)
    console.print(f"Tanda tangan sendiri yang diperiksa / own signatures checked: {report.signatures}")
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
