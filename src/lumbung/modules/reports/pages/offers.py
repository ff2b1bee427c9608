"""Which steps the work page offers to whom, each with its words and its form. The rules stand in the actions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms as django_forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.core.access.viewers import Viewer
from lumbung.core.organisations import queries as organisations
from lumbung.kernels import personal_data
from lumbung.modules.reports import forms, permissions, queries
from lumbung.modules.reports.models import Handover, Report, Response


@dataclass(frozen=True, slots=True)
class Desk:
    """A report on somebody's desk: what the forms need to know."""

    report: Report
    viewer: Viewer
    words: queries.Words | None
    waiting: Response | None
    day: date


@dataclass(frozen=True, slots=True)
class Offer:
    """One step as the page shows it. `main` steps come first; `why_not` hides a step its rule would refuse."""

    step: str
    address: str
    verb: str
    legend: Promise
    button: Promise
    form: Callable[[Desk, Mapping[str, Any] | None], django_forms.Form] | None = None
    fits: Callable[[Desk], bool] = lambda _desk: True
    is_main: bool = False
    kind: str = "second"
    hint: Promise | str = ""


def _open_words(desk: Desk) -> bool:
    return not desk.report.is_protected


def _protected(desk: Desk) -> bool:
    return desk.report.is_protected


def _nothing_waits(desk: Desk) -> bool:
    return desk.waiting is None


def _something_waits(desk: Desk) -> bool:
    return desk.waiting is not None


def _never_handed_on(desk: Desk) -> bool:
    handed_on = desk.report.handovers.filter(kind=Handover.Kind.TO_AGENCY)
    return not desk.report.is_protected and not handed_on.exists()


def _assign_form(desk: Desk, data: Mapping[str, Any] | None) -> django_forms.Form:
    report = desk.report
    form = forms.AssignForm(data, portal=report.handling_portal, day=desk.day)
    if data is not None or report.bounced_count:  # an agency that returned it is no suggestion
        return form
    region = report.handling_portal.region_id
    return form.suggest(organisations.agency_for_duty(region, report.category.agency_kind, day=desk.day))


def _drafted(desk: Desk) -> dict[str, Any]:
    text = desk.words.text.strip() if desk.words else ""
    where = desk.report.public_village or desk.report.district
    return {
        "title": str(_("%(topic)s in %(place)s") % {"topic": desk.report.category.name, "place": where.name}),
        "text": personal_data.mask_with_names(text)[:4000],
        "place": personal_data.mask_with_names(desk.words.landmark) if desk.words else "",
        "urgency": desk.report.urgency,
    }


def _as_published(desk: Desk) -> dict[str, Any]:
    version = getattr(desk.report, "public_version", None)
    return {"title": version.title, "text": version.text, "place": version.place} if version else {}


def _hand_on_form(desk: Desk, data: Mapping[str, Any] | None) -> django_forms.Form:
    return forms.HandOnForm(data, portal=desk.report.handling_portal, day=desk.day)


def _route_form(desk: Desk, data: Mapping[str, Any] | None) -> django_forms.Form:
    units = queries.receiving_units(desk.report, day=desk.day)
    return forms.RouteForm(data, units=units, portal=desk.report.handling_portal, day=desk.day)


OFFERS: tuple[Offer, ...] = (
    Offer(
        "verify",
        "verify",
        permissions.VERIFY,
        _("Make the version for the public"),
        _("Confirm the public version"),
        lambda desk, data: forms.VerifyForm(data, initial=_drafted(desk)),
        _open_words,
        is_main=True,
        hint=_("Write what happened and where, without naming or accusing anyone. The original stays sealed."),
    ),
    Offer(
        "route",
        "route",
        permissions.ASSIGN,
        _("Send it unread to the unit that examines it"),
        _("Send to this unit"),
        _route_form,
        _protected,
        is_main=True,
        hint=_("You see the topic and the district only. The unit you choose reads the words."),
    ),
    Offer(
        "assign",
        "assign",
        permissions.ASSIGN,
        _("Assign to an agency"),
        _("Assign"),
        _assign_form,
        _open_words,
        is_main=True,
    ),
    Offer("accept", "accept", permissions.ANSWER, _("Take the report on"), _("Accept the report"), is_main=True),
    Offer(
        "resume",
        "resume",
        permissions.ANSWER,
        _("The budget is there"),
        _("Begin the planned work"),
        is_main=True,
    ),
    Offer(
        "respond",
        "respond",
        permissions.ANSWER,
        _("Respond"),
        _("Put before the head"),
        lambda _desk, data: forms.ResponseForm(data),
        _nothing_waits,
        is_main=True,
        hint=_("Nothing is public until the head of the agency has approved it."),
    ),
    Offer(
        "decide",
        "approve",
        permissions.APPROVE,
        _("Waiting for your approval"),
        _("Approve and publish"),
        fits=_something_waits,
        is_main=True,
    ),
    Offer(
        "decide",
        "send-back",
        permissions.APPROVE,
        _("Return the response for correction"),
        _("Return for correction"),
        lambda _desk, data: forms.ReturnForm(data),
        _something_waits,
    ),
    Offer(
        "write",
        "write",
        permissions.ANSWER,
        _("Write to the reporter"),
        _("Send"),
        lambda _desk, data: forms.WriteForm(data),
        _protected,
    ),
    Offer(
        "ask",
        "ask",
        permissions.VERIFY,
        _("Ask the reporter for more"),
        _("Send the question"),
        lambda _desk, data: forms.AskForm(data),
        _open_words,
        hint=_("The clock stands still until the answer."),
    ),
    Offer(
        "correct",
        "correct",
        permissions.VERIFY,
        _("Correct the version for the public"),
        _("Confirm the corrected version"),
        lambda desk, data: forms.CorrectForm(data, initial=_as_published(desk)),
        _open_words,
        hint=_("The log keeps the hash of the old version beside the new one."),
    ),
    Offer(
        "plan",
        "plan",
        permissions.ANSWER,
        _("Plan for a budget year"),
        _("Publish the plan"),
        lambda _desk, data: forms.PlanForm(data),
        hint=_("The report stays open and its clock goes on; the public sees year and document."),
    ),
    Offer(
        "give_back",
        "give-back",
        permissions.ANSWER,
        _("Not our duty: return it"),
        _("Return to the coordinator"),
        lambda _desk, data: forms.GiveBackForm(data),
    ),
    Offer(
        "hand_on",
        "hand-on",
        permissions.ANSWER,
        _("Hand on to another agency"),
        _("Hand on"),
        _hand_on_form,
        _never_handed_on,
        hint=_("Possible once. After that the coordinator decides."),
    ),
    Offer(
        "take_back",
        "take-back",
        permissions.ASSIGN,
        _("Take back from the agency"),
        _("Take back"),
        lambda _desk, data: forms.TakeBackForm(data),
    ),
    Offer(
        "hand_on_to_portal",
        "pass",
        permissions.VERIFY,
        _("Another government has the authority"),
        _("Pass on"),
        lambda desk, data: forms.PassForm(data, handling=desk.report.handling_portal_id),
        hint=_("Number, receipt date and clock stay."),
    ),
    Offer(
        "hand_out",
        "hand-out",
        permissions.VERIFY,
        _("Not our authority"),
        _("Hand over"),
        lambda _desk, data: forms.HandOutForm(data),
        _open_words,
    ),
    Offer(
        "archive",
        "archive",
        permissions.VERIFY,
        _("Archive with a reason"),
        _("Archive"),
        lambda _desk, data: forms.ArchiveForm(data),
        _open_words,
    ),
)

# Steps that are no passage: possible in every state for whoever handles the report.
BESIDE: tuple[Offer, ...] = (
    Offer(
        "sp4n",
        "sp4n",
        permissions.VERIFY,
        _("Number at SP4N-LAPOR!"),
        _("Keep the number"),
        lambda desk, data: forms.NumberForm(data, initial={"number": desk.report.sp4n_number}),
    ),
    Offer(
        "recuse",
        "recuse",
        permissions.WORK,
        _("I step back from handling this report"),
        _("Step back"),
        lambda _desk, data: forms.RecuseForm(data),
        kind="danger",
        hint=_("For a conflict of interest. The report leaves your inbox and you cannot open it any more."),
    ),
)
