"""Datasets, their drafts on the way to the public, their releases, and what people ask about them."""

from lumbung.modules.open_data.models.askings import OUTCOMES, Asking, AskingCounter
from lumbung.modules.open_data.models.checks import Check, Remark
from lumbung.modules.open_data.models.classes import Announcement, ConsequenceTest, Sharing
from lumbung.modules.open_data.models.data_lists import Agreement, Amendment, Attendance, DataList, ListRow, PlannedDay
from lumbung.modules.open_data.models.datasets import Dataset, Resource
from lumbung.modules.open_data.models.declared import DeclaredDecision
from lumbung.modules.open_data.models.drafts import Draft, DraftTable, PersonalDecision
from lumbung.modules.open_data.models.facets import FacetSet
from lumbung.modules.open_data.models.followers import FOLLOW, DataFollower, Hook, HookMessage
from lumbung.modules.open_data.models.harvest import HarvestItem, HarvestPending, HarvestRun, HarvestSource, RemoteFile
from lumbung.modules.open_data.models.keys import ApiKey
from lumbung.modules.open_data.models.profiles import TableProfile
from lumbung.modules.open_data.models.releases import Listing, Release, ReleaseTable
from lumbung.modules.open_data.models.reuses import Reuse
from lumbung.modules.open_data.models.stories import Story, StoryEdition

__all__ = [
    "FOLLOW",
    "OUTCOMES",
    "Agreement",
    "Amendment",
    "Announcement",
    "ApiKey",
    "Asking",
    "AskingCounter",
    "Attendance",
    "Check",
    "ConsequenceTest",
    "DataFollower",
    "DataList",
    "Dataset",
    "DeclaredDecision",
    "Draft",
    "DraftTable",
    "FacetSet",
    "HarvestItem",
    "HarvestPending",
    "HarvestRun",
    "HarvestSource",
    "Hook",
    "HookMessage",
    "ListRow",
    "Listing",
    "PersonalDecision",
    "PlannedDay",
    "Release",
    "ReleaseTable",
    "Remark",
    "RemoteFile",
    "Resource",
    "Reuse",
    "Sharing",
    "Story",
    "StoryEdition",
    "TableProfile",
]
