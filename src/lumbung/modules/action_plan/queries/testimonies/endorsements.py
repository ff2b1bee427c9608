"""Institutions that stand behind a frozen text: who, when, on which paper."""

from collections.abc import Iterable, Iterator

from lumbung.core.base import clock
from lumbung.core.base.testimonies import UNKNOWN, Facts, Said, Testimony, Told, picked
from lumbung.modules.action_plan.events.enactment import PlanEndorsed
from lumbung.modules.action_plan.models import Endorsement, Hiding
from lumbung.modules.action_plan.queries.testimonies import words
from lumbung.modules.action_plan.queries.testimonies.words import HiddenWords

KIND = "endorsement"
# What every version of the event tells, the day it was entered among it.
ALWAYS = ("plan", "member", "organisation", "sector", "manner", "version", "entered_on")


def _told(events: Iterable[Said]) -> Iterator[Told]:
    """The first version named no row: each of its events speaks of one row that it fits and nothing else speaks of."""
    known = list(events)
    named = {said.data["endorsement"] for said in known if "endorsement" in said.data}
    open_rows = [each for each in _rows(None) if str(each.pk) not in named] if len(named) < len(known) else []
    for said in known:
        facts = picked(
            said.data, "plan", "member", "sector", "manner", "version", "given_on", organisation="institution"
        )
        facts |= {"entered_on": said.on, **picked(said.data, document="sha256", name="name_hash", note="note_hash")}
        if "endorsement" in said.data:
            yield said, f"{KIND}:{said.data['endorsement']}", facts
            continue
        fits = next((each for each in open_rows if _fits(each, facts)), None)
        if fits is not None:
            open_rows.remove(fits)
        yield said, f"{KIND}:{fits.pk if fits else said.event_id}", facts


def _fits(each: Endorsement, told: Facts) -> bool:
    found = _always(each)
    return all(found[name] == told.get(name) for name in ALWAYS)


def _rows(plan: str | None) -> Iterator[Endorsement]:
    rows = Endorsement.objects.select_related("member", "freeze", "document").order_by("entered_at", "pk")
    yield from rows if plan is None else rows.filter(member__plan=plan)


def _always(each: Endorsement) -> Facts:
    return {
        "plan": each.member.plan_id,
        "member": each.member.organisation_id,
        "organisation": each.organisation_id or "",
        "sector": each.sector,
        "manner": each.manner,
        "version": each.freeze.number,
        "entered_on": clock.local_day(each.entered_at).isoformat(),
    }


def _stand(plan: str | None) -> Iterator[tuple[str, Facts]]:
    hidden = HiddenWords(Hiding.Kind.ENDORSEMENT)
    for each in _rows(plan):
        is_hidden = hidden.hides(each, each.note)
        facts = {
            **_always(each),
            "given_on": each.on.isoformat(),
            "document": each.document.sha256 if each.document else "",
            **dict(words.fact("note", each.note, each.salt, is_hidden=is_hidden)),
            **dict(words.fact("name", each.institution, each.salt, is_hidden=False)),
        }
        # A note that was erased took the salt along.
        yield f"{KIND}:{each.pk}", facts | ({"name": UNKNOWN} if is_hidden and not each.salt else {})


ENDORSEMENTS = Testimony(KIND, (PlanEndorsed.key,), _told, _stand)
