"""What parts have said in the log about their own tables, and how it is worked out anew."""

from lumbung.core.base.declarations import Claim

_claims: dict[str, Claim] = {}


def register(claim: Claim) -> None:
    """Add the claim of one kind of event."""
    known = _claims.get(claim.event_key)
    if known is not None and known != claim:
        raise ValueError(f"claim of {claim.event_key!r} is registered twice (claims.event_key)")
    _claims[claim.event_key] = claim


def get(event_key: str) -> Claim:
    """The claim that events of this key make."""
    return _claims[event_key]


def all_claims() -> list[Claim]:
    """Every claim, by the key of its event."""
    return [_claims[key] for key in sorted(_claims)]
