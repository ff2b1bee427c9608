"""The Action API of CKAN, version 3: what programs made for CKAN ask. Reading only; writing needs keys of agencies."""

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

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.base.errors import TooMany
from lumbung.core.limits import actions as limits
from lumbung.core.limits.actions import Limit
from lumbung.core.limits.visitors import visitor_of
from lumbung.modules.open_data.api import ckan_reads as reads
from lumbung.modules.open_data.api import ckan_rows as rows
from lumbung.modules.open_data.ckan import TOO_MANY, BareFault, Fault, not_found
from lumbung.modules.open_data.queries import packages
from lumbung.modules.open_data.queries.packages import Scope
from lumbung.modules.open_data.schemas import ckan as read
from lumbung.modules.open_data.schemas.ckan import Params

Action = Callable[[Params, Scope], Any]
# A whole catalogue of a thousand datasets can be copied in two minutes.
REQUESTS = Limit("open_data.ckan", 600, 60)
KEPT_SECONDS = 60
JSON = "application/json; charset=utf-8"


def help_show(params: Params, scope: Scope) -> Any:
    """What an action does. Parameters: name."""
    wanted = ACTIONS.get(read.needed(params, "name"))
    if wanted is None:
        raise not_found()
    return wanted.__doc__


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


@csrf_exempt  # programs send questions by POST, without any cookie; nothing is changed by them
@public("GET", "POST")
def action(request: HttpRequest, ckan_action: str) -> HttpResponse:
    """Answer one action, in the envelope clients of CKAN expect."""
    scope = scope_of(request)
    told = {"help": _help(scope, ckan_action)}
    try:
        known = _known(ckan_action)
        limits.take(REQUESTS, visitor_of(request), now=clock.now())
        result = known(read.params_of(request), scope)
        return kept(request, orjson.dumps({**told, "success": True, "result": result}))
    except BareFault as fault:
        return answer(fault.sentence, status=400)
    except TooMany as refused:
        return refusal(too_many(refused), told)
    except Fault as fault:
        return refusal(fault, told)


def _known(name: str) -> Action:
    if name not in ACTIONS:
        raise BareFault(f"Action name not known: {name[:100]}")
    return ACTIONS[name]


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
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
        return response
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["ETag"] = etag
    return cast(HttpResponse, get_conditional_response(request, etag=etag, response=response))
