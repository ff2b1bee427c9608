"""The release calendar of a portal: what is planned, what was kept, and the same for calendars of other programs."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lumbung.core.access.policies import public
from lumbung.core.base import clock
from lumbung.core.portals.middleware import portal_of
from lumbung.modules.open_data.documents import icalendar
from lumbung.modules.open_data.documents.icalendar import Day
from lumbung.modules.open_data.pages.list_places import TYPES, today
from lumbung.modules.open_data.queries import addresses, data_lists, release_calendar
from lumbung.modules.open_data.queries.release_calendar import Entry


@dataclass(frozen=True, slots=True)
class Month:
    """The planned days of one month."""

    entries: list[Entry]

    @property
    def first(self) -> date:
        """A day of it, to name it by."""
        return self.entries[0].on

    @property
    def waiting(self) -> int:
        """Days that are over and nothing was released."""
        return sum(entry.kept.outcome == "waiting" for entry in self.entries)


@public()
def calendar_page(request: HttpRequest) -> HttpResponse:
    """The next ninety days, and what became of the days before."""
    portal, day = portal_of(request), today()
    years = [each.year for each in data_lists.agreed_lists(portal)]
    year = _year_asked(request, years, day.year)
    entries = release_calendar.entries_of(portal, today=day) if years else []
    past = release_calendar.past(entries, today=day, year=year)
    context = {
        "years": [each for each in years if each <= day.year],
        "year": year,
        "has_lists": bool(years),
        "has_next": day.year + 1 in years,
        "coming": _by_month(release_calendar.coming(entries, today=day)),
        "past": _by_month(past),
        "sums": {word: sum(entry.kept.outcome == word for entry in past) for word in ("kept", "later", "waiting")},
        "today": day,
        "until": day + release_calendar.AHEAD,
        "now": clock.now(),
        "address": request.build_absolute_uri(request.path),
        "feed": request.build_absolute_uri(request.path.rstrip("/") + ".ics"),
    }
    return render(request, "open_data/release_calendar.html", context)


@public()
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Every planned day of this year's and later lists, to follow in a calendar of one's own."""
    portal, day = portal_of(request), today()
    entries = [entry for entry in release_calendar.entries_of(portal, today=day) if entry.on.year >= day.year]
    host = urlsplit(settings.LUMBUNG_URL).hostname or "lumbung"
    name = _("Release calendar of %(portal)s") % {"portal": portal.name}
    response = HttpResponse(icalendar.calendar(name, [_day(entry) for entry in entries], host=host), TYPES["ics"])
    response["Content-Disposition"] = f'inline; filename="jadwal-rilis-{portal.pk}.ics"'
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _day(entry: Entry) -> Day:
    row = entry.row
    agreed = row.data_list.agreed_at
    assert agreed is not None  # only agreed lists are in the calendar
    listed = addresses.of_list(row.data_list)
    is_published = row.dataset is not None and hasattr(row.dataset, "listing")
    return Day(
        uid=f"{row.pk}-{entry.on:%Y%m%d}",
        on=entry.on,
        summary=_("Data release: %(title)s") % {"title": row.title},
        description=_("%(producer)s. Number %(number)s of the data list of %(year)s.")
        % {"producer": row.producer.name, "number": row.number, "year": row.data_list.year},
        url=addresses.of_dataset(row.dataset) if row.dataset is not None and is_published else listed,
        changed_at=agreed,
    )


def _by_month(entries: list[Entry]) -> list[Month]:
    return [Month(list(each)) for _month, each in groupby(entries, lambda entry: (entry.on.year, entry.on.month))]


def _year_asked(request: HttpRequest, years: list[int], this_year: int) -> int:
    """The year of the days that are over."""
    asked = request.GET.get("tahun", "")
    return int(asked) if asked.isdecimal() and int(asked) in years else this_year
