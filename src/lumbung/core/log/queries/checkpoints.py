"""Checkpoints, who signed under them, who watches, and what was found when the whole log was computed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q

from lumbung.core.base import clock
from lumbung.core.events.models import LogLeaf
from lumbung.core.log import eras, faults
from lumbung.core.log.models import Checkpoint, Cosignature, Examination, Witness
from lumbung.kernels import signed_notes

# A witness that did not sign for this long is shown as silent.
SILENT_AFTER = timedelta(days=2)


def checkpoint_with_root(root: bytes) -> Checkpoint | None:
    """The checkpoint that signed this root, as papers print it."""
    return Checkpoint.objects.filter(root=root).order_by("size").first()


def leaf_count() -> int:
    """How many entries have their place."""
    last = LogLeaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def newest_checkpoint() -> Checkpoint | None:
    """The checkpoint of the largest size."""
    return Checkpoint.objects.first()


def checkpoint_of(size: int) -> Checkpoint | None:
    """The checkpoint signed at one size."""
    return Checkpoint.objects.filter(size=size).first()


def newest_cosigned_checkpoint() -> Checkpoint | None:
    """The largest checkpoint a witness has signed."""
    # From the cosignatures: from the checkpoints, a log no witness watches would be read to its beginning.
    # Of those under an earlier name none: the key people hold now has not signed them.
    ours = Cosignature.objects.filter(witness__ended_on=None, checkpoint_id__gt=eras.boundary())
    cosigned = ours.order_by("-checkpoint_id")
    newest = cosigned.select_related("checkpoint").first()
    return newest.checkpoint if newest else None


def signed_note(checkpoint: Checkpoint) -> str:
    """The checkpoint with our signature and the newest line of each witness under it."""
    return checkpoint.note + "".join(cosignature.line for cosignature in cosignatures_under(checkpoint))


def witnesses_of_today() -> list[Witness]:
    """Who may cosign."""
    return list(Witness.objects.filter(ended_on=None))


def size_cosigned_by(witness: Witness) -> int:
    """The largest checkpoint of ours that a witness has cosigned, as far as we were told; 0 when none."""
    newest = Cosignature.objects.filter(witness=witness).order_by("-checkpoint_id").first()
    return newest.checkpoint_id if newest else 0


def witness(witness_id: int) -> Witness | None:
    """One witness, of today or of the past."""
    return Witness.objects.filter(pk=witness_id).first()


def witness_named(name: str) -> Witness | None:
    """A witness of today or of the past by the name in its key."""
    return Witness.objects.filter(name=name).first()


def witness_of_today(line: str) -> Witness | None:
    """The witness that counts today with this very line as its key."""
    return Witness.objects.filter(key=line.strip(), ended_on=None).first()


def witness_with_key(public: bytes) -> Witness | None:
    """A witness of today or of the past by the 32 bytes of its public key, under whatever name."""
    known = ((one, signed_notes.read_key(one.key).public) for one in Witness.objects.all())
    return next((one for one, key in known if key == public), None)


@dataclass(frozen=True, slots=True)
class WitnessState:
    """A witness and how far it has looked."""

    witness: Witness
    newest: Cosignature | None
    is_silent: bool


def witness_states(now: datetime) -> list[WitnessState]:
    """Every witness, those of today first, with its newest cosignature."""
    states = []
    for witness in Witness.objects.order_by("ended_on", "name"):
        newest = witness.cosignatures.select_related("checkpoint").first()
        seen = newest.at if newest else datetime.combine(witness.since, time(), tzinfo=clock.WITA)
        states.append(WitnessState(witness, newest, witness.ended_on is None and now - seen > SILENT_AFTER))
    return states


def newest_examination() -> Examination | None:
    """The last time the whole log was computed anew."""
    return Examination.objects.exclude(_about_signing()).first()


def newest_refusal() -> str:
    """What stops the log from being signed right now, as it is kept (`faults.told`); empty when nothing does."""
    kept = Examination.objects.filter(_about_signing()).values_list("fault", flat=True).first() or ""
    return "" if kept == faults.SIGNS_AGAIN else kept


def _about_signing() -> Q:
    found = Q(fault=faults.SIGNS_AGAIN)
    for code in sorted(faults.STOPS_SIGNING):
        found |= Q(fault__startswith=f"{code} ")
    return found


def cosignatures_under(checkpoint: Checkpoint) -> list[Cosignature]:
    """Who signed under a checkpoint, the newest of each witness."""
    newest: dict[int, Cosignature] = {}
    for cosignature in checkpoint.cosignatures.filter(witness__ended_on=None).select_related("witness").order_by("at"):
        newest[cosignature.witness_id] = cosignature
    return list(newest.values())


def best_checkpoint_for(index: int) -> Checkpoint | None:
    """The checkpoint to prove an entry with: the newest a witness signed if it covers the entry, else the newest."""
    for checkpoint in (newest_cosigned_checkpoint(), newest_checkpoint()):
        if checkpoint is not None and index < checkpoint.size:
            return checkpoint
    return None
