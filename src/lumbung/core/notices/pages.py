"""One's own notices, the page behind every stop link, and the outbox of the demonstration."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from lumbung.core.access.policies import public, signed_in, viewer_of
from lumbung.core.base import clock
from lumbung.core.notices import actions, queries, registry, transport
from lumbung.core.notices.recipients import Topic

PAGE_SIZE = 25


@never_cache
@signed_in()
def mine(request: HttpRequest) -> HttpResponse:
    """What this account should know, newest first."""
    viewer = viewer_of(request)
    context = {
        "page": Paginator(queries.notices_of(viewer), PAGE_SIZE).get_page(request.GET.get("page")),
        "unread": queries.unread_count(viewer),
        "stops": [(stop, registry.topic(stop.topic).title) for stop in queries.stops_of(viewer)],
    }
    return render(request, "notices/mine.html", context)


@signed_in("POST")
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one notice as read and go to what it is about."""
    notice = get_object_or_404(queries.notices_of(viewer_of(request)), pk=notice_id)
    actions.mark_read(by=viewer_of(request), notice_id=notice.pk, now=clock.now())
    return HttpResponseRedirect(notice.path) if notice.path else redirect("notices:mine")


@signed_in("POST")
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every notice as read."""
    actions.mark_read(by=viewer_of(request), now=clock.now())
    return redirect("notices:mine")


@signed_in("POST")
def resume(request: HttpRequest, stop_id: int) -> HttpResponse:
    """Get mail about a topic again."""
    actions.resume_own(stop_id=stop_id, by=viewer_of(request))
    messages.success(request, _("You get these messages by e-mail again."))
    return redirect("notices:mine")


# RFC 8058: mail programs post here without having seen a page of ours. The signed link is the authority.
@csrf_exempt
@never_cache
@public("GET", "POST")
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mail about one topic: a page asks first, a post does it, and the same page takes it back."""
    message = queries.message_by_stop_token(token)
    if message is None:
        return render(request, "notices/stop.html", {"message_found": False}, status=404)
    topic = Topic(message.topic, message.topic_subject)
    if request.method == "POST" and request.POST.get("do") == "resume":
        actions.resume(index=message.recipient_index, topic=topic)
    elif request.method == "POST":
        actions.stop(message=message, now=clock.now())
    context = {
        "message_found": True,
        "topic": registry.topic(topic.key).title,
        "stopped": queries.is_stopped(message.recipient_index, topic),
        "resumed": request.POST.get("do") == "resume",
    }
    return render(request, "notices/stop.html", context)


def _only_in_the_demonstration() -> None:
    if not settings.IS_DEMO:
        raise Http404("outbox")


@never_cache
@public()
def outbox(request: HttpRequest) -> HttpResponse:
    """Every mail of the demonstration, newest first."""
    _only_in_the_demonstration()
    page = Paginator(queries.outbox(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(message, queries.address_of(message)) for message in page]
    return render(request, "notices/outbox.html", {"page": page, "rows": rows})


@never_cache
@public()
def outbox_message(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """One mail of the demonstration, secret links included, so that every flow can be tried."""
    _only_in_the_demonstration()
    message = get_object_or_404(queries.outbox(), pk=message_id)
    context = {
        "message": message,
        "address": queries.address_of(message),
        "letter": queries.letter_of(message),
        "stop_path": transport.stop_path(message) if message.topic else "",
    }
    return render(request, "notices/outbox_message.html", context)
