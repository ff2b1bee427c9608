"""The Action API of CKAN, version 3: what programs made for CKAN ask. Writing needs a key and makes drafts only."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from lumbung.core.access.anywhere import readable_anywhere
from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.base.errors import NotFound, NotPermitted, Refused, TooMany
from lumbung.core.limits import actions as limits
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.visitors import address_of, visitor_of
from lumbung.modules.open_data import permissions
from lumbung.modules.open_data.api import ckan_drafts as drafts
from lumbung.modules.open_data.api import ckan_packages as writes
from lumbung.modules.open_data.api import ckan_reads as reads
from lumbung.modules.open_data.api import ckan_records as records
from lumbung.modules.open_data.api import ckan_rows as rows
from lumbung.modules.open_data.api.ckan_access import HEADERS, Call, holder_of, require_scope
from lumbung.modules.open_data.ckan import TOO_MANY, BareFault, Fault, forbidden, not_found, wrong
from lumbung.modules.open_data.queries import packages
from lumbung.modules.open_data.queries.keys import Holder
from lumbung.modules.open_data.queries.packages import Scope
from lumbung.modules.open_data.schemas import ckan as read
from lumbung.modules.open_data.schemas import ckan_bodies as bodies
from lumbung.modules.open_data.schemas.ckan import Params

Action = Callable[[Params, Scope], Any]
Write = Callable[[Call], Any]
# A whole catalogue of a thousand datasets can be copied in two minutes.
REQUESTS = Limit("open_data.ckan", 600, 60)
KEPT_SECONDS = 60
JSON = "application/json; charset=utf-8"


def help_show(params: Params, scope: Scope) -> Any:
    """What an action does. Parameters: name."""
    name = read.needed(params, "name")
    wanted = ACTIONS.get(name)
    if wanted is None and name not in WRITES:
        raise not_found()
    return wanted.__doc__ if wanted else WRITES[name][0].__doc__


ACTIONS: Mapping[str, Action] = {
    "current_package_list_with_resources": reads.current_package_list_with_resources,
    "datastore_info": rows.datastore_info,
    "datastore_search": rows.datastore_search,
    "datastore_search_sql": rows.datastore_search_sql,
    "group_list": reads.group_list,
    "group_show": reads.group_show,
    "help_show": help_show,
    "license_list": reads.license_list,
    "organization_list": reads.organization_list,
    "organization_show": reads.organization_show,
    "package_list": reads.package_list,
    "package_search": reads.package_search_,
    "package_show": reads.package_show,
    "resource_show": reads.resource_show,
    "status_show": reads.status_show,
    "tag_list": reads.tag_list,
}


# What a key has to be for.
WRITES: Mapping[str, tuple[Write, str]] = {
    "datastore_create": (records.datastore_create, permissions.WRITE_ROWS),
    "datastore_delete": (records.datastore_delete, permissions.WRITE_ROWS),
    "datastore_upsert": (records.datastore_upsert, permissions.WRITE_ROWS),
    "draft_submit": (writes.draft_submit, permissions.SUBMIT_DRAFTS),
    "package_create": (writes.package_create, permissions.WRITE_DRAFTS),
    "package_delete": (writes.package_delete, permissions.WRITE_DRAFTS),
    "package_patch": (writes.package_patch, permissions.WRITE_DRAFTS),
    "package_update": (writes.package_update, permissions.WRITE_DRAFTS),
    "resource_create": (writes.resource_create, permissions.WRITE_DRAFTS),
    "resource_delete": (writes.resource_delete, permissions.WRITE_DRAFTS),
    "resource_patch": (writes.resource_update, permissions.WRITE_DRAFTS),
    "resource_update": (writes.resource_update, permissions.WRITE_DRAFTS),
}


@csrf_exempt  # programs send questions and keys by POST; a cookie is never looked at for anything but a limit
@public("GET", "POST")
@readable_anywhere
def action(request: HttpRequest, ckan_action: str) -> HttpResponse:
    """Answer one action, in the envelope clients of CKAN expect."""
    scope = scope_of(request)
    told = {"help": _help(scope, ckan_action)}
    try:
        if ckan_action in WRITES:
            result = _write(request, ckan_action, scope)
            return answer({**told, "success": True, "result": result}, status=200)
        known, holder = _known(ckan_action), holder_of(request)
        if holder is None:
            limits.take(REQUESTS, visitor_of(request), now=clock.now())
        params = read.params_of(request)
        if holder is not None and ckan_action in drafts.SHOWN:
            return answer({**told, "success": True, "result": _show(ckan_action, params, scope, holder)}, status=200)
        return kept(request, orjson.dumps({**told, "success": True, "result": known(params, scope)}))
    except BareFault as fault:
        return answer(fault.sentence, status=400)
    except Refused as refused:
        return refusal(fault_of(refused), told)
    except Fault as fault:
        return refusal(fault, told)


def _write(request: HttpRequest, name: str, scope: Scope) -> Any:
    """Who it is comes before what was sent: nothing of a body is read for a request without a key."""
    if request.method != "POST":
        raise BareFault("Invalid request. Please use POST method for your request")
    write, wanted = WRITES[name]
    found = holder_of(request)
    if found is None:
        limits.take(REQUESTS, address_of(request), now=clock.now())
    holder = require_scope(found, wanted)
    return write(Call(bodies.sent(request), scope, holder.key, holder.viewer, clock.now()))


def _show(name: str, params: Params, scope: Scope, holder: Holder) -> Any:
    """What a program of the agency wrote is what it reads; everything else is as the public sees it."""
    drafted = drafts.SHOWN[name](params, scope, holder)
    return ACTIONS[name](params, scope) if drafted is None else drafted


def _known(name: str) -> Action:
    if name not in ACTIONS:
        raise BareFault(f"Action name not known: {name[:100]}")
    return ACTIONS[name]


# How CKAN calls what our forms call otherwise.
FIELDS = {"key": "name", "table_file": "upload", "address": "url", "schema": "fields", None: "draft"}


def fault_of(refused: Refused) -> Fault:
    """A refusal of ours, as an error of the envelope."""
    if isinstance(refused, TooMany):
        return too_many(refused)
    if isinstance(refused, NotPermitted):
        return forbidden(refused.sentence)
    if isinstance(refused, NotFound):
        return not_found(refused.sentence)
    return wrong({FIELDS.get(refused.field, refused.field or "draft"): [refused.sentence], "code": refused.code})


def scope_of(request: HttpRequest) -> Scope:
    """The portal of the address, or all of them."""
    portal = request.portal  # type: ignore[attr-defined]
    if portal is not None and packages.MODULE not in portal.modules:
        raise Http404("module")
    return Scope(portal, settings.LUMBUNG_URL, clock.local_day(clock.now()))


def _help(scope: Scope, name: str) -> str:
    place = {"ckan_action": "help_show"} | ({"portal_slug": scope.portal.pk} if scope.portal else {})
    address = reverse("portal-ckan-action" if scope.portal else "ckan-action", kwargs=place)
    return f"{scope.root}{address}?{urlencode({'name': name})}"


def refusal(fault: Fault, told: Mapping[str, Any]) -> HttpResponse:
    """An error in the envelope, with the status its kind has in CKAN."""
    response = answer({**told, "success": False, "error": fault.error}, status=fault.status)
    if fault.retry_after_seconds is not None:
        response["Retry-After"] = str(fault.retry_after_seconds)
    return response


def too_many(refused: TooMany) -> Fault:
    """A limit, as an error of the envelope; CKAN has no word for it."""
    return Fault(TOO_MANY, {"message": refused.sentence}, retry_after_seconds=refused.retry_after_seconds)


def answer(told: Any, *, status: int) -> HttpResponse:
    """JSON that nobody keeps."""
    response = HttpResponse(orjson.dumps(told), content_type=JSON, status=status)
    response["Cache-Control"] = "no-store"
    return response


def kept(request: HttpRequest, body: bytes) -> HttpResponse:
    """JSON that may be kept for a minute and asked for again by its fingerprint."""
    response = HttpResponse(body, content_type=JSON)
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response["Vary"] = ", ".join(HEADERS)
    if request.method == "POST" or any(name in request.headers for name in HEADERS):
        response["Cache-Control"] = "no-store"
        return response
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["ETag"] = etag
    return cast(HttpResponse, get_conditional_response(request, etag=etag, response=response))
