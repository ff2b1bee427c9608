"""A citizen's report: what is public, what is sealed, and the reference data behind it."""

from lumbung.modules.reports.models.also_affected import AlsoAffected
from lumbung.modules.reports.models.call_backs import CallBack
from lumbung.modules.reports.models.categories import Category, Channel, ReportClass, Urgency
from lumbung.modules.reports.models.contacts import Follower, OneTimeLink
from lumbung.modules.reports.models.drafts import ReportDraft
from lumbung.modules.reports.models.handovers import Handover, Recusal
from lumbung.modules.reports.models.photos import EvidencePhoto, ReportPhoto
from lumbung.modules.reports.models.report import NumberCounter, Pause, Report
from lumbung.modules.reports.models.sealed import Addition, Reporter, SealedOriginal
from lumbung.modules.reports.models.words import PublicVersion, Rating, Response

__all__ = [
    "Addition",
    "AlsoAffected",
    "CallBack",
    "Category",
    "Channel",
    "EvidencePhoto",
    "Follower",
    "Handover",
    "NumberCounter",
    "OneTimeLink",
    "Pause",
    "PublicVersion",
    "Rating",
    "Recusal",
    "Report",
    "ReportClass",
    "ReportDraft",
    "ReportPhoto",
    "Reporter",
    "Response",
    "SealedOriginal",
    "Urgency",
]
