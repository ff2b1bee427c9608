"""A file to take over into drafts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.modules.action_plan.models import PlanMember


class ImportForm(forms.Form):
    """Whose commitments the file holds, in which language; the files themselves stand beside the form."""

    use_required_attribute = False
    language = forms.ChoiceField(
        label=_("Language of the file"), choices=[("id", _("Indonesian")), ("en", _("English"))], initial="id"
    )

    def __init__(self, *args: Any, members: Sequence[PlanMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = forms.ChoiceField(
            label=_("Commitments of"), choices=[(each.organisation_id, each.organisation.name) for each in members]
        )
