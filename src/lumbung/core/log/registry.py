"""What parts have said in the log about their own tables, and how it is worked out anew."""

from lumbung.core.base.declarations import Claim
from lumbung.core.base.testimonies import Testimony

_claims: dict[str, Claim] = {}
_testimonies: dict[str, Testimony] = {}


def register(claim: Claim) -> None:
    """Add the claim of one kind of event."""
    known = _claims.get(claim.event_key)
    if known is not None and known != claim:
        raise ValueError(f"claim of {claim.event_key!r} is registered twice (claims.event_key)")
    _claims[claim.event_key] = claim


def register_testimony(testimony: Testimony) -> None:
    """Add what events say of the rows of one kind."""
    known = _testimonies.get(testimony.kind)
    if known is not None and known != testimony:
        raise ValueError(f"testimony of {testimony.kind!r} is registered twice (testimonies.kind)")
    _testimonies[testimony.kind] = testimony


def get(event_key: str) -> Claim:
    """The claim that events of this key make."""
    return _claims[event_key]


def testimony(kind: str) -> Testimony:
    """What events say of the rows of this kind."""
    return _testimonies[kind]


def all_claims() -> list[Claim]:
    """Every claim, by the key of its event."""
    return [_claims[key] for key in sorted(_claims)]


def all_testimonies() -> list[Testimony]:
    """Every testimony, by the kind of row."""
    return [_testimonies[kind] for kind in sorted(_testimonies)]
