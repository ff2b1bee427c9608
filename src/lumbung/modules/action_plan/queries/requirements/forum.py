"""Requirements about what carries the making of a plan: decrees, seats that are public, meetings written down."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models import LegalProduct, Meeting, PlanMember, Seat
from lumbung.modules.action_plan.queries import forum, legal, meetings
from lumbung.modules.action_plan.queries.meetings import MeetingSheet
from lumbung.modules.action_plan.queries.requirements.cases import Case, Check, Missing

WORKSHOPS = frozenset({Meeting.Kind.DRAFTING_WORKSHOP, Meeting.Kind.PLAN_WORKSHOP})
FEWEST_SECTORS = 2


def decree_registered(case: Case) -> Iterator[Missing]:
    """The decree about something (option `about`) is enacted and its signed paper is here, with its hash."""
    about = case.requirement.option("about")
    label = LegalProduct.About(about).label
    for member in case.concerned:
        enacted = legal.decrees_of(member).filter(about=about)
        if legal.registered(member, about).exists():
            continue
        yield Missing(
            f"decree_registered.{about}" if not enacted.exists() else f"decree_registered.{about}.document",
            _("The decree of %(member)s is not registered: %(about)s.")
            if not enacted.exists()
            else _("The signed document of the decree of %(member)s is missing: %(about)s."),
            params={"member": member.organisation.name, "about": label},
            route="legal",
        )


def members_public(case: Case) -> Iterator[Missing]:
    """The members of the forum are public, a secretariat among them, each with the decree that seats it."""
    for member in case.concerned:
        seats = list(forum.seated(member))
        name = {"member": member.organisation.name}
        if not any(seat.duty == Seat.Duty.SECRETARIAT for seat in seats):
            yield Missing(
                "members_public.secretariat",
                _("The forum page names no secretariat of %(member)s."),
                params=name,
                route="forum",
            )
        without = [seat.name for seat in seats if seat.decree is None or seat.decree.state == LegalProduct.State.DRAFT]
        if without:
            yield Missing(
                "members_public.decree",
                _("Seats of %(member)s name no enacted decree: %(seats)s."),
                params=name | {"seats": "; ".join(without)},
                route="forum",
            )


def meeting_documented(case: Case) -> Iterator[Missing]:
    """A meeting of that kind (option `kind`) was held and written down: materials before, who came, minutes."""
    kind = case.requirement.option("kind")
    for member in case.concerned:
        gaps = [list(_gaps(sheet, kind, member)) for sheet in meetings.held_meetings(case.plan, member, kind)]
        if not gaps:
            yield _missing(
                f"meeting_documented.{kind}", _("This meeting of %(member)s is not held: %(kind)s."), kind, member
            )
        else:
            yield from min(gaps, key=len)


def _gaps(sheet: MeetingSheet, kind: str, member: PlanMember) -> Iterator[Missing]:
    code = f"meeting_documented.{kind}"
    if not sheet.before:
        words = _("Nothing was shared before this meeting of %(member)s: %(kind)s.")
        yield _missing(f"{code}.materials", words, kind, member)
    if not sheet.attendance:
        words = _("Nobody wrote down who came to this meeting of %(member)s: %(kind)s.")
        yield _missing(f"{code}.attendance", words, kind, member)
    elif kind in WORKSHOPS and len(sheet.sectors) < FEWEST_SECTORS:
        words = _("Only one sector came to this meeting of %(member)s: %(kind)s. At least two are needed.")
        yield _missing(f"{code}.sectors", words, kind, member)
    if not sheet.meeting.minutes:
        words = _("This meeting of %(member)s has no minutes: %(kind)s.")
        yield _missing(f"{code}.minutes", words, kind, member)


def notice_shared_before(case: Case) -> Iterator[Missing]:
    """People were invited to a meeting of that kind so many days before it (options `kind`, `days`)."""
    kind, days = case.requirement.option("kind"), int(case.requirement.option("days") or 0)
    for member in case.concerned:
        sheets = meetings.held_meetings(case.plan, member, kind)
        if any(sheet.days_before is not None and sheet.days_before >= days for sheet in sheets):
            continue
        words = _("Nobody was invited %(days)s days before this meeting of %(member)s: %(kind)s.")
        yield _missing(f"notice_shared_before.{kind}", words, kind, member, days=days)


def _missing(code: str, sentence: object, kind: str, member: PlanMember, **more: object) -> Missing:
    params = {"member": member.organisation.name, "kind": Meeting.Kind(kind).label, **more}
    return Missing(code, sentence, params=params, route="forum")  # type: ignore[arg-type]


CHECKS: Mapping[str, Check] = {
    "decree_registered": decree_registered,
    "members_public": members_public,
    "meeting_documented": meeting_documented,
    "notice_shared_before": notice_shared_before,
}
