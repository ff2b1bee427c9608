"""Datasets, their drafts on the way to the public, and their releases."""

from lumbung.modules.open_data.models.checks import Check, Remark
from lumbung.modules.open_data.models.data_lists import (
    Agreement,
    Amendment,
    Attendance,
    DataList,
    ListRow,
    PlannedDay,
)
from lumbung.modules.open_data.models.datasets import Dataset, Resource
from lumbung.modules.open_data.models.drafts import Draft, DraftTable, PersonalDecision
from lumbung.modules.open_data.models.releases import Listing, Release, ReleaseTable

__all__ = [
    "Agreement",
    "Amendment",
    "Attendance",
    "Check",
    "DataList",
    "Dataset",
    "Draft",
    "DraftTable",
    "ListRow",
    "Listing",
    "PersonalDecision",
    "PlannedDay",
    "Release",
    "ReleaseTable",
    "Remark",
    "Resource",
]
