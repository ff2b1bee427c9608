"""Keys for programs: the list, making one (it is shown once), revoking one."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lumbung.core.access.policies import needs, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.organisations import queries as organisations
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.middleware import portal_of
from lumbung.core.web.pressing import pressed
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.actions import keys
from lumbung.modules.open_data.forms.keys import KeyForm
from lumbung.modules.open_data.models import ApiKey
from lumbung.modules.open_data.pages.places import UNPROCESSABLE, to
from lumbung.modules.open_data.queries import keys as known


@never_cache
@needs(permissions.KEYS)
def key_list(request: HttpRequest) -> HttpResponse:
    """Keys of one's own agencies, those that open first; all of this portal's for an administrator."""
    viewer, today = viewer_of(request), clock.local_day(clock.now())
    found = list(known.visible_to(viewer, portal_of(request)))
    found.sort(key=lambda key: key.revoked_at is not None or key.expires_on < today)
    context = {
        "keys": found,
        "today": today,
        "may_make": bool(_agencies(request)),
        "sees_all": known.sees_all(viewer),
        "sees_desk": bool(viewer.roles_with(permissions.DESK)),
        "titles": permissions.SCOPE_TITLES,
        "without_maker": known.without_maker(found, day=today),
    }
    return render(request, "open_data/keys.html", context)


@never_cache
@needs(permissions.KEYS, "GET", "POST")
def make(request: HttpRequest) -> HttpResponse:
    """A new key. What opens stands on the answer to this one request and nowhere else."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        made = _made(request, form)
        if made is not None:
            context = {"key": made[0], "secret": made[1], "address": _address(request), "titles": _titles(made[0])}
            return render(request, "open_data/key_made.html", context)
    context = {"form": form, "agencies": _agencies(request)}
    return render(request, "open_data/key_make.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@never_cache
@needs(permissions.KEYS, "GET", "POST")
def revoke(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """Asked once more, then the key opens nothing."""
    key = known.visible_to(viewer_of(request), portal_of(request)).filter(pk=key_id).first()
    if key is None:
        raise Http404("key")
    if request.method == "POST":
        step = partial(keys.revoke_key, key=key, by=viewer_of(request), now=clock.now())
        pressed(request, step, said=_("The key was revoked. Programs that use it are refused from now on."))
        return to(request, "keys")
    return render(request, "open_data/key_revoke.html", {"key": key})


def _form(request: HttpRequest) -> KeyForm:
    viewer, agencies = viewer_of(request), _agencies(request)
    offered = {scope for agency in agencies for scope in known.scopes_for(viewer, agency.code)}
    return KeyForm(
        request.POST or None,
        producers=agencies,
        offered=[scope for scope in permissions.SCOPES if scope in offered],
        today=clock.local_day(clock.now()),
    )


def _made(request: HttpRequest, form: KeyForm) -> tuple[ApiKey, str] | None:
    told = form.cleaned_data
    agency = next(each for each in _agencies(request) if each.code == told["organisation"])
    try:
        return keys.make_key(
            organisation=agency,
            name=told["name"],
            scopes=told["scopes"],
            expires_on=told["expires_on"],
            by=viewer_of(request),
            now=clock.now(),
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None


def _agencies(request: HttpRequest) -> list[Organisation]:
    """Agencies this person may make keys for, in this portal's government."""
    found = [organisations.by_code(code) for code in known.agencies_of(viewer_of(request))]
    return [each for each in found if each is not None and each.region_id == portal_of(request).region_id]


def _address(request: HttpRequest) -> str:
    place = {"portal_slug": portal_of(request).slug, "ckan_action": "package_create"}
    return f"{settings.LUMBUNG_URL}{reverse('portal-ckan-action', kwargs=place)}"


def _titles(key: ApiKey) -> list[str]:
    return [str(permissions.SCOPE_TITLES[scope]) for scope in key.scopes]
