"""The logs of other installations: who is watched, and whether what they say can be relied on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from lumbung.core.log.models import Beginning, Inconsistency, Peer

# A peer whose log could not be compared for this long is shown as stale: twelve looks in a row have failed.
STALE_AFTER = timedelta(hours=1)

Standing = Literal["fresh", "stale", "inconsistent", "waiting", "ended"]


@dataclass(frozen=True, slots=True)
class PeerState:
    """Another installation, as far as its log can be relied on.

    standing  fresh: compared within the hour. stale: not compared for longer. inconsistent: it signed what does not
              fit together. waiting: never compared yet. ended: no longer watched.
    """

    peer: Peer
    standing: Standing
    evidence: tuple[Inconsistency, ...] = ()

    @property
    def is_warning(self) -> bool:
        """Whether whoever shows anything of this peer must say so beside it."""
        return self.standing in {"stale", "inconsistent"}


def peer(peer_id: int) -> Peer | None:
    """One peer, of today or of the past."""
    return Peer.objects.filter(pk=peer_id).first()


def peer_named(origin: str) -> Peer | None:
    """The installation watched today whose log has this name."""
    return Peer.objects.filter(origin=origin, ended_on=None).first()


def peers_of_today() -> list[Peer]:
    """Which installations are watched."""
    return list(Peer.objects.filter(ended_on=None))


def peer_states(now: datetime) -> list[PeerState]:
    """Every peer, those of today first."""
    peers = Peer.objects.order_by("ended_on", "origin").prefetch_related("inconsistencies")
    return [PeerState(one, _standing(one, now), tuple(one.inconsistencies.all())) for one in peers]


def verified_peers(now: datetime) -> list[PeerState]:
    """Every peer of today whose log was compared at least once: origin, address and last checkpoint are in `peer`.

    For whoever shows what a peer publishes: show it only of these, and with a warning where `is_warning`.
    """
    return [one for one in peer_states(now) if one.standing in {"fresh", "stale", "inconsistent"} and one.peer.size]


def _standing(peer: Peer, now: datetime) -> Standing:
    if peer.ended_on is not None:
        return "ended"
    if peer.trouble in {Peer.Trouble.FORK, Peer.Trouble.SMALLER}:
        return "inconsistent"
    if peer.verified_at is None:
        return "waiting"
    return "stale" if now - peer.verified_at > STALE_AFTER else "fresh"


def inconsistency(inconsistency_id: int) -> Inconsistency | None:
    """Two checkpoints of a peer that do not fit together."""
    return Inconsistency.objects.select_related("peer").filter(pk=inconsistency_id).first()


def beginnings() -> list[Beginning]:
    """Every time this log began anew, the newest first."""
    return list(Beginning.objects.order_by("-pk"))
