"""Requirements about the public test: held long enough, every comment answered, the difference published."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lumbung.core.base import clock
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.models import Consultation, Freeze, PlanMember, Response
from lumbung.modules.action_plan.queries import consultations, drafts, hidden
from lumbung.modules.action_plan.queries.requirements.cases import Case, Check, Missing


def consultation_held(case: Case) -> Iterator[Missing]:
    """A public test was open long enough (option `days`, else the rule), and is over."""
    least = int(case.requirement.option("days") or states.rules().public_test_days)
    for member in case.concerned:
        held = [each for each in _tests(member) if consultations.days_open(each) >= least]
        if not held:
            yield Missing(
                "consultation_held.none",
                _("%(member)s has not opened a public test of %(days)s days or more yet."),
                params={"member": member.organisation.name, "days": least},
                route="consultation-desk",
            )
        elif not any(each.closes_on < case.today for each in held):
            yield Missing(
                "consultation_held.open",
                _("The public test of %(member)s is not over yet."),
                params={"member": member.organisation.name},
                route="consultation-desk",
            )


def every_comment_answered(case: Case) -> Iterator[Missing]:
    """Every comment that is not hidden has a published answer."""
    for member in case.concerned:
        waiting = sum(consultations.counts_of(each).unanswered for each in _tests(member))
        if waiting:
            yield Missing(
                "every_comment_answered",
                ngettext_lazy(
                    "%(count)s comment on the draft of %(member)s has no published answer yet.",
                    "%(count)s comments on the draft of %(member)s have no published answer yet.",
                    "count",
                ),
                params={"member": member.organisation.name, "count": waiting},
                route="consultation-desk",
            )


def hiding_confirmed(case: Case) -> Iterator[Missing]:
    """No comment is hidden by one person alone: a second one confirmed it, or showed it again."""
    for member in case.concerned:
        alone = hidden.undecided_of(member)
        if alone:
            yield Missing(
                "hiding_confirmed",
                ngettext_lazy(
                    "%(count)s comment on the draft of %(member)s is hidden and waits for a second person.",
                    "%(count)s comments on the draft of %(member)s are hidden and wait for a second person.",
                    "count",
                ),
                params={"member": member.organisation.name, "count": alone},
                route="hidden-desk",
            )


def difference_published(case: Case) -> Iterator[Missing]:
    """After the public test the drafts were frozen again, so that everybody can compare; unless nothing changed."""
    for member in case.concerned:
        test = _tests(member)[-1:]
        if not test or (not _frozen_after(test[0]) and _has_changed(test[0])):
            yield Missing(
                "difference_published",
                _("The drafts of %(member)s are not frozen again after the public test, so nobody can compare them."),
                params={"member": member.organisation.name},
                route="drafts",
            )


def _tests(member: PlanMember) -> list[Consultation]:
    return list(consultations.consultations_of_member(member).order_by("closes_on"))


def _frozen_after(test: Consultation) -> bool:
    later = Freeze.objects.filter(member=test.member_id, number__gt=test.freeze.number)
    return any(clock.local_day(each.frozen_at) > test.closes_on for each in later)


def _has_changed(test: Consultation) -> bool:
    """Whether there is a difference to publish: something was accepted, or a draft says something else by now."""
    changing = [Response.Verdict.ACCEPTED, Response.Verdict.PARTLY]
    if consultations.comments_of(test).filter(response__verdict__in=changing).exists():
        return True
    frozen = set(test.freeze.versions.values_list("sha256", flat=True))
    return {version.sha256 for version in drafts.newest_versions(test.member)} != frozen


CHECKS: Mapping[str, Check] = {
    "consultation_held": consultation_held,
    "every_comment_answered": every_comment_answered,
    "hiding_confirmed": hiding_confirmed,
    "difference_published": difference_published,
}
