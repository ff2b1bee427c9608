"""Forms around meetings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base import clock
from lumbung.core.base.day_field import day_field
from lumbung.modules.action_plan.actions.announcing import MeetingFacts
from lumbung.modules.action_plan.actions.meetings import Came
from lumbung.modules.action_plan.forms.intake import OnceForm
from lumbung.modules.action_plan.forms.papers import (
    address_field,
    choice_field,
    document_field,
    line_field,
    words_field,
)
from lumbung.modules.action_plan.models import Attendance, Meeting, Seat

FREE_ROWS = 6
MOST_PEOPLE = 2_000


def time_field(label: Any) -> forms.TimeField:
    """A time of day, as browsers send it or as people type it."""
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Enter the time."), "invalid": _("Enter the time as 09.00 or 09:00.")},
    )


class MeetingForm(OnceForm):
    """What is announced of a meeting."""

    kind = choice_field(_("Kind"), Meeting.Kind.choices)
    title = line_field(_("Name of the meeting"), most=200)
    on = day_field(_("Day"))
    starts = time_field(_("Begins at (WITA)"))
    ends = time_field(_("Ends at (WITA)"))
    place = line_field(
        _("Meeting place"),
        most=200,
        hint=_("Building and room. Leave it out for a meeting on the net alone."),
        required=False,
    )
    online_url = address_field(_("Address on the net"), hint=_("With a place and an address the meeting is hybrid."))
    agenda = words_field(_("Agenda"), most=4_000, hint=_("One item a line."), required=False)

    @classmethod
    def about(cls, meeting: Meeting) -> dict[str, Any]:
        """What the form says of a meeting that exists."""
        starts, ends = meeting.starts_at.astimezone(clock.WITA), meeting.ends_at.astimezone(clock.WITA)
        names = ("kind", "title", "place", "online_url", "agenda")
        told = {name: getattr(meeting, name) for name in names}
        return told | {"on": starts.date(), "starts": starts.time(), "ends": ends.time()}

    def facts(self) -> MeetingFacts:
        """The meeting as told."""
        told = self.cleaned_data
        starts_at, ends_at = (datetime.combine(told["on"], told[name], clock.WITA) for name in ("starts", "ends"))
        names = ("kind", "title", "place", "online_url", "agenda")
        return MeetingFacts(starts_at=starts_at, ends_at=ends_at, **{name: told[name] for name in names})


class InviteForm(forms.Form):
    """The words of the invitation."""

    invitation = words_field(
        _("Words of the invitation"),
        most=4_000,
        least=20,
        rows=8,
        hint=_("Day, place and agenda are printed below it by themselves."),
    )


class MaterialForm(forms.Form):
    """Something to share: a document or a link."""

    title = line_field(_("What it is"), most=200, hint=_("For example: Bahan paparan."))
    url = address_field(_("Address"))
    document = document_field(
        _("Document"),
        hint=_("Or a document: PDF, Word, Excel or CSV, at most 10 MB."),
        accept=".pdf,.docx,.xlsx,.csv",
    )


class HoldForm(forms.Form):
    """Minutes and decisions. They close the meeting."""

    minutes = words_field(
        _("Minutes"),
        most=20_000,
        least=20,
        rows=12,
        hint=_("What was said, by institutions. No names of persons: everybody reads this page."),
    )
    decisions = words_field(
        _("Decisions"), most=10_000, rows=6, hint=_("One decision a line; each gets a number."), required=False
    )

    def decided(self) -> list[str]:
        """The decisions, each at most as long as the register holds."""
        lines = (line.strip(" \t-•") for line in self.cleaned_data["decisions"].splitlines())
        return [line[:1_000] for line in lines if line]


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = words_field(_("Reason"), most=500, least=10, rows=3)


class AttendanceForm(forms.Form):
    """Women and men by institution: those seated are listed, others are written below. Empty rows are left out."""

    def __init__(self, *args: Any, seats: Sequence[Seat], known: Sequence[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = list({(seat.organisation_id or seat.name): seat for seat in seats}.values())
        seated = {seat.name for seat in self.seats}
        self.others = [row for row in known if row.name not in seated]
        counts = {row.name: row for row in known}
        for place, seat in enumerate(self.seats):
            self._counts(f"s{place}", counts.get(seat.name))
        for place in range(len(self.others) + FREE_ROWS):
            row = self.others[place] if place < len(self.others) else None
            self.fields[f"o{place}_institution"] = line_field(_("Institution"), most=200, required=False)
            self.fields[f"o{place}_sector"] = forms.ChoiceField(
                label=_("Sector"), choices=[("", "–"), *Seat.Sector.choices], required=False
            )
            self.initial[f"o{place}_institution"] = row.name if row else ""
            self.initial[f"o{place}_sector"] = row.sector if row else ""
            self._counts(f"o{place}", row)

    def _counts(self, key: str, row: Attendance | None) -> None:
        for name, label in (("women", _("Women")), ("men", _("Men"))):
            self.fields[f"{key}_{name}"] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=MOST_PEOPLE,
                error_messages={"invalid": _("Write a whole number.")},
            )
            self.initial[f"{key}_{name}"] = getattr(row, name) if row else None

    def clean(self) -> dict[str, Any]:
        """Whoever is counted in a free row has a name and a sector."""
        told = super().clean() or {}
        for key in self._free():
            counted = (told.get(f"{key}_women") or 0) + (told.get(f"{key}_men") or 0)
            if counted and not told.get(f"{key}_institution"):
                self.add_error(f"{key}_institution", _("Write the institution these people came for."))
            if counted and not told.get(f"{key}_sector"):
                self.add_error(f"{key}_sector", _("Choose one of these."))
        return told

    def _free(self) -> list[str]:
        return [f"o{place}" for place in range(len(self.others) + FREE_ROWS)]

    def seat_rows(self) -> list[tuple[Seat, Any, Any]]:
        """Seat, women, men: as the page lays them out."""
        return [(seat, self[f"s{place}_women"], self[f"s{place}_men"]) for place, seat in enumerate(self.seats)]

    def free_rows(self) -> list[tuple[Any, Any, Any, Any]]:
        """Institution, sector, women, men."""
        names = ("institution", "sector", "women", "men")
        return [tuple(self[f"{key}_{name}"] for name in names) for key in self._free()]  # type: ignore[misc]

    def came(self) -> list[Came]:
        """Who came."""
        told = self.cleaned_data
        rows = [
            Came(seat.sector, *self._people(f"s{place}"), seat.organisation, seat.institution)
            for place, seat in enumerate(self.seats)
        ]
        rows += [
            Came(told[f"{key}_sector"], *self._people(key), None, told[f"{key}_institution"]) for key in self._free()
        ]
        return [row for row in rows if row.women or row.men]

    def _people(self, key: str) -> tuple[int, int]:
        return self.cleaned_data.get(f"{key}_women") or 0, self.cleaned_data.get(f"{key}_men") or 0
