"""Seats in the forum: who asked, who sits there by which decree, who left and why."""

from collections.abc import Iterator

from lumbung.core.base import clock
from lumbung.core.base.testimonies import Facts, Said, Testimony, one_by_one, picked
from lumbung.modules.action_plan.events.seats import SeatAsked, SeatDeclined, SeatEnded, SeatTaken
from lumbung.modules.action_plan.models import Hiding, Seat
from lumbung.modules.action_plan.queries.testimonies import words
from lumbung.modules.action_plan.queries.testimonies.words import HiddenWords

KIND = "seat"
State = Seat.State


def _asked(said: Said) -> tuple[str, Facts]:
    facts = picked(said.data, "plan", "member", "sector", name="name_hash")
    return _name(said), {**facts, "state": State.APPLIED.value}


def _taken(said: Said) -> tuple[str, Facts]:
    facts = picked(said.data, "plan", "member", "sector", "duty", "since", "decree", organisation="institution")
    told = picked(said.data, name="name_hash", note="note_hash")
    return _name(said), {**facts, **told, "state": State.SEATED.value, "decided_on": said.on}


def _declined(said: Said) -> tuple[str, Facts]:
    facts = picked(said.data, "plan", "member", "sector", reason="reason_hash")
    return _name(said), {**facts, "state": State.DECLINED.value, "decided_on": said.on}


def _ended(said: Said) -> tuple[str, Facts]:
    return _name(said), {"state": State.ENDED.value, **picked(said.data, "until", reason="reason_hash")}


def _name(said: Said) -> str:
    return f"{KIND}:{said.data['seat']}"


def _stand(subject: str | None) -> Iterator[tuple[str, Facts]]:
    hidden, rows = HiddenWords(Hiding.Kind.SEAT), Seat.objects.select_related("member")
    for each in rows if subject is None else rows.filter(pk=subject):
        yield f"{KIND}:{each.pk}", _facts(each, hidden)


def _facts(each: Seat, hidden: HiddenWords) -> Facts:
    facts = {
        "plan": each.plan_id,
        "member": each.member.organisation_id,
        "sector": each.sector,
        "state": each.state,
        **dict(words.fact("name", each.institution, each.reason_salt, is_hidden=_is_erased(each, hidden))),
    }
    if each.state != State.APPLIED:
        facts["decided_on"] = clock.local_day(each.decided_at).isoformat() if each.decided_at else ""
    if each.state in {State.DECLINED, State.ENDED}:
        facts |= words.fact("reason", each.reason, each.reason_salt, is_hidden=hidden.hides(each, each.reason))
    if each.state in {State.SEATED, State.ENDED}:
        facts |= {
            "duty": each.duty,
            "since": each.since.isoformat() if each.since else "",
            "decree": str(each.decree_id or ""),
            "organisation": each.organisation_id or "",
            **dict(words.fact("note", each.note, each.reason_salt, is_hidden=hidden.hides(each, each.note))),
        }
    if each.state == State.ENDED:
        facts["until"] = each.until.isoformat() if each.until else ""
    return facts


def _is_erased(each: Seat, hidden: HiddenWords) -> bool:
    """Words that were erased took the salt of all hashes of the seat along."""
    return not each.reason_salt and (hidden.hides(each, each.note) or hidden.hides(each, each.reason))


SEATS = Testimony(
    KIND,
    (SeatAsked.key, SeatTaken.key, SeatDeclined.key, SeatEnded.key),
    one_by_one(
        {SeatAsked.key: _asked, SeatTaken.key: _taken, SeatDeclined.key: _declined, SeatEnded.key: _ended},
    ),
    _stand,
)
