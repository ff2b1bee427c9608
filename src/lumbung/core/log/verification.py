"""Whether the log still says what was written, computed from the stored bytes and nothing else; and whether the tables
still hold what the log says of them (`claims`: an enacted commitment, object by object).

What it finds: every change to what a checkpoint covers, ours or one somebody outside holds. What came after the newest
checkpoint held outside could have been rewritten together with everything that depends on it: that is said, not hidden.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lumbung.core.events import verification as access
from lumbung.core.events.models import EventRecord, LogLeaf, Waiting
from lumbung.core.log import claims, eras, memory, signing
from lumbung.core.log import faults as faults_of
from lumbung.core.log.claims import Compared
from lumbung.core.log.eras import Era
from lumbung.core.log.faults import Fault
from lumbung.core.log.models import Checkpoint, Cosignature, Tile
from lumbung.kernels import merkle, signed_notes
from lumbung.kernels.merkle_tiles import WIDTH
from lumbung.kernels.signed_notes import Key, Note, NoteRejected

ROWS_AT_ONCE = 5000
SIGNATURES_A_NIGHT = 2000


@dataclass(slots=True)
class Report:
    """What was found. `held_size` is the largest checkpoint from outside: later entries are not covered by it."""

    size: int = 0
    root: bytes = merkle.EMPTY_ROOT
    held_size: int = 0
    # Texts of other tables whose fingerprints the log holds, and rows it tells of fact by fact.
    texts: int = 0
    rows: int = 0
    # Objects of which the log does not tell everything, with what is missing: events of an earlier version. No faults.
    untold: list[str] = field(default_factory=list)
    # How many of our own signatures were checked this time.
    signatures: int = 0
    faults: list[Fault] = field(default_factory=list)
    # What is known to be lost since an earlier name of this log.
    earlier: list[Fault] = field(default_factory=list)

    @property
    def objects(self) -> int:
        """Everything beside the log that was compared with it."""
        return self.texts + self.rows

    @property
    def not_covered(self) -> int:
        """Entries after the newest checkpoint from outside."""
        return max(0, self.size - self.held_size)


def verify(
    held: Sequence[Note] = (), *, older_than_key: bool = False, turn: int = 0, every_signature: bool = False
) -> Report:
    """Everything that does not fit, against our own checkpoints and those somebody outside holds.

    older_than_key   the database may hold less than the key here has signed: a backup being restored
    turn             which of our signatures are checked this time: a number that changes, such as the day
    every_signature  check all of them: 0.13 ms each, and a year has up to half a million
    """
    report, names = Report(), eras.eras()
    known = _stored_checkpoints(report, names, turn=turn, every=every_signature)
    outside = _held_checkpoints(held, report, names)
    if not older_than_key:
        _add_what_the_key_remembers(known, report)
    report.held_size = max(outside, default=0)
    _walk(report, known, outside)
    report.faults += _faults_of_waiting()
    report.faults += [each.as_fault for each in _compared(report)]
    return report


def _compared(report: Report) -> Iterator[Compared]:
    """The objects that are not as the log says; counts all that were compared, and names what could not be."""
    for each in claims.compare_texts():
        report.texts += 1
        yield from _found(each, report)
    for each in claims.compare_every_row():
        report.rows += 1
        yield from _found(each, report)


def _found(each: Compared, report: Report) -> Iterator[Compared]:
    if each.untold:
        report.untold.append(f"{each.name} ({', '.join(each.untold)})")
    if not each.matches:
        yield each


def faults(*, older_than_key: bool = False) -> Iterator[str]:
    """The faults of the log against its own checkpoints, and of the record of who opened what."""
    for fault in verify(older_than_key=older_than_key).faults:
        yield str(fault)
    yield from access.access_faults()


def stored_faults(report: Report) -> Iterator[str]:
    """The same of a report, as they are kept for the page, which says them in either language."""
    for fault in report.faults:
        yield fault.stored
    yield from access.access_faults()


def _stored_checkpoints(report: Report, names: Sequence[Era], *, turn: int, every: bool) -> dict[int, bytes]:
    """Every text is compared with its root; of the signatures the newest, the cosigned, and each night another share.

    Whoever checks a proof checks the signature on it: a damaged one here deceives nobody, it only serves nobody.
    """
    stride = 1 if every else max(1, Checkpoint.objects.count() // SIGNATURES_A_NIGHT)
    always = {newest.size} if (newest := Checkpoint.objects.first()) else set()
    always |= set(Cosignature.objects.values_list("checkpoint_id", flat=True).distinct())
    roots: dict[int, bytes] = {}
    rows = Checkpoint.objects.order_by("size").values_list("size", "root", "note").iterator()
    for place, (size, stored, text) in enumerate(rows):
        root, era = bytes(stored), next(one for one in names if one.covers(size))
        if era.lost(size):
            report.earlier.append(Fault(faults_of.LOST, f"checkpoint {size}"))
        else:
            roots[size] = root
        if not text.startswith(f"{signed_notes.Checkpoint(era.origin, size, root).text}\n"):
            report.faults.append(Fault(faults_of.TEXT, f"checkpoint {size}"))
        # A backup comes without its keys: the order is verified all the same, the signatures once the keys are back.
        elif era.key and (size in always or (place + turn) % stride == 0):
            report.signatures += 1
            if not _is_signed(text, era.key):
                report.faults.append(Fault(faults_of.SIGNATURE, f"checkpoint {size}"))
    return roots


def _add_what_the_key_remembers(known: dict[int, bytes], report: Report) -> None:
    signed = memory.signed_last()
    if signed and known.setdefault(signed.size, signed.root) != signed.root:
        report.faults.append(Fault(faults_of.KEY_OTHER, f"checkpoint {signed.size}"))


def _is_signed(text: str, key: Key) -> bool:
    try:
        signed_notes.check_signed(signed_notes.read_note(text), key, signing.is_signed_by)
    except NoteRejected:
        return False
    return True


def _held_checkpoints(held: Sequence[Note], report: Report, names: Sequence[Era]) -> dict[int, bytes]:
    roots: dict[int, bytes] = {}
    for note in held:
        era = next((one for one in names if note.text.startswith(f"{one.origin}\n")), names[-1])
        if era.key is None:  # asking for the key would make a new one
            report.faults.append(Fault(faults_of.KEY_GONE, "held checkpoint"))
            continue
        try:
            signed_notes.check_signed(note, era.key, signing.is_signed_by)
            said = signed_notes.read_checkpoint(note.text)
        except NoteRejected:
            report.faults.append(Fault(faults_of.SIGNATURE, "held checkpoint"))
            continue
        if era.lost(said.size):
            report.faults.append(Fault(faults_of.LOST, f"{era.origin} {said.size}"))
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
        Fault(faults_of.CUT, f"checkpoint {size}") for size in sorted({*known, *outside}) if size > frontier.size
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
            report.faults.append(Fault(faults_of.MISSING, where))
            return
        if not computed == bytes(stored) == bytes(leaf):
            report.faults.append(Fault(faults_of.BYTES, where))
        yield computed


def _stored_tiles() -> dict[int, bytes]:
    return {number: bytes(root) for number, root in Tile.objects.filter(level=0).values_list("number", "root")}


def _compare_tile(report: Report, number: int, edge: Sequence[bytes], tiles: Mapping[int, bytes]) -> None:
    # A tile that is not closed yet is no fault: the job that closes tiles may stand between two transactions.
    if tiles.get(number, merkle.root_of(edge)) != merkle.root_of(edge):
        report.faults.append(Fault(faults_of.TILE, f"tile 0/{number}"))


def _compare_roots(
    report: Report, frontier: merkle.Frontier, known: Mapping[int, bytes], outside: Mapping[int, bytes]
) -> None:
    root = frontier.root()
    for roots, whose in ((known, "checkpoint"), (outside, "held checkpoint")):
        if roots.get(frontier.size, root) != root:
            report.faults.append(Fault(faults_of.BEFORE, f"{whose} {frontier.size}"))


def _faults_of_waiting() -> list[Fault]:
    return [*_altered_while_waiting(), *_forgotten()]


def _altered_while_waiting() -> Iterator[Fault]:
    waiting = Waiting.objects.values_list("event__key", "event__uid", "event__body", "event__leaf_hash")
    for key, uid, body, stored in waiting.iterator():
        if merkle.leaf_hash(bytes(body)) != bytes(stored):
            yield Fault(faults_of.BYTES, f"{key} {uid}")


def _forgotten() -> Iterator[Fault]:
    neither = EventRecord.objects.filter(leaf__isnull=True, waiting__isnull=True).values_list("key", "uid")
    for key, uid in neither.iterator():
        yield Fault(faults_of.NO_PLACE, f"{key} {uid}")
