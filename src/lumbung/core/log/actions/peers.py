"""Watching the logs of other installations: adding and ending them, looking, cosigning, and keeping evidence."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import clock
from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.jobs import actions as jobs
from lumbung.core.log import memory, permissions, queries, remote, signing, watching
from lumbung.core.log.actions.witnesses import add_witness, move_witness
from lumbung.core.log.events import PeerAdded, PeerEnded, PeerFoundInconsistent
from lumbung.core.log.models import Inconsistency, Peer, Witness
from lumbung.core.log.remote import Remote, Unreachable
from lumbung.core.log.watching import Inconsistent, Malformed, Seen, Smaller
from lumbung.kernels import signed_notes
from lumbung.kernels.signed_notes import NoteRejected

SUBJECT = "peer"
WATCH = "log.watch_peer"


def add_peer(*, title: str, address: str, key: str, witness_key: str, by: Viewer, now: datetime) -> Peer:
    """Watch another installation's log from now on, and let it watch ours if its witness key is given."""
    actor = permissions.keeper(by)
    origin, address = _origin_of(key), address.strip().rstrip("/")
    if not remote.is_address(address):
        raise Refused(
            "address-malformed",
            _("An address of a log looks like https://data.example.go.id/log."),
            field="address",
        )
    with transaction.atomic():
        peer = _new_peer(origin, title, address, key.strip(), now)
        events.record(
            PeerAdded(peer=origin, peer_key=peer.key, address=address),
            subject_type=SUBJECT,
            subject_id=str(peer.pk),
            actor=actor,
            now=now,
        )
        if witness_key.strip():
            _let_it_watch(title, witness_key, address, by, now)
        jobs.enqueue(WATCH, now=now, peer_id=peer.pk)
    return peer


def _origin_of(text: str) -> str:
    try:
        key = signed_notes.read_key(text)
    except NoteRejected as rejected:
        raise Refused(
            "peer-key-malformed",
            _("This is not the key of a log. It is one line: name, plus, eight characters, plus, key."),
            field="key",
        ) from rejected
    if key.kind != signed_notes.NOTE_KEY:
        raise Refused(
            "peer-key-of-a-witness", _("This is the key of a witness. Ask for the key of the log."), field="key"
        )
    if key.name == signing.origin() or key.public == signing.log_key().public:
        raise Refused("peer-is-ourselves", _("This is the key of our own log."), field="key")
    return key.name


def _new_peer(origin: str, title: str, address: str, key: str, now: datetime) -> Peer:
    """A row of its own, or the one of a peer that was ended and comes back with the same key and our memory of it."""
    ended = Peer.objects.select_for_update().filter(origin=origin, key=key, ended_on__isnull=False).first()
    if ended is not None and ended.trouble != Peer.Trouble.FORK:
        ended.title, ended.address, ended.ended_on = title, address, None
        ended.save(update_fields=["title", "address", "ended_on"])
        return ended
    try:
        with transaction.atomic():
            return Peer.objects.create(origin=origin, title=title, address=address, key=key, since=clock.local_day(now))
    except IntegrityError as error:
        raise Refused(
            "peer-known",
            _("The log %(origin)s is already here. To change its address, end it and add it again."),
            field="key",
            origin=origin,
        ) from error


def _let_it_watch(title: str, witness_key: str, address: str, by: Viewer, now: datetime) -> None:
    """One that is a witness already is sent our checkpoints at its log from now on."""
    kind, known = Witness.Kind.INSTALLATION, queries.witness_of_today(witness_key)
    try:
        if known is not None:
            move_witness(witness=known, address=address, by=by, now=now)
            return
        add_witness(key=witness_key, title=title, kind=kind, address=address, by=by, now=now)
    except Refused as refused:
        refused.field = "witness_key"
        raise


def end_peer(*, peer: Peer, by: Viewer, now: datetime) -> Peer:
    """Look at it no longer; what was found stays."""
    actor = permissions.keeper(by)
    with transaction.atomic():
        current = Peer.objects.select_for_update().get(pk=peer.pk)
        if current.ended_on is not None:
            raise Refused("peer-ended", _("This installation is no longer watched."))
        current.ended_on = clock.local_day(now)
        current.save(update_fields=["ended_on"])
        events.record(
            PeerEnded(peer=current.origin), subject_type=SUBJECT, subject_id=str(current.pk), actor=actor, now=now
        )
    return current


def look_now(*, peer: Peer, by: Viewer, now: datetime) -> None:
    """Look once more before the clock does."""
    permissions.keeper(by)
    jobs.enqueue(WATCH, now=now, peer_id=peer.pk)


def look_at_all(*, now: datetime) -> None:
    """Put a look at every installation we watch on the queue: one that hangs holds up no other."""
    for peer in queries.peers_of_today():
        jobs.enqueue(WATCH, now=now, peer_id=peer.pk)


def watch(*, peer: Peer, now: datetime) -> Peer:
    """Compare a peer's log with what it said before; cosign it and hand over our line if it only grew.

    After a second history it is never cosigned again under that name.
    """
    if peer.ended_on is not None or peer.trouble == Peer.Trouble.FORK:
        return peer
    key, log = signed_notes.read_key(peer.key), Remote(peer.address)
    try:
        seen = watching.look(log, key, before(peer))
    except Unreachable:
        return _note(peer, now, Peer.Trouble.UNREACHABLE)
    except Malformed:
        return _note(peer, now, Peer.Trouble.MALFORMED)
    except Inconsistent as found:
        return keep_evidence(peer, found, now)
    if not remember(peer, seen, now):
        return peer
    taken = log.send(str(signing.cosigned(seen.text, int(now.timestamp()))))
    Peer.objects.filter(pk=peer.pk).update(takes_our_line=taken)
    return Peer.objects.get(pk=peer.pk)


def compare(*, peer: Peer, note: str, now: datetime) -> Seen:
    """A checkpoint a peer showed beside its log, once it fits with what we compared before; a second history is kept.

    raises  Unreachable, Malformed, Inconsistent
    """
    seen, known = watching.read(note, signed_notes.read_key(peer.key)), before(peer)
    try:
        if known is not None:
            watching.fit(Remote(peer.address), known, seen)
    except Inconsistent as found:
        keep_evidence(peer, found, now)
        raise
    # One that is older than what we know is no news of the log.
    if known is None or seen.size >= known.size:
        remember(peer, seen, now)
    return seen


def before(peer: Peer) -> Seen | None:
    """What we last cosigned: of the row and the file beside our keys the larger, for the database may be older."""
    key = signed_notes.read_key(peer.key)
    notes = [note for note in (peer.note, memory.peer_signed_last(peer.origin)) if note]
    return max((watching.read(note, key) for note in notes), key=lambda seen: seen.size, default=None)


def _note(peer: Peer, now: datetime, trouble: Peer.Trouble) -> Peer:
    Peer.objects.filter(pk=peer.pk).exclude(trouble=Peer.Trouble.FORK).update(looked_at=now, trouble=trouble)
    return Peer.objects.get(pk=peer.pk)


def remember(peer: Peer, seen: Seen, now: datetime) -> bool:
    """On the disk before anything is signed; False when somebody else has looked further meanwhile."""
    with transaction.atomic():
        current = Peer.objects.select_for_update().get(pk=peer.pk)
        if current.size > seen.size or current.trouble == Peer.Trouble.FORK:
            return False
        memory.remember_peer(peer.origin, seen.note)
        current.size, current.root, current.note = seen.size, seen.root, seen.note
        current.verified_at = current.looked_at = now
        current.trouble = Peer.Trouble.NONE
        current.save()
    return True


def keep_evidence(peer: Peer, found: Inconsistent, now: datetime) -> Peer:
    """Both notes as they were signed, kept for ever; what is new among them is told in our own log."""
    kind = Peer.Trouble.SMALLER if isinstance(found, Smaller) else Peer.Trouble.FORK
    earlier, later = found.earlier, found.later
    with transaction.atomic():
        _kept, is_new = Inconsistency.objects.get_or_create(
            peer=peer,
            later_size=later.size,
            later_root=later.root,
            defaults={"at": now, "kind": kind, "earlier": earlier.note, "later": later.note},
        )
        if is_new:
            told = PeerFoundInconsistent(
                peer=peer.origin,
                kind=kind,
                earlier_size=earlier.size,
                earlier_root=earlier.root.hex(),
                later_size=later.size,
                later_root=later.root.hex(),
            )
            events.record(told, subject_type=SUBJECT, subject_id=str(peer.pk), actor=SYSTEM, now=now)
    return _note(peer, now, kind)
