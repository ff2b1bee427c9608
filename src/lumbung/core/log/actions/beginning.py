"""Beginning the log anew after a real loss: another name, another key, and for ever the last known of the old one."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.actors import SYSTEM
from lumbung.core.base.errors import Refused
from lumbung.core.events import actions as events
from lumbung.core.log import eras, faults, memory, queries, signing, verification
from lumbung.core.log.actions.extending import extend
from lumbung.core.log.events import LogBegunAnew
from lumbung.core.log.models import Beginning
from lumbung.kernels import signed_notes
from lumbung.kernels.signed_notes import Key, Note, NoteRejected

SUBJECT = "log"
MAX_REASON = 500
# What another name can answer for: entries or the key are gone (and the name is changed already). A change it cannot.
A_LOSS = frozenset({faults.CUT, faults.KEY_GONE, faults.SIGNATURE, faults.TEXT})


@dataclass(frozen=True, slots=True)
class _Old:
    name: str
    origin: str
    key: Key | None
    boundary: int
    size: int
    root: bytes


def begin_anew(*, reason: str, now: datetime, held: Note | None = None, old_key: str = "") -> Beginning:
    """Give the log the name now set and a key of its own; the old one's last checkpoint goes into it.

    held     the newest checkpoint of the old log that somebody outside kept, if newer than what is known here
    old_key  the public line of the old key, where the key itself is lost
    """
    reason = _reason(reason)
    old = _old(held, old_key)
    _must_have_a_new_name(old.origin)
    _must_be_whole()
    _put_away(old)
    with transaction.atomic():
        begun = _begin(reason, old, now)
    extend(now=now)
    return begun


def _reason(text: str) -> str:
    text = " ".join(text.split())
    if not text or len(text) > MAX_REASON:
        raise Refused(
            "reason-missing", _("Say why in one sentence of at most 500 characters: it stays in the public log.")
        )
    return text


def _old(held: Note | None, old_key: str) -> _Old:
    last = queries.newest_checkpoint()
    if last is None:
        raise Refused("nothing-signed", _("This log has signed nothing yet: its name and key can simply be changed."))
    known = [(last.size, bytes(last.root))]
    note = signed_notes.read_note(last.note)
    origin = signed_notes.read_checkpoint(note.text).origin
    key = _key_of(note, old_key)
    # Put away already, if the machine stopped in the middle of an earlier try.
    memories = (memory.signed_last(), memory.signed_last_with(_name_of(note)))
    known += [(signed.size, signed.root) for signed in memories if key and signed]
    if held is not None:
        known.append(_of_the_old(held, key, origin))
    size, root = max(known)
    return _Old(_name_of(note), origin, key, last.size, size, root)


def _key_of(note: Note, given: str) -> Key | None:
    """The public key of the old log: ours if it still is, else what was given, if it signed that checkpoint."""
    origin = note.signatures[0].name
    candidates = [signing.log_key_named(origin)] if signing.has_key() else []
    candidates += [key for key in [signing.key_put_away(_name_of(note), origin)] if key]
    try:
        candidates += [signed_notes.read_key(given)] if given else []
    except NoteRejected as rejected:
        raise Refused("old-key-malformed", _("The old key is written name+id+key.")) from rejected
    for key in candidates:
        try:
            signed_notes.check_signed(note, key, signing.is_signed_by)
        except NoteRejected:
            continue
        return key
    if given:
        raise Refused("old-key-wrong", _("This is not the key that signed the newest checkpoint here."))
    return None


def _name_of(note: Note) -> str:
    """The id of the key that signed it, as people have it in the line they kept."""
    return note.signatures[0].key_id.hex()


def _of_the_old(held: Note, key: Key | None, origin: str) -> tuple[int, bytes]:
    if key is None:
        raise Refused("old-key-missing", _("To use a checkpoint kept outside, give the public line of the old key."))
    try:
        signed_notes.check_signed(held, key, signing.is_signed_by)
        said = signed_notes.read_checkpoint(held.text)
    except NoteRejected as rejected:
        raise Refused("held-not-signed", _("The old key has not signed this checkpoint.")) from rejected
    if said.origin != origin:
        raise Refused("held-of-another-log", _("This checkpoint is of another log."))
    return said.size, said.root


def _must_have_a_new_name(old: str) -> None:
    if signing.origin() in {old, *(era.origin for era in eras.eras()[:-1])}:
        raise Refused(
            "same-name",
            _("Choose a new name first: set LUMBUNG_LOG_ORIGIN to one the log never had, such as %(example)s-2."),
            example=old,
        )


def _must_be_whole() -> None:
    others = [fault for fault in verification.verify(older_than_key=True).faults if fault.code not in A_LOSS]
    if others:
        raise Refused(
            "entries-do-not-fit",
            _("The entries that are left do not fit either (%(fault)s). Restore a backup first: lumbung restore."),
            fault=faults.told(others[0].stored),
        )


def _put_away(old: _Old) -> None:
    # A key that signed under the old name never signs under the new one; it is kept, as evidence.
    if old.key is not None and signing.has_key() and signing.log_key().public == old.key.public:
        signing.put_key_away(old.name)
    memory.put_away(old.name)


def _begin(reason: str, old: _Old, now: datetime) -> Beginning:
    key = signing.log_key().text
    begun = Beginning.objects.create(
        origin=signing.origin(),
        key=key,
        at=now,
        reason=reason,
        boundary=old.boundary,
        entries_left=queries.leaf_count(),
        previous_origin=old.origin,
        previous_key=old.key.text if old.key else "",
        previous_size=old.size,
        previous_root=old.root,
    )
    told = LogBegunAnew(
        origin=begun.origin,
        log_key=key,
        reason_hash=hashlib.sha256(reason.encode()).hexdigest(),
        previous_origin=old.origin,
        previous_size=old.size,
        previous_root=old.root.hex(),
    )
    events.record(told, subject_type=SUBJECT, subject_id=str(begun.pk), actor=SYSTEM, now=now)
    return begun
