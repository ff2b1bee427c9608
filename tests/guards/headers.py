"""What every answer must carry, and what a page may not hold."""

from collections.abc import Iterator

from django.http import HttpResponseBase

from tests.guards import templates
from tests.guards.tree import Problem

EXACT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DIRECTIVES = ("default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'")
DIRECTIVES += ("form-action 'self'", "frame-ancestors 'none'")
LOOSE = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*")
# Pages others may show in a frame, with the reason: no cookie, no form and no script is in them.
FRAMED = {"/sematkan/": "charts are made to be shown in the pages of others"}
MAY_DIFFER = {"X-Frame-Options", "Cross-Origin-Resource-Policy", "frame-ancestors 'none'"}
HTTP_ONLY = {"sessionid", "draft"}


def header_problems(where: str, response: HttpResponseBase) -> Iterator[Problem]:
    """Missing or loose security headers."""
    policy = response.headers.get("Content-Security-Policy", "")
    is_framed = "frame-ancestors *" in policy and any(word in where for word in FRAMED)
    left_out = MAY_DIFFER if is_framed else set()
    # What scripts of any site may read, pages of any site may show: both say so, or neither.
    is_open = response.headers.get("Access-Control-Allow-Origin") == "*"
    expected = EXACT | ({"Cross-Origin-Resource-Policy": "cross-origin"} if is_open else {})
    for name, value in expected.items():
        if name not in left_out and response.headers.get(name) != value:
            yield Problem(where, f"{name} is {response.headers.get(name)!r}; expected {value!r}")
    if "Permissions-Policy" not in response.headers:
        yield Problem(where, "Permissions-Policy is missing")
    stated = {directive.strip() for directive in policy.split(";")}
    # A file that is only looked at allows nothing at all, which is stricter than what pages say.
    for directive in () if {"default-src 'none'", "sandbox"} <= stated else DIRECTIVES:
        if directive not in stated | left_out:
            yield Problem(where, f"Content-Security-Policy lacks {directive}: {policy!r}")
    for word in LOOSE:
        if word in policy.replace("data:", "").replace("blob:", "").replace(
            "frame-ancestors *" if is_framed else "", ""
        ):
            yield Problem(where, f"Content-Security-Policy holds {word}: {policy!r}")


def cookie_problems(where: str, response: HttpResponseBase) -> Iterator[Problem]:
    """Cookies a script or another site could use."""
    for name, cookie in getattr(response, "cookies", {}).items():
        if not cookie.value:  # being taken back
            continue
        if cookie["samesite"] not in {"Lax", "Strict"}:
            yield Problem(where, f"cookie {name} has SameSite={cookie['samesite']!r}")
        if name in HTTP_ONLY and not cookie["httponly"]:
            yield Problem(where, f"cookie {name} is open to scripts")


def storing_problems(where: str, response: HttpResponseBase, *, has_session: bool) -> Iterator[Problem]:
    """Answers a shared cache may keep: those of a session, and those that hold the token of somebody's form."""
    kept = response.headers.get("Cache-Control", "")
    if "no-store" in kept or ("private" in kept and not has_session):
        return
    if "public" not in kept:
        yield Problem(where, f"Cache-Control is {kept!r}: say public, private, or no-store where there is a session")
    elif response.cookies or (not response.streaming and b"csrfmiddlewaretoken" in response.content):
        yield Problem(where, "a shared cache may keep a page with somebody's cookie or token")


def body_problems(where: str, response: HttpResponseBase) -> Iterator[Problem]:
    """Inline script or style, and things loaded from elsewhere, in a page as it is sent.

    A page to download is opened from a disk, outside our origin: its own policy is looked at where it is tested.
    """
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        return
    if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
        text = response.content.decode(response.charset)
        yield from templates.inline_problems(where, text)
        yield from templates.foreign_problems(where, text)
