"""Parsing what people type. Every sentence of error says how to mend it."""

from lumbung.modules.reports.forms.officers import AssignForm, PlanForm, ResponseForm, SentenceForm, VerifyForm
from lumbung.modules.reports.forms.photos import PhotoForm
from lumbung.modules.reports.forms.public import CodeForm, FilterForm, MonthForm, RatingForm, TrackForm
from lumbung.modules.reports.forms.submission import EntryForm, WhatForm, WhereForm, WhoForm
from lumbung.modules.reports.forms.words import TEXT_LIMIT, words

__all__ = [
    "TEXT_LIMIT",
    "AssignForm",
    "CodeForm",
    "EntryForm",
    "FilterForm",
    "MonthForm",
    "PhotoForm",
    "PlanForm",
    "RatingForm",
    "ResponseForm",
    "SentenceForm",
    "TrackForm",
    "VerifyForm",
    "WhatForm",
    "WhereForm",
    "WhoForm",
    "words",
]
