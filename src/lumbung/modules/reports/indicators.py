"""The figures of decision 10, each computed from the published table by a formula anyone can rerun."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import Indicator
from lumbung.kernels import shares, survival

ON_TIME = Indicator(
    key="reports.on_time_share",
    version=1,
    title=_("Finished by the legal due date"),
    short=_("on time"),
    definition=_(
        "Reports finished on or before their legal due date, out of all finished reports and all open ones"
        " past their due date. Open overdue work counts against the share; a reopened report counts as open."
        " Archived, handed-over, withdrawn and not yet due reports are left out and counted beside;"
        " confidential reports are not in the table."
    ),
    unit="share",
    dataset_key="reports_public",
    function=shares.on_time_share,
    better="higher",
    source="SP4N-LAPOR!, Perpres 76/2013",
    period_column="received_on",
    target=1.0,
    target_label=_("Law"),
)

PROMISE_KEPT = Indicator(
    key="reports.promise_kept_share",
    version=1,
    title=_("First answer within the promised hours"),
    short=_("promise kept"),
    definition=_(
        "Reports first answered within 1 hour (urgent), 24 hours (important) or 48 hours (ordinary), out of"
        " all answered reports and those whose promise has passed unanswered. The table carries a mark worked"
        " out at publishing, because the minute of a report is never public."
    ),
    unit="share",
    dataset_key="reports_public",
    function=shares.promise_kept_share,
    better="higher",
    source=_("Promise of NTB Care, lombokjournal.com, 16 October 2018"),
    period_column="received_on",
    target=1.0,
    target_label=_("Promise"),
)

MEDIAN_DAYS = Indicator(
    key="reports.median_days_to_finish",
    version=1,
    title=_("Median days to finish, open reports included"),
    short=_("median days"),
    definition=_(
        "After how many calendar days half of the reports are finished. Open reports count as “takes longer"
        " than so far” (Kaplan–Meier); leaving them out would make slow work look fast. Anonymous reports"
        " enter with the Monday of their week. Empty while fewer than half are estimated to be finished."
    ),
    unit="days",
    dataset_key="reports_public",
    function=survival.median_days_to_finish,
    better="lower",
    source="Kaplan & Meier, J. Am. Stat. Assoc. 53 (1958) 457–481",
    period_column="received_on",
    target=60.0,
    target_label=_("Legal limit"),
)

INDICATORS = (ON_TIME, PROMISE_KEPT, MEDIAN_DAYS)
