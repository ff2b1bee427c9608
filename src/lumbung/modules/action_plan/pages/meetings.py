"""A meeting for everybody, and its papers to print."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.events import queries as events
from lumbung.core.limits import actions as limits
from lumbung.core.limits import visitors
from lumbung.core.limits.actions import Limit
from lumbung.core.web import documents
from lumbung.modules.action_plan.documents import pack_word, packs
from lumbung.modules.action_plan.documents.files import CONTENT_TYPES
from lumbung.modules.action_plan.documents.packs import Pack
from lumbung.modules.action_plan.models import Meeting, Seat
from lumbung.modules.action_plan.pages.places import written_plan_here
from lumbung.modules.action_plan.queries import forum, meetings

TYPST = Path(__file__).parents[1] / "templates" / "action_plan" / "pack.typ"
PRINT = Limit("plan-print", count=60, per_seconds=3600)


def meeting_here(request: HttpRequest, plan_key: str, meeting_id: UUID) -> Meeting:
    """A meeting of a plan of this portal."""
    meeting = meetings.meeting_in(written_plan_here(request, plan_key), meeting_id)
    if meeting is None:
        raise Http404("meeting")
    return meeting


@public()
def meeting(request: HttpRequest, plan_key: str, meeting_id: UUID) -> HttpResponse:
    """One meeting: when and where, its materials, who came, what was decided."""
    found = meeting_here(request, plan_key, meeting_id)
    history = events.history_of("meeting", str(found.pk))
    context = {
        "plan": found.plan,
        "meeting": found,
        "sheet": meetings.sheet_of(found),
        "span": packs.span_of(found),
        "packs": packs.available(found),
        "began": found.starts_at <= clock.now(),
        "history": [(entry.on, entry.sentence) for entry in reversed(history)],
    }
    return render(request, "action_plan/meeting.html", context)


@public()
def pack(request: HttpRequest, plan_key: str, meeting_id: UUID, pack_key: str) -> HttpResponse:
    """One paper of a meeting, on a page that prints well."""
    found = meeting_here(request, plan_key, meeting_id)
    context = {"plan": found.plan, "meeting": found, "pack": _pack(found, pack_key)}
    return render(request, "action_plan/pack.html", context)


@public()
def pack_file(request: HttpRequest, plan_key: str, meeting_id: UUID, pack_key: str, pack_kind: str) -> HttpResponse:
    """The same paper to take away: a tagged PDF, or a document to edit."""
    found, make = meeting_here(request, plan_key, meeting_id), MAKES.get(pack_kind)
    if make is None:
        raise Http404("kind of file")
    made = _pack(found, pack_key)
    limits.take(PRINT, visitors.visitor_of(request), now=clock.now())
    content = make(made, request.build_absolute_uri(request.path).removesuffix(f".{pack_kind}") + "/")
    response = HttpResponse(content, content_type=CONTENT_TYPES[pack_kind])
    day = clock.local_day(found.starts_at)
    response["Content-Disposition"] = f'attachment; filename="{pack_key}-{found.kind}-{day:%Y-%m-%d}.{pack_kind}"'
    return response


def _pdf(made: Pack, address: str) -> bytes:
    return documents.pdf(TYPST, made.data(address=address))


def _docx(made: Pack, address: str) -> bytes:
    return pack_word.document(made, address=address)


MAKES: dict[str, Callable[[Pack, str], bytes]] = {"pdf": _pdf, "docx": _docx}


def _pack(found: Meeting, key: str) -> Pack:
    made = packs.pack_of(key, meetings.sheet_of(found), seats_called(found))
    if made is None:
        raise Http404("pack")
    return made


def seats_called(found: Meeting) -> list[Seat]:
    """Those who belong to the table of a meeting: the member's forum, or every member's."""
    members = [found.member] if found.member else list(found.plan.members.select_related("organisation"))
    return [seat for member in members for seat in forum.seated(member)]
