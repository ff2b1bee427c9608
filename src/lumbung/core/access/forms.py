"""The forms of the administrator."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.core.access import permissions, registry
from lumbung.core.access.actions.administration import WantedRole
from lumbung.core.access.models import Account, Grant
from lumbung.core.base.day_field import day_field


class InviteForm(forms.Form):
    """Who gets an account."""

    name = forms.CharField(
        label=_("Name or post"),
        max_length=120,
        help_text=_("As colleagues know it, for example “Liaison officer PUPR”."),
        error_messages={"required": _("Enter the name or the post.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The invitation goes to this address; use an official one."),
        error_messages={
            "required": _("Enter the e-mail address."),
            "invalid": _("Write the e-mail address in full, for example nama@contoh.id."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("id", "Bahasa Indonesia"), ("en", "English")], initial="id"
    )


class GrantForm(forms.Form):
    """Which role, where, from when to when."""

    role = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose the role.")})
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Account.objects.none(),
        empty_label=_("none"),
        required=False,
        help_text=_("Only for roles of an organisation."),
    )
    region = forms.ModelChoiceField(
        label=_("Government"),
        queryset=Account.objects.none(),
        empty_label=_("none"),
        required=False,
        help_text=_("Only for roles of a government."),
    )
    standing = forms.ChoiceField(
        label=_("Standing"), choices=Grant.Standing.choices, widget=forms.RadioSelect, initial="holder"
    )
    since = day_field(_("First day"))
    until = day_field(_("Last day"), required=False, hint=_("Plt. and Plh. need one; it counts as a whole day."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Choose")), *role_choices()]  # type: ignore[attr-defined]
        # Organisations and regions stand above access: they are reached through the grant's own fields.
        organisations = Grant._meta.get_field("organisation").related_model._default_manager  # noqa: SLF001
        regions = Grant._meta.get_field("region").related_model._default_manager  # noqa: SLF001
        self.fields["organisation"].queryset = organisations.filter(valid_to__isnull=True).order_by("region_id", "code")  # type: ignore[attr-defined]
        self.fields["region"].queryset = regions.filter(portal__isnull=False).order_by("code")  # type: ignore[attr-defined]

    @property
    def wanted(self) -> WantedRole:
        """The valid form as the action takes it."""
        data = self.cleaned_data
        return WantedRole(
            role=data["role"],
            organisation_code=data["organisation"].pk if data["organisation"] else "",
            region_code=data["region"].pk if data["region"] else "",
            standing=data["standing"],
            since=data["since"],
            until=data["until"],
        )


def role_choices() -> list[tuple[str, Any]]:
    """Every role with its reach; those that see personal data say so."""
    reaches = {
        "installation": _("whole installation"),
        "portal": _("one government"),
        "organisation": _("one organisation"),
    }
    choices = []
    for role in registry.all_roles():
        label = f"{role.title} ({reaches[role.scope]})"
        if permissions.sees_personal_data(role.key):
            label = f"{label} · " + str(_("sees personal data"))
        choices.append((role.key, label))
    return choices


class HandOverForm(forms.Form):
    """Who receives the inbox."""

    receiver = forms.ModelChoiceField(
        label=_("To account"),
        queryset=Account.objects.none(),
        empty_label=_("Choose an account"),
        error_messages={
            "required": _("Choose the account that receives the inbox."),
            "invalid_choice": _("Choose an active account of the list."),
        },
    )

    def __init__(self, *args: Any, sender: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Account.objects.filter(~Q(pk=sender.pk), is_active=True).order_by("name")
        self.fields["receiver"].queryset = others  # type: ignore[attr-defined]
        self.fields["receiver"].label_from_instance = lambda account: f"{account.name} ({account.email})"  # type: ignore[attr-defined]
