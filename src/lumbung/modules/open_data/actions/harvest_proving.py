"""What another Lumbung tells is proven against its public log, where an administrator has it watched.

A record whose proof does not lead to the signed checkpoint is refused. Of an installation nobody watches here, no key
is known: its records are shown as they are told, and said to be unproven.
"""

import base64
from binascii import Error as NotBase64
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from lumbung.core.log import actions as log
from lumbung.core.log import queries as logs
from lumbung.core.log.models import Peer
from lumbung.core.log.watching import Seen
from lumbung.kernels import merkle
from lumbung.kernels.merkle import ProofRejected
from lumbung.modules.open_data.models import HarvestSource
from lumbung.modules.open_data.remote.records import Page, Record, Refused


def proven(source: HarvestSource, page: Page, *, now: datetime) -> Page:
    """The page with each proof checked; raises Unreachable, Malformed, Inconsistent of the log."""
    if source.kind != HarvestSource.Kind.LUMBUNG:
        return page
    peer = watched(source)
    if peer is None:
        return replace(page, records=tuple(_noted(record, is_proven=False) for record in page.records))
    seen = log.compare(peer=peer, note=page.checkpoint, now=now)
    faults = [fault for record in page.records if (fault := _fault(record, peer, seen))]
    wrong = {fault.identity for fault in faults}
    kept = tuple(_noted(each, is_proven=True) for each in page.records if each["identity"] not in wrong)
    return replace(page, records=kept, refused=(*page.refused, *faults))


def watched(source: HarvestSource) -> Peer | None:
    """The installation as an administrator has it watched, by its address."""
    host = urlsplit(source.address)[:2]
    return next((peer for peer in logs.peers_of_today() if urlsplit(peer.address)[:2] == host), None)


def _fault(record: Record, peer: Peer, seen: Seen) -> Refused | None:
    proof = record["proof"]
    try:
        entry = base64.b64decode(proof["entry"], validate=True)
        steps = list(_steps(proof["steps"]))
        merkle.check_inclusion(merkle.leaf_hash(entry), proof["index"], seen.size, steps, seen.root)
        if proof["origin"] == peer.origin:
            return None
    except (ProofRejected, NotBase64, ValueError, TypeError):
        pass
    return Refused(record["identity"], record["title"]["id"], "not-proven")


def _steps(told: list[str]) -> Iterator[bytes]:
    for step in told:
        yield base64.b64decode(step, validate=True)


def _noted(record: Record, *, is_proven: bool) -> Record:
    """What is kept of a proof: where it stands in which log, never the steps, which change with every checkpoint."""
    proof = {key: record["proof"][key] for key in ("origin", "index", "metadata_sha256")}
    return record | {"proof": proof | {"proven": is_proven}}
