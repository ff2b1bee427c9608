"""The public list of reports against the bare view."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings
from django.urls import clear_url_caches

from benchmarks import bare
from benchmarks.figures import Figure, cpu_ms
from benchmarks.requests import ask
from lumbung.modules.reports.models import PublicVersion
from lumbung.modules.reports.pages import public

LIMIT = 1.5
TIMES = 5
ADDRESS = "/ntb/laporan/"


def measure() -> Iterator[Figure]:
    """First page, newest first; the whole site's middleware on our side, none on the other."""
    ours = WSGIHandler()
    _capture_context(ours)
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="benchmarks.bare_urls"):
        clear_url_caches()
        peer = WSGIHandler()
        _refuse_unlike(ask(ours, ADDRESS), ask(peer, "/bare/"))
        mine, bares = cpu_ms(lambda: ask(ours, ADDRESS), lambda: ask(peer, "/bare/"), times=TIMES)
    count = PublicVersion.objects.count()
    yield Figure(
        f"public list of {count:,} reports",
        f"{mine:.2f} CPU-ms",
        f"bare Django + Jinja2 view {bares:.2f} CPU-ms",
        mine / bares,
        LIMIT,
    )


def _refuse_unlike(first: bytes, second: bytes) -> None:
    shown = [set(re.findall(rb"/laporan/(NTB-\d{4}-\d{6})/", page)) for page in (first, second)]
    if shown[0] != shown[1] or len(shown[0]) != public.PAGE_SIZE:
        raise RuntimeError(f"the two pages do not show the same {public.PAGE_SIZE} reports")


def _capture_context(application: WSGIHandler) -> None:
    """Keep everything our view hands to the template, once."""
    real = public.render

    def keep(request: Any, name: str, given: dict[str, Any], **options: Any) -> Any:
        from lumbung.core.web.context import page_frame  # noqa: PLC0415

        bare.context = {**page_frame(request), **given, "request": request, "messages": [], "csrf_token": ""}
        return real(request, name, given, **options)

    public.render = keep
    try:
        ask(application, ADDRESS)
    finally:
        public.render = real
