"""Reading what people asked: what everybody reads, what its holder reads, what waits on which desk."""

import json
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from lumbung.core.access.viewers import Viewer
from lumbung.core.base import ids, sealing
from lumbung.core.notices.recipients import Recipient
from lumbung.core.portals.models import Portal
from lumbung.kernels import personal_data
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.models import Asking, Dataset

PURPOSE = "data-asking"
SUBJECT = "data_asking"


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote: what they ask, why, and where in the table."""

    text: str
    why: str = ""
    where: str = ""

    def kept(self) -> str:
        """As it is sealed and hashed."""
        return json.dumps([self.text, self.why, self.where], ensure_ascii=False)

    def is_flagged(self) -> bool:
        """Whether the check finds personal data or a name in it."""
        told = f"{self.text}\n{self.why}\n{self.where}"
        return bool(personal_data.find(told) or personal_data.find_names(told))


def place_of(asking: Asking) -> str:
    """Where its words are sealed."""
    return f"open_data_asking.words:{asking.pk}"


def words_of(asking: Asking) -> Words | None:
    """The words as sent, for whoever looks them through or holds the code; None once they were erased."""
    if asking.words is None:
        return None
    return Words(*json.loads(sealing.unseal(asking.words, place=place_of(asking))))


def public_words(asking: Asking) -> Words:
    """The words as the public reads them."""
    return Words(asking.public_text, asking.public_why, asking.public_where)


def contact_of(asking: Asking) -> Recipient | None:
    """Where the answer goes; opened for sending only, shown on no page."""
    if asking.contact is None:
        return None
    address = sealing.unseal(asking.contact, place=f"open_data_asking.contact:{asking.pk}")
    return Recipient(address, asking.language)


def code_index(code: str) -> str:
    """What is stored of a code."""
    return sealing.blind_index(ids.tidy_access_code(code), purpose=PURPOSE)


def by_code(portal: Portal, code: str) -> Asking | None:
    """What a code opens in this portal."""
    return _of(portal).filter(code_index=code_index(code)).first()


def by_number(portal: Portal, number: str) -> Asking | None:
    """One thing somebody asked, by its number."""
    return _of(portal).filter(number=number).first()


def _of(portal: Portal) -> QuerySet[Asking]:
    parts = ("portal", "dataset__producer", "dataset__portal", "dataset__listing", "agency", "mended_in")
    return Asking.objects.filter(portal=portal).select_related(*parts, "given__portal", "given__listing")


def public_askings(portal: Portal, *, kind: str = "") -> QuerySet[Asking]:
    """What everybody may read: looked through; a request to withdraw only after its answer, for it points at a harm."""
    found = _of(portal).filter(clearing=Asking.Clearing.PUBLIC).exclude(kind=Asking.Kind.TAKEDOWN, outcome="")
    return found.filter(kind=kind) if kind else found


def about(dataset: Dataset) -> list[Asking]:
    """What is told beside a dataset."""
    return list(public_askings(dataset.portal).filter(dataset=dataset)[:20])


def waiting_for(viewer: Viewer, portal: Portal) -> list[Asking]:
    """What waits for this viewer: all of it for a steward, what was cleared for the agency that has to answer.

    Requests to withdraw come first, then what is due first.
    """
    order = Case(When(kind=Asking.Kind.TAKEDOWN, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = _of(portal).filter(outcome="").order_by(order, F("due_on").asc(nulls_last=True), "received_at")
    if permissions.sees_whole_desk(viewer, portal.region_id):
        return list(found)
    agencies = [held.organisation_code for held in viewer.roles_with(permissions.ANSWER) if held.organisation_code]
    return list(found.filter(agency__in=agencies).exclude(clearing=Asking.Clearing.WAITING))


def answered_lately(portal: Portal, *, most: int = 20) -> list[Asking]:
    """What was answered last, for the desk."""
    return list(_of(portal).exclude(outcome="").order_by("-answered_on", "-received_at")[:most])


@dataclass(frozen=True, slots=True)
class Statistics:
    """Data requests of a year in numbers."""

    year: int
    received: int
    answered: int
    on_time: int
    refused: int

    @property
    def open(self) -> int:
        return self.received - self.answered


def statistics(portal: Portal, year: int) -> Statistics:
    """How many data requests came in a year, and what became of them."""
    answered = ~Q(outcome="")
    found = Asking.objects.filter(portal=portal, kind=Asking.Kind.DATA, received_on__year=year).aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=answered),
        on_time=Count("pk", filter=answered & (Q(due_on__isnull=True) | Q(answered_on__lte=F("due_on")))),
        refused=Count("pk", filter=Q(outcome=Asking.Outcome.REFUSED)),
    )
    return Statistics(year=year, **found)
