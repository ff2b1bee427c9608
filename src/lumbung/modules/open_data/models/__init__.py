"""Datasets, their drafts on the way to the public, and their releases."""

from lumbung.modules.open_data.models.checks import Check, Remark
from lumbung.modules.open_data.models.datasets import Dataset, Resource
from lumbung.modules.open_data.models.declared import DeclaredDecision
from lumbung.modules.open_data.models.drafts import Draft, DraftTable, PersonalDecision
from lumbung.modules.open_data.models.releases import Listing, Release, ReleaseTable

__all__ = [
    "Check",
    "Dataset",
    "DeclaredDecision",
    "Draft",
    "DraftTable",
    "Listing",
    "PersonalDecision",
    "Release",
    "ReleaseTable",
    "Remark",
    "Resource",
]
