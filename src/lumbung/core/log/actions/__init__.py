"""Every write of the verifiable log: places, tiles and checkpoints, witnesses, peers, examinations, a new beginning."""

from lumbung.core.log.actions.beginning import begin_anew
from lumbung.core.log.actions.examining import examine, note_refusal, note_signing_again
from lumbung.core.log.actions.extending import extend
from lumbung.core.log.actions.peers import add_peer, compare, end_peer, look_at_all, look_now, watch
from lumbung.core.log.actions.sending import send
from lumbung.core.log.actions.witnesses import add_witness, end_witness, keep_cosignature, move_witness
from lumbung.core.log.actions.witnessing import cosign_submitted

__all__ = [
    "add_peer",
    "add_witness",
    "begin_anew",
    "compare",
    "cosign_submitted",
    "end_peer",
    "end_witness",
    "examine",
    "extend",
    "keep_cosignature",
    "look_at_all",
    "look_now",
    "move_witness",
    "note_refusal",
    "note_signing_again",
    "send",
    "watch",
]
