"""The figures of Satu Data, each computed from a table the catalogue publishes about itself."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import Indicator, Label
from lumbung.kernels import catalogues

REASONS: Mapping[str, Label] = {
    "automatic": _("made every night by a service"),
    "harvested": _("of other portals"),
    "restricted": _("shared between agencies only"),
    "closed": _("excluded from public information"),
    "not_updated": _("released once, no update promised"),
    "undeclared": _("without a declared frequency"),
    "other_years": _("of the lists of other years"),
}

UP_TO_DATE = Indicator(
    key="open_data.up_to_date_share",
    version=1,
    title=_("Datasets up to date by their declared frequency"),
    short=_("up to date"),
    definition=_(
        "Datasets brought by agencies whose newest release is no older than the frequency they declare, out of all"
        " that declare one. Left out and counted beside: datasets without a declared frequency, those released once,"
        " tables a service makes every night, those of other portals, and those excluded from public information."
    ),
    unit="share",
    dataset_key="catalogue_public",
    function=catalogues.up_to_date_share,
    better="higher",
    source=_("Perpres 39/2019; commitment “Satu Data NTB” of the plan 2021–2023"),
    period_column="",
    target=1.0,
    target_label=_("Declared by the agencies"),
    rows_label=_("Datasets"),
    period_label=_("Last snapshot of each month"),
    reasons=REASONS,
)

RELEASED_IN_TIME = Indicator(
    key="open_data.released_in_time_share",
    version=1,
    title=_("This year's data list released by the planned day"),
    short=_("of the list in time"),
    definition=_(
        "Planned release days of this year's data list on or before which something was released, out of all planned"
        " days that have come. Released later and not released both count against the share. Days to come and lists"
        " of other years are left out and counted beside."
    ),
    unit="share",
    dataset_key="data_list_public",
    function=catalogues.released_in_time_share,
    better="higher",
    source=_("Perpres 39/2019; the record of the Satu Data Forum"),
    period_column="planned_on",
    target=1.0,
    target_label=_("Agreed in the Forum"),
    rows_label=_("Planned days"),
    period_label=_("Month of the planned day"),
    reasons=REASONS,
)

OPEN_DATASETS = Indicator(
    key="open_data.open_datasets",
    version=1,
    title=_("Open datasets in this catalogue"),
    short=_("open datasets"),
    definition=_(
        "Datasets of this government anyone can download. Datasets of other portals are not counted; those shared"
        " between agencies only or excluded from public information are counted beside. A figure an earlier portal"
        " gave of itself, such as the 1,928 of the plan's baseline, counted something else and is no part of it."
    ),
    unit="count",
    dataset_key="catalogue_public",
    function=catalogues.open_datasets,
    better="higher",
    source=_("Perpres 39/2019; commitment “Satu Data NTB” of the plan 2021–2023"),
    period_column="",
    rows_label=_("Datasets"),
    period_label=_("Last snapshot of each month"),
    reasons=REASONS,
)

INDICATORS = (UP_TO_DATE, RELEASED_IN_TIME, OPEN_DATASETS)
