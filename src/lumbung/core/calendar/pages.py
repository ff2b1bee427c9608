"""The public calendar of a year, and the pages of its keeper."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lumbung.core.access.policies import needs, public, viewer_of
from lumbung.core.base import clock
from lumbung.core.base.errors import Refused
from lumbung.core.calendar import actions, permissions, queries
from lumbung.core.calendar.events import DayChanged
from lumbung.core.calendar.forms import FIRST_YEAR, LAST_YEAR, AddDayForm, ChangeDayForm, RemoveDayForm
from lumbung.core.calendar.models import CalendarDay
from lumbung.core.events import queries as events
from lumbung.core.events.queries import HistoryEntry
from lumbung.kernels.deadlines import DayKind

SAVED_STATUS, REFUSED_STATUS = 303, 400


@public()
def this_year(request: HttpRequest) -> HttpResponse:
    """The way to the calendar of the current year."""
    return redirect("calendar:year", year=clock.local_day(clock.now()).year)


@public()
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Every day off of a year with its source, and what changed."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404("year")
    days = queries.days_of_year(year)
    return render(
        request,
        "calendar/year.html",
        {
            "year": year,
            "years": queries.years_listed(),
            "days": days,
            "holidays": [day for day in days if day.kind == DayKind.PUBLIC_HOLIDAY],
            "leave": [day for day in days if day.kind == DayKind.COLLECTIVE_LEAVE],
            "has_decree": year in queries.calendar_between(date(year, 1, 1), date(year, 1, 1)).decreed_years,
            "changed_at": max((day.changed_at for day in days), default=None),
            "history": [_told(entry) for entry in reversed(events.history_of(actions.SUBJECT, str(year)))],
            "may_edit": permissions.may_edit(viewer_of(request)),
        },
    )


def _told(entry: HistoryEntry) -> dict[str, Any]:
    """One change as the page tells it: which day, its name before and after, the source."""
    if entry.key != DayChanged.key:
        return {"at": entry.on, "sentence": entry.sentence}
    return {"at": entry.on, "sentence": "", **entry.data, "on": date.fromisoformat(entry.data["on"])}


@needs(permissions.EDIT, "GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Put a day off into the calendar."""
    form = AddDayForm(request.POST or None)

    def save(now: datetime) -> CalendarDay:
        return actions.add_day(**form.cleaned_data, by=viewer_of(request), now=now)

    return _saved(request, form, save) or _form_page(request, form, "calendar/add.html")


@needs(permissions.EDIT, "GET", "POST")
def change(request: HttpRequest, day_id: int) -> HttpResponse:
    """Correct a day off."""
    day = queries.day_in_force(day_id)
    fields = ("name_id", "name_en", "source", "is_estimated")
    form = ChangeDayForm(request.POST or None, initial={name: getattr(day, name) for name in fields})

    def save(now: datetime) -> CalendarDay:
        return actions.change_day(day_id=day_id, **form.cleaned_data, by=viewer_of(request), now=now)

    return _saved(request, form, save) or _form_page(request, form, "calendar/change.html", day)


@needs(permissions.EDIT, "GET", "POST")
def remove(request: HttpRequest, day_id: int) -> HttpResponse:
    """Take a day off out of the calendar, with the reason."""
    day = queries.day_in_force(day_id)
    form = RemoveDayForm(request.POST or None)

    def save(now: datetime) -> CalendarDay:
        return actions.remove_day(day_id=day_id, source=form.cleaned_data["source"], by=viewer_of(request), now=now)

    return _saved(request, form, save) or _form_page(request, form, "calendar/remove.html", day)


def _saved(
    request: HttpRequest, form: forms.Form, save: Callable[[datetime], CalendarDay]
) -> HttpResponseRedirect | None:
    """The way back to the year once the form is saved; None when it must be shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        day = save(clock.now())
    except Refused as refused:
        if refused.field is None:
            raise
        form.add_error(refused.field, refused.sentence)
        return None
    messages.success(request, _("The calendar was changed, and the change is published below."))
    response = redirect("calendar:year", year=day.on.year)
    response.status_code = SAVED_STATUS
    return response


def _form_page(request: HttpRequest, form: forms.Form, template: str, day: CalendarDay | None = None) -> HttpResponse:
    status = REFUSED_STATUS if form.is_bound else 200
    return render(request, template, {"form": form, "day": day}, status=status)
