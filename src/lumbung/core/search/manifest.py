"""What search gives to the house."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import JobType, Manifest
from lumbung.core.search import jobs

MANIFEST = Manifest(
    name="search",
    title=_("Search"),
    jobs=(JobType("search.forget_unused_words", jobs.forget_unused_words, daily_at=time(3, 0)),),
)
