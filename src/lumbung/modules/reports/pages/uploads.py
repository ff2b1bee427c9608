"""Photos that come with a form: what was taken, what was refused, and what the field shows."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from lumbung.core.access.middleware import OPENED_KEY
from lumbung.core.base import clock
from lumbung.core.base.errors import NotPermitted, Refused
from lumbung.core.files.decoding import MAX_UPLOAD_BYTES, MEGA
from lumbung.modules.reports.actions import photos
from lumbung.modules.reports.actions.photos import Upload
from lumbung.modules.reports.models import ReportDraft
from lumbung.modules.reports.queries.photos import MAX_PHOTOS, photos_of_draft

FIELD = "photos"
# After one of these the next photo would meet the same.
STOPS = {"too-many-photos", "photo-out-of-time", "photos-busy", "storage-full", "draft-was-sent"}


def keep_each(request: HttpRequest, keep: Callable[[Upload], object]) -> list[Refused]:
    """Keep the good photos of a request and return a refusal for each other one."""
    refused = []
    for upload in request.FILES.getlist(FIELD):
        try:
            keep(Upload(upload.read(), upload.size or 0))
        except NotPermitted:
            raise
        except Refused as refusal:
            refused.append(refusal)
            if refusal.code in STOPS:
                break
    return refused


def keep_photos(request: HttpRequest, draft: ReportDraft) -> list[Refused]:
    """Keep the photos of a screen with its draft, and let this browser look at them."""
    if not request.FILES.getlist(FIELD):
        return []
    opened = [key for key in request.session.get(OPENED_KEY, []) if key != str(draft.pk)]
    request.session[OPENED_KEY] = [*opened, str(draft.pk)][-20:]
    return keep_each(request, lambda upload: photos.add_photo_to_draft(draft=draft, upload=upload, now=clock.now()))


def sentences_of(refused: list[Refused]) -> list[str]:
    """One sentence for each way a photo was refused."""
    return list(dict.fromkeys(refusal.sentence for refusal in refused))


def field_of(draft: ReportDraft, refused: list[Refused]) -> dict[str, Any]:
    """What the photo field of the form shows."""
    kept = photos_of_draft(draft)
    room = MAX_PHOTOS - len(kept)
    return {"kept": kept, "errors": sentences_of(refused), "room": room, "limit": MAX_PHOTOS, "max_mb": max_mb()}


def max_mb() -> int:
    """The largest photo, in megabytes."""
    return MAX_UPLOAD_BYTES // MEGA


def status_of(errors: Any, refused: list[Refused]) -> int:
    """200 when all is well, 507 when the disk is full, else 422."""
    if any(refusal.status == 507 for refusal in refused):
        return 507
    return 422 if errors or refused else 200
