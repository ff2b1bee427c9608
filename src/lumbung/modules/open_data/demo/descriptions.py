"""What a few datasets of the demonstration say of their statistical activity or their indicators (MS-Keg, MS-Ind)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lumbung.modules.open_data.demo.subjects import HERE, Subject


@dataclass(frozen=True, slots=True)
class Description:
    """How the data were made, and what the rules of BPS ask of data made so.

    reference_time  of every column, where they come from a statistical activity (MS-Var)
    """

    made_by: str = "administration"
    reference_time: str = ""
    activity: Mapping[str, Any] = field(default_factory=dict)
    indicators: tuple[Mapping[str, Any], ...] = ()


def of(key: str) -> Description:
    """The description of a dataset; most are administrative data and need none."""
    return _all().get(key, Description())


def variable(story: Subject, told: Mapping[str, Any]) -> dict[str, Any]:
    """A column with what MS-Var asks of data of a statistical activity."""
    described = of(story.key)
    if described.made_by != "statistics":
        return dict(told)
    asked = {"concept": told["label"]["id"], "reference": story.standard, "is_public": "yes"}
    return {**told, **asked, "reference_time": described.reference_time}


@cache
def _all() -> Mapping[str, Description]:
    told = tomllib.loads((HERE / "descriptions.toml").read_text(encoding="utf-8"))
    return {key: Description(**{**each, "indicators": tuple(each.get("indicators", ()))}) for key, each in told.items()}
