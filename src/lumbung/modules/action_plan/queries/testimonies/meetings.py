"""Meetings: announced, moved, held and written down, with what was shared, who came and what was decided."""

from collections.abc import Iterable, Iterator

from lumbung.core.base import clock
from lumbung.core.base.testimonies import Facts, Said, Testimony, Told, picked
from lumbung.modules.action_plan.events.meetings import (
    MaterialShared,
    MeetingCancelled,
    MeetingCorrected,
    MeetingHeld,
    MeetingInvited,
    MeetingMoved,
    MeetingPlanned,
)
from lumbung.modules.action_plan.models import Hiding, Meeting
from lumbung.modules.action_plan.queries import told_words
from lumbung.modules.action_plan.queries.testimonies import words
from lumbung.modules.action_plan.queries.testimonies.gathered import Gathered
from lumbung.modules.action_plan.queries.testimonies.words import HiddenWords

KIND = "meeting"
State = Meeting.State
SETTLED = (MeetingHeld.key, MeetingCancelled.key)
COUNTED = ("institutions", "women", "men", "sectors", "decisions")
STATES = {MeetingInvited.key: State.INVITED, MeetingHeld.key: State.HELD, MeetingCancelled.key: State.CANCELLED}


def _told(events: Iterable[Said]) -> Iterator[Told]:
    known = list(events)
    shared = Gathered(
        [said for said in known if said.key == MaterialShared.key],
        row="meeting",
        told=("sha256", "documents"),
        known=("shared_hash", "materials"),
    )
    for said in known:
        name = f"{KIND}:{said.data['meeting']}"
        if said.key == MaterialShared.key:
            yield said, name, shared.add(said)
            continue
        facts = picked(said.data, "plan", "member", "starts_on", announced="announced_hash", agenda="agenda_hash")
        # While a meeting was to come, its kind could once be corrected without a word.
        if "announced" in facts or said.key in SETTLED:
            facts |= picked(said.data, "kind")
        if said.key == MeetingPlanned.key:
            facts |= {"state": State.PLANNED.value, **shared.begun(str(said.data["meeting"]))}
        elif said.key in STATES:
            facts |= {"state": STATES[said.key].value, **_settled(said)}
        yield said, name, facts


def _settled(said: Said) -> Facts:
    """What is told when people are invited, when it was held, when it was called off."""
    data = said.data
    if said.key == MeetingInvited.key:
        return {"invited_on": said.on, "invitation": data["invitation_hash"]}
    if said.key == MeetingCancelled.key:
        return {"reason": data["reason_hash"]}
    counted = picked(data, *COUNTED, starts_on="held_on", attendance="attendance_hash")
    if said.v == 1:  # one hash of everything that was written down
        return {**counted, "written_on": said.on, "all_words": data["minutes_hash"]}
    decisions = {f"decision {number}": sha256 for number, sha256 in data["decision_hashes"].items()}
    return {**counted, **decisions, "written_on": said.on, "minutes": data["minutes_hash"]}


def _stand(subject: str | None) -> Iterator[tuple[str, Facts]]:
    hidden = {kind: HiddenWords(kind) for kind in (Hiding.Kind.MINUTES, Hiding.Kind.INVITATION, Hiding.Kind.DECISION)}
    rows = Meeting.objects.select_related("member")
    rows = rows.prefetch_related("materials__document", "attendance", "decisions")
    for each in rows if subject is None else rows.filter(pk=subject):
        yield f"{KIND}:{each.pk}", {**_announced(each, hidden), **_shared(each), **_held(each, hidden)}


def _announced(each: Meeting, hidden: dict[Hiding.Kind, HiddenWords]) -> Facts:
    of_minutes, of_invitation = hidden[Hiding.Kind.MINUTES], hidden[Hiding.Kind.INVITATION]
    facts = {
        "plan": each.plan_id,
        "member": each.member.organisation_id if each.member else "",
        "kind": each.kind,
        "starts_on": clock.local_day(each.starts_at).isoformat(),
        "state": each.state,
        **dict(words.fact("announced", told_words.announced(each), each.announced_salt, is_hidden=False)),
        **dict(words.fact("agenda", each.agenda, each.salt, is_hidden=_is_gone(each, each.agenda, of_minutes))),
    }
    if each.invited_at is not None:
        gone = of_invitation.hides(each, each.invitation)
        facts |= {"invited_on": clock.local_day(each.invited_at).isoformat()}
        facts |= words.fact("invitation", each.invitation, each.invitation_salt, is_hidden=gone)
    if each.state == State.CANCELLED:
        gone = _is_gone(each, each.cancelled_reason, of_minutes)
        facts |= words.fact("reason", each.cancelled_reason, each.salt, is_hidden=gone)
    return facts


def _is_gone(each: Meeting, text: str, hidden: HiddenWords) -> bool:
    """Whether a text is hidden, or empty and the salt of its hash was erased with another one of the meeting."""
    texts = (each.minutes, each.agenda, each.cancelled_reason)
    is_salt_erased = not each.salt and any(hidden.hides(each, one) for one in texts)
    return hidden.hides(each, text) or (not text and is_salt_erased)


def _shared(each: Meeting) -> Facts:
    materials = each.materials.all()
    hashes = (dict(words.fact("", told_words.shared(one), each.announced_salt, is_hidden=False)) for one in materials)
    return {
        "documents": sorted(one.document.sha256 if one.document else "" for one in materials),
        "materials": sorted(one[""] for one in hashes),
    }


def _held(each: Meeting, hidden: dict[Hiding.Kind, HiddenWords]) -> Facts:
    if each.state != State.HELD:
        return {}
    came, decided = each.attendance.all(), each.decisions.all()
    sectors: dict[str, int] = {}
    for row in came:
        sectors[row.sector] = sectors.get(row.sector, 0) + row.people
    facts = {
        "written_on": clock.local_day(each.held_at).isoformat() if each.held_at else "",
        "institutions": len(came),
        "women": sum(row.women for row in came),
        "men": sum(row.men for row in came),
        "sectors": sectors,
        "decisions": len(decided),
        **dict(words.fact("attendance", told_words.attendance(came), each.announced_salt, is_hidden=False)),
    }
    of_minutes, of_decisions = hidden[Hiding.Kind.MINUTES], hidden[Hiding.Kind.DECISION]
    minutes_gone = _is_gone(each, each.minutes, of_minutes)
    gone = {one.number: of_decisions.hides(one, one.text) for one in decided}
    all_words = "\n".join([each.minutes, *(one.text for one in decided)])
    facts |= words.fact("all_words", all_words, each.salt, is_hidden=minutes_gone or any(gone.values()))
    facts |= words.fact("minutes", each.minutes, each.salt, is_hidden=minutes_gone)
    for one in decided:
        facts |= words.fact(f"decision {one.number}", one.text, one.salt, is_hidden=gone[one.number])
    return facts


MEETINGS = Testimony(
    KIND,
    (MeetingPlanned.key, MeetingMoved.key, MeetingCorrected.key, MaterialShared.key, *STATES),
    _told,
    _stand,
    older=frozenset({"all_words"}),
    again=frozenset({MeetingMoved.key, MeetingCorrected.key, MaterialShared.key}),
)
