"""Stages that were passed, and exceptions that were asked for and decided."""

from collections import Counter
from collections.abc import Iterable, Iterator

from lumbung.core.base import clock
from lumbung.core.base.testimonies import Facts, Said, Testimony, Told, one_by_one, picked
from lumbung.modules.action_plan.events.stages import ExceptionAsked, ExceptionDecided, StagePassed
from lumbung.modules.action_plan.models import Hiding, StageException, StagePassage
from lumbung.modules.action_plan.queries.testimonies import words
from lumbung.modules.action_plan.queries.testimonies.words import HiddenWords

Place = tuple[str, str, str]


def _passed(said: Said) -> tuple[str, Facts]:
    facts = {"passed_on": said.on, **picked(said.data, "exception")}
    return f"stage:{'.'.join(_place(said))}", facts


def _place(said: Said) -> Place:
    return str(said.data["plan"]), str(said.data["track"]), str(said.data["stage"])


def _passages(plan: str | None) -> Iterator[tuple[str, Facts]]:
    rows = StagePassage.objects.all() if plan is None else StagePassage.objects.filter(plan=plan)
    granted = {_place_of(each): _codes(each) for each in StageException.objects.filter(is_granted=True)}
    for each in rows:
        place, passed_on = _place_of(each), clock.local_day(each.passed_at).isoformat()
        yield f"stage:{'.'.join(place)}", {"passed_on": passed_on, "exception": granted.get(place, [])}


def _place_of(row: StagePassage | StageException) -> Place:
    return row.plan_id, row.track, row.stage


def _codes(exception: StageException) -> list[str]:
    return sorted(each["code"] for each in exception.missing)


def _told(events: Iterable[Said]) -> Iterator[Told]:
    """Of one stage an exception may be asked for again once it was declined: they are counted, oldest first."""
    asked: Counter[Place] = Counter()
    for said in events:
        place = _place(said)
        if said.key == ExceptionAsked.key:
            asked[place] += 1
            told = picked(said.data, reason="reason_hash")
            facts = {**told, "asked_on": said.on, "asked_role": _role(said), **_waits()}
        else:
            told = picked(said.data, is_granted="granted")
            facts = {**told, "decided_on": said.on, "decided_role": _role(said)}
        yield said, _name(place, asked[place]), facts


def _waits() -> Facts:
    return {"is_granted": None, "decided_on": "", "decided_role": ""}


def _role(said: Said) -> str:
    """Without the word for a deputy."""
    return said.role.partition(".")[0]


def _name(place: Place, number: int) -> str:
    return f"exception:{'.'.join(place)}.{number}"


def _exceptions(plan: str | None) -> Iterator[tuple[str, Facts]]:
    hidden, rows = HiddenWords(Hiding.Kind.EXCEPTION), StageException.objects.order_by("asked_at", "pk")
    asked: Counter[Place] = Counter()
    for each in rows if plan is None else rows.filter(plan=plan):
        asked[_place_of(each)] += 1
        yield (
            _name(_place_of(each), asked[_place_of(each)]),
            {
                "asked_on": clock.local_day(each.asked_at).isoformat(),
                "asked_role": each.asked_role,
                "is_granted": each.is_granted,
                "decided_on": clock.local_day(each.decided_at).isoformat() if each.decided_at else "",
                "decided_role": each.decided_role,
                **dict(words.fact("reason", each.reason, each.reason_salt, is_hidden=hidden.hides(each, each.reason))),
            },
        )


TESTIMONIES = (
    Testimony("stage", (StagePassed.key,), one_by_one({StagePassed.key: _passed}), _passages),
    Testimony("exception", (ExceptionAsked.key, ExceptionDecided.key), _told, _exceptions),
)
