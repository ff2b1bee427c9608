"""Amendments: every one that stands beside enacted text was proposed and decided in the log."""

from collections.abc import Callable, Iterator

from lumbung.core.base import clock
from lumbung.core.base.testimonies import Facts, Said, Testimony, one_by_one, picked
from lumbung.modules.action_plan.events.enactment import AmendmentDeclined, AmendmentProposed, CommitmentAmended
from lumbung.modules.action_plan.models import Amendment
from lumbung.modules.action_plan.queries import claims

KIND = "amendment"
State = Amendment.State


def _proposed(said: Said) -> tuple[str, Facts]:
    waits = {"state": State.PROPOSED.value, "decided_on": "", "decided_role": ""}
    return _name(said), {**_place(said), "proposed_role": said.role.partition(".")[0], **waits}


def _decided(state: State) -> Callable[[Said], tuple[str, Facts]]:
    def reads(said: Said) -> tuple[str, Facts]:
        name, objects = _name(said), said.data.get("objects", {})
        # The first version told the text alone, without the decision.
        part = "text" if said.v > 1 else "text_alone"
        text = {part: objects[name]} if name in objects else {}
        decision = {"state": state.value, "decided_on": said.on, "decided_role": said.role.partition(".")[0]}
        return name, {**_place(said), **decision, **text}

    return reads


def _name(said: Said) -> str:
    return f"{KIND}:{said.data['amendment']}"


def _place(said: Said) -> Facts:
    return picked(said.data, "commitment", "place")


def stand(plan: str | None) -> Iterator[tuple[str, Facts]]:
    """Every amendment, waiting, approved and declined."""
    known = Amendment.objects.all() if plan is None else Amendment.objects.filter(commitment__plan=plan)
    for each in known.order_by("proposed_at", "pk"):
        yield f"{KIND}:{each.pk}", _facts(each)


def _facts(each: Amendment) -> Facts:
    roles = {"proposed_role": each.proposing_role, "decided_role": each.deciding_role}
    facts = {"commitment": each.commitment_id, "place": each.place, "state": each.state, "decided_on": "", **roles}
    if each.decided_at is None:
        return facts
    [text], [alone] = claims.amendment_object(each).values(), claims.amended_text(each).values()
    return facts | {"decided_on": clock.local_day(each.decided_at).isoformat(), "text": text, "text_alone": alone}


AMENDMENTS = Testimony(
    KIND,
    (AmendmentProposed.key, AmendmentDeclined.key, CommitmentAmended.key),
    one_by_one(
        {
            AmendmentProposed.key: _proposed,
            AmendmentDeclined.key: _decided(State.DECLINED),
            CommitmentAmended.key: _decided(State.APPROVED),
        }
    ),
    stand,
    older=frozenset({"text_alone"}),
)
