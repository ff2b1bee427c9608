"""Being asked to cosign: C2SP tlog-witness, for the logs of the installations we watch and for no other."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.errors import Refused
from lumbung.core.log import queries, signing, watching
from lumbung.core.log.actions import peers
from lumbung.core.log.models import Peer
from lumbung.core.log.watching import Malformed, Seen, TwoHistories
from lumbung.kernels import merkle, signed_notes, witness_requests
from lumbung.kernels.merkle import ProofRejected
from lumbung.kernels.signed_notes import NoteRejected
from lumbung.kernels.witness_requests import Request, RequestRejected


class NotCosigned(Refused):
    """A checkpoint that is not cosigned, with the status C2SP tlog-witness asks for."""

    def __init__(self, code: str, message: str | Promise, *, status: int, size: int | None = None) -> None:
        super().__init__(code, message)
        self.status = status
        # What we cosigned last, where the log asked from another size.
        self.size = size


def cosign_submitted(*, text: str, now: datetime) -> str:
    """Our signature line under a checkpoint that continues what we cosigned last; raises NotCosigned.

    Anybody may send: only what the log itself has signed counts. What is older, or was sent before, changes nothing.
    """
    asked = _read(text)
    peer = _known(asked.note)
    seen = _signed(asked.note, peer)
    if asked.old_size > seen.size:
        raise _malformed()
    fork = _continue(peer, asked, seen, now)
    if fork is not None:
        peers.keep_evidence(peer, fork, now)
        raise NotCosigned(
            "two-histories", _("This log has signed another tree of this size. Both are kept as evidence."), status=409
        )
    [signature] = signing.cosigned(seen.text, int(now.timestamp())).signatures
    return signature.line


def _continue(peer: Peer, asked: Request, seen: Seen, now: datetime) -> TwoHistories | None:
    """Remember it if it only grew: compared and kept in one step, so that two at once never roll each other back."""
    with transaction.atomic():
        current = Peer.objects.select_for_update().get(pk=peer.pk)
        if current.trouble == Peer.Trouble.FORK:
            raise _not_trusted()
        before = peers.before(current) or Seen(0, merkle.EMPTY_ROOT, "", "")
        if asked.old_size != before.size:
            raise NotCosigned(
                "another-size-was-cosigned",
                _("We cosigned another size last. Prove from there."),
                status=409,
                size=before.size,
            )
        if seen.size > before.size:
            _must_prove(asked, before, seen)
            peers.remember(current, seen, now)
        elif seen.root != before.root:
            return TwoHistories(before, seen)
        elif asked.proof:
            raise _not_proven()
    return None


def _must_prove(asked: Request, before: Seen, seen: Seen) -> None:
    if before.size == 0:
        if asked.proof:
            raise _not_proven()
        return
    try:
        merkle.check_consistency(before.size, before.root, seen.size, seen.root, asked.proof)
    except (ProofRejected, ValueError) as error:
        raise _not_proven() from error


def _read(text: str) -> Request:
    try:
        return witness_requests.read_request(text)
    except RequestRejected as rejected:
        raise _malformed() from rejected


def _known(note: str) -> Peer:
    try:
        said = signed_notes.read_checkpoint(signed_notes.read_note(note).text)
    except NoteRejected as rejected:
        raise _malformed() from rejected
    peer = queries.peer_named(said.origin)
    if peer is None:
        raise NotCosigned("log-not-watched", _("This log is not among those we watch."), status=404)
    return peer


def _signed(note: str, peer: Peer) -> Seen:
    try:
        return watching.read(note, signed_notes.read_key(peer.key))
    except Malformed as malformed:
        raise _not_trusted() from malformed


def _malformed() -> NotCosigned:
    return NotCosigned(
        "request-malformed", _("This is no request of the form that C2SP tlog-witness describes."), status=400
    )


def _not_trusted() -> NotCosigned:
    return NotCosigned("not-signed-by-the-log", _("No key we trust for this log has signed this."), status=403)


def _not_proven() -> NotCosigned:
    return NotCosigned("not-proven", _("The proof does not lead from what we cosigned to this checkpoint."), status=422)
