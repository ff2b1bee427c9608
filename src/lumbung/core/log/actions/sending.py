"""Sending each new checkpoint to the witnesses that can be called: C2SP tlog-witness. Others look for themselves."""

from datetime import datetime, timedelta

from lumbung.core.base.errors import Refused
from lumbung.core.jobs import actions as jobs
from lumbung.core.log import queries, remote
from lumbung.core.log.actions.witnesses import keep_cosignature
from lumbung.core.log.models import Checkpoint, Witness
from lumbung.core.log.remote import Answer, Unreachable
from lumbung.kernels import witness_requests
from lumbung.kernels.witness_requests import Request, RequestRejected

SEND = "log.send_checkpoint"
# One that did not take it is not asked again at every checkpoint.
AGAIN_AFTER = timedelta(minutes=5)
Refusal = Witness.Refusal
REFUSALS = {403: Refusal.UNTRUSTED, 404: Refusal.UNKNOWN, 409: Refusal.OTHER_TREE, 422: Refusal.UNPROVEN}


def send_to_all(*, now: datetime) -> None:
    """Put the sending to each witness with an address on the queue, in the transaction that signs."""
    for witness in queries.witnesses_of_today():
        is_waiting = bool(witness.refusal) and witness.sent_at is not None and now < witness.sent_at + AGAIN_AFTER
        if witness.address and not is_waiting:
            jobs.enqueue(SEND, now=now, witness_id=witness.pk)


def send(*, witness: Witness, now: datetime) -> Witness:
    """Send the newest checkpoint with the proof from what this witness cosigned last, and keep its line."""
    checkpoint = queries.newest_checkpoint()
    if checkpoint is None or witness.ended_on is not None or not witness.address:
        return witness
    refusal = _send(witness, checkpoint, now)
    Witness.objects.filter(pk=witness.pk).update(sent_at=now, refusal=refusal)
    return Witness.objects.get(pk=witness.pk)


def _send(witness: Witness, checkpoint: Checkpoint, now: datetime) -> Refusal:
    try:
        answer = _ask(witness, queries.size_cosigned_by(witness), checkpoint)
        if answer.status == 409 and answer.kind == witness_requests.SIZE_TYPE:
            known = witness_requests.read_size(answer.text)
            if known > checkpoint.size:  # it has seen a newer one meanwhile, and we shall hear of it next time
                return Refusal.NONE if known <= queries.leaf_count() else Refusal.OTHER_TREE
            answer = _ask(witness, known, checkpoint)
        if answer.status != 200:
            return REFUSALS.get(answer.status, Refusal.MALFORMED)
        note = queries.signed_note(checkpoint) + witness_requests.read_lines(answer.text)
        kept = keep_cosignature(note_text=note, now=now)
    except Unreachable:
        return Refusal.UNREACHABLE
    except (RequestRejected, Refused):
        return Refusal.MALFORMED
    return Refusal.NONE if any(one.witness_id == witness.pk for one in kept) else Refusal.MALFORMED


def _ask(witness: Witness, old_size: int, checkpoint: Checkpoint) -> Answer:
    proof = queries.consistency_proof(old_size, checkpoint.size) if 0 < old_size < checkpoint.size else ()
    asked = str(Request(old_size, tuple(proof), checkpoint.note))
    return remote.ask_witness(witness.address, asked, most=witness_requests.MAX_NOTE_BYTES)
