"""About what people ask. Built from number, kind and answer: nothing a citizen wrote stands in a letter."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.core.notices.letters import Letter
from lumbung.core.web import formatting
from lumbung.modules.open_data.models import Asking


def waits(asking: Asking) -> Letter:
    """Something waits on the data desk."""
    address = reverse("open_data:asking-desk", kwargs={"portal_slug": asking.portal_id})
    if asking.kind == Asking.Kind.TAKEDOWN:
        subject = _("Somebody asks to withdraw data: %(number)s") % {"number": asking.number}
    else:
        subject = _("Requests and questions wait on the data desk")
    kind = asking.get_kind_display()
    said = _("%(kind)s %(number)s waits for your office.") % {"kind": kind, "number": asking.number}
    return Letter(subject, (said,), ((_("Open the data desk"), address),))


def moved(asking: Asking, step: str) -> Letter:
    """What became of it, for whoever asked."""
    kwargs = {"portal_slug": asking.portal_id, "asking_number": asking.number}
    return Letter(
        _("%(number)s: %(news)s") % {"number": asking.number, "news": _news(asking, step)},
        tuple(text for text in (_news(asking, step), asking.answer if step == "answered" else "") if text),
        ((_("Open the page"), reverse("open_data:asking", kwargs=kwargs)),),
    )


def _news(asking: Asking, step: str) -> str:
    if step == "answered":
        return _("it was answered: %(outcome)s") % {"outcome": asking.get_outcome_display()}
    if step == "handed":
        return _("it was handed to %(agency)s") % {"agency": asking.agency.name if asking.agency else ""}
    if step == "extended":
        day = formatting.date_long(asking.due_on) if asking.due_on else ""
        return _("the time limit was extended to %(day)s") % {"day": day}
    if step == "mended":
        return _("the fault is mended in release %(number)s") % {
            "number": asking.mended_in.number if asking.mended_in else ""
        }
    return _("your words are not shown to the public: %(reason)s") % {"reason": asking.hidden_reason}
