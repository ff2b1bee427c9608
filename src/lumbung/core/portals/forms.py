"""The form of a portal's settings."""

from typing import Any, cast

from django import forms
from django.apps import apps
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lumbung.core.portals.actions import PortalSettings

MODULES_AREA = "lumbung.modules."
# Parts of core with pages of their own in each portal: switched on and off like a module.
PORTAL_PARTS = ["datasets", "indicators"]
ACCENTS = [("teal", _("Teal")), ("terracotta", _("Terracotta"))]


def _name(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=100,
        error_messages={"required": _("Enter the name."), "max_length": _("Shorten this to 100 characters.")},
    )


def module_names() -> list[str]:
    """What a portal may switch on: modules of this installation, known here as installed apps, and parts of core."""
    return sorted(app.label for app in apps.get_app_configs() if app.name.startswith(MODULES_AREA)) + PORTAL_PARTS


class PortalForm(forms.Form):
    """Names, colour and modules of a portal."""

    name_id = _name(_("Name in Indonesian"))
    name_en = _name(_("Name in English"))
    report_service_id = _name(_("Name of the report service in Indonesian"))
    report_service_en = _name(_("Name of the report service in English"))
    accent = forms.ChoiceField(
        label=_("Colour"), choices=ACCENTS, widget=forms.RadioSelect, error_messages={"required": _("Choose a colour.")}
    )
    modules = forms.MultipleChoiceField(
        label=_("Modules"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A module that is not ticked answers “page not found” in this portal; its records stay."),
    )

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, titles: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["modules"].choices = [(name, titles.get(name, name)) for name in module_names()]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> PortalSettings:
        """The valid form as the action takes it."""
        return PortalSettings(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})

    def show_again(self, *, seen: str) -> None:
        """The page that shows this form again shows it beside what is stored now."""
        told = cast(QueryDict, self.data).copy()
        told["seen"] = seen
        self.data = told
