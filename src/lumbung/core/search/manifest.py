"""What search gives to the house."""

from django.utils.translation import gettext_lazy as _

from lumbung.core.base.declarations import JobType, Manifest
from lumbung.core.search import jobs

MANIFEST = Manifest(
    name="search",
    title=_("Search"),
    jobs=(JobType("search.forget_unused_words", jobs.forget_unused_words, every_seconds=86_400),),
)
