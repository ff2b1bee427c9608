"""What the secretariat types of the meeting at which the Forum agreed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.core.base.day_field import day_field
from lumbung.modules.open_data.actions.agreeing import MeetingFacts, Present
from lumbung.modules.open_data.forms.data_lists import line
from lumbung.modules.open_data.models import Attendance

OFFICES = 12
# The roles a Forum has, in the order of the first lines.
USUAL = ("coordinator", "steward", "supervisor", "secretariat", "producer", "producer", "producer", "producer")


class AgreeForm(forms.Form):
    """The meeting and who was there."""

    number = line(_("Number of the record"), most=80, hint=_("As your office numbers its papers: 000.9/12/FSD/2026."))
    held_on = day_field(_("Day of the meeting"))
    place = line(_("Meeting place"), most=200, hint=_("Building and room."))
    decisions = line(_("Decisions"), most=4000, hint=_("One decision a line."), rows=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, OFFICES + 1):
            self.fields[f"role_{place}"] = forms.ChoiceField(
                label=_("Role"),
                choices=Attendance.Role.choices,
                initial=USUAL[place - 1] if place <= len(USUAL) else "producer",
            )
            self.fields[f"office_{place}"] = line(_("Office"), most=200, required=False)
            self.fields[f"people_{place}"] = forms.IntegerField(
                label=_("People"),
                min_value=1,
                max_value=500,
                initial=1,
                error_messages={
                    "required": _("Write how many people came."),
                    "invalid": _("Write how many people came."),
                    "min_value": _("At least one person came, or leave the office empty."),
                    "max_value": _("At most 500 people."),
                },
            )

    @property
    def offices(self) -> list[tuple[Any, ...]]:
        """The lines of the attendance, three fields each."""
        names = ("role", "office", "people")
        return [tuple(self[f"{name}_{place}"] for name in names) for place in range(1, OFFICES + 1)]

    def meeting(self) -> MeetingFacts:
        """The meeting as told; lines without an office are left out."""
        told = self.cleaned_data
        present = [
            Present(told[f"role_{place}"], told[f"office_{place}"].strip(), told[f"people_{place}"])
            for place in range(1, OFFICES + 1)
            if told[f"office_{place}"].strip()
        ]
        names = ("number", "held_on", "place", "decisions")
        return MeetingFacts(**{name: told[name] for name in names}, attendance=tuple(present))
