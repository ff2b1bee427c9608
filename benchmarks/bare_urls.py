"""Our addresses, so that the template finds its links, and one bare view."""

from django.urls import path

from benchmarks import bare
from lumbung.site.urls import handler400, handler403, handler404, handler500
from lumbung.site.urls import urlpatterns as ours

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("bare/", bare.report_list), *ours]
