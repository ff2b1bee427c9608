"""What OGP asks of a plan beside its text: who leads, who stands behind it, who monitors and how to reach them.

None of it is typed twice: it is read from the commitments, the endorsements and the seats as they are now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lumbung.core.organisations.models import Organisation
from lumbung.modules.action_plan.models import Commitment, Endorsement, Institution, Partner, Plan, Seat
from lumbung.modules.action_plan.queries import enactment


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitoring body, whose part it monitors, and its contact for everybody; "" where none is registered."""

    organisation: Organisation
    member: Organisation | None
    contact: str


@dataclass(frozen=True, slots=True)
class OgpFacts:
    """The plan-level fields of OGP's form that are derived."""

    leads: tuple[Organisation, ...]
    endorsements: tuple[Endorsement, ...]
    monitors: tuple[Monitor, ...]

    def record(self) -> dict[str, Any]:
        """As JSON: codes where an institution is registered here, its name where it is not."""
        return {
            "lead_institutions": [each.pk for each in self.leads],
            "endorsed_by": [
                {
                    "code": each.organisation_id,
                    "name": each.name,
                    "sector": each.sector,
                    "on": each.on.isoformat(),
                }
                for each in self.endorsements
            ],
            "monitors": [
                {
                    "code": each.organisation.pk,
                    "member": each.member.pk if each.member else None,
                    "contact": each.contact or None,
                }
                for each in self.monitors
            ],
        }

    def lines(self) -> list[tuple[str, str, str]]:
        """Key, label and words in the language active now; what nobody registered is left out."""
        told = (
            ("lead_institutions", _("Lead institutions"), "; ".join(each.name for each in self.leads)),
            ("endorsed_by", _("Non-government stakeholders that endorse the plan"), "; ".join(self.endorsers)),
            ("monitors", _("Independent monitoring body"), "; ".join(map(_monitor, self.monitors))),
            ("monitor_contact", _("Contact of the monitoring body"), "; ".join(self.contacts)),
        )
        return [row for row in told if row[2]]

    @property
    def endorsers(self) -> list[str]:
        """Names of whoever stands behind it, each once."""
        return list(dict.fromkeys(each.name for each in self.endorsements))

    @property
    def contacts(self) -> list[str]:
        """How to reach each monitoring body that has a contact for everybody."""
        told = {f"{each.organisation.name}: {each.contact}": None for each in self.monitors if each.contact}
        return list(told)


def _monitor(each: Monitor) -> str:
    return f"{each.organisation.name} ({each.member.name})" if each.member else each.organisation.name


def facts_of(plan: Plan) -> OgpFacts:
    """What is registered of a plan now."""
    return OgpFacts(tuple(_leads(plan)), tuple(_endorsements(plan)), tuple(_monitors(plan)))


def _leads(plan: Plan) -> Iterable[Organisation]:
    known = Commitment.objects.filter(plan=plan).select_related("plan")
    carrying = known.prefetch_related("institutions__organisation", "amendments")
    leads = [each.organisation for one in carrying for each in one.carriers if each.role == Institution.Role.LEAD]
    return {each.pk: each for each in leads}.values()


def _endorsements(plan: Plan) -> list[Endorsement]:
    """Those of the very texts that were enacted."""
    enacted = [each.freeze_id for each in enactment.enactments_of(plan)]
    return list(Endorsement.objects.filter(freeze__in=enacted).select_related("organisation").order_by("on", "pk"))


def _monitors(plan: Plan) -> Iterable[Monitor]:
    partners = Partner.objects.filter(plan=plan, role=Partner.Role.MONITOR)
    for named in partners.select_related("organisation", "member__organisation"):
        yield Monitor(named.organisation, named.member.organisation if named.member else None, "")
    seats = Seat.objects.filter(plan=plan, duty=Seat.Duty.MONITOR, state=Seat.State.SEATED)
    for seat in seats.select_related("organisation", "member__organisation").order_by("member__position", "since"):
        if seat.organisation is not None:
            yield Monitor(seat.organisation, seat.member.organisation, seat.public_contact or "")
