"""Stages as data: templates, requirements, caps. Read once from `data/stages.toml`; pure.

A requirement names a check of `queries/requirements` and the role that owes it; nothing here knows how to check.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

STAGES = Path(__file__).parent / "data" / "stages.toml"
JOINT = "joint"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that must be there before a stage is left. `options` narrow the check."""

    check: str
    owes: str
    options: tuple[tuple[str, str | int], ...] = ()

    def option(self, name: str) -> str:
        """The value of one option, "" where the data name none."""
        return str(dict(self.options).get(name, ""))


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a template."""

    key: str
    title_id: str
    title_en: str
    requirements: tuple[Requirement, ...]

    @property
    def title(self) -> str:
        """The title in the language active now."""
        return self.title_en if (get_language() or "").startswith("en") else self.title_id


@dataclass(frozen=True, slots=True)
class Template:
    """The stages of one kind of member, in order."""

    key: str
    title_id: str
    title_en: str
    source: str
    stages: tuple[Stage, ...]

    @property
    def title(self) -> str:
        """The title in the language active now."""
        return self.title_en if (get_language() or "").startswith("en") else self.title_id

    def stage(self, key: str) -> Stage:
        """The stage of that key."""
        return next(stage for stage in self.stages if stage.key == key)


@dataclass(frozen=True, slots=True)
class Rules:
    """How many commitments a plan may hold, and how long a public test stays open at least."""

    one_member: int
    consortium: int
    caps_source: str
    public_test_days: int
    public_test_source: str
    answer_days: int
    answer_source: str
    contact_days: int
    contact_source: str

    def most_commitments(self, members: int) -> int:
        """The cap for a plan of so many members."""
        return self.one_member if members == 1 else self.consortium


@dataclass(frozen=True, slots=True)
class MonitoringRules:
    """How long an agency has to reply and to report, when people are reminded, and what fits into OGP's form."""

    reply_working_days: int
    reply_source: str
    report_days: int
    reply_reminder_days: int
    assessment_reminder_days: int
    reminders_source: str
    pack_files: int
    pack_bytes: int
    pack_source: str


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(STAGES.read_text(encoding="utf-8"))


@cache
def rules() -> Rules:
    """Caps and days, as the data file says."""
    return Rules(**_told()["rules"])


@cache
def monitoring_rules() -> MonitoringRules:
    """Days and sizes of monitoring, as the data file says."""
    return MonitoringRules(**_told()["monitoring"])


@cache
def templates() -> Mapping[str, Template]:
    """Every template by key."""
    return {row["key"]: _template(row) for row in _told()["templates"]}


def member_templates() -> list[Template]:
    """The templates a member may choose."""
    return [template for template in templates().values() if template.key != JOINT]


def _template(row: Mapping[str, Any]) -> Template:
    stages = tuple(
        Stage(each["key"], each["title_id"], each["title_en"], tuple(map(_requirement, each["requirements"])))
        for each in row["stages"]
    )
    return Template(row["key"], row["title_id"], row["title_en"], row["source"], stages)


def _requirement(row: Mapping[str, Any]) -> Requirement:
    options = tuple(sorted((name, value) for name, value in row.items() if name not in {"check", "owes"}))
    return Requirement(row["check"], row["owes"], options)


# What may follow what, beside the stages. A decree ends as enacted; a regulation is also promulgated.
LEGAL_STATES: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"enacted"}),
    "enacted": frozenset({"promulgated"}),
    "promulgated": frozenset(),
}
SEAT_STATES: Mapping[str, frozenset[str]] = {
    "applied": frozenset({"seated", "declined"}),
    "seated": frozenset({"ended"}),
    "declined": frozenset(),
    "ended": frozenset(),
}
MEETING_STATES: Mapping[str, frozenset[str]] = {
    # Held without an invitation stays visible as that; the requirement of the stage names it.
    "planned": frozenset({"invited", "held", "cancelled"}),
    "invited": frozenset({"held", "cancelled"}),
    "held": frozenset(),
    "cancelled": frozenset(),
}


def may_become(table: Mapping[str, frozenset[str]], state: str, wanted: str) -> bool:
    """Whether a thing in that state may take the other one."""
    return wanted in table[state]
