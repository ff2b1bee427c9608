"""Retryable entry points of the log."""

from lumbung.core.base import clock
from lumbung.core.log import actions, queries
from lumbung.core.log.actions.extending import LogForked


def extend() -> None:
    """Give every waiting event its place and sign what the log has become."""
    now = clock.now()
    try:
        actions.extend(now=now)
    except LogForked as forked:
        actions.note_refusal(fault=forked.fault, now=now)
        raise
    actions.note_signing_again(now=now)


def watch_peers() -> None:
    """Look at every installation we watch, each in a job of its own."""
    actions.look_at_all(now=clock.now())


def watch_peer(peer_id: int) -> None:
    """Compare one installation's log with what it said before, and cosign it if it only grew."""
    peer = queries.peer(peer_id)
    if peer is not None:
        actions.watch(peer=peer, now=clock.now())


def send_checkpoint(witness_id: int) -> None:
    """Send the newest checkpoint to one witness and keep its signature."""
    witness = queries.witness(witness_id)
    if witness is not None:
        actions.send(witness=witness, now=clock.now())


def examine() -> None:
    """Compute the whole log anew from the stored bytes."""
    actions.examine(now=clock.now())
