"""Every write of the verifiable log: places, tiles and checkpoints, witnesses, examinations."""

from lumbung.core.log.actions.examining import examine
from lumbung.core.log.actions.extending import extend
from lumbung.core.log.actions.witnesses import add_witness, end_witness, keep_cosignature

__all__ = ["add_witness", "end_witness", "examine", "extend", "keep_cosignature"]
