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
from lumbung.modules.open_data.models.declared import DeclaredDecision
from lumbung.modules.open_data.models.drafts import Draft, DraftTable, PersonalDecision
from lumbung.modules.open_data.models.harvest import (
    HarvestItem,
    HarvestPending,
    HarvestRun,
    HarvestSource,
    RemoteFile,
)
from lumbung.modules.open_data.models.keys import ApiKey
from lumbung.modules.open_data.models.releases import Listing, Release, ReleaseTable
from lumbung.modules.open_data.models.stories import Story, StoryEdition

__all__ = [
    "Agreement",
    "Amendment",
    "ApiKey",
    "Attendance",
    "Check",
    "DataList",
    "Dataset",
    "DeclaredDecision",
    "Draft",
    "DraftTable",
    "HarvestItem",
    "HarvestPending",
    "HarvestRun",
    "HarvestSource",
    "ListRow",
    "Listing",
    "PersonalDecision",
    "PlannedDay",
    "Release",
    "ReleaseTable",
    "Remark",
    "RemoteFile",
    "Resource",
    "Story",
    "StoryEdition",
]
