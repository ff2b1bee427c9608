"""Believable synthetic reports: the same seed gives the same reports, on any machine, at any time."""
# ruff: noqa: S311

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from lumbung.modules.reports.demo.problems import Problem, problems
from lumbung.modules.reports.demo.reports import DemoReport
from lumbung.modules.reports.demo.rhythm import (
    channel_on,
    days_before,
    days_since_disaster,
    disaster_days,
    moment_on,
    weights_of,
)
from lumbung.modules.reports.demo.story import Case, story_of
from lumbung.modules.reports.demo.wording import Place, landmark_for, season_factor, tell

KSB: Final = "52.07"
TWIN_SHARE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something happens at a place on a day and somebody tells the government behind a portal."""

    at: datetime
    problem: Problem
    place: Place
    portal: str
    channel: str
    key: int
    twin_of: int | None = None


def generate(*, seed: int, count: int, until: datetime, villages: Sequence[tuple[str, str]]) -> Iterator[DemoReport]:
    """`count` reports from the three years before `until`, in order of receipt.

    until     aware; nothing in any report lies after it
    villages  (code, name) pairs; codes of four groups, "52.07.02.2005"
    raises    ValueError when `until` has no zone or there is no village
    """
    if until.tzinfo is None:
        raise ValueError("until has no time zone; expected an aware datetime")
    if not villages:
        raise ValueError("villages is empty; expected at least one (code, name) pair")
    rng = Random(seed)
    happened = sorted(_occurrences(rng, count, until, villages), key=lambda one: (one.at, one.key))
    numbers = {one.key: number for number, one in enumerate(happened, start=1)}
    for number, one in enumerate(happened, start=1):
        twin_of = None if one.twin_of is None else numbers[one.twin_of]
        yield _written(Random(f"{seed}/{one.key}"), one, number, twin_of, until)


def _occurrences(rng: Random, count: int, until: datetime, villages: Sequence[tuple[str, str]]) -> list[Occurrence]:
    days = days_before(until)
    disasters = disaster_days(rng, days)
    chances = list(accumulate(weights_of(days, disasters)))
    originals = count - round(count * TWIN_SHARE)
    picked = rng.choices(days, cum_weights=chances, k=originals)
    happened = [_occurrence(rng, day, disasters, villages, key) for key, day in enumerate(picked)]
    may_repeat = [
        one
        for one in happened
        if one.problem.category.klass == "complaint" and not one.problem.category.forced_confidential
    ]
    while len(happened) < count:
        happened.append(_twin(rng, rng.choice(may_repeat or happened), days[-1], key=len(happened)))
    return happened


def _occurrence(
    rng: Random, day: date, disasters: Sequence[date], villages: Sequence[tuple[str, str]], key: int
) -> Occurrence:
    code, name = _village(rng, villages)
    portal = ("ksb" if rng.random() < 0.93 else "ntb") if code.startswith(KSB) else "ntb"
    problem = _problem(rng, day, days_since_disaster(day, disasters), Place(code, name, ""))
    channel = channel_on(rng, day, portal)
    place = Place(code, name, landmark_for(rng, problem))
    return Occurrence(moment_on(rng, day, channel, portal), problem, place, portal, channel, key)


def _village(rng: Random, villages: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Half of the reports come from KSB when both it and the rest of the province are there."""
    ksb = [village for village in villages if village[0].startswith(KSB)]
    rest = [village for village in villages if not village[0].startswith(KSB)]
    if ksb and rest:
        return rng.choice(ksb if rng.random() < 0.5 else rest)
    return rng.choice(villages)


def _problem(rng: Random, day: date, days_after: int | None, place: Place) -> Problem:
    choices = [problem for problem in problems() if not (problem.villages_only and place.is_ward)]
    weights = [
        problem.weight * season_factor(problem, day) * (5 if days_after is not None and _by_disaster(problem) else 1)
        for problem in choices
    ]
    return rng.choices(choices, weights=weights)[0]


def _by_disaster(problem: Problem) -> bool:
    return problem.season == "rain" and problem.category.key in {"disaster", "flood_drain", "road", "bridge"}


def _twin(rng: Random, first: Occurrence, last_day: date, key: int) -> Occurrence:
    """A neighbour tells the same within ten days, through whatever channel is near."""
    day = min(first.at.date() + timedelta(days=rng.randrange(1, 10)), last_day)
    channel = channel_on(rng, day, first.portal)
    at = max(moment_on(rng, day, channel, first.portal), first.at)
    return replace(first, at=at, channel=channel, key=key, twin_of=first.key)


def _written(rng: Random, one: Occurrence, number: int, twin_of: int | None, until: datetime) -> DemoReport:
    category = one.problem.category
    confidential = category.forced_confidential or rng.random() < 0.03
    anonymous = rng.random() < (0.65 if category.forced_confidential else 0.07)
    told = tell(
        rng,
        one.problem,
        one.place,
        at=one.at,
        channel=one.channel,
        anonymous=anonymous,
        twin=twin_of is not None,
    )
    steps, rating = story_of(rng, Case(one.problem, one.place, one.portal, one.at), until)
    public = not confidential and any(step.kind == "verified" for step in steps)
    return DemoReport(
        sequence=number,
        portal=one.portal,
        category_key=category.key,
        klass=category.klass,
        urgency=category.urgency,
        channel=one.channel,
        entered_on_behalf=one.channel != "web",
        village_code=one.place.village_code,
        landmark=told.landmark,
        lat=None,
        lon=None,
        title=told.title,
        original_text=told.original,
        public_title=told.public_title if public else "",
        public_text=told.public_text if public else "",
        reporter_name=None if anonymous or rng.random() < 0.3 else f"Pelapor Contoh {number:04d}",
        is_anonymous=anonymous,
        is_confidential=confidential,
        received_at=one.at,
        steps=steps,
        rating=rating,
        same_problem_as=twin_of,
    )
