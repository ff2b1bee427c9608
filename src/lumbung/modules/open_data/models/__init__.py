"""Datasets, their drafts on the way to the public, their releases, and what people ask about them."""

from lumbung.modules.open_data.models.askings import OUTCOMES, Asking, AskingCounter
from lumbung.modules.open_data.models.checks import Check, Remark
from lumbung.modules.open_data.models.classes import Announcement, ConsequenceTest, Sharing
from lumbung.modules.open_data.models.datasets import Dataset, Resource
from lumbung.modules.open_data.models.drafts import Draft, DraftTable, PersonalDecision
from lumbung.modules.open_data.models.followers import FOLLOW, DataFollower, Hook, HookMessage
from lumbung.modules.open_data.models.releases import Listing, Release, ReleaseTable
from lumbung.modules.open_data.models.reuses import Reuse

__all__ = [
    "FOLLOW",
    "OUTCOMES",
    "Announcement",
    "Asking",
    "AskingCounter",
    "Check",
    "ConsequenceTest",
    "DataFollower",
    "Dataset",
    "Draft",
    "DraftTable",
    "Hook",
    "HookMessage",
    "Listing",
    "PersonalDecision",
    "Release",
    "ReleaseTable",
    "Remark",
    "Resource",
    "Reuse",
    "Sharing",
]
