"""Mail to an institution that asked to join the forum. The subject names nobody."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.notices.letters import Letter
from lumbung.core.portals import queries as portals
from lumbung.core.web import formatting
from lumbung.modules.action_plan.models import Seat


def admitted(seat: Seat) -> Letter:
    """It sits in the forum now."""
    return Letter(
        _("Your institution was admitted to the forum of the action plan"),
        (
            _("%(institution)s holds a seat in the multi-stakeholder forum of %(member)s since %(day)s.")
            % {"institution": seat.name, "member": seat.member.organisation.name, "day": _day(seat)},
            _("Invitations and materials stand on the forum page. This address was destroyed with this message."),
        ),
        _links(seat),
    )


def declined(seat: Seat) -> Letter:
    """It was not admitted, and why."""
    return Letter(
        _("Your institution was not admitted to the forum of the action plan"),
        (
            _("The secretariat of %(member)s did not admit %(institution)s to the forum.")
            % {"institution": seat.name, "member": seat.member.organisation.name},
            _("Reason: %(reason)s") % {"reason": seat.reason},
            _("You may ask again. Meetings and the public test stay open to everybody."),
        ),
        _links(seat),
    )


def _day(seat: Seat) -> str:
    return formatting.date_long(seat.since) if seat.since else ""


def _links(seat: Seat) -> tuple[tuple[str, str], ...]:
    slugs = [portal.slug for portal in portals.all_portals() if portal.government_id == seat.member.organisation_id]
    if not slugs:
        return ()
    kwargs = {"portal_slug": slugs[0], "plan_key": seat.plan_id}
    return ((_("Open the forum page"), reverse("action_plan:forum", kwargs=kwargs)),)
