"""Words that were hidden: whoever hides some past this program, or takes the trace away, is found."""

from collections.abc import Iterable, Iterator

from lumbung.core.base import sealing
from lumbung.core.base.testimonies import Facts, Said, Testimony, Told
from lumbung.modules.action_plan.events.hiding import HiddenTextErased, HidingDecided, TextHidden
from lumbung.modules.action_plan.models import Hiding
from lumbung.modules.action_plan.queries.hidden import PLACES

KIND = "hiding"


def _told(events: Iterable[Said]) -> Iterator[Told]:
    """A trace is known by the hash of its reason: the first version of these events named no row."""
    names: dict[str, str] = {}
    for said in events:
        data = said.data
        if said.key == TextHidden.key:
            name = _name(data["reason_hash"])
            facts: Facts = {"plan": data["plan"], "kind": data["kind"], "about": data["about"]}
            if "hiding" in data:
                names[data["hiding"]] = name
                facts = {**facts, "subject": data["subject"], "is_upheld": None, "is_erased": False}
            yield said, name, facts
        elif (known := names.get(data.get("hiding", ""))) is not None:
            yield said, known, _decided(said)


def _decided(said: Said) -> Facts:
    return {"is_upheld": said.data["upheld"]} if said.key == HidingDecided.key else {"is_erased": True}


def _name(reason_hash: str) -> str:
    return f"{KIND}:{reason_hash}"


def stand(plan: str | None) -> Iterator[tuple[str, Facts]]:
    """Every trace but those of ideas, comments and remarks: of them the log tells otherwise."""
    rows = Hiding.objects.filter(kind__in=list(PLACES))
    for each in rows if plan is None else rows.filter(plan=plan):
        salt = bytes(each.reason_salt)
        name = sealing.salted_hash(each.reason, salt) if len(salt) == 16 else str(each.pk)
        yield (
            _name(name),
            {
                "plan": each.plan_id,
                "kind": each.kind,
                "about": each.about,
                "subject": each.subject,
                "is_upheld": each.is_upheld,
                "is_erased": each.erased_at is not None,
            },
        )


HIDINGS = Testimony(KIND, (TextHidden.key, HidingDecided.key, HiddenTextErased.key), _told, stand)
