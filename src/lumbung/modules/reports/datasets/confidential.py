"""Confidential reports as open data: counts by quarter, place and topic, whose small numbers publishing hides.

No page shows another count of them: what is hidden here must not stand beside it elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock
from lumbung.core.base.declarations import Column, Dataset
from lumbung.core.base.protections import Dimension, Protection
from lumbung.core.regions import queries as regions
from lumbung.modules.reports import queries
from lumbung.modules.reports.datasets.activity import ACTIVITY, REGION
from lumbung.modules.reports.models import Report
from lumbung.modules.reports.queries import confidential

KEY, ALL = confidential.TABLE, confidential.ALL_TOPICS
OTHER, VIOLENCE = "other", "violence"
# Topics that are confidential by force, in groups large enough to be counted; the rest was made so by its writer.
TOPIC_OF = {
    "official_conduct": "officials",
    "village_office": "officials",
    "illegal_levy": "money",
    "aid_fraud": "money",
    "violence": VIOLENCE,
}
TOPICS = {
    ALL: _("all topics"),
    "officials": _("conduct of officials and village offices"),
    "money": _("illegal levies and misuse of aid"),
    VIOLENCE: _("violence against women and children"),
    OTHER: _("other topics, confidential at the reporter's wish"),
}

COLUMNS = (
    Column("quarter", _("Quarter of receipt (YYYY-Q1 to Q4)")),
    Column(
        "place_code",
        _("Place"),
        description=_("Code of the Ministry of Home Affairs, as text; that of the government itself is the total"),
    ),
    Column("topic", _("Topic"), codes=TOPICS),
    Column("received", _("Confidential reports received"), "integer", description=_("Empty when hidden")),
    Column(
        "standing",
        _("Shown or hidden"),
        codes={"shown": _("shown"), "hidden": _("hidden for privacy: small, or it would give a small one away")},
    ),
    Column("as_of", _("Day of the snapshot"), "date"),
)


def rows(as_of: datetime, place: str) -> Iterator[Mapping[str, Any]]:
    """Each quarter that is over and whose reports are all told, each report by place and group of topics."""
    today = clock.local_day(as_of)
    first = _received(place).order_by("received_on").values_list("received_on", flat=True).first()
    quarters = set(_quarters(first, today)) if first else set()
    nowhere = min(_finest(place))
    for quarter in sorted(quarters):
        yield {"quarter": quarter, "place_code": nowhere, "topic": OTHER, "received": 0}
    counted = _received(place).filter(queries.known(day=today), is_confidential=True)
    for day, village, category in counted.values_list("received_on", "village_id", "category_id").iterator():
        if confidential.quarter_of(day) in quarters:
            found = {"place_code": _place_of(village, place), "topic": TOPIC_OF.get(category, OTHER)}
            yield {"quarter": confidential.quarter_of(day), **found, "received": 1}


def _received(place: str) -> QuerySet[Report]:
    # By the receiving portal alone: a province's count that held a regency's would give the difference away.
    return Report.objects.filter(portal__region_id=place)


def _quarters(first: date, today: date) -> Iterator[str]:
    """Quarters after whose last day a Monday has passed: confidential reports are told on Mondays.

    By the month nearly every number would be small, and hidden.
    """
    begins = first.replace(month=3 * ((first.month - 1) // 3) + 1, day=1)
    while True:
        after = (begins + timedelta(days=100)).replace(day=1)
        if clock.monday_after(after - timedelta(days=1)) > today:
            return
        yield confidential.quarter_of(begins)
        begins = after


def place_parents(_as_of: datetime, place: str) -> dict[str, str]:
    """The government as the whole, and the regencies or districts it is made of."""
    return {place: "", **dict.fromkeys(_finest(place), place)}


def _finest(place: str) -> list[str]:
    return [region.code for region in regions.children_of(place)]


def _place_of(village: str, place: str) -> str:
    """The regency or district of a village, by its code: 52.07.01.2001 lies in 52.07.01."""
    return ".".join(village.split(".")[: place.count(".") + 2])


def topic_parents(_as_of: datetime, _place: str) -> dict[str, str]:
    """All topics, and the groups they are made of."""
    return {topic: "" if topic == ALL else ALL for topic in TOPICS}


def dataset(places: Callable[[], Mapping[str, str]]) -> Dataset:
    """The table as it is declared."""
    return Dataset(
        key=KEY,
        title=_("Confidential reports, counted"),
        summary=_(
            "How many confidential reports this government received in each completed quarter, by place and topic;"
            " small numbers are hidden."
        ),
        note=_(
            "Numbers below 5 are hidden, below 10 where violence is concerned, and as many others as are needed so"
            " that no hidden number can be worked out. What was published of a quarter does not change afterwards."
        ),
        columns=COLUMNS,
        rows=rows,
        places=places,
        disclosure="person_aggregates",
        frequency="daily",
        activity=ACTIVITY,
        variables={"place_code": REGION},
        protection=Protection(
            period="quarter",
            dimensions=(Dimension("place_code", place_parents), Dimension("topic", topic_parents)),
            count="received",
            mark="standing",
            sensitive={"topic": {VIOLENCE}},
            # Decision 31: counts of confidential reports from 5 up; "none" would tell that a hidden one is some.
            zeros_shown=False,
        ),
    )
