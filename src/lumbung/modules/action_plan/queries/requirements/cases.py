"""What a requirement is asked about, and what it answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from lumbung.modules.action_plan.models import Plan, PlanMember
from lumbung.modules.action_plan.states import JOINT, Requirement


@dataclass(frozen=True, slots=True)
class Case:
    """One requirement of one stage of one track, on one day. `member` is None where all members pass together."""

    plan: Plan
    member: PlanMember | None
    requirement: Requirement
    today: date
    stage: str = ""

    @property
    def track(self) -> str:
        """Whose stages these are."""
        return track_of(self.member)

    @property
    def concerned(self) -> list[PlanMember]:
        """The members it asks about: one, or all."""
        return [self.member] if self.member else list(self.plan.members.select_related("organisation"))


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, in one sentence with the way out; `code` names it for programs and the log.

    owes   key of the role that has to bring it
    route  name of the route under "action_plan:" where it is brought, with the plan as its only parameter; "" if none
           (a roadmap is also told its track)
    """

    code: str
    sentence: Promise | str
    owes: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    route: str = ""

    @property
    def check(self) -> str:
        """The check that found it missing."""
        return self.code.split(".", 1)[0]

    @property
    def text(self) -> str:
        """The sentence in the language active now."""
        # A sentence with a plural chooses its form by the number it is given.
        return str(self.sentence % self.params) if self.params else str(self.sentence)

    def kept(self) -> dict[str, str]:
        """Code and sentence in both languages, to be kept with an exception."""
        texts = {}
        for language in ("id", "en"):
            with translation.override(language):
                texts[language] = self.text
        return {"code": self.code, "owes": self.owes, **texts}


Check = Callable[[Case], Iterable[Missing]]


def track_of(member: PlanMember | None) -> str:
    """A member's code, or "joint"."""
    return member.organisation_id if member else JOINT
