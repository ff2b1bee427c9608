"""Whether the log still says what was written, computed from the stored bytes and nothing else; and whether the tables
still hold what the log says of them (`claims`: an enacted commitment, object by object).

What it finds: every change to what a checkpoint covers, ours or one somebody outside holds. What came after the newest
checkpoint held outside could have been rewritten together with everything that depends on it: that is said, not hidden.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lumbung.core.events import verification as access
from lumbung.core.events.models import EventRecord, LogLeaf, Waiting
from lumbung.core.log import claims, memory, signing
from lumbung.core.log.claims import Compared
from lumbung.core.log.models import Checkpoint, Tile
from lumbung.kernels import merkle, signed_notes
from lumbung.kernels.merkle_tiles import WIDTH
from lumbung.kernels.signed_notes import Note, NoteRejected

ROWS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit. `what` names the kind, `where` the object."""

    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(slots=True)
class Report:
    """What was found. `held_size` is the largest checkpoint from outside: later entries are not covered by it."""

    size: int = 0
    root: bytes = merkle.EMPTY_ROOT
    held_size: int = 0
    # Objects of other tables whose fingerprints the log holds.
    objects: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def not_covered(self) -> int:
        """Entries after the newest checkpoint from outside."""
        return max(0, self.size - self.held_size)


def verify(held: Sequence[Note] = (), *, older_than_key: bool = False) -> Report:
    """Everything that does not fit, against our own checkpoints and those somebody outside holds.

    older_than_key  the database may hold less than the key here has signed: a backup being restored
    """
    report = Report()
    known, outside = _stored_checkpoints(report), _held_checkpoints(held, report)
    if not older_than_key:
        _add_what_the_key_remembers(known, report)
    report.held_size = max(outside, default=0)
    _walk(report, known, outside)
    report.faults += _faults_of_waiting()
    report.faults += [Fault(f"{each.fault} (#{each.event_id})", each.name) for each in _compared(report)]
    return report


def _compared(report: Report) -> Iterator[Compared]:
    """The objects that are not as the log says; counts all that were compared."""
    for each in claims.compare_all():
        report.objects += 1
        if not each.matches:
            yield each


def faults(*, older_than_key: bool = False) -> Iterator[str]:
    """The faults of the log against its own checkpoints, and of the record of who opened what."""
    for fault in verify(older_than_key=older_than_key).faults:
        yield str(fault)
    yield from access.access_faults()


def _stored_checkpoints(report: Report) -> dict[int, bytes]:
    # A backup comes without its keys: the order is verified all the same, the signatures once the keys are back.
    key, roots = signing.log_key() if signing.has_key() else None, {}
    for size, root, text in Checkpoint.objects.order_by("size").values_list("size", "root", "note").iterator():
        roots[size] = bytes(root)
        fault = _fault_of_note(text, key, size, bytes(root)) if key else ""
        if fault:
            report.faults.append(Fault(fault, f"checkpoint {size}"))
    return roots


def _add_what_the_key_remembers(known: dict[int, bytes], report: Report) -> None:
    signed = memory.signed_last()
    if signed and known.setdefault(signed.size, signed.root) != signed.root:
        report.faults.append(Fault("the key has signed another root for this size", f"checkpoint {signed.size}"))


def _fault_of_note(text: str, key: signed_notes.Key, size: int, root: bytes) -> str:
    try:
        note = signed_notes.read_note(text)
        signed_notes.check_signed(note, key, signing.is_signed_by)
        said = signed_notes.read_checkpoint(note.text)
    except NoteRejected as rejected:
        return str(rejected)
    return "" if (said.size, said.root) == (size, root) else "the signed text tells another size or root"


def _held_checkpoints(held: Sequence[Note], report: Report) -> dict[int, bytes]:
    roots: dict[int, bytes] = {}
    if held and not signing.has_key():  # asking for the key would make a new one
        report.faults.append(Fault("log-signing.key is missing: put it back to check this", "held checkpoint"))
        return roots
    for note in held:
        try:
            signed_notes.check_signed(note, signing.log_key(), signing.is_signed_by)
            said = signed_notes.read_checkpoint(note.text)
        except NoteRejected as rejected:
            report.faults.append(Fault(str(rejected), "held checkpoint"))
            continue
        roots[said.size] = said.root
    return roots


def _walk(report: Report, known: Mapping[int, bytes], outside: Mapping[int, bytes]) -> None:
    frontier = merkle.Frontier()
    tiles = _stored_tiles()
    edge: list[bytes] = []
    for leaf in _leaves(report):
        frontier.add(leaf)
        edge.append(leaf)
        if len(edge) == WIDTH:
            _compare_tile(report, frontier.size // WIDTH - 1, edge, tiles)
            edge = []
        if frontier.size in known or frontier.size in outside:
            _compare_roots(report, frontier, known, outside)
    report.size, report.root = frontier.size, frontier.root()
    report.faults += [
        Fault("the log is shorter than this checkpoint: entries are gone", f"checkpoint {size}")
        for size in sorted({*known, *outside})
        if size > frontier.size
    ]


def _leaves(report: Report) -> Iterator[bytes]:
    """The hash of each entry from its stored bytes, in the order of the log, noting what does not fit."""
    rows = LogLeaf.objects.order_by("index").values_list(
        "index", "leaf_hash", "event__leaf_hash", "event__body", "event__key", "event__uid"
    )
    for expected, (index, leaf, stored, body, key, uid) in enumerate(rows.iterator(chunk_size=ROWS_AT_ONCE)):
        computed = merkle.leaf_hash(bytes(body))
        where = f"#{index} {key} {uid}"
        if index != expected:
            report.faults.append(Fault(f"entry {expected} is missing before it", where))
            return
        if not computed == bytes(stored) == bytes(leaf):
            report.faults.append(Fault("its bytes and its hash differ", where))
        yield computed


def _stored_tiles() -> dict[int, bytes]:
    return {number: bytes(root) for number, root in Tile.objects.filter(level=0).values_list("number", "root")}


def _compare_tile(report: Report, number: int, edge: Sequence[bytes], tiles: Mapping[int, bytes]) -> None:
    # A tile that is not closed yet is no fault: the job that closes tiles may stand between two transactions.
    if tiles.get(number, merkle.root_of(edge)) != merkle.root_of(edge):
        report.faults.append(Fault("differs from the entries it covers", f"tile 0/{number}"))


def _compare_roots(
    report: Report, frontier: merkle.Frontier, known: Mapping[int, bytes], outside: Mapping[int, bytes]
) -> None:
    root = frontier.root()
    for roots, whose in ((known, "checkpoint"), (outside, "held checkpoint")):
        if roots.get(frontier.size, root) != root:
            report.faults.append(
                Fault("an entry before it was changed, added, removed or moved", f"{whose} {frontier.size}")
            )


def _faults_of_waiting() -> list[Fault]:
    return [*_altered_while_waiting(), *_forgotten()]


def _altered_while_waiting() -> Iterator[Fault]:
    waiting = Waiting.objects.values_list("event__key", "event__uid", "event__body", "event__leaf_hash")
    for key, uid, body, stored in waiting.iterator():
        if merkle.leaf_hash(bytes(body)) != bytes(stored):
            yield Fault("its bytes and its hash differ", f"{key} {uid}")


def _forgotten() -> Iterator[Fault]:
    neither = EventRecord.objects.filter(leaf__isnull=True, waiting__isnull=True).values_list("key", "uid")
    for key, uid in neither.iterator():
        yield Fault("it has no place in the log and does not wait for one", f"{key} {uid}")
