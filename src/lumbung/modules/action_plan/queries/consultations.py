"""Reading public tests: what is asked, what came in, what waits for an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.models import (
    Clearing,
    Comment,
    Consultation,
    Draft,
    DraftVersion,
    Freeze,
    Meeting,
    Plan,
    PlanMember,
    Prolongation,
    Response,
    Seat,
)

Standing = Literal["planned", "open", "closed"]


@dataclass(frozen=True, slots=True)
class Counts:
    """The comments of a public test. Hidden ones are counted, and need no answer."""

    total: int
    public: int
    waiting: int
    hidden: int
    answered: int

    @property
    def unanswered(self) -> int:
        """How many still wait for an answer."""
        return self.total - self.hidden - self.answered


def standing_of(consultation: Consultation, *, today: date) -> Standing:
    """Whether it is still to come, open, or over; with its plan withdrawn it is over."""
    if consultation.member.plan.withdrawn_at is not None:
        return "closed"
    if today < consultation.opens_on:
        return "planned"
    return "open" if today <= consultation.closes_on else "closed"


def days_open(consultation: Consultation) -> int:
    """How many days people had, both ends counted."""
    return (consultation.closes_on - consultation.opens_on).days + 1


def consultations_of(plan: Plan) -> list[Consultation]:
    """Every public test of a plan, the newest first."""
    found = Consultation.objects.filter(member__plan=plan)
    return list(
        found.select_related("member__organisation", "member__plan", "freeze").order_by("-opens_on", "member__position")
    )


def open_tests(plan: Plan, *, today: date) -> list[Consultation]:
    """The public tests of a plan in which people may comment today, the one that ends first on top."""
    if plan.withdrawn_at is not None:
        return []
    found = Consultation.objects.filter(member__plan=plan, opens_on__lte=today, closes_on__gte=today)
    return list(found.select_related("member__organisation", "freeze").order_by("closes_on", "member__position"))


def open_tests_about(draft: Draft, *, today: date) -> list[Consultation]:
    """Those of them that ask about this draft."""
    if draft.plan.withdrawn_at is not None:
        return []
    found = Consultation.objects.filter(freeze__versions__draft=draft, opens_on__lte=today, closes_on__gte=today)
    return list(found.select_related("member__organisation", "freeze").order_by("closes_on").distinct())


def consultations_of_member(member: PlanMember) -> QuerySet[Consultation]:
    """The public tests of one member."""
    return Consultation.objects.filter(member=member).select_related("freeze")


def consultation_by_id(plan: Plan, consultation_id: UUID | str) -> Consultation | None:
    """One public test of this plan."""
    found = Consultation.objects.filter(member__plan=plan, pk=consultation_id)
    return found.select_related("member__organisation", "member__plan", "freeze").first()


def freezes_to_test(member: PlanMember) -> list[Freeze]:
    """The frozen drafts a public test may be about, the newest first."""
    return list(Freeze.objects.filter(member=member).order_by("-number"))


def frozen_versions(consultation: Consultation) -> list[DraftVersion]:
    """What people are asked about: the narrative if it is part of it, then the commitments by number."""
    versions = consultation.freeze.versions.select_related("draft__member__organisation")
    return list(versions.order_by("-draft__kind", "draft__member__position", "draft__number"))


def comments_of(consultation: Consultation) -> QuerySet[Comment]:
    """Every comment of a public test, in the order of their numbers."""
    found = Comment.objects.filter(consultation=consultation)
    return found.select_related(
        "draft__member", "version", "response__changed_in__draft", "response__corrects", "meeting"
    ).order_by("number")


def public_comments(
    consultation: Consultation, *, draft: str = "", verdict: str = "", words: str = ""
) -> QuerySet[Comment]:
    """The comments everybody may read, the newest first."""
    found = comments_of(consultation).filter(clearing=Clearing.PUBLIC).order_by("-number")
    if draft:
        found = found.filter(draft__isnull=True) if draft == "plan" else found.filter(draft__slug=draft)
    if verdict == "unanswered":
        found = found.filter(~ANSWERED)
    elif verdict:
        found = found.filter(ANSWERED, response__verdict=verdict)
    for word in words.split():
        found = found.filter(Q(public_text__icontains=word) | Q(number__iexact=word) | Q(institution__icontains=word))
    return found


ANSWERED = Q(response__published_at__isnull=False)


def counts_of(consultation: Consultation) -> Counts:
    """How many comments came and how they stand."""
    hidden = Q(clearing=Clearing.HIDDEN)
    told = Comment.objects.filter(consultation=consultation).aggregate(
        total=Count("pk"),
        public=Count("pk", filter=Q(clearing=Clearing.PUBLIC)),
        waiting=Count("pk", filter=Q(clearing=Clearing.WAITING)),
        hidden=Count("pk", filter=hidden),
        answered=Count("pk", filter=ANSWERED & ~hidden),
    )
    return Counts(**told)


def comments_on_whole(plan: Plan) -> list[tuple[Consultation, int]]:
    """Each public test, the newest last, with its public comments that are about no single draft."""
    whole = Count("comments", filter=Q(comments__clearing=Clearing.PUBLIC, comments__draft__isnull=True))
    found = Consultation.objects.filter(member__plan=plan).annotate(whole=whole).order_by("opens_on")
    return [(test, test.whole) for test in found]


def unanswered(consultation: Consultation) -> QuerySet[Comment]:
    """What still needs an answer: everything that is not hidden and has none that is published."""
    return comments_of(consultation).exclude(clearing=Clearing.HIDDEN).exclude(ANSWERED)


def overdue_comments(consultation: Consultation, *, today: date) -> list[Comment]:
    """Public comments without an answer longer than the plan's rule allows, the oldest first."""
    since = today - timedelta(days=states.rules().answer_days)
    found = unanswered(consultation).filter(clearing=Clearing.PUBLIC, received_on__lte=since)
    return list(found.order_by("received_on", "number"))


def drafts_by_number(consultation: Consultation) -> Mapping[str, Draft]:
    """The commitments of a public test by the number a clerk types; "" is the plan as a whole."""
    return {
        str(version.draft.number): version.draft for version in frozen_versions(consultation) if version.draft.number
    }


def draft_responses(plan: Plan, member: PlanMember) -> QuerySet[Response]:
    """Answers written and not published yet."""
    found = Response.objects.filter(plan=plan, published_at__isnull=True, comments__consultation__member=member)
    return found.prefetch_related("comments").distinct().order_by("written_at")


def published_responses(consultation: Consultation) -> QuerySet[Response]:
    """The answers that hold in a public test, the newest first: published, and not corrected since."""
    found = Response.objects.filter(published_at__isnull=False, comments__consultation=consultation)
    return found.prefetch_related("comments").select_related("corrects").distinct().order_by("-published_at")


def consultation_of(response: Response) -> Consultation | None:
    """The public test of the comments it answers."""
    comment = response.comments.select_related("consultation__member__organisation", "consultation__freeze").first()
    return comment.consultation if comment else None


def corrections_of(response: Response) -> list[Response]:
    """The answer that holds, then those before it, the newest first."""
    found = [response]
    while found[-1].corrects is not None:
        found.append(found[-1].corrects)
    return found


def comments_with_contact(response: Response) -> list[Comment]:
    """Those it answers whose sender left an address."""
    found = Comment.objects.filter(response=response, contact__isnull=False)
    return list(found.select_related("consultation__member__organisation"))


def contacts_not_needed(*, received_before: datetime) -> QuerySet[Comment]:
    """Comments that keep an address although nothing of them can be answered anew."""
    over = Q(consultation__member__enactment__isnull=False) | Q(plan__withdrawn_at__isnull=False)
    return Comment.objects.filter(Q(received_at__lt=received_before) | over, contact__isnull=False)


def prolongations_of(consultation: Consultation) -> list[Prolongation]:
    """How often a public test was prolonged, the earliest first."""
    return list(Prolongation.objects.filter(consultation=consultation))


def later_versions(consultation: Consultation) -> list[DraftVersion]:
    """Versions saved since the drafts were frozen: those in which something can have changed because of a comment."""
    frozen = {version.draft_id: version.number for version in frozen_versions(consultation)}
    found = DraftVersion.objects.filter(draft__in=frozen).select_related("draft").order_by("draft", "-number")
    return [version for version in found if version.number > frozen[version.draft_id]]


def meetings_to_name(consultation: Consultation, *, now: datetime) -> QuerySet[Meeting]:
    """Meetings at which a comment can have been made: begun, not cancelled, of this government or of all together."""
    mine = Q(member=consultation.member_id) | Q(member__isnull=True)
    begun = Meeting.objects.filter(mine, plan=consultation.member.plan_id, starts_at__lte=now)
    return begun.exclude(state=Meeting.State.CANCELLED).order_by("-starts_at")


def meetings_of(consultation: Consultation) -> list[Meeting]:
    """The meetings held about a public test."""
    held = Meeting.objects.filter(state=Meeting.State.HELD)
    found = held.filter(comments__consultation=consultation) | held.filter(
        plan=consultation.member.plan_id,
        kind=Meeting.Kind.PUBLIC_TEST,
        member=consultation.member_id,
    )
    return list(found.distinct().order_by("starts_at"))


def forum_of(member: PlanMember) -> list[str]:
    """The institutions that hold a seat in the forum of a member, monitors left out."""
    seats = Seat.objects.filter(member=member, state=Seat.State.SEATED).exclude(duty=Seat.Duty.MONITOR)
    return [seat.name for seat in seats.select_related("organisation")]
