"""Requirements about ideas: there are some, each has its number, and none waits unread."""

from collections.abc import Iterator, Mapping

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lumbung.modules.action_plan.models import Clearing, Idea
from lumbung.modules.action_plan.queries.requirements.cases import Case, Check, Missing


def ideas_numbered(case: Case) -> Iterator[Missing]:
    """Ideas came in, and each was read: public under its number, or hidden with a reason."""
    for member in case.concerned:
        mine = Idea.objects.filter(Q(member=member) | Q(member__isnull=True), plan=case.plan)
        counted = mine.aggregate(total=Count("pk"), waiting=Count("pk", filter=Q(clearing=Clearing.WAITING)))
        if not counted["total"]:
            yield Missing(
                "ideas_numbered.none",
                _("No idea has come in for %(member)s yet."),
                params={"member": member.organisation.name},
                route="ideas",
            )
        elif counted["waiting"]:
            yield Missing(
                "ideas_numbered.waiting",
                ngettext_lazy(
                    "%(count)s idea for %(member)s waits to be cleared.",
                    "%(count)s ideas for %(member)s wait to be cleared.",
                    "count",
                ),
                params={"member": member.organisation.name, "count": counted["waiting"]},
                route="clearing",
            )


CHECKS: Mapping[str, Check] = {"ideas_numbered": ideas_numbered}
