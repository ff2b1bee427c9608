"""What figures give to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import EventType, JobType, Manifest, Reaction
from lumbung.core.indicators import jobs, words
from lumbung.core.indicators.events import IndicatorComputed

MANIFEST = Manifest(
    name="indicators",
    title=_("Indicators"),
    events=(
        EventType(
            IndicatorComputed,
            _("%(indicator)s, %(place)s: %(result)s, computed from %(n)s rows"),
            words={"indicator": words.said_indicator, "place": words.said_place},
            derived={"result": words.said_result},
        ),
    ),
    jobs=(JobType("indicators.compute", jobs.compute),),
    reactions=(Reaction("datasets.version_published", "indicators.compute"),),
)
