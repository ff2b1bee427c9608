"""The one page that belongs to the installation itself."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

import lumbung
from lumbung.core.access.policies import public


@public()
def healthz(request: HttpRequest) -> HttpResponse:
    """200 once the database answers, 503 while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database-unreachable", "version": lumbung.VERSION}, status=503)
    return JsonResponse({"status": "ok", "version": lumbung.VERSION, "database": connection.vendor})
