"""Adding and ending witnesses, and keeping what they sign."""

from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.log import permissions, queries, remote, signing
from lumbung.core.log.events import WitnessAdded, WitnessEnded, WitnessMoved
from lumbung.core.log.models import Checkpoint, Cosignature, Witness
from lumbung.kernels import signed_notes
from lumbung.kernels.signed_notes import NoteRejected

SUBJECT = "witness"
# The clock of a laptop may be off, but not by more.
CLOCKS_DIFFER_BY = timedelta(minutes=10)
# A witness that looks every minute is welcome; of a log that stands still one line an hour is kept for ever.
KEPT_EVERY = timedelta(hours=1)


def add_witness(*, key: str, title: str, kind: str, by: Viewer, now: datetime, address: str = "") -> Witness:
    """Let somebody outside stand as witness, known by the public key it sent us.

    address  where each new checkpoint is sent, for a witness that can be called; "" for one that looks for itself
    """
    actor = permissions.keeper(by)
    name, address = _name_of_a_new_witness(key), _address(address)
    facts = {"title": title, "kind": kind, "key": key.strip(), "address": address}
    with transaction.atomic():
        witness = _new_witness(Witness(name=name, since=clock.local_day(now), **facts))
        events.record(
            WitnessAdded(witness=name, witness_key=witness.key),
            subject_type=SUBJECT,
            subject_id=str(witness.pk),
            actor=actor,
            now=now,
        )
    return witness


def _address(text: str) -> str:
    address = text.strip().rstrip("/")
    if address and not remote.is_address(address):
        raise Refused(
            "address-malformed",
            _("An address of a witness looks like https://witness.example.org."),
            field="address",
        )
    return address


def _new_witness(witness: Witness) -> Witness:
    try:
        with transaction.atomic():
            witness.save(force_insert=True)
    except IntegrityError as error:  # the button was pressed twice
        raise _known(witness.name) from error
    return witness


def _known(name: str) -> Refused:
    return Refused(
        "witness-known",
        _("A witness named %(name)s is already here. A new key needs a new name."),
        field="key",
        name=name,
    )


def _name_of_a_new_witness(text: str) -> str:
    key = _read_key(text)
    if queries.witness_named(key.name) is not None:
        raise _known(key.name)
    if (
        key.public in {signing.log_key().public, signing.witness_key().public}
        or queries.witness_with_key(key.public) is not None
    ):
        raise Refused(
            "witness-key-in-use",
            _("This key is already in use under another name. Two witnesses with one key are one witness."),
            field="key",
        )
    return key.name


def _read_key(text: str) -> signed_notes.Key:
    try:
        key = signed_notes.read_key(text)
    except NoteRejected as rejected:
        raise Refused(
            "witness-key-malformed",
            _("This is not a witness key. Ask the witness for the line that begins with its name and a plus sign."),
            field="key",
        ) from rejected
    if key.kind != signed_notes.COSIGNATURE_KEY:
        raise Refused(
            "witness-key-of-a-log",
            _("This is the key of a log. Ask the witness for its cosignature key."),
            field="key",
        )
    return key


def end_witness(*, witness: Witness, by: Viewer, now: datetime) -> Witness:
    """Count a witness no longer; what it signed stays."""
    actor = permissions.keeper(by)
    with transaction.atomic():
        current = Witness.objects.select_for_update().get(pk=witness.pk)
        if current.ended_on is not None:
            raise Refused("witness-ended", _("This witness has already ended."))
        current.ended_on = clock.local_day(now)
        current.save(update_fields=["ended_on"])
        events.record(
            WitnessEnded(witness=current.name), subject_type=SUBJECT, subject_id=str(current.pk), actor=actor, now=now
        )
    return current


def move_witness(*, witness: Witness, address: str, by: Viewer, now: datetime) -> Witness:
    """Send checkpoints to another address from the next one on; "" for a witness that looks for itself."""
    actor, address = permissions.keeper(by), _address(address)
    with transaction.atomic():
        current = Witness.objects.select_for_update().get(pk=witness.pk)
        if current.ended_on is not None:
            raise Refused("witness-ended", _("This witness has already ended."))
        if current.address == address:
            return current
        current.address, current.sent_at, current.refusal = address, None, Witness.Refusal.NONE
        current.save(update_fields=["address", "sent_at", "refusal"])
        told = WitnessMoved(witness=current.name, address=address)
        events.record(told, subject_type=SUBJECT, subject_id=str(current.pk), actor=actor, now=now)
    return current


def keep_cosignature(*, note_text: str, now: datetime) -> list[Cosignature]:
    """Keep the cosignatures of known witnesses under one of our checkpoints.

    note_text  a signed note: one of our checkpoints with cosignature lines below, as C2SP writes it
    returns    what was kept, old and new; never empty
    """
    note = _read(note_text)
    checkpoint = _ours(note)
    found = [(witness, at) for witness in queries.witnesses_of_today() if (at := _cosigned(note, witness)) is not None]
    if not found:
        raise Refused("no-known-witness", _("No witness registered here has signed this checkpoint."))
    return [_keep(checkpoint, note, witness, at, now) for witness, at in found]


def _read(note_text: str) -> signed_notes.Note:
    try:
        return signed_notes.read_note(note_text)
    except NoteRejected as rejected:
        raise Refused("note-malformed", _("This is not a signed checkpoint.")) from rejected


def _ours(note: signed_notes.Note) -> Checkpoint:
    try:
        said = signed_notes.read_checkpoint(note.text)
    except NoteRejected as rejected:
        raise Refused("note-malformed", _("This is not a signed checkpoint.")) from rejected
    stored = queries.checkpoint_of(said.size)
    if stored is None or said.origin != signing.origin() or bytes(stored.root) != said.root:
        raise Refused(
            "checkpoint-not-ours", _("This log never signed such a checkpoint. If it did, keep yours as proof.")
        )
    return stored


def _cosigned(note: signed_notes.Note, witness: Witness) -> datetime | None:
    try:
        seconds = signed_notes.cosigned_at(note, signed_notes.read_key(witness.key), signing.is_signed_by)
        return datetime.fromtimestamp(seconds, tz=UTC)
    except (NoteRejected, OverflowError, ValueError, OSError):
        return None


def _keep(
    checkpoint: Checkpoint, note: signed_notes.Note, witness: Witness, at: datetime, now: datetime
) -> Cosignature:
    if at > now + CLOCKS_DIFFER_BY:
        raise Refused("cosigned-in-the-future", _("The clock of the witness is ahead by more than ten minutes."))
    newest = checkpoint.cosignatures.filter(witness=witness).first()
    if newest is not None and at < newest.at + KEPT_EVERY:
        return newest
    kept, _created = Cosignature.objects.get_or_create(
        checkpoint=checkpoint, witness=witness, at=at, defaults={"line": _line_of(note, witness, at)}
    )
    return kept


def _line_of(note: signed_notes.Note, witness: Witness, at: datetime) -> str:
    key, time = signed_notes.read_key(witness.key), int(at.timestamp()).to_bytes(signed_notes.TIME_BYTES, "big")
    lines = (one for one in note.signatures if (one.name, one.key_id) == (key.name, key.key_id))
    return next(one.line for one in lines if one.value.startswith(time))
