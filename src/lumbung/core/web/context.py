"""What the frame around every page needs: portal, menu, language, who is signed in."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import translation

from lumbung.core.access.viewers import NOBODY, Viewer, may
from lumbung.core.base.declarations import NavigationItem
from lumbung.core.notices import queries as notices
from lumbung.core.web import navigation
from lumbung.core.web.navigation import MenuEntry


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the base layout; safe on error pages, where middleware may not have run."""
    portal = getattr(request, "portal", None)
    viewer = getattr(request, "viewer", NOBODY)
    language = translation.get_language() or "id"
    other = "id" if language.startswith("en") else "en"
    return {
        "portal": portal,
        "viewer": viewer,
        "nav": menu_of(request, portal, viewer),
        "language": language[:2],
        "other_language": other,
        "other_language_url": _translated(request, other),
        # Never the host asked for: an error page of a refused host is shown too, and a preview names one address.
        "site_url": settings.LUMBUNG_URL,
        "demo": settings.IS_DEMO,
        "theme": _chosen_theme(request),
        "home_url": _home_of(portal),
        "account_url": settings.LOGIN_REDIRECT_URL,
        "unread_notices": partial(notices.unread_count, viewer),
        "search_url": reverse("search", kwargs={"portal_slug": portal.slug}) if portal else "",
    }


def menu_of(request: HttpRequest, portal: Any, viewer: Viewer) -> list[MenuEntry]:
    """The menu entries this viewer may open in this portal."""
    if portal is None:
        return []
    shown = [item for module, item in navigation.items() if module in portal.modules and _is_for(item, viewer)]
    urls = [navigation.url_of(item, portal.slug) for item in shown]
    # "Reports" holds "Send a report": only the nearest of the entries above this page is the current one.
    current = max((url for url in urls if request.path.startswith(url)), key=len, default="")
    return [
        MenuEntry(label=str(item.label), url=url, current=url == current) for item, url in zip(shown, urls, strict=True)
    ]


def _is_for(item: NavigationItem, viewer: Viewer) -> bool:
    return item.audience == "public" or may(viewer, item.audience)


def _translated(request: HttpRequest, language: str) -> str:
    try:
        return str(translate_url(request.get_full_path(), language))
    except NoReverseMatch:
        return "/"


def _chosen_theme(request: HttpRequest) -> str:
    """Light or dark if the reader chose; empty follows the device."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""


def _home_of(portal: Any) -> str:
    root = reverse("web:front-page")
    return f"{root}{portal.slug}/" if portal else root
