"""Which steps the work page shows to whom, with refused forms where they were sent. The rules stand in the actions."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms as django_forms

from lumbung.core.access.viewers import may
from lumbung.modules.reports import permissions, states
from lumbung.modules.reports.pages.offers import BESIDE, OFFERS, Desk, Offer

__all__ = ["Desk", "Shown", "offer_at", "offered"]


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer with its form, ready for the template; open when it is to be corrected."""

    offer: Offer
    form: django_forms.Form | None
    is_open: bool


def offer_at(address: str) -> Offer:
    """The offer behind an address of the work page."""
    return next(offer for offer in OFFERS + BESIDE if offer.address == address)


def offered(desk: Desk, bound: Mapping[str, django_forms.Form]) -> tuple[list[Shown], list[Shown]]:
    """The steps open to this viewer now: those that come next, and the rest. `bound` holds refused forms."""
    scope = permissions.scope_of(desk.report)
    shown = [
        _shown(offer, desk, bound)
        for offer in OFFERS
        if states.may_begin(offer.step, desk.report.state) and may(desk.viewer, offer.verb, scope) and offer.fits(desk)
    ]
    beside = [_shown(offer, desk, bound) for offer in BESIDE if offer.verb == permissions.WORK or _holds(desk, offer)]
    return [item for item in shown if item.offer.is_main], [item for item in shown if not item.offer.is_main] + beside


def _holds(desk: Desk, offer: Offer) -> bool:
    return may(desk.viewer, offer.verb, permissions.scope_of(desk.report))


def _shown(offer: Offer, desk: Desk, bound: Mapping[str, django_forms.Form]) -> Shown:
    refused = bound.get(offer.address)
    if refused is not None:
        return Shown(offer, refused, is_open=True)
    return Shown(offer, offer.form(desk, None) if offer.form else None, is_open=False)
